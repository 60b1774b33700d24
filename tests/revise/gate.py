"""The sample's paper of January, drafted on a day, and what stands between it and publication."""

from __future__ import annotations

import datetime as dt

from pipeline.office import Built, obstacles, standing_of
from pipeline.problems import Level
from tests.office import Office

MEETING = "2017-01-23"


def built(desk: Office, day: int = 12, **more: object) -> Built:
    """The next draft, made on a day of that month."""
    return desk.build(MEETING, now=dt.datetime(2017, 1, day, 9, tzinfo=dt.UTC), as_at=dt.date(2017, 1, 12), **more)


def codes(desk: Office) -> set[str]:
    """The errors at the one gate, of which `check` tells and which `publish` obeys."""
    order = desk.order(MEETING, now=dt.datetime(2017, 1, 12, 10, tzinfo=dt.UTC), as_at=dt.date(2017, 1, 12))
    standing = standing_of(order)
    return {each.code for each in obstacles(standing, standing.draft_to_publish) if each.level is Level.ERROR}

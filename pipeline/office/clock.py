"""The clock, asked here and nowhere else: whatever is worked out below is the same whenever it is worked out."""

from __future__ import annotations

import datetime as dt
import os

NOON = dt.time(12)


def now(today: dt.date | None = None) -> dt.datetime:
    """The time, with its zone; noon of `today` where a day is named, for trying out what another day brings.

    SOURCE_DATE_EPOCH stands in for the clock where a build must be repeated.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    read = dt.datetime.fromtimestamp(int(fixed), dt.UTC) if fixed.isdigit() else dt.datetime.now().astimezone()
    return dt.datetime.combine(today, NOON, read.tzinfo) if today else read

"""Rules on how old the facts are: the day of the data, and registers that have not kept up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.problems import Place, Problem, note, warning
from pipeline.rules.records.case import Case

NEW_DIRECTION = re.compile(r"\b(?:new|further|fresh|another|additional)\s+directions?\b", re.IGNORECASE)
NEAR = dt.timedelta(days=31)


def age(case: Case) -> Iterator[Problem]:
    """I470, I471: the tracker's own date against the day that the paper speaks from (R30)."""
    position, as_at = case.records.position_at, case.dates.as_at
    if position is None:
        return
    settings = case.report.sources.get("actions")
    place = Place(settings.file if settings else "", settings.sheet if settings else "")
    days = (as_at - position).days
    if days > case.report.data_within_days:
        yield warning(
            "I470",
            place,
            f"The tracker shows the position at {case.day(position)}, {days} days before {case.day(as_at)}.",
            f"Bring it up to date; this report allows {case.report.data_within_days} days.",
        )
    if days < 0:
        yield note(
            "I471",
            place,
            f"The tracker shows the position at {case.day(position)}, but the paper speaks from {case.day(as_at)}.",
            "Check that nothing in it is later than the paper may tell.",
        )


def new_directions(case: Case) -> Iterator[Problem]:
    """I473: a letter received tells of a new Direction, and the register has none of about that time (R28)."""
    dates = [each.date for each in case.records.directions if each.date <= case.dates.as_at]
    for each in case.known_letters:
        text = " ".join((each.subject, *each.points))
        told = each.direction == "in" and NEW_DIRECTION.search(text)
        if dates and told and not any(date >= each.date - NEAR for date in dates):
            yield warning(
                "I473",
                each.place("points"),
                f"“{each.ref}” tells of a “{told[0]}”, but the register ends at {case.day(max(dates))}.",
                "Add the Direction to its register.",
            )


def directions_later(case: Case) -> Iterator[Problem]:
    """I494: a Direction after the day that the paper speaks from."""
    for each in case.records.directions:
        if each.date > case.dates.as_at:
            yield note(
                "I494",
                each.place("date"),
                f"The Direction is dated {case.day(each.date)}, after {case.day(case.dates.as_at)}, "
                "so this paper does not tell of it.",
            )


def directions_once(case: Case) -> Iterator[Problem]:
    """I472: a date twice in the register, so that a list of dates would say it twice."""
    seen: set[dt.date] = set()
    for each in case.records.directions:
        if each.date in seen:
            yield warning(
                "I472",
                each.place("date"),
                f"The register has two Directions of {case.day(each.date)}.",
                "Take one of the rows out.",
            )
        seen.add(each.date)


RULES = (age, new_directions, directions_later, directions_once)

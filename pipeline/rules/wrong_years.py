"""Years that are probably slips of the keyboard: told from the rows beside them, and never from one date alone.

Rows of a log or a calendar stand close together and mostly in order. A date is a slip where it stands alone, half a
year off or more, and the same day of another year would stand with the others. What may well be meant is let be: a
letter logged late, a series that comes round once a year, a paper made of files that have moved on since.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

HALF = dt.timedelta(days=183)
MONTH = dt.timedelta(days=31)
YEAR = dt.timedelta(days=365)
LONG_AGO = dt.timedelta(days=5 * 365)


def slips(days: Sequence[dt.date], as_at: dt.date, *, planned: bool = False) -> Mapping[int, dt.date]:
    """The positions of days whose year is probably wrong, each with the day that is probably meant.

    `days` are in the order of their rows. `planned`: they may well lie ahead of `as_at`, as meetings do.
    """
    return {**dict(far_off(days, as_at, planned=planned)), **dict(out_of_order(days, as_at, planned=planned))}


def far_off(days: Sequence[dt.date], as_at: dt.date, *, planned: bool) -> Iterator[tuple[int, dt.date]]:
    """Days alone in the future, more than half a year after `as_at`; or alone in the past, by five years.

    What is planned is alone where it is a year from every other row.
    """
    ordered = sorted(days)
    for at, day in enumerate(days):
        ahead, long_ago = day - as_at > HALF, day + LONG_AGO < as_at
        room = LONG_AGO if long_ago else YEAR if planned else HALF
        if (ahead or long_ago) and alone(day, ordered, room):
            others = [other for other in ordered if other != day]
            if meant := meant_by(day, others, as_at, planned=planned):
                yield at, meant


def meant_by(day: dt.date, others: Sequence[dt.date], as_at: dt.date, *, planned: bool) -> dt.date | None:
    """The day of another year that stands with the others, in order; None where there is none, or it may be right."""
    years = sorted({as_at.year - 1, as_at.year, *(other.year for other in others)})
    anchors = others if planned else sorted((*others, as_at))
    could_be = (same for same in same_days(day, years) if planned or same <= as_at)
    meant = nearest_to(as_at, (same for same in could_be if near(same, anchors, HALF)))
    return None if meant is None or may_be_right(day, meant, others, as_at, planned=planned) else meant


def may_be_right(day: dt.date, meant: dt.date, others: Sequence[dt.date], as_at: dt.date, *, planned: bool) -> bool:
    """May a day that stands alone be right: among rare events, or as the next of a series of every year?"""
    return (day < as_at and not together(others)) or (planned and day > as_at and yearly(others, meant))


def alone(day: dt.date, ordered: Sequence[dt.date], room: dt.timedelta) -> bool:
    """Is no other of the days, which are in order, so near to this one of them?"""
    at = bisect_left(ordered, day)
    return all(abs(other - day) > room for other in (*ordered[max(0, at - 1) : at], *ordered[at + 1 : at + 2]))


def together(days: Sequence[dt.date]) -> bool:
    """Are there two or more, none more than two years from the next? A register of rare events is not to be judged."""
    return len(days) > 1 and all(later - earlier <= 4 * HALF for earlier, later in pairwise(days))


def yearly(others: Sequence[dt.date], meant: dt.date) -> bool:
    """Does the series come round about once a year, so that a day of next year is its next?"""
    return near(meant, others, MONTH) and all(later - earlier > HALF for earlier, later in pairwise(others))


def out_of_order(days: Sequence[dt.date], as_at: dt.date, *, planned: bool) -> Iterator[tuple[int, dt.date]]:
    """Days half a year or more out of the rows' order, where the same day of another year stands in it.

    Of two rows that contradict each other, it is the one further from `as_at`; but unless it is `planned`, rather one
    that was meant for a day that has been. Nothing where the rows have no order.
    Two rows alone are taken to stand in the usual one, the oldest first, and must be nearly a year out of it.
    """
    few = len(days) < 3
    falling = not few and newest_first(days)
    known = [*reversed(days)] if falling else [*days]
    beside = doubtful(known, YEAR - 3 * MONTH if few else HALF)
    for latest in (as_at, as_at + HALF):
        for at in sorted(beside, key=lambda place: abs(known[place] - as_at), reverse=True):
            meant = fitting(known, at, as_at)
            if meant and (planned or meant <= max(latest, known[at])):
                known[at] = meant
                yield (len(known) - 1 - at if falling else at), meant


def doubtful(days: Sequence[dt.date], room: dt.timedelta) -> set[int]:
    """The positions on both sides of each jump back of more than `room`; none where the days have no order."""
    jumps = [at for at, (earlier, later) in enumerate(pairwise(days)) if earlier - later > room]
    many = len(jumps) > max(1, len(days) // 3)
    return set() if many else {at for jump in jumps for at in (jump, jump + 1)}


def newest_first(days: Sequence[dt.date]) -> bool:
    """Do the days fall more often than they rise?"""
    return sum((later < earlier) - (later > earlier) for earlier, later in pairwise(days)) > 0


def fitting(known: Sequence[dt.date], at: int, as_at: dt.date) -> dt.date | None:
    """The same day of another year that stands in order between its neighbours; None where the day itself does."""
    day, before, after = known[at], [*known[:at]][-1:], [*known[at + 1 : at + 2]]
    off = max([-HALF, *(other - day for other in before), *(day - other for other in after)])
    if off <= HALF:
        return None
    beside = (*before, *after)
    years = sorted({other.year + step for other in beside for step in (-1, 0, 1)})
    others = (same for same in same_days(day, years) if near(same, beside, HALF))
    return nearest_to(as_at, (other for other in others if is_in_order(*before, other, *after)))


def is_in_order(*days: dt.date) -> bool:
    """Does none of the days come after the next?"""
    return all(earlier <= later for earlier, later in pairwise(days))


def same_days(day: dt.date, years: Sequence[int]) -> Iterator[dt.date]:
    """The same day and month of other years; 29 February only where there is one."""
    for year in years:
        if year != day.year and not (day.month == 2 and day.day == 29 and year % 4):
            yield day.replace(year=year)


def nearest_to(as_at: dt.date, days: Iterator[dt.date]) -> dt.date | None:
    """The one of the days that is nearest to `as_at`; None where there is none."""
    return min(days, key=lambda day: abs(day - as_at), default=None)


def near(day: dt.date, ordered: Sequence[dt.date], room: dt.timedelta) -> bool:
    """Is one of the days, which are in order, no further off than that?"""
    at = bisect_left(ordered, day)
    return any(abs(other - day) <= room for other in ordered[max(0, at - 1) : at + 1])

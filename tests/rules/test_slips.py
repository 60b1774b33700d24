"""Years that are slips are found, and what is meant is let be: by hand, and over years of logs and calendars."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

import pytest

from pipeline.rules import slips

AS_AT = dt.date(2017, 1, 13)
DAY = dt.timedelta(days=1)


def days(*texts: str) -> list[dt.date]:
    return [dt.date.fromisoformat(text) for text in texts]


def found(*texts: str, planned: bool = False) -> dict[int, str]:
    told = slips(days(*texts), AS_AT, planned=planned)
    return {at: meant.isoformat() for at, meant in sorted(told.items())}


LOG = ("2016-09-19", "2016-10-11", "2016-12-02")
SLIPS: dict[str, tuple[tuple[str, ...], bool, dict[int, str]]] = {
    "last, a year on": ((*LOG, "2017-12-15"), False, {3: "2016-12-15"}),
    "last, ten years on": ((*LOG, "2026-12-15"), False, {3: "2016-12-15"}),
    "last, decades on": ((*LOG, "2061-12-15"), False, {3: "2016-12-15"}),
    "last, last year's in January": ((*LOG, "2016-01-09"), False, {3: "2017-01-09"}),
    "in the middle, a year on": (("2016-09-19", "2017-10-11", "2016-12-02"), False, {1: "2016-10-11"}),
    "in the middle, a year back": (("2016-09-19", "2015-10-11", "2016-12-02"), False, {1: "2016-10-11"}),
    "first, a year on": (("2017-09-19", "2016-10-11", "2016-12-02"), False, {0: "2016-09-19"}),
    "first, ten years back": (("2006-09-19", "2016-10-11", "2016-12-02"), False, {0: "2016-09-19"}),
    "newest first": (("2017-12-15", *reversed(LOG)), False, {0: "2016-12-15"}),
    "newest first, in the middle": (("2016-12-15", "2015-12-02", "2016-10-11", "2016-09-19"), False, {1: "2016-12-02"}),
    "two of them": ((*LOG, "2017-12-15", "2017-01-09", "2016-01-11"), False, {3: "2016-12-15", 5: "2017-01-11"}),
    "the only row": (("2017-12-15",), False, {0: "2016-12-15"}),
    "a workshop a year on": (("2016-12-06", "2018-01-17"), True, {1: "2017-01-17"}),
    "a workshop to come, a year back": (("2016-12-06", "2016-01-17"), True, {1: "2017-01-17"}),
    "a workshop that was held": (("2017-12-06", "2017-01-17"), True, {0: "2016-12-06"}),
    "the next meeting": (("2016-10-17", "2018-01-23", "2017-02-27", "2017-04-24"), True, {1: "2017-01-23"}),
    "the last meeting": (("2016-10-17", "2017-01-23", "2017-02-27", "2018-04-24"), True, {3: "2017-04-24"}),
    "a row that contradicts a later one, which is the slip": (
        ("2016-04-01", "2016-04-18", "2017-04-24", "2016-05-02"), False, {2: "2016-04-24"},
    ),
    "29 February": (("2016-01-05", "2012-02-29", "2016-03-07"), False, {1: "2016-02-29"}),
}  # fmt: skip
MEANT: dict[str, tuple[tuple[str, ...], bool]] = {
    "in order": (LOG, False),
    "logged late": (("2016-09-19", "2016-12-02", "2016-10-11", "2016-12-15"), False),
    "a long silence": (("2015-01-10", "2016-12-02"), False),
    "known since the paper's day": ((*LOG, "2017-01-20", "2017-02-14"), False),
    "a log that went on for years": ((*LOG, "2017-03-01", "2017-07-01", "2017-12-15", "2018-04-01"), False),
    "the row before two of days to come": ((*LOG[:1], "2017-10-03", "2017-12-02", "2016-12-15"), False),
    "in no order": (("2016-12-02", "2014-01-09", "2016-03-01", "2013-05-05", "2015-10-10"), False),
    "meetings to come": (("2016-10-17", "2017-01-23", "2017-04-24", "2017-10-16", "2018-01-22"), True),
    "the only meeting, far ahead": (("2017-12-12",), True),
    "two workshops, far apart": (("2016-12-06", "2017-10-15"), True),
    "two letters, the newest first": (("2016-12-15", "2016-05-02"), False),
    "once a year": (("2015-06-10", "2016-05-19", "2017-06-05", "2018-05-24"), True),
    "once a year, the second": (("2016-12-06", "2017-12-05"), True),
    "a register of years": (("2004-12-17", "2010-04-29", "2015-05-06"), False),
    "one row": (("2016-12-15",), False),
    "nothing": ((), False),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_found_and_no_other_row(name: str) -> None:
    rows, planned, expected = SLIPS[name]
    assert found(*rows, planned=planned) == expected


@pytest.mark.parametrize("name", MEANT)
def test_what_may_be_meant_is_let_be(name: str) -> None:
    rows, planned = MEANT[name]
    assert found(*rows, planned=planned) == {}


def log_of(chance: random.Random) -> tuple[list[dt.date], dt.date]:
    """Three years of a log with silences and letters logged weeks late, oldest or newest first; and a day in it."""
    day, rows = dt.date(2014, 1, 1), []
    while day < dt.date(2017, 1, 10):
        day += chance.choice((2, 5, 9, 20, 45, 120)) * DAY
        rows.append(day - (chance.randrange(60) if chance.random() < 0.1 else 0) * DAY)
    as_at = max(rows) - chance.choice((0, 0, 3, 10, 200)) * DAY
    return (rows[::-1] if chance.random() < 0.3 else rows), as_at


def calendar_of(chance: random.Random) -> tuple[list[dt.date], dt.date]:
    """Meetings of a year or two, every one to four months, moved about as meetings are."""
    apart, day, rows = chance.choice((30, 45, 61, 91, 122)), dt.date(2016, 5, 1), []
    for _ in range(chance.randrange(3, 14)):
        day += (apart + chance.randrange(-10, 11)) * DAY
        rows.append(day + (chance.randrange(-20, 20) if chance.random() < 0.1 else 0) * DAY)
    return rows, chance.choice(rows) - 9 * DAY


def alarms(rows: Sequence[dt.date], as_at: dt.date, *, planned: bool) -> list[int]:
    return list(slips(rows, as_at, planned=planned))


def measured(number: int, seed: int = 1) -> tuple[int, int, int]:
    """Of so many logs and calendars: false alarms without a slip, slips found at their row, and slips that cannot be
    seen from the rows.
    """
    chance, false, seen, unseen = random.Random(seed), 0, 0, 0
    for turn in range(number):
        planned = bool(turn % 2)
        rows, as_at = calendar_of(chance) if planned else log_of(chance)
        false += bool(alarms(rows, as_at, planned=planned))
        at = chance.choice([at for at, day in enumerate(rows) if abs(day - as_at).days < 150] or [0])
        wrong = list(rows)
        wrong[at] = wrong[at] - chance.choice((1, -1)) * 365 * DAY
        told = at in alarms(wrong, as_at, planned=planned)
        seen, unseen = seen + told, unseen + (not told)
    return false, seen, unseen


def test_logs_and_calendars_raise_no_false_alarm_and_most_slips_are_seen() -> None:
    false, seen, unseen = measured(200)
    assert false == 0
    assert seen > 8 * unseen


@pytest.mark.deep
def test_the_same_over_many_more() -> None:
    false, seen, unseen = measured(20_000, seed=7)
    assert false <= 20
    assert seen > 8 * unseen

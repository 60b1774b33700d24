from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.kinds import ClosedDay
from pipeline.nations import law_of
from pipeline.publish import closed_days, is_working, publication_day, reckoning, working_day_before

ONE = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2032, 12, 31))


def _day(nation: str, meeting: str, days: int | None = None, *council: str) -> str:
    held = dt.date.fromisoformat(meeting)
    closed = closed_days(nation, held, [ClosedDay(key=day, date=dt.date.fromisoformat(day)) for day in council])
    return publication_day(held, law_of(nation).clear_days if days is None else days, closed).isoformat()


@pytest.mark.parametrize(
    ("nation", "meeting", "published", "why"),
    [
        ("england", "2017-01-23", "2017-01-13", "the reference paper: a Friday, two weekends between"),
        ("england", "2017-04-20", "2017-04-10", "Easter: Good Friday and Easter Monday do not count"),
        ("england", "2017-04-18", "2017-04-06", "the day after Easter Monday"),
        ("england", "2017-01-04", "2016-12-22", "Christmas on a Sunday: the 26th, the 27th and 2 January do not count"),
        ("england", "2020-12-30", "2020-12-18", "Boxing Day moved to Monday 28 December"),
        ("england", "2022-06-08", "2022-05-27", "the spring holiday moved to 2 June, and the jubilee on 3 June"),
        ("england", "2022-09-26", "2022-09-15", "the funeral of 19 September"),
        ("england", "2022-09-19", "2022-09-09", "a meeting held on a bank holiday is itself not counted"),
        ("england", "2023-05-15", "2023-05-04", "the coronation holiday of 8 May"),
        ("wales", "2023-05-11", "2023-05-04", "Wales, three days, over the coronation holiday"),
        ("wales", "2017-01-23", "2017-01-17", "Wales, three days"),
        ("scotland", "2017-12-01", "2017-11-24", "Scotland: St Andrew's Day does not count"),
        ("northern-ireland", "2017-03-20", "2017-03-09", "Northern Ireland: St Patrick's Day does not count"),
        ("england", "2017-01-21", "2017-01-13", "a meeting on a Saturday"),
    ],
)  # fmt: skip
def test_the_last_lawful_day(nation: str, meeting: str, published: str, why: str) -> None:
    assert _day(nation, meeting) == published, why


def test_a_day_on_which_the_council_is_closed_moves_publication_forward() -> None:
    assert _day("england", "2017-01-23", None, "2017-01-18") == "2017-01-12"
    assert _day("england", "2017-01-23", None, "2017-01-13") == "2017-01-12"
    assert _day("england", "2017-01-23", None, "2017-01-14", "2017-01-23") == "2017-01-13"


def test_the_sum_is_printed_day_by_day() -> None:
    meeting = dt.date(2017, 4, 20)
    closed = closed_days("england", meeting, [ClosedDay(key="x", date=dt.date(2017, 4, 12))])
    lines = reckoning(publication_day(meeting, 5, closed), meeting, closed)
    assert lines == (
        "Friday 7 April 2017: published, not counted",
        "Saturday 8 April 2017: weekend, not counted",
        "Sunday 9 April 2017: weekend, not counted",
        "Monday 10 April 2017: clear day 1",
        "Tuesday 11 April 2017: clear day 2",
        "Wednesday 12 April 2017: council closed, not counted",
        "Thursday 13 April 2017: clear day 3",
        "Friday 14 April 2017: Good Friday, not counted",
        "Saturday 15 April 2017: weekend, not counted",
        "Sunday 16 April 2017: weekend, not counted",
        "Monday 17 April 2017: Easter Monday, not counted",
        "Tuesday 18 April 2017: clear day 4",
        "Wednesday 19 April 2017: clear day 5",
        "Thursday 20 April 2017: the meeting, not counted",
    )


def _clear_between(published: dt.date, meeting: dt.date, closed: frozenset[dt.date]) -> int:
    between = [published + n * ONE for n in range(1, (meeting - published).days)]
    return sum(day.weekday() < 5 and day not in closed for day in between)


@given(DAYS, st.integers(0, 12), st.frozensets(st.integers(0, 40), max_size=15))
def test_it_is_the_latest_working_day_with_clear_days_enough(meeting: dt.date, days: int, back: frozenset[int]) -> None:
    closed = frozenset(closed_days("england", meeting)) | {meeting - n * ONE for n in back}
    candidates = [meeting - n * ONE for n in range(1, 120)]
    lawful = [day for day in candidates if is_working(day, closed) and _clear_between(day, meeting, closed) >= days]
    assert publication_day(meeting, days, closed) == lawful[0]


@given(DAYS, st.integers(1, 40))
def test_working_days_back_are_counted_one_by_one(day: dt.date, number: int) -> None:
    found = working_day_before(day, number, {})
    assert is_working(found, {})
    assert sum(is_working(found + n * ONE, {}) for n in range((day - found).days)) == number


@given(DAYS, st.integers(0, 12))
def test_the_sum_printed_adds_up(meeting: dt.date, days: int) -> None:
    closed = closed_days("wales", meeting)
    lines = reckoning(publication_day(meeting, days, closed), meeting, closed)
    assert sum(": clear day " in line for line in lines) == days
    assert lines[0].endswith("published, not counted")
    assert lines[-1].endswith("the meeting, not counted")

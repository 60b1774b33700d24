"""What is asked of a paper that goes out late, on every road that leads there: one table.

Local Government Act 1972, section 100B(4): an item may be considered where it was open to inspection for the clear days
before the meeting, or where by reason of special circumstances, which are minuted, the Chair is of the opinion that it
is urgent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pipeline.dates import Dates
from pipeline.kinds import ClosedDay, Meeting
from pipeline.publish import closed_days, facts_of_another_day, last_day, last_day_for, out_in_time, publishing_late
from pipeline.store import Entry
from tests.rules.wordings import shipped

LAST, MEETING = dt.date(2017, 1, 13), dt.date(2017, 1, 23)
EARLY, LATE = "2017-01-12T09:00:00+00:00", "2017-01-16T09:00:00+00:00"
NONE: dict[str, Any] = {}
SOME = {"urgency": "The grant ends.", "lateness": "The offer came on the 16th."}
ALL = {**SOME, "chair": "Councillor A. Jones", "agreed_on": dt.date(2017, 1, 14)}
AGREED_LATER = {**ALL, "agreed_on": dt.date(2017, 1, 20)}
FOLLOWS = {"to_follow": True}
THREE = ["C140"] * 3


def out(at: str, version: int = 1) -> Entry:
    return Entry(version, "published", at, "", "")


def back(at: str, version: int = 1) -> Entry:
    return Entry(version, "withdrawn", at, "", "", "A name was wrong")


IN_TIME, WITHDRAWN = (out(EARLY),), (out(EARLY), back(EARLY))
# what was done before | on which day of January | bound by law | the calendar's row | what is said
ROADS: dict[str, tuple[tuple[Entry, ...], int, bool, dict[str, Any], list[str]]] = {
    "the last day": ((), 13, True, NONE, []),
    "the day after it": ((), 14, True, NONE, THREE),
    "no Chair who agreed": ((), 16, True, SOME, ["C140", "C140"]),
    "no day on which the Chair agreed": ((), 16, True, {**ALL, "agreed_on": None}, ["C140"]),
    "special circumstances and the Chair's opinion": ((), 16, True, ALL, []),
    "why it is late is asked by no law": ((), 16, True, {**ALL, "lateness": ""}, []),
    "agreed on a day to come": ((), 16, True, AGREED_LATER, ["C146"]),
    "by choice, no reasons": ((), 16, False, NONE, ["C141"]),
    "by choice, with reasons": ((), 16, False, ALL, []),
    "the day of the meeting": ((), 23, True, NONE, THREE),
    "to follow": ((), 16, True, FOLLOWS, ["C147"]),
    "to follow, by choice": ((), 16, False, FOLLOWS, ["C147"]),
    "to follow, in time after all": ((), 13, True, FOLLOWS, []),
    "to follow, another version": ((out(LATE),), 17, True, FOLLOWS, ["C147"]),
    "out in time, another version": (IN_TIME, 16, True, NONE, [*THREE, "C142"]),
    "out in time, another version, said to follow": (IN_TIME, 16, True, FOLLOWS, [*THREE, "C142"]),
    "out in time, another version with reasons": (IN_TIME, 16, True, ALL, ["C142"]),
    "out in time, a third version": ((*IN_TIME, out(LATE, 2)), 17, True, NONE, [*THREE, "C142"]),
    "out in time, by choice": (IN_TIME, 16, False, NONE, ["C142"]),
    "out in time, on the meeting's day": (IN_TIME, 23, True, NONE, [*THREE, "C142"]),
    "out in time, withdrawn": (WITHDRAWN, 16, True, NONE, THREE),
    "out in time, withdrawn, with reasons": (WITHDRAWN, 16, True, ALL, []),
    "withdrawn and out again, all in time": ((*WITHDRAWN, out(EARLY, 2)), 16, True, NONE, [*THREE, "C142"]),
    "withdrawn, and late out again": ((*WITHDRAWN, out(LATE, 2)), 17, True, NONE, THREE),
    "late out, another version": ((out(LATE),), 17, True, NONE, THREE),
    "after the meeting, never out": ((), 24, True, NONE, [*THREE, "C143"]),
    "after the meeting, with reasons": ((), 24, True, ALL, ["C143"]),
    "after the meeting, by choice": ((), 24, False, NONE, ["C143"]),
    "after the meeting, out in time": (IN_TIME, 24, True, NONE, ["C143"]),
}


def held(on: dt.date = MEETING, **columns: Any) -> Meeting:
    return Meeting(key=on.isoformat(), body="Board", date=on, **columns)


def said(road: str) -> list[str]:
    acts, today, bound, row, _ = ROADS[road]
    found = publishing_late(dt.date(2017, 1, today), LAST, held(**row), acts, statutory=bound)
    assert all((str(each.level) == "error") == (each.code in ("C140", "C146")) for each in found)
    return [each.code for each in found]


@pytest.mark.parametrize("road", ROADS)
def test_on_every_road_exactly_this_is_asked(road: str) -> None:
    assert said(road) == ROADS[road][-1]


def test_a_withdrawal_that_is_overlooked_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.publish.late.out_in_time", lambda acts, last: out_in_time(acts[:1], last))
    assert said("out in time, withdrawn") != ROADS["out in time, withdrawn"][-1]


@pytest.mark.parametrize(
    ("row", "last"),
    [
        ({}, "2017-01-13"),
        ({"called_on": dt.date(2017, 1, 18)}, "2017-01-18"),  # at short notice: from the day on which it was called
        ({"called_on": dt.date(2017, 1, 4)}, "2017-01-13"),  # in the ordinary way
        ({"adjourned_from": dt.date(2017, 1, 16)}, "2017-01-06"),  # the clear days of the day on which it was begun
        ({"adjourned_from": dt.date(2017, 1, 16), "called_on": dt.date(2017, 1, 9)}, "2017-01-09"),
    ],
)
def test_the_last_day_of_a_meeting_at_short_notice_and_of_an_adjourned_one(row: dict[str, Any], last: str) -> None:
    assert last_day_for(held(**row), 5, closed_days("england", MEETING)).isoformat() == last


@pytest.mark.parametrize(
    ("nation", "days", "bound", "last"),
    [
        ("england", 5, True, "2017-01-13"),
        ("england", 3, True, "2017-01-13"),
        ("england", 3, False, "2017-01-17"),
        ("england", 6, True, "2017-01-12"),
        ("wales", 3, True, "2017-01-17"),
        ("wales", 0, True, "2017-01-17"),
        ("scotland", 0, True, "2017-01-17"),
        ("northern-ireland", 3, True, "2017-01-13"),
    ],
)
def test_settings_that_ask_for_fewer_days_than_the_law_move_no_last_day(
    nation: str, days: int, bound: bool, last: str
) -> None:
    report = replace(shipped("best-value-board"), nation=nation, clear_days=days, statutory=bound)
    own = {0: dt.date(2017, 1, 20), 3: dt.date(2017, 1, 17), 5: LAST, 6: dt.date(2017, 1, 12)}[days]
    assert last_day(report, held(), Dates(MEETING, own, own), ()).isoformat() == last


def test_a_day_on_which_the_council_is_closed_counts_for_the_laws_last_day_too() -> None:
    report = replace(shipped("best-value-board"), clear_days=3, statutory=True)
    closed = ClosedDay(key="", date=dt.date(2017, 1, 18), reason="Count")
    own = dt.date(2017, 1, 16)
    assert last_day(report, held(), Dates(MEETING, own, own), [closed]) == dt.date(2017, 1, 12)


@pytest.mark.parametrize(
    ("as_at", "today", "said"),
    [(12, 12, []), (13, 12, ["error C144"]), (11, 12, ["warning C145"]), (13, 16, []), (12, 16, ["warning C145"])],
)
def test_facts_are_those_of_the_day_on_which_they_go_out(as_at: int, today: int, said: list[str]) -> None:
    """On 12 January what is dated the 13th has not happened; after the last day, the paper tells of that day."""
    dates = Dates(MEETING, LAST, dt.date(2017, 1, as_at))
    found = facts_of_another_day(dt.date(2017, 1, today), dates)
    assert [f"{each.level} {each.code}" for each in found] == said

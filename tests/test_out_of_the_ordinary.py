"""Meetings of which something is out of the ordinary, from the calendar's row to what is published: one table.

The body is bound by law, its meeting is on Monday 23 January 2017, and the last day to publish is Friday the 13th.
The law: Local Government Act 1972, section 100B(3) and (4).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pipeline.office import build as build_paper
from pipeline.office import withdraw
from pipeline.problems import PaperError
from tests.office import Office, asked, day, office, publish, supplement, without_pdf
from tests.reader import read_paper
from tests.test_months import february

MEETING = "2017-01-23"
CALLED, FOLLOWS = {"Called on": "2017-01-17"}, {"To follow?": "Yes"}
URGENT = {"Special circumstances": "The grant ends.", "Chair who agreed": "Cllr Jones", "Agreed on": "2017-01-17"}
# what is done, on which days of January, with which columns of the calendar | what came of each act
SEQUENCES: dict[str, tuple[list[Any], list[str]]] = {
    "in time": ([("publish", 12)], ["out"]),
    "late": ([("publish", 18)], ["C140"]),
    "urgent": ([URGENT, ("publish", 18)], ["out"]),
    "to follow": ([FOLLOWS, ("publish", 18)], ["out, C147"]),
    "at short notice": ([CALLED, ("publish", 17)], ["out"]),
    "at short notice, and late for that": ([CALLED, ("publish", 18)], ["C140"]),
    "in time, and rewritten late": ([("publish", 12), "news", ("publish", 18)], ["out", "C140, C142"]),
    "in time, and supplemented": ([("publish", 12), "news", ("supplement", 18)], ["out", "out"]),
    "withdrawn, and late out again": ([("publish", 12), ("withdraw", 18), ("publish", 18)], ["out", "gone", "C140"]),
    "withdrawn, and in time out again": ([("publish", 12), ("withdraw", 12), ("publish", 13)], ["out", "gone", "out"]),
    "withdrawn, and out as urgent": (
        [("publish", 12), ("withdraw", 17), URGENT, ("publish", 18)],
        ["out", "gone", "out"],
    ),
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    without_pdf(monkeypatch)
    made = office(tmp_path)
    settings = made.folder / "templates" / made.report / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace("statutory = false", "statutory = true"), "utf-8")
    return made


def cells(columns: dict[str, str]) -> dict[str, Any]:
    return {name: day(text) if text.startswith("20") else text for name, text in columns.items()}


def done(desk: Office, act: str, on: int) -> str:
    """What came of an act: `out`, with what is said of lateness; or what was in its way."""
    order = desk.order(MEETING, now=dt.datetime(2017, 1, on, 9, tzinfo=dt.UTC))
    if act == "withdraw":
        withdraw(order.report, reason="A name was wrong", **asked(order))
        return "gone"
    try:
        if act == "publish":
            build_paper(order.report, **asked(order))
        made = (publish if act == "publish" else supplement)(order)
    except PaperError as refused:
        return ", ".join(sorted({each.code for each in refused.problems if each.code.startswith("C14")}))
    return ", ".join(["out", *sorted({each.code for each in made.problems if each.code in ("C141", "C142", "C147")})])


def ran(desk: Office, steps: list[Any]) -> list[str]:
    said = []
    for step in steps:
        if step == "news":
            february(desk)
        elif isinstance(step, dict):
            desk.calendar_says(MEETING, **cells(step))
        else:
            said.append(done(desk, *step))
    return said


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_what_may_be_published_is_and_what_may_not_is_not(sequence: str, desk: Office) -> None:
    steps, expected = SEQUENCES[sequence]
    assert ran(desk, steps) == expected


def test_a_gate_that_asks_no_reasons_would_be_seen(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.office.gate.publishing_late", lambda *_, **__: [])
    assert ran(desk, SEQUENCES["late"][0]) != SEQUENCES["late"][1]


def test_an_adjourned_meetings_clear_days_are_those_of_the_day_on_which_it_was_begun(desk: Office) -> None:
    desk.add("calendar.xlsx", "Meetings", ["Best Value Programme Board", "Best Value Board", day("2017-01-30")])
    desk.calendar_says("2017-01-30", Adjourned_from=day(MEETING))
    order = desk.order("2017-01-30", now=dt.datetime(2017, 1, 18, 9, tzinfo=dt.UTC))
    build_paper(order.report, **asked(order))
    with pytest.raises(PaperError) as found:
        publish(order)
    assert {each.code for each in found.value.problems if each.code.startswith("C14")} == {"C140"}


def test_the_paper_says_what_makes_its_item_urgent_and_whose_opinion_that_is(tmp_path: Path) -> None:
    desk = office(tmp_path, "recommendation-tracker")
    meeting, now = "2026-11-10", dt.datetime(2026, 11, 4, 9, tzinfo=dt.UTC)
    words = {**URGENT, "Agreed on": "2026-11-03", "Why late": "The offer came on 2 November."}
    assert "Urgent business" not in read_paper(desk.paper(meeting, now=now))
    desk.calendar_says(meeting, **cells(words))
    text = read_paper(desk.paper(meeting, now=now))
    assert "The Chair, Cllr Jones, was of the opinion on 3 November 2026 that this item" in text
    assert "section 100B(4)(b)): The grant ends." in text
    assert "The offer came on 2 November." in text

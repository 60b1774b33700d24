from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pipeline.publish import Event, Milestone, closed_days, events, ics, milestones, publication_day

MEETING = dt.date(2017, 1, 23)
BEFORE = {"clearance": 2, "first_draft": 15, "comments_due": 7}


def _planned() -> tuple[Milestone, ...]:
    closed = closed_days("england", MEETING)
    return milestones(MEETING, publication_day(MEETING, 5, closed), BEFORE, closed)


def test_days_are_planned_backwards_from_publication_over_christmas() -> None:
    assert [(each.label, each.day.isoformat()) for each in _planned()] == [
        ("First draft", "2016-12-20"),
        ("Comments due", "2017-01-04"),
        ("Clearance", "2017-01-11"),
        ("Publication", "2017-01-13"),
        ("Meeting", "2017-01-23"),
    ]


def _unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_file_holds_each_day_as_an_all_day_entry() -> None:
    text = ics(events("Best practice; plans, and more", "best-practice/m1", _planned()), dt.date(2016, 12, 1))
    lines = _unfolded(text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 5
    assert "DTSTART;VALUE=DATE:20170113" in lines
    assert "DTEND;VALUE=DATE:20170114" in lines
    assert lines.count("DTSTAMP:20161201T000000Z") == 5
    assert "SUMMARY:Publication: Best practice\\; plans\\, and more" in lines


def test_an_entry_keeps_its_name_when_the_meeting_moves() -> None:
    def names(meeting: dt.date) -> list[str]:
        planned = milestones(meeting, meeting - dt.timedelta(days=10), BEFORE, {})
        return [line for line in _unfolded(ics(events("T", "r/m1", planned), MEETING)) if line.startswith("UID:")]

    assert names(MEETING) == names(MEETING + dt.timedelta(days=30))
    assert len(set(names(MEETING))) == 5


@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=400)), max_size=4))
def test_any_title_gives_lawful_lines_that_read_back(texts: list[tuple[str, str]]) -> None:
    entries = [Event(f"k{n}", MEETING, summary, about) for n, (summary, about) in enumerate(texts)]
    text = ics(entries, MEETING)
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
        assert "\n" not in line
        assert "\r" not in line
    assert len([line for line in _unfolded(text) if line.startswith("SUMMARY:")]) == len(texts)


def test_a_long_accented_title_reads_back_whole() -> None:
    title = "Gwasanaethau’r Cyngor – ŵ " * 12
    lines = _unfolded(ics([Event("k", MEETING, title)], MEETING))
    assert f"SUMMARY:{title}" in lines

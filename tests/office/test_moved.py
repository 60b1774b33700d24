"""A meeting that moves takes its edits with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.store import publish_files, sha256_of
from pipeline.unattended import Attempt, draft_due
from tests.office import status as standing
from tests.small_report import SmallReport, morning, small_report, typed_into, words_of

WAS, NOW_ON, LATER = dt.date(2027, 1, 19), dt.date(2027, 2, 2), dt.date(2027, 3, 16)
DAY = dt.timedelta(days=1)


@pytest.fixture
def report(tmp_path: Path) -> SmallReport:
    made = small_report(tmp_path)
    made.calendar([WAS, LATER])
    run(made, dt.date(2027, 1, 5))
    return made


def run(report: SmallReport, day: dt.date) -> tuple[Attempt, ...]:
    result = draft_due(report.order(morning(day)))
    assert result.code == 0
    return result.papers


def test_the_paper_of_the_new_day_goes_on_from_the_draft_of_the_old_one(report: SmallReport) -> None:
    typed_into(report.papers(WAS)[0], "Typed.")
    before = sha256_of(report.papers(WAS)[0])
    report.calendar([NOW_ON, LATER])
    (attempt,) = run(report, dt.date(2027, 1, 6))
    assert (attempt.meeting_on, attempt.came_from) == (NOW_ON, WAS.isoformat())
    (paper,) = report.papers(NOW_ON)
    assert "Typed." in words_of(paper)
    assert "2 February 2027" in words_of(paper)
    assert sha256_of(report.papers(WAS)[0]) == before
    assert run(report, dt.date(2027, 1, 7)) == ()
    assert standing(report.order(morning(dt.date(2027, 1, 7)))).look == ()


def test_what_is_typed_in_the_old_draft_afterwards_comes_along(report: SmallReport) -> None:
    typed_into(report.papers(WAS)[0], "Typed.")
    report.calendar([NOW_ON])
    run(report, dt.date(2027, 1, 6))
    typed_into(report.papers(WAS)[0], "Typed later.")
    run(report, dt.date(2027, 1, 25))
    assert "Typed. Typed later." in words_of(report.papers(NOW_ON)[-1])


def test_a_meeting_that_moves_back_brings_what_was_typed_meanwhile(report: SmallReport) -> None:
    typed_into(report.papers(WAS)[0], "Typed.")
    report.calendar([NOW_ON])
    run(report, dt.date(2027, 1, 6))
    typed_into(report.papers(NOW_ON)[0], "Typed meanwhile.")
    report.calendar([WAS])
    run(report, dt.date(2027, 1, 7))
    assert "Typed. Typed meanwhile." in words_of(report.papers(WAS)[-1])


def test_a_draft_nobody_typed_in_is_simply_made_anew_when_its_day_comes(report: SmallReport) -> None:
    report.calendar([NOW_ON])
    assert run(report, dt.date(2027, 1, 6)) == ()
    (attempt,) = run(report, dt.date(2027, 1, 18))
    assert (attempt.action, attempt.came_from) == ("first", None)


def test_a_server_that_was_down_over_the_old_day_makes_up_for_it(report: SmallReport) -> None:
    typed_into(report.papers(WAS)[0], "Typed.")
    report.calendar([NOW_ON])
    run(report, WAS + 2 * DAY)
    assert "Typed." in words_of(report.papers(NOW_ON)[0])


def test_a_published_paper_is_taken_nowhere(report: SmallReport) -> None:
    (paper,) = report.papers(WAS)
    typed_into(paper, "Typed.")
    publish_files(paper.parent, {"paper.docx": b"x"}, at=morning(dt.date(2027, 1, 11)), about={})
    report.calendar([NOW_ON])
    assert run(report, dt.date(2027, 1, 12)) == ()


def test_a_row_deleted_long_after_its_meeting_strands_nothing(report: SmallReport) -> None:
    typed_into(report.papers(WAS)[0], "Typed.")
    report.calendar([LATER])
    (attempt,) = run(report, dt.date(2027, 3, 4))
    assert (attempt.action, attempt.came_from) == ("first", None)


def test_status_tells_of_drafts_whose_day_is_gone(report: SmallReport) -> None:
    report.calendar([LATER])
    told = standing(report.order(morning(dt.date(2027, 1, 6))))
    assert any("Tuesday 19 January 2027" in each and WAS.isoformat() in each for each in told.look)
    report.calendar([WAS, LATER])
    assert standing(report.order(morning(dt.date(2027, 1, 6)))).look == ()


def test_of_two_meetings_without_drafts_the_one_that_is_new_takes_it_on(report: SmallReport) -> None:
    report.calendar([WAS, dt.date(2027, 2, 1), LATER])
    report.tracker(4)
    run(report, dt.date(2027, 1, 6))
    typed_into(report.papers(WAS)[0], "Typed.")
    report.calendar([dt.date(2027, 2, 1), NOW_ON, LATER])
    (attempt,) = run(report, dt.date(2027, 1, 7))
    assert attempt.meeting_on == NOW_ON


def test_where_a_meeting_is_cancelled_the_next_one_takes_it_on(report: SmallReport) -> None:
    typed_into(report.papers(WAS)[0], "Typed.")
    report.calendar([LATER])
    (attempt,) = run(report, dt.date(2027, 1, 6))
    assert attempt.meeting_on == LATER

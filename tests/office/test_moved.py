"""A meeting that moves takes its edits with it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.office import Built, build
from pipeline.problems import NeedsPerson
from pipeline.store import publish_files, sha256_of
from pipeline.unattended import Attempt, draft_due
from tests.office import asked
from tests.office import status as standing
from tests.small_report import SmallReport, morning, small_report, typed_into, words_of, workbook

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


def published(report: SmallReport) -> None:
    (paper,) = report.papers(WAS)
    typed_into(paper, "Typed.")
    publish_files(paper.parent, {"paper.docx": b"x"}, at=morning(dt.date(2027, 1, 11)), about={})
    report.calendar([NOW_ON])


def test_a_paper_that_was_published_goes_along_with_its_meeting_and_what_the_public_read_stays(
    report: SmallReport,
) -> None:
    published(report)
    (attempt,) = run(report, dt.date(2027, 1, 12))
    assert (attempt.meeting_on, attempt.came_from) == (NOW_ON, WAS.isoformat())
    assert "Typed." in words_of(report.papers(NOW_ON)[0])
    assert (report.papers(WAS)[0].parent / "published").is_dir()


def test_a_published_paper_whose_day_is_over_is_taken_nowhere(report: SmallReport) -> None:
    published(report)
    (attempt,) = run(report, WAS)
    assert (attempt.action, attempt.came_from) == ("first", None)


def built(report: SmallReport, day: dt.date, meeting: dt.date | None = None) -> Built:
    return build(report.name, **{**asked(report.order(morning(day))), "meeting": meeting})


@pytest.mark.parametrize("unattended", [True, False])
def test_a_meeting_may_move_any_number_of_times_both_ways_and_nothing_typed_is_left_behind(
    report: SmallReport, unattended: bool
) -> None:
    earlier, day, before = dt.date(2027, 1, 12), dt.date(2027, 1, 6), WAS
    for number, on in enumerate([NOW_ON, earlier, WAS, NOW_ON, WAS]):
        typed_into(report.papers(before)[-1], f"Typed {number}.")
        report.calendar([on, LATER])
        made = run(report, day)[0] if unattended else built(report, day)
        came_from = made.came_from if isinstance(made, Attempt) else made.came_from and made.came_from.parent.name
        assert (made.meeting_on, came_from) == (on, before.isoformat())
        words = words_of(report.papers(on)[-1])
        assert [each for each in range(number + 1) if f"Typed {each}." not in words] == []
        before, day = on, day + DAY


def test_the_command_says_from_which_folder_the_paper_goes_on(report: SmallReport) -> None:
    typed_into(report.papers(WAS)[0], "Typed.")
    report.calendar([NOW_ON, LATER])
    folders = [f"--{name}={report.folder / name}" for name in ("templates", "inputs", "outputs")]
    command = [sys.executable, "-m", "pipeline", "build", report.name, *folders, "--today=2027-01-06"]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False).stdout
    assert f"It goes on from the draft in the folder {WAS.isoformat()}, which stays as it is" in said


# The same day given to another body is another meeting.


def given_away(report: SmallReport) -> None:
    """The Board's day is the Audit Committee's now, and The Board meets on another."""
    typed_into(report.papers(WAS)[0], "Typed.")
    rows = [("Body", "Date"), ("Audit Committee", WAS), ("The Board", NOW_ON)]
    workbook(report.inputs / "calendar.xlsx", {"Meetings": rows, "Closed days": [("Date", "Reason")]})


@pytest.mark.parametrize("meeting", [WAS, NOW_ON])
def test_neither_paper_is_made_before_a_person_says_which_meeting_the_drafts_are_for(
    report: SmallReport, meeting: dt.date
) -> None:
    given_away(report)
    with pytest.raises(NeedsPerson) as told:
        built(report, dt.date(2027, 1, 6), meeting)
    assert [each.code for each in told.value.problems] == ["F137"]
    assert "are for The Board, and the calendar now has Audit Committee on that day" in told.value.problems[0].message


def test_once_the_folder_has_the_new_day_each_body_has_its_own_paper(report: SmallReport) -> None:
    given_away(report)
    folder = report.papers(WAS)[0].parent
    folder.rename(folder.with_name(NOW_ON.isoformat()))
    day = dt.date(2027, 1, 6)
    ours, theirs = (words_of(built(report, day, meeting).path) for meeting in (NOW_ON, WAS))
    assert ("Typed." in ours, "Typed." in theirs) == (True, False)
    assert "The Board, 2 February 2027" in ours
    assert "Audit Committee, 19 January 2027" in theirs


def test_a_body_whose_name_was_corrected_is_the_same(report: SmallReport) -> None:
    typed_into(report.papers(WAS)[0], "Typed.")
    rows = [("Body", "Date"), ("The Improvement Board", WAS), ("The Improvement Board", LATER)]
    workbook(report.inputs / "calendar.xlsx", {"Meetings": rows, "Closed days": [("Date", "Reason")]})
    made = built(report, dt.date(2027, 1, 6))
    assert "Typed." in words_of(made.path)
    assert "The Improvement Board" in words_of(made.path)


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

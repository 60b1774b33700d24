"""`status` and `timetable`: what is next, what is missing, what is late, and the dates on the way."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline import office
from pipeline.cli import run
from pipeline.office import Order, PaperStatus, ReportStatus
from pipeline.store import publish_files, withdraw
from tests.office import asked, build, status
from tests.small_report import SmallReport, morning, small_report, typed_into

MEETING = dt.date(2027, 1, 19)
FIRST_DRAFT, COMMENTS, CLEARANCE, PUBLISH = (
    dt.date(2027, 1, 4),
    dt.date(2027, 1, 6),
    dt.date(2027, 1, 8),
    dt.date(2027, 1, 11),
)
DAY = dt.timedelta(days=1)


@pytest.fixture
def report(tmp_path: Path) -> SmallReport:
    made = small_report(tmp_path)
    made.calendar([dt.date(2026, 11, 17), MEETING, dt.date(2027, 3, 16)])
    return made


@pytest.fixture
def command(report: SmallReport, monkeypatch: pytest.MonkeyPatch) -> SmallReport:
    """The report, with the command run in its folder, on the day of publication."""
    monkeypatch.chdir(report.folder)
    on_day(monkeypatch, PUBLISH)
    return report


def on_day(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(morning(day).timestamp())))


def told(report: SmallReport, day: dt.date) -> ReportStatus:
    return status(report.order(morning(day)))


def paper(report: SmallReport, day: dt.date) -> PaperStatus:
    (only,) = told(report, day).papers
    return only


def drafted(report: SmallReport, day: dt.date = FIRST_DRAFT) -> Path:
    return build(report.order(morning(day))).path


def test_the_next_meeting_is_told_before_there_is_anything_to_do(report: SmallReport) -> None:
    found = paper(report, dt.date(2026, 12, 1))
    assert (found.meeting_on, found.publish_on, found.number) == (MEETING, PUBLISH, None)
    assert (found.missing, found.late) == ((), ())


def test_a_first_draft_is_late_from_the_day_after_its_own(report: SmallReport) -> None:
    assert paper(report, FIRST_DRAFT).late == ()
    assert paper(report, FIRST_DRAFT + DAY).late == ("The first draft was due on Monday 4 January 2027.",)
    drafted(report)
    assert paper(report, FIRST_DRAFT + DAY).late == ()


def test_a_comment_is_missing_at_once_and_late_after_its_day(report: SmallReport) -> None:
    drafted(report)
    assert [(each.title, each.come) for each in paper(report, FIRST_DRAFT).missing] == [("Finance", False)]
    assert paper(report, COMMENTS).late == ()
    assert paper(report, COMMENTS + DAY).late == ("“Finance” was to come by Wednesday 6 January 2027.",)


def test_a_comment_that_came_is_missing_its_clearance_until_that_is_given(report: SmallReport) -> None:
    drafted(report)
    report.finance("Met from the budget.")
    assert paper(report, CLEARANCE).late == ()
    assert paper(report, CLEARANCE + DAY).late == (
        "“Finance” was to be cleared by Friday 8 January 2027: it is not cleared.",
    )
    report.clearance("Finance", dt.date(2027, 1, 7))
    assert paper(report, CLEARANCE + DAY).missing == ()
    assert paper(report, CLEARANCE + DAY).late == ()


def test_words_changed_after_clearing_are_not_cleared(report: SmallReport) -> None:
    report.finance("Met from the budget.")
    report.clearance("Finance", dt.date(2027, 1, 7))
    drafted(report)
    report.finance("Not met from the budget.")
    (missing,) = paper(report, CLEARANCE + DAY).missing
    assert missing.state == "cleared, then changed"


def test_publication_is_late_after_its_last_day_until_it_is_done(report: SmallReport) -> None:
    draft = drafted(report)
    report.finance("Met from the budget.")
    report.clearance("Finance", dt.date(2027, 1, 7))
    assert paper(report, PUBLISH).late == ()
    assert "Today is the last day to publish." in paper(report, PUBLISH).look
    assert paper(report, PUBLISH + DAY).late == ("The paper was to be published by Monday 11 January 2027.",)
    assert told(report, PUBLISH + DAY).code == 1
    publish_files(draft.parent, {"paper.docx": b"x"}, at=morning(PUBLISH + DAY), about={})
    assert paper(report, PUBLISH + DAY).late == ()
    assert told(report, PUBLISH + DAY).code == 0
    withdraw(draft.parent, at=morning(PUBLISH + DAY), reason="The wrong file.")
    assert told(report, PUBLISH + DAY).code == 1


def test_files_that_changed_after_publication_point_to_a_supplement(report: SmallReport) -> None:
    draft = drafted(report)
    publish_files(draft.parent, {"paper.docx": b"x"}, at=morning(PUBLISH), about={})
    assert paper(report, PUBLISH + DAY).look == ()
    report.tracker(5)
    (line,) = paper(report, PUBLISH + DAY).look
    assert "tracker.xlsx" in line
    assert "calendar.xlsx" not in line


def test_two_papers_in_hand_are_both_told(report: SmallReport) -> None:
    report.calendar([MEETING, dt.date(2027, 1, 20)])
    assert len(told(report, dt.date(2027, 1, 6)).papers) == 2


def test_a_calendar_that_ends_is_worth_a_look_and_nothing_late(report: SmallReport) -> None:
    found = told(report, dt.date(2027, 4, 1))
    assert (found.papers, found.code) == ((), 0)
    assert found.look == ("The calendar has no meeting to come. Add the next ones.",)


def test_a_report_that_cannot_be_read_says_why(report: SmallReport) -> None:
    (report.inputs / "calendar.xlsx").unlink()
    found = told(report, PUBLISH)
    assert found.code == 1
    assert [each.code for each in found.problems] == ["I101"]


def test_the_draft_there_is_and_whether_somebody_typed_in_it(report: SmallReport) -> None:
    path = drafted(report)
    found = paper(report, FIRST_DRAFT)
    assert (found.number, found.edited) == (1, False)
    typed_into(path, "Typed.")
    assert paper(report, FIRST_DRAFT).edited


def test_an_open_draft_is_worth_a_look(report: SmallReport) -> None:
    path = drafted(report)
    path.with_name(f".~lock.{path.name}#").write_text("x")
    assert any("is open in LibreOffice" in each for each in paper(report, FIRST_DRAFT).look)


def test_the_command_prints_it_and_writes_nothing(command: SmallReport, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(command.folder.rglob("*"))
    assert run(["status"]) == 1
    out = capsys.readouterr().out
    assert "meeting   Tuesday 19 January 2027, The Board" in out
    assert "publish   by Monday 11 January 2027" in out
    assert "draft     none yet; due on Monday 4 January 2027" in out
    assert "missing   Finance: has not come" in out
    assert out.count("LATE") == 2
    assert sorted(command.folder.rglob("*")) == before


def test_the_same_as_data(command: SmallReport, capsys: pytest.CaptureFixture[str]) -> None:
    drafted(command)
    assert run(["status", "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["reports"]
    assert found["late"] is True
    (only,) = found["papers"]
    assert (only["meeting_on"], only["draft"], only["as_at"]) == ("2027-01-19", 1, "2027-01-04")
    assert only["missing"] == [{"title": "Finance", "state": "missing", "required": True}]
    assert only["milestones"]["comments_due"] == "2027-01-06"


def test_the_data_hold_all_that_check_tells_but_of_the_template(
    command: SmallReport, capsys: pytest.CaptureFixture[str]
) -> None:
    def problems(*words: str) -> list[dict[str, str]]:
        run([*words, "--json"])
        found = json.loads(capsys.readouterr().out)
        told: list[dict[str, str]] = (found["reports"][0]["papers"][0] if "reports" in found else found)["problems"]
        return [each for each in told if not each["file"].endswith("template.docx")]

    assert "I604" in {each["code"] for each in problems("status")}
    assert problems("status") == problems("check")
    drafted(command)
    assert problems("status") == problems("check")


def test_the_timetable_counts_the_clear_days_out(command: SmallReport, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["timetable"]) == 0
    out = capsys.readouterr().out
    assert "  First draft     Monday 4 January 2027\n" in out
    assert "  Monday 11 January 2027: published, not counted\n" in out
    assert "  Saturday 16 January 2027: weekend, not counted\n" in out
    assert "clear day 5" in out


def test_a_closed_day_moves_publication_and_is_named(command: SmallReport, capsys: pytest.CaptureFixture[str]) -> None:
    command.calendar([MEETING], [dt.date(2027, 1, 13)])
    assert run(["timetable", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["meetings"][0]["publish_on"] == "2027-01-08"
    assert run(["timetable"]) == 0
    assert "Wednesday 13 January 2027: Office move, not counted" in capsys.readouterr().out


def test_a_calendar_file_holds_every_meeting_to_come(
    command: SmallReport, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["timetable", "--all", "--ics", str(tmp_path / "dates.ics")]) == 0
    content = (tmp_path / "dates.ics").read_bytes()
    assert content.count(b"BEGIN:VEVENT\r\n") == 10
    assert content.count(b"SUMMARY:Meeting: Monthly progress\\, ") == 2
    assert run(["timetable", "--all", "--ics", str(tmp_path / "dates.ics")]) == 3
    assert "F101" in capsys.readouterr().err


def test_a_meeting_that_is_not_in_the_calendar_can_be_planned(
    command: SmallReport, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["timetable", "--meeting", "23/01/2017", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["meetings"][0]["publish_on"] == "2017-01-13"


def test_without_a_meeting_to_come_there_is_no_timetable(
    command: SmallReport, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_day(monkeypatch, dt.date(2027, 4, 1))
    assert run(["timetable"]) == 1
    assert "F141" in capsys.readouterr().err


def test_on_the_day_of_the_meeting_its_paper_is_still_in_hand_and_the_day_after_it_is_not(report: SmallReport) -> None:
    assert [each.title for each in paper(report, MEETING).missing] == ["Finance"]
    after = paper(report, MEETING + DAY)
    assert (after.meeting_on, after.missing) == (dt.date(2027, 3, 16), ())


def test_the_timetable_is_that_of_the_next_meeting_unless_every_one_is_asked_for(report: SmallReport) -> None:
    order = report.order(morning(FIRST_DRAFT))
    assert [each.meeting_on for each in timetable(order).meetings] == [MEETING]
    assert [each.meeting_on for each in timetable(order, every=True).meetings] == [MEETING, dt.date(2027, 3, 16)]
    settings = report.folder / "templates" / report.name / "report.toml"
    assert timetable(order).rule == "5 clear days (Local Government Act 1972, section 100B, as amended by SI 2002/715):"
    settings.write_text(
        settings.read_text("utf-8").replace("clear_days = 5", "clear_days = 3\nstatutory = false"), "utf-8"
    )
    assert timetable(order).rule == "3 clear days, followed by choice:"


def timetable(order: Order, **more: bool) -> Any:
    """The dates on the way to the order's meetings."""
    return office.timetable(order.report, **more, **asked(order))

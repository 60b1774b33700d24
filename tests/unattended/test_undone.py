"""A failed night is not forgotten: what `due` could not do is told by `status` and `doctor` until it is done."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.office import undone
from pipeline.store import publish_files
from tests.office import build
from tests.small_report import SmallReport, morning, small_report

MEETING, NEXT = dt.date(2027, 1, 19), dt.date(2027, 1, 20)
NIGHT, LATER = dt.date(2027, 1, 5), dt.date(2027, 1, 6)
TOLD = "The daily task has not been able to draft the paper of Tuesday 19 January 2027 since Tuesday 5 January 2027: "
Command = Callable[..., tuple[int, str]]
CANARY = "Grievance of the head of drainage"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallReport:
    made = small_report(tmp_path)
    made.calendar([MEETING, dt.date(2027, 3, 16)])
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """A command on a day: its exit code, and what it said."""

    def ran(day: dt.date, *words: str) -> tuple[int, str]:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(morning(day).timestamp())))
        code = run(list(words))
        told = capfd.readouterr()
        return code, told.out + told.err

    return ran


def spoilt(report: SmallReport) -> None:
    """The tracker saved half, as when the network went away."""
    path = report.inputs / "tracker.xlsx"
    path.write_bytes(path.read_bytes()[:2000])


def test_it_is_told_until_a_night_on_which_it_is_done(report: SmallReport, command: Command) -> None:
    sound = (report.inputs / "tracker.xlsx").read_bytes()
    spoilt(report)
    assert command(NIGHT, "due")[0] == 1
    assert command(LATER, "due")[0] == 1
    (kept,) = undone(report.outputs)
    assert (kept.report, kept.meeting_on, kept.code, kept.since) == ("progress", MEETING, 1, NIGHT)
    assert "tracker.xlsx" in kept.problems[0]
    code, told = command(LATER, "status")
    assert code == 1
    assert f"  LATE      {TOLD}" in told
    code, told = command(LATER, "doctor")
    assert code >= 1
    assert TOLD in told
    (data,) = json.loads(command(LATER, "status", "--json")[1])["reports"]
    assert data["undone"][0].startswith(TOLD)
    (report.inputs / "tracker.xlsx").write_bytes(sound)
    assert TOLD in command(LATER, "status")[1], "files put right are not a paper drafted"
    assert command(LATER, "due")[0] == 0
    assert not (report.outputs / ".committee-papers.undone.json").exists()
    assert TOLD not in command(LATER, "status")[1] + command(LATER, "doctor")[1]


def test_a_draft_that_an_officer_made_since_is_a_draft(report: SmallReport, command: Command) -> None:
    sound = (report.inputs / "tracker.xlsx").read_bytes()
    spoilt(report)
    command(NIGHT, "due")
    (report.inputs / "tracker.xlsx").write_bytes(sound)
    build(report.order(morning(LATER)))
    assert TOLD not in command(LATER, "status")[1]


def test_it_is_told_of_no_meeting_that_is_over_and_of_no_paper_that_was_published(
    report: SmallReport, command: Command
) -> None:
    spoilt(report)
    command(NIGHT, "due")
    assert TOLD in command(MEETING, "status")[1]
    assert TOLD not in command(NEXT, "status")[1]
    paper = report.outputs / report.name / MEETING.isoformat()
    publish_files(paper, {"paper.docx": b"published"}, at=morning(LATER), about={})
    assert TOLD not in command(LATER, "status")[1]


def test_a_report_that_could_not_be_read_at_all_is_told(report: SmallReport, command: Command) -> None:
    settings = report.folder / "templates" / report.name / "report.toml"
    sound = settings.read_text(encoding="utf-8")
    settings.write_text("[fields]\ntitle = 3\n", encoding="utf-8")
    command(NIGHT, "due")
    told = "The daily task has not been able to do all of this report since Tuesday 5 January 2027: error S104"
    assert told in command(LATER, "status")[1]
    settings.write_text(sound, encoding="utf-8")
    assert told in command(LATER, "status")[1]
    command(LATER, "due")
    assert told not in command(LATER, "status")[1]


def test_a_run_for_one_report_forgets_nothing_of_another(report: SmallReport, command: Command) -> None:
    other = small_report(report.folder, "another")
    other.calendar([MEETING])
    spoilt(report)
    spoilt(other)
    command(NIGHT, "due")
    other.tracker(3)
    command(LATER, "due", "another")
    assert [(each.report, each.since) for each in undone(report.outputs)] == [("progress", NIGHT)]


def test_what_stands_in_a_cell_is_not_kept(report: SmallReport, command: Command) -> None:
    report.calendar([MEETING, CANARY])  # type: ignore[list-item]
    command(NIGHT, "due")
    kept = (report.outputs / ".committee-papers.undone.json").read_text(encoding="utf-8")
    assert "sheet Meetings, cell B3" in kept
    assert CANARY[:12] not in kept


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"undone": 3}', '{"undone": [{"report": 3}]}', "[" * 9999])
def test_a_damaged_file_is_as_good_as_none(report: SmallReport, command: Command, damage: str) -> None:
    spoilt(report)
    command(NIGHT, "due")
    (report.outputs / ".committee-papers.undone.json").write_text(damage, encoding="utf-8")
    assert undone(report.outputs) == ()
    assert command(NIGHT, "status")[0] == 1
    command(LATER, "due")
    assert [each.since for each in undone(report.outputs)] == [LATER]

"""`due`: each report on its own, silent where there is nothing to do, and a log that gives nothing away."""

from __future__ import annotations

import datetime as dt
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest

from pipeline import cli
from pipeline.problems import Place, error
from pipeline.store import only_one
from pipeline.unattended import Attempt, Result, draft_due, line_of, prune, write_log
from tests.small_report import SmallReport, morning, small_report

MEETING = dt.date(2027, 1, 19)
IN_HAND, BEFORE, AFTER = dt.date(2027, 1, 5), dt.date(2026, 12, 20), dt.date(2027, 1, 20)
ROOT = Path(__file__).parents[2]
CANARY = "Grievance of the head of drainage, which nobody may read of in a log"


@pytest.fixture
def report(tmp_path: Path) -> SmallReport:
    made = small_report(tmp_path)
    made.calendar([dt.date(2026, 11, 17), MEETING])
    return made


@pytest.fixture
def folder(report: SmallReport, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The report's folder, with the command run in it."""
    monkeypatch.chdir(report.folder)
    monkeypatch.syspath_prepend(str(ROOT))
    return report.folder


def run(*arguments: str, day: dt.date = IN_HAND) -> subprocess.CompletedProcess[str]:
    """The command as the daily task starts it, on a given day, in a process of its own."""
    moment = str(int(morning(day).timestamp()))
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": moment,
        "PYTHONUTF8": "1",
        "NO_COLOR": "1",
    }
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)


class Told(NamedTuple):
    """What a command said, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def command(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """The same command within this process, which is soon done."""

    def ran(*arguments: str, day: dt.date = IN_HAND) -> Told:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(morning(day).timestamp())))
        code = cli.run(list(arguments))
        return Told(code, *capfd.readouterr())

    return ran


def on(report: SmallReport, day: dt.date) -> Result:
    return draft_due(report.order(morning(day)))


@pytest.mark.parametrize(
    ("day", "made"), [(BEFORE, 0), (dt.date(2027, 1, 3), 0), (dt.date(2027, 1, 4), 1), (MEETING, 1)]
)
def test_a_paper_is_due_from_its_first_draft_day_to_its_meeting(report: SmallReport, day: dt.date, made: int) -> None:
    assert [each.action for each in on(report, day).papers] == ["first"] * made


def test_nothing_is_made_for_a_meeting_that_is_over(report: SmallReport) -> None:
    assert on(report, AFTER).papers == ()
    assert not report.outputs.exists()


def test_after_the_meeting_new_facts_change_nothing(report: SmallReport) -> None:
    on(report, IN_HAND)
    before = report.papers(MEETING)[0].read_bytes()
    report.tracker(7)
    on(report, AFTER)
    assert report.papers(MEETING)[0].read_bytes() == before
    assert on(report, MEETING).papers[0].action == "replaced"


def test_two_meetings_in_hand_are_drafted_each(report: SmallReport) -> None:
    report.calendar([MEETING, dt.date(2027, 1, 20)])
    assert [each.action for each in on(report, IN_HAND).papers] == ["first", "first"]


def test_one_papers_fault_leaves_the_other_alone(report: SmallReport) -> None:
    report.calendar([MEETING, dt.date(2027, 1, 20)])
    blocked = report.outputs / report.name / MEETING.isoformat()
    blocked.parent.mkdir(parents=True)
    blocked.write_text("a file where the folder should be")
    attempts = on(report, IN_HAND).papers
    assert [(each.action, each.code) for each in attempts] == [("failed", 4), ("first", 0)]
    assert attempts[0].problems[0].code == "F112"


def test_an_error_in_the_calendar_is_told_and_the_other_meetings_are_drafted(report: SmallReport) -> None:
    report.calendar([MEETING, "31/31/2027"])  # type: ignore[list-item]
    result = on(report, IN_HAND)
    assert [each.action for each in result.papers] == ["failed", "first"]
    assert result.code == 1
    assert result.papers[0].problems[0].place.cell == "B3"


def test_a_fault_of_the_program_is_kept_with_where_it_arose(
    report: SmallReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError(CANARY)

    monkeypatch.setattr("pipeline.unattended.attempts.drafted", broken)
    (attempt,) = on(report, IN_HAND).papers
    assert attempt.code == 4
    assert "in broken" in attempt.fault
    assert CANARY[:30] in attempt.fault
    assert CANARY not in attempt.fault


def test_a_result_can_be_sent_to_another_process(report: SmallReport) -> None:
    result = on(report, IN_HAND)
    assert pickle.loads(pickle.dumps(result)) == result
    assert pickle.loads(pickle.dumps(draft_due)) is draft_due


def logs(folder: Path) -> list[Path]:
    return sorted((folder / "outputs" / "logs").glob("*"))


def test_the_command_says_what_it_made_once_and_then_nothing(folder: Path) -> None:
    first, second = run("due"), run("due")
    assert first.returncode == 0
    assert "progress, meeting of 19 January 2027: draft 1 made" in first.stdout
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    (log,) = logs(folder)
    assert log.name == "2027-01-05 06.30.00 due.log"


def test_a_day_with_nothing_due_leaves_no_trace_but_the_lock(folder: Path, command: Callable[..., Told]) -> None:
    quiet = command("due", day=BEFORE)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert [path.name for path in (folder / "outputs").rglob("*") if not path.name.startswith(".")] == []


def test_one_report_that_cannot_be_read_stops_no_other(folder: Path, command: Callable[..., Told]) -> None:
    other = small_report(folder, "another")
    other.calendar([MEETING])
    (folder / "templates" / "another" / "report.toml").write_text("[fields]\ntitle = 3\n", encoding="utf-8")
    ran = command("due")
    assert ran.returncode == 1
    assert "progress, meeting of 19 January 2027: draft 1 made" in ran.stdout
    assert "S104" in ran.stderr
    (log,) = logs(folder)
    assert "another, meeting none" in log.read_text(encoding="utf-8")


def test_a_second_run_is_told_who_has_the_folder(folder: Path) -> None:
    with only_one(folder / "outputs", "due"):
        ran = run("due")
    assert ran.returncode == 3
    assert "F110" in ran.stderr
    assert f"“due” (process {os.getpid()}" in ran.stderr


def test_data_for_machines_is_all_that_is_printed(command: Callable[..., Told]) -> None:
    told = json.loads(command("due", "--json").stdout)
    assert [paper["action"] for paper in told["reports"][0]["papers"]] == ["first"]
    assert json.loads(command("due", "--json").stdout)["log"] is None


def test_a_folder_without_reports_is_an_error_and_not_a_quiet_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("due").returncode == 1


def written(path: Path) -> Iterator[str]:
    """Every text in a file, unzipped where it is a package."""
    if path.suffix in (".docx", ".version"):
        with ZipFile(path) as package:
            yield from (package.read(name).decode("utf-8", "replace") for name in package.namelist())
    else:
        yield path.read_text(encoding="utf-8")


def test_an_exempt_row_reaches_neither_log_nor_paper_nor_record(report: SmallReport) -> None:
    report.tracker(3, private=CANARY)
    result = on(report, IN_HAND)
    log = write_log(report.outputs, morning(IN_HAND), [result])
    assert log is not None
    said = log.read_text(encoding="utf-8")
    assert said.count("tracker.xlsx, sheet Actions, cell D5") == 1
    assert "31/31/2020" not in said
    texts = [text for path in report.outputs.rglob("*.*") if path.is_file() for text in written(path)]
    assert texts
    assert not any(CANARY[:12] in text for text in texts)


def test_a_log_names_versions_inputs_result_and_problems(report: SmallReport) -> None:
    log = write_log(report.outputs, morning(IN_HAND), [on(report, IN_HAND)])
    assert log is not None
    lines = log.read_text(encoding="utf-8").splitlines()
    for start in (
        "run       2027-01-05T06:30:00+00:00",
        "program   committee-papers",
        "packages  docxtpl",
        "report    progress,",
    ):
        assert any(line.startswith(start) for line in lines), start
    assert "result    first, exit code 0" in lines
    assert sum(line.startswith("input     ") and line.endswith("  tracker.xlsx") for line in lines) == 1
    assert any("I604" in line for line in lines)


def test_a_quotation_in_a_log_is_at_most_forty_characters() -> None:
    line = line_of(error("F999", Place("a.docx"), f"“{CANARY}” and “short” are odd.", "Cure."))
    assert CANARY[:39] + "…" in line
    assert "“short”" in line


def test_two_logs_of_one_second_stand_side_by_side(report: SmallReport) -> None:
    failed = [Result("progress", (Attempt(code=1),))]
    paths = {write_log(report.outputs, morning(IN_HAND), failed) for _ in range(3)}
    assert len(paths) == 3


def test_logs_are_kept_for_four_hundred_days(tmp_path: Path) -> None:
    kept = ("2026-01-06 06.30.00 due.log", "2025-01-01 notes.log", "2025-01-01 06.30.00 due.txt")
    for name in ("2025-12-01 06.30.00 due.log", "2025-12-01 06.30.00 due 2.log", *kept):
        (tmp_path / name).write_text("x")
    prune(tmp_path, dt.date(2027, 1, 20))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)

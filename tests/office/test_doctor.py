"""`doctor`: what is well, what wants a look, and what is wrong, with one cure each."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.office import Finding, Order
from pipeline.office import health as doctor
from pipeline.store import only_one
from tests.small_report import SmallReport, morning, small_report

TODAY = dt.date(2027, 1, 5)
NOON = dt.datetime(2027, 1, 5, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def report(tmp_path: Path) -> SmallReport:
    made = small_report(tmp_path)
    made.calendar([dt.date(2027, 1, 19)])
    return made


def verdicts(found: Iterable[Finding]) -> list[str]:
    return [each.verdict for each in found]


def reports(report: SmallReport) -> list[Finding]:
    return list(doctor.reports(report.order(morning(TODAY))))


def test_a_sound_report_is_told_with_its_next_meeting(report: SmallReport) -> None:
    found = reports(report)
    assert verdicts(found) == ["ok", "ok"]
    assert "Tuesday 19 January 2027, to be published by Monday 11 January 2027" in found[1].seen


def test_a_setting_that_is_wrong_is_named(report: SmallReport) -> None:
    settings = report.folder / "templates" / report.name / "report.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("clear_days", "clear_dyas"), encoding="utf-8")
    (found,) = reports(report)
    assert (found.verdict, found.code) == ("wrong", 1)
    assert "clear_dyas" in found.seen
    assert "clear_days" in found.cure


def test_a_template_that_is_gone_or_no_word_file_is_wrong(report: SmallReport) -> None:
    template = report.folder / "templates" / report.name / "template.docx"
    template.write_bytes(b"not a Word file")
    assert verdicts(reports(report)) == ["wrong", "ok"]
    template.unlink()
    assert "“progress/template.docx” is not there" in reports(report)[0].seen


def test_a_calendar_with_an_error_is_wrong_and_an_ended_one_wants_a_look(report: SmallReport) -> None:
    report.calendar([dt.date(2026, 1, 5)])
    assert verdicts(reports(report)) == ["ok", "look"]
    report.calendar(["soon"])  # type: ignore[list-item]
    assert verdicts(reports(report)) == ["ok", "wrong"]


def test_a_folder_without_reports_wants_a_look(tmp_path: Path) -> None:
    assert verdicts(doctor.reports(Order(report="", templates=tmp_path, inputs=tmp_path, now=morning(TODAY)))) == [
        "look"
    ]


def test_the_outputs_folder_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    assert doctor.outputs_folder(tmp_path).verdict == "ok"
    assert [path.name for path in tmp_path.iterdir()] == [".committee-papers.lock"]


def test_an_outputs_folder_that_cannot_be_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("a file of that name")
    found = doctor.outputs_folder(tmp_path / "outputs")
    assert (found.verdict, found.code) == ("wrong", 4)
    assert "F112" in found.seen


def test_a_run_in_hand_wants_a_look(tmp_path: Path) -> None:
    with only_one(tmp_path, "due"):
        found = doctor.outputs_folder(tmp_path)
    assert (found.verdict, found.code) == ("look", 0)
    assert "“due”" in found.seen


def test_files_that_are_open_are_named(report: SmallReport) -> None:
    assert verdicts(doctor.open_files(report.folder)) == ["ok"]
    (report.inputs / "~$tracker.xlsx").write_bytes(b"x")
    (report.inputs / ".~lock.calendar.xlsx#").write_bytes(b"x")
    (found,) = doctor.open_files(report.folder)
    assert found.verdict == "look"
    assert found.seen == "calendar.xlsx, tracker.xlsx"


def test_a_missing_package_is_wrong_and_an_extra_is_nobodys_need() -> None:
    assert doctor.packages(["click>=8.1", 'isal-of-no-kind>=1; extra == "fast"']).verdict == "ok"
    found = doctor.packages(["click>=8.1", "no-such-package>=2"])
    assert (found.verdict, found.code, found.seen) == ("wrong", 4, "missing: no-such-package")


def test_the_packages_asked_for_without_an_installation_are_those_of_the_project() -> None:
    import tomli

    project = tomli.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {each.split(">")[0] for each in project["project"]["dependencies"]}
    assert set(doctor.NEEDED) <= asked


def test_a_clock_before_the_newest_draft_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    record = tmp_path / "draft 1.json"
    record.write_text("{}")
    made = NOON.timestamp()
    os.utime(record, (made, made))
    assert verdicts(doctor.clock(NOON, tmp_path)) == ["ok"]
    assert verdicts(doctor.clock(NOON - dt.timedelta(days=3), tmp_path)) == ["wrong"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(made)))
    assert verdicts(doctor.clock(NOON, tmp_path)) == ["look"]


@pytest.mark.parametrize(
    ("encoding", "verdict"), [("utf-8", "ok"), ("cp1252", "ok"), ("cp437", "look"), (None, "look")]
)
def test_a_screen_that_lacks_an_officers_punctuation_wants_a_look(encoding: str | None, verdict: str) -> None:
    assert doctor.console(encoding).verdict == verdict


def test_a_cache_that_cannot_be_made_costs_time_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMITTEE_PAPERS_CACHE", str(tmp_path / "new" / "cache"))
    assert doctor.cache().verdict == "ok"
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("COMMITTEE_PAPERS_CACHE", str(tmp_path / "file" / "cache"))
    found = doctor.cache()
    assert (found.verdict, found.code) == ("look", 0)


def test_without_libreoffice_there_is_another_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("pipeline.publish.pdf._USUAL_PLACES", ())
    found = doctor.libreoffice()
    assert (found.verdict, found.code) == ("look", 0)
    assert "from Word" in found.cure


def test_libreoffice_without_the_part_that_finishes_a_pdf_wants_a_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "installed", {}.get)
    found = doctor.libreoffice()
    assert (found.verdict, found.code) == ("look", 0)
    assert "committee-papers[pdf]" in found.cure


def test_the_command_ends_with_the_worst_of_its_findings(
    report: SmallReport, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(report.folder)
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(["doctor"]) == 0
    assert "ok    outputs: “outputs” can be written to" in capsys.readouterr().out
    (report.folder / "templates" / report.name / "report.toml").write_text("[fields", encoding="utf-8")
    assert run(["doctor"]) == 1
    assert run(["doctor", "--outputs", str(report.inputs / "tracker.xlsx" / "outputs"), "--json"]) == 4
    found = json.loads("{" + capsys.readouterr().out.split("\n{", 1)[1])["findings"]
    assert all(each["cure"] for each in found if each["verdict"] != "ok")

"""Folders under `templates/` that were meant to be reports: named, with the cure, and never passed by."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.office import doctor
from pipeline.problems import NeedsPerson, PaperError
from pipeline.report import load_report, meant_as_reports
from tests.unattended.boards import NOW, boards

ALL = (["build", "--all"], ["due"], ["status"])


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two reports, with commands run in their folder."""
    monkeypatch.chdir(boards(tmp_path, 2))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    return tmp_path


def settings(office: Path) -> Path:
    return office / "templates" / "board-01" / "report.toml"


@pytest.mark.parametrize("command", ALL)
@pytest.mark.parametrize("name", ["report.toml.txt", "Report1.toml", "report.txt"])
def test_settings_of_another_name_are_named_by_every_command_with_the_cure(
    office: Path, command: list[str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(office).rename(settings(office).with_name(name))
    assert run(command) == 1
    said = "".join(capsys.readouterr())
    assert "S101" in said
    assert f"Rename “{name}” to “report.toml”." in said


@pytest.mark.parametrize("command", ALL)
def test_a_report_without_settings_is_named_by_every_command(
    office: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    settings(office).unlink()
    assert run(command) == 1
    said = "".join(capsys.readouterr())
    assert "board-01/report.toml" in said
    assert "Copy “report.toml” from a report that works" in said


def test_the_other_reports_are_drafted_all_the_same(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(office).unlink()
    run(["build", "--all", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert {each["report"]: each["papers"][0]["action"] for each in told["reports"]} == {
        "board-01": "failed",
        "progress": "first",
    }


def test_the_doctor_names_it_too(office: Path) -> None:
    settings(office).unlink()
    found = doctor(
        templates=office / "templates", inputs=office / "inputs", outputs=office / "outputs", now=NOW
    ).findings
    assert [each.verdict for each in found if each.about == "board-01"] == ["wrong"]


def test_a_report_asked_for_without_its_name_is_the_only_one_that_works(office: Path) -> None:
    settings(office).unlink()
    assert run(["build", "-q"]) == 1  # as for one report: an error in the files stands
    assert list((office / "outputs" / "progress").rglob("*.docx"))


@pytest.mark.parametrize(
    "holds", [(), ("README.md",), ("Readme.docx",), ("notes.txt", "crest.png"), (".DS_Store",), ("~$letter.docx",)]
)
def test_a_folder_that_is_plainly_something_else_is_not_mentioned(tmp_path: Path, holds: tuple[str, ...]) -> None:
    folder = tmp_path / "something"
    folder.mkdir()
    for name in holds:
        (folder / name).write_text("x")
    assert meant_as_reports(tmp_path) == ()


@pytest.mark.parametrize("name", ["template.docx", "wording.xlsx", "TEMPLATE (2).DOCX", "report.toml.bak"])
def test_a_folder_that_holds_a_part_of_a_report_is_meant_as_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "board").mkdir()
    (tmp_path / "board" / name).write_text("x")
    assert meant_as_reports(tmp_path) == ("board",)


def test_a_folder_that_nobody_may_look_into_is_meant_as_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "board").mkdir()

    def refused(path: object) -> list[str]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "listdir", refused)
    assert meant_as_reports(tmp_path) == ("board",)


def test_settings_that_may_not_be_opened_are_no_fault_of_the_program(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, *_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_text", refused)
    with pytest.raises(NeedsPerson) as told:
        load_report(settings(office).parent)
    assert told.value.problems[0].code == "S105"
    assert "“report.toml” may not be opened (Permission denied)." in told.value.problems[0].message


def test_a_folder_in_place_of_the_settings_is_told_as_such(office: Path) -> None:
    settings(office).unlink()
    settings(office).mkdir()
    with pytest.raises(PaperError) as told:
        load_report(settings(office).parent)
    assert [str(each.code) for each in told.value.problems] == ["S105"]
    assert "is a folder, not a file" in told.value.problems[0].message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="an administrator may open anything")
@pytest.mark.parametrize(
    ("closed", "rights", "code"),
    [
        ("templates/board-01/report.toml", 0o200, "S105"),
        ("templates/board-01", 0o600, "S105"),
        ("templates/board-01", 0o000, "S105"),
        ("outputs/board-01", 0o000, "F113"),
        ("outputs/board-01/2027-01-19", 0o000, "F113"),
    ],
)
@pytest.mark.parametrize("command", ALL)
def test_what_is_closed_to_us_is_named_and_is_no_fault_of_the_program(
    office: Path, command: list[str], closed: str, rights: int, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["build", "--all", "-q"])
    capsys.readouterr()
    (office / "inputs" / "board-01" / "other.xlsx").write_bytes(b"x")
    before = (office / closed).stat().st_mode
    (office / closed).chmod(rights)
    try:
        assert run(command) == 3
    finally:
        (office / closed).chmod(before)
    said = "".join(capsys.readouterr())
    assert code in said
    assert "the program failed" not in said

"""The commands as a person meets them: what they print, what they return, and that nothing ends in a traceback."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import run
from tests import hands
from tests.office import ROOT, Office, without_pdf
from tests.often import each_time

FOLDERS = ("templates", "inputs", "outputs")


def words(desk: Office, *arguments: str) -> list[str]:
    """A command line with the folders of a desk."""
    return [*arguments, *(part for name in FOLDERS for part in (f"--{name}", str(desk.folder / name)))]


def test_build_says_what_it_read_what_it_made_and_where(desk: Office, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(words(desk, "build", "--meeting", "23/01/2017"))
    said = capsys.readouterr().out
    assert code == 0
    assert "Facts as at 13 January 2017; to be published by Friday 13 January 2017." in said
    assert "tracker.xlsx              9 actions and 6 progress figures" in said
    assert (
        str(desk.folder / "outputs/best-value-board/2017-01-23/2017-01-23 Best Value Plan Update (draft 1).docx")
        in said
    )
    assert said.rstrip().endswith("notes.")


def test_json_is_data_and_nothing_else(desk: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words(desk, "build", "--meeting", "2017-01-23", "--json")) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["done"], data["draft"], data["action"]) == (True, 1, "first")
    assert Path(data["paper"]).is_file()


def test_an_error_in_the_files_is_exit_1_and_the_draft_is_there(
    desk: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.put("tracker.xlsx", "Actions", E7="Inprogress")
    assert run(words(desk, "build", "--meeting", "2017-01-23")) == 1
    said = capsys.readouterr().out
    assert "sheet Actions, cell E7: “Inprogress” is not one of the words" in said
    assert "Did you mean “In progress”?" in said
    assert list(desk.folder.glob("outputs/**/*(draft 1).docx"))


@pytest.mark.parametrize("given", [("--without", "pyproject.toml"), ("--by", "Ann Lee")])
def test_what_a_person_decides_needs_a_name_and_one_paper(desk: Office, given: tuple[str, ...]) -> None:
    assert run(words(desk, "build", *given)) == 2


@pytest.mark.deep
def test_a_difference_is_exit_3_wherever_it_is_met(
    desk: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pdf(monkeypatch)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC).timestamp())))
    build = words(desk, "build", "--meeting", "2017-01-23")
    assert run(build) == 0
    [draft] = desk.folder.glob("outputs/**/*(draft 1).docx")
    hands.typed(draft, "Action Plan for Asset Rental Account", "Plan for renting out assets")
    desk.put("tracker.xlsx", "Actions", C9="Action Plan for Asset Rents")
    assert run(words(desk, "due")) == 3
    assert run(words(desk, "due")) == 0
    assert [run(build), run(build)] == [3, 3]
    assert run(words(desk, "check")) == 3
    assert run(words(desk, "publish")) == 3
    capsys.readouterr()
    run(words(desk, "status"))
    assert (
        "In 1 place of draft 2 somebody's words and the facts part. See: committee-papers settle best-value-board"
        in capsys.readouterr().out
    )
    assert run(words(desk, "settle", "--keep", "bv-141", "--by", "Ann Lee")) == 0
    assert run(words(desk, "check")) == 0
    assert run(words(desk, "publish")) == 0


def test_check_writes_nothing_and_tells_the_verdict(desk: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words(desk, "check", "--meeting", "2017-01-23")) == 0
    assert "Nothing stands against publication, once the paper is drafted" in capsys.readouterr().out
    assert not (desk.folder / "outputs").exists()


def test_check_sees_the_change_that_nobody_accepted_in_the_draft(
    desk: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    path = desk.build("2017-01-23").path
    draft = docx.Document(str(path))
    typed = '<w:ins %s w:id="9001" w:author="A. Officer"><w:r><w:t>See also the annex.</w:t></w:r></w:ins>'
    draft.paragraphs[2]._p.append(parse_xml(typed % nsdecls("w")))
    draft.save(str(path))
    assert run(words(desk, "check", "--meeting", "2017-01-23")) == 1
    assert "“See also the annex.” has been added, and nobody has accepted it." in capsys.readouterr().out


def test_a_calendar_that_is_not_there_is_named_before_its_meetings(
    desk: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk.inputs / "calendar.xlsx").unlink()
    assert run(words(desk, "build")) == 1
    said = capsys.readouterr().err
    assert "“calendar.xlsx” is not there." in said
    assert "There is no meeting" not in said


def test_check_annotates_a_copy_and_never_the_officers_own(desk: Office, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    desk.put("tracker.xlsx", "Actions", E7="Inprogress")
    before = (desk.inputs / "tracker.xlsx").read_bytes()
    assert run(words(desk, "check", "--meeting", "2017-01-23", "--annotate")) == 1
    capsys.readouterr()
    (copy,) = desk.folder.glob("outputs/**/tracker (checked).xlsx")
    comment = openpyxl.load_workbook(copy)["Actions"]["E7"].comment
    assert comment is not None
    assert "Did you mean “In progress”?" in comment.text
    assert (desk.inputs / "tracker.xlsx").read_bytes() == before


def test_a_workbook_too_large_for_a_checked_copy_is_named(
    desk: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.check.workbook_copy.SHEETS", 10)
    desk.put("tracker.xlsx", "Actions", E7="Inprogress")
    assert run(words(desk, "check", "--meeting", "2017-01-23", "--annotate")) == 1
    assert "There is no checked copy of “tracker.xlsx”: it is too large" in capsys.readouterr().out
    assert not list(desk.folder.glob("outputs/**/*(checked).xlsx"))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["biuld"], 2, "There is no command “biuld”. Did you mean “build”?"),
        (["build", "--meeting", "31/02/2017"], 2, "“31/02/2017” is not a date. Type it as 2017-01-23 or 23/01/2017."),
        (["build", "best-valu-board"], 1, "There is no report “best-valu-board”."),
        (["rule", "I999"], 1, "There is no rule “I999”."),
        (["diff", "--meeting", "2017-01-23"], 3, "There is no paper of this meeting to compare."),
        (["explain", " ", "--meeting", "2017-01-23"], 2, "Give the words to explain, as the paper prints them."),
        (["explain", "98%", "--meeting", "2017-01-23"], 1, "“98%” is not in this paper as the program writes it."),
        (["publish", "--meeting", "2017-01-23"], 3, "There is no draft of this paper."),
    ],
)
def test_what_goes_wrong_is_said_plainly(
    arguments: list[str], code: int, said: str, desk: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = arguments if arguments[0] in ("biuld", "rule") else words(desk, *arguments)
    assert run(typed) == code
    shown = "".join(capsys.readouterr())
    assert said in shown.replace("\n", " ").replace("  ", " ") or said in shown
    assert "Traceback" not in shown


def test_a_fault_of_the_programs_own_is_one_line_and_a_file(
    desk: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:

    def broken(*_: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("pipeline.office.standing.transform", broken)
    assert run(words(desk, "build", "--meeting", "2017-01-23")) == 4
    said = capsys.readouterr().err
    assert "this is not your files' fault" in said
    assert "ZeroDivisionError" not in said
    log = Path(said.strip().rsplit(": ", 1)[1])
    assert "ZeroDivisionError: inside" in log.read_text(encoding="utf-8")
    log.unlink()


@pytest.mark.parametrize("encoding", each_time(["cp437", "ascii", "cp1252", "utf-8"], ["ascii"]))
def test_no_console_is_too_poor_to_be_spoken_to(encoding: str, desk: Office) -> None:
    desk.put("tracker.xlsx", "Actions", E7="Ünfinished ✓")
    command = [sys.executable, "-m", "pipeline", *words(desk, "build", "--meeting", "2017-01-23")]
    poor = {"PYTHONIOENCODING": encoding, "PATH": "", "PYTHONUTF8": "0", "HOME": str(desk.folder)}
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env=poor)
    assert shown.returncode == 1, shown.stderr
    assert b"Traceback" not in shown.stdout + shown.stderr


def test_the_version_is_told_without_loading_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("committee-papers ")


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; from pipeline.cli.main import run; run(['--help']);"
        "heavy = {'pandas', 'numpy', 'openpyxl', 'docxtpl', 'docx', 'lxml', 'jinja2'} & set(sys.modules);"
        "print('HEAVY', sorted(heavy))"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.rstrip().endswith("HEAVY []")

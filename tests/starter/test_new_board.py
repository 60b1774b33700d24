"""A board that is new to the program: from the council's own workbook to a paper, by a few answers."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from pipeline.cli import run
from pipeline.report import load_report
from tests import validators
from tests.reader import read_paper
from tests.small_report import workbook

HEADS = ("Ref", "Area", "Repair", "Cost (£)", "Done?", "Reported", "RAG", "Tenant")
ROWS = (
    ("R-1", "North", "Mend the lift", 1200, "Yes", dt.date(2026, 11, 2), "Green", "Mrs Oak"),
    ("R-2", "North", "New door", 340.5, "No", dt.date(2026, 11, 9), "Red", "Mr Elm"),
    ("R-3", "South", "Clear the gutters", 90, "No", dt.date(2026, 11, 20), "Green", "Ms Ash"),
)
ANSWERS = """
title = "Housing repairs"
body = "Housing Board"
meeting = 2027-01-12
[Jobs]
one = "repair"
several = "repairs"
group = "Area"
unprinted = ["Tenant"]
"""
WHO = 'body = "Board"\nmeeting = 2027-01-12\n'
SAID = """Housing Board
Housing repairs
|0| Report of | Contact officer | Date of meeting | Item no. |
|1| To be filled in | To be filled in | 12 January 2027 | To be confirmed |
Recommendations
The meeting is asked to:
(a) Note this report.
Introduction
1. This report gives the position at 28 December 2026.
Repairs
2. There are three repairs.
3. By area: North 2; South 1.
4. Cost comes to £1,630.50 in all.
5. 2 of 3, 67% are rated Green.
|0| Ref | Repair | Cost | Done? | Reported | RAG |
|1| North | – | £1,540.50 | – | – | – |
|2| R-1 | Mend the lift | £1,200 | Yes | 2 November 2026 | Green |
|3| R-2 | New door | £340.50 | No | 9 November 2026 | Red |
|4| South | – | £90 | – | – | – |
|5| R-3 | Clear the gutters | £90 | No | 20 November 2026 | Green |
|6| All | – | £1,630.50 | – | – | – |
Implications
Finance
6. [The finance comments are to follow.]
Legal
7. [The legal comments are to follow.]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which somebody has their own workbook, and a file of answers."""
    monkeypatch.chdir(tmp_path)
    workbook(tmp_path / "jobs.xlsx", {"Jobs": [("Repairs of the quarter",), HEADS, *ROWS]})
    (tmp_path / "answers.toml").write_text(ANSWERS, encoding="utf-8")
    return tmp_path


def begun(*more: str, name: str = "repairs", file: str = "jobs.xlsx") -> int:
    return run(["init", "--new", name, "--from", file, "--today", "2026-12-01", *more])


def paper(name: str = "repairs") -> Path:
    assert run(["build", name, "--today", "2026-12-28", "-q"]) == 1, "two comments are to come"
    (made,) = Path("outputs", name).rglob("*(draft 1).docx")
    return made


def problems(capsys: pytest.CaptureFixture[str]) -> str:
    told = capsys.readouterr()
    return " ".join((told.out + told.err).split())


def test_it_builds_at_once_and_says_what_the_workbook_holds(here: Path) -> None:
    assert begun("--answers", "answers.toml") == 0
    made = paper()
    assert read_paper(made.read_bytes()) == SAID
    assert "Mrs Oak" not in read_paper(made.read_bytes())
    assert (here / "inputs" / "repairs" / "jobs.xlsx").read_bytes() == (here / "jobs.xlsx").read_bytes()


def test_its_template_and_its_paper_are_sound(here: Path) -> None:
    assert begun("--answers", "answers.toml") == 0
    template = here / "templates" / "repairs" / "template.docx"
    assert run(["check-template", str(template), "-q"]) == 0
    for file in (template, paper()):
        assert validators.audit_problems(file.read_bytes()) == []


def test_check_asks_for_nothing_but_what_a_council_must_add(capsys: pytest.CaptureFixture[str]) -> None:
    assert begun("--answers", "answers.toml") == 0
    capsys.readouterr()
    assert run(["check", "repairs", "--today", "2026-12-28"]) == 1
    told = problems(capsys)
    assert {word for word in told.split() if word[:1] in "CFIPSTW" and word[1:].isdigit()} == {"I604"}


def test_what_the_workbook_does_not_tell_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    workbook(Path("jobs.xlsx"), {"Jobs": [("Ref", "Stage", "Score"), *((f"R-{n}", "Open", n % 3) for n in range(9))]})
    Path("answers.toml").write_text('body = "Board"\n[Jobs]\ngroup = "none"\n', encoding="utf-8")
    assert begun("--answers", "answers.toml") == 0
    told = problems(capsys)
    assert "Jobs, Stage: which of its words mean done, late or open" in told
    assert "Jobs, Score: what its figures count" in told


def test_a_heading_that_stands_twice_is_left_out_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    workbook(Path("jobs.xlsx"), {"Jobs": ODD["two headings alike"]})
    Path("answers.toml").write_text('body = "Board"\n', encoding="utf-8")
    assert begun("--answers", "answers.toml") == 0
    assert "Jobs, Date: it stands over two columns, and is left out" in problems(capsys)


def risks(file: str) -> None:
    """A workbook with headings under others, a sheet of words, a hidden sheet and a hidden column."""
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    page.title = "Risks"
    page.append([None, None, "Inherent", None, "Current", None, None])
    page.append(["No", "Risk", "Likelihood", "Impact", "Likelihood", "Impact", "Whose"])
    page.append([1, "Savings are not found", 5, 4, 4, 4, "Ann"])
    page.append([2, "Cyber attack", 4, 5, 3, 5, "Bob"])
    page.merge_cells("C1:D1")
    page.merge_cells("E1:F1")
    page.column_dimensions["G"].hidden = True
    made.create_sheet("Notes").append(["Scores", 5, 4, 3])
    old = made.create_sheet("Old")
    old.sheet_state = "hidden"
    for row in (("Ref", "What"), ("O-1", "Gone by")):
        old.append(row)
    made.save(file)


def test_headings_that_stand_under_others_are_told_apart() -> None:
    risks("jobs.xlsx")
    Path("answers.toml").write_text(WHO, encoding="utf-8")
    assert begun("--answers", "answers.toml") == 0
    told = read_paper(paper().read_bytes())
    assert "| No | Risk | Inherent Likelihood | Inherent Impact | Current Likelihood | Current Impact |" in told
    assert "| Savings are not found | 5 | 4 | 4 | 4 |" in told


def test_what_is_hidden_is_printed_only_when_somebody_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    risks("jobs.xlsx")
    Path("answers.toml").write_text(WHO, encoding="utf-8")
    assert begun("--answers", "answers.toml") == 0
    assert "Notes: no row of it looks like headings, and it is left out" in problems(capsys)
    kept = read_paper(paper().read_bytes())
    assert not [word for word in ("Whose", "Ann", "Gone by") if word in kept]
    asked = f'{WHO}sheets = ["Risks", "Old"]\n[Risks]\nunprinted = "none"\n'
    Path("answers.toml").write_text(asked, encoding="utf-8")
    assert begun("--answers", "answers.toml", name="all") == 0
    told = read_paper(paper("all").read_bytes())
    assert all(word in told for word in ("Whose", "Ann", "Gone by"))


def test_rows_of_two_sheets_have_names_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    workbook(Path("jobs.xlsx"), {name: [HEADS, *ROWS] for name in ("Jobs 1", "Jobs-1")})
    alike = "".join(f'["{name}"]\none = "repair"\nseveral = "repairs"\n' for name in ("Jobs 1", "Jobs-1"))
    Path("answers.toml").write_text(WHO + alike, encoding="utf-8")
    assert begun("--answers", "answers.toml") == 1
    assert "“repair” is the answer to Jobs 1.one too. Call the rows of each sheet by another name." in problems(capsys)
    Path("answers.toml").write_text(WHO, encoding="utf-8")
    assert begun("--answers", "answers.toml") == 0
    assert paper().exists()


def test_a_workbook_called_like_the_calendar_is_kept_as_it_is(here: Path) -> None:
    (here / "jobs.xlsx").rename("Calendar.xlsx")
    assert begun("--answers", "answers.toml", file="Calendar.xlsx") == 0
    assert read_paper(paper().read_bytes()) == SAID
    assert (here / "inputs" / "repairs" / "Calendar.xlsx").read_bytes() == (here / "Calendar.xlsx").read_bytes()


def test_every_wrong_answer_is_told_at_once_and_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ANSWERS.replace('"Area"', '"Arae"').replace("2027-01-12", '"soon"').replace('"repair"', '"Repair No. 1"')
    Path("answers.toml").write_text(f'{wrong}whose = "x"\n', encoding="utf-8")
    assert begun("--answers", "answers.toml") == 1
    told = problems(capsys)
    assert "There is no “Arae” to choose. Did you mean “Area”?" in told
    assert "“soon” is not a date. Type it as 2027-01-23 or 23/01/2027." in told
    assert "“Repair No. 1” cannot stand in sentences. Use small letters, such as “job”." in told
    assert "Jobs.whose error F127 Nothing of that name is asked." in told
    assert not Path("templates").exists()


def test_the_manuals_own_answers_do(here: Path) -> None:
    manual = (Path(__file__).parents[2] / "templates" / "README.md").read_text(encoding="utf-8")
    example = manual.split("takes the answers from a file instead")[1].split("\n\n")[1]
    Path("answers.toml").write_text(example.replace("    ", ""), encoding="utf-8")
    assert begun("--answers", "answers.toml", name="housing-repairs") == 0
    assert read_paper(paper("housing-repairs").read_bytes()) == SAID


def test_a_sheet_that_is_left_out_is_in_no_sentence() -> None:
    workbook(Path("jobs.xlsx"), {"Jobs": [HEADS, *ROWS], "Old": [("Ref", "What"), ("O-1", "Gone by")]})
    Path("answers.toml").write_text(f'sheets = ["Jobs"]\n{ANSWERS}', encoding="utf-8")
    assert begun("--answers", "answers.toml") == 0
    assert read_paper(paper().read_bytes()) == SAID


def test_a_body_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert begun() == 1
    assert "This needs an answer. Which body is it for, by its full name?" in problems(capsys)


def test_at_a_screen_each_question_has_an_answer_that_enter_takes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ["", "Housing Board", "soon", "12/01/2027", "", "repair", "repairs", "", "Arae", "Area", "Tenant"]

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Screen("".join(f"{each}\n" for each in typed)))
    assert begun(name="housing-repairs") == 0
    told = capsys.readouterr().out
    assert "“soon” is not a date." in told
    assert "There is no “Arae” to choose. Did you mean “Area”?" in told
    assert load_report(Path("templates/housing-repairs")).title == "Housing repairs"
    assert read_paper(paper("housing-repairs").read_bytes()) == SAID


def test_a_name_that_no_folder_can_have_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert begun(name="Budget: quarter 2") == 1
    assert "F125" in problems(capsys)


def test_a_workbook_without_a_table_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl.Workbook().save("empty.xlsx")
    assert begun(file="empty.xlsx") == 1
    assert "No sheet looks like a table." in problems(capsys)


def test_what_stands_there_is_never_touched(capsys: pytest.CaptureFixture[str]) -> None:
    mine = Path("templates/repairs/wording.xlsx")
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    assert begun("--answers", "answers.toml") == 3
    assert "F123" in problems(capsys)
    assert mine.read_bytes() == b"mine"
    assert not Path("inputs").exists()


ODD: dict[str, list[Sequence[Any]]] = {
    "named like the program's own": [("Actions", "Status"), ("Mend", "Open"), ("Paint", "Done")],
    "a section of the house template": [("Recommendations", "By"), ("Do it", "Ann"), ("Do that", "Bob")],
    "twelve columns": [tuple(f"Heading {n}" for n in range(12)), tuple(range(12)), tuple(range(1, 13))],
    "headings that mean something to wording": [("class", "for", "items"), ("a", "b", "c"), ("d", "e", "f")],
    "two headings alike": [("Ref", "By", "Where", "Why", "Date", "Date"), ("a", "b", "c", "d", 1, 2)],
    "marks of a template": [("Ref", "{{ x }}", "«y»"), ("a", "{% if %}", "»"), ("b", "c", "d")],
    "quotes and slashes": [("Ref", 'A "b"', "c\\d"), ("a", 'e "f"', "g\\h"), ("b", "i", "j")],
    "blank cells everywhere": [("Ref", "Area", "Cost (£)"), ("a", None, None), ("b", None, None)],
}


@pytest.mark.parametrize("what", ODD)
@pytest.mark.parametrize("sheet", ["Sheet1", "Actions", "2026/27 Q2", "S"])
def test_a_workbook_of_any_shape_builds(what: str, sheet: str) -> None:
    workbook(Path("jobs.xlsx"), {sheet.replace("/", "-"): ODD[what]})
    Path("answers.toml").write_text('body = "Board"\nmeeting = 2027-01-12\n', encoding="utf-8")
    assert begun("--answers", "answers.toml") == 0
    assert paper().exists()


def test_no_word_of_a_heading_is_broken_where_the_page_is_wide_enough() -> None:
    risks("jobs.xlsx")
    Path("answers.toml").write_text(WHO, encoding="utf-8")
    assert begun("--answers", "answers.toml") == 0
    table = Document(str(paper())).tables[-1]
    for column, heading in zip(table.columns, table.rows[0].cells, strict=True):
        assert column.width is not None
        assert column.width.pt * 20 >= max(map(len, heading.text.split())) * 150

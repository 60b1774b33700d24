"""A board that watches a budget: money, percentages, RAG, groups and totals, from its folder to its paper and back."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.__main__ import main
from pipeline.office import inspect
from pipeline.read import Files, read_kind
from pipeline.report import SourceSettings, load_report
from pipeline.starter import columns_of
from tests.kinds.budgets import MEETING, ROWS, budget_board, budgets, with_cell, wording
from tests.office import build
from tests.reader import read_paper
from tests.small_report import LEAST, SmallReport
from tests.test_growth import calls

NOW = dt.datetime(2025, 11, 7, 9, 0, tzinfo=dt.UTC)
GOLDEN = Path(__file__).parents[1] / "golden" / "2025-11-18 budget monitoring.txt"
Run = Callable[..., str]


@pytest.fixture
def board(tmp_path: Path) -> SmallReport:
    return budget_board(tmp_path)


@pytest.fixture
def run(board: SmallReport, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command in the board's folder; what it prints."""

    def command(*words: str) -> str:
        monkeypatch.chdir(board.folder)
        monkeypatch.setattr("sys.argv", ["committee-papers", *words])
        with pytest.raises(SystemExit):
            main()
        return capsys.readouterr().out

    return command


def paper_of(board: SmallReport, run: Run) -> str:
    """What its newest draft says."""
    run("build", board.name, "--meeting", MEETING.isoformat())
    return read_paper(board.papers(MEETING)[-1].read_bytes())


def told(run: Run, code: str) -> list[tuple[str, str]]:
    """The cells and messages that `check` has for a code."""
    found = json.loads(run("check", "--meeting", MEETING.isoformat(), "--json"))
    return [(each["cell"], each["message"]) for each in found["problems"] if each["code"] == code]


def cells_behind(run: Run, text: str) -> list[list[str]]:
    """The cells behind each place of the paper that says so."""
    found = json.loads(run("explain", text, "--report", "budget", "--meeting", MEETING.isoformat(), "--json"))
    return [[each["cell"] for each in answer["sources"]] for answer in found["answers"]]


def test_its_paper_reads_as_its_golden_text(board: SmallReport, run: Run) -> None:
    text = paper_of(board, run)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "cells"), [
    ("£7.0m", [["D2", "D3", "D5", "D6"]]),
    ("£230.5k", [["E2", "D2", "E3", "D3"], ["E2", "D2", "E3", "D3", "E6", "D6"]]),
    ("2 of 4, 50%", [["I2", "I3", "I5", "I6"]] * 2),
    ("38%", [["H2", "H3"]]),
    ("6.8%", [["E2", "D2"]]),
    ("Director of Housing", [["B2", "B2"]]),
    ("£280.5k", [["E2", "D2"]] * 2),
])  # fmt: skip
def test_explain_names_exactly_the_cells_behind_a_figure(
    board: SmallReport, run: Run, text: str, cells: list[list[str]]
) -> None:
    assert cells_behind(run, text) == cells


LEAVES_OUT = "What the paper works out from the sheet leaves out the"
OPEN = [(*row[:-1], None) for row in ROWS]


def total(name: str, budget: float) -> tuple[object, ...]:
    """A row in which an officer adds up the budgets."""
    return (name, None, None, budget, *[None] * 11)


def test_a_typed_total_is_no_row_and_is_compared_with_what_its_rows_come_to(board: SmallReport, run: Run) -> None:
    rows = [*OPEN[:3], total("Housing total", 16520), *OPEN[3:], total("Total", 16930.4)]
    budgets(board, rows)
    assert (told(run, "I371"), told(run, "I309")) == ([], [])
    assert "on five lines" in paper_of(board, run)
    budgets(board, [*rows[:-1], total("Total", 1)])
    assert told(run, "I371") == [
        ("D9", "“£1k” is typed for a total, and the rows above it come to £16,930k."),
    ]  # fmt: skip


def test_a_wrong_total_over_rows_that_may_not_be_public_does_not_tell_what_they_come_to(
    board: SmallReport, run: Run
) -> None:
    budgets(board, [*ROWS, total("Total", 1)])
    assert told(run, "I371") == [
        ("D8", "“£1k” is typed for a total, and the rows above it come to something else."),
    ]  # fmt: skip


def test_what_must_hold_of_a_row_is_told_with_its_cells_where_it_does_not(board: SmallReport, run: Run) -> None:
    assert told(run, "I370") == []
    with_cell(board, "G2", "Under")
    message = (
        "“the words suit the figures” does not hold: verdict == way (budget.xlsx, sheet Budget, cells G2, E2, D2)."
    )
    assert told(run, "I370") == [("G2", message)]


def test_a_check_over_the_whole_list_is_told_once(board: SmallReport, run: Run) -> None:
    toml = board.folder / "templates" / board.name / "report.toml"
    check = '"the words suit the figures" = "verdict == way"'
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace(check, '"all is saved" = "budgets | sum(savings) == 100"'), encoding="utf-8")
    ((cell, message),) = told(run, "I370")
    assert cell == "H2"
    assert message.startswith("“all is saved” does not hold: budgets | sum(savings) == 100")
    with_cell(board, "H2", 0.65)
    assert told(run, "I370") == []


def test_a_reference_leads_to_the_row_that_it_names_or_is_told(board: SmallReport, run: Run) -> None:
    assert "Repairs (Director of Housing)" in paper_of(board, run)
    with_cell(board, "B2", "Housin")
    assert set(told(run, "I373")) == {("B2", "“Housin” is no service of the sheet services.")}


def test_a_whole_row_that_is_compared_or_grouped_by_is_told_with_a_field_of_it(board: SmallReport, run: Run) -> None:
    wording(board, [("where", None, "always", "{{ budget | where(service == 'Parks') | words }}."),
                    ("by", None, "always", "{{ budget | by(service) | each(name) | listed }}.")])  # fmt: skip
    found = json.loads(run("check", "--meeting", MEETING.isoformat(), "--json"))["problems"]
    cures = [each["cure"] for each in found if each["code"] == "W116"]
    assert cures == ["Name one of its fields, such as “service.name”."] * 2


def test_what_the_figures_leave_out_is_told(board: SmallReport, run: Run) -> None:
    assert told(run, "I372") == [
        ("E5", "“Forecast” is blank in 1 of 4 rows, which are left out of what the paper works out from it."),
        ("H5", "“Savings” is blank in 1 of 4 rows, which are left out of what the paper works out from it."),
        ("O4", f"{LEAVES_OUT} rows that may not be public, of which there are 1."),
        ("A7", f"{LEAVES_OUT} rows of a later day than the facts, of which there are 1."),
    ]


def test_a_template_that_reckons_with_words_is_told_before_anything_is_made(board: SmallReport, run: Run) -> None:
    path = board.folder / "templates" / board.name / "template.docx"
    assert "T055" not in run("check-template", str(path))
    document = Document(str(path))
    document.tables[0].rows[-1].cells[1].text = "{{ block.rows | sum(line) }}"
    document.save(str(path))
    told_of = " ".join(run("check-template", str(path)).split())
    assert "“sum” is for figures, and “line” is words." in told_of


def test_rows_of_a_later_day_and_private_ones_are_in_no_figure(board: SmallReport, run: Run) -> None:
    text = paper_of(board, run)
    assert "Bandstand" not in text
    assert "Kestrel" not in text


def test_a_new_draft_keeps_what_an_officer_typed_beside_figures_that_move(board: SmallReport, run: Run) -> None:
    paper_of(board, run)
    (first,) = board.papers(MEETING)
    document = Document(str(first))
    for paragraph in document.paragraphs:
        for part in paragraph.runs:
            part.text = part.text.replace("failed", "went bankrupt")
    document.save(str(first))
    with_cell(board, "E2", 4500)
    text = paper_of(board, run)
    assert "Repairs (Director of Housing) is £380k over" in text
    assert "went bankrupt" in text
    assert "| Housing | £6,620k | £6,950k | +£330k |" in text
    changes = run(
        "diff",
        board.name,
        "--meeting",
        MEETING.isoformat(),
        "--old",
        str(first),
        "--new",
        str(board.papers(MEETING)[-1]),
    )
    assert "~ Background, Repairs" in changes
    assert "is   Forecast: £4,500k; Variance: £380k" in changes


def many_rows(number: int) -> list[tuple[object, ...]]:
    """Budget lines of two services in fifty groups, some of them blank in places."""
    rows = []
    for n in range(number):
        figures = (100 + n, 100 + n * 1.5 if n % 7 else None, 90 + n, None, n % 10 / 10)
        more = ("Red" if n % 3 else "Green", "Ahead", None, None, n % 5, None, None)
        rows.append((f"L-{n}", "Parks" if n % 50 < 25 else "Housing", f"Line {n}", *figures, *more))
    return rows


def work_of(board: SmallReport, number: int) -> int:
    """The calls of a build with so many budget lines."""
    budgets(board, many_rows(number))
    shutil.rmtree(board.outputs, ignore_errors=True)
    return calls(lambda: build(board.order(NOW, meeting=MEETING)))


@pytest.mark.parametrize("few", [60, pytest.param(1000, marks=pytest.mark.deep)])
def test_a_row_costs_the_same_however_many_there_are(board: SmallReport, few: int) -> None:
    work_of(board, 10)  # what is loaded and compiled once
    least = work_of(board, 10)
    one_of_few = (work_of(board, few) - least) / (few - 10)
    one_of_many = (work_of(board, 10 * few) - least) / (10 * few - 10)
    assert one_of_many <= 1.2 * one_of_few


TYPES = {
    "code": "text", "service": "text", "budget_line": "text", "budget": "money", "forecast": "money",
    "forecast_at_quarter_1": "money", "verdict": "text", "savings": "percent", "rag": "choice", "pace": "text",
    "due": "when", "entered_on": "day", "posts": "whole", "reason": "lines", "exempt": "text",
}  # fmt: skip


def test_inspect_prints_the_table_of_a_sheet_of_another_kind_ready_to_paste(
    board: SmallReport, run: Run, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "theirs.xlsx"
    elsewhere.write_bytes((board.inputs / "budget.xlsx").read_bytes())
    suggested = run("inspect", str(elsewhere)).partition("For report.toml:")[2]
    folder = tmp_path / "templates" / "theirs"
    folder.mkdir()
    (folder / "report.toml").write_text(LEAST + suggested, encoding="utf-8")
    kind = load_report(folder).kinds["budget"]
    assert ({name: field.type for name, field in kind.fields.items()}, kind.key) == (TYPES, ("code",))
    assert "Kestrel" not in suggested
    (row, *_) = read_kind(
        Files(board.inputs), load_report(folder), "budget", SourceSettings("budget.xlsx", "Budget")
    ).records
    assert (str(row.values["budget"]), row.values["rag"]) == ("£4,120k", "Red")


def test_inspect_types_the_columns_of_an_export(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "grants.csv"
    path.write_text(
        'Ref,Items,Paid £,Share,Left,From,Done?\n007,3,"£1,250",40%,-2,01/02/2025,Yes\n008,2,£30,60%,1.5,,No\n',
        encoding="utf-8",
    )
    suggested = run("inspect", str(path)).partition("For report.toml:")[2].split()
    assert " ".join(suggested).startswith(
        '[kinds.grants] # a row of it is called “grant” in sentences key = ["ref"] # which names a row for good '
        '[kinds.grants.fields] ref = "text" items_of = { type = "whole", headings = ["Items"] } '
        'paid = "money" share = "percent" left = "number" from_of = { type = "day", headings = ["From"] } '
        'done = "yes_no" [sources.grants]'
    )


TEXTS = st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=30)
USUAL = ("Items", "Class", "Exempt", "Budget (£000)", "Keys", "from", "2024", "S", "Meeting", "Total", "£", "(a)", "in")
HEADINGS = TEXTS | st.sampled_from(USUAL)
CELLS = TEXTS | st.sampled_from(("Red", "£5", "3", "-1.5", "40%", "01/02/2025", "Yes", "007"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HEADINGS, st.lists(HEADINGS, min_size=2, max_size=4, unique=True), st.lists(st.lists(CELLS, max_size=4)))
def test_what_inspect_prints_of_any_export_can_be_pasted(
    tmp_path: Path, name: str, headings: list[str], rows: list[list[str]]
) -> None:
    path = tmp_path / f"{''.join(filter(str.isalnum, name)) or 'x'}.csv"
    with path.open("w", encoding="utf-8", newline="") as export:
        csv.writer(export).writerows([headings, *rows])
    suggested = [text for text in inspect(path).settings if text.startswith("[kinds.")]
    folder = tmp_path / "report"
    folder.mkdir(exist_ok=True)
    (folder / "report.toml").write_text("\n".join((LEAST, *suggested)), encoding="utf-8")
    assert len(load_report(folder).sources) == 2 + len(suggested)


def test_its_workbook_gets_the_words_that_may_be_chosen_and_its_notes(board: SmallReport) -> None:
    report = load_report(board.folder / "templates" / board.name)
    columns = {column.headings[0]: column for column in columns_of(report, "budget.xlsx")}
    assert columns["RAG"].words == ("Red", "Amber", "Green", "Blue")
    assert columns["Pace"].words == ("Ahead", "Behind", "Stopped")
    assert columns["Forecast"].note == "What will have been spent by 31 March, as it looks now."

"""A board of another kind, by its folder alone: a sheet of budgets, a table of them and sentences over them."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from pipeline.__main__ import main
from tests.documents import new_document
from tests.reader import read_paper
from tests.small_report import SmallReport, small_report, workbook

ROOT = Path(__file__).parents[2]
MEETING = dt.date(2025, 11, 18)
Run = Callable[..., str]
OWN = """
[words.rag]
red = ["Red"]
amber = ["Amber"]
green = ["Green"]

[sources.budgets]
file = "budget.xlsx"

[kinds.budgets]
key = ["code"]
group = "service"
[kinds.budgets.fields]
code = { type = "text", unique = true }
service = { type = "text", required = true, fill_down = true }
line = { type = "text", headings = ["Budget line"], required = true }
budget = { type = "money", required = true }
spent = "percent"
reviewed_on = "day"
rag = { type = "choice", words = "rag", headings = "RAG" }
[kinds.budgets.notes]
spent = "Of the year's budget."

[lists."large budget"]
from = "budget"
where = "budget > 100000"
"""
HEADINGS = ("Code", "Service", "Budget line", "Budget", "Spent", "Reviewed on", "RAG", "Exempt (Sch 12A para)")
ROWS = (
    ("B-1", "Housing", "Repairs", 412000, 0.5, dt.date(2025, 10, 5), "Amber", None),
    ("B-2", "Parks", "Trees", 3000, 1, dt.date(2025, 10, 6), "Green", None),
    ("B-3", "Housing", "Kestrel House purchase", 990000, 0.1, dt.date(2025, 10, 7), "Red", "3"),
    ("B-4", "Housing", "Voids", 250000, 0.25, None, "Red", None),
)
SENTENCES = (
    ("count", None, "always", "There are {{ budget | words }} budgets; {{ large_budget | words }} are large."),
    ("line", "large budget", "budget", "{{ budget.line }} stands at {{ budget.budget }}, {{ budget.spent }} spent."),
    ("table", None, "budget", "Table: budget"),
)
TABLE = ("Code", "code"), ("Line", "line"), ("Budget", "budget"), ("Spent", "spent"), ("Reviewed", "reviewed_on")


@pytest.fixture
def board(tmp_path: Path) -> SmallReport:
    """A report of the smallest kind that keeps budgets too."""
    made = small_report(tmp_path)
    folder = tmp_path / "templates" / made.name
    with (folder / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write(OWN)
    made.calendar([MEETING])
    budgets(made, ROWS)
    wording(made, *SENTENCES)
    template(folder / "template.docx")
    return made


def budgets(board: SmallReport, rows: tuple[tuple[object, ...], ...], headings: tuple[str, ...] = HEADINGS) -> None:
    """The workbook of budgets, percentages as Excel shows them."""
    path = board.inputs / "budget.xlsx"
    workbook(path, {"Budget": [headings, *rows]})
    book = openpyxl.load_workbook(path)
    for row in book["Budget"].iter_rows(min_row=2, min_col=5, max_col=5):
        row[0].number_format = "0%"
    book.save(path)


def derived(board: SmallReport, **expressions: str) -> None:
    """The board's budgets with what follows from them."""
    path = board.folder / "templates" / board.name / "report.toml"
    lines = "\n".join(f'{name} = "{text}"' for name, text in expressions.items())
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[kinds.budgets.derived]\n{lines}\n", encoding="utf-8")


def wording(board: SmallReport, *sentences: tuple[str, str | None, str, str]) -> None:
    """The board's wording sheet."""
    head = ("Name", "Section", "Joins previous?", "For each", "Show when", "Wording")
    rows = [(name, "Background", None, each, when, text) for name, each, when, text in sentences]
    workbook(board.folder / "templates" / board.name / "wording.xlsx", {"Wording": [head, *rows]})


def template(path: Path, columns: tuple[tuple[str, str], ...] = TABLE) -> None:
    """A template with a table of budgets."""
    document = new_document()
    for text in ("{{ title }}", "{{ board }}, {{ date }}", "{%p for block in background %}",
                 "{%p if block.list == 'budget' %}"):  # fmt: skip
        document.add_paragraph(text)
    table = document.add_table(rows=4, cols=len(columns))
    for cell, (heading, _) in zip(table.rows[0].cells, columns, strict=True):
        cell.text = heading
    table.rows[1].cells[0].text = "{%tr for row in block.rows %}"
    for cell, (_, field) in zip(table.rows[2].cells, columns, strict=True):
        cell.text = f"{{{{ row.{field} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for text in ("{%p else %}", "{{r block.text }}", "{%p endif %}", "{%p endfor %}"):
        document.add_paragraph(text)
    document.save(str(path))


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


def paper_of(board: SmallReport, run: Run) -> Path:
    run("build", board.name, "--meeting", MEETING.isoformat())
    return board.papers(MEETING)[-1]


def told(run: Run, code: str) -> list[dict[str, Any]]:
    """What `check` says of this code."""
    found = json.loads(run("check", "--meeting", MEETING.isoformat(), "--json"))
    return [each for each in found["problems"] if each["code"] == code]


def rows_of(paper: Path) -> list[list[str]]:
    """The rows of its table, as a reader sees them."""
    (table,) = Document(str(paper)).tables
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def test_its_paper_has_the_table_and_the_sentences_as_excel_shows_the_figures(board: SmallReport, run: Run) -> None:
    paper = paper_of(board, run)
    text = read_paper(paper.read_bytes())
    assert "There are three budgets; two are large." in text
    assert "Repairs stands at £412,000, 50% spent." in text
    assert rows_of(paper) == [
        ["B-1", "Repairs", "£412,000", "50%", "5 October 2025"],
        ["B-4", "Voids", "£250,000", "25%", "–"],
        ["B-2", "Trees", "£3,000", "100%", "6 October 2025"],
    ]


@pytest.mark.parametrize(("heading", "mark", "blank"), [
    ("Exempt (Sch 12A para)", "3", None), ("Private?", "Yes", "No"), ("Notes", "EXEMPT", "as agreed"),
])  # fmt: skip
def test_a_row_that_may_not_be_public_is_withheld(
    board: SmallReport, run: Run, heading: str, mark: str, blank: str | None
) -> None:
    rows = [(*row[:7], mark if row[0] == "B-3" else blank) for row in ROWS]
    budgets(board, tuple(rows), (*HEADINGS[:7], heading))
    assert [row[0] for row in rows_of(paper_of(board, run))] == ["B-1", "B-4", "B-2"]
    open_rows = tuple((*row[:7], blank) for row in rows)
    budgets(board, open_rows, (*HEADINGS[:7], heading))
    assert "B-3" in [row[0] for row in rows_of(paper_of(board, run))]


def test_what_follows_from_its_rows_is_an_expression_that_sentences_lists_and_tables_may_use(
    board: SmallReport, run: Run
) -> None:
    derived(board, at_risk="'yes' if rag == 'Red' else 'no'", told="'at risk' if at_risk == 'yes' else rag")
    settings = board.folder / "templates" / board.name / "report.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("budget > 100000", "at_risk == 'yes'"), "utf-8")
    wording(board, ("line", "large budget", "budget", "{{ budget.line }} is {{ budget.told }}."), SENTENCES[2])
    template(board.folder / "templates" / board.name / "template.docx", (("Code", "code"), ("Told", "told")))
    paper = paper_of(board, run)
    assert "Voids is at risk." in read_paper(paper.read_bytes())
    assert rows_of(paper) == [["B-1", "Amber"], ["B-4", "at risk"], ["B-2", "Green"]]
    explained = run("explain", "at risk", "--report", board.name, "--meeting", MEETING.isoformat())
    assert "budget.xlsx, sheet Budget, cell G5" in explained


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("sevice", "“sevice” is no field of a budget."),
        ("{{ service }}", "“{{ service }}” cannot be read."),
        ("service.name", "“service” is words, and has no field “name”."),
    ],
)
def test_what_follows_from_its_rows_is_judged_with_the_wording(
    board: SmallReport, run: Run, expression: str, message: str
) -> None:
    derived(board, wrong=expression)
    found = json.loads(run("check", "--meeting", MEETING.isoformat(), "--json"))["problems"]
    assert [(each["near"], each["message"]) for each in found if each["file"].endswith("report.toml")] == [
        ("[kinds.budgets.derived] wrong", message)
    ]


def test_what_follows_from_itself_is_nothing(board: SmallReport, run: Run) -> None:
    derived(board, one="other or ''", other="one or ''")
    text = "{{ budget.line }}{{ budget.one if budget.one else ' stands' }}."
    wording(board, ("line", "large budget", "budget", text))
    assert "Voids stands." in read_paper(paper_of(board, run).read_bytes())


def test_a_standard_kind_may_have_columns_that_refer_and_checks(board: SmallReport, run: Run) -> None:
    path = board.folder / "templates" / board.name / "report.toml"
    added = """
[kinds.actions.fields]
pays = { type = "reference", to = "budgets" }
[kinds.actions.checks]
"an open action is paid for" = "pays or state != 'open'"
"""
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    head = ("Ref", "Area", "Activity", "Deadline", "Status", "Pays")
    rows = [
        ("A-1", "Works", "Mend it", "TBC", "Open", "b-1"),
        ("A-2", "Works", "Lift it", "TBC", "Open", "B-9"),
        ("A-3", "Works", "Drop it", "TBC", "Open", None),
        ("A-4", "Works", "Done", "TBC", "Complete", None),
    ]
    workbook(board.inputs / "tracker.xlsx", {"Actions": [head, *rows]})
    text = "{{ action.activity }}{{ ' from ' ~ action.pays.line if action.pays }}."
    wording(board, ("paid", "action", "always", text))
    paper = read_paper(paper_of(board, run).read_bytes())
    assert "Mend it from Repairs." in paper
    assert "Drop it." in paper
    assert [each["cell"] for each in told(run, "I370")] == ["F3", "F4"]
    (nowhere,) = told(run, "I373")
    assert (nowhere["cell"], nowhere["message"]) == ("F3", "“B-9” is no budget of the sheet budgets.")


def test_check_template_knows_its_list_and_its_fields(board: SmallReport, run: Run) -> None:
    path = board.folder / "templates" / board.name / "template.docx"
    assert "budget" not in run("check-template", str(path), "-q")
    document = Document(str(path))
    document.tables[0].rows[2].cells[2].text = "{{ row.budgit }}"
    document.save(str(path))
    assert "“row.budgit” in “{{ row.budgit }}” is not" in " ".join(run("check-template", str(path), "-q").split())


def test_check_tells_of_its_columns_like_any_others(board: SmallReport, run: Run) -> None:
    rows = (("B-1", "Housing", "Repairs", "about 400", 0.5, None, "Amber", None), *ROWS[1:])
    budgets(board, rows)
    (wrong,) = told(run, "I320")
    assert (wrong["cell"], wrong["message"]) == ("D2", "“about 400” is not a sum of money.")
    budgets(board, ROWS, ("Code", "Service", "Budget line", "Budgets", *HEADINGS[4:]))
    (missing,) = told(run, "I204")
    assert missing["message"] == "No heading “Budget” in row 1. Did you mean “Budgets” in D1?"


def test_a_printed_column_that_is_not_there_is_an_error(board: SmallReport, run: Run) -> None:
    budgets(board, tuple((*row[:4], *row[5:]) for row in ROWS), (*HEADINGS[:4], *HEADINGS[5:]))
    (gone,) = told(run, "I213")
    assert gone["message"] == "The paper prints what stands under “Spent”, and the sheet has no such heading."


def test_a_word_of_no_list_is_told_with_those_that_there_are(board: SmallReport, run: Run) -> None:
    budgets(board, ((*ROWS[0][:6], "Purple", None), *ROWS[1:]))
    (wrong,) = told(run, "I341")
    assert (wrong["cell"], wrong["cure"]) == ("G2", "Use one of “Red”, “Amber”, “Green”.")


def test_a_sentence_that_asks_for_no_field_of_it_is_told_with_the_nearest(board: SmallReport, run: Run) -> None:
    path = board.folder / "templates" / board.name / "wording.xlsx"
    book = openpyxl.load_workbook(path)
    book["Wording"]["F3"] = "{{ budget.budgit }}."
    book.save(path)
    (wrong,) = told(run, "W114")
    assert (wrong["cell"], wrong["cure"]) == ("F3", "Did you mean “budget”?")


def test_explain_names_the_cell_behind_a_figure(board: SmallReport, run: Run) -> None:
    words = ("explain", "£412,000", "--report", board.name, "--meeting", MEETING.isoformat(), "--json")
    places = json.loads(run(*words))["answers"][0]["sources"]
    assert [(each["file"], each["sheet"], each["cell"]) for each in places] == [("budget.xlsx", "Budget", "D2")]


def test_inspect_knows_its_columns(board: SmallReport, run: Run) -> None:
    suggested = run("inspect", str(board.inputs / "budget.xlsx")).partition("For report.toml")[2]
    assert "[sources.budgets]" in suggested
    assert "headings" not in suggested


def test_a_new_column_of_a_standard_kind_is_one_line_of_one_file(tmp_path: Path) -> None:
    board, program = small_report(tmp_path / "board"), tmp_path / "program"
    shutil.copytree(ROOT / "pipeline", program / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    table = program / "pipeline" / "kinds" / "standard.toml"
    line = 'cost = { type = "money", headings = ["Cost"] }\n'
    kinds = table.read_text(encoding="utf-8")
    table.write_text(kinds.replace("[kinds.actions.fields]\n", f"[kinds.actions.fields]\n{line}"), encoding="utf-8")
    board.calendar([MEETING])
    head = ("Ref", "Area", "Activity", "Deadline", "Status", "Cost")
    workbook(board.inputs / "tracker.xlsx", {"Actions": [head, ("A-1", "Works", "Mend it", "TBC", "Open", 1250)]})
    rows = [("cost", "Background", None, "action", "always", "It costs {{ action.cost }}.")]
    words = [("Name", "Section", "Joins previous?", "For each", "Show when", "Wording"), *rows]
    workbook(board.folder / "templates" / board.name / "wording.xlsx", {"Wording": words})
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "build", board.name, "--meeting", MEETING.isoformat()],
        cwd=board.folder, env=os.environ | {"PYTHONPATH": str(program)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "It costs £1,250." in read_paper(board.papers(MEETING)[-1].read_bytes()), done.stdout + done.stderr


def test_inspect_suggests_near_headings_and_what_words_of_a_status_mean(board: SmallReport, run: Run) -> None:
    """A copy of the sample's tracker, outside of its report."""
    sample = Path(__file__).parents[2] / "inputs" / "best-value-board" / "tracker.xlsx"
    mine = board.inputs.parents[1] / "mine.xlsx"
    mine.write_bytes(sample.read_bytes())
    suggested = run("inspect", str(mine)).partition("For report.toml")[2]
    assert 'activity = ["Activities"]    # which heading is it?' in suggested
    assert 'complete = ["Complete"]\nopen = ["In progress"]\n' in suggested

"""A board that watches a budget, by its folder alone: services and budget lines, with figures worked out over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.documents import new_document
from tests.small_report import LEAST, SmallReport, workbook

MEETING = dt.date(2025, 11, 18)
SETTINGS = f"""{LEAST}
[style]
negatives = "brackets"
change = ["up by", "down by", "as before"]

[words.pace]
early = ["Ahead"]
late = ["Behind", "Stopped"]

[sources.services]
file = "services.csv"

[sources.budgets]
file = "budget.xlsx"
sheet = "Budget"

[kinds.services]
key = ["name"]
[kinds.services.fields]
name = "text"
director = "text"

[kinds.budgets]
key = ["code"]
group = "service"
known = "entered_on"
[kinds.budgets.fields]
code = {{ type = "text", unique = true }}
service = {{ type = "reference", to = "services", required = true, fill_down = true }}
line = {{ type = "text", headings = ["Budget line"], required = true }}
budget = {{ type = "money", required = true }}
forecast = "money"
last_forecast = {{ type = "money", headings = ["Forecast at quarter 1"] }}
verdict = "text"
savings = "percent"
rag = {{ type = "rag", headings = ["RAG"] }}
pace = {{ type = "choice", words = "pace" }}
due = "when"
entered_on = "day"
posts = "whole"
reason = "lines"
[kinds.budgets.derived]
variance = "forecast - budget"
way = "variance | direction('Over', 'Under', 'On budget')"
[kinds.budgets.checks]
"the words suit the figures" = "verdict == way"
[kinds.budgets.notes]
forecast = "What will have been spent by 31 March, as it looks now."

[lists."overspend"]
from = "budget"
where = "variance > 0"
[lists."late line"]
from = "budget"
where = "pace.meaning == 'late'"
"""
HEADINGS = (
    "Code", "Service", "Budget line", "Budget (£000)", "Forecast (£000)", "Forecast at quarter 1 (£000)", "Verdict",
    "Savings", "RAG", "Pace", "Due", "Entered on", "Posts", "Reason", "Exempt (Sch 12A para)",
)  # fmt: skip
ROWS: tuple[tuple[object, ...], ...] = (
    ("B-1", "Housing", "Repairs", 4120, 4400.5, 4300, "Over", 0.5, "Red", "Behind", "January 2026", None, 12,
     "Two contractors failed.\nPrices rose.", None),
    ("B-2", None, "Voids", 2500, 2450, 2500, "Under", 0.25, "G", "Ahead", dt.date(2026, 1, 31), None, 3, None, None),
    ("B-3", None, "Kestrel House purchase", 9900, 9900, 9900, "On budget", 1, "A", None, None, None, 1, None, "3"),
    ("B-4", "Parks", "Trees", 30, None, 30, None, None, "Green", "Stopped", None, None, 0, None, None),
    ("B-5", None, "Play", 300.4, 300.4, 290, "On budget", 0.1, "Amber", "Ahead", None, None, 4, None, None),
    ("B-6", None, "Bandstand", 80, 80, 80, "On budget", 0, "Green", "Ahead", None, dt.date(2026, 2, 1), 1, None, None),
)  # fmt: skip
SENTENCES = (
    ("total", None, "always", "{{ budget | sum(budget) | money('m') }} is budgeted on {{ budget | words }} lines."),
    ("outlook", None, "budget", "The forecast of {{ budget | sum(forecast) }} has gone "
     "{{ budget | sum(forecast) | change(budget | sum(last_forecast)) }} since quarter 1."),
    ("rag", None, "budget", "{{ budget | share(rag == 'Green') }} are green."),
    ("service", None, "budget", "{{ budget | by(service.name) | each(name ~ ' ' ~ (rows | sum(budget))) | listed }}."),
    ("over", "overspend", "always", "{{ budget.line }} ({{ budget.service.director }}) is {{ budget.variance }} over, "
     "{{ budget.variance | share_of(budget.budget) | percent(1) }} of its budget: {{ budget.reason | listed }}"),
    ("under", None, "always", "Voids would be {{ (budget | sorted(variance) | first).variance }}."),
    ("late", None, "late line", "{{ late_line | each('line') | listed }} have fallen behind."),
    ("rounding", None, "budget", "{{ 'Figures may not sum because of rounding.' if not budget "
     "| adds_up(budget | money('m')) }}"),
    ("table", None, "budget", "Table: budget"),
)  # fmt: skip
COLUMNS = (("Budget line", "{{ row.line }}", "{{ group.name }}", "All services"),
           ("Budget", "{{ row.budget }}", "{{ group.rows | sum(budget) }}", "{{ block.rows | sum(budget) }}"),
           ("Forecast", "{{ row.forecast }}", "{{ group.rows | sum(forecast) }}", "{{ block.rows | sum(forecast) }}"),
           ("Variance", "{{ row.variance }}", "{{ group.rows | sum(variance) | signed }}",
            "{{ block.rows | sum(variance) | signed }}"),
           ("Savings made", "{{ row.savings }}", "{{ group.rows | average(savings) }}",
            "{{ block.rows | average(savings) | percent(1) }}"),
           ("RAG", "{{ row.rag }}", "{{ group.rows | share(rag == 'Green') }}",
            "{{ block.rows | share(rag == 'Green') }}"))  # fmt: skip


def budget_board(folder: Path, rows: Sequence[Sequence[object]] = ROWS) -> SmallReport:
    """The board's folders."""
    made = SmallReport(folder, "budget")
    settings = folder / "templates" / made.name
    for each in (settings, made.inputs):
        each.mkdir(parents=True)
    (settings / "report.toml").write_text(SETTINGS.replace("Monthly progress", "Budget monitoring"), encoding="utf-8")
    workbook(made.inputs / "calendar.xlsx", {"Meetings": [("Body", "Date"), ("The Cabinet", MEETING)]})
    workbook(made.inputs / "tracker.xlsx", {"Actions": [("Ref", "Area", "Activity", "Deadline", "Status")]})
    budgets(made, rows)
    wording(made, SENTENCES)
    template(settings / "template.docx")
    return made


def budgets(board: SmallReport, rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS) -> None:
    """The workbook of services and budget lines, percentages as Excel shows them."""
    services = "Name,Director\nHousing,Director of Housing\nParks,Head of Parks\n"
    (board.inputs / "services.csv").write_text(services, encoding="utf-8")
    path = board.inputs / "budget.xlsx"
    workbook(path, {"Budget": [headings, *rows]})
    book = openpyxl.load_workbook(path)
    for row in book["Budget"].iter_rows(min_row=2, min_col=8, max_col=8):
        row[0].number_format = "0%"
    book.save(path)


def wording(board: SmallReport, sentences: Sequence[tuple[str, str | None, str, str]]) -> None:
    """The board's wording sheet."""
    head = ("Name", "Section", "Joins previous?", "For each", "Show when", "Wording")
    rows = [(name, "Background", None, each, when, text) for name, each, when, text in sentences]
    workbook(board.folder / "templates" / board.name / "wording.xlsx", {"Wording": [head, *rows]})


def template(path: Path) -> None:
    """A template with a table of budget lines by service, a subtotal for each and a total below."""
    document = new_document()
    document.add_paragraph("{{ title }}", "Title")
    document.add_paragraph("{{ board }}, {{ date }}")
    document.add_paragraph("Background", "Heading 1")
    for text in ("{%p for block in background %}", "{%p if block.list == 'budget' %}"):
        document.add_paragraph(text)
    _, cells, groups, totals = zip(*COLUMNS, strict=True)
    blank = ("",) * (len(COLUMNS) - 1)
    texts = [[name for name, *_ in COLUMNS], ("{%tr for group in block.rows | by(service.name) %}", *blank), groups,
             ("{%tr for row in group.rows %}", *blank), cells, ("{%tr endfor %}", *blank), ("{%tr endfor %}", *blank),
             totals]  # fmt: skip
    table = document.add_table(rows=len(texts), cols=len(COLUMNS), style="Table Grid")
    for row, line in zip(table.rows, texts, strict=True):
        for n, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
            cell.text = text
            if 0 < n < 5:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            cell.paragraphs[0].runs[0].bold = line in (texts[0], groups, totals) if text else None
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for text in ("{%p else %}", "{{r block.text }}", "{%p endif %}", "{%p endfor %}"):
        document.add_paragraph(text)
    document.save(str(path))


def with_cell(board: SmallReport, cell: str, value: Any, code: str | None = None) -> None:
    """The workbook of budgets with another value in one cell."""
    path = board.inputs / "budget.xlsx"
    book = openpyxl.load_workbook(path)
    book["Budget"][cell] = value
    if code:
        book["Budget"][cell].number_format = code
    book.save(path)

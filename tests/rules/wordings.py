"""The shipped reports: their settings and their wording sheets, as records."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from openpyxl import load_workbook

from pipeline.kinds import Sentence
from pipeline.problems import Place
from pipeline.report import Report, load_report

TEMPLATES = Path(__file__).parents[2] / "templates"
COLUMNS = {"key": "A", "section": "B", "joins": "C", "for_each": "D", "show_when": "E", "text": "F"}


def shipped(name: str) -> Report:
    """The settings of a shipped report."""
    return load_report(TEMPLATES / name)


@cache
def sentences(name: str) -> tuple[Sentence, ...]:
    """Every row of a shipped wording sheet."""
    page = load_workbook(TEMPLATES / name / "wording.xlsx")["Wording"]
    rows = page.iter_rows(min_row=2, max_col=6, values_only=True)
    return tuple(sentence(number, [str(cell or "") for cell in row]) for number, row in enumerate(rows, 2))


def sentence(number: int, row: list[str]) -> Sentence:
    """One row of a wording sheet: name, section, joins, for each, show when, wording."""
    key, section, joins, for_each, show_when, text = row
    cells = {name: Place("wording.xlsx", "Wording", f"{letter}{number}") for name, letter in COLUMNS.items()}
    return Sentence(
        key=key,
        source=Place("wording.xlsx", "Wording", f"A{number}"),
        cells=cells,
        section=section,
        text=text,
        joins=joins == "Yes",
        for_each=for_each,
        show_when=show_when,
    )

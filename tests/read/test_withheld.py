"""Rows that may not be public are read apart, whatever their kind, and no message quotes what stands in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.asking.questions import check
from pipeline.read.inputs import read_inputs
from pipeline.report import load_report
from tests.office import Office, day, office

CANARY = "Kestrel settlement"


def told(desk: Office) -> list[str]:
    return [str(each) for each in check(desk.order("2017-01-23"))[1]]


def test_a_slip_in_an_exempt_action_is_told_by_its_cell_alone(tmp_path: Path) -> None:
    desk = office(tmp_path)
    desk.put("tracker.xlsx", "Actions", K5="Exempt", K7="3", D7=CANARY, E7=CANARY, C7=CANARY, A7=CANARY)
    lines = told(desk)
    assert any("cell D7: “…” is not a date" in line for line in lines)
    assert any("cell E7: “…” is not one of the words" in line for line in lines)
    assert not any(CANARY in line for line in lines)


def test_a_slip_in_an_exempt_letter_is_told_by_its_cell_alone(tmp_path: Path) -> None:
    desk = office(tmp_path)
    words = dict.fromkeys(("A4", "C4", "D4", "F4", "G4", "H4", "J4", "K4", "L4", "M4"), CANARY)
    desk.put("correspondence.xlsx", "Log", N4="3", I5=None, **words)
    desk.put("correspondence.xlsx", "Log", C4="In")
    lines = told(desk)
    assert any("cell H4: “…” is not a number" in line for line in lines)
    assert not any(CANARY in line for line in lines)


def marked(desk: Office, kind: str, heading: str, value: object) -> int:
    """Puts a new column of marks beyond the table of a kind; returns the row that it marks."""
    source = load_report(desk.folder / "templates" / desk.report).sources[kind]
    path = desk.inputs / source.file
    book = openpyxl.load_workbook(path)
    page = book[source.sheet] if source.sheet else book.worksheets[0]
    column, top = page.max_column + 3, find_top(page)
    page.cell(top, column, heading)
    page.cell(top + 1, column, value)
    book.save(path)
    return top + 1


def find_top(page: Any) -> int:
    """The row of headings: the first with three filled cells, or with two where there is none."""
    filled = [(sum(cell.value is not None for cell in row), row[0].row) for row in page.iter_rows()]
    return next(row for least in (3, 2) for count, row in filled if count >= least)


@pytest.mark.parametrize(("heading", "paragraph"), [("Exempt", "3"), ("Exmpt para", "3"), ("Not for publication", "?")])
def test_a_marked_row_of_every_kind_is_read_apart(heading: str, paragraph: str, tmp_path: Path) -> None:
    desk = office(tmp_path)
    report = load_report(desk.folder / "templates" / desk.report)
    desk.add("calendar.xlsx", "Closed days", [day("2017-12-27"), "between the years"])
    before = read_inputs(report, desk.inputs).records
    rows = {kind: marked(desk, kind, heading, "3") for kind in report.sources}
    inputs = read_inputs(report, desk.inputs)
    assert {each.kind: each.paragraph for each in inputs.withheld} == dict.fromkeys(report.sources, paragraph)
    for each in inputs.withheld:
        kept, all_of_them = getattr(inputs.records, each.kind), getattr(before, each.kind)
        assert each.source.cell.lstrip("ABCDEFG") == str(rows[each.kind])
        assert {one.key for one in all_of_them} - {one.key for one in kept} == {each.key}
        assert each.record is not None
        assert each.texts
        assert heading not in each.texts
    assert (paragraph == "?") == any(each.code == "I602" for each in inputs.problems)

"""The reader gives the values, formats, merges and hidden rows that openpyxl gives, wherever openpyxl can read."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Font
from openpyxl.utils.escape import unescape

from pipeline import sheets
from pipeline.sheets import Cell, Workbook
from pipeline.text import is_blank
from tests.read.making import saved

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "inputs"
FORMATS = (
    "General",
    "0",
    "0.00%",
    "0%",
    '0"%"',
    "dd/mm/yyyy",
    "mmmm yyyy",
    "d-mmm-yy",
    "h:mm",
    "#,##0.00",
    "@",
    "[Red]0",
)


def oracle(content: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def comparable(value: object) -> object:
    """openpyxl gives times of day and spans of time for what is a fraction of a day here."""
    if isinstance(value, dt.time):
        return round((value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86400, 7)
    if isinstance(value, dt.timedelta):
        return round(value.total_seconds() / 86400, 7)
    if isinstance(value, str):
        return unescape(value)
    return round(value, 7) if isinstance(value, float) else value


def ours(cell: Cell | None) -> object:
    if cell is None:
        return None
    if cell.kind == "date" and isinstance(cell.value, dt.datetime) and cell.value.year < 1900:
        return comparable(cell.value.time())
    return comparable(cell.value)


def filled(value: object) -> object:
    """A formula's empty text is a blank cell here."""
    return None if value == "" else value


def assert_same(content: bytes, read: Workbook) -> int:
    """Every cell of every sheet alike; how many were compared."""
    book, compared = oracle(content), 0
    assert [sheet.name for sheet in read.sheets] == [sheet.title for sheet in book.worksheets]
    for mine, theirs in zip(read.sheets, book.worksheets, strict=True):
        for row in theirs.iter_rows():
            for cell in row:
                my_cell = mine.rows.get(cell.row, {}).get(cell.column)
                assert filled(ours(my_cell)) == filled(comparable(cell.value)), cell.coordinate
                if my_cell is not None and my_cell.kind not in ("date", "time"):
                    assert my_cell.format == cell.number_format
                compared += 1
        assert {str(merge) for merge in mine.merges} == {str(merge) for merge in theirs.merged_cells.ranges}
        hidden = {number for number, look in theirs.row_dimensions.items() if look.hidden}
        assert mine.hidden_rows == hidden
        assert mine.state == {"visible": "visible", "hidden": "hidden", "veryHidden": "very hidden"}[theirs.sheet_state]
    return compared


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference inputs are not beside this repository")
@pytest.mark.parametrize("name", ["tracker.xlsx", "correspondence.xlsx", "calendar.xlsx", "comments/clearance.xlsx"])
def test_the_reference_inputs_read_alike(name: str) -> None:
    content = (REFERENCE / name).read_bytes()
    assert assert_same(content, sheets.read(content, name)) > 4


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 12, 31)).map(lambda when: when.replace(microsecond=0)),
    st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)),
    st.times().map(lambda when: when.replace(microsecond=0)),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12),
    st.sampled_from(
        ["#N/A", "#REF!", "Smith & Sons", "<b>", " edge ", "two\nlines", "_x000D_", "=", "'", "1E5", "00123"]
    ),
)


@given(st.lists(st.lists(values, min_size=1, max_size=6), min_size=1, max_size=8), st.data())
def test_any_workbook_that_openpyxl_writes_reads_alike(rows: list[list[object]], data: st.DataObject) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for (r, row), c in itertools.product(enumerate(rows, 1), range(6)):
        value = row[c] if c < len(row) else None
        cell = sheet.cell(r, c + 1)
        cell.value = value if not (isinstance(value, str) and value.startswith("=")) else "'" + value
        if not isinstance(value, (dt.date, dt.time)):
            cell.number_format = data.draw(st.sampled_from(FORMATS[:5])) if data.draw(st.booleans()) else "General"
    if data.draw(st.booleans()):
        sheet.row_dimensions[data.draw(st.integers(1, 9))].hidden = True
    content = saved(book)
    read = sheets.read(content, "made.xlsx")
    assert_same(content, read)
    assert all(
        not isinstance(cell.value, str) or cell.value
        for cells in read.sheets[0].rows.values()
        for cell in cells.values()
    )


def test_the_comparison_notices_one_changed_value() -> None:
    content = saved_rows([["a", 1], ["b", 2]])
    other = saved_rows([["a", 1], ["b", 3]])
    assert_same(content, sheets.read(content, "a.xlsx"))
    with pytest.raises(AssertionError):
        assert_same(content, sheets.read(other, "a.xlsx"))


def saved_rows(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    return saved(book)


@given(st.floats(1, 80000, allow_nan=False), st.sampled_from([False, True]))
def test_day_numbers_give_the_same_moment_in_both_date_systems(number: float, since_1904: bool) -> None:
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    cell = book.active["A1"]  # type: ignore[index]
    cell.value = number
    cell.number_format = "dd/mm/yyyy hh:mm"
    content = saved(book)
    read = sheets.read(content, "dates.xlsx")
    assert read.date_1904 is since_1904
    assert_same(content, read)


def test_merges_states_strikes_and_rich_text_read_alike() -> None:
    from openpyxl.cell.rich_text import TextBlock
    from openpyxl.cell.text import InlineFont

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "merged"
    sheet.merge_cells("A1:A3")
    sheet.merge_cells("C5:E5")
    sheet["B1"] = "struck"
    sheet["B1"].font = Font(strike=True)
    sheet["B2"] = CellRichText(TextBlock(InlineFont(strike=True), "gone "), TextBlock(InlineFont(b=True), "kept"))
    sheet["B3"] = CellRichText(TextBlock(InlineFont(strike=True), "all "), TextBlock(InlineFont(strike=True), "gone"))
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.create_sheet("Very").sheet_state = "veryHidden"
    content = saved(book)
    read = sheets.read(content, "looks.xlsx")
    assert assert_same(content, read) > 5
    cells = {row: cells[2] for row, cells in read.sheets[0].rows.items() if 2 in cells}
    assert [cells[row].struck for row in (1, 2, 3)] == [True, False, True]
    assert [cells[row].part_struck for row in (1, 2, 3)] == [False, True, False]
    assert cells[2].value == "gone kept"
    assert not is_blank("gone kept")

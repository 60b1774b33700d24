"""A delimited text file, as systems export their logs, as a workbook of one sheet of text cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePath

from pipeline.problems import PaperError, Place, Problem, error
from pipeline.read.refusals import too_many
from pipeline.sheets.encodings import decode
from pipeline.sheets.ragged import uneven_rows
from pipeline.sheets.workbook import LAST_COLUMN, LAST_ROW, Cell, Sheet, Workbook, address
from pipeline.sheets.xlsx_cells import Budget

_SEPARATORS = (",", ";", "\t", "|")


def read_delimited(content: bytes, name: str) -> Workbook:
    """One sheet, named after the file, whose rows are the records of `content` and whose cells are all text.

    The separator is the comma, semicolon, tab or bar that divides the first records most evenly; a quoted text may hold
    line ends. Encodings as `encodings.decode`. Records of uneven length are told of in `problems` (I122, I124).
    Raises PaperError: I121 not text, I123 a quotation never closed, I115 past the limits.
    """
    text, notes = decode(content, name)
    text, separator = _separator(text)
    sheet = PurePath(name).stem
    rows = _rows(_records(text, separator, Place(name, sheet)), sheet, Budget(name))
    widths = {number: max(row) for number, row in rows.items()}
    problems = (*notes, *uneven_rows(widths, Place(name, sheet)))
    return Workbook(name, (Sheet(sheet, rows),), delimited=True, problems=problems)


def _rows(records: Iterable[list[str]], sheet: str, budget: Budget) -> dict[int, dict[int, Cell]]:
    """The filled rows by number; equal values are one cell."""
    rows: dict[int, dict[int, Cell]] = {}
    known: dict[str, Cell] = {}
    for number, record in enumerate(records, 1):
        row = {}
        for column, value in enumerate(record, 1):
            if value:
                row[column] = known.get(value) or known.setdefault(value, Cell(value, "text", ""))
        if row:
            rows[number] = row
            budget.spend(sheet, number, max(row), len(row), sum(map(len, record)))
    return rows


def _records(text: str, separator: str, place: Place) -> Iterator[list[str]]:
    """The records, strictly first; a quote in the midst of a text is then let pass, an unclosed one never."""
    try:
        yield from _bounded(list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)), place)
    except csv.Error as fault:
        if "end of data" in str(fault):
            raise PaperError(_unclosed(text, separator, place)) from fault
        yield from _bounded(_loose(text, separator, place), place)


def _loose(text: str, separator: str, place: Place) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as fault:
        raise PaperError(_unclosed(text, separator, place)) from fault


def _bounded(records: list[list[str]], place: Place) -> list[list[str]]:
    if len(records) > LAST_ROW:
        raise PaperError(too_many(place.file, place, f"{LAST_ROW:,} rows"))
    wide = next((number for number, record in enumerate(records, 1) if len(record) > LAST_COLUMN), 0)
    if wide:
        far = Place(place.file, place.sheet, address(wide, LAST_COLUMN + 1))
        raise PaperError(too_many(place.file, far, f"{LAST_COLUMN:,} columns"))
    return records


def _separator(text: str) -> tuple[str, str]:
    """The text without a first line `sep=;`, and its separator."""
    first, end, rest = text.partition("\n")
    if end and first.lower().startswith("sep=") and len(first.strip()) == 5:
        return rest, first[4]
    return text, max(_SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first records this separator divides into equally many values, and into how many."""
    try:
        sample = list(islice(csv.reader(io.StringIO(text[:65536], newline=""), delimiter=separator), 30))
    except csv.Error:
        return (0, 0)
    widths = [len(record) for record in sample if len(record) > 1]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return (widths.count(usual), usual)


def _unclosed(text: str, separator: str, place: Place) -> Problem:
    records = list(csv.reader(io.StringIO(text[:131072], newline=""), delimiter=separator))
    cell = address(max(len(records), 1), max(len(records[-1]), 1) if records else 1)
    return error(
        "I123", Place(place.file, place.sheet, cell),
        "A quotation mark opens a value here and is never closed, so the rest of the file would be one value.",
        "Open the file in Excel, correct this row, and save it again.",
    )  # fmt: skip

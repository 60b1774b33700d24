"""A delimited text file, as systems export their logs, as a workbook of one sheet of text cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePath

from pipeline.file_kinds import two_bytes_a_letter
from pipeline.patterns import Pattern
from pipeline.problems import PaperError, Place, Problem, error, note
from pipeline.sheets.workbook import LAST_COLUMN, LAST_ROW, Cell, Limits, Room, Sheet, Workbook, address, too_many

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SEPARATORS = (",", ";", "\t", "|")
_NAMED = 20
_GUARDED = Pattern(r'="((?:[^"]|"")*)"')
_FORMULA = Pattern(r"=[+-]?(?:\$?[A-Za-z]{1,3}\$?\d{1,7}|[A-Z][A-Z0-9.]{0,30}\([^\n]*\))")


def read_delimited(content: bytes, name: str, limits: Limits) -> Workbook:
    """One sheet, named after the file, whose rows are the records of `content` and whose cells are all text.

    The separator is the comma, semicolon, tab or bar that divides the first records most evenly; a quoted text may hold
    line ends. Records of uneven length are told of in `problems` (I122, I124).
    Raises PaperError: I121 not text, I123 a quotation never closed, I115 past the limits.
    """
    encoding, content = _encoding(content)
    text, separator = _separator(_decoded(content, encoding, name))
    place = Place(name, PurePath(name).stem)
    rows = _rows(_records(text, separator, place), place, limits)
    assumed = [_assumed(place)] if encoding == "cp1252" else []
    problems = (*assumed, *_uneven_rows({number: max(row) for number, row in rows.items()}, place))
    return Workbook(name, (Sheet(place.sheet, rows, file=name),), delimited=True, problems=problems)


def _encoding(content: bytes) -> tuple[str, bytes]:
    """UTF-8 or UTF-16 where a mark at the start says so, or UTF-16 where every other byte is a nought; else UTF-8, else
    Windows-1252. Noughts between letters are left out.
    """
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding, content
    if wide := two_bytes_a_letter(content) if b"\x00" in content else "":
        return wide, content
    content = content.replace(b"\x00", b"")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", content
    return "utf-8", content


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise PaperError(_not_text(name, line)) from fault


def _separator(text: str) -> tuple[str, str]:
    """The text and its separator: without a first line `sep=;`, as Excel opens it, and with a blank line for the
    schema that SharePoint writes above the headings, so that rows keep the numbers that Excel gives them.
    """
    first, end, rest = text.partition("\n")
    if end and first.lower().startswith("sep=") and len(first.strip()) == 5:
        return rest, first[4]
    if end and first.startswith("ListSchema="):
        text = f"{end}{rest}"
    return text, max(_SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """How many of the first records this separator divides into equally many values, and into how many."""
    try:
        sample = list(islice(_values(text[:65536], separator), 30))
    except csv.Error:
        return (0, 0)
    widths = Counter(len(record) for record in sample if len(record) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _values(text: str, separator: str, strict: bool = False) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)


def _records(text: str, separator: str, place: Place) -> Sequence[list[str]]:
    """The records, strictly first; a quote in the midst of a text is then let pass, an unclosed one never."""
    try:
        return list(_values(text, separator, strict=True))
    except csv.Error as fault:
        if "end of data" in str(fault):
            raise PaperError(_unclosed(text, separator, place)) from fault
    try:
        return list(_values(text, separator))
    except csv.Error as fault:
        raise PaperError(_unclosed(text, separator, place)) from fault


def _rows(records: Sequence[list[str]], place: Place, limits: Limits) -> dict[int, dict[int, Cell]]:
    """The filled rows by number; equal values are one cell."""
    if len(records) > LAST_ROW:
        raise too_many(place, f"{LAST_ROW:,} rows")
    room = Room(place.file, limits)
    known: dict[str, Cell] = {}
    rows: dict[int, dict[int, Cell]] = {}
    for number, record in enumerate(records, 1):
        if len(record) > LAST_COLUMN:
            raise too_many(place._replace(cell=address(number, LAST_COLUMN + 1)), f"{LAST_COLUMN:,} columns")
        filled = ((column, value) for column, value in enumerate(record, 1) if value)
        row = {column: known.get(value) or known.setdefault(value, _cell(value)) for column, value in filled}
        if row:
            rows[number] = row
            for column, cell in row.items():
                room.take(cell, place.sheet, number, column)
    return rows


def _cell(value: str) -> Cell:
    """What Excel makes of a value: the text of `="007"`, as programs guard texts; of a formula it is not known here."""
    if value.startswith("="):
        if guarded := _GUARDED.fullmatch(value):
            return Cell(guarded[1].replace('""', '"'), "text", "")
        if _FORMULA.match(value):
            return Cell(None, "uncalculated", "")
    return Cell(value, "text", "")


def _uneven_rows(widths: Mapping[int, int], place: Place) -> list[Problem]:
    """An error (I122) for each row wider than most of the rows are; `widths` is the last filled column of each row.

    Shorter rows are no problem: values at the end may be blank, and exports leave their separators out. The headings
    stand in the first row of several values, and may be wider than most.
    """
    several = [width for width in widths.values() if width > 1]
    if not several:
        return []
    usual = max(Counter(several).most_common(1)[0][0], several[0])
    wide = [row for row, width in widths.items() if width > usual]
    named = [_wide(row, widths[row], usual, place) for row in wide[:_NAMED]]
    return [*named, _more(wide[_NAMED:], place)] if len(wide) > _NAMED else named


def _wide(row: int, width: int, usual: int, place: Place) -> Problem:
    message = (
        f"Row {row} has {width} values where the others have {usual}: a separator inside a value has split it in two."
    )
    cure = "Put the value that holds the separator in quotation marks, or correct the row in Excel and save it again."
    return error("I122", place._replace(cell=address(row, usual + 1)), message, cure)


def _more(rows: list[int], place: Place) -> Problem:
    message = f"{len(rows):,} more rows, from row {rows[0]} on, have too many values."
    cure = "Export the file again with values in quotation marks."
    return error("I122", place._replace(cell=address(rows[0], 1)), message, cure)


def _unclosed(text: str, separator: str, place: Place) -> Problem:
    records = list(_values(text[:131072], separator))
    cell = address(max(len(records), 1), max(len(records[-1]), 1) if records else 1)
    message = "A quotation mark opens a value here and is never closed, so the rest of the file would be one value."
    cure = "Open the file in Excel, correct this row, and save it again."
    return error("I123", place._replace(cell=cell), message, cure)


def _assumed(place: Place) -> Problem:
    message = f"“{place.file}” was read as Windows text, since it is not UTF-8."
    cure = "Look at names with accents and at quotation marks; to be sure, save it as “CSV UTF-8” in Excel."
    return note("I124", Place(place.file), message, cure)


def _not_text(name: str, line: int) -> Problem:
    message = f"“{name}” holds characters that no usual text encoding has."
    cure = "Open it in Excel and save it as “CSV UTF-8 (Comma delimited)”."
    return error("I121", Place(name, near=f"line {line}"), message, cure)

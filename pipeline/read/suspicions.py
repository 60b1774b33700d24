"""What can be read and is probably not meant: an empty table, a misspelt heading, a date where words belong."""

from __future__ import annotations

import difflib
import re
import string
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.kinds import Kind
from pipeline.problems import Level, Place, Problem, error, warning
from pipeline.read.columns import Column
from pipeline.read.dates import Written, parse_date
from pipeline.read.headings import heading_key
from pipeline.read.marks import speaks_of_exempt
from pipeline.read.tables import TableRows
from pipeline.read.withholding import row_of
from pipeline.sheets import Cell, Sheet, address, column_letters, is_blank
from pipeline.text import excerpt

UNREADABLE = frozenset(("I310", "I311", "I313", "I314", "I320", "I321", "I340", "I341"))
EITHER = "reply_expected"
LIKE_A_DAY = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$")
FEW, MANY = 3, 5
Ends = tuple[frozenset[str], frozenset[str]]
LETTERS = frozenset(string.ascii_letters + string.digits)
ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read: the kind of record it keeps, its columns, its sheet and file."""

    kind: Kind
    columns: Sequence[Column]
    sheet: Sheet
    file: str
    rows: TableRows

    @property
    def found(self) -> Mapping[str, int]:
        """The fields that have a column."""
        return self.rows.headings.columns

    @property
    def others(self) -> Mapping[str, Place]:
        """The headings that name no field, with their cells."""
        return {text: self.at(self.rows.headings.row, index) for text, index in self.rows.headings.others.items()}

    def at(self, row: int, column: int) -> Place:
        """A cell of it."""
        return Place(self.file, self.sheet.name, address(row, column))


def suspicions(table: Table) -> Iterator[Problem]:
    """What of a table is probably not meant; nothing for one without headings, of which that is told already."""
    if table.found:
        for rule in (no_rows, no_exempt_column, misspelt_headings, below_merged, no_words, days_that_are_not):
            yield from rule(table)


def no_rows(table: Table) -> Iterator[Problem]:
    """I215: headings with nothing below, in a table that tells what happened."""
    if table.kind.tells and not table.rows.rows:
        yield warning(
            "I215",
            table.at(table.rows.headings.row, min(table.found.values())),
            "No row stands below the headings, and the paper would say that there is nothing.",
            "Enter the rows, or restore an earlier version of the workbook.",
        )


def no_exempt_column(table: Table) -> Iterator[Problem]:
    """I214: a log that cannot say which letters are exempt; an error where a column of it has lost its heading."""
    headings = table.rows.headings
    if table.kind.name != "letters" or "exempt" in table.found or any(map(speaks_of_exempt, headings.texts.values())):
        return
    level = Level.ERROR if any(each.code == "I211" for each in table.rows.problems) else Level.WARNING
    yield Problem(
        "I214",
        "No column says which letters are exempt, so every one of them may be published.",
        "Add a column with the heading “Exempt (Sch 12A para)”.",
        table.at(headings.row, min(table.found.values())),
        level,
    )


def misspelt_headings(table: Table) -> Iterator[Problem]:
    """I216: a heading that is nearly one which a table may leave out."""
    for column in table.columns:
        if column.required or column.field in table.found:
            continue
        for text, index in table.rows.headings.others.items():
            near = next((each for each in column.headings if nearly(text, each)), None)
            if near and not speaks_of_exempt(text):
                yield warning(
                    "I216",
                    table.at(table.rows.headings.row, index),
                    f"“{excerpt(text)}” is nearly the heading “{near}”, but not quite, so the column was not read.",
                    f"Rename it to “{near}”.",
                )


@lru_cache(maxsize=4096)
def nearly(text: str, heading: str) -> bool:
    """Is one heading the other with a slip of the keyboard?"""
    one, other = heading_key(text), heading_key(heading)
    return len(other) > 3 and one != other and difflib.SequenceMatcher(None, one, other).ratio() >= ALIKE


def below_merged(table: Table) -> Iterator[Problem]:
    """I217: a blank cell right below merged ones: the merging says where the group ends, the blank that it goes on."""
    downwards = {table.found[each.field] for each in table.columns if each.fill_down and each.field in table.found}
    numbers = {each.number for each in table.rows.rows}
    for merge in table.sheet.merges:
        row = merge.bottom + 1
        if merge.left in downwards and merge.bottom > merge.top and row in numbers:
            top = table.sheet.rows.get(merge.top, {}).get(merge.left)
            if top is not None and is_blank(table.sheet.rows.get(row, {}).get(merge.left)):
                cells = f"{address(merge.top, merge.left)}:{address(merge.bottom, merge.left)}"
                yield warning(
                    "I217",
                    table.at(row, merge.left),
                    f"The cell is blank below the merged cells {cells}; it was read as “{excerpt(top.text)}”.",
                    "Write into it what it belongs to.",
                )


def no_words(table: Table) -> Iterator[Problem]:
    """I317: a date, or TRUE or FALSE, where words belong: Excel makes dates of “5/1” and of references such as 1-12."""
    worded = sorted(
        table.found[each.field] for each in table.columns if wants_words(each, table.kind) and each.field in table.found
    )
    for row in table.rows.rows:
        cells = table.sheet.rows[row.number]
        for column in worded:
            cell = cells.get(column)
            if cell is not None and cell.kind in ("date", "yesno"):
                kept, place = "a date" if cell.kind == "date" else "yes or no", table.at(row.number, column)
                yield warning(
                    "I317",
                    place,
                    f"Excel keeps this cell as {kept}, where words belong: “{excerpt(cell.text)}”.",
                    "Give the cell the format Text, and type it again.",
                )


def days_that_are_not(table: Table) -> Iterator[Problem]:
    """I311 in a column of a date or words: what is meant for a date, and is none, would be printed as words."""
    for column in (each for each in table.columns if each.field == EITHER and each.field in table.found):
        for row in table.rows.rows:
            text = str(row.values.get(column.field) or "")
            if LIKE_A_DAY.search(text) and not isinstance(parse_date(text.rpartition(" ")[2]), Written):
                yield error(
                    "I311",
                    row.place(column.field),
                    f"“{excerpt(text)}” is not a date: there is no such date.",
                    "Correct the date.",
                )


def wants_words(column: Column, kind: Kind) -> bool:
    """Is it a column of words, in which no date stands by itself?"""
    return column.kind == "text" and not kind.fields[column.field].dates


def whole_columns(table: Table) -> list[Problem]:
    """The table's problems; one for all of a column of which no cell can be read (I319), or of headings put twice."""
    again = headings_again(table)
    kept = (each for each in table.rows.problems if row_of(each.place) not in again)
    problems = [*kept, *(repeated(table, row) for row in sorted(again))]
    if not problems:
        return []
    unread = Counter(column_of(each.place) for each in problems if each.code in UNREADABLE)
    for field, index in table.found.items():
        letters = column_letters(index)
        if unread[letters] < MANY:
            continue
        wrong = [each for each in problems if each.code in UNREADABLE and column_of(each.place) == letters]
        if len(wrong) == sum(not is_blank(table.sheet.rows[row.number].get(index)) for row in table.rows.rows):
            heading = excerpt(table.rows.headings.texts.get(index, field))
            told = error(
                "I319",
                table.at(table.rows.headings.row, index),
                f"Not one of the {len(wrong)} values below “{heading}” can be read. "
                f"The first, in {wrong[0].place.cell}: {wrong[0].message}",
                "See whether the heading stands over the right column; if it does, correct the values.",
            )
            problems = [told, *(each for each in problems if each not in wrong)]
    return problems


def repeated(table: Table, row: int) -> Problem:
    """I218: the headings a second time, below the table's own rows."""
    return error(
        "I218",
        table.at(row, min(table.found.values())),
        "The row repeats the headings; the rows below it are read as rows of the same table.",
        "Take this row out, or move the second table to a sheet of its own.",
    )


def headings_again(table: Table) -> frozenset[int]:
    """The rows that repeat the headings, as where a second table was put below the first."""
    keys = {index: heading_key(text) for index, text in table.rows.headings.texts.items()}
    unlike = {index: other_ends(key) for index, key in keys.items()}
    return frozenset(row.number for row in table.rows.rows if repeats(table.sheet.rows[row.number], keys, unlike))


def repeats(cells: Mapping[int, Cell], keys: Mapping[int, str], unlike: Mapping[int, Ends]) -> bool:
    """Do several cells say what the headings above them say? Most rows are told by the ends of their texts."""
    likely: list[tuple[str, str]] = []
    for index, cell in cells.items():
        if index in unlike:
            text, (first, last) = str(cell.value), unlike[index]
            if text[:1] not in first and text[-1:] not in last:
                likely.append((text, keys[index]))
    return len(likely) >= FEW and sum(heading_key(text) == key for text, key in likely) >= FEW


@lru_cache(maxsize=1024)
def other_ends(key: str) -> Ends:
    """The plain letters and figures with which no text of this key begins, and those with which none ends."""
    if not key.isascii():
        return frozenset(), frozenset()
    return LETTERS - {key[:1], key[:1].upper()}, LETTERS - {key[-1:], key[-1:].upper()}


def column_of(place: Place) -> str:
    """The letters of a cell's column."""
    return place.cell.rstrip("0123456789")

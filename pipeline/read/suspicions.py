"""What can be read and is probably not meant: an empty table, a misspelt heading, a date where words belong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import lru_cache

from pipeline.kinds import Field, Kind
from pipeline.nearest import much_alike
from pipeline.patterns import Pattern
from pipeline.problems import Level, Place, Problem, column_of, error, row_of, warning
from pipeline.read.dates import Written, parse_date
from pipeline.read.marks import speaks_of_exempt
from pipeline.read.table import Table, heading_key
from pipeline.sheets import address, column_letters, is_blank
from pipeline.text import excerpt

UNREADABLE = frozenset(("I310", "I311", "I313", "I314", "I320", "I321", "I340", "I341"))
EITHER = "reply_expected"
LIKE_A_DAY = Pattern(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$")
FEW, WHOLE_COLUMN = 3, 5
ALIKE = 0.85


def suspicions(kind: Kind, table: Table) -> Iterator[Problem]:
    """What of a table is probably not meant, by the kind of record that it keeps; nothing for one without headings, of
    which that is told already.
    """
    if table.headings.columns:
        if kind.tells and not table.rows:
            message = "No row stands below the headings, and the paper would say that there is nothing."
            yield warning(
                "I215", _start(table), message, "Enter the rows, or restore an earlier version of the workbook."
            )
        if kind.name == "letters":
            yield from no_exempt_column(table)
        yield from misspelt_headings(table)
        yield from below_merged(table)
        yield from no_words(table)
        yield from days_that_are_not(table)


def _start(table: Table) -> Place:
    """The table's first heading."""
    return table.sheet.place(table.headings.row, min(table.headings.columns.values()))


def _found(table: Table, wanted: Callable[[Field], bool]) -> list[int]:
    """The numbers of the columns that are there and wanted, in order."""
    columns = table.headings.columns
    return sorted(columns[column.name] for column in table.columns if column.name in columns and wanted(column))


def no_exempt_column(table: Table) -> Iterator[Problem]:
    """I214: a log that cannot say which letters are exempt; an error where a column of it has lost its heading."""
    if "exempt" not in table.headings.columns and not any(map(speaks_of_exempt, table.headings.texts.values())):
        message = "No column says which letters are exempt, so every one of them may be published."
        found = warning("I214", _start(table), message, "Add a column with the heading “Exempt (Sch 12A para)”.")
        lost = any(problem.code == "I211" for problem in table.problems)
        yield replace(found, level=Level.ERROR) if lost else found


def misspelt_headings(table: Table) -> Iterator[Problem]:
    """I216: a heading that is nearly one which a table may leave out."""
    for column in table.columns:
        if column.required or column.name in table.headings.columns:
            continue
        for text, index in table.headings.others.items():
            near = next((heading for heading in column.headings if nearly(text, heading)), None)
            if near and not speaks_of_exempt(text):
                message = (
                    f"“{excerpt(text)}” is nearly the heading “{near}”, but not quite, so the column was not read."
                )
                yield warning("I216", table.sheet.place(table.headings.row, index), message, f"Rename it to “{near}”.")


@lru_cache(maxsize=4096)
def nearly(text: str, heading: str) -> bool:
    """Is one heading the other with a slip of the keyboard?"""
    one, other = heading_key(text), heading_key(heading)
    return len(other) > 3 and one != other and much_alike(one, other, ALIKE)


def below_merged(table: Table) -> Iterator[Problem]:
    """I217: a blank cell right below merged ones: the merging says where the group ends, the blank that it goes on."""
    downwards = _found(table, lambda column: column.fill_down)
    numbers, rows = {row.number for row in table.rows}, table.sheet.rows
    for merge in table.sheet.merges:
        row, column = merge.bottom + 1, merge.left
        top = rows.get(merge.top, {}).get(column)
        below = column in downwards and merge.bottom > merge.top and row in numbers
        if below and top is not None and is_blank(rows.get(row, {}).get(column)):
            cells = f"{address(merge.top, column)}:{address(merge.bottom, column)}"
            message = f"The cell is blank below the merged cells {cells}; it was read as “{excerpt(top.text)}”."
            yield warning("I217", table.sheet.place(row, column), message, "Write into it what it belongs to.")


def no_words(table: Table) -> Iterator[Problem]:
    """I317: a date, or TRUE or FALSE, where words belong: Excel makes dates of “5/1” and of references such as 1-12."""
    worded = _found(table, lambda column: column.type == "text" and not column.dates)
    for row in table.rows:
        cells = table.sheet.rows[row.number]
        for column in worded:
            cell = cells.get(column)
            if cell is not None and cell.kind in ("date", "yesno"):
                kept = "a date" if cell.kind == "date" else "yes or no"
                message = f"Excel keeps this cell as {kept}, where words belong: “{excerpt(cell.text)}”."
                cure = "Give the cell the format Text, and type it again."
                yield warning("I317", table.sheet.place(row.number, column), message, cure)


def days_that_are_not(table: Table) -> Iterator[Problem]:
    """I311 in a column of a date or words: what is meant for a date, and is none, would be printed as words."""
    if EITHER not in table.headings.columns or all(column.name != EITHER for column in table.columns):
        return
    for row in table.rows:
        text = str(row.values.get(EITHER) or "")
        if LIKE_A_DAY.search(text) and not isinstance(parse_date(text.rpartition(" ")[2]), Written):
            message = f"“{excerpt(text)}” is not a date: there is no such date."
            yield error("I311", row.place(EITHER), message, "Correct the date.")


# -- what holds for many cells is told once ---------------------------------------------------------------------------


def whole_columns(table: Table, again: Collection[int]) -> list[Problem]:
    """The table's problems; one for all of a column of which no cell can be read (I319), or of headings put twice, in
    the rows of `again`.
    """
    kept = (problem for problem in table.problems if row_of(problem.place) not in again)
    problems = [*kept, *(_repeated(table, row) for row in sorted(again))]
    unread = Counter(column_of(problem.place) for problem in problems if problem.code in UNREADABLE)
    for index in table.headings.columns.values():
        if unread[column_letters(index)] >= WHOLE_COLUMN:
            problems = _unread_at_once(table, index, problems)
    return problems


def _unread_at_once(table: Table, index: int, problems: list[Problem]) -> list[Problem]:
    letters = column_letters(index)
    wrong = [one for one in problems if one.code in UNREADABLE and column_of(one.place) == letters]
    if len(wrong) != sum(not is_blank(table.sheet.rows[row.number].get(index)) for row in table.rows):
        return problems
    return [_unread(table, index, wrong), *(one for one in problems if one not in wrong)]


def _unread(table: Table, index: int, wrong: list[Problem]) -> Problem:
    heading, first = excerpt(table.headings.texts[index]), wrong[0]
    message = f"Not one of the {len(wrong)} values below “{heading}” can be read."
    message = f"{message} The first, in {first.place.cell}: {first.message}"
    cure = "See whether the heading stands over the right column; if it does, correct the values."
    return error("I319", table.sheet.place(table.headings.row, index), message, cure)


def _repeated(table: Table, row: int) -> Problem:
    """I218: the headings a second time, below the table's own rows."""
    message = "The row repeats the headings; the rows below it are read as rows of the same table."
    cure = "Take this row out, or move the second table to a sheet of its own."
    return error("I218", table.sheet.place(row, min(table.headings.columns.values())), message, cure)


def headings_again(table: Table) -> frozenset[int]:
    """The rows in which several cells say what the headings above them say, as where a second table was put below."""
    texts = table.headings.texts
    firsts = {index: text[:1].casefold() for index, text in texts.items()}  # tells most cells apart

    def is_heading(index: int, text: str) -> bool:
        return text[:1].casefold() == firsts.get(index) and heading_key(text) == heading_key(texts[index])

    rows = {row.number: table.sheet.rows[row.number].items() for row in table.rows}
    return frozenset(
        number
        for number, cells in rows.items()
        if sum(is_heading(index, str(cell.value)) for index, cell in cells) >= FEW
    )

"""Drop-down lists and notes on the headings of a workbook, for whoever keeps it. No cell's content is touched: saved
again, formulas keep the value that was saved with them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pipeline.text import folded

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "Committee services"
SEARCHED_ROWS, SPARE_ROWS, LIST_LIMIT = 20, 500, 255
SavedValues = Mapping[str, Mapping[str, object]]

_FORMULA = re.compile(
    r'<c r="(?P<cell>[A-Z]+\d+)"(?P<style>(?: s="\d+")?)[^>]*>(?P<formula><f\b.*?(?:</f>|/>))<v\s*/?>(?:</v>)?</c>',
    re.DOTALL,
)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_PROGRAM = re.compile(rb"<(Application|AppVersion)>[^<]*</\1>")
_ERROR = re.compile(r"#(NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_FIRST_PART = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one sheet: what its heading may be, what may be chosen in it, and the note on its heading.

    `sheet` may be empty: the first sheet of the workbook. `strict` refuses any other word, else Excel only offers the
    list. `add_used` puts the words that stand in the column already at the list's end.
    """

    sheet: str
    headings: tuple[str, ...]
    note: str = ""
    words: tuple[str, ...] = ()
    strict: bool = False
    add_used: bool = False


def add_drop_downs(workbook: bytes, columns: Sequence[Column]) -> bytes:
    """The workbook with the lists and notes of `columns` wherever their headings are found; the same when none is.

    Everything that a cell holds stays, saved values of formulas included. Lists that stood in these columns before are
    replaced, and so are notes of ours; an officer's own note on a heading stays.
    """
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook))
    found = [put_on(sheet, group) for sheet, group in grouped(book, columns)]
    return workbook_bytes(book, saved_values(workbook)) if any(found) else workbook


def grouped(book: Workbook, columns: Iterable[Column]) -> Iterable[tuple[Worksheet, list[Column]]]:
    """The sheets that have any of the columns, each with its own."""
    groups: dict[str, list[Column]] = {}
    titles = {folded(sheet.title): sheet.title for sheet in book.worksheets}
    for column in columns:
        title = titles.get(folded(column.sheet)) if column.sheet else book.worksheets[0].title
        if title is not None:
            groups.setdefault(title, []).append(column)
    return [(sheet, groups[sheet.title]) for sheet in book.worksheets if sheet.title in groups]


def put_on(sheet: Worksheet, columns: Sequence[Column]) -> bool:
    """Lists and notes on one sheet; says whether any heading was found."""
    cells = headings_of(sheet, columns)
    for column in columns:
        cell = next((cells[name] for name in map(folded, column.headings) if name in cells), None)
        if cell is not None:
            put_note(cell, column.note)
            put_list(sheet, cell, column)
    fit_notes(sheet)
    return bool(cells)


def headings_of(sheet: Worksheet, columns: Sequence[Column]) -> Mapping[str, Cell]:
    """The heading cells by their plain text: those of the row, among the first ones, that has most of the headings."""
    wanted = {folded(heading) for column in columns for heading in column.headings}
    best: dict[str, Cell] = {}
    for row in sheet.iter_rows(max_row=min(SEARCHED_ROWS, sheet.max_row)):
        texts = {folded(cell.value): cell for cell in row if isinstance(cell.value, str)}
        here = {text: cell for text, cell in texts.items() if text in wanted}
        best = max(best, here, key=len)
    return best


def put_note(cell: Cell, text: str) -> None:
    """Our note on a heading, unless somebody else has put one there."""
    from openpyxl.comments import Comment

    if text and (cell.comment is None or cell.comment.author == AUTHOR):
        cell.comment = Comment(text, AUTHOR)


def fit_notes(sheet: Worksheet) -> None:
    """Every note of the sheet as large as its text needs: a workbook that is saved again forgets their sizes."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None:
                lines = sum(1 + len(line) // 42 for line in cell.comment.text.splitlines() or [""])
                cell.comment.width, cell.comment.height = 300, 24 + 18 * lines


def put_list(sheet: Worksheet, heading: Cell, column: Column) -> None:
    """The drop-down list below a heading, in place of one that stood in that column alone."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = words_that_fit((*column.words, *(used_below(sheet, heading) if column.add_used else ())))
    if not words or not clear_lists(sheet, heading):
        return
    last = max(sheet.max_row, heading.row) + SPARE_ROWS
    rule = DataValidation(
        type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=column.strict
    )
    rule.errorStyle = "stop"
    rule.errorTitle, rule.error = "Not in the list", f"Choose one of: {', '.join(words)}."[:250]
    rule.add(f"{heading.column_letter}{heading.row + 1}:{heading.column_letter}{last}")
    sheet.add_data_validation(rule)


def clear_lists(sheet: Worksheet, heading: Cell) -> bool:
    """Takes away lists of this column alone; False where one that spans other columns covers it and must stay."""
    spans = {id(rule): list(rule.sqref.ranges) for rule in sheet.data_validations.dataValidation}
    touching = {
        key for key, ranges in spans.items() if any(span.min_col <= heading.column <= span.max_col for span in ranges)
    }
    own = {key for key in touching if all(span.min_col == span.max_col == heading.column for span in spans[key])}
    rules = sheet.data_validations.dataValidation
    sheet.data_validations.dataValidation = [rule for rule in rules if id(rule) not in own]
    return own == touching


def used_below(sheet: Worksheet, heading: Cell) -> Iterable[str]:
    """The texts that stand below a heading, trimmed."""
    cells = sheet.iter_rows(min_row=heading.row + 1, min_col=heading.column, max_col=heading.column, values_only=True)
    return [value.strip() for (value,) in cells if isinstance(value, str)]


def words_that_fit(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, whatever its capitals, as many as one list of Excel takes: 255 characters, no comma or quote."""
    kept: dict[str, str] = {}
    for word in words:
        fits = len(",".join([*kept.values(), word])) <= LIST_LIMIT
        if word and fits and not set(word) & set(',"'):
            kept.setdefault(word.casefold(), word)
    return tuple(kept.values())


# -- saving ------------------------------------------------------------------------------------------------------------


def saved_values(workbook: bytes) -> dict[str, dict[str, object]]:
    """What Excel last worked out for each formula of a workbook: sheet title, then cell address, then the value.

    openpyxl gives either a formula or its value, and writes only the former, so the values are kept aside here.
    """
    from openpyxl import load_workbook

    formulas = load_workbook(io.BytesIO(workbook))
    values = load_workbook(io.BytesIO(workbook), data_only=True)
    return {
        sheet.title: {
            cell.coordinate: values[sheet.title][cell.coordinate].value
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        for sheet in formulas.worksheets
    }


def workbook_bytes(book: Workbook, values: SavedValues) -> bytes:
    """The workbook as a file, each formula with its value of `values`; same workbook, same bytes.

    Its properties stay as they are: neither the time of saving nor the name of a program is put in.
    """
    modified = book.properties.modified
    titles = {f"xl/worksheets/sheet{number}.xml": sheet.title for number, sheet in enumerate(book.worksheets, 1)}
    written, kept = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(kept, "w") as new:
        for name, content in parts_of(old):
            if name in titles:
                new.writestr(part_info(name), with_values(content, values.get(titles[name], {})))
            else:
                new.writestr(part_info(name), without_traces(name, content, modified))
    return kept.getvalue()


def parts_of(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The parts of an Office file, the list of content types first, as programs like to find it."""
    for name in (_FIRST_PART, *sorted(part for part in package.namelist() if part != _FIRST_PART)):
        yield name, package.read(name)


def part_info(name: str) -> zipfile.ZipInfo:
    """A part's entry in the file, at the one time that all parts carry."""
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    return info


def without_traces(name: str, content: bytes, modified: dt.datetime | None) -> bytes:
    """A part without what the writing of it left there: the time of saving and the name of the program."""
    if name == "docProps/core.xml" and modified is not None:
        moment = modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", content)
    return _PROGRAM.sub(b"", content) if name == "docProps/app.xml" else content


def with_values(sheet: bytes, values: Mapping[str, object]) -> bytes:
    """A sheet's text with the value of each formula written beside it; formulas without one stay as they are."""

    def written(match: re.Match[str]) -> str:
        value = values.get(match["cell"])
        if value is None:
            return match[0]
        kind, text = as_written(value)
        return f'<c r="{match["cell"]}"{match["style"]}{kind}>{match["formula"]}<v>{escape(text)}</v></c>'

    return _FORMULA.sub(written, sheet.decode("utf-8")).encode("utf-8") if values else sheet


def as_written(value: object) -> tuple[str, str]:
    """The type attribute of a formula's cell, and its value as a workbook holds it."""
    from openpyxl.utils.datetime import to_excel

    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, int | float):
        return "", repr(value)
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return "", repr(to_excel(value))  # type: ignore[no-untyped-call]
    text = str(value)
    return (' t="e"' if _ERROR.fullmatch(text) else ' t="str"'), text

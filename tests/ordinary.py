"""What ordinary months do to the officers' files: a cell left blank, a row gone or exempt, a day that is still to come.

Every such change of a report's inputs, made from what its settings say of its tables. Only the sheet in question is
written anew, so that a change costs milliseconds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from pipeline import sheets
from pipeline.read import Headings, columns_for, read_table, sheet_named
from pipeline.report import Report, load_report
from pipeline.sheets import column_letters, column_number
from tests.documents import packed, parts_of
from tests.office import Office
from tests.read.making import LINKS, MAIN

EXEMPT = "Exempt (Sch 12A para)"
LATER = (dt.timedelta(7), dt.timedelta(400))
Edit = Callable[[Any], None]


class Change(NamedTuple):
    """One thing that happens to a file: in plain words, on which sheet, and how. Without `edit` the file is gone."""

    file: str
    what: str
    sheet: str = ""
    edit: Edit | None = None

    def __str__(self) -> str:
        return f"{self.file} {self.sheet}: {self.what}"


@dataclass
class Files:
    """The inputs of a report, to which changes are made and taken back."""

    folder: Path
    kept: dict[str, bytes] = field(default_factory=dict)

    def make(self, changes: Sequence[Change]) -> None:
        """The files as they were, but for these changes."""
        self.restore()
        for file in dict.fromkeys(each.file for each in changes):
            path, here = self.folder / file, [each for each in changes if each.file == file]
            self.kept[file] = path.read_bytes()
            if all(each.edit for each in here):
                path.write_bytes(edited(self.kept[file], here))
            else:
                path.unlink()

    def restore(self) -> None:
        """Every file as it was."""
        for file, content in self.kept.items():
            (self.folder / file).write_bytes(content)
        self.kept.clear()


def edited(content: bytes, changes: Sequence[Change]) -> bytes:
    """A workbook with these changes made, one after the other."""
    parts = parts_of(content)
    sheets = part_of_sheet(parts)
    for change in changes:
        page = etree.fromstring(parts[sheets[change.sheet]])
        assert change.edit
        change.edit(page)
        parts[sheets[change.sheet]] = etree.tostring(page, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def part_of_sheet(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Each sheet's title, and the part that it is in."""
    targets = {
        each.get("Id"): each.get("Target").removeprefix("/xl/")
        for each in etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    sheets = etree.fromstring(parts["xl/workbook.xml"]).iter(f"{{{MAIN}}}sheet")
    return {each.get("name"): f"xl/{targets[each.get(f'{{{LINKS}}}id')]}" for each in sheets}


def take_out(cells: Sequence[str], page: Any) -> None:
    """These cells, blank."""
    for cell in list(page.iter(f"{{{MAIN}}}c")):
        if cell.get("r") in cells:
            cell.getparent().remove(cell)


def write(texts: Mapping[str, str], page: Any) -> None:
    """Texts typed into cells; nothing where a row is no longer there."""
    take_out([*texts], page)
    rows = {each.get("r"): each for each in page.iter(f"{{{MAIN}}}row")}
    for cell, text in texts.items():
        letters, number = address(cell)
        row = rows.get(str(number), ())
        before = [each for each in row if column_number(address(each.get("r"))[0]) < column_number(letters)]
        made = etree.Element(f"{{{MAIN}}}c", {"r": cell, "t": "inlineStr"})
        etree.SubElement(etree.SubElement(made, f"{{{MAIN}}}is"), f"{{{MAIN}}}t").text = text
        if str(number) in rows:
            row.insert(len(before), made)


def delete_rows(first: int, last: int, page: Any) -> None:
    """Rows deleted as Excel deletes them: what stands below moves up, and merged cells shrink."""

    def moved(cell: str, inside: int = 0) -> str:
        letters, number = address(cell)
        return f"{letters}{number if number < first else inside if number <= last else number - last + first - 1}"

    for row in list(page.iter(f"{{{MAIN}}}row")):
        number = int(row.get("r"))
        if first <= number <= last:
            row.getparent().remove(row)
        row.set("r", moved(f"A{number}")[1:])
        for cell in row:
            cell.set("r", moved(cell.get("r")))
    for merge in list(page.iter(f"{{{MAIN}}}mergeCell")):
        top, bottom = merge.get("ref").split(":")
        top, bottom = moved(top, first), moved(bottom, first - 1)
        merge.set("ref", f"{top}:{bottom}")
        if address(top)[1] >= address(bottom)[1]:
            merge.getparent().remove(merge)
    for empty in [each for each in page.iter(f"{{{MAIN}}}mergeCells") if not len(each)]:
        page.remove(empty)


def address(cell: str) -> tuple[str, int]:
    """`G11` as its column's letters and its row's number."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert found, cell
    return found[1], int(found[2])


class Kept(NamedTuple):
    """A table of the inputs: what kind of record it holds, where it stands, the numbers of its rows, and for each field
    those in which it is filled.
    """

    role: str
    file: str
    sheet: str
    headings: Headings
    rows: Sequence[int]
    filled: Mapping[str, Sequence[int]]

    def change(self, what: str, edit: Edit) -> Change:
        """Something that happens to it."""
        return Change(self.file, what, self.sheet, edit)


def changes(desk: Office, as_at: dt.date) -> list[Change]:
    """Every change of every cell that is not required, of every row, column and sheet, and of every comment."""
    report = load_report(desk.folder / "templates" / desk.report)
    found = [each for table in tables(desk, report) for each in changes_of(table, report, as_at)]
    return [*found, *(Change(each.file, "has not come") for each in report.comments.values())]


def tables(desk: Office, report: Report) -> Iterator[Kept]:
    """Every table that the settings name and that has rows, as the program itself reads it."""
    for role, settings in report.sources.items():
        content = (desk.inputs / settings.file).read_bytes()
        sheet = sheet_named(sheets.read(content, settings.file), settings.sheet)
        assert sheet
        table = read_table(sheet, columns_for(report, role))
        filled = {
            name: [row.number for row in table.rows if row.values[name] not in (None, "", ())]
            for name in table.headings.columns
        }
        if table.rows:
            yield Kept(role, settings.file, sheet.name, table.headings, [row.number for row in table.rows], filled)


def changes_of(table: Kept, report: Report, as_at: dt.date) -> Iterator[Change]:
    """All that may happen to one table."""
    for column in columns_for(report, table.role):
        name, at = column.name, table.headings.columns.get(column.name)
        if at is None:
            continue
        letters = column_letters(at)
        cells = [f"{letters}{row}" for row in table.filled[name]]
        head = f"{letters}{table.headings.row}"
        if not column.required:
            yield from (table.change(f"{cell} ({name}) blank", partial(take_out, [cell])) for cell in cells)
            yield table.change(f"column {letters} ({name}) gone", partial(take_out, [head, *cells]))
            yield table.change(f"heading {letters} ({name}) gone", partial(take_out, [head]))
        if column.type in ("day", "when"):
            for cell, day in ((cell, f"{as_at + later:%d/%m/%Y}") for cell in cells for later in LATER):
                yield table.change(f"{cell} ({name}) {day}", partial(write, {cell: day}))
    yield from changes_of_rows(table)


def changes_of_rows(table: Kept) -> Iterator[Change]:
    """Rows deleted, rows exempt (in the table's own column, or in one that is added), and all rows deleted."""
    spare = max(table.headings.texts, default=0) + 1
    letters, head = column_letters(table.headings.columns.get("exempt", spare)), table.headings.row
    for row in table.rows:
        yield table.change(f"row {row} deleted", partial(delete_rows, row, row))
        mark = {f"{letters}{head}": EXEMPT, f"{letters}{row}": "3"}
        yield table.change(f"row {row} exempt", partial(write, mark))
    yield table.change("every row deleted", partial(delete_rows, min(table.rows), max(table.rows)))

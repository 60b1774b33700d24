"""Faults of tables: cells without a paragraph, rows without cells, rows that do not fit the table's columns."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.problems import Problem, error, warning
from pipeline.word.structure_index import Index
from pipeline.word.xml import PARAGRAPH, TABLE, VAL, Element, cells, qn, rows

_CONTENT = frozenset((PARAGRAPH, TABLE, qn("w:sdt"), qn("w:customXml")))
_REPAIR = "Delete the row in Word and insert it again."


def table_problems(index: Index) -> Iterator[Problem]:
    """What is wrong with the tables of a story (P567 to P570)."""
    place = index.story.place
    for table in index.all("w:tbl"):
        if next(rows(table), None) is None:
            yield error("P569", place(table), "A table has no rows, and Word will not open the file.",
                        "Take the table out, or give it a row.")  # fmt: skip
        yield from misfits(index, table)
    for row in index.all("w:tr"):
        if next(cells(row), None) is None:
            yield error(
                "P568", place(row), "A row of the table has no cells, and Word will not open the file.", _REPAIR
            )
    for cell in index.all("w:tc"):
        last = next((each for each in reversed(cell) if each.tag in _CONTENT), None)
        if last is None or last.tag == TABLE:
            yield error("P567", place(cell), "A cell does not end with a paragraph, and Word will not open the file.",
                        _REPAIR)  # fmt: skip


def misfits(index: Index, table: Element) -> Iterator[Problem]:
    """The first row whose cells do not add up to the table's columns; the others are as a rule like it."""
    columns = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
    for row in rows(table):
        taken = width(row)
        if taken and taken != columns:
            yield warning("P570", index.story.place(row), f"The row takes {taken} columns, the table has {columns}.",
                          "Select the table in Word and choose Layout, AutoFit, Fixed Column Width.")  # fmt: skip
            return


def width(row: Element) -> int:
    """How many columns a row takes, the ones it skips at either end included; 0 for a row without cells."""
    spans = [number(cell, "w:tcPr", "w:gridSpan", default=1) for cell in cells(row)]
    skipped = sum(number(row, "w:trPr", name, default=0) for name in ("w:gridBefore", "w:gridAfter"))
    return sum(spans) + skipped if spans else 0


def number(element: Element, properties: str, name: str, default: int) -> int:
    """A whole number among an element's properties."""
    found = element.find(f"{qn(properties)}/{qn(name)}")
    text = "" if found is None else found.get(VAL, "")
    return int(text) if text.isdecimal() else default

"""The tables of a Word comment: each row with its cells, and the paragraphs in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Literal

from pipeline.blocks import Cell, CellText, Drawn, Run
from pipeline.opc import Element
from pipeline.read.comment_data import Found, Line, LineCell
from pipeline.word.styles import Styles, is_set
from pipeline.word.xml import PARAGRAPH, TABLE, VAL, cells, qn, rows

_LOOK = qn("w:tcPr")
_SPAN, _MERGE = (f"{_LOOK}/{qn(name)}" for name in ("w:gridSpan", "w:vMerge"))
_BEFORE, _COLUMN, _WIDTH = f"{qn('w:trPr')}/{qn('w:gridBefore')}", f"{qn('w:tblGrid')}/{qn('w:gridCol')}", qn("w:w")
_ALIGNED: Mapping[str, Literal["center", "right"]] = {"center": "center", "right": "right", "end": "right"}
Lines = Mapping[Element, Line]


def row_line(row: Element, lines: Lines, number: int, styles: Styles, *, is_first: bool) -> Line:
    """A row of the table of that number in the file, whose paragraphs are `lines`. Headings in cells are bold words:
    they head no part of the text. A table within a table is told of; what it says stands line by line.
    """
    table, cells_of = next(row.iterancestors(TABLE)), [*_cells(row, lines, styles)]
    filled = [line for line in lines.values() if line.text.strip()]
    runs = chain.from_iterable((*([Run("\t")] if at else []), *line.runs) for at, line in enumerate(filled))
    heads = is_set(row, "w:trPr", "w:tblHeader")
    found = [Found("nested", filled[0].text)] if filled and next(row.iter(TABLE), None) is not None else []
    found += [Found("table", filled[0].text)] if filled and is_first and not heads else []
    return Line(tuple(runs), tuple(found), cells=tuple(cells_of), drawn=Drawn((), heads, number, _widths(table)))


def _cells(row: Element, lines: Lines, styles: Styles) -> Iterator[LineCell]:
    if before := _number(row.find(_BEFORE), 0):
        yield LineCell((), Cell((), before))
    for cell in cells(row):
        held = [each for each in cell.iter(PARAGRAPH) if each in lines]
        texts = tuple(CellText((), None, _aligned(each, styles)) for each in held)
        inside = tuple(_in_a_cell(lines[each]) for each in held)
        yield LineCell(inside, Cell(texts, _number(cell.find(_SPAN), 1), _merged(cell)))


def _in_a_cell(line: Line) -> Line:
    if not line.heading:
        return line
    return line._replace(heading=0, runs=tuple(run._replace(bold=True) for run in line.runs))


def _aligned(paragraph: Element, styles: Styles) -> Literal["", "center", "right"]:
    found = styles.of_paragraph(paragraph, "jc")
    return _ALIGNED.get(found.value, "") if found else ""


def _merged(cell: Element) -> Literal["", "restart", "continue"]:
    found = cell.find(_MERGE)
    return "" if found is None else "restart" if found.get(VAL) == "restart" else "continue"


def _widths(table: Element) -> tuple[int, ...]:
    """The widths of the columns, alike where the file does not tell."""
    columns = max(
        _number(row.find(_BEFORE), 0) + sum(_number(cell.find(_SPAN), 1) for cell in cells(row)) for row in rows(table)
    )
    told = tuple(_number(each, 0, _WIDTH) for each in table.iterfind(_COLUMN))
    return told if len(told) == columns and all(told) else (1,) * columns


def _number(element: Element | None, default: int, name: str = VAL) -> int:
    said = "" if element is None else element.get(name, "")
    return min(int(said), 100_000) if said.isdecimal() and len(said) < 10 else default

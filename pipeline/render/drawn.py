"""Tables that somebody sent, printed as they drew them, in the styles of the template's own tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.blocks import Cell, CellText, Drawn, Row
from pipeline.render.house import House
from pipeline.render.output import Output
from pipeline.render.text import mark_end, mark_start, runs_bytes
from pipeline.render.views import Numbers, Shown, View, number_in
from pipeline.render.wanted import Wanted

BETWEEN = b'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:p>'
"""What stands between two tables, which Word would run into one."""
_NARROWEST = 300  # twips
_BEGIN = (
    b'<w:tbl><w:tblPr>%b<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" '
    b'w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
    b"<w:tblGrid>%b</w:tblGrid>"
)
_ROW = b"<w:tr><w:trPr><w:cantSplit/>%b</w:trPr>"
_CELL = b'<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%b%b</w:tcPr>'
_PARAGRAPH = b"<w:p><w:pPr>%b</w:pPr>%b%b%b</w:p>"


class DrawnTable(NamedTuple):
    """Such a table ready to be printed: pieces of which some are values, and its rows with their views."""

    pieces: Sequence[tuple[bytes, bool]]
    rows: Sequence[View]

    def fill(self, out: Output) -> None:
        """Writes it."""
        if out.below:
            out.put(BETWEEN)
        out.table("")
        for piece, is_value in self.pieces:
            (out.value if is_value else out.put)(piece)
        out.table_ends("")

    def tell(self, wanted: Wanted) -> None:
        """Says what the paper must hold of it."""
        for view in self.rows:
            wanted.mark(view, "")
            wanted.shown.add(view.table)
            for cell, fact in zip(_drawn(view).cells, view.of.facts.values(), strict=True):
                if cell.text.strip():
                    wanted.texts.append(cell.text)
                    wanted.printed.append((fact,))


def drawn_table(shown: Shown, house: House, marks: Numbers, lists: Mapping[str, int]) -> DrawnTable:
    """A table of rows that are drawn; `marks` number those of its rows, `lists` are the numbers of the lists in it."""
    widths = _shared(_drawn(shown.rows[0]).widths, house.width)
    style = b'<w:tblStyle w:val="%b"/>' % house.table.encode() if house.table else b""
    columns = b"".join(b'<w:gridCol w:w="%d"/>' % width for width in widths)
    pieces = [(_BEGIN % (style, sum(widths), columns), False)]
    for view in shown.rows:
        pieces += _row(view, house, widths, marks, lists)
    return DrawnTable([*pieces, (b"</w:tbl>", False)], shown.rows)


def _drawn(view: View) -> Drawn:
    row: Row = view.of
    return row.drawn or Drawn((), False, 0, (1,))


def _shared(widths: Sequence[int], total: int) -> list[int]:
    """The width of the text shared out among columns, in proportion to what they have in the file."""
    return [max(_NARROWEST, total * width // max(sum(widths), 1)) for width in widths]


def _row(
    view: View, house: House, widths: Sequence[int], marks: Numbers, lists: Mapping[str, int]
) -> Iterator[tuple[bytes, bool]]:
    drawn, number = _drawn(view), marks.first + view.number * marks.stride
    yield _ROW % (b"<w:tblHeader/>" if drawn.heads else b""), False
    cells = _filled_up(drawn.cells, len(widths))
    at = 0
    for place, cell in enumerate(cells):
        span = b'<w:gridSpan w:val="%d"/>' % cell.span if cell.span > 1 else b""
        merge = b'<w:vMerge w:val="%b"/>' % cell.merge.encode() if cell.merge else b""
        yield _CELL % (sum(widths[at : at + cell.span]), span, merge), False
        mark = (mark_start(number, view.key), mark_end(number)) if not place else (b"", b"")
        yield _paragraphs(cell, drawn.heads, house, lists, mark), bool(cell.text.strip())
        yield b"</w:tc>", False
        at += cell.span
    yield b"</w:tr>", False


def _filled_up(cells: Sequence[Cell], columns: int) -> Sequence[Cell]:
    """A row with an empty cell for columns that it lacks."""
    missing = columns - sum(cell.span for cell in cells)
    return [*cells, Cell((), missing)] if missing > 0 else cells


def _paragraphs(cell: Cell, heads: bool, house: House, lists: Mapping[str, int], mark: tuple[bytes, bytes]) -> bytes:
    style = house.heading if heads else house.text
    begin = b'<w:pStyle w:val="%b"/>' % style.encode() if style else b""
    begin += b"<w:keepNext/>" if heads else b""
    made = b""
    for text in cell.texts or (CellText(()),):
        made += _PARAGRAPH % (begin + _placed(text, lists), mark[0], runs_bytes(text.runs), mark[1])
        mark = b"", b""
    return made


def _placed(text: CellText, lists: Mapping[str, int]) -> bytes:
    """The number of a paragraph of a cell, and how it is aligned."""
    number = number_in(lists[text.listed.list], text.listed.level) if text.listed else b""
    return number + (b'<w:jc w:val="%b"/>' % text.align.encode() if text.align else b"")

"""What a table of this template looks like: for tables that somebody sent, which have no design of their own here."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.opc import Element
from pipeline.word.styles import Styles
from pipeline.word.xml import PARAGRAPH, ROW, TABLE, VAL, make, qn, style_of

_STYLE, _HEADS = f"{qn('w:tblPr')}/{qn('w:tblStyle')}", f"{qn('w:trPr')}/{qn('w:tblHeader')}"
_SECTION, _SIZE, _EDGES, _WIDTH, _LEFT, _RIGHT = map(qn, ("w:sectPr", "w:pgSz", "w:pgMar", "w:w", "w:left", "w:right"))
_USUAL_WIDTH = 9000


class House(NamedTuple):
    """The ids of the styles of a table, its headings and its other cells, blank where there are none; the width of the
    text, in twips.
    """

    table: str = ""
    heading: str = ""
    text: str = ""
    width: int = _USUAL_WIDTH


def house_of(root: Element, styles: Styles) -> House:
    """The styles that the template calls “Table Heading” and “Table Text”, else those of its first table with a heading
    row.
    """
    ids = {name.casefold(): style for style, name in reversed(styles.names.items())}
    designed, width = _designed(root), _width(root)
    if designed is None:
        return House("", ids.get("table heading", ""), ids.get("table text", ""), width)
    style = next((each.get(VAL, "") for each in designed.iterfind(_STYLE)), "")
    heading = ids.get("table heading") or _first_style(designed, heads=True)
    return House(style, heading, ids.get("table text") or _first_style(designed, heads=False), width)


def _designed(root: Element) -> Element | None:
    """The first table with a style and a heading row, else the first with a style."""
    tables = [table for table in root.iter(TABLE) if table.find(_STYLE) is not None]
    return next((table for table in tables if any(map(_heads, table.iter(ROW)))), next(iter(tables), None))


def _first_style(table: Element, *, heads: bool) -> str:
    """The style of the first paragraph in a heading row, or in another."""
    rows = (row for row in table.iter(ROW) if _heads(row) == heads)
    return next((style_of(each) for row in rows for each in row.iter(PARAGRAPH)), "")


def _heads(row: Element) -> bool:
    return row.find(_HEADS) is not None


def _width(root: Element) -> int:
    """Of the text on the last page set-up's pages."""
    sections = [*root.iter(_SECTION)]
    if not sections:
        return _USUAL_WIDTH
    size, edges = (next(sections[-1].iter(each), make("w:pgSz")) for each in (_SIZE, _EDGES))
    told = [_number(of.get(name, "")) for of, name in ((size, _WIDTH), (edges, _LEFT), (edges, _RIGHT))]
    width = told[0] - told[1] - told[2]
    return width if told[0] and width > 0 else _USUAL_WIDTH


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else 0

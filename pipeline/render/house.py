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
    tables = [table for table in root.iter(TABLE) if table.find(_STYLE) is not None]
    designed = next((table for table in tables if any(_heads(row) for row in table.iter(ROW))), None)
    designed = next(iter(tables), None) if designed is None else designed
    table = "" if designed is None else next(iter(each.get(VAL, "") for each in designed.iterfind(_STYLE)), "")
    rows = [] if designed is None else [*designed.iter(ROW)]
    heading, text = (
        next((style_of(each) for row in rows if _heads(row) == heads for each in row.iter(PARAGRAPH)), "")
        for heads in (True, False)
    )
    return House(table, ids.get("table heading", heading), ids.get("table text", text), _width(root))


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

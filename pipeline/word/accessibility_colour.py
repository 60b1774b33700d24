"""How well letters stand out from what lies behind them (WCAG 2.2, 1.4.3 and its definition of contrast ratio)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.word.stories import Story
from pipeline.word.styles import first_child
from pipeline.word.xml import CELL, ROW, TABLE, VAL, Element, qn, rows

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_SHADE, _FILL = qn("w:shd"), qn("w:fill")
_WHITE = "FFFFFF"
_FIRST_ROW = 0x20
_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0", "black": "000000",
}  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance of a colour such as `1F2A44`: 0 for black, 1 for white."""
    shares = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_colour(text: str) -> bool:
    """Is it a colour in full, such as `1F2A44`, and not `auto`?"""
    return bool(_COLOUR.fullmatch(text))


def fill_of(properties: Element | None) -> str:
    """The colour that shading among these properties lays down, `` for none."""
    shade = first_child(properties, _SHADE)
    fill = "" if shade is None else shade.get(_FILL, "")
    return fill if is_colour(fill) else ""


@dataclass(frozen=True)
class Shading:
    """What lies behind the text of a story."""

    story: Story
    _first_rows: dict[Element, str] = field(default_factory=dict)

    def behind(self, paragraph: Element, run: Element) -> str:
        """The colour behind a run: its own, its paragraph's, its cell's or its table's, else white."""
        marked = first_child(run, qn("w:rPr"), qn("w:highlight"))
        styled = self.story.styles.of_paragraph(paragraph, "shd")
        fill = "" if styled is None else styled.element.get(_FILL, "")
        return (
            _HIGHLIGHTS.get("" if marked is None else marked.get(VAL, ""), "")
            or fill_of(run.find(qn("w:rPr")))
            or (fill if is_colour(fill) else "")
            or self.of_cell(paragraph)
            or _WHITE
        )

    def of_cell(self, paragraph: Element) -> str:
        """The colour of the cell around, set by hand or by the table's style; `` outside tables."""
        cell = next(paragraph.iterancestors(CELL), None)
        if cell is None:
            return ""
        row, table = next(cell.iterancestors(ROW), None), next(cell.iterancestors(TABLE), None)
        if row is None or table is None:
            return ""
        return fill_of(cell.find(qn("w:tcPr"))) or (self.of_first_row(table) if row is next(rows(table), None) else "")

    def of_first_row(self, table: Element) -> str:
        """The colour that a table's style gives its first row, `` where it gives none or is not to."""
        if table not in self._first_rows:
            self._first_rows[table] = self._styled(table) if sets_first_row_apart(table) else ""
        return self._first_rows[table]

    def _styled(self, table: Element) -> str:
        named = first_child(table, qn("w:tblPr"), qn("w:tblStyle"))
        for style in self.story.styles.chain("" if named is None else named.get(VAL, "")):
            for part in style.iterfind(qn("w:tblStylePr")):
                fill = fill_of(part.find(qn("w:tcPr"))) if part.get(qn("w:type")) == "firstRow" else ""
                if fill:
                    return fill
        return ""


def sets_first_row_apart(table: Element) -> bool:
    """Does the table's look ask for a first row of its own design?"""
    look = first_child(table, qn("w:tblPr"), qn("w:tblLook"))
    if look is None:
        return False
    said, bits = look.get(qn("w:firstRow")), look.get(VAL, "0")
    if said is not None:
        return said not in ("0", "false", "off")
    return bool(int(bits, 16) & _FIRST_ROW) if re.fullmatch("[0-9A-Fa-f]{1,8}", bits) else False

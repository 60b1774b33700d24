"""How well letters stand out from what lies behind them (WCAG 2.2, 1.4.3 and its definition of contrast ratio)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.word.styles import DEFAULTS, Found, Styles, first_child
from pipeline.word.xml import CELL, ROW, TABLE, VAL, VML, W14, Element, cells, qn, rows

ENOUGH_CONTRAST = 4.5
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_SHADE, _FILL = qn("w:shd"), qn("w:fill")
_COLOR, _THEME = qn("w:color"), qn("w:themeColor")
_WHITE, _BLACK = "FFFFFF", "000000"
_OF_THEME = {"background1": _WHITE, "light1": _WHITE, "text1": _BLACK, "dark1": _BLACK}
_OF_SCHEME = {"bg1": _WHITE, "lt1": _WHITE, "tx1": _BLACK, "dk1": _BLACK}
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
_APART = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}
_PART_OF_STYLE = {"firstRow": "firstRow", "lastRow": "lastRow", "firstColumn": "firstCol", "lastColumn": "lastCol"}
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
    return shade_of(first_child(properties, _SHADE))


def shade_of(shade: Element | None) -> str:
    """The colour of one shading, `` for none: of its pattern where that covers all, else of what lies under it."""
    if shade is None:
        return ""
    if shade.get(VAL) == "solid":
        pattern = shade.get(_COLOR, "")
        return pattern if is_colour(pattern) else _BLACK
    fill = shade.get(_FILL, "")
    return fill if is_colour(fill) else ""


def ink_of(colour: Element) -> str:
    """The colour that a run's `w:color` gives its letters, `` for one that Word chooses so that it can be seen."""
    theme = colour.get(_THEME, "")
    if theme in _OF_THEME and not any(colour.get(qn(f"w:{name}")) for name in ("themeTint", "themeShade")):
        return _OF_THEME[theme]
    written = colour.get(VAL, "")
    return written if is_colour(written) else ""


def inks_of(filling: Element) -> list[str]:
    """The colours with which Word's own effects (`w14:textFill`) fill letters; empty where one cannot be told."""
    colours = [each for each in filling.iter() if str(each.tag).endswith(("}srgbClr", "}schemeClr"))]
    inks = [_OF_SCHEME.get(written := each.get(f"{W14}val", ""), written) for each in colours]
    changed = any(len(each) for each in colours)
    return [] if changed or not all(map(is_colour, inks)) else inks


def filling_of(styles: Styles, paragraph: Element, run: Element) -> Element | None:
    """What Word's own effects fill the letters of a run with, by itself or by its styles; None for no such effect."""
    own = first_child(run, qn("w:rPr"), f"{W14}textFill")
    styled = None if own is not None else styles.of_run(run, paragraph, "textFill")
    return styled.element if styled else own


@dataclass(frozen=True, slots=True)
class Letters:
    """The look of a run's letters: their colour, what lies behind, and the style that sets the colour, if one does."""

    ink: str
    paper: str
    style: str

    @property
    def contrast(self) -> float:
        """From 1, where nothing can be seen, to 21."""
        return contrast(self.ink, self.paper)


@dataclass(frozen=True)
class Shading:
    """What lies behind the text of a document with these styles."""

    styles: Styles
    _by_table: dict[tuple[Element, str], dict[str, str]] = field(default_factory=dict)

    def letters(self, paragraph: Element, run: Element) -> Letters | None:
        """How a run's letters stand out; None where Word itself chooses a colour that does, or it cannot be told."""
        found = self.styles.of_run(run, paragraph, "color")
        filling = filling_of(self.styles, paragraph, run)
        if filling is not None:
            inks = inks_of(filling)
        elif found is None or self.is_by_table(paragraph, found):
            inks = [self.of_cell(paragraph, "ink")]
        else:
            inks = [ink_of(found.element)]
        paper = self.behind(paragraph, run) if any(inks) else ""
        ink = max(inks, key=lambda each: contrast(each, paper)) if paper else ""
        return Letters(ink, paper, found.style if found else "") if ink else None

    def is_by_table(self, paragraph: Element, found: Found) -> bool:
        """May the style of the table around give another colour, which is stronger than that of ordinary text?"""
        table = next(paragraph.iterancestors(TABLE), None)
        if table is None or found.style not in (DEFAULTS, self.styles.names.get(self.styles.default)):
            return False
        return any(next(each.iter(_COLOR), None) is not None for each in self.chain(table))

    def behind(self, paragraph: Element, run: Element) -> str:
        """The colour behind a run: its own, or its paragraph's, cell's, table's or shape's, else white; `` if a shape's
        cannot be told.
        """
        marked = first_child(run, qn("w:rPr"), qn("w:highlight"))
        shades = (self.styles.of_run(run, paragraph, "shd"), self.styles.of_paragraph(paragraph, "shd"))
        cell = next(paragraph.iterancestors(CELL), None)
        nearest = (
            "" if marked is None else _HIGHLIGHTS.get(marked.get(VAL, ""), ""),
            *(shade_of(shade.element) for shade in shades if shade),
            fill_of(first_child(cell, qn("w:tcPr"))),
            self.of_cell(paragraph, "fill"),
        )
        shape = fill_of_shape(paragraph)
        return next(filter(None, nearest), "" if shape is None else shape or _WHITE)

    def of_cell(self, paragraph: Element, what: str) -> str:
        """The colour that the table's style gives the cell around, as its `fill` or to its `ink`; `` outside tables."""
        cell = next(paragraph.iterancestors(CELL), None)
        row = None if cell is None else next(cell.iterancestors(ROW), None)
        table = None if row is None else next(row.iterancestors(TABLE), None)
        if cell is None or row is None or table is None:
            return ""
        if (table, what) not in self._by_table:
            self._by_table[table, what] = self._styled(table, what)
        fills = self._by_table[table, what]
        return self.by_style(cell, row, table, fills) if fills else ""

    def by_style(self, cell: Element, row: Element, table: Element, fills: dict[str, str]) -> str:
        """The colour that a table's style gives the first or last row or column, or all of it; `` for none."""
        stands = {
            "firstRow": row is next(rows(table), None),
            "lastRow": row.getnext() is None,
            "firstColumn": cell is next(cells(row), None),
            "lastColumn": cell.getnext() is None,
            "": True,
        }
        return next((fills[part] for part, is_there in stands.items() if is_there and fills.get(part)), "")

    def _styled(self, table: Element, what: str) -> dict[str, str]:
        """The colours of a table's style by the part of the table, `` for the whole; those that its look asks for. None
        for letters where the rows have bands of colours.
        """
        found = dict[str, str]()
        for style in self.chain(table):
            parts = {each.get(qn("w:type"), ""): each for each in style.iterfind(qn("w:tblStylePr"))}
            if what == "ink" and _has_bands(parts):
                return {}
            given = {part: colour_of(parts.get(name), what) for part, name in _parts_apart(table)}
            given[""] = colour_of(parts.get("wholeTable"), what) or colour_of(style, what)
            found = {part: found.get(part) or colour for part, colour in given.items()}
        return found

    def chain(self, table: Element) -> Iterator[Element]:
        """The style of a table and all that it is based on."""
        named = first_child(table, qn("w:tblPr"), qn("w:tblStyle"))
        return self.styles.chain("" if named is None else named.get(VAL, ""))


def _has_bands(parts: Mapping[str, Element]) -> bool:
    """Have the rows of a table's style colours in turn?"""
    return any(colour_of(part, "fill") for name, part in parts.items() if "band" in name)


def _parts_apart(table: Element) -> list[tuple[str, str]]:
    """The parts of a table that its look sets apart, each with the name it has in a style."""
    return [(part, name) for part, name in _PART_OF_STYLE.items() if sets_apart(table, part)]


def colour_of(style: Element | None, what: str) -> str:
    """The `fill` or `ink` of a table's style, or of a part of it; `` for none."""
    if what == "fill":
        return fill_of(first_child(style, qn("w:tcPr")))
    colour = first_child(style, qn("w:rPr"), _COLOR)
    return "" if colour is None else ink_of(colour)


def fill_of_shape(paragraph: Element) -> str | None:
    """The colour of the text box around, `` outside of one or where it lets the page through; None where it cannot be
    told: a picture, a run of colours, a colour of the theme.
    """
    shape = next(paragraph.iterancestors(_SHAPE, f"{VML}shape", f"{VML}rect", f"{VML}roundrect"), None)
    if shape is None:
        return ""
    return fill_of_drawn(shape) if shape.tag == _SHAPE else fill_of_vml(shape)


def fill_of_vml(shape: Element) -> str | None:
    """As above, of a shape as Word drew them before 2010."""
    written = shape.get("fillcolor", "#ffffff").partition(" ")[0].lstrip("#")
    written = _HIGHLIGHTS.get(written, written).upper()
    return "" if shape.get("filled") in ("f", "false") else written if is_colour(written) else None


def fill_of_drawn(shape: Element) -> str | None:
    """As above, of a shape as Word draws them today."""
    look = next((each for each in shape if str(each.tag).endswith("}spPr")), None)
    if look is None or look.find(f"{_DRAWN}noFill") is not None:
        return ""
    if (plain := look.find(f"{_DRAWN}solidFill")) is not None:
        colour = plain.find(f"{_DRAWN}srgbClr")
        return None if colour is None else colour.get("val", _WHITE)
    drawn = any(look.find(f"{_DRAWN}{name}") is not None for name in ("gradFill", "blipFill", "pattFill", "grpFill"))
    return None if drawn or next(shape.iter(f"{_DRAWN}fillRef"), None) is not None else ""


def sets_apart(table: Element, part: str) -> bool:
    """Does the table's look ask for a design of its own for a part, such as `firstRow`?"""
    look = first_child(table, qn("w:tblPr"), qn("w:tblLook"))
    if look is None:
        return False
    said, bits = look.get(qn(f"w:{part}")), look.get(VAL, "0")
    if said is not None:
        return said not in ("0", "false", "off")
    return bool(int(bits, 16) & _APART[part]) if re.fullmatch("[0-9A-Fa-f]{1,8}", bits) else False

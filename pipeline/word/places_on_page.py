"""Where on its page a paragraph stands: outside of it, or in a row, frame or text box that is too small to show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.word.styles import Styles, first_child
from pipeline.word.xml import DRAWING, PARAGRAPH, ROW, TABLE, VML, Element, first_of, paragraphs, qn

_TWIPS_A_POINT, _EMU_A_TWIP = 20, 635
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LENGTH = re.compile(r"(?:^|;)\s*(left|top|margin-left|margin-top|width|height)\s*:\s*(-?[\d.]+)\s*(pt|in|cm|mm|px)?")
_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 566.9, "mm": 56.69, "px": 15.0, "": 20.0}
_SLACK = 20  # twips: what a rounding may put over the edge
OFF, _SMALL = "off the page", "in a {} of no size"
_PICTURE, _FILLED = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", "{*}spPr/{*}solidFill"
_OF_TEXT = frozenset(("column", "character", "margin", "paragraph", "line"))
_LINE = 200  # twips: the least height of a line


class Page(NamedTuple):
    """A page in twips: its size, and what stays free at its left and its top."""

    width: float = 11906
    height: float = 16838
    left: float = 1440
    top: float = 1440


class _Box(NamedTuple):
    """A box on a page in twips; None where its place or its size is Word's to choose."""

    left: float | None = None
    top: float | None = None
    width: float | None = None
    height: float | None = None

    def is_off(self, page: Page) -> bool:
        """Does no part of it lie on the page?"""
        across = _beyond(self.left, self.width, page.width)
        return across or _beyond(self.top, self.height, page.height)

    def is_smaller(self, least: float) -> bool:
        """Is it too narrow or too low for letters?"""
        return any(each is not None and each < least for each in (self.width, self.height))


def pages_of(root: Element) -> dict[Element, Page]:
    """The page of every paragraph: that of its section, which ends with the page's measures."""
    found, waiting = dict[Element, Page](), list[Element]()
    for paragraph in paragraphs(root):
        waiting.append(paragraph)
        section = first_child(paragraph, qn("w:pPr"), qn("w:sectPr"))
        if section is not None:
            found |= dict.fromkeys(waiting, _page(section))
            waiting = []
    last = first_child(root, qn("w:body"), qn("w:sectPr"))
    return found | dict.fromkeys(waiting, Page() if last is None else _page(last))


def _page(section: Element) -> Page:
    size, free = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    usual = Page()
    return Page(
        _length(size, "w:w") or usual.width,
        _length(size, "w:h") or usual.height,
        usual.left if (left := _length(free, "w:left")) is None else left,
        usual.top if (top := _length(free, "w:top")) is None else abs(top),
    )


def too_small(paragraph: Element, points: float) -> str:
    """What around a paragraph is too small to show letters of so many points; blank where nothing is."""
    least = points * _TWIPS_A_POINT
    if any(_is_low(row, least) for row in paragraph.iterancestors(ROW)):
        return "in a row of no height"
    frame = first_child(paragraph, qn("w:pPr"), qn("w:framePr"))
    exact = frame is not None and frame.get(qn("w:hRule")) == "exact"
    if _is_less(_length(frame, "w:w"), least) or (exact and _is_less(_length(frame, "w:h"), least)):
        return _SMALL.format("frame")
    return _SMALL.format("text box") if any(box.is_smaller(least) for box in _boxes(paragraph, Page())) else ""


def _is_low(row: Element, least: float) -> bool:
    height = first_child(row, qn("w:trPr"), qn("w:trHeight"))
    exact = height is not None and height.get(qn("w:hRule")) == "exact"
    return exact and (_length(height, "w:val") or 0) < least


def off_the_page(paragraph: Element, styles: Styles, page: Page) -> str:
    """“off the page” where a paragraph begins, or its frame or text box lies, outside of it; else blank."""
    boxes = (*_boxes(paragraph, page), _frame(paragraph, page))
    return OFF if any(box.is_off(page) for box in boxes) or _begins_off(paragraph, styles, page) else ""


def is_covered(paragraph: Element, styles: Styles) -> bool:
    """Does a picture, or a filled shape, that floats in front of the text lie on the first words of its own paragraph?

    What it covers of other paragraphs is known only once the pages are made.
    """
    return any(_lies_on(each, paragraph, styles) for each in paragraph.iter(f"{DRAWING}anchor"))


def _lies_on(anchor: Element, paragraph: Element, styles: Styles) -> bool:
    in_front = anchor.get("behindDoc") in ("0", "false", None) and anchor.find(f"{DRAWING}wrapNone") is not None
    opaque = next(anchor.iter(_PICTURE), None) is not None or next(anchor.iterfind(f".//{_FILLED}"), None) is not None
    if not in_front or not opaque or next(anchor.iterancestors(PARAGRAPH), None) is not paragraph:
        return False
    indent, extent = styles.of_paragraph(paragraph, "ind"), anchor.find(f"{DRAWING}extent")
    begins = (_length(indent.element, "w:left") or 0.0) if indent else 0.0
    left, top = _beside_text(anchor, "H"), _beside_text(anchor, "V")
    if left is None or top is None:
        return False
    reaches = left + (_emu(extent, "cx") or 0) > begins + _LINE and top + (_emu(extent, "cy") or 0) >= _LINE
    return left <= begins and top <= 0 and reaches


def _beside_text(anchor: Element, way: str) -> float | None:
    """How far from its own text an anchored drawing begins, in twips; None where it is placed by the page."""
    place = anchor.find(f"{DRAWING}position{way}")
    if (
        place is None
        or place.get("relativeFrom") not in _OF_TEXT
        or (way, place.get("relativeFrom")) == ("V", "margin")
    ):
        return None
    written = (place.findtext(f"{DRAWING}posOffset") or "").strip()
    if _is_number(written):
        return float(written) / _EMU_A_TWIP
    return 0 if (place.findtext(f"{DRAWING}align") or "").strip() in ("left", "top") else None


def _begins_off(paragraph: Element, styles: Styles, page: Page) -> bool:
    indent = styles.of_paragraph(paragraph, "ind")
    if indent is None:
        return False
    left, start, first, hanging = (
        _length(indent.element, f"w:{name}") or 0.0 for name in ("left", "start", "firstLine", "hanging")
    )
    at = left or start
    begins = at - hanging if hanging else at + first
    free = 0 if first_of(paragraph, TABLE) is not None else page.left
    return free + begins >= page.width or page.left + max(begins, at) < -_SLACK


def _frame(paragraph: Element, page: Page) -> _Box:
    frame = first_child(paragraph, qn("w:pPr"), qn("w:framePr"))
    if frame is None:
        return _Box()
    across = 0 if frame.get(qn("w:hAnchor")) == "page" else page.left
    down = 0 if frame.get(qn("w:vAnchor")) == "page" else page.top
    return _Box(
        _from(across, _length(frame, "w:x")),
        _from(down, _length(frame, "w:y")),
        _length(frame, "w:w"),
        _length(frame, "w:h"),
    )


def is_table_off(table: Element, page: Page) -> bool:
    """Does a table begin outside of its page?"""
    look = table.find(qn("w:tblPr"))
    indent, floating = first_child(look, qn("w:tblInd")), first_child(look, qn("w:tblpPr"))
    if floating is not None:
        across = 0 if floating.get(qn("w:horzAnchor")) == "page" else page.left
        down = 0 if floating.get(qn("w:vertAnchor")) == "page" else page.top
        left = _from(across, _length(floating, "w:tblpX"))
        return _Box(left, _from(down, _length(floating, "w:tblpY"))).is_off(page)
    nested = next(table.iterancestors(TABLE), None) is not None
    return not nested and _Box(_from(page.left, _length(indent, "w:w"))).is_off(page)


def _boxes(paragraph: Element, page: Page) -> Iterator[_Box]:
    """The text boxes around a paragraph, as Word draws them today and as it did before."""
    for each in paragraph.iterancestors(f"{DRAWING}anchor", f"{DRAWING}inline"):
        extent = each.find(f"{DRAWING}extent")
        left, top = _offset(each, "H", page.left), _offset(each, "V", page.top)
        yield _Box(left, top, _emu(extent, "cx"), _emu(extent, "cy"))
    for each in paragraph.iterancestors(f"{VML}shape", f"{VML}rect", f"{VML}roundrect"):
        style = each.get("style", "")
        found = {name: float(size) * _UNITS[unit] for name, size, unit in _LENGTH.findall(style) if _is_number(size)}
        if "absolute" not in style:
            found = {name: found[name] for name in ("width", "height") if name in found}
        left, top = (
            _from(edge, found.get(f"margin-{side}", found.get(side)))
            for edge, side in ((page.left, "left"), (page.top, "top"))
        )
        yield _Box(left, top, found.get("width"), found.get("height"))


def _offset(anchor: Element, way: str, edge: float) -> float | None:
    """Where an anchored drawing begins, from the page's own edge; None where Word aligns it."""
    place = anchor.find(f"{DRAWING}position{way}")
    offset = None if place is None else place.find(f"{DRAWING}posOffset")
    text = "" if offset is None else (offset.text or "").strip()
    if place is None or not _is_number(text):
        return None
    return float(text) / _EMU_A_TWIP + (0 if place.get("relativeFrom") == "page" else edge)


def _beyond(start: float | None, size: float | None, end: float) -> bool:
    """Does a stretch begin after the end, or end before the start? One of unknown size may be as long as the page."""
    return start is not None and (start >= end or start + (end if size is None else size) < -_SLACK)


def _from(edge: float, length: float | None) -> float | None:
    return None if length is None else edge + length


def _is_less(length: float | None, least: float) -> bool:
    return length is not None and 0 < abs(length) < least


def _length(element: Element | None, name: str) -> float | None:
    """A measure in twips; None where there is none."""
    written = "" if element is None else element.get(qn(name), "")
    return float(written) if _is_number(written) else None


def _emu(element: Element | None, name: str) -> float | None:
    written = "" if element is None else element.get(name, "")
    return float(written) / _EMU_A_TWIP if _is_number(written) else None


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))

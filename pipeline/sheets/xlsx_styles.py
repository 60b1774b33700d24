"""What each cell style of a workbook says of its values: the number format, and whether the font is struck through."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pipeline.read.packages import Package
from pipeline.read.xml import KNOWN_BYTES, parse
from pipeline.sheets.number_formats.built_in import BUILT_IN


class Style(NamedTuple):
    """A cell style, as far as values need it."""

    format: str = "General"
    struck: bool = False


PLAIN = Style()


def read_styles(package: Package, part: str) -> list[Style]:
    """The cell styles in the order in which cells refer to them; empty where the workbook has none.

    Colours, fills and names are not looked at, so that a fault in them stops nothing. Raises PaperError as `parse`.
    """
    if package.size(part) > KNOWN_BYTES:
        return _styles_in(package.chunks(part), package.name)
    return known_styles(package.read(part), package.name) if package.has(part) else []


@lru_cache(maxsize=64)
def known_styles(content: bytes, name: str) -> list[Style]:
    """The styles in a part, worked out once: workbooks made from one another keep their styles from month to month."""
    return _styles_in((content,), name)


def _styles_in(chunks: Iterable[bytes], name: str) -> list[Style]:
    reader = _Reader()
    parse(chunks, name, reader.start, reader.end)
    return [reader.style(number, font) for number, font in reader.cells]


class _Reader:
    def __init__(self) -> None:
        self.formats: dict[int, str] = dict(BUILT_IN)
        self.fonts: list[bool] = []
        self.cells: list[tuple[int, int]] = []
        self.within = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self.within = name
        elif name == "numFmt" and self.within != "dxfs":
            self.formats[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "General")
        elif name == "font" and self.within == "fonts":
            self.fonts.append(False)
        elif name == "strike" and self.within == "fonts" and self.fonts:
            self.fonts[-1] = true(attributes.get("val", "1"))
        elif name == "xf" and self.within == "cellXfs":
            self.cells.append((whole(attributes.get("numFmtId")), whole(attributes.get("fontId"))))

    def end(self, name: str) -> None:
        if name == self.within:
            self.within = ""

    def style(self, number: int, font: int) -> Style:
        struck = font < len(self.fonts) and self.fonts[font]
        return Style(self.formats.get(number, "General"), struck)


def whole(text: str | None) -> int:
    """The number from 0 that an attribute gives; 0 where it is absent or no such number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def true(text: str | None) -> bool:
    """Does an attribute say yes? (The formats allow 1, true and on.)"""
    return text in ("1", "true", "on")

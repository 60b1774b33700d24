"""What all parts of an Excel workbook have in common: elements, texts, escapes, attributes."""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple

from pipeline.opc import Attributes, Reader

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class Text(NamedTuple):
    """A text, and whether all of it, or a part of it, is struck through."""

    text: str
    struck: bool = False
    part_struck: bool = False


class Part(Reader):
    """A part with elements of spreadsheets, of either edition of the standard (ECMA-376 transitional or strict)."""

    spaces: ClassVar = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )


class Texts(Part):
    """A part with texts: each of an element `t` or of several in runs `r`; readings `rPh` are passed over."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[bool] = []
        self._in_reading = self._run_struck = False

    def take(self) -> Text:
        """The text gathered so far; the next one begins."""
        text, runs = decode("".join(self.pieces)), self.runs
        self.pieces, self.runs = [], []
        if True not in runs:
            return Text(text)
        return Text(text, all(runs), not all(runs))

    def _open_run(self, _: Attributes) -> None:
        self._run_struck = False

    def _close_run(self) -> None:
        self._run_struck = False

    def _strike(self, attributes: Attributes) -> None:
        self._run_struck = is_true(attributes.get("val", "1"))

    def _open_reading(self, _: Attributes) -> None:
        self._in_reading = True

    def _close_reading(self) -> None:
        self._in_reading = False

    def _open_text(self, _: Attributes) -> None:
        if not self._in_reading:
            self.taking = True
            self.runs.append(self._run_struck)

    def _close_text(self) -> None:
        self.taking = False

    opens: ClassVar = {"r": _open_run, "strike": _strike, "rPh": _open_reading, "t": _open_text}
    closes: ClassVar = {"r": _close_run, "rPh": _close_reading, "t": _close_text}


def decode(text: str) -> str:
    """Excel's `_x000D_` escapes as the characters they stand for (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    return _PAIR.sub(_joined, _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def whole(text: str | None) -> int:
    """The number from 0 that an attribute gives; 0 where it is absent or no such number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def is_true(text: str | None) -> bool:
    """Does an attribute say yes? (The formats allow 1, true and on.)"""
    return text in ("1", "true", "on")

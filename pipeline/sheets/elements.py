"""A part of a workbook as its elements pass by: however large it is, no more of it is held than what is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, NamedTuple, Self
from xml.etree.ElementTree import ParseError, XMLParser

from pipeline.problems import PaperError
from pipeline.read.refusals import damaged, unsafe

DEPTH = 200
_EDITIONS = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")

Attributes = dict[str, str]


class Text(NamedTuple):
    """A text, and whether all of it, or a part of it, is struck through."""

    text: str
    struck: bool = False
    part_struck: bool = False


class Part:
    """Reads a part: `opens` and `closes` have a method for each element that matters, by its name.

    Only elements of spreadsheets count, of either edition of the standard (ECMA-376 transitional or strict), whatever
    their prefix. While `taking` is on, the characters between them are put into `pieces`.
    """

    opens: ClassVar[Mapping[str, Callable[[Any, Attributes], None]]] = {}
    closes: ClassVar[Mapping[str, Callable[[Any], None]]] = {}
    _opens: ClassVar[Mapping[str, Callable[[Any, Attributes], None]]] = {}
    _closes: ClassVar[Mapping[str, Callable[[Any], None]]] = {}

    def __init__(self, file: str) -> None:
        self.file = file
        self.pieces: list[str] = []
        self.taking = False
        self._depth = 0

    def __init_subclass__(cls) -> None:
        """The methods by the elements' full names."""
        cls._opens = {edition + name: method for edition in _EDITIONS for name, method in cls.opens.items()}
        cls._closes = {edition + name: method for edition in _EDITIONS for name, method in cls.closes.items()}

    def read(self, chunks: Iterable[bytes]) -> Self:
        """Raises PaperError: I113 where the part is not well formed or nested beyond reason, I117 where it has a
        document type, which no Office program writes: with one, a short part could grow without bound.
        """
        parser = XMLParser(target=self)  # noqa: S314 (a document type is refused below)
        try:
            for chunk in chunks:
                parser.feed(chunk)
            parser.close()
        except (ParseError, LookupError, ValueError) as fault:
            raise PaperError(damaged(self.file)) from fault
        return self

    def start(self, tag: str, attributes: Attributes) -> None:
        """The parser met the start of an element."""
        self._depth += 1
        if self._depth > DEPTH:
            raise PaperError(damaged(self.file))
        if opened := self._opens.get(tag):
            opened(self, attributes)

    def end(self, tag: str) -> None:
        """The parser met the end of an element."""
        self._depth -= 1
        if closed := self._closes.get(tag):
            closed(self)

    def data(self, text: str) -> None:
        """The parser met characters."""
        if self.taking:
            self.pieces.append(text)

    def doctype(self, *_: object) -> None:
        """The parser met a document type."""
        raise PaperError(unsafe(self.file))

    def close(self) -> None:
        """The parser met the end of the part."""


class Texts(Part):
    """A part with texts: each of an element `t` or of several in runs `r`; readings `rPh` are passed over."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
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

"""The parts of an Excel workbook beside its sheets: the outline, the shared texts, the styles, the notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from pipeline.opc import Attributes, Reader, Unsound
from pipeline.patterns import Pattern
from pipeline.sheets.number_formats import BUILT_IN
from pipeline.sheets.workbook import Style, Text, parse_address

LONGEST_NOTE = 2000
"""Characters of one note; no more is kept."""
_ESCAPE = Pattern(r"_x([0-9A-Fa-f]{4})_")
_PAIR = Pattern("[\ud800-\udbff][\udc00-\udfff]")


class BookPart(Reader):
    """A part with elements of spreadsheets, of either edition of the standard (ECMA-376 transitional or strict)."""

    spaces: ClassVar = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )


class Texts(BookPart):
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


class Outline(BookPart):
    """What the workbook part says: sheets as (name, state, id of the relationship), the date system, and whether Excel
    is to work everything out when it opens the file (ECMA-376 part 1, 18.2.2), as programs ask that cannot.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.date_1904 = self.to_calculate = False

    def _sheet(self, attributes: Attributes) -> None:
        link = next((value for key, value in attributes.items() if key.endswith("}id")), "")
        self.sheets.append((attributes.get("name", ""), attributes.get("state", ""), link))

    def _properties(self, attributes: Attributes) -> None:
        self.date_1904 = is_true(attributes.get("date1904"))

    def _calculation(self, attributes: Attributes) -> None:
        self.to_calculate = is_true(attributes.get("fullCalcOnLoad"))

    opens: ClassVar = {"sheet": _sheet, "workbookPr": _properties, "calcPr": _calculation}


class SharedTexts(Texts):
    """The texts that cells share, in the order by which cells refer to them. Raises Unsound past `most` of them."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.texts: list[Text] = []
        self._most = most

    def _close_shared(self) -> None:
        self.texts.append(self.take())
        if len(self.texts) > self._most:
            raise Unsound("too large")

    closes: ClassVar = Texts.closes | {"si": _close_shared}


class Notes(Texts):
    """The text of each note of a sheet by its cell's address, the words of its author's name too.

    A conversation of the newer kind has a note of the older kind beside it with its words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.notes: dict[str, str] = {}
        self._at = ""

    def _open_comment(self, attributes: Attributes) -> None:
        self._at = attributes.get("ref", "")

    def _close_comment(self) -> None:
        self.notes[self._at] = (self.notes.get(self._at, "") + self.take().text)[:LONGEST_NOTE]

    opens: ClassVar = Texts.opens | {"comment": _open_comment}
    closes: ClassVar = Texts.closes | {"comment": _close_comment}


class TablePart(BookPart):
    """A table that officers made with Excel's own command, as far as it has rows of totals."""

    def __init__(self) -> None:
        super().__init__()
        self.totals = range(0)

    def _table(self, attributes: Attributes) -> None:
        last = parse_address(attributes.get("ref", "").partition(":")[2])
        if last:
            self.totals = range(last[0] - whole(attributes.get("totalsRowCount")) + 1, last[0] + 1)

    opens: ClassVar = {"table": _table}


class Styles(BookPart):
    """The cell styles in the order by which cells refer to them.

    Colours, fills and names are not looked at, so that a fault in them stops nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[tuple[int, int]] = []
        self._formats = dict(BUILT_IN)
        self._fonts: list[bool] = []
        self._differential = False

    @property
    def styles(self) -> Sequence[Style]:
        """The styles by their numbers."""
        struck = dict(enumerate(self._fonts))
        return [Style(self._formats.get(number, "General"), struck.get(font, False)) for number, font in self._cells]

    def _open_differential(self, _: Attributes) -> None:
        self._differential = True

    def _close_differential(self) -> None:
        self._differential = False

    def _format(self, attributes: Attributes) -> None:
        if not self._differential:
            self._formats[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "General")

    def _font(self, _: Attributes) -> None:
        if not self._differential:
            self._fonts.append(False)

    def _strike(self, attributes: Attributes) -> None:
        if self._fonts and not self._differential:
            self._fonts[-1] = is_true(attributes.get("val", "1"))

    def _base_styles(self, _: Attributes) -> None:
        self._cells = []

    def _cell_style(self, attributes: Attributes) -> None:
        self._cells.append((whole(attributes.get("numFmtId")), whole(attributes.get("fontId"))))

    opens: ClassVar = {
        "dxf": _open_differential,
        "numFmt": _format,
        "font": _font,
        "strike": _strike,
        "cellXfs": _base_styles,
        "xf": _cell_style,
    }
    closes: ClassVar = {"dxf": _close_differential}

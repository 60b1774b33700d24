"""An Excel workbook (.xlsx, .xlsm, strict or not) from its bytes: no cell format, dimension or macro can stop it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar, TypeVar

from pipeline.opc import Attributes, Package, Relationship, main_part, relationships
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.sheets.cells import Book, SheetPart, Style, parse_address, too_many
from pipeline.sheets.elements import Part, Text, Texts, is_true, whole
from pipeline.sheets.number_formats import BUILT_IN
from pipeline.sheets.workbook import Limits, Sheet, State, Workbook
from pipeline.text import match_key

LONGEST_NOTE = 2000
"""Characters of one note; no more is kept."""
_STATES: Mapping[str, State] = {"hidden": "hidden", "veryHidden": "very hidden"}


def read_xlsx(package: Package, name: str, wanted: Collection[str] | None, limits: Limits) -> Workbook:
    """The workbook in a packed file; see `sheets.read`. Raises PaperError (I115, I120) and Unsound."""
    main = main_part(package) or "xl/workbook.xml"
    links = relationships(package, main)
    outline = _Outline().read(package.chunks(main))
    texts = _read(_SharedTexts(name, limits.texts), package, links, "sharedStrings").texts
    styles = _read(_Styles(), package, links, "styles").styles
    book = Book(name, texts, styles, outline.date_1904, limits)
    keys = None if wanted is None else {match_key(sheet) for sheet in wanted}
    worksheets = {link.id: link.target for link in links if link.kind == "worksheet"}
    sheets = [
        _sheet(package, worksheets[link], book, title, state)
        if keys is None or match_key(title) in keys
        else Sheet(title, {}, state, read=False)
        for title, state, link in outline.sheets
        if link in worksheets
    ]
    if not sheets:
        raise PaperError(_no_sheets(name))
    return Workbook(name, tuple(sheets), outline.date_1904)


def _sheet(package: Package, part: str, book: Book, title: str, state: State) -> Sheet:
    cells = SheetPart(title, book).read(package.chunks(part))
    notes = _read(_Notes(), package, relationships(package, part), "comments").notes
    return cells.sheet(state, notes)


P = TypeVar("P", bound=Part)


def _read(part: P, package: Package, links: Sequence[Relationship], kind: str) -> P:
    """The part of this kind that is linked to, read; as it is where there is none."""
    found = next((link.target for link in links if link.kind == kind and link.target in package), "")
    return part.read(package.chunks(found)) if found else part


class _Outline(Part):
    """What the workbook part says: sheets as (name, state, id of the relationship), and the date system."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, State, str]] = []
        self.date_1904 = False

    def _sheet(self, attributes: Attributes) -> None:
        link = next((value for key, value in attributes.items() if key.endswith("}id")), "")
        self.sheets.append((attributes.get("name", ""), _STATES.get(attributes.get("state", ""), "visible"), link))

    def _properties(self, attributes: Attributes) -> None:
        self.date_1904 = is_true(attributes.get("date1904"))

    opens: ClassVar = {"sheet": _sheet, "workbookPr": _properties}


class _SharedTexts(Texts):
    """The texts that cells share, in the order by which cells refer to them."""

    def __init__(self, file: str, most: int) -> None:
        super().__init__()
        self.texts: list[Text] = []
        self._file, self._most = file, most

    def _close_shared(self) -> None:
        self.texts.append(self.take())
        if len(self.texts) > self._most:
            raise too_many(Place(self._file), f"{self._most:,} different texts")

    closes: ClassVar = Texts.closes | {"si": _close_shared}


class _Notes(Texts):
    """The text of each note of a sheet by row and column, the words of its author's name too.

    A conversation of the newer kind has a note of the older kind beside it with its words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.notes: dict[tuple[int, int], str] = {}
        self._at: tuple[int, int] | None = None

    def _open_comment(self, attributes: Attributes) -> None:
        self._at = parse_address(attributes.get("ref", ""))

    def _close_comment(self) -> None:
        said = self.take().text
        if self._at:
            self.notes[self._at] = (self.notes.get(self._at, "") + said)[:LONGEST_NOTE]

    opens: ClassVar = Texts.opens | {"comment": _open_comment}
    closes: ClassVar = Texts.closes | {"comment": _close_comment}


class _Styles(Part):
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


def _no_sheets(name: str) -> Problem:
    return error(
        "I120",
        Place(name),
        f"“{name}” has no sheet of cells.",
        "Open it in Excel, put the rows on an ordinary sheet, and save.",
    )

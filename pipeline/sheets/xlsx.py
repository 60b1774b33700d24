"""An Excel workbook (.xlsx, .xlsm, strict or not) from its bytes: no cell format, dimension or macro can stop it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from pipeline.problems import PaperError, Place, Problem, error
from pipeline.read.packages import Package, open_package
from pipeline.read.relationships import Link, links_of, main_part, part_of
from pipeline.read.xml import KNOWN_BYTES, leaf, parse
from pipeline.sheets.workbook import Sheet, State, Workbook
from pipeline.sheets.xlsx_cells import Budget, CellMaker
from pipeline.sheets.xlsx_notes import notes_of
from pipeline.sheets.xlsx_quick import Unusual, read_quickly
from pipeline.sheets.xlsx_sheet import Gathered, read_sheet
from pipeline.sheets.xlsx_strings import read_strings
from pipeline.sheets.xlsx_styles import read_styles, true
from pipeline.text import match_key

_STATES: dict[str, Literal["hidden", "very hidden"]] = {"hidden": "hidden", "veryHidden": "very hidden"}


@dataclass(slots=True)
class _Outline:
    """What the workbook part says: sheets as (name, state, id of the relationship), and the date system."""

    sheets: list[tuple[str, State, str]] = field(default_factory=list)
    date_1904: bool = False


def read_xlsx(content: bytes, name: str, wanted: Collection[str] | None = None) -> Workbook:
    """The workbook in these bytes; see `spreadsheets.read_workbook`. Raises PaperError (I113-I117, I120)."""
    package = open_package(content, name)
    main = main_part(package, "xl/workbook.xml")
    links = links_of(package, main)
    outline = _outline(package, main)
    strings = read_strings(package, part_of(links, "sharedStrings"))
    maker = CellMaker(strings, read_styles(package, part_of(links, "styles")), outline.date_1904)
    keys = None if wanted is None else {match_key(sheet) for sheet in wanted}
    budget, sheets = Budget(name), []
    for title, state, link in outline.sheets:
        target = links.get(link, Link("", ""))
        if target.kind != "worksheet":
            continue
        if keys is None or match_key(title) in keys:
            sheet = _gather(package, target.part, title, maker, budget).sheet(title, state)
            sheets.append(replace(sheet, notes=notes_of(package, target.part)))
        else:
            sheets.append(Sheet(title, {}, state, read=False))
    if not sheets:
        raise PaperError(_no_sheets(name))
    return Workbook(name, tuple(sheets), outline.date_1904)


def _gather(package: Package, part: str, title: str, maker: CellMaker, budget: Budget) -> Gathered:
    spent = budget.cells, budget.characters
    try:
        return read_quickly(package.chunks(part, 1 << 18), title, maker, budget)
    except Unusual:
        budget.cells, budget.characters = spent
        return read_sheet(package.chunks(part), title, maker, budget)


def _outline(package: Package, part: str) -> _Outline:
    if package.size(part) > KNOWN_BYTES or not package.has(part):
        return _outline_in(package.chunks(part), package.name)
    return _known_outline(package.read(part), package.name)


@lru_cache(maxsize=64)
def _known_outline(content: bytes, name: str) -> _Outline:
    """The outline in a part, worked out once: the sheets of a workbook stay the same from month to month."""
    return _outline_in((content,), name)


def _outline_in(chunks: Iterable[bytes], file: str) -> _Outline:
    outline = _Outline()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if leaf(key) == "id"), "")
            state: State = _STATES.get(attributes.get("state", ""), "visible")
            outline.sheets.append((attributes.get("name", ""), state, link))
        elif name == "workbookPr":
            outline.date_1904 = true(attributes.get("date1904"))

    parse(chunks, file, start)
    return outline


def _no_sheets(name: str) -> Problem:
    return error(
        "I120", Place(name), f"“{name}” has no sheet of cells.",
        "Open it in Excel, put the rows on an ordinary sheet, and save.",
    )  # fmt: skip

"""A checked copy of a workbook: each cell with a problem coloured, and on it a comment with the cure.

Rows that may not be public are blank in it, and so is every other cell that says what they say.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any

from pipeline.opc import Package, write
from pipeline.problems import Level, Problem

FILLS: Mapping[Level, str] = {Level.ERROR: "FFC7CE", Level.WARNING: "FFEB9C", Level.NOTE: "DDEBF7"}
ORDER = list(Level)
SHEETS = 20_000_000
"""Bytes of all sheets unpacked, above which no copy is made: it would take minutes."""
ONE, ALL = 10_000, 200_000
"""Cells in one merged range, and in all of a sheet, that are kept merged in the copy."""
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*>")
_CORNERS = re.compile(rb'\sref="\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})"')


class NotCopied(ValueError):
    """No checked copy can be made; the message says why, without its full stop."""


def checked_copy(
    content: bytes,
    problems: Iterable[Problem],
    withheld: Collection[tuple[str, int]] = (),
    private: Callable[[str], bool] = lambda _: False,
) -> bytes:
    """The workbook with its problems on their cells. The original is not touched. Raises NotCopied where it cannot be.

    `withheld` are the rows that may not be public, by sheet and number; `private` says of a text whether it says what
    they say.
    """
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    workbook = _opened(content, keep_links=not withheld)
    for sheet in workbook.worksheets if withheld else ():
        without_rows(sheet, {row for name, row in withheld if name == sheet.title}, private)
    for (name, cell), found in by_cell(problems).items():
        if name in workbook.sheetnames:
            worst = min((each.level for each in found), key=ORDER.index)
            target = workbook[name][cell]
            if type(target).__name__ != "MergedCell":
                target.fill = PatternFill("solid", fgColor=FILLS[worst])
                target.comment = Comment(words(found, target.comment), "Committee papers", height=140, width=320)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _opened(content: bytes, *, keep_links: bool) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(loadable(content)), keep_links=keep_links)
    except NotCopied:
        raise
    except Exception:
        raise NotCopied("it holds something that a checked copy cannot keep") from None


def without_rows(sheet: Any, rows: AbstractSet[int], private: Callable[[str], bool]) -> None:
    """Blanks rows of a sheet, and whatever else in it says what they say: cells, notes on cells, lists to choose from,
    and what pivot tables remember.
    """
    shared = {
        (each.min_row, each.min_col)
        for each in sheet.merged_cells.ranges
        if not rows >= {*range(each.min_row, each.max_row + 1)}
    }
    for cell in chain.from_iterable(sheet.iter_rows()):
        if type(cell).__name__ != "MergedCell":
            _blank(cell, private, inside=cell.row in rows and (cell.row, cell.column) not in shared)
    sheet._pivots = []
    lists = sheet.data_validations.dataValidation
    sheet.data_validations.dataValidation = [each for each in lists if not private(str(each.formula1 or ""))]


def _blank(cell: Any, private: Callable[[str], bool], *, inside: bool) -> None:
    """Blanks a cell and its note: both `inside` a withheld row, elsewhere what says what such a row says."""
    if inside or (cell.value is not None and private(str(cell.value))):
        cell.value, cell.hyperlink = None, None
    if cell.comment is not None and (inside or private(cell.comment.text)):
        cell.comment = None


def by_cell(problems: Iterable[Problem]) -> dict[tuple[str, str], list[Problem]]:
    """The problems that stand at a cell, by sheet and cell."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for each in problems:
        if each.place.sheet and each.place.cell and ":" not in each.place.cell:
            found.setdefault((each.place.sheet, each.place.cell), []).append(each)
    return found


def words(found: Iterable[Problem], own: object) -> str:
    """What the comment says; an officer's own comment on the cell stays at its end."""
    lines = [f"{each.level} {each.code}: {each.message}\n{each.cure}".strip() for each in found]
    text = getattr(own, "text", "")
    return "\n\n".join([*lines, text] if text else lines)


def loadable(content: bytes) -> bytes:
    """The workbook without merged ranges that are too large to be kept; itself where there are none.

    openpyxl makes an object of every cell in merged ranges: one over a whole sheet, which Excel allows, would fill the
    memory. Raises NotCopied where the sheets are too long, Unsound for a file that is no sound package.
    """
    package = Package(content)
    sheets = [name for name in package if "/worksheets/" in name]
    if sum(map(package.size, sheets)) > SHEETS:
        raise NotCopied("it is too large for a checked copy")
    changed = {name: fit for name in sheets if (fit := without_vast_merges(package[name]))}
    return write({**package, **changed}) if changed else content


def without_vast_merges(sheet: bytes) -> bytes | None:
    """A sheet's XML without the ranges that are too large; None where it has none."""
    left = ALL

    def kept(found: re.Match[bytes]) -> bytes:
        nonlocal left
        size = cells_in(found[0])
        if size > ONE or size > left:
            return b""
        left -= size
        return found[0]

    fit = _MERGE.sub(kept, sheet)
    return fit if len(fit) < len(sheet) else None


def cells_in(merge: bytes) -> int:
    """The number of cells in a merged range; none where it names no range."""
    corners = _CORNERS.search(merge)
    if corners is None:
        return 0
    left, top, right, bottom = corners.groups()
    return (abs(column(right) - column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def column(letters: bytes) -> int:
    """The number of a column: 1 for A, 28 for AB."""
    number = 0
    for each in letters.upper():
        number = number * 26 + each - 64
    return number

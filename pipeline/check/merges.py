"""A workbook made fit to be opened for a checked copy: openpyxl makes an object of every cell in merged ranges, so that
one merge over a whole sheet, which Excel allows, would fill the memory.
"""

from __future__ import annotations

import io
import re
import zipfile

SHEETS = 20_000_000
"""Bytes of all sheets unpacked, above which no copy is made: it would take minutes."""
ONE, ALL = 10_000, 200_000
"""Cells in one merged range, and in all of a sheet, that are kept merged in the copy."""
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*>")
_CORNERS = re.compile(rb'\sref="\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})"')


class TooLarge(ValueError):
    """A workbook with sheets so long that no copy is made of it."""


def loadable(content: bytes) -> bytes:
    """The workbook without merged ranges that are too large to be kept; itself where there are none.

    Raises TooLarge, and what `zipfile` raises for a file that is no sound package.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [each for each in package.infolist() if "/worksheets/" in each.filename]
        if sum(each.file_size for each in sheets) > SHEETS:
            raise TooLarge
        changed = {each.filename: fit for each in sheets if (fit := without_vast_merges(package.read(each)))}
        if not changed:
            return content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for each in package.infolist():
                copy.writestr(each, changed.get(each.filename) or package.read(each))
        return out.getvalue()


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

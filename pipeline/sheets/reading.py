"""A workbook read from its bytes, whatever it is packed in: an Excel workbook, or delimited text."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.file_kinds import opened, refused, workbook_refusal
from pipeline.problems import PaperError, Place, Problem, warning
from pipeline.sheets.workbook import Limits, Workbook

LIMITS = Limits()
_MOST_KNOWN, _SMALL = 64, 20_000
_known: dict[tuple[object, ...], Workbook] = {}


def read(content: bytes, name: str, *, sheets: Collection[str] | None = None, limits: Limits = LIMITS) -> Workbook:
    """The workbook in `content`: an Excel workbook (.xlsx, .xlsm, strict ones too) or a delimited text file.

    `name` is what problems call the file. With `sheets` only the cells of sheets of those names (whatever their case
    and blanks) are read; the others are listed, empty. Formulas give their saved value; macros are never run.

    The last few small workbooks are known again by their content: one command asks for the same files several times,
    and a run over many boards for the same calendar. It is half the cost of a board's unchanged files.

    Raises PaperError (I1xx) for every other kind of file, a damaged one, and one past the limits.
    """
    key = content, name, None if sheets is None else tuple(sheets), limits
    if key not in _known:
        workbook = _read(content, name, sheets, limits)
        if sum(len(row) for sheet in workbook.sheets for row in sheet.rows.values()) > _SMALL:
            return workbook
        if len(_known) >= _MOST_KNOWN:
            _known.pop(next(iter(_known)))
        _known[key] = workbook
    return _known[key]


def _read(content: bytes, name: str, sheets: Collection[str] | None, limits: Limits) -> Workbook:
    kind, package = opened(content)
    if kind == "xlsx" and package:
        from pipeline.sheets.xlsx import read_xlsx

        with refused(name):
            return read_xlsx(package, name, sheets, limits)
    if kind == "text":
        from pipeline.sheets.delimited import read_delimited

        found = read_delimited(content, name, limits)
        return found._replace(problems=(*found.problems, *_misnamed(name)))
    raise PaperError(workbook_refusal(kind, name))


def _misnamed(name: str) -> list[Problem]:
    if not name.lower().endswith((".xlsx", ".xlsm", ".xls", ".xltx")):
        return []
    message = f"“{name}” is plain text, whatever its name says, and was read as such."
    return [
        warning(
            "I118", Place(name), message, "Give it the ending .csv, or save it from Excel as Excel Workbook (.xlsx)."
        )
    ]

"""Reading a spreadsheet, whatever kind of file it is; the reader of each kind is loaded only where there is one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.garbage import uncollected
from pipeline.problems import PaperError, Place, Problem, warning
from pipeline.read.identity import identify
from pipeline.sheets.workbook import Workbook


def read_workbook(content: bytes, name: str, *, sheets: Collection[str] | None = None) -> Workbook:
    """The workbook in `content`: an Excel workbook (.xlsx, .xlsm, strict ones too) or a delimited text file.

    `name` is what problems call the file. With `sheets` only the cells of sheets of those names (whatever their case
    and blanks) are read; the others are listed, empty. Formulas give their saved value; macros are never run.

    Raises PaperError (I1xx) for every other kind of file, a damaged one, and one past the limits of `limits.py`.
    """
    with uncollected():
        return _read(content, name, sheets)


def _read(content: bytes, name: str, sheets: Collection[str] | None) -> Workbook:
    kind = identify(content)
    if kind == "xlsx":
        from pipeline.sheets.xlsx import read_xlsx

        return read_xlsx(content, name, sheets)
    if kind == "text":
        from pipeline.sheets.delimited import read_delimited

        found = read_delimited(content, name)
        return replace(found, problems=(*found.problems, *_misnamed(name)))
    from pipeline.read.refusals import workbook_refusal

    raise PaperError(workbook_refusal(kind, name))


def _misnamed(name: str) -> list[Problem]:
    if not name.lower().endswith((".xlsx", ".xlsm", ".xls", ".xltx")):
        return []
    cure = "Give it the ending .csv, or save it from Excel as Excel Workbook (.xlsx)."
    return [
        warning("I118", Place(name), f"“{name}” is plain text, whatever its name says, and was read as such.", cure)
    ]

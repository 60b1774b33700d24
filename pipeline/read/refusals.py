"""Files that are not read: each is named for what it is, with the one thing to do about it."""

from __future__ import annotations

from pipeline.problems import Place, Problem, error
from pipeline.read.identity import FileKind

_SAVE_XLSX = "Open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and use that file."
_SAVE_DOCX = "Open it in Word, choose File > Save As > Word Document (.docx), and use that file."
_WANT_XLSX = "Put the Excel workbook (.xlsx) or the export (.csv) in its place."
_WANT_DOCX = "Put the Word file (.docx) in its place."

_BOTH: dict[FileKind, tuple[str, str, str]] = {
    "empty": ("I103", "is empty: nothing at all is in it.", "Ask for the file again, or restore an earlier version."),
    "not here": (
        "I104", "has only its name on this computer, not its content.",
        "In File Explorer right-click it, choose “Always keep on this device”, wait until it is there, and try again.",
    ),
    "encrypted": (
        "I107", "is protected by a password.",
        "Open it in Office, choose File > Info > Protect > Encrypt with Password, clear the password, and save.",
    ),
    "damaged zip": (
        "I113", "is damaged or was only partly copied.",
        "Open it in Office and save it again; if it does not open there, ask for a fresh copy.",
    ),
}  # fmt: skip

_WORKBOOK: dict[FileKind, tuple[str, str, str]] = {
    "xls": ("I108", "is an Excel 97-2003 workbook (.xls), which is not read.", _SAVE_XLSX),
    "xlsb": ("I109", "is an Excel binary workbook (.xlsb), which is not read.", _SAVE_XLSX),
    "ods": ("I110", "is an OpenDocument spreadsheet (.ods), which is not read.",
            "Open it, choose Save As > Excel Workbook (.xlsx), and use that file."),
    "html": ("I111", "is a web page, whatever its name says; some systems export these as if for Excel.", _SAVE_XLSX),
    "xml 2003": ("I111", "is an XML Spreadsheet 2003 file, which is not read.", _SAVE_XLSX),
    "docx": ("I112", "is a Word file, not a workbook.", _WANT_XLSX),
    "doc": ("I112", "is a Word file, not a workbook.", _WANT_XLSX),
    "odt": ("I112", "is a text document, not a workbook.", _WANT_XLSX),
    "pdf": ("I112", "is a PDF, not a workbook.", _WANT_XLSX),
    "rtf": ("I112", "is a text document, not a workbook.", _WANT_XLSX),
    "zip": ("I112", "is a packed folder or another program's file, not a workbook.", _WANT_XLSX),
    "old office": ("I112", "is a file of an older Office program, but not a workbook.", _WANT_XLSX),
}  # fmt: skip

_WORD: dict[FileKind, tuple[str, str, str]] = {
    "doc": ("I501", "is a Word 97-2003 document (.doc), which is not read.", _SAVE_DOCX),
    "odt": ("I501", "is an OpenDocument text (.odt), which is not read.", _SAVE_DOCX),
    "rtf": ("I501", "is a Rich Text file, which is not read.", _SAVE_DOCX),
    "html": ("I501", "is a web page, whatever its name says.", _SAVE_DOCX),
    "xml 2003": ("I501", "is a Word XML 2003 document, which is not read.", _SAVE_DOCX),
    "text": ("I501", "is plain text, not a Word file.", _SAVE_DOCX),
    "pdf": ("I502", "is a PDF, not a Word file.", _WANT_DOCX),
    "xlsx": ("I502", "is a workbook, not a Word file.", _WANT_DOCX),
    "xlsb": ("I502", "is a workbook, not a Word file.", _WANT_DOCX),
    "xls": ("I502", "is a workbook, not a Word file.", _WANT_DOCX),
    "ods": ("I502", "is a spreadsheet, not a Word file.", _WANT_DOCX),
    "zip": ("I502", "is a packed folder or another program's file, not a Word file.", _WANT_DOCX),
    "old office": ("I502", "is a file of an older Office program, but not a Word file.", _WANT_DOCX),
}  # fmt: skip


def workbook_refusal(kind: FileKind, name: str) -> Problem:
    """Why a file of this kind cannot be read as a workbook, and what to do."""
    return _refusal(
        {**_BOTH, **_WORKBOOK}, kind, name, ("I112", "is of no kind that can be read as a workbook.", _WANT_XLSX)
    )


def word_refusal(kind: FileKind, name: str) -> Problem:
    """Why a file of this kind cannot be read as a Word comment, and what to do."""
    return _refusal(
        {**_BOTH, **_WORD}, kind, name, ("I502", "is of no kind that can be read as a Word file.", _WANT_DOCX)
    )


def _refusal(
    known: dict[FileKind, tuple[str, str, str]], kind: FileKind, name: str, other: tuple[str, str, str]
) -> Problem:
    code, what, cure = known.get(kind, other)
    return error(code, Place(name), f"“{name}” {what}", cure)


def damaged(name: str) -> Problem:
    """The problem of a file that breaks off or does not hold together."""
    code, what, cure = _BOTH["damaged zip"]
    return error(code, Place(name), f"“{name}” {what}", cure)


def too_large(name: str) -> Problem:
    """The problem of a file that unpacks to far more than a council's file holds."""
    return error(
        "I114", Place(name), f"“{name}” is far larger, once unpacked, than any file of its kind.",
        "Copy what matters into a new file and use that one.",
    )  # fmt: skip


def too_many(name: str, place: Place, what: str) -> Problem:
    """The problem of a workbook with more of something (cells, text...) than the limits allow, met at `place`."""
    return error(
        "I115", place, f"“{name}” holds more than {what}; reading stopped here.",
        "Copy the rows that matter into a new workbook and use that one.",
    )  # fmt: skip


def unsafe(name: str) -> Problem:
    """The problem of a file that defines entities, which no Office program writes and attackers do."""
    return error(
        "I117", Place(name), f"“{name}” holds definitions that no Office program writes; it may be meant to do harm.",
        "Do not open it; ask the sender for a fresh copy and tell IT.",
    )  # fmt: skip

"""What a file is, told from its content: its name may say something else. One that is not read is named for what it is,
with the one thing to do about it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from pipeline.opc import Fault, Package, Unsound
from pipeline.problems import PaperError, Place, Problem, error

FileKind = Literal[
    "xlsx", "xlsb", "ods", "xls", "docx", "doc", "odt", "encrypted", "old office", "html", "xml 2003", "pdf", "rtf",
    "text", "empty", "not here", "zip", "damaged zip", "unknown",
]  # fmt: skip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLDER_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_STREAMS: tuple[tuple[str, FileKind], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WORKBOOK", "xls"),
    ("BOOK", "xls"),
)
_PACKED: tuple[tuple[bytes, FileKind], ...] = (
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroenabled.main+xml", "xlsx"),
    (b"ms-excel.template.macroenabled.main+xml", "xlsx"),
    (b"ms-excel.addin.macroenabled.main+xml", "xlsx"),
    (b"ms-excel.sheet.binary.macroenabled.main", "xlsb"),
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroenabled.main+xml", "docx"),
    (b"ms-word.template.macroenabledtemplate.main+xml", "docx"),
)
_BY_PART: tuple[tuple[str, FileKind], ...] = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "docx"),
)
_HTML = rb"(?is)\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|meta|style)\b"
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OPEN_DOCUMENT = b"urn:oasis:names:tc:opendocument:"
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0e-\x19\x1b-\x1f]")


def identify(content: bytes) -> FileKind:
    """The kind of file that `content` is. "text" is any text that is not a known other format; never raises."""
    return opened(content)[0]


def opened(content: bytes) -> tuple[FileKind, Package | None]:
    """The kind of file, as `identify` tells it, and its parts where it is a sound packed file."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _not_packed(content), None
    try:
        package = Package(content)
    except Unsound:
        return "damaged zip", None
    return _packed(package), package


def _not_packed(content: bytes) -> FileKind:
    if not content.strip(b" \t\r\n\x00"):
        return "not here" if b"\x00" in content else "empty"
    if content.startswith(_OLDER_EXCEL):
        return "xls"
    if content.startswith(OLE):
        return _old_office(content)
    if content.startswith(b"%PDF"):
        return "pdf"
    return "rtf" if content.startswith(b"{\\rtf") else _text(content)


def _old_office(content: bytes) -> FileKind:
    """By the first of the known streams in its directory, whose entries stand at every 128th byte."""
    found: list[tuple[int, FileKind]] = []
    for stream, kind in _STREAMS:
        name = (stream + "\0").encode("utf-16-le")
        at = content.find(name)
        while at % 128 and at >= 0:
            at = content.find(name, at + 1)
        if at >= 0:
            found.append((at, kind))
    return min(found)[1] if found else "old office"


def _packed(package: Package) -> FileKind:
    if "mimetype" in package:
        return _open_document(_start_of(package, "mimetype"))
    types = _start_of(package, "[Content_Types].xml").lower()
    found = (kind for mark, kind in _PACKED if mark in types)
    return next(found, next((kind for part, kind in _BY_PART if part in package), "zip"))


def _start_of(package: Package, part: str) -> bytes:
    try:
        return next(package.chunks(part, 1 << 20), b"") if part in package else b""
    except Unsound:
        return b""


def _open_document(mimetype: bytes) -> FileKind:
    if b"spreadsheet" in mimetype or b"sun.xml.calc" in mimetype:
        return "ods"
    return "odt" if b"text" in mimetype or b"sun.xml.writer" in mimetype else "zip"


def _text(content: bytes) -> FileKind:
    head = content[:4096]
    if head.startswith(_BOMS):
        return "text"
    if re.match(_HTML, head) or head.lstrip()[:13].lower() == b"mime-version:":
        return "html"
    if head.lstrip().startswith(b"<?xml"):
        return _xml(content[:16384])
    return "text" if b"\x00" not in content or _is_text_with_noughts(content) else "unknown"


def _is_text_with_noughts(content: bytes) -> bool:
    """Lines of values, as old systems write them: a nought after each value, or two bytes a letter without a mark."""
    head = content[:4096]
    wide = two_bytes_a_letter(head)
    if wide:
        head = head.decode(wide, "replace").encode()
    lined = b"\n" in head and any(separator in head for separator in (b"\t", b";", b",", b"|"))
    return lined and not _CONTROLS.search(head)


def two_bytes_a_letter(content: bytes) -> str:
    """The encoding of an export in UTF-16 that lacks the mark, told by where its noughts stand; "" for any other."""
    first, second = content[::2].count(0), content[1::2].count(0)
    most = len(content) * 0.3
    if second > most and not first:
        return "utf-16-le"
    return "utf-16-be" if first > most and not second else ""


def _xml(head: bytes) -> FileKind:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b"schemas.microsoft.com/office/word/2003" in head:
        return "xml 2003"
    if _OPEN_DOCUMENT in head:
        return "ods" if b"opendocument.spreadsheet" in head else "odt" if b"opendocument.text" in head else "unknown"
    return "html" if b"<html" in head.lower() else "unknown"


# -- refusals ----------------------------------------------------------------------------------------------------------

_SAVE_XLSX = "Open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and use that file."
_SAVE_DOCX = "Open it in Word, choose File > Save As > Word Document (.docx), and use that file."
_SAVE_ODS = "Open it, choose Save As > Excel Workbook (.xlsx), and use that file."
_WANT_XLSX = "Put the Excel workbook (.xlsx) or the export (.csv) in its place."
_WANT_DOCX = "Put the Word file (.docx) in its place."
_AGAIN = "Ask for the file again, or restore an earlier version."
_FETCH = "In File Explorer right-click it, choose “Always keep on this device”, wait until it is there, and try again."
_UNLOCK = "Open it in Office, choose File > Info > Protect > Encrypt with Password, clear the password, and save."
_SAVE_AGAIN = "Open it in Office and save it again; if it does not open there, ask for a fresh copy."
_TELL_IT = "Do not open it; ask the sender for a fresh copy and tell IT."
_PAGE = "is a web page, whatever its name says"

Refusal = tuple[str, str, str]
"""The code of a refusal, what the file is, and the cure."""

_ANY: Mapping[FileKind, Refusal] = {
    "empty": ("I103", "is empty: nothing at all is in it.", _AGAIN),
    "not here": ("I104", "has only its name on this computer, not its content.", _FETCH),
    "encrypted": ("I107", "is protected by a password.", _UNLOCK),
    "damaged zip": ("I113", "is damaged or was only partly copied.", _SAVE_AGAIN),
}
_WORKBOOK: Mapping[FileKind, Refusal] = {
    "xls": ("I108", "is an Excel 97-2003 workbook (.xls), which is not read.", _SAVE_XLSX),
    "xlsb": ("I109", "is an Excel binary workbook (.xlsb), which is not read.", _SAVE_XLSX),
    "ods": ("I110", "is an OpenDocument spreadsheet (.ods), which is not read.", _SAVE_ODS),
    "html": ("I111", f"{_PAGE}; some systems export these as if for Excel.", _SAVE_XLSX),
    "xml 2003": ("I111", "is an XML Spreadsheet 2003 file, which is not read.", _SAVE_XLSX),
}
_WORD: Mapping[FileKind, Refusal] = {
    "doc": ("I501", "is a Word 97-2003 document (.doc), which is not read.", _SAVE_DOCX),
    "odt": ("I501", "is an OpenDocument text (.odt), which is not read.", _SAVE_DOCX),
    "rtf": ("I501", "is a Rich Text file, which is not read.", _SAVE_DOCX),
    "html": ("I501", f"{_PAGE}.", _SAVE_DOCX),
    "xml 2003": ("I501", "is a Word XML 2003 document, which is not read.", _SAVE_DOCX),
    "text": ("I501", "is plain text, not a Word file.", _SAVE_DOCX),
}
_NOUNS: Mapping[FileKind, str] = {
    "docx": "a Word file,",
    "doc": "a Word file,",
    "odt": "a text document,",
    "rtf": "a text document,",
    "pdf": "a PDF,",
    "xlsx": "a workbook,",
    "xlsb": "a workbook,",
    "xls": "a workbook,",
    "ods": "a spreadsheet,",
    "zip": "a packed folder or another program's file,",
    "old office": "a file of an older Office program, but",
}
_FAULTS: Mapping[Fault, Refusal] = {
    "too large": (
        "I114",
        "is far larger, once unpacked, than any file of its kind.",
        "Copy what matters into a new file and use that one.",
    ),
    "unsafe": ("I117", "holds definitions that no Office program writes; it may be meant to do harm.", _TELL_IT),
}


def workbook_refusal(kind: FileKind, name: str) -> Problem:
    """Why a file of this kind cannot be read as a workbook, and what to do."""
    return _refusal({**_ANY, **_WORKBOOK}.get(kind, ("I112", _is_not(kind, "workbook"), _WANT_XLSX)), name)


def word_refusal(kind: FileKind, name: str) -> Problem:
    """Why a file of this kind cannot be read as a Word comment, and what to do."""
    return _refusal({**_ANY, **_WORD}.get(kind, ("I502", _is_not(kind, "Word file"), _WANT_DOCX)), name)


def not_here(name: str) -> Problem:
    """The problem (I104) of a file whose content is in the cloud only."""
    return _refusal(_ANY["not here"], name)


def _is_not(kind: FileKind, wanted: str) -> str:
    noun = _NOUNS.get(kind)
    return f"is {noun} not a {wanted}." if noun else f"is of no kind that can be read as a {wanted}."


def _refusal(words: Refusal, name: str) -> Problem:
    code, what, cure = words
    return error(code, Place(name), f"“{name}” {what}", cure)


@contextmanager
def refused(name: str) -> Iterator[None]:
    """What is Unsound inside is a PaperError about the file of this name: I113, I114 or I117."""
    try:
        yield
    except Unsound as reason:
        raise PaperError(_refusal(_FAULTS.get(reason.fault, _ANY["damaged zip"]), name)) from reason

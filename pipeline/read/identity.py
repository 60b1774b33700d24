"""What a file is, told from its content: its name may say something else."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from pipeline.read.archive import FAULTS, Archive, Entry, archive_of

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
    if not content.strip(b" \t\r\n\x00"):
        return "not here" if b"\x00" in content else "empty"
    if content.startswith(_OLDER_EXCEL):
        return "xls"
    if content.startswith(OLE):
        return _old_office(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(content)
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


def _packed(content: bytes) -> FileKind:
    try:
        return _packed_kind(archive_of(content))
    except FAULTS:
        return "damaged zip"


def _packed_kind(archive: Archive) -> FileKind:
    names = archive.parts
    if "mimetype" in names:
        return _open_document(_start_of(archive, names["mimetype"]))
    if "[content_types].xml" in names:
        types = _start_of(archive, names["[content_types].xml"]).lower()
        for mark, kind in _PACKED:
            if mark in types:
                return kind
    return next((kind for part, kind in _BY_PART if part in names), "zip")


def _start_of(archive: Archive, entry: Entry) -> bytes:
    try:
        return next(archive.chunks(entry, 1 << 20), b"")
    except FAULTS:
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

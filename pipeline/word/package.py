"""Opening a Word file safely: it may come from anybody, and may be anything that somebody named .docx.

Limits are checked against the zip's directory first and while unpacking again, since a directory can lie. Parts with
a DTD are refused before any parser sees them (entities can grow without bound, or read other files).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.problems import PaperError, Place, error
from pipeline.word.zipped import Deflated, write_parts

if TYPE_CHECKING:
    from io import BytesIO
    from zipfile import ZipFile, ZipInfo

__all__ = ["Deflated", "document_part", "read_parts", "write_parts"]

TOTAL_LIMIT = 200_000_000
PART_LIMIT = 100_000_000
PARTS_LIMIT = 5_000
RATIO_LIMIT = 200
_RATIO_FROM = 1_000_000  # a small part of blanks may well deflate better than that, and harms nobody

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DTD = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_ENCODING = re.compile(rb"""<\?xml[^>]{0,60}?\sencoding\s*=\s*["']([\w.-]+)""")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_MAIN = re.compile(r"""<(?:\w+:)?Relationship\b[^>]*/(?:relationships)/officeDocument["'][^>]*>""")
_TARGET = re.compile(r"""\sTarget\s*=\s*["']/?([^"']+)["']""")
_UNPROTECT = "Open it in Word, take the password off under File, Info, Protect Document, and save it."
_PUT_WORD = "Put the Word file (.docx) in its place."
_SAVE_AS = "Open it in Word, choose Save As, Word Document (*.docx), and put that file in its place."


def read_parts(content: bytes, name: str) -> dict[str, bytes]:
    """Every part of a .docx by its name, e.g. `word/document.xml`; `name` is the file's, for messages.

    Raises PaperError (F201-F210): not a Word document, password, old format, damaged, macros, a template type, Strict
    Open XML, too large unpacked, a part with a DTD, two parts of one name.
    """
    import zipfile
    import zlib

    _refuse_other_formats(content, name)
    try:
        with zipfile.ZipFile(_stream(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            _refuse_bad_directory(entries, name)
            parts = {entry.filename: _unpacked(package, entry, name) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as reason:
        raise _fault("F204", name, "is damaged or was only half copied, and cannot be unpacked.",
                     "Copy it again from where it came, or open and save it in Word.") from reason  # fmt: skip
    _refuse_bad_parts(parts, name)
    return parts


def document_part(parts: dict[str, bytes]) -> str:
    """The name of the part that holds the text, `word/document.xml` as a rule; empty where there is none."""
    link = _MAIN.search(parts.get("_rels/.rels", b"").decode("utf-8", "replace"))
    target = _TARGET.search(link[0]) if link else None
    return target[1] if target and target[1] in parts else ""


def _stream(content: bytes) -> BytesIO:
    import io

    return io.BytesIO(content)


def _fault(code: str, name: str, what: str, cure: str) -> PaperError:
    return PaperError(error(code, Place(file=name), f"“{name}” {what}", cure))


def _refuse_other_formats(content: bytes, name: str) -> None:
    if not content:
        raise _fault("F201", name, "is empty.", "Copy it again from where it came.")
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _fault("F202", name, "is protected by a password.", _UNPROTECT)
        raise _fault("F203", name, "is in the format of Word 97-2003 or of another program.", _SAVE_AS)
    if not content.startswith(b"PK"):
        raise _fault("F201", name, "is not a Word document, whatever its name says.", _PUT_WORD)


def _refuse_bad_directory(entries: list[ZipInfo], name: str) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise _fault("F202", name, "is protected by a password.", _UNPROTECT)
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise _fault("F210", name, "holds two parts of one name, so it is not clear which of them counts.", _SAVE_AS)
    sizes = [entry.file_size for entry in entries]
    packed = sum(entry.compress_size for entry in entries)
    swollen = sum(sizes) > _RATIO_FROM and sum(sizes) > RATIO_LIMIT * max(packed, 1)
    if sum(sizes) > TOTAL_LIMIT or max(sizes, default=0) > PART_LIMIT or len(entries) > PARTS_LIMIT or swollen:
        raise _too_large(name)


def _too_large(name: str) -> PaperError:
    return _fault("F208", name, "unpacks to far more than any paper holds, so it was not opened.",
                  "Take large pictures and embedded files out of it, or ask where it came from.")  # fmt: skip


def _unpacked(package: ZipFile, entry: ZipInfo, name: str) -> bytes:
    with package.open(entry) as part:
        content = part.read(PART_LIMIT + 1)
    if len(content) > PART_LIMIT or len(content) != entry.file_size:
        raise _too_large(name)
    return content


def _refuse_bad_parts(parts: dict[str, bytes], name: str) -> None:
    _refuse_other_types(parts, name)
    if b"http://purl.oclc.org/ooxml/" in parts.get("_rels/.rels", b""):
        raise _fault("F207", name, "was saved as “Strict Open XML Document”.", _SAVE_AS)
    if not document_part(parts):
        raise _fault("F204", name, "is damaged: the part with the text is missing.", _SAVE_AS)
    for part, content in parts.items():
        if _looks_like_xml(part, content) and (_has_dtd(content) or not _plainly_encoded(content)):
            raise _fault("F209", name, f"holds declarations that no Word file needs (in “{part}”), so it was not read.",
                         "Ask where the file came from, or write it afresh in Word.")  # fmt: skip


def _refuse_other_types(parts: dict[str, bytes], name: str) -> None:
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any(part.casefold().endswith("vbaproject.bin") for part in parts):
        raise _fault("F205", name, "can hold macros (programs), and such files are not opened.", _SAVE_AS)
    if b"wordprocessingml.template.main+xml" in types:
        raise _fault("F206", name, "is saved as a Word template (.dotx).", _SAVE_AS)
    if b"wordprocessingml.document.main+xml" not in types:
        what = "is an Excel workbook" if b"spreadsheetml" in types else "is not a Word document"
        raise _fault("F201", name, f"{what}, whatever its name says.", _PUT_WORD)


def _looks_like_xml(part: str, content: bytes) -> bool:
    start = content[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") or part.casefold().endswith((".xml", ".rels", ".vml"))


def _has_dtd(content: bytes) -> bool:
    return any(mark in content for mark in _DTD)


def _plainly_encoded(content: bytes) -> bool:
    """Other encodings could hide a DTD from the search for it."""
    declared = _ENCODING.search(content[:200].replace(b"\0", b""))
    return declared is None or declared[1].lower() in _ENCODINGS

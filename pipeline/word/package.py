"""Opening a Word file safely: it may come from anybody, and may be anything that somebody named .docx.

Every part is unpacked and looked at before any parser sees it: a document type (with which entities can grow without
bound, or read other files) is refused wherever it stands.
"""

from __future__ import annotations

from pipeline.opc import TYPES_PART, Limits, Package, Parts, Unsound, is_unsafe, main_part
from pipeline.problems import PaperError, Place, error

LIMITS = Limits(parts=5_000, part_bytes=100_000_000, all_bytes=200_000_000, ratio=200)
"""Far beyond any paper, and short of what would fill an officer's computer."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPROTECT = "Open it in Word, take the password off under File, Info, Protect Document, and save it."
_PUT_WORD = "Put the Word file (.docx) in its place."
_SAVE_AS = "Open it in Word, choose Save As, Word Document (*.docx), and put that file in its place."
_FAULTS = {
    "damaged": ("F204", "is damaged or was only half copied, and cannot be unpacked.",
                "Copy it again from where it came, or open and save it in Word."),
    "too large": ("F208", "unpacks to far more than any paper holds, so it was not opened.",
                  "Take large pictures and embedded files out of it, or ask where it came from."),
    "locked": ("F202", "is protected by a password.", _UNPROTECT),
    "twice": ("F210", "holds two parts of one name, so it is not clear which of them counts.", _SAVE_AS),
}  # fmt: skip


def read_parts(content: bytes, name: str) -> dict[str, bytes]:
    """Every part of a .docx by its name, e.g. `word/document.xml`; `name` is the file's, for messages.

    Raises PaperError (F201-F210): not a Word document, password, old format, damaged, macros, a template type, Strict
    Open XML, too large unpacked, a part with a DTD, two parts of one name.
    """
    _refuse_other_formats(content, name)
    try:
        parts = dict(Package(content, LIMITS))
    except Unsound as reason:
        code, what, cure = _FAULTS[reason.fault]
        raise _fault(code, name, what, cure) from reason
    _refuse_bad_parts(parts, name)
    return parts


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


def _refuse_bad_parts(parts: Parts, name: str) -> None:
    _refuse_other_types(parts, name)
    if b"http://purl.oclc.org/ooxml/" in parts.get("_rels/.rels", b""):
        raise _fault("F207", name, "was saved as “Strict Open XML Document”.", _SAVE_AS)
    if not _holds_text(parts):
        raise _fault("F204", name, "is damaged: the part with the text is missing.", _SAVE_AS)
    for part, content in parts.items():
        if _looks_like_xml(part, content) and is_unsafe(content):
            raise _fault("F209", name, f"holds declarations that no Word file needs (in “{part}”), so it was not read.",
                         "Ask where the file came from, or write it afresh in Word.")  # fmt: skip


def _holds_text(parts: Parts) -> bool:
    try:
        return bool(main_part(parts))
    except Unsound:
        return False


def _refuse_other_types(parts: Parts, name: str) -> None:
    types = parts.get(TYPES_PART, b"")
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

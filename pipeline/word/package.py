"""Opening a Word file safely: it may come from anybody, and may be anything that somebody named .docx.

Every part is unpacked and looked at before any parser sees it: a document type (with which entities can grow without
bound, or read other files) is refused wherever it stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.catalogue import problem
from pipeline.opc import TYPES_PART, Fault, Limits, Package, Parts, Unsound, is_unsafe, main_part
from pipeline.problems import PaperError, Place

LIMITS = Limits(parts=5_000, part_bytes=100_000_000, all_bytes=200_000_000, ratio=200)
"""Far beyond any paper, and short of what would fill an officer's computer."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CODES: Mapping[Fault, str] = {"damaged": "F204", "too large": "F208", "locked": "F202", "twice": "F210"}


def read_parts(content: bytes, name: str) -> dict[str, bytes]:
    """Every part of a .docx by its name, e.g. `word/document.xml`; `name` is the file's, for messages.

    Raises PaperError (F201-F210): not a Word document, password, old format, damaged, macros, a template type, Strict
    Open XML, too large unpacked, a part with a DTD, two parts of one name.
    """
    _refuse_other_formats(content, name)
    try:
        parts = dict(Package(content, LIMITS))
    except Unsound as reason:
        raise _refusal(_CODES[reason.fault], name) from reason
    _refuse_other_types(parts, name)
    _refuse_bad_parts(parts, name)
    return parts


def _refusal(code: str, name: str, way: str = "", part: str = "") -> PaperError:
    return PaperError(problem(code, Place(file=name), way, name=name, part=part))


def _refuse_other_formats(content: bytes, name: str) -> None:
    if content.startswith(_OLE):
        raise _refusal("F202" if "EncryptedPackage".encode("utf-16-le") in content else "F203", name)
    if not content.startswith(b"PK"):
        raise _refusal("F201", name, "" if content else "empty")


def _refuse_other_types(parts: Parts, name: str) -> None:
    types = parts.get(TYPES_PART, b"")
    if b"macroEnabled" in types or any(part.casefold().endswith("vbaproject.bin") for part in parts):
        raise _refusal("F205", name)
    if b"wordprocessingml.template.main+xml" in types:
        raise _refusal("F206", name)
    if b"wordprocessingml.document.main+xml" not in types:
        raise _refusal("F201", name, "workbook" if b"spreadsheetml" in types else "")


def _refuse_bad_parts(parts: Parts, name: str) -> None:
    if b"http://purl.oclc.org/ooxml/" in parts.get("_rels/.rels", b""):
        raise _refusal("F207", name)
    if not _holds_text(parts):
        raise _refusal("F204", name, "textless")
    for part, content in parts.items():
        if _looks_like_xml(part, content) and is_unsafe(content):
            raise _refusal("F209", name, part=part)


def _holds_text(parts: Parts) -> bool:
    try:
        return bool(main_part(parts))
    except Unsound:
        return False


def _looks_like_xml(part: str, content: bytes) -> bool:
    start = content[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") or part.casefold().endswith((".xml", ".rels", ".vml"))

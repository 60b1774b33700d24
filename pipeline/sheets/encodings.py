"""The text of a delimited file, whichever of the usual encodings it is in."""

from __future__ import annotations

import codecs

from pipeline.problems import PaperError, Place, Problem, error, note
from pipeline.read.identity import two_bytes_a_letter

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(content: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """The text, and a note (I124) where its encoding had to be assumed.

    UTF-8 or UTF-16 where a mark at the start says so, or UTF-16 where every other byte is a nought; else UTF-8, else
    Windows-1252. Noughts between letters are left out. Raises PaperError (I121).
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding, name), ()
    if b"\x00" in content:
        wide = two_bytes_a_letter(content)
        if wide:
            return _strict(content, wide, name), ()
        content = content.replace(b"\x00", b"")
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _strict(content, "cp1252", name), (_assumed(name),)


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise PaperError(_not_text(name, line)) from fault


def _assumed(name: str) -> Problem:
    return note(
        "I124", Place(name), f"“{name}” was read as Windows text, since it is not UTF-8.",
        "Look at names with accents and at quotation marks; to be sure, save it as “CSV UTF-8” in Excel.",
    )  # fmt: skip


def _not_text(name: str, line: int) -> Problem:
    return error(
        "I121", Place(name, near=f"line {line}"), f"“{name}” holds characters that no usual text encoding has.",
        "Open it in Excel and save it as “CSV UTF-8 (Comma delimited)”.",
    )  # fmt: skip

"""Who has a file open: Office and LibreOffice leave a small owner file beside it, with the person's name."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.problems import Place, Problem, warning
from pipeline.text import excerpt

_NAME_BYTES = 54
_MOST = 1024


def owner_problems(path: Path, place: Place) -> list[Problem]:
    """A warning (I106) where somebody has `path` open: what they have not saved is not read."""
    for name, program in _owner_files(path):
        if not os.path.lexists(f"{path.parent}{os.sep}{name}"):
            continue
        beside = path.with_name(name)
        try:
            note = beside.read_bytes()[:_MOST] if beside.is_file() else None
        except OSError:
            note = b""
        if note is not None:
            return [_open_elsewhere(place, program, _person(note, program))]
    return []


def _owner_files(path: Path) -> list[tuple[str, str]]:
    """Excel puts `~$` before the name; Word puts it in place of the first letters of a longer name."""
    office = "Word" if path.suffix.lower() in (".docx", ".docm", ".doc") else "Excel"
    lost = min(max(len(path.stem) - 6, 0), 2) if office == "Word" else 0
    return [
        ("~$" + path.name[lost:], office),
        (f".~lock.{path.name}#", "LibreOffice"),
    ]


def _person(note: bytes, program: str) -> str:
    """The name in an owner file: Office writes its length, then the name; LibreOffice values with commas between."""
    if program == "LibreOffice":
        values = note.decode("utf-8", "replace").strip().split(",")
        return excerpt(next((value for value in values if value.strip()), ""))
    length = note[0] if note else 0
    if not 0 < length < _NAME_BYTES:
        return ""
    return excerpt(note[1 : 1 + length].decode("cp1252", "replace").rstrip("\x00 "))


def _open_elsewhere(place: Place, program: str, person: str) -> Problem:
    by = f" by {person}" if person else ""
    return warning(
        "I106", place, f"“{place.file}” is open in {program}{by}; changes not yet saved are not in the paper.",
        f"Save and close it in {program}, then run this again.",
    )  # fmt: skip

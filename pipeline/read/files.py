"""Every file that an officer keeps is opened here: there, whole, not too large, and not changing while it is read."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.file_kinds import not_here
from pipeline.nearest import did_you_mean
from pipeline.problems import NeedsPerson, PaperError, Place, Problem, error, warning
from pipeline.report import Report
from pipeline.sheets import Workbook
from pipeline.sheets.reading import read
from pipeline.store import sha256_of
from pipeline.text import excerpt

FILE_BYTES = 100 * 1024 * 1024
"""The most that a file may hold: far beyond any council's, short of what would stop an officer's computer."""

_TRIES = 3
_PAUSE = 0.2
_AWAY = 0x1000 | 0x400000
"""Windows' marks of a file whose content is in the cloud only: offline, and fetched when read."""


class Source(NamedTuple):
    """A file's content as it stood on disk, and what should be known of it (warnings only)."""

    name: str
    content: bytes
    problems: tuple[Problem, ...] = ()


def open_source(path: Path, name: str = "") -> Source:
    """The whole content of `path`; `name` is what problems call it, by default the file's own name.

    A file that changes while it is read is read again, up to three times. Being open elsewhere is told of (I106).
    Raises PaperError: I101 not there, I102 refused, I104 not here, I105 changing, I114 large.
    """
    place = Place(name or path.name)
    if path.name.startswith(("~$", ".~lock.")):
        message = f"“{place.file}” is only the note that Office keeps while a file is open."
        raise PaperError(error("I101", place, message, "Name the file itself, without “~$”."))
    try:
        content = _settled(path, place)
    except OSError as fault:
        raise _refused(fault, path, place) from fault
    return Source(place.file, content, tuple(owner_problems(path, place)))


def _settled(path: Path, place: Place) -> bytes:
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        before = path.stat()
        _check(before, path, place)
        content = path.read_bytes()
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(content) == after.st_size:
            return content
    message = f"“{place.file}” was being saved or copied while it was read."
    raise NeedsPerson(error("I105", place, message, "Wait a moment, then try again."))


def _check(found: os.stat_result, path: Path, place: Place) -> None:
    if stat.S_ISDIR(found.st_mode):
        message, cure = f"“{place.file}” is a folder, not a file.", "Put the file itself in its place."
        raise PaperError(error("I101", place, message, cure))
    if not stat.S_ISREG(found.st_mode):
        raise PaperError(error("I101", place, f"“{path.name}” is no ordinary file.", "Put a copy of the file there."))
    if found.st_size > FILE_BYTES:
        size, most = f"{found.st_size // 1_000_000:,} MB", f"{FILE_BYTES // 1_000_000} MB"
        message, cure = (
            f"“{place.file}” is {size}; {most} are the most.",
            "Copy what matters into a new file and use that one.",
        )
        raise PaperError(error("I114", place, message, cure))


def _refused(fault: OSError, path: Path, place: Place) -> PaperError:
    if fault.errno in (errno.ENOENT, errno.ENOTDIR):
        return PaperError(_missing(path, place))
    if _is_away(path):
        return PaperError(not_here(place.file))
    if fault.errno in (errno.EACCES, errno.EPERM) or getattr(fault, "winerror", None) in (32, 33):
        message = f"“{place.file}” may not be opened: another program has it, or you have no right to read it."
        cure = "Close it in Excel or Word; if it is not open there, ask IT for the right to read it."
        return NeedsPerson(error("I102", place, message, cure))
    message = f"“{place.file}” could not be read ({fault.strerror})."
    return PaperError(error("I102", place, message, "Copy it to this computer and try again."))


def _is_away(path: Path) -> bool:
    try:
        return bool(getattr(path.stat(), "st_file_attributes", 0) & _AWAY)
    except OSError:
        return False


def _missing(path: Path, place: Place) -> Problem:
    folder = path.parent
    there = [entry.name for entry in folder.iterdir() if entry.is_file()] if folder.is_dir() else []
    hint = did_you_mean(path.name, [name for name in there if not name.startswith(("~$", "."))], "")
    cure = f"Save the file as “{path.name}” in “{folder.name}”."
    return error("I101", place, f"“{place.file}” is not there. {hint}".rstrip(), cure)


@dataclass(slots=True)
class Files:
    """The files of one paper as they are opened: each read once, its hash kept, and what is wrong with it."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    workbooks: dict[str, Workbook | None] = field(default_factory=dict)

    def content(self, name: str) -> bytes | None:
        """A file's bytes; None, with the problem noted, where it cannot be read."""
        try:
            source = open_source(self.folder / name, name)
        except PaperError as refused:
            self.problems.extend(refused.problems)
            return None
        self.problems.extend(source.problems)
        self.hashes[name] = sha256_of(source.content)
        return source.content

    def workbook(self, name: str, report: Report) -> Workbook | None:
        """A workbook or an export, with the sheets that any record of the report is kept in; None, with the problem
        noted, where it cannot be read.
        """
        if name not in self.workbooks:
            wanted = sorted({source.sheet for source in report.sources.values() if source.file == name})
            content = self.content(name)
            self.workbooks[name] = None if content is None else self._read(content, name, wanted)
        return self.workbooks[name]

    def _read(self, content: bytes, name: str, wanted: Sequence[str]) -> Workbook | None:
        try:
            workbook = read(content, name, sheets=None if "" in wanted else wanted or None)
        except PaperError as refused:
            self.problems.extend(refused.problems)
            return None
        self.problems.extend(workbook.problems)
        return workbook


# -- who has it open --------------------------------------------------------------------------------------------------

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
    message = f"“{place.file}” is open in {program}{by}; changes not yet saved are not in the paper."
    return warning("I106", place, message, f"Save and close it in {program}, then run this again.")

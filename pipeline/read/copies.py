"""What lies beside the sources and is not read: newer copies of them, and comments that no setting names.

A paper is made from the files that are named. Programs that save one file at a time leave a copy each under a name of
their own, and people save “v2” beside what they were sent: which of them is right, only a person can tell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from functools import cache, partial
from pathlib import Path

from pipeline.dates import MONTHS
from pipeline.formats import day, listed
from pipeline.patterns import Pattern
from pipeline.problems import Place, Problem, note, warning
from pipeline.store import sha256_of

OF_THE_DISK = "I496"
"""The code of what rests on the times of files, which are no facts of the paper: its record does not hold it."""

_KINDS = ((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"), (".docx", ".docm", ".doc", ".odt"))
_WORDS = frozenset((
    "copy", "of", "the", "conflict", "conflicted", "final", "draft", "new", "newer", "newest", "latest", "old",
    "update", "updated", "revised", "amended", "corrected", "edited", "edits", "changes", "tracked", "clean", "signed",
    "cleared", "v", "ver", "version", "rev", "revision", "no", "backup", "bak",
))  # fmt: skip
_MONTHS = frozenset(name for month in MONTHS for name in (month.lower(), month[:3].lower()))
_PIECES = Pattern(r"[a-z]+|\d+", re.IGNORECASE | re.ASCII)
_CONFLICT = Pattern(r"\bconflict", re.IGNORECASE | re.ASCII)
_MACHINE = Pattern(r"-[A-Z][A-Z0-9-]*", re.ASCII)
_COPIED = Pattern(r"(?: - copy)?(?: ?\(\d+\))?", re.IGNORECASE | re.ASCII)
_VERSION = Pattern(r"v\d", re.IGNORECASE | re.ASCII)
_INITIALS = 3


def newer_copies(folder: Path, names: Collection[str]) -> Iterator[Problem]:
    """I496 for each file of `names` (paths within `folder`) that lies beside newer files which seem copies of it."""
    read, files = {folder / name for name in names}, cache(files_in)
    for name in sorted(set(names)):
        source = folder / name
        beside = (other for other in files(source.parent) if other not in read and is_copy_of(other, source))
        if newer := [other for other in beside if is_newer(other, source)]:
            yield newer_beside(name, source, newer)


def unnamed(folder: Path, names: Collection[str]) -> Iterator[Problem]:
    """I497 for each Word file beside those of `names` (comments, as paths within `folder`) that is none of them, nor
    seems a copy of one.
    """
    sources = [folder / name for name in names]
    beside = (other for parent in sorted({source.parent for source in sources}) for other in files_in(parent))
    for other in beside:
        if other.suffix.lower() in _KINDS[1] and not any(map(partial(is_or_is_copy_of, other), sources)):
            place = other.relative_to(folder) if other.is_relative_to(folder) else other
            message = f"“{other.name}” is not read: the report's settings name no comment of that file."
            yield note("I497", Place(place.as_posix()), message)


def is_or_is_copy_of(path: Path, source: Path) -> bool:
    """Is it the source, in whatever case its name is typed, or a copy of it?"""
    return path.name.lower() == source.name.lower() or is_copy_of(path, source)


def newer_beside(name: str, source: Path, newer: list[Path]) -> Problem:
    """The problem, with the names and times of all of them."""
    which = listed(f"“{other.name}” ({saved(other)})" for other in newer)
    message = (
        f"{which} {'is' if len(newer) == 1 else 'are'} newer than “{source.name}” ({saved(source)}), and not read."
    )
    cure = f"Save what is right as “{source.name}”, and move the {'other' if len(newer) == 1 else 'others'} elsewhere."
    return warning(OF_THE_DISK, Place(name), message, cure)


def files_in(folder: Path) -> list[Path]:
    """The files of a folder by name, without those that programs keep for themselves; none where it cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith(("~", ".")) and path.is_file())
    except OSError:
        return []


def is_copy_of(path: Path, source: Path) -> bool:
    """Does the name say that it is the source's, with what programs and people add to the name of a copy?"""
    kind = next((endings for endings in _KINDS if source.suffix.lower() in endings), (source.suffix.lower(),))
    around = added(path, source)
    if around is None or path.suffix.lower() not in kind or path.name.lower() == source.name.lower():
        return False
    before, after = around
    apart = not before[-1:].isalpha() and (not after[:1].isalpha() or bool(_VERSION.match(after)))
    return made_by_a_program(path, source) or (apart and all(map(is_mark, _PIECES.findall(f"{before} {after}"))))


def made_by_a_program(path: Path, source: Path) -> bool:
    """Is it a name that OneDrive, Dropbox, Google Drive, Windows or a browser gives to a second file of one name?"""
    before, after = added(path, source) or ("", "")
    behind = _MACHINE.fullmatch(after) or _COPIED.fullmatch(after) or _CONFLICT.search(after)
    return before.lower() == "copy of " if before else bool(behind)


def added(path: Path, source: Path) -> tuple[str, str] | None:
    """What stands before and behind the source's name in that of the other; None where it is not in it."""
    at = path.stem.lower().find(source.stem.lower())
    return (path.stem[:at], path.stem[at + len(source.stem) :]) if at >= 0 else None


def is_mark(piece: str) -> bool:
    """Is it a number, initials, a month, or a word that tells one copy from another?"""
    word = piece.lower()
    initials = len(piece) <= _INITIALS and piece.isupper()
    return piece.isdigit() or initials or word in _WORDS or word in _MONTHS


def is_newer(path: Path, source: Path) -> bool:
    """Was it saved after the source, and does it hold something else? What a program named may be typed in yet."""
    try:
        later = path.stat().st_mtime > source.stat().st_mtime
        return later and (made_by_a_program(path, source) or sha256_of(path) != sha256_of(source))
    except OSError:
        return False


def saved(path: Path) -> str:
    """`12 January 2017 at 14:03`, as this computer's clock has it."""
    at = dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return f"{day(at.date())} at {at:%H:%M}"

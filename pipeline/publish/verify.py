"""Proof, later, that what was published is what is in the folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.catalogue import problem
from pipeline.problems import PaperError, Place, Problem
from pipeline.store import kept_json, sha256_of
from pipeline.store.publications import FOLDER, HISTORY, MANIFEST, Entry, as_json, history, version_folder

SHORTEST_SEAL, SEAL_SHOWN = 16, 32


def altered(paper: Path) -> list[Problem]:
    """Everything under `published` that is not as it was (C130, C132-C136, C139); empty where all is.

    A change to a file shows in its manifest, one to a manifest in the history, one to the history in the entry after
    it. The last entry has none after it: whoever keeps its seal elsewhere can compare it (see `sealed`).
    """
    try:
        acts = history(paper)
    except PaperError as found:
        return list(found.problems)
    problems = list(_chain(acts))
    gone = {entry.version for entry in acts if entry.action == "redacted"}
    for entry in acts:
        if entry.action in ("published", "supplement") and entry.version not in gone:
            problems += _version(version_folder(paper, entry.version), entry)
    left = (version for version in sorted(gone) if version_folder(paper, version).exists())
    problems += [problem("C139", Place(version_folder(paper, each).name), version=each) for each in left]
    return problems + list(_strangers(paper, acts))


def sealed(acts: Iterable[Entry], seal: str) -> Iterator[Problem]:
    """The problem (C137) that the history lacks the act of a seal kept elsewhere; `seal` may be its first 16 digits."""
    wanted = "".join(seal.split()).lower()
    if len(wanted) < SHORTEST_SEAL or not any(each.seal().startswith(wanted) for each in acts):
        yield problem("C137", Place(HISTORY), seal=seal[:80])


def _chain(acts: tuple[Entry, ...]) -> Iterator[Problem]:
    before = ""
    for number, entry in enumerate(acts, 1):
        if entry.before != before:
            yield problem("C132", Place(HISTORY), number=number)
        before = entry.seal()


def _version(folder: Path, entry: Entry) -> Iterator[Problem]:
    place = Place(f"{folder.name}/{MANIFEST}")
    try:
        manifest: Any = kept_json(folder / MANIFEST)
        files = {name: listed.get("sha256") for name, listed in manifest["files"].items()}
        content = as_json(manifest)
        changed = sha256_of(content) != entry.manifest or (folder / MANIFEST).read_bytes() != content
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        yield problem("C133", place, "gone")
        return
    if changed:
        yield problem("C133", place)
    for name, sha256 in files.items():
        yield from _file(folder / name, Place(f"{folder.name}/{name}"), sha256)
    for path in sorted(folder.iterdir()):
        if path.name not in files and path.name != MANIFEST:
            yield _added(path, folder.parent)


def _file(path: Path, place: Place, sha256: str) -> Iterator[Problem]:
    if not path.is_file():
        yield problem("C134", place)
    elif path.is_symlink() or sha256_of(path) != sha256:
        yield problem("C135", place)


def _strangers(paper: Path, acts: tuple[Entry, ...]) -> Iterator[Problem]:
    known = {version_folder(paper, entry.version).name for entry in acts} | {HISTORY}
    folder = paper / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and not path.name.startswith("."):
            yield _added(path, folder)


def _added(path: Path, folder: Path) -> Problem:
    return problem("C136", Place(path.relative_to(folder).as_posix()))

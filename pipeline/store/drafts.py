"""Drafts: the papers in a meeting's folder, each with the record that the program keeps of it."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pipeline.baseline import Baseline
from pipeline.catalogue import problem
from pipeline.patterns import Pattern
from pipeline.problems import NeedsPerson, Place, Problem, error
from pipeline.store.data import kept_texts
from pipeline.store.names import safe_name
from pipeline.store.records import RECORDS, Record, baseline_of, put_json, read_record, record_path, records_in
from pipeline.store.writing import in_the_way, put, remove_leftovers, replace_own, sha256_of, write_new

_OF_THE_NEXT = ("blocks", "substance", "in_step_with")
"""What a record says of the draft that it was written for, and not of the one before it."""
NUMBER = Pattern(r"\(draft (\d+)\)", re.IGNORECASE)
Version = Literal["handed out", "taken in"]


class Draft(NamedTuple):
    """A draft on disk: its number, its bytes, and the record kept when it was made (empty if that is gone)."""

    path: Path
    number: int
    content: bytes
    record: Record

    @property
    def shown(self) -> str:
        """The file with its folder, which is named after the meeting, for messages."""
        return f"{self.path.absolute().parent.name}/{self.path.name}"

    @property
    def edited(self) -> bool:
        """Has somebody changed the file since the program wrote it?"""
        return self.record.get("sha256") != sha256_of(self.content)

    @property
    def holds_edits(self) -> bool:
        """Are an officer's words in it, typed now or kept from an earlier draft?"""
        return self.edited or bool(self.record.get("holds_edits"))

    @property
    def baseline(self) -> Baseline | None:
        """What the program wrote, from its own record."""
        return baseline_of(self.record)


def meeting_folder(outputs: Path, report: str, meeting_on: dt.date) -> Path:
    """Where the drafts of one meeting's paper are kept."""
    return outputs / report / meeting_on.isoformat()


def as_day(name: str) -> dt.date | None:
    """The day that a folder is named after; None for other folders."""
    try:
        return dt.date.fromisoformat(name)
    except ValueError:
        return None


def meeting_folders(folder: Path) -> dict[dt.date, Path]:
    """The folders of a report's outputs that are named after a day, in order of time."""
    found = ((as_day(path.name), path) for path in sorted(folder.iterdir()) if path.is_dir()) if folder.is_dir() else ()
    return {day: path for day, path in found if day}


def command_for(name: str, folder: Path) -> str:
    """The command of that name for the paper in a meeting's folder, whatever reports and meetings there are besides."""
    *_, report, day = folder.absolute().parts
    shown = f'"{report}"' if " " in report else report
    return f"committee-papers {name} {shown} --meeting {day}"


def draft_name(meeting_on: dt.date, title: str, number: int) -> str:
    """`2017-01-23 Quarterly Update (draft 1).docx`, safe as a file name everywhere."""
    return safe_name(f"{meeting_on.isoformat()} {title} (draft {number})", ".docx")


def drafts_in(folder: Path) -> dict[int, list[Path]]:
    """The drafts in a folder by number; temporary and owner files are none."""
    found: dict[int, list[Path]] = {}
    for path in sorted(folder.glob("*.docx")) if folder.is_dir() else []:
        number = NUMBER.search(path.name)
        if number and not path.name.startswith(("~", ".")):
            found.setdefault(int(number.group(1)), []).append(path)
    return found


def current_draft(folder: Path, named: Path | None = None) -> Draft | None:
    """The draft to go on from: the one named, else the newest; None where there is none.

    Of several of the newest number, the one that the program wrote, whoever typed in it: the others are copies. Raises
    NeedsPerson (F130) where it is none of them, and people typed in two.
    """
    drafts = drafts_in(folder)
    newest = max(drafts, default=0)
    if named is not None:
        number = NUMBER.search(named.name)
        kept_in = folder if folder.resolve() in named.resolve().parents else None
        return load(named, int(number.group(1)) if number else newest or last_on_record(folder), kept_in)
    if not drafts:
        return None
    return _to_go_on_from([load(path, newest) for path in drafts[newest]])


def _to_go_on_from(loaded: Sequence[Draft]) -> Draft:
    """Of several drafts of one number, the one that the program wrote, else the one that people typed in."""
    own = [draft for draft in loaded if draft.record.get("paper") == draft.path.name]
    edited = [draft for draft in loaded if draft.edited]
    if not own and len(edited) > 1:
        raise NeedsPerson(two_drafts(edited))
    return next(iter([*own, *edited, *loaded]))


def last_on_record(folder: Path) -> int:
    """The number of the newest draft that a folder has a record of; 0 where it has none."""
    numbers = (record.get("draft") for record in records_in(folder))
    return max((number for number in numbers if isinstance(number, int)), default=0)


def refuse_if_lost(folder: Path, current: Draft | None) -> None:
    """Raises NeedsPerson (F134) where the record of the draft to go on from is gone or damaged, so that nobody could
    tell people's words from the program's, or all drafts are and their records tell of several.
    """
    place, repair = Place(folder.name), f"committee-papers repair {folder.absolute().parent.name}"
    if current is not None and not current.record:
        raise NeedsPerson(problem("F134", place, file=current.path.name, repair=repair))
    if current is None and len(list((folder / RECORDS).glob("draft *.json"))) > 1:
        raise NeedsPerson(problem("F134", place, "drafts"))


def load(path: Path, number: int, folder: Path | None = None) -> Draft:
    """A draft and its record, kept in the meeting's `folder` (None: its own); of a record whose draft never came
    to be written, only what is true of the one before.
    """
    content, record = path.read_bytes(), read_record(folder or path.parent, number)
    found = sha256_of(content)
    if found == record.get("instead_of") and found != record.get("sha256"):
        kept = {name: value for name, value in record.items() if name not in _OF_THE_NEXT}
        record = {**kept, "sha256": found}
    return Draft(path, number, content, record)


def two_drafts(drafts: Sequence[Draft]) -> Problem:
    """F130: two people's copies of one draft."""
    names = " and ".join(f"“{draft.path.name}”" for draft in drafts)
    cure = "Say with --draft which one to go on from, and set the other aside with --without."
    return error("F130", Place(str(drafts[0].path.parent)), f"{names} have both been edited.", cure)


def save(folder: Path, name: str, number: int, content: bytes, record: Mapping[str, Any], over: Draft | None) -> Path:
    """The draft's record, then the draft; it takes the place of `over`, an unedited draft of the program's own.

    In that order, so that a run killed in between leaves no draft without a record, to be taken for an officer's own.
    """
    remove_leftovers(folder)
    path = over.path if over else folder / name
    before = sha256_of(over.content) if over else ""
    if not over and os.path.lexists(path):
        raise in_the_way(path)
    whole = {"paper": path.name, "sha256": sha256_of(content), "draft": number, "instead_of": before, **record}
    put_json(record_path(folder, number), whole)
    keep_version(folder, "handed out", content)
    if over:
        replace_own(path, content, before)
    else:
        write_new(path, content)
    return path


def keep_version(folder: Path, what: Version, content: bytes) -> None:
    """Keeps a draft as it was handed out, or a file as it was taken in, by its hash. It is not made durable: where it
    is lost, whoever typed in a copy is asked what to do with it.

    outputs/<report>/<meeting date>/record/handed out 3fa9c1d2.version
    """
    with suppress(OSError):
        (folder / RECORDS / f"{what} {sha256_of(content)[:8]}.version").write_bytes(content)


def versions_in(folder: Path, what: Version) -> dict[str, bytes]:
    """The versions that are kept of a folder's drafts or copies, by their hash. One that was damaged is none."""
    found = {path: path.read_bytes() for path in sorted((folder / RECORDS).glob(f"{what} *.version"))}
    kept = {path: (sha256_of(content), content) for path, content in found.items()}
    return dict(version for path, version in kept.items() if path.stem.endswith(f" {version[0][:8]}"))


def files_kept(folder: Path) -> Iterator[Path]:
    """Every file of a meeting's folder, but for what was published and what other programs leave there."""
    for place, inside, names in os.walk(folder):
        inside[:] = sorted(name for name in inside if Path(place) != folder or name != "published")
        yield from (Path(place, name) for name in sorted(names) if not name.startswith(("~", ".")))


def save_copy(folder: Path, name: str, content: bytes) -> Path:
    """A copy made from a draft, such as a redline: in place of an earlier one nobody touched, else under a new name.

    It is recorded before it is written, so that a run killed in between does not take its own copy for a person's.
    """
    remove_leftovers(folder)
    copies = read_copies(folder)
    stem, suffix = Path(name).stem, Path(name).suffix
    names = chain((name,), (f"{stem} {number}{suffix}" for number in count(2)))
    path = next(folder / free for free in names if not _changed_by_a_person(folder / free, copies))
    before = sha256_of(path) if path.exists() else ""
    put_json(folder / RECORDS / "copies.json", {**copies, path.name: f"{before} {sha256_of(content)}".strip()})
    put(path, content, before)
    return path


def _changed_by_a_person(path: Path, copies: Mapping[str, str]) -> bool:
    """Does something stand at `path` that is no copy of the program's, or was one?"""
    return path.exists() and sha256_of(path) not in copies.get(path.name, "").split()


def read_copies(folder: Path) -> dict[str, str]:
    """The copies made so far, by file name: the hash of each, after that of the one whose place it took."""
    return kept_texts(folder / RECORDS / "copies.json")


def previous_paper(
    outputs: Path, report: str, before: dt.date, meetings: Collection[dt.date]
) -> tuple[dt.date, Draft] | None:
    """The newest draft of the last meeting before a day that has one, and that meeting's day.

    A draft for a day that is none of the calendar's `meetings` was made by mistake, or its meeting moved: it is no
    paper that anybody has had. Days before the first of them count, for old meetings may be taken out of a calendar.
    """
    first = min(meetings, default=before)
    for day, folder in reversed(meeting_folders(outputs / report).items()):
        if day < before and (day in meetings or day < first) and (found := current_draft(folder)):
            return day, found
    return None

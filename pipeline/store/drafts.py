"""Drafts: the papers in a meeting's folder, and the record the program keeps of each."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from pipeline.baseline import Baseline
from pipeline.problems import NeedsPerson, Place, error
from pipeline.store.data import as_json, kept_json, kept_texts
from pipeline.store.names import safe_name
from pipeline.store.writing import in_the_way, remove_leftovers, replace_own, sha256_of, write_new
from pipeline.store.written import baseline_of

NUMBER = re.compile(r"\(draft (\d+)\)", re.IGNORECASE)
RECORDS = "record"
_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft on disk: its number, its bytes, and the record kept when it was made (empty if that is gone)."""

    path: Path
    number: int
    content: bytes
    record: Mapping[str, Any]

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


def building(folder: Path) -> str:
    """The command that drafts the paper in a meeting's folder, whatever reports and meetings there are besides."""
    *_, report, day = folder.absolute().parts
    shown = f'"{report}"' if " " in report else report
    return f"committee-papers build {shown} --meeting {day}"


def draft_name(meeting_on: dt.date, title: str, number: int) -> str:
    """`2017-01-23 Quarterly Update (draft 1).docx`, safe as a file name everywhere."""
    return safe_name(f"{meeting_on.isoformat()} {title} (draft {number})", ".docx")


def record_path(folder: Path, number: int) -> Path:
    """The record of one draft."""
    return folder / RECORDS / f"draft {number}.json"


def read_record(folder: Path, number: int) -> Mapping[str, Any]:
    """The record of one draft; empty where there is none that can be read."""
    record = kept_json(record_path(folder, number))
    return record if isinstance(record, dict) else {}


def kept_at(folder: Path, sha256: str) -> Path:
    """Where a draft that is published is kept as it was, by its hash."""
    return folder / RECORDS / f"published {sha256[:_SHOWN]}.docx"


def was_published(draft: Draft) -> bool:
    """Are these the bytes of a publication, be it withdrawn by now? What the public read is never replaced."""
    return kept_at(draft.path.parent, sha256_of(draft.content)).exists()


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

    Raises NeedsPerson where two files have the newest number, both changed by people.
    """
    if named is not None:
        number = NUMBER.search(named.name)
        kept_in = folder if folder.resolve() in named.resolve().parents else None
        return load(named, int(number.group(1)) if number else max(drafts_in(folder), default=0), kept_in)
    drafts = drafts_in(folder)
    if not drafts:
        return None
    newest = max(drafts)
    loaded = [load(path, newest) for path in drafts[newest]]
    edited = [draft for draft in loaded if draft.edited]
    if len(edited) > 1:
        raise NeedsPerson(two_drafts(edited))
    return min(edited or loaded, key=lambda draft: draft.record.get("paper") != draft.path.name)


def load(path: Path, number: int, folder: Path | None = None) -> Draft:
    """A draft and its record, kept in the meeting's `folder` (None: its own); of a record whose draft never came
    to be written, only what is true of the one before.
    """
    content, record = path.read_bytes(), read_record(folder or path.parent, number)
    found = sha256_of(content)
    if found == record.get("instead_of") and found != record.get("sha256"):
        kept = {name: value for name, value in record.items() if name not in ("blocks", "substance")}
        record = {**kept, "sha256": found}
    return Draft(path, number, content, record)


def two_drafts(drafts: list[Draft]) -> Any:
    """The problem of two people's copies of one draft."""
    names = " and ".join(f"“{draft.path.name}”" for draft in drafts)
    place = Place(str(drafts[0].path.parent))
    cure = "Say with --draft which one to go on from, and set the other aside with --without."
    return error("F130", place, f"{names} have both been edited.", cure)


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
    if over:
        replace_own(path, content, before)
    else:
        write_new(path, content)
    return path


def add_to_record(draft: Draft, data: Mapping[str, Any]) -> None:
    """More for the record of a draft that stays as it is."""
    folder = draft.path.parent
    put_json(record_path(folder, draft.number), {**read_record(folder, draft.number), **data})


def put_json(path: Path, data: Mapping[str, Any]) -> None:
    """Data as a file of the program's own, in place of what it wrote there before."""
    content = as_json(data)
    if path.exists():
        replace_own(path, content, sha256_of(path))
    else:
        write_new(path, content)


def save_copy(folder: Path, name: str, content: bytes) -> Path:
    """A copy made from a draft, such as a redline: in place of an earlier one nobody touched, else under a new name.

    It is recorded before it is written, so that a run killed in between does not take its own copy for a person's.
    """
    remove_leftovers(folder)
    copies = read_copies(folder)
    stem, suffix = Path(name).stem, Path(name).suffix
    names = chain((name,), (f"{stem} {number}{suffix}" for number in count(2)))
    path = next(folder / each for each in names if not changed_by_a_person(folder / each, copies))
    before = sha256_of(path) if path.exists() else ""
    put_json(folder / RECORDS / "copies.json", {**copies, path.name: f"{before} {sha256_of(content)}".strip()})
    if before:
        replace_own(path, content, before)
    else:
        write_new(path, content)
    return path


def changed_by_a_person(path: Path, copies: Mapping[str, str]) -> bool:
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
    folder, first = outputs / report, min(meetings, default=before)
    days = sorted((path.name for path in folder.iterdir() if path.is_dir()), reverse=True) if folder.is_dir() else []
    for name in days:
        day = as_day(name)
        met = day and day < before and (day in meetings or day < first)
        found = current_draft(folder / name) if met else None
        if day and found:
            return day, found
    return None


def as_day(name: str) -> dt.date | None:
    """The day that a folder is named after; None for other folders."""
    try:
        return dt.date.fromisoformat(name)
    except ValueError:
        return None

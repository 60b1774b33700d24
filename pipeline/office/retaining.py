"""How long drafts, versions, hashes and acts are kept after a meeting, as `report.toml` says; without a word: for good.

What was published is never removed, nor what a person put into the outputs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from pipeline.office.material import Asked, Order, order_of
from pipeline.report import Report
from pipeline.store import (
    ACTS,
    RECORDS,
    Act,
    acts_on_record,
    begin_anew,
    drafts_in,
    meeting_folders,
    only_one,
    put_on_record,
    read_copies,
    sha256_of,
)


@dataclass(frozen=True, slots=True)
class OverTime:
    """What of one meeting's paper is kept no longer: one of `RETENTION`, for so many days, and its files."""

    meeting: str
    what: str
    days: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retained:
    """What is over its time in the outputs of a report, and whether it was removed."""

    report: str
    over: tuple[OverTime, ...]
    removed: bool

    @property
    def code(self) -> int:
        """0: to keep more than must be is no fault."""
        return 0


def retention(report: str | None = None, *, apply: bool = False, by: str = "", **asked: Unpack[Asked]) -> Retained:
    """Lists what is kept no longer by the report's settings, and removes it where `apply` says so, on record by whom.

    Raises PaperError for settings that cannot be used, NeedsPerson (F110) where another run is in hand.
    """
    order = order_of(report, **asked)
    if not apply:
        return Retained(order.report, tuple(over_time(order)), removed=False)
    with only_one(order.outputs, f"retention {order.report}"):
        return Retained(order.report, tuple(removed(order, by)), removed=True)


def over_time(order: Order) -> Iterator[OverTime]:
    """What is over its time, by meeting, on the day of the order."""
    settings: Report = order.settings
    for day, folder in meeting_folders(order.outputs / order.report).items():
        for what, days in settings.retention.items():
            files = tuple(files_of(what, folder)) if days and (order.today - day).days > days else ()
            if files:
                yield OverTime(folder.name, what, days, files)


def files_of(what: str, folder: Path) -> Iterator[str]:
    """The files of a meeting's folder that are kept so long, by their path in it."""
    names = {"drafts": names_of_drafts, "versions": names_of_versions}
    if what in names:
        yield from sorted(name for name in names[what](folder) if (folder / name).is_file())
        return
    acts = acts_on_record(folder)
    yield from [ACTS] if not acts.broken and any(goes(what, act) for act in acts) else ()


def goes(what: str, act: Act) -> bool:
    """Is an act one of the hashes, or of the acts, that are kept so long?"""
    return act.what == "withheld" if what == "hashes" else act.what not in ("withheld", "removed")


def names_of_drafts(folder: Path) -> Iterator[str]:
    """Drafts, the copies and notes made of them by the program, and their records, which hold their words too."""
    yield from (path.name for paths in drafts_in(folder).values() for path in paths)
    yield from read_copies(folder)
    yield from (f"{RECORDS}/{path.name}" for path in (folder / RECORDS).glob("*draft *.json"))


def names_of_versions(folder: Path) -> Iterator[str]:
    """Drafts as they were handed out, and files as they were taken in."""
    yield from (f"{RECORDS}/{path.name}" for path in (folder / RECORDS).glob("*.version"))


def removed(order: Order, by: str) -> Iterator[OverTime]:
    """Removes what is over its time, each put on record before. For a run that holds the outputs folder."""
    at = order.now.isoformat(timespec="seconds")
    for over in [*over_time(order)]:
        folder, why = order.outputs / order.report / over.meeting, f"{over.what} are kept for {over.days} days"
        if over.files == (ACTS,):
            kept = [act for act in acts_on_record(folder) if not goes(over.what, act)]
            begin_anew(folder, kept, Act(what="removed", by=by, at=at, reason=why))
        else:
            digests = {name: sha256_of(folder / name) for name in over.files}
            put_on_record(
                folder,
                (
                    Act(what="removed", by=by, at=at, file=name, file_sha256=digest, reason=why)
                    for name, digest in digests.items()
                ),
            )
            for name in over.files:
                (folder / name).unlink()
        yield over

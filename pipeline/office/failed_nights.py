"""What unattended runs could not do, kept until it is done: a failed night is not forgotten because nobody looked.

outputs/.committee-papers.undone.json     the papers, or whole reports, that the last run for them did not draft
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.store import drafts_in, kept_json, meeting_folder, published, put_json, record_path, sha256_of

KEPT = ".committee-papers.undone.json"
LOGS, SAID = "logs", "daily task.txt"
"""The folder of logs in the outputs, and the file there in which the daily task keeps what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """A paper that was due and not drafted; without a meeting, a report whose calendar or settings stood in the way.

    `since` is the day of the first failure, `code` the exit code of the last. `problems` are lines without the content
    of any cell. `stood` tells how the newest draft stood then: once that has changed, the paper was drafted after all.
    """

    report: str
    meeting_on: dt.date | None
    code: int
    since: dt.date
    problems: tuple[str, ...] = ()
    stood: str = ""


def undone(outputs: Path) -> tuple[Undone, ...]:
    """All that was kept; nothing where the file is gone or damaged (the next run writes it anew)."""
    try:
        return tuple(undone_of(data) for data in kept_json(outputs / KEPT)["undone"])
    except (ValueError, LookupError, TypeError):
        return ()


def still(outputs: Path, report: str, today: dt.date) -> tuple[Undone, ...]:
    """What of one report is not done yet and still due: the meeting is to come, its paper is not published, and no
    draft was made since. Raises PaperError (C130) where what was published cannot be read.
    """
    return tuple(
        failed
        for failed in undone(outputs)
        if failed.report == report
        and (failed.meeting_on is None or today <= failed.meeting_on)
        and failed.stood == newest_of(outputs, report, failed.meeting_on)
        and not (failed.meeting_on and published(meeting_folder(outputs, report, failed.meeting_on)))
    )


def keep_undone(outputs: Path, tried: Iterable[str], failed: Sequence[Undone]) -> None:
    """Keeps what failed, in place of what was kept of the reports that were tried; what failed before, since then.

    For a run that holds `only_one(outputs)`. Raises as `put_json`.
    """
    before, reports = undone(outputs), set(tried)
    since = {(failure.report, failure.meeting_on): failure.since for failure in before}
    found = [
        replace(failure, since=since.get((failure.report, failure.meeting_on), failure.since)) for failure in failed
    ]
    kept = [as_data(failure) for failure in (*(failure for failure in before if failure.report not in reports), *found)]
    if kept:
        put_json(outputs / KEPT, {"format": 1, "undone": kept})
    else:
        (outputs / KEPT).unlink(missing_ok=True)


def newest_of(outputs: Path, report: str, meeting_on: dt.date | None) -> str:
    """A hash of the newest draft's record; empty where there is none, and for a report as a whole."""
    if meeting_on is None:
        return ""
    folder = meeting_folder(outputs, report, meeting_on)
    path = record_path(folder, max(drafts_in(folder), default=0))
    return sha256_of(path) if path.is_file() else ""


def as_data(undone: Undone) -> dict[str, object]:
    """As it is kept."""
    meeting_on = undone.meeting_on.isoformat() if undone.meeting_on else None
    return asdict(undone) | {"meeting_on": meeting_on, "since": undone.since.isoformat()}


def undone_of(data: Mapping[str, Any]) -> Undone:
    """Out of what was kept. Raises LookupError, TypeError or ValueError where it is none."""
    day = data["meeting_on"]
    return Undone(
        report=str(data["report"]),
        meeting_on=dt.date.fromisoformat(day) if day else None,
        code=int(data["code"]),
        since=dt.date.fromisoformat(data["since"]),
        problems=tuple(map(str, data["problems"])),
        stood=str(data["stood"]),
    )

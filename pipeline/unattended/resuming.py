"""Taking a run up again: an order whose files are as they were when it was last carried out is not carried out twice.

What was done is kept beside a report's drafts with a state: a hash of every file of the report and its inputs, of the
day, of how its outputs stand, and of what is kept. Whatever cannot be read or is not just so, the order is carried out.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pipeline import VERSION
from pipeline.office.material import Order
from pipeline.problems import Level, Place, Problem
from pipeline.store import kept_json, sha256_of
from pipeline.unattended.results import Attempt, Result

KEPT = ".committee-papers.last.json"
BY_CONTENT = (".toml", ".xlsx", ".xlsm", ".docx", ".csv", ".txt")
LARGEST = 1 << 24
"""Bytes of a file above which its time is taken for its content."""

Work = Callable[[Order], Result]


def resumed(work: Work, order: Order) -> Result:
    """What `work` gives for the order; where that was done already and nothing changed since, as one that changed
    nothing. Only work that went through is remembered.
    """
    kept = order.outputs / order.report / KEPT
    try:
        before = asked(work, order)
        known = kept_json(kept)
        if known and known["state"] == state(before, order, known["result"]):
            return result_of(known["result"])
    except (OSError, LookupError, TypeError, ValueError, RecursionError):
        return work(order)
    result = work(order)
    if result.papers and not result.code:
        # A file cut short by a power cut is as good as none, and so it need not be made durable.
        kept_result = json.loads(json.dumps(asdict(result), default=str))
        with suppress(OSError):
            data = {"state": state(before, order, kept_result), "result": kept_result}
            kept.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return result


def asked(work: Work, order: Order) -> str:
    """A hash of what is asked for: the work, the day, and every file that it may read. Raises OSError."""
    terms = (VERSION, work.__module__, work.__qualname__, order.today, order.meeting, order.as_at, order.draft)
    files = [*files_below(order.templates / order.report), *files_below(order.folder)]
    return sha256_of(repr((terms, files)).encode())


def state(before: str, order: Order, result: object) -> str:
    """The same with how the report's outputs stand, and with what is told of the order."""
    return sha256_of(repr((before, [*files_below(order.outputs / order.report, hashed=())], result)).encode())


def files_below(folder: Path, hashed: tuple[str, ...] = BY_CONTENT) -> Iterator[tuple[str, object, int]]:
    """Every file under a folder, in order of path: its path, its hash or its time, and its size."""
    for path, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name != KEPT:
                file = os.path.join(path, name)  # noqa: PTH118 (ten times as fast as a Path, for every file there is)
                found = os.stat(file)  # noqa: PTH116
                by_content = file.lower().endswith(hashed) and found.st_size <= LARGEST
                yield file, sha256_of(Path(file)) if by_content else found.st_mtime_ns, found.st_size


def result_of(data: dict[str, Any]) -> Result:
    """The result that was kept, with nothing changed. Raises KeyError, TypeError or ValueError where it is none."""
    return Result(data["report"], tuple(map(attempt_of, data["papers"])))


def attempt_of(data: dict[str, Any]) -> Attempt:
    """One paper's attempt out of its data, as it would come out again."""
    day = dt.date.fromisoformat(data["meeting_on"]) if data["meeting_on"] else None
    found = Attempt(
        **{**data, "meeting_on": day, "unsettled": (), "problems": tuple(map(problem_of, data["problems"]))}
    )
    return found if found.action == "published" else replace(found, action="unchanged", came_from=None)


def problem_of(data: dict[str, Any]) -> Problem:
    """A problem out of its data."""
    return Problem(**{**data, "place": Place(*data["place"]), "level": Level(data["level"])})

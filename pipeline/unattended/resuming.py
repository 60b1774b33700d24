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
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline import VERSION
from pipeline.office.drafting import Order
from pipeline.problems import Level, Place, Problem
from pipeline.store import kept_json, sha256_of
from pipeline.unattended.attempts import Attempt, Result

KEPT = ".committee-papers.last.json"
BY_CONTENT = (".toml", ".xlsx", ".xlsm", ".docx", ".csv", ".txt")
LARGEST = 1 << 24
"""Bytes of a file above which its time is taken for its content."""


def resumed(work: Callable[[Order], Result], order: Order) -> Result:
    """What `work` gives for the order; where that was done already and nothing changed since, as one that changed
    nothing. Only work that went through is remembered.
    """
    try:
        before = asked(work, order)
        known = kept_json(order.outputs / order.report / KEPT)
        if known and known["state"] == state(before, order, known["result"]):
            return result_of(known["result"])
    except (OSError, LookupError, TypeError, ValueError, RecursionError):
        return work(order)
    result = work(order)
    if result.attempts and not result.code:
        with suppress(OSError):
            keep(order, before, result)
    return result


def asked(work: Callable[[Order], Result], order: Order) -> str:
    """A hash of what is asked for: the work, the day, and every file that it may read. Raises OSError."""
    day = order.now.date()
    terms = (VERSION, work.__module__, work.__qualname__, day, order.meeting, order.as_at, order.draft)
    files = [*contents(order.templates / order.report), *contents(order.inputs / order.report)]
    return sha256_of(repr((terms, files)).encode())


def state(before: str, order: Order, told: object) -> str:
    """The same with how the report's outputs stand, and with what is told of the order."""
    return sha256_of(repr((before, listing(order.outputs / order.report), told)).encode())


def files_in(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file under a folder, in order of path."""
    for path, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name != KEPT:
                file = os.path.join(path, name)  # noqa: PTH118 (ten times as fast as a Path, for every file there is)
                yield file, os.stat(file)  # noqa: PTH116


def contents(folder: Path) -> Iterator[tuple[str, object, int]]:
    """Every file under a folder: its path, its hash or time, and its size. What papers are made from has a hash."""
    for file, found in files_in(folder):
        by_content = file.lower().endswith(BY_CONTENT) and found.st_size <= LARGEST
        told = sha256_of(Path(file)) if by_content else found.st_mtime_ns
        yield file, told, found.st_size


def listing(folder: Path) -> list[tuple[str, int, int]]:
    """Every file under a folder: its path, size and time."""
    return [(file, found.st_size, found.st_mtime_ns) for file, found in files_in(folder)]


def keep(order: Order, before: str, result: Result) -> None:
    """Keeps what was done. A file cut short by a power cut is as good as none, and so it need not be made durable."""
    told = json.loads(json.dumps(result, default=plain))
    data = {"state": state(before, order, told), "result": told}
    (order.outputs / order.report / KEPT).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def plain(value: Result | Attempt | Problem | dt.date) -> object:
    """What JSON does not know, in what it knows."""
    return str(value) if isinstance(value, dt.date) else {name: getattr(value, name) for name in value.__slots__}


def result_of(told: dict[str, Any]) -> Result:
    """The result that was kept, with nothing changed. Raises KeyError, TypeError or ValueError where it is none."""
    return Result(told["report"], tuple(unchanged(attempt_of(each)) for each in told["attempts"]))


def attempt_of(data: dict[str, Any]) -> Attempt:
    """One paper's attempt out of its data."""
    day = dt.date.fromisoformat(data["meeting_on"]) if data["meeting_on"] else None
    return Attempt(**{**data, "meeting_on": day, "problems": tuple(problem_of(each) for each in data["problems"])})


def problem_of(data: dict[str, Any]) -> Problem:
    """A problem out of its data."""
    return Problem(**{**data, "place": Place(*data["place"]), "level": Level(data["level"])})


def unchanged(attempt: Attempt) -> Attempt:
    """The attempt as it would come out again."""
    return attempt if attempt.action == "published" else replace(attempt, action="unchanged", taken_from="")

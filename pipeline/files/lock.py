"""One run at a time in an outputs folder. The lock is the operating system's, so a killed run leaves none behind."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.files.faults import told_plainly
from pipeline.files.writing import remove_leftovers
from pipeline.problems import NeedsPerson, Place, error

_LOCK = ".committee-papers.lock"
_HOLDER = ".committee-papers.running"


@contextmanager
def only_one(folder: Path, command: str = "committee-papers") -> Iterator[None]:
    """Holds `folder` (made where needed) for this run, after clearing what a killed run left half written.

    Never waits: where another run holds it, raises NeedsPerson (F110) saying which command, which process and since
    when. The holder is written beside the lock and not in it: on Windows nobody else can read a locked file.
    """
    from filelock import FileLock, Timeout

    with told_plainly(folder / _LOCK):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise _held(folder) from None
    try:
        _say_who(folder, command)
        remove_leftovers(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _say_who(folder: Path, command: str) -> None:
    """Best effort: a run that cannot say who it is still holds the lock."""
    holder = {"command": command, "process": os.getpid(), "computer": platform.node()}
    with suppress(OSError):
        (folder / _HOLDER).unlink(missing_ok=True)
        (folder / _HOLDER).write_text(json.dumps(holder), encoding="utf-8")


def _held(folder: Path) -> NeedsPerson:
    """Since when is told by the file's own time, so that nothing here asks the clock."""
    try:
        file = folder / _HOLDER
        holder = json.loads(file.read_text(encoding="utf-8"))
        began = dt.datetime.fromtimestamp(file.stat().st_mtime)
        who = f"“{holder['command']}” (process {holder['process']} on {holder['computer']})"
        since = f" since {began:%H:%M} on {began.day} {began:%B %Y}"
    except (OSError, ValueError, KeyError, TypeError):
        who, since = "Another run", ""
    return NeedsPerson(
        error(
            "F110",
            Place(file=folder.name),
            f"{who} is already running in the folder “{folder.name}”{since}.",
            "Wait until it has finished, then run this again.",
        )
    )

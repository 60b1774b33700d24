"""One run at a time in an outputs folder. The lock is the operating system's, so a killed run leaves none behind."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from pipeline.problems import NeedsPerson, Place, error
from pipeline.store.data import kept_json
from pipeline.store.faults import told_plainly
from pipeline.store.writing import remove_leftovers

_LOCK = ".committee-papers.lock"
_HOLDER = ".committee-papers.running"
_HELD: set[int] = set()
"""Handles of the locks that this process holds."""


@contextmanager
def only_one(folder: Path, command: str = "committee-papers") -> Iterator[None]:
    """Holds `folder` (made where needed) for this run, after clearing what a killed run left half written.

    Never waits: where another run holds it, raises NeedsPerson (F110) saying which command, which process and since
    when. The holder is written beside the lock and not in it: on Windows nobody else can read a locked file.
    """
    with told_plainly(folder / _LOCK):
        folder.mkdir(parents=True, exist_ok=True)
        release = _taken(folder / _LOCK)
    if release is None:
        raise _held(folder)
    try:
        _say_who(folder, command)
        remove_leftovers(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / _HOLDER).unlink(missing_ok=True)
        release()


def _taken(path: Path) -> Callable[[], None] | None:
    """Takes the lock, and gives what releases it; None where another has it.

    One call of the system where that is all there is to it; where it is not, on Windows, the package that knows how.
    """
    if sys.platform == "win32":
        from filelock import FileLock, Timeout

        lock = FileLock(path, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return None
        return lock.release
    import fcntl

    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    _HELD.add(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException as held:
        _let_go(handle)
        if isinstance(held, BlockingIOError):
            return None
        raise
    return partial(_let_go, handle)


def _let_go(handle: int) -> None:
    """Gives the lock back; a system that refuses to close it gives it back when the program ends."""
    if handle not in _HELD:  # a copy of this process, which never held it: the number may be another file's by now
        return
    _HELD.discard(handle)
    with suppress(OSError):
        os.close(handle)


def _hold_nothing() -> None:
    """Closes the locks that a copy of this process came with. A lock is free only when its last handle is closed: one
    that a worker keeps would outlast a run that was killed.
    """
    for handle in tuple(_HELD):
        _let_go(handle)


if sys.platform != "win32":  # where processes are not copied, and handles are not handed on
    os.register_at_fork(after_in_child=_hold_nothing)


def _say_who(folder: Path, command: str) -> None:
    """Best effort: a run that cannot say who it is still holds the lock."""
    holder = {"command": command, "process": os.getpid(), "computer": _computer()}
    with suppress(OSError):
        (folder / _HOLDER).unlink(missing_ok=True)
        (folder / _HOLDER).write_text(json.dumps(holder), encoding="utf-8")


def _computer() -> str:
    """This computer's name."""
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def _held(folder: Path) -> NeedsPerson:
    """Since when is told by the file's own time, so that nothing here asks the clock."""
    try:
        file = folder / _HOLDER
        holder = kept_json(file)
        began = dt.datetime.fromtimestamp(file.stat().st_mtime)
        who = f"“{holder['command']}” (process {holder['process']} on {holder['computer']})"
        since = f" since {began:%H:%M} on {began.day} {began:%B %Y}"
    except (OSError, ValueError, KeyError, TypeError):
        who, since = "Another run", ""
    message = f"{who} is already running in the folder “{folder.name}”{since}."
    return NeedsPerson(
        error("F110", Place(file=folder.name), message, "Wait until it has finished, then run this again.")
    )

"""Faults planted in the file-system calls of a forked run: stopped dead at the nth call, or refused by it.

The pattern is SQLite's anomaly test: the 1st call fails, then the 2nd, the 3rd ... until a run gets through, and after
each the files are looked at.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

CALLS = ("open", "write", "fsync", "close", "link", "rename", "replace", "unlink", "mkdir")
STOPS = ("killed before", "killed after", "killed half way")
REFUSALS = (errno.ENOSPC, errno.EACCES, errno.EIO)
GOT_THROUGH, TOLD_PLAINLY, FAULT_OF_OURS = 0, 3, 70


class Plan:
    """Counts the calls made, and spoils the nth."""

    def __init__(self, nth: int, how: str | int) -> None:
        self.nth, self.how, self.made = nth, how, 0

    def wrap(self, name: str) -> None:
        real = getattr(os, name)

        def spoiled(*args: Any, **named: Any) -> Any:
            self.made += 1
            if self.made != self.nth:
                return real(*args, **named)
            if isinstance(self.how, int):
                if name == "close":
                    real(*args, **named)
                raise OSError(self.how, os.strerror(self.how))
            if self.how == "killed after":
                real(*args, **named)
            if self.how == "killed half way" and name == "write":
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
            return None

        setattr(os, name, spoiled)


def _forked(run: Callable[[], None], plan: Plan | None) -> int:
    """The process id of a child that does `run` under `plan` and ends with a code that says how it went."""
    from pipeline.problems import PaperError

    if child := os.fork():
        return child
    code = FAULT_OF_OURS
    try:
        for name in CALLS if plan else ():
            plan.wrap(name)  # type: ignore[union-attr]
        run()
        code = GOT_THROUGH
    except PaperError:
        code = TOLD_PLAINLY
    finally:
        os._exit(code)


def _ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def at_every_call(run: Callable[[], None], how: str | int, step: int = 1) -> Iterator[tuple[int, int]]:
    """Does `run` again and again, spoiling its nth call; yields (n, exit code) after each, until one gets through.

    A refusal that the run can do without also lets it through, so ten calls in a row are waited for (with `step`, which
    spoils only every so many calls, two).
    """
    unspoiled, nth = 0, 1 - step
    enough = 10 if step == 1 else 2
    while unspoiled < enough:
        nth += step
        code = _ended(_forked(run, Plan(nth, how)))
        unspoiled = unspoiled + 1 if code == GOT_THROUGH else 0
        yield nth, code


def at_random_moments(run: Callable[[], None], times: int, within: float, seed: int) -> Iterator[tuple[int, int]]:
    """Does `run` `times` times, each killed at a random moment within so many seconds; yields (which, exit code)."""
    moments = random.Random(seed)
    for which in range(times):
        child = _forked(run, None)
        time.sleep(moments.uniform(0, within))
        os.kill(child, signal.SIGKILL)
        yield which, _ended(child)


def both_at_once(run: Callable[[], None]) -> tuple[int, int]:
    """Two processes that do `run`, let go in the same instant; their exit codes."""
    ready, go = os.pipe()

    def waiting() -> None:
        os.close(go)
        os.read(ready, 1)
        run()

    children = [_forked(waiting, None), _forked(waiting, None)]
    os.close(go)
    codes = _ended(children[0]), _ended(children[1])
    os.close(ready)
    return codes

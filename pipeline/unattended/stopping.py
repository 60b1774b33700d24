"""Stopping a run between papers, so that what was made can be told and logged."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Stopped = Callable[[], bool]
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_USUAL = (signal.default_int_handler, signal.SIG_DFL)


def never() -> bool:
    """For a run that nobody stops: False."""
    return False


@contextmanager
def held_off() -> Iterator[Stopped]:
    """Tells whether somebody asked for a stop (Ctrl+C, or the system as it shuts down), which stops nothing by itself.

    Asked for a second time, it is a KeyboardInterrupt there and then. Signals that are dealt with otherwise already are
    left alone: a run in the background that is deaf to Ctrl+C stays so.
    """
    asked: list[int] = []

    def ask(number: int, _: object) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    alone = threading.current_thread() is threading.main_thread()  # no other thread may say how signals are dealt with
    usual = {each: found for each in _SIGNALS if alone and (found := signal.getsignal(each)) in _USUAL}
    for each in usual:
        signal.signal(each, ask)
    try:
        yield lambda: bool(asked)
    finally:
        for each, found in usual.items():
            signal.signal(each, found)

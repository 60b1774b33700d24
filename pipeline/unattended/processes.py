"""The processes of a run: stopped between papers, so that what was made can be told; none outlives the run."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import parent_process

Stopped = Callable[[], bool]
GONE = 1
"""The exit code of a worker whose run is gone; nobody is left to read it."""
GLANCE = 0.02
"""Seconds between two looks at who the parent is: copied processes keep each other's signs of a live parent, and would
end one after the other only.
"""
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


@contextmanager
def workers(number: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes of this machine, each set as the run's own."""
    with ProcessPoolExecutor(number, initializer=begin, initargs=(gc.get_threshold(),)) as executor:
        yield executor


def begin(thresholds: tuple[int, ...]) -> None:
    """Makes this process a worker. An interrupt is left to the run, which says what is still to be done: a terminal
    sends it to every process at once.
    """
    gc.set_threshold(*thresholds)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=end_with_the_run, daemon=True).start()


def end_with_the_run() -> None:
    """Waits until the run's own process is gone, however it ended, and then ends this one there and then.

    The lock on the outputs is free from that moment, and the next run's to hold: not even what is in hand may be
    written any more. What is left half written is no paper yet, and the next run clears it away.
    """
    run, parent = parent_process(), os.getppid()
    if run is not None:
        while run.is_alive() and os.getppid() == parent:
            run.join(GLANCE)
        os._exit(GONE)

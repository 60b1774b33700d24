"""Who does the work of a run: processes of this machine, stopped between papers and none outliving the run, or a Dask
cluster, for whoever outgrows one machine (the extra `cluster`).
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import parent_process

from pipeline.problems import BrokenInstallation, Place, error

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
    usual = {number: found for number in _SIGNALS if alone and (found := signal.getsignal(number)) in _USUAL}
    for number in usual:
        signal.signal(number, ask)
    try:
        yield lambda: bool(asked)
    finally:
        for number, found in usual.items():
            signal.signal(number, found)


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


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor of the scheduler at an address such as `tcp://10.0.0.5:8786`, and how many workers it has.

    Raises BrokenInstallation (F150, F151) where it cannot be had.
    """
    place = Place(address)
    try:
        from distributed import Client
    except ImportError:
        cure = "Install it with: pip install 'committee-papers[cluster]'"
        raise BrokenInstallation(error("F150", place, "Dask is not installed here.", cure)) from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as fault:
        cure = "Start the scheduler, or correct the address given with --cluster."
        raise BrokenInstallation(error("F151", place, "No Dask scheduler answers at this address.", cure)) from fault
    with client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            cure = "Start workers for it: dask worker ADDRESS"
            raise BrokenInstallation(error("F151", place, "The Dask scheduler has no workers.", cure))
        yield client.get_executor(retries=1), workers  # type: ignore[no-untyped-call]

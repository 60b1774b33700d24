"""A process that works for a run: it begins as the run's own process is set, and never outlives it."""

from __future__ import annotations

import gc
import os
import signal
import threading
from multiprocessing import parent_process

GONE = 1
"""The exit code of a worker whose run is gone; nobody is left to read it."""

GLANCE = 0.02
"""Seconds between two looks at who the parent is: copied processes keep each other's signs of a live parent, and would
end one after the other only.
"""


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

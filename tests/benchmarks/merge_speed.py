"""How long a merge takes, on a paper and on long tables: `python -m tests.benchmarks.merge_speed [ROWS...]`."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from pipeline.revise import open_paper, redlined
from tests.revise.board import FEBRUARY, JANUARY, Blocks
from tests.revise.officer import Officer, keys_of
from tests.revise.papers import Para, Tab, paper
from tests.revise.simulate import long_paper
from tests.revise.spots import AUTHOR, WHEN, redraft


def register(rows: int, month: int) -> Blocks:
    """A paper with one long table, in which one row in ten changes each month."""
    status = ("On track", "Complete")
    cells = {
        f"R-{n}": (f"R-{n}", f"Property number {n} in ward {n % 20} of the register", status[n % 10 < month])
        for n in range(month, rows + month)
    }
    return (Para("a", "The register."), Tab("register", ("Ref", "Property", "Status"), cells), Para("z", "The end."))


def edited(content: bytes, blocks: Blocks) -> bytes:
    """The paper after an officer's dozen edits."""
    opened = open_paper(content, "a draft")
    Officer(opened, 7, keys_of([block.key for block in blocks])).work(12)
    return opened.content()


def seconds(work: Callable[[], object], times: int) -> float:
    """The middle of several timings, in seconds of processor time: a busy machine tells no lies by it."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return statistics.median(found)


def show(name: str, old: Blocks, new: Blocks, times: int) -> None:
    """Prints the timings of one pair of papers."""
    before, fresh = paper(old), paper(new)
    officer = edited(before, old)
    merge = seconds(lambda: redraft(officer, fresh), times)
    compare = seconds(lambda: redlined(before, fresh, when=WHEN, author=AUTHOR), times)
    nothing = seconds(lambda: redraft(before, before), times)
    timings = {"next draft": merge, "nothing new": nothing, "compared": compare}
    print(f"{name}: " + ", ".join(f"{what} {took * 1000:.0f} ms" for what, took in timings.items()))


def main() -> None:
    """Prints the timings."""
    show("a paper of four pages", long_paper(JANUARY, 1), long_paper(FEBRUARY, 2), 15)
    for rows in map(int, sys.argv[1:] or ("1000", "10000")):
        show(f"a table of {rows} rows", register(rows, 1), register(rows, 2), 1)


if __name__ == "__main__":
    main()

"""Every figure that the README quotes, each a ratio taken round by round in this one run; none is a pass mark.

    python -m tests.benchmarks [--quick] [--only one cold growth merge many]

Processor time throughout, all threads and child processes included, so that a busy machine changes the figures little.
Node's part needs node and npm, and takes docxtemplater from the npm registry into a folder that is removed afterwards.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import cold, growth, many, merge, one
from tests.benchmarks.measuring import Line

Section = Callable[[Path, bool], Iterator[Line | str]]
SECTIONS: dict[str, tuple[str, Section]] = {
    "one": ("One paper, in a process that runs already", one.lines),
    "cold": ("One command, from its start to its end", cold.lines),
    "growth": ("Long tables: the whole build, per row of the tracker", growth.lines),
    "merge": ("Bringing an edited draft up to date", merge.lines),
    "many": ("Many reports, each with its own tracker", many.lines),
}


def main() -> None:
    """Prints the table, line by line as it is measured."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="fewer rounds, rows and reports")
    asked.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS))
    options = asked.parse_args()
    for name in options.only:
        title, section = SECTIONS[name]
        print(f"\n**{title}**\n\n| what | median | times as cheap (least-most) | as what |\n|---|---|---|---|")
        with tempfile.TemporaryDirectory() as folder:
            for line in section(Path(folder), options.quick):
                print(line, flush=True)


if __name__ == "__main__":
    main()

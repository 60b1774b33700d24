"""Long tables: what the whole build costs a row of the tracker, and what memory, from 10 rows to 10,000."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.build import gather, make
from tests.benchmarks import sample
from tests.benchmarks.measuring import Line, environment, process

CODE = "import sys; from tests.benchmarks import child; child.{}(child.Path(sys.argv[1]), int(sys.argv[2]))"
OURS, PLAIN = CODE.format("ours"), CODE.format("plain")


def lines(folder: Path, quick: bool) -> Iterator[Line | str]:
    """The cost of a row: what a process spends on so many papers more, over papers and rows."""
    env = environment(folder / "cache")
    sizes = (10, 100, 1000) if quick else (10, 100, 1000, 10_000)
    costs: dict[str, dict[int, float]] = {}
    peaks: dict[str, dict[int, float]] = {}
    for rows in (0, *sizes):
        sample.office(folder / str(rows), rows=rows)
        words = sample.names_of(make(gather(sample.order(folder / str(rows)))).context)
        (folder / str(rows) / "names.json").write_text(json.dumps(words), encoding="utf-8")
        for name, code in (("whole build", OURS), ("plain docxtpl, filling alone", PLAIN)):
            times = max(1, min(20, 2000 // max(rows, 1)))
            start = [process([sys.executable, "-c", code, folder / str(rows), "0"], env, folder) for _ in range(3)]
            end = [process([sys.executable, "-c", code, folder / str(rows), str(times)], env, folder) for _ in range(3)]
            spent = (min(each.cpu for each in end) - min(each.cpu for each in start)) / times
            costs.setdefault(name, {})[rows] = spent
            peaks.setdefault(name, {})[rows] = min(each.peak for each in end)
    for name, known in costs.items():
        for rows in sizes:
            yield Line(f"{name}, {rows:,} rows: a paper", known[rows] * 1000, "ms")
            yield Line(f"{name}, {rows:,} rows: an added row", (known[rows] - known[0]) / rows * 1e6, "µs")
        yield Line(f"{name}: peak memory added by {sizes[-1]:,} rows", peaks[name][sizes[-1]] - peaks[name][0], "MB")
    last, before = sizes[-1], sizes[-2]
    ours = costs["whole build"]
    each = [(ours[rows] - ours[0]) / rows for rows in (last, before)]
    yield Line(f"whole build: a row of {last:,} against a row of {before:,}", each[0] / each[1], "x")
    grown = {name: known[last] - known[0] for name, known in peaks.items()}
    yield Line("whole build: memory growth against plain docxtpl's", grown["whole build"]
               / max(grown["plain docxtpl, filling alone"], 0.1), "x")  # fmt: skip

"""Long tables: what a row of the tracker costs, and what memory, up to 10,000 rows, beside those who do as much."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks import sample
from tests.benchmarks.measuring import CHILD, Line, Spent, environment, process

WHOLE, ALONE = "whole build", "filling and proving alone"
SCRIPT, PLAIN = "plain script, whole: pandas, openpyxl, docxtpl", "plain docxtpl, filling alone"
CHILDREN = {WHOLE: "ours", ALONE: "proven", SCRIPT: "script", PLAIN: "plain"}
PAIRS = ((ALONE, PLAIN), (WHOLE, SCRIPT), (WHOLE, PLAIN))
"""Like beside like: filling with filling, and from the officers' files to a file on disk with the same. And, as ever,
our whole build beside filling alone, which reads nothing, checks nothing and keeps no record.
"""
Costs = Mapping[int, Spent]


def lines(folder: Path, quick: bool) -> Iterator[Line | str]:
    """The cost of a row: what a paper costs more than one of no rows added, over the rows."""
    env = environment(folder / "cache")
    sizes = (10, 100, 1000) if quick else (10, 100, 1000, 10_000)
    costs: dict[str, dict[int, Spent]] = {name: {} for name in CHILDREN}
    for rows in (0, *sizes):
        sample.prepare(folder / str(rows), rows)
        found = papers(folder / str(rows), env, max(1, min(20, 5000 // max(rows, 1))))
        for name, (spent, peaks) in found.items():
            costs[name][rows] = Spent(statistics.median(spent), min(peaks))
    for name, known in costs.items():
        yield from alone(name, known, sizes)
    yield Line(f"{WHOLE}: a row of {sizes[-1]:,} against a row of {sizes[-2]:,}",
               row(costs[WHOLE], sizes[-1]) / row(costs[WHOLE], sizes[-2]), "x")  # fmt: skip
    for one, other in PAIRS:
        yield from compared(one, other, costs, sizes)


def papers(folder: Path, env: Mapping[str, str], times: int) -> dict[str, tuple[list[float], list[float]]]:
    """What each paper cost, by those who made it, in processes that ran already; and the megabytes that it took at most
    over what lay ready.

    They take turns, so that a busy machine is busy for all of them.
    """
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in CHILDREN}
    for _ in range(3):
        for name, child in CHILDREN.items():
            process([*CHILD, child, folder, str(times)], env, folder)
            told = json.loads((folder / "spent.json").read_text(encoding="utf-8"))
            found[name][0].extend(told["costs"])
            found[name][1].append(told["added"])
    return found


def row(known: Costs, rows: int) -> float:
    """Processor seconds of an added row."""
    return (known[rows].cpu - known[0].cpu) / rows


def grown(known: Costs, rows: int) -> float:
    """Megabytes that so many rows added to what a paper takes."""
    return max(known[rows].peak - known[0].peak, 0.1)


def alone(name: str, known: Costs, sizes: tuple[int, ...]) -> Iterator[Line]:
    """One way's figures."""
    for rows in sizes:
        yield Line(f"{name}, {rows:,} rows: a paper", known[rows].cpu * 1000, "ms")
        yield Line(f"{name}, {rows:,} rows: an added row", row(known, rows) * 1e6, "µs")
    last = sizes[-1]
    yield Line(f"{name}: peak memory added by {last:,} rows", grown(known, last), "MB")


def compared(one: str, other: str, costs: Mapping[str, Costs], sizes: tuple[int, ...]) -> Iterator[Line]:
    """One way beside another, at the longest table: time a row and memory added."""
    ours, theirs, last = costs[one], costs[other], sizes[-1]
    figures = (
        ("an added row", "µs", row(ours, last) * 1e6, row(theirs, last) * 1e6),
        ("peak memory added", "MB", grown(ours, last), grown(theirs, last)),
    )
    for what, unit, own, against in figures:
        yield Line(f"{one}, {last:,} rows: {what}", own, unit, (against / own,) * 3, other)

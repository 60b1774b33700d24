"""One paper in a warm process: filling and proving, and the whole build, against docxtpl, docxtemplater and carbone."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path

from pipeline.cli import COLLECTED_AFTER
from pipeline.office import Standing, gather, offer_of, template_of
from pipeline.render import Properties, render, render_unproven
from tests.benchmarks import sample
from tests.benchmarks.in_node import PAPERS, in_node
from tests.benchmarks.measuring import (
    CHILD,
    FASTER,
    Line,
    alone,
    compared,
    cpu,
    environment,
    process,
    rounds,
    with_zlib,
)
from tests.office import build

PLAIN = "plain docxtpl, a paper's bytes"
BOARDS = 20
CHILDREN = {"plain docxtpl": "plain", "filled and proven": "proven", "whole build": "ours"}


def lines(folder: Path, quick: bool) -> Iterator[Line | str]:
    """The sample's paper from a context to bytes, by everyone; then from the officers' files to files on disk.

    No paper is made twice running: the boards take turns, each with words of its own. Python looks for rings of objects
    as seldom as the command line lets it, for all alike: else each pays for what the others keep in this process.
    """
    boards = [f"board-{number:02}" for number in range(BOARDS)]
    sample.office(folder, boards)
    gathered = [gather(sample.order(folder, report=board)) for board in boards]
    offer = offer_of(gathered[0].report, gathered[0].inputs.sentences)
    template, numbers = template_of(gathered[0].report, offer), count()
    properties = Properties("Title", gathered[0].dates.as_at, "Subject", "Author", about={"report": sample.REPORT})
    contexts = [Standing(each).context for each in gathered]
    names = [sample.names_of(each) for each in contexts]
    turn, turns = cycle(contexts), cycle(names)

    def filled() -> object:
        return render_unproven(template, next(turn), properties)

    def proven() -> object:
        return render(template, next(turn), properties)

    def whole() -> object:
        number = next(numbers)
        return build(sample.order(folder, f"outputs {number}", boards[number % BOARDS]))

    jobs: dict[str, Callable[[], float]] = {
        PLAIN: lambda: cpu(lambda: sample.by_docxtpl(next(turns))),
        "filled, with marks, zlib": lambda: cpu(with_zlib(filled)),
        "filled and proven, zlib": lambda: cpu(with_zlib(proven)),
        "whole build: read, checked, filled, proven, on disk": lambda: cpu(whole),
    }
    if FASTER:
        jobs |= {"filled, with marks, isal": lambda: cpu(filled), "filled and proven, isal": lambda: cpu(proven)}
    node = in_node(folder, names[0])
    jobs |= node.jobs
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER)
    costs = rounds(3 if quick else 15, jobs)
    yield alone(costs, PLAIN)
    yield from (alone(costs, name) for name in node.jobs)
    for name in jobs:
        if name != PLAIN and name not in node.jobs:
            yield from (compared(costs, name, other) for other in (PLAIN, *node.jobs))
    yield from (f"| {name} | | | {reason} |" for name, reason in node.missing.items())
    peaks = {**peak_memory(folder / "alone"), **node.peaks}
    for name, peak in peaks.items():
        yield Line(f"{name}: peak memory of a process that makes {PAPERS} papers", peak, "MB")


def peak_memory(folder: Path) -> dict[str, float]:
    """Megabytes that a process held at most which made one paper after another, everything brought in included."""
    for name in ("0", "1"):
        sample.prepare(folder / name, 0)
    env = environment(folder / "cache")
    return {name: process([*CHILD, child, folder / "1", PAPERS], env, folder).peak for name, child in CHILDREN.items()}

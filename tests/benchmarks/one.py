"""One paper in a warm process: filling and proving, and the whole build, against plain docxtpl and docxtemplater."""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from itertools import count, cycle
from pathlib import Path
from typing import Any

from pipeline.build import build, gather, make, template_of
from pipeline.cli.main import RINGS_AFTER
from pipeline.render.paper import Properties, render, render_unproven
from pipeline.word import zipped
from tests.benchmarks import sample
from tests.benchmarks.measuring import Line, alone, compared, cpu, rounds

PLAIN = "plain docxtpl, a paper's bytes"
ANEW, AGAIN = "docxtemplater, an object a paper", "docxtemplater, compiled once (unsupported)"
BOARDS = 20
PACKAGES = ("docxtemplater@3", "pizzip@3")


def lines(folder: Path, quick: bool) -> Iterator[Line | str]:
    """The sample's paper from a context to bytes, by everyone; then from the officers' files to files on disk.

    No paper is made twice running: the boards take turns, each with words of its own. Python looks for rings of objects
    as seldom as the command line lets it, for all alike: else each pays for what the others keep in this process.
    """
    boards = [f"board-{number:02}" for number in range(BOARDS)]
    sample.office(folder, boards)
    gathered = [gather(sample.order(folder, report=board)) for board in boards]
    template, numbers, fast = template_of(gathered[0].report), count(), zipped._fast
    properties = Properties("Title", gathered[0].dates.as_at, "Subject", "Author", about={"report": sample.REPORT})
    contexts = [make(each).context for each in gathered]
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
    if fast is not zipped.zlib:
        jobs |= {"filled, with marks, isal": lambda: cpu(filled), "filled and proven, isal": lambda: cpu(proven)}
    node, reason = in_node(folder, names[0])
    jobs |= node
    gc.collect()
    gc.freeze()
    gc.set_threshold(RINGS_AFTER)
    costs = rounds(3 if quick else 15, jobs)
    yield alone(costs, PLAIN)
    yield from (alone(costs, name) for name in node)
    for name in jobs:
        if name != PLAIN and name not in node:
            yield from (compared(costs, name, other) for other in (PLAIN, *node))
    if reason:
        yield f"| docxtemplater | | | {reason} |"


def with_zlib(job: Callable[[], object]) -> Callable[[], object]:
    """The job with the standard library's deflate, whatever is installed."""
    fast = zipped._fast

    def run() -> object:
        zipped._fast = zipped.zlib
        try:
            return job()
        finally:
            zipped._fast = fast

    return run


def in_node(folder: Path, names: Mapping[str, Any]) -> tuple[dict[str, Callable[[], float]], str]:
    """What docxtemplater costs in a process of its own, both ways; or nothing, and why."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return {}, "node or npm is not here"
    install = [npm, "install", "--no-audit", "--no-fund", "--silent", *PACKAGES]
    if subprocess.run(install, cwd=folder, capture_output=True, check=False, timeout=300).returncode:
        return {}, "the npm registry cannot be reached"
    template, data = sample.for_docxtemplater(folder, names)
    script = folder / "docxtemplater.js"
    shutil.copy(Path(__file__).with_suffix(".py").parent / "docxtemplater.js", script)
    told: dict[str, float] = {}

    def ask() -> float:
        command = [node, script, template, data, "60", folder / "by docxtemplater.docx"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        told.update(json.loads(done.stdout))
        return told["anew"] / 1000

    return {ANEW: ask, AGAIN: lambda: told["again"] / 1000}, ""

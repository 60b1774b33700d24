"""One paper in a warm process: filling and proving, and the whole build, against plain docxtpl and docxtemplater."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from pipeline.build import build, gather, make, template_of
from pipeline.render.paper import Properties, render, render_unproven
from pipeline.word import zipped
from tests.benchmarks import sample
from tests.benchmarks.measuring import Line, alone, compared, cpu, rounds

PLAIN = "plain docxtpl, a paper's bytes"
ANEW, AGAIN = "docxtemplater, an object a paper", "docxtemplater, compiled once (unsupported)"
PACKAGES = ("docxtemplater@3", "pizzip@3")


def lines(folder: Path, quick: bool) -> Iterator[Line | str]:
    """The sample's paper from a context to bytes, by everyone; then from the officers' files to files on disk."""
    sample.office(folder)
    gathered = gather(sample.order(folder))
    made, template = make(gathered), template_of(gathered.report)
    numbers = count()
    names, fast = sample.names_of(made.context), zipped._fast
    properties = Properties("Title", gathered.dates.as_at, "Subject", "Author", about={"report": sample.REPORT})

    def filled() -> object:
        return render_unproven(template, made.context, properties)

    def proven() -> object:
        return render(template, made.context, properties)

    def whole() -> object:
        return build(sample.order(folder, f"outputs {next(numbers)}"))

    jobs: dict[str, Callable[[], float]] = {
        PLAIN: lambda: cpu(lambda: sample.by_docxtpl(names)),
        "filled, with marks, zlib": lambda: cpu(with_zlib(filled)),
        "filled and proven, zlib": lambda: cpu(with_zlib(proven)),
        "whole build: read, checked, filled, proven, on disk": lambda: cpu(whole),
    }
    if fast is not zipped.zlib:
        jobs |= {"filled, with marks, isal": lambda: cpu(filled), "filled and proven, isal": lambda: cpu(proven)}
    node, reason = in_node(folder, names)
    jobs |= node
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

"""Bringing an edited draft up to date, against making a first one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import sample
from tests.benchmarks.measuring import CHILD, Line, alone, compared, environment


def lines(folder: Path, quick: bool) -> Iterator[Line | str]:
    """The sample's paper with six edits, its facts two months on; whole builds both."""
    sample.office(folder)
    costs: dict[str, list[float]] = {"build": [], "merge": []}
    added: dict[str, list[float]] = {"build": [], "merge": []}
    for number in range(1 if quick else 3):
        env = environment(folder / f"cache {number}")
        command = [*CHILD, "merging", str(folder)]
        done = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=True)
        for name, known in json.loads(done.stdout).items():
            costs[name] += [cpu for cpu, _ in known]
            added[name] += [megabytes for _, megabytes in known]
        subprocess.run(["rm", "-rf", *map(str, folder.glob("outputs*"))], check=True)
    yield alone(costs, "build")
    line = compared(costs, "build", "merge")
    yield alone(costs, "merge")
    yield Line("a merge: times a build", line.times[0] if line.times else 0, "x")
    for name, megabytes in added.items():
        yield Line(f"a {name}: peak memory over what the process held", max(megabytes), "MB")

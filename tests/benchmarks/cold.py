"""One command, from its start to its end, against a plain script that makes the same paper."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import sample
from tests.benchmarks.measuring import ROOT, Line, alone, compared, environment, process, rounds

SCRIPT, NOTHING = "plain pandas + openpyxl + docxtpl script", "python -c pass"
BUILD, AGAIN = "build, the first draft", "build, when nothing changed"


def lines(folder: Path, quick: bool) -> Iterator[Line | str]:
    """`build`, `--help` and `--version`; the most memory that each process held."""
    sample.office(folder)
    env, peaks = environment(folder / "cache"), dict[str, float]()
    python, day = sys.executable, sample.MEETING.isoformat()
    command = [python, "-m", "pipeline", "build", sample.REPORT, "--meeting", day, "-q"]
    plain = [python, ROOT / "tests" / "benchmarks" / "plain_script.py", folder / "templates" / sample.REPORT,
             folder / "inputs" / sample.REPORT, day, folder / "plain.docx"]  # fmt: skip

    def job(name: str, parts: list[str | Path], fresh: bool = False) -> Callable[[], float]:
        def run() -> float:
            if fresh:
                shutil.rmtree(folder / "outputs", ignore_errors=True)
            spent = process(parts, env, folder)
            peaks[name] = spent.peak
            return spent.cpu

        return run

    jobs = {
        NOTHING: job(NOTHING, [python, "-c", "pass"]),
        SCRIPT: job(SCRIPT, plain),
        BUILD: job(BUILD, [*command], fresh=True),
        AGAIN: job(AGAIN, [*command]),
        "--help": job("--help", [python, "-m", "pipeline", "--help"]),
        "--version": job("--version", [python, "-m", "pipeline", "--version"]),
    }
    costs = rounds(3 if quick else 15, jobs)
    yield alone(costs, SCRIPT)
    yield from (compared(costs, name, SCRIPT) for name in (BUILD, AGAIN))
    yield alone(costs, NOTHING)
    for name in ("--help", "--version"):
        line = compared(costs, NOTHING, name)
        yield Line(f"{name}: times a bare interpreter", line.times[0] if line.times else 0, "x")
    for name, other in ((BUILD, SCRIPT), (SCRIPT, "")):
        times = (peaks[other] / peaks[name],) * 3 if other else None
        yield Line(f"{name}: peak memory", peaks[name], "MB", times, other)

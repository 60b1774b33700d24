"""Measuring: processor time and memory of work in this process and of whole processes, compared round by round."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.opc import zipped

ROOT = Path(__file__).parents[2]
FASTER = zipped._fast is not zipped.zlib
"""Is there a quicker deflate than the standard library's?"""
CHILD = (sys.executable, "-m", "tests.benchmarks.child")


@dataclass(frozen=True)
class Spent:
    """What a process and its children cost: processor seconds, and the most memory that one of them held, in MB."""

    cpu: float
    peak: float


@dataclass(frozen=True)
class Line:
    """A figure: what it is, its median, and how often it goes into what it is compared with (median, least, most)."""

    name: str
    median: float
    unit: str
    times: tuple[float, float, float] | None = None
    against: str = ""

    def __str__(self) -> str:
        ratio = ""
        if self.times:
            middle, least, most = self.times
            ratio = (
                f"{middle:.2f} ({least:.2f}-{most:.2f})" if middle < 20 else f"{middle:.0f} ({least:.0f}-{most:.0f})"
            )
        return f"| {self.name} | {self.median:,.3g} {self.unit} | {ratio} | {self.against} |"


def environment(cache: Path, **more: str) -> dict[str, str]:
    """The environment of both sides: compiled modules are kept, as on any machine that ran them once."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(cache / "compiled"), "NO_COLOR": "1"}
    return {**kept, **own, "COMMITTEE_PAPERS_CACHE": str(cache / "templates"), **more}


BETWEEN = """
import os, sys
nothing = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=nothing)
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""A small process that starts the one to be measured: on Linux the peak of a process is never told as less than what
its parent held when it was started, and a benchmark's own process is no small one.
"""


def process(command: Sequence[str | Path], env: Mapping[str, str], cwd: Path, codes: tuple[int, ...] = (0, 1)) -> Spent:
    """What one process cost, those that it started and waited for included. Raises RuntimeError where it failed."""
    whole = [sys.executable, "-I", "-S", "-c", BETWEEN, *(str(part) for part in command)]
    done = subprocess.run(whole, env=dict(env), cwd=cwd, stdout=subprocess.PIPE, text=True, check=True)
    code, cpu, peak = done.stdout.split()
    if int(code) not in codes:
        raise RuntimeError(f"{command} ended with {code}")
    return Spent(float(cpu), int(peak) / (1024 if sys.platform != "darwin" else 1 << 20))


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


def cpu(job: Callable[[], object], least: float = 0.05) -> float:
    """Processor seconds of one call, over as many calls as take `least` seconds."""
    calls, spent = 0, 0.0
    while spent < least:
        start = time.process_time()
        job()
        spent += time.process_time() - start
        calls += 1
    return spent / calls


def rounds(number: int, jobs: Mapping[str, Callable[[], float]], warm_up: bool = True) -> dict[str, list[float]]:
    """What each job says that it cost, in turn, so many times: so that a busy machine is busy for all of them."""
    if warm_up:
        for job in jobs.values():
            job()
    costs: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(number):
        for name, job in jobs.items():
            costs[name].append(job())
    return costs


def compared(
    costs: Mapping[str, Sequence[float]], name: str, against: str, scale: float = 1000, unit: str = "ms"
) -> Line:
    """One job's figure, and how often it goes into another's, round by round."""
    times = sorted(other / own for own, other in zip(costs[name], costs[against], strict=True))
    middle = (statistics.median(times), times[0], times[-1])
    return Line(name, statistics.median(costs[name]) * scale, unit, middle, against)


def alone(costs: Mapping[str, Sequence[float]], name: str, scale: float = 1000, unit: str = "ms") -> Line:
    """One job's figure, which others are compared with."""
    return Line(name, statistics.median(costs[name]) * scale, unit)

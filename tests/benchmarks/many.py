"""Many reports: one process, two, a Dask cluster of two workers; and a plain docxtpl loop."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import sample
from tests.benchmarks.measuring import CHILD, Line, Spent, environment, process


def lines(folder: Path, quick: bool) -> Iterator[Line | str]:
    """Every report's tracker to files on disk, the whole command. Processor time of all processes together."""
    number = 100 if quick else 1000
    sample.office(folder, [f"report-{n:04}" for n in range(number)])
    env = environment(folder / "cache")
    build = [sys.executable, "-m", "pipeline", "build", "--all", "--meeting", sample.MEETING.isoformat(), "-q"]
    process([*build, "--outputs", folder / "warm"], env, folder)

    def spent(*more: str) -> Spent:
        """A run into a folder of its own. None is removed before the end: a disk that has just lost so many files is
        slow to make others (ext4 passes over each of them), and that would be told as ours.
        """
        set_aside(folder / "outputs")
        return process([*build, *more], env, folder)

    tenth = sample.office(folder / "tenth", [f"report-{n:04}" for n in range(number // 10)])
    few = process(build, env, tenth)
    start = time.monotonic()
    alone = spent()
    took = time.monotonic() - start
    again = process(build, env, folder)
    two = spent("--jobs", "2")
    plain = process([*CHILD, "loop", folder], env, folder)
    yield told(f"plain loop over {number:,} reports", plain, None, number)
    yield told(f"build --all, {number:,} reports", alone, plain, number)
    yield Line("the same, papers a second of the clock", number / took, "")
    yield Line(f"the same, peak memory beside that of {number // 10:,} reports", alone.peak / few.peak, "x")
    yield told("the same again, nothing changed", again, plain, number)
    yield told("build --all --jobs 2", two, plain, number)
    yield Line("two jobs: times the processor time of one", two.cpu / alone.cpu, "x")
    try:
        with cluster(folder, env) as (address, dask):
            led = spent("--cluster", address)
        whole = Spent(led.cpu + dask["cpu"], led.peak)
        yield told("build --all --cluster, scheduler and two workers included", whole, plain, number)
        ran = whole.cpu - dask["start"]
        yield Line("a cluster that runs already: times the processor time of one process", ran / alone.cpu, "x")
    except ImportError:
        yield "| build --all --cluster | | | dask.distributed is not installed |"


def set_aside(outputs: Path) -> None:
    """Gives a folder of outputs another name, so that the next run finds none."""
    if outputs.exists():
        number = len(list(outputs.parent.glob("outputs*")))
        outputs.rename(outputs.with_name(f"outputs {number}"))


def told(name: str, spent: Spent, plain: Spent | None, number: int) -> Line:
    """A run's figure a report, with its peak of memory."""
    times = (plain.cpu / spent.cpu,) * 3 if plain else None
    return Line(
        f"{name} (peak {spent.peak:.0f} MB)",
        spent.cpu / number * 1000,
        "ms a report",
        times,
        "plain loop" if plain else "",
    )


@contextmanager
def cluster(folder: Path, env: dict[str, str]) -> Iterator[tuple[str, dict[str, float]]]:
    """A Dask scheduler and two workers on this machine; what they cost to start, and what in all, is filled in."""
    import os

    import distributed
    import psutil

    assert distributed
    file = folder / "scheduler.json"
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny", "--nthreads", "1", "--no-dashboard"]
    commands = [[*scheduler, "--no-dashboard"], worker, worker]
    started = [
        subprocess.Popen([*command, "--scheduler-file", str(file)], env=env, cwd=folder, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    dask = {"cpu": 0.0, "start": 0.0}
    try:
        while not file.exists() or not file.read_text():
            time.sleep(0.2)
        time.sleep(8)
        dask["start"] = sum(sum(psutil.Process(each.pid).cpu_times()[:2]) for each in started)
        yield json.loads(file.read_text())["address"], dask
    finally:
        for each in started:
            each.terminate()
            _, _, used = os.wait4(each.pid, 0)
            each.returncode = 0
            dask["cpu"] += used.ru_utime + used.ru_stime

"""A council's boards, each a report of its own, and commands run over all of them in a process of their own."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.small_report import morning, small_report

MEETING = dt.date(2027, 1, 19)
NOW = morning(dt.date(2027, 1, 5))
ROOT = Path(__file__).parents[2]
SLOWLY = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # the tests may themselves run where interrupts are ignored
from pipeline.unattended import attempts
from pipeline.__main__ import main
def build(order, made=attempts.drafted):
    time.sleep(0.1)
    return made(order)
attempts.drafted = build
main()
"""


def boards(folder: Path, number: int = 24) -> Path:
    """So many reports in `folder`: `progress`, `board-01`, `board-02` ..."""
    made = small_report(folder)
    made.calendar([dt.date(2026, 11, 17), MEETING])
    for each in range(1, number):
        for kind in ("templates", "inputs"):
            shutil.copytree(folder / kind / made.name, folder / kind / f"board-{each:02}")
    return folder


def environment() -> dict[str, str]:
    """That of a command on the morning on which the papers are due."""
    fixed = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp())), "NO_COLOR": "1", "PYTHONUTF8": "1", "TERM": "xterm"}
    return {**os.environ, "PYTHONPATH": str(ROOT), **fixed}


def command(office: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a command told, run in the folder of the boards."""
    words = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(
        words, env=environment(), cwd=office, capture_output=True, encoding="utf-8", check=False, timeout=300
    )


def slowly(*arguments: str) -> list[str]:
    """The words of a command that takes a tenth of a second longer over every paper, for tests that look on."""
    return [sys.executable, "-c", SLOWLY, *arguments]


def started(office: Path, *arguments: str, told: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    """That command, begun in a group of processes of its own; `told` is where its output and its errors go."""
    return subprocess.Popen(
        slowly(*arguments),
        cwd=office,
        env=environment(),
        stdout=told,
        stderr=told,
        encoding="utf-8",
        start_new_session=True,
    )


def papers(office: Path) -> list[Path]:
    """Every paper that was made."""
    return sorted((office / "outputs").rglob("*.docx"))

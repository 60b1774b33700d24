"""A command in a child process that may take no more than an old computer has: for files meant to do harm."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MEMORY = 1_500_000_000
SECONDS = 30
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from pipeline.cli.main import main
main(sys.argv[1:])
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, and all that it printed."""

    code: int
    said: str


def run(*arguments: str | Path, folder: Path) -> Ended:
    """A command within 1.5 GB and 30 s; past either it is killed, which shows in its exit code."""
    program = LIMITED.format(memory=MEMORY, seconds=SECONDS)
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], cwd=folder, capture_output=True, text=True,
        encoding="utf-8", errors="replace", timeout=2 * SECONDS, check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUTF8": "1", "NO_COLOR": "1"},
    )  # fmt: skip
    return Ended(done.returncode, done.stdout + done.stderr)

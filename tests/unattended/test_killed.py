"""A run whose own process is killed: its workers end with it, and the outputs are free for the next run at once."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.unattended.boards import boards, command, papers, started

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are not killed so on Windows")
WITHIN = 24.0
"""Seconds for what happens at once, on a machine that is busy with other tests."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return boards(tmp_path)


@contextmanager
def running(office: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A slow command that has made some papers, in a group of processes of its own that is gone afterwards."""
    begun = started(office, *arguments)
    try:
        until(lambda: len(papers(office)) >= 4)
        yield begun
    finally:
        if alive(begun.pid):
            os.killpg(begun.pid, signal.SIGKILL)
        begun.wait(timeout=WITHIN)


def until(so: Callable[[], bool]) -> None:
    """Waits until it is so."""
    end = time.monotonic() + WITHIN
    while not so():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.01)


def alive(group: int) -> bool:
    """Is any process of the group left?"""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_workers_end_with_a_run_that_is_killed(office: Path) -> None:
    with running(office, "build", "--all", "--jobs", "2") as run:
        run.kill()
        run.wait()
        until(lambda: not alive(run.pid))
        made = papers(office)
        time.sleep(0.5)
        assert papers(office) == made
        assert len(made) < 24


@pytest.mark.deep
@pytest.mark.parametrize("next_one", [pytest.param(("build", "progress"), marks=pytest.mark.deep), ("due",)])
def test_the_outputs_are_free_once_a_run_with_workers_is_killed(office: Path, next_one: tuple[str, ...]) -> None:
    with running(office, "build", "--all", "--jobs", "2") as run:
        run.kill()
        run.wait()
        done = command(office, *next_one)
        assert "F110" not in done.stderr
        assert done.returncode != 3


def test_what_a_killed_run_left_is_made_by_the_next(office: Path) -> None:
    with running(office, "build", "--all", "--jobs", "2") as run:
        run.kill()
        run.wait()
        done = command(office, "build", "--all", "--jobs", "2")
    [told] = re.findall(r"24 papers: (\d+) written, (\d+) up to date already\.", done.stdout)
    assert int(told[0]) + int(told[1]) == 24
    assert len(papers(office)) == 24
    assert not list((office / "outputs").rglob(".committee-papers-*.tmp"))

"""A run that is stopped: the papers in hand are finished, and what was done is told and logged."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.unattended import Attempt, Result, held_off, write_log
from tests.unattended.boards import NOW, boards, command, papers, started

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals from another process")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return boards(tmp_path)


def stopped(office: Path, *arguments: str, by: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
    """Exit code, output and errors of a command that is stopped once it has made a few papers."""
    begun = started(office, *arguments, told=subprocess.PIPE)
    while begun.poll() is None and len(papers(office)) < 4:
        time.sleep(0.01)
    begun.send_signal(by)
    told, wrong = begun.communicate(timeout=60)
    return begun.returncode, told, wrong


def logs(office: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((office / "outputs" / "logs").glob("*.log"))]


@on_posix
@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--all", "--jobs", "2"),
        *(pytest.param(each, marks=pytest.mark.deep) for each in (("build", "--all"), ("due",))),
    ],
)
def test_every_paper_of_a_run_that_was_stopped_is_in_its_log(office: Path, arguments: tuple[str, ...]) -> None:
    code, told, wrong = stopped(office, *arguments)
    made = [path.parent.parent.name for path in papers(office)]
    assert code == 130
    assert 4 <= len(made) < 24
    [log] = logs(office)
    assert sorted(re.findall(r"^report    (\S+), meeting 2027-01-19$", log, re.MULTILINE)) == sorted(made)
    assert f"stopped   after {len(made)} of 24 reports\n" in log
    assert f"{len(made)} of 24 reports were done. What was done is in: outputs/logs/" in wrong
    assert all(f"{name}, meeting of 19 January 2027: draft 1 made" in told for name in made)


@pytest.mark.deep
@on_posix
def test_two_logs_together_name_every_paper_of_a_run_that_was_taken_up_again(office: Path) -> None:
    stopped(office, "build", "--all")
    command(office, "build", "--all")
    assert len(re.findall(r"^report    ", "".join(logs(office)), re.MULTILINE)) == 24


@on_posix
def test_a_system_that_shuts_down_stops_a_run_in_the_same_way(office: Path) -> None:
    code, _, wrong = stopped(office, "build", "--all", "--jobs", "2", by=signal.SIGTERM)
    assert code == 130
    assert "Stopped. Nothing was left half done." in wrong
    assert f"stopped   after {len(papers(office))} of 24 reports\n" in logs(office)[0]


@on_posix
def test_data_of_a_run_that_was_stopped_says_that_it_is_not_done(office: Path) -> None:
    code, told, _ = stopped(office, "build", "--all", "--json")
    data = json.loads(told)
    assert (code, data["done"], len(data["reports"])) == (130, False, len(papers(office)))


def test_a_run_that_was_stopped_before_its_first_paper_leaves_a_log_too(tmp_path: Path) -> None:
    log = write_log(tmp_path, NOW, [], "build", 24)
    assert log is not None
    assert "stopped   after 0 of 24 reports\n" in log.read_text(encoding="utf-8")


def test_the_log_of_a_whole_run_says_nothing_of_a_stop(tmp_path: Path) -> None:
    log = write_log(tmp_path, NOW, [Result("progress", (Attempt(code=1),))], "build", 1)
    assert log is not None
    assert "stopped" not in log.read_text(encoding="utf-8")


def test_a_second_interrupt_is_not_held_off() -> None:
    outside = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with held_off() as stop:
            assert not stop()
            signal.raise_signal(signal.SIGINT)
            assert stop()
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, outside)


def test_a_run_that_is_deaf_to_interrupts_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with held_off() as stop:
            signal.raise_signal(signal.SIGINT)
            assert not stop()
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_run_in_a_thread_of_another_program_leaves_its_signals_alone() -> None:
    found: list[object] = []

    def run() -> None:
        with held_off() as stop:
            found.extend([stop(), signal.getsignal(signal.SIGTERM)])

    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [False, before]

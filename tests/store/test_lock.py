from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.problems import BrokenInstallation, NeedsPerson
from pipeline.store import only_one

HOLD = """
import sys
from pathlib import Path
from pipeline.store import only_one
with only_one(Path(sys.argv[1]), "committee-papers build"):
    print("held", flush=True)
    sys.stdin.read()
"""
ROOT = Path(__file__).resolve().parents[2]


def _holder(folder: Path) -> subprocess.Popen[str]:
    started = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "held\n"
    return started


def _end(started: subprocess.Popen[str]) -> None:
    started.communicate("")
    assert started.returncode is not None


def test_a_second_run_is_told_who_holds_the_folder_and_since_when(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    try:
        with pytest.raises(NeedsPerson) as told, only_one(tmp_path):
            pytest.fail("two runs at once")
    finally:
        _end(holder)
    message = told.value.problems[0].message
    assert told.value.problems[0].code == "F110"
    assert "“committee-papers build”" in message
    assert f"process {holder.pid}" in message
    assert " since " in message


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    _end(_holder(tmp_path))
    with only_one(tmp_path):
        pass
    with only_one(tmp_path):
        pass


def test_the_folder_is_free_again_after_a_run_is_killed_and_its_leftovers_are_gone(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    (tmp_path / ".committee-papers-1-a.tmp").write_bytes(b"half")
    os.kill(holder.pid, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    _end(holder)
    with only_one(tmp_path):
        assert not (tmp_path / ".committee-papers-1-a.tmp").exists()


def test_the_folder_is_freed_when_the_run_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a fault of ours"), only_one(tmp_path):
        raise ValueError("a fault of ours")
    with only_one(tmp_path):
        pass


def test_the_same_run_cannot_hold_it_twice(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(NeedsPerson), only_one(tmp_path):
        pass


def test_a_refused_run_leaves_the_holders_name_alone(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    for _ in range(3):
        with pytest.raises(NeedsPerson) as told, only_one(tmp_path):
            pass
        assert f"process {holder.pid}" in told.value.problems[0].message
    _end(holder)


def test_a_file_where_the_outputs_folder_should_be_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_bytes(b"")
    with pytest.raises(BrokenInstallation), only_one(tmp_path / "outputs"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not copied on Windows")
def test_a_copy_of_the_process_does_not_hold_what_the_process_held(tmp_path: Path) -> None:
    (began, begin), (ended, end) = os.pipe(), os.pipe()
    with only_one(tmp_path):
        child = os.fork()
        if not child:
            os.close(end)
            os.write(begin, b"x")
            os.read(ended, 1)
            os._exit(0)
        os.read(began, 1)
    try:
        with only_one(tmp_path):
            pass
    finally:
        os.close(end)
        os.waitpid(child, 0)
    for each in (began, begin, ended):
        os.close(each)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not copied on Windows")
def test_a_copy_that_ends_leaves_the_process_its_lock(tmp_path: Path) -> None:
    with only_one(tmp_path):
        child = os.fork()
        if not child:
            os._exit(0)
        os.waitpid(child, 0)
        with pytest.raises(NeedsPerson), only_one(tmp_path):
            pass

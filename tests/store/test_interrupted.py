"""Whatever stops or refuses a run, the old files are whole, the new ones whole or absent, and the next run completes.

What happens at random moments is tried a few times by default, and hundreds of times by `pytest -m deep`.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.store import only_one, replace_own, sha256_of, write_new
from tests.interruptions import (
    FAULT_OF_OURS,
    GOT_THROUGH,
    REFUSALS,
    STOPS,
    TOLD_PLAINLY,
    at_every_call,
    at_random_moments,
    both_at_once,
)
from tests.often import each_time

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
TIMES = pytest.mark.parametrize("times", [3, pytest.param(300, marks=pytest.mark.deep)])
EDITED, OLD, NEW = b"an officer's edits " * 9_000, b"record 1 " * 9_000, b"record 2 " * 120_000


def _month(folder: Path) -> Callable[[], None]:
    """A run as `build` makes it: a new draft beside the edited one, then our own record replaced."""
    folder.mkdir()
    (folder / "draft 1.docx").write_bytes(EDITED)
    (folder / "record.json").write_bytes(OLD)

    def run() -> None:
        with only_one(folder):
            if not (folder / "draft 2.docx").exists():
                write_new(folder / "draft 2.docx", NEW)
            replace_own(folder / "record.json", NEW, sha256_of(folder / "record.json"))

    return run


def _whole(folder: Path) -> None:
    assert (folder / "draft 1.docx").read_bytes() == EDITED
    assert (folder / "record.json").read_bytes() in {OLD, NEW}
    if (folder / "draft 2.docx").exists():
        assert (folder / "draft 2.docx").read_bytes() == NEW


def _next_run_completes(folder: Path, run: Callable[[], None]) -> None:
    run()
    _whole(folder)
    assert {file.name for file in folder.iterdir()} == {
        "draft 1.docx",
        "draft 2.docx",
        "record.json",
        ".committee-papers.lock",
    }
    (folder / "draft 2.docx").unlink()
    (folder / "record.json").write_bytes(OLD)


@pytest.mark.parametrize("how", each_time(STOPS, STOPS[2:]))
def test_stopped_dead_at_any_call_nothing_is_torn(tmp_path: Path, how: str) -> None:
    run, stopped = _month(tmp_path / "out"), 0
    for _, code in at_every_call(run, how):
        stopped += code == -9
        _whole(tmp_path / "out")
        _next_run_completes(tmp_path / "out", run)
    assert stopped > 15


@pytest.mark.parametrize("how", each_time(REFUSALS, REFUSALS[:1]), ids=errno.errorcode.get)
def test_refused_by_any_call_nothing_is_torn_and_it_is_told_plainly(tmp_path: Path, how: int) -> None:
    run, told = _month(tmp_path / "out"), 0
    for nth, code in at_every_call(run, how):
        assert code in {GOT_THROUGH, TOLD_PLAINLY}, f"call {nth} ended with {code}"
        told += code == TOLD_PLAINLY
        _whole(tmp_path / "out")
        if code == TOLD_PLAINLY:
            _next_run_completes(tmp_path / "out", run)
    assert told > 8


@TIMES
def test_killed_at_random_moments_nothing_is_torn(tmp_path: Path, times: int) -> None:
    run = _month(tmp_path / "out")
    for _ in at_random_moments(run, times, 0.03, seed=23_01_2017):
        _whole(tmp_path / "out")
        _next_run_completes(tmp_path / "out", run)


@TIMES
def test_two_runs_at_once_never_write_one_name_twice(tmp_path: Path, times: int) -> None:
    for which in range(times):
        target = tmp_path / f"paper {which}.docx"

        def run(target: Path = target) -> None:
            write_new(target, str(os.getpid()).encode() * 50_000)

        assert sorted(both_at_once(run)) == [GOT_THROUGH, TOLD_PLAINLY]
        assert len(set(target.read_bytes()[:9].split(b" "))) == 1
    assert not list(tmp_path.glob("*.tmp"))


@TIMES
def test_two_runs_at_once_one_folder_one_of_them_at_a_time(tmp_path: Path, times: int) -> None:
    inside = tmp_path / "inside"

    def run() -> None:
        with only_one(tmp_path):
            inside.mkdir()
            inside.rmdir()

    for _ in range(times):
        codes = both_at_once(run)
        assert FAULT_OF_OURS not in codes
        assert GOT_THROUGH in codes


def test_a_limit_that_the_system_itself_sets_leaves_nothing_half_written(tmp_path: Path) -> None:
    def run() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
        write_new(tmp_path / "paper.docx", NEW)

    assert sorted(both_at_once(run)) == [TOLD_PLAINLY, TOLD_PLAINLY]
    assert list(tmp_path.iterdir()) == []


def test_control_saving_in_place_is_torn_by_the_same_stop(tmp_path: Path) -> None:
    def in_place() -> None:
        handle = os.open(tmp_path / "paper.docx", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(handle, NEW)
        os.close(handle)

    def torn() -> bool:
        return (tmp_path / "paper.docx").read_bytes() not in {OLD, NEW}

    found = []
    (tmp_path / "paper.docx").write_bytes(OLD)
    for _ in at_every_call(in_place, "killed half way"):
        found.append(torn())
        (tmp_path / "paper.docx").write_bytes(OLD)
    assert any(found)

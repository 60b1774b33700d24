"""`INTERRUPTIONS=300 pytest tests/publish/test_history.py` for the long form."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.problems import NeedsPerson, PaperError
from pipeline.publish import altered
from pipeline.store import history, publish_files, published, version_folder, withdraw
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

AT = dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)
FIRST = {"paper.docx": b"first " * 500, "Appendix 1 - Letter.pdf": b"a letter"}
SECOND = {**FIRST, "paper.docx": b"second " * 20_000}
TIMES = int(os.environ.get("INTERRUPTIONS", "15"))
STEP = 1 if TIMES >= 300 else 6
forks = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def _publish(paper: Path, files: dict[str, bytes], at: dt.datetime = AT) -> int:
    return publish_files(paper, files, at=at, about={"report": "best-practice"}).version


def _codes(paper: Path) -> list[str]:
    return [each.code for each in altered(paper)]


def test_each_publication_is_kept_beside_the_others(tmp_path: Path) -> None:
    assert [_publish(tmp_path, FIRST), _publish(tmp_path, SECOND)] == [1, 2]
    assert (version_folder(tmp_path, 1) / "paper.docx").read_bytes() == FIRST["paper.docx"]
    assert (version_folder(tmp_path, 2) / "paper.docx").read_bytes() == SECOND["paper.docx"]
    assert [(each.version, each.action) for each in history(tmp_path)] == [(1, "published"), (2, "published")]
    assert altered(tmp_path) == []


def test_the_same_files_again_change_nothing(tmp_path: Path) -> None:
    _publish(tmp_path, FIRST)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert _publish(tmp_path, FIRST, AT + dt.timedelta(days=1)) == 1
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_withdrawing_deletes_nothing_and_the_same_files_can_be_published_again(tmp_path: Path) -> None:
    _publish(tmp_path, FIRST)
    withdraw(tmp_path, at=AT, reason="A letter has come")
    assert published(tmp_path) is None
    assert version_folder(tmp_path, 1).is_dir()
    assert _publish(tmp_path, FIRST) == 2
    assert [each.action for each in history(tmp_path)] == ["published", "withdrawn", "published"]
    assert altered(tmp_path) == []


def test_only_what_is_published_can_be_withdrawn(tmp_path: Path) -> None:
    with pytest.raises(NeedsPerson):
        withdraw(tmp_path, at=AT, reason="")
    _publish(tmp_path, FIRST)
    withdraw(tmp_path, at=AT, reason="")
    with pytest.raises(NeedsPerson) as told:
        withdraw(tmp_path, at=AT, reason="")
    assert told.value.problems[0].code == "C131"


def _edit(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"first", b"worse"))


def _history_entry(paper: Path, **changed: object) -> None:
    path = paper / "published" / "history.json"
    acts = json.loads(path.read_text())
    acts[0].update(changed)
    path.write_text(json.dumps(acts))


def _manifest_and_file(paper: Path) -> None:
    from pipeline.store import sha256_of

    path = version_folder(paper, 1) / "manifest.json"
    manifest = json.loads(path.read_text())
    _edit(version_folder(paper, 1) / "paper.docx")
    manifest["files"]["paper.docx"]["sha256"] = sha256_of(version_folder(paper, 1) / "paper.docx")
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


TAMPERING: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte of a file": (lambda paper: _edit(version_folder(paper, 1) / "paper.docx"), "C135"),
    "a file deleted": (lambda paper: (version_folder(paper, 1) / "Appendix 1 - Letter.pdf").unlink(), "C134"),
    "a file added": (lambda paper: (version_folder(paper, 1) / "more.pdf").write_bytes(b""), "C136"),
    "a version added": (lambda paper: version_folder(paper, 9).mkdir(), "C136"),
    "a file and its entry in the list": (_manifest_and_file, "C133"),
    "the list deleted": (lambda paper: (version_folder(paper, 1) / "manifest.json").unlink(), "C133"),
    "the time in the history": (lambda paper: _history_entry(paper, at="2017-01-01"), "C132"),
    "the history torn": (lambda paper: (paper / "published" / "history.json").write_text("[{"), "C130"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_whatever_is_altered_later_is_found(tmp_path: Path, what: str) -> None:
    _publish(tmp_path, FIRST)
    _publish(tmp_path, SECOND)
    assert _codes(tmp_path) == []
    TAMPERING[what][0](tmp_path)
    assert TAMPERING[what][1] in _codes(tmp_path)


def test_a_torn_history_is_never_written_over(tmp_path: Path) -> None:
    _publish(tmp_path, FIRST)
    (tmp_path / "published" / "history.json").write_text("[{")
    with pytest.raises(PaperError):
        _publish(tmp_path, SECOND)
    assert (tmp_path / "published" / "history.json").read_text() == "[{"


def _fresh(tmp_path: Path, number: int) -> Path:
    return tmp_path / f"paper {number}"


def _sound(paper: Path) -> None:
    """Whatever happened, the first publication stands and nothing in the history is wrong."""
    assert (version_folder(paper, 1) / "paper.docx").read_bytes() == FIRST["paper.docx"]
    assert set(_codes(paper)) <= {"C136"}, "a whole version may wait to be recorded; nothing else may be wrong"
    _publish(paper, SECOND)
    assert altered(paper) == []
    assert [each.version for each in history(paper)] == [1, 2]
    assert not list(paper.rglob("*.tmp"))


@forks
@pytest.mark.parametrize("how", each_time([*STOPS, *REFUSALS], (STOPS[2], REFUSALS[0])))
def test_stopped_or_refused_at_any_call_the_history_stays_sound(tmp_path: Path, how: str | int) -> None:
    papers = iter(range(10_000))
    current: list[Path] = []

    def run() -> None:
        publish_files(current[-1], SECOND, at=AT, about={})

    def fresh() -> None:
        current.append(_fresh(tmp_path, next(papers)))
        _publish(current[-1], FIRST)

    fresh()
    for nth, code in at_every_call(run, how, STEP):
        assert code in {GOT_THROUGH, TOLD_PLAINLY, -9}, f"call {nth} ended with {code}"
        _sound(current[-1])
        fresh()
    assert len(current) * STEP > 30


@forks
def test_killed_at_random_moments_the_history_stays_sound(tmp_path: Path) -> None:
    current = [_fresh(tmp_path, 0)]
    _publish(current[-1], FIRST)

    def run() -> None:
        publish_files(current[-1], SECOND, at=AT, about={})

    for which, _ in at_random_moments(run, TIMES, 0.04, seed=5):
        _sound(current[-1])
        current.append(_fresh(tmp_path, which + 1))
        _publish(current[-1], FIRST)


@forks
def test_two_publications_at_once_make_one_version(tmp_path: Path) -> None:
    for which in range(TIMES // 3):
        paper = _fresh(tmp_path, which)

        def run(paper: Path = paper) -> None:
            publish_files(paper, FIRST, at=AT, about={})

        codes = both_at_once(run)
        assert FAULT_OF_OURS not in codes
        assert GOT_THROUGH in codes
        assert [each.version for each in history(paper)] == [1]
        assert altered(paper) == []

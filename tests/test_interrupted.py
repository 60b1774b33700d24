"""Whole runs stopped or refused at a call to the file system: old files whole, none torn, the next run completes.

One call in many is spoiled by default; `pytest -m deep` spoils every one, in every way.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.problems import NeedsPerson, PaperError
from pipeline.publish import altered
from pipeline.store import history, only_one
from pipeline.unattended import draft_due
from pipeline.word import read_parts
from tests.interruptions import FAULT_OF_OURS, GOT_THROUGH, REFUSALS, STOPS, TOLD_PLAINLY, at_every_call, both_at_once
from tests.office import Office, build, office, publish, supplement, without_pdf
from tests.test_months import february

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
MEETING = "2017-01-23"
NOW = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
AFTER = dt.datetime(2017, 1, 18, 9, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Run:
    """A command as the command line runs it, and what it leaves when it gets through."""

    does: Callable[[Office], None]
    leaves: str


def alone(desk: Office, act: Callable[[], object]) -> None:
    """Holding the outputs alone, as every command does."""
    with only_one(desk.folder / "outputs", "a test"):
        act()


def due(desk: Office) -> None:
    """`due`, which tells what went wrong in its result."""
    (attempt,) = draft_due(desk.order(now=NOW)).papers
    assert not attempt.fault, attempt.fault
    if attempt.code:
        raise PaperError(attempt.problems)


def supplemented(desk: Office) -> None:
    """The supplement; once it is out, there is no more news."""
    try:
        supplement(desk.order(MEETING, now=AFTER))
    except NeedsPerson as told:
        if [each.code for each in told.problems] != ["C153"]:
            raise


RUNS = {
    "build": Run(lambda desk: build(desk.order(MEETING, now=NOW)), "*(draft 2).docx"),
    "due": Run(lambda desk: alone(desk, lambda: due(desk)), "*(draft 2).docx"),
    "publish": Run(
        lambda desk: publish(desk.order(MEETING, now=NOW)),
        "published/v1/manifest.json",
    ),
    "supplement": Run(supplemented, "published/v2/Appendix 3 - *.pdf"),
}


@pytest.fixture
def before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Office]:
    """The desk as it is before a run: an edited draft, published where a supplement is to follow."""
    without_pdf(monkeypatch)

    def prepare(run: str) -> Office:
        desk = office(tmp_path / "desk")
        path = desk.build(MEETING, now=NOW).path
        typed_in(path)
        if run == "supplement":
            publish(desk.order(MEETING, now=NOW))
            february(desk)
        elif run != "publish":
            desk.put("tracker.xlsx", "Actions", E7="Complete", G7=dt.datetime(2017, 1, 10))
        shutil.copytree(desk.folder / "outputs", tmp_path / "kept")
        return desk

    return prepare


def typed_in(path: Path) -> None:
    """An officer's words at the end of the draft."""
    import docx

    paper = docx.Document(str(path))
    next(each for each in paper.paragraphs if "Best Value Board considered" in each.text).add_run(" Members were told.")
    paper.save(str(path))


def put_back(desk: Office, kept: Path) -> None:
    """The outputs as they were before the run."""
    shutil.rmtree(desk.folder / "outputs")
    shutil.copytree(kept, desk.folder / "outputs")


def whole(desk: Office, edited: bytes) -> None:
    """The officer's draft is untouched, every Word file opens, and what is published is as it was."""
    folder = desk.folder / "outputs" / desk.report / MEETING
    (first,) = folder.glob("*(draft 1).docx")
    assert first.read_bytes() == edited
    for path in folder.rglob("*.docx"):
        read_parts(path.read_bytes(), path.name)
    assert {each.code for each in altered(folder)} <= {"C136"}, "a whole version may wait to be recorded"


SOME = [("build", STOPS[2], 23), ("due", REFUSALS[0], 12), ("publish", STOPS[2], 60), ("supplement", REFUSALS[0], 18)]
"""What is done by default: a run, how it is spoiled, and at one call in how many."""
ALL = [pytest.param(name, how, 1, marks=pytest.mark.deep) for name in RUNS for how in (*STOPS, *REFUSALS)]


@pytest.mark.parametrize(("name", "how", "step"), [*SOME, *ALL])
def test_a_run_stopped_or_refused_at_any_call_leaves_all_whole_and_the_next_completes(
    name: str, how: str | int, step: int, before: Callable[[str], Office], tmp_path: Path
) -> None:
    desk, run = before(name), RUNS[name]
    folder = desk.folder / "outputs" / desk.report / MEETING
    edited = next(folder.glob("*(draft 1).docx")).read_bytes()
    spoiled = 0
    for nth, code in at_every_call(lambda: run.does(desk), how, step):
        assert code in {GOT_THROUGH, TOLD_PLAINLY, -9}, f"call {nth} ended with {code}"
        spoiled += code != GOT_THROUGH
        whole(desk, edited)
        run.does(desk)
        whole(desk, edited)
        assert len(list(folder.glob(run.leaves))) == 1
        assert not list(folder.rglob("*.tmp"))
        assert altered(folder) == []
        put_back(desk, tmp_path / "kept")
    assert spoiled > (10 if step == 1 else 0)


@pytest.mark.parametrize(
    ("name", "times"), [("publish", 1), *(pytest.param(name, 100, marks=pytest.mark.deep) for name in RUNS)]
)
def test_two_whole_runs_at_once_do_what_one_does(
    name: str, times: int, before: Callable[[str], Office], tmp_path: Path
) -> None:
    desk, run = before(name), RUNS[name]
    folder = desk.folder / "outputs" / desk.report / MEETING
    edited = next(folder.glob("*(draft 1).docx")).read_bytes()
    for _ in range(times):
        codes = both_at_once(lambda: run.does(desk))
        assert GOT_THROUGH in codes
        assert FAULT_OF_OURS not in codes
        whole(desk, edited)
        assert len(list(folder.glob(run.leaves))) == 1
        assert len(history(folder)) <= 1
        put_back(desk, tmp_path / "kept")

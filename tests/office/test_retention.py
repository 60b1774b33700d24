"""Drafts, versions, hashes and acts are kept for good, or as long as the settings say; a backup brings all back."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.office import Retained, retention, settle
from pipeline.problems import NeedsPerson
from pipeline.store import ACTS, KEY, acts_on_record
from pipeline.unattended import draft_due
from tests import hands
from tests.faults.letters import letter
from tests.office import Office, asked, check, day, publish

deep = pytest.mark.deep
MEETING = "2017-01-23"
NOW, LATER = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC), dt.datetime(2017, 1, 12, 15, tzinfo=dt.UTC)
NEXT_YEAR = dt.datetime(2018, 3, 1, 9, tzinfo=dt.UTC)
OLD, TYPED, NEW = "Action Plan for Asset Rental Account", "Plan for renting out assets", "Action Plan for Asset Rents"


def outputs(desk: Office) -> Path:
    return desk.folder / "outputs" / desk.report


def month(desk: Office) -> None:
    """Two drafts, typed words settled against the facts, something withheld, a person's own note, a publication."""
    letter(desk, ref="COR-077", sender="Kestrel Holdings", exempt="3", date=day("2017-01-06"))
    hands.typed(desk.build(MEETING, now=NOW).path, OLD, TYPED)
    desk.put("tracker.xlsx", "Actions", C9=NEW)
    path = desk.build(MEETING, now=LATER).path
    settle(desk.report, keep=["all"], by="Ann Lee", **asked(desk.order(MEETING, now=LATER)))
    (path.parent / "my notes.txt").write_text("To do")
    publish(desk.order(MEETING, now=LATER))


def settings(desk: Office, **days: int) -> None:
    file = desk.folder / "templates" / desk.report / "report.toml"
    lines = "".join(f"{name} = {number}\n" for name, number in days.items())
    file.write_text(f"{file.read_text(encoding='utf-8')}\n[retention]\n{lines}", encoding="utf-8")


def over(desk: Office, now: dt.datetime = NEXT_YEAR, *, apply: bool = False) -> Retained:
    return retention(desk.report, apply=apply, by="Ann Lee", **asked(desk.order(now=now)))


def files(desk: Office) -> set[str]:
    return {path.relative_to(outputs(desk)).as_posix() for path in outputs(desk).rglob("*") if path.is_file()}


def test_everything_is_kept_where_the_settings_say_nothing(desk: Office) -> None:
    month(desk)
    before = files(desk)
    assert over(desk, apply=True).over == ()
    draft_due(desk.order(now=NEXT_YEAR))
    assert files(desk) - {".committee-papers.last.json"} == before


def test_drafts_and_versions_are_removed_after_their_days_and_what_was_published_stays(desk: Office) -> None:
    month(desk)
    settings(desk, drafts=400, versions=100)
    assert over(desk, dt.datetime(2017, 5, 3, tzinfo=dt.UTC)).over == ()
    assert [each.what for each in over(desk, dt.datetime(2017, 5, 4, tzinfo=dt.UTC)).over] == ["versions"]
    before = files(desk)
    listed = over(desk)
    assert files(desk) == before
    done = over(desk, apply=True)
    assert done.over == listed.over
    gone = before - files(desk)
    assert gone == {f"{MEETING}/{name}" for each in done.over for name in each.files}
    assert any(name.endswith("(draft 2).docx") for name in gone)
    assert any(name.endswith("draft 1.json") for name in gone)
    assert any(name.endswith(".version") for name in gone)
    assert f"{MEETING}/my notes.txt" in files(desk)
    assert any("/published/v1/" in name for name in files(desk))
    assert any("record/published " in name for name in files(desk))
    acts = [act for act in acts_on_record(outputs(desk) / MEETING) if act.what == "removed"]
    assert {act.file for act in acts} == {name.removeprefix(f"{MEETING}/") for name in gone}
    assert {act.by for act in acts} == {"Ann Lee"}
    assert over(desk).over == ()


@deep
def test_hashes_and_acts_have_their_own_days_and_that_they_went_is_on_record(desk: Office) -> None:
    month(desk)
    settings(desk, hashes=100)
    assert [each.what for each in over(desk, apply=True).over] == ["hashes"]
    left = acts_on_record(outputs(desk) / MEETING)
    assert [act.what for act in left] == ["keep", "removed"]
    assert left.problems == ()
    assert "C172" not in {problem.code for problem in check(desk.order(MEETING, now=LATER))}
    settings_of = desk.folder / "templates" / desk.report / "report.toml"
    settings_of.write_text(settings_of.read_text(encoding="utf-8") + "acts = 200\n", encoding="utf-8")
    over(desk, apply=True)
    assert [act.what for act in acts_on_record(outputs(desk) / MEETING)] == ["removed", "removed"]
    assert "C172" not in {problem.code for problem in check(desk.order(MEETING, now=LATER))}


def test_the_nightly_task_removes_what_is_over_its_time_and_tells_of_it(desk: Office) -> None:
    month(desk)
    settings(desk, versions=100)
    result = draft_due(desk.order(now=NEXT_YEAR))
    [told] = [problem for paper in result.papers for problem in paper.problems if paper.action == "removed"]
    assert (told.code, result.code) == ("F135", 0)
    assert "of the versions were removed: the settings keep them for 100 days after the meeting" in told.message
    assert not any(name.endswith(".version") for name in files(desk))
    gone = {act.by for act in acts_on_record(outputs(desk) / MEETING) if act.what == "removed"}
    assert gone == {"committee-papers due"}


def test_a_setting_that_is_none_is_told(desk: Office, capsys: pytest.CaptureFixture[str]) -> None:
    settings(desk, draft=400)
    folders = [f"--{name}={desk.folder / name}" for name in ("templates", "inputs", "outputs")]
    assert cli.run(["retention", desk.report, *folders]) == 1
    assert "draft" in capsys.readouterr().err


def test_a_backup_of_the_outputs_brings_everything_back(desk: Office, tmp_path: Path) -> None:
    month(desk)
    told = [(problem.code, problem.place) for problem in check(desk.order(MEETING, now=LATER))]
    shutil.copytree(desk.folder / "outputs", tmp_path / "backup")
    shutil.rmtree(desk.folder / "outputs")
    shutil.copytree(tmp_path / "backup", desk.folder / "outputs")
    assert [(problem.code, problem.place) for problem in check(desk.order(MEETING, now=LATER))] == told
    assert desk.build(MEETING, now=LATER).action == "unchanged"
    desk.put("tracker.xlsx", "Actions", C8="Another thing altogether")
    made = desk.build(MEETING, now=LATER)
    assert (made.number, made.differences) == (3, ())
    assert TYPED in hands.says(made.path)


@pytest.mark.parametrize(("lost", "code"), [
    ("the folder record", "F134"), pytest.param("the drafts", "F134", marks=deep), ("the acts", "C172"),
    pytest.param("the key", "C162", marks=deep), pytest.param("the history of publication", "C130", marks=deep),
])  # fmt: skip
def test_a_backup_that_lacks_something_is_told(desk: Office, lost: str, code: str) -> None:
    month(desk)
    folder = outputs(desk) / MEETING
    if lost == "the folder record":
        shutil.rmtree(folder / "record")
    elif lost == "the drafts":
        for path in folder.glob("*.docx"):
            path.unlink()
    else:
        path = {"the acts": folder / ACTS, "the key": outputs(desk) / KEY}.get(lost, folder / "published/history.json")
        path.write_text("[") if lost == "the history of publication" else path.unlink()
    assert code in {problem.code for problem in check(desk.order(MEETING, now=LATER))}
    if code == "F134":
        with pytest.raises(NeedsPerson):
            desk.build(MEETING, now=LATER)

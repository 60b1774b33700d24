"""What the program keeps of a paper is never missed in silence: it is asked for, and made anew from what is left."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline import cli
from pipeline.office import Repaired, repair, settle
from pipeline.problems import NeedsPerson, PaperError
from pipeline.store import ACTS, KEY, acts_on_record
from tests import hands
from tests.faults.letters import letter
from tests.office import Office, asked, build, check, day

deep = pytest.mark.deep
JANUARY, FEBRUARY, APRIL = "2017-01-23", "2017-02-27", "2017-04-24"
NOW, LATER = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC), dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)
OLD, TYPED, NEW = "Action Plan for Asset Rental Account", "Plan for renting out assets", "Action Plan for Asset Rents"


def outputs(desk: Office) -> Path:
    return desk.folder / "outputs" / desk.report


def record(desk: Office, meeting: str = JANUARY) -> Path:
    return outputs(desk) / meeting / "record"


def repaired(desk: Office) -> Repaired:
    return repair(desk.report, by="Ann Lee", **asked(desk.order(now=LATER)))


def refused(desk: Office, meeting: str = JANUARY) -> str:
    """The code with which a build is refused."""
    with pytest.raises(NeedsPerson) as told:
        desk.build(meeting, now=LATER)
    [problem] = told.value.problems
    assert "committee-papers repair best-value-board" in problem.cure
    return problem.code


def edited(desk: Office) -> Path:
    """Draft 1 as an officer changed it, and the same words changed in the tracker since."""
    path = desk.build(JANUARY, now=NOW).path
    hands.typed(path, "Clear up Team work completed", "Clear up Team work, all of it")
    desk.put("tracker.xlsx", "Actions", C9=NEW)
    return path


@pytest.mark.parametrize("harm", ["the folder is gone", "the record is cut short"])
def test_a_lost_record_stops_the_build_until_it_is_repaired_and_no_word_is_lost(desk: Office, harm: str) -> None:
    path = edited(desk)
    whole = desk.build(JANUARY, now=LATER).path.read_bytes()
    path.with_name(path.name.replace("(draft 1)", "(draft 2)")).unlink()
    shutil.rmtree(record(desk))
    if harm != "the folder is gone":
        record(desk).mkdir()
        (record(desk) / "draft 1.json").write_text('{"draft": 1, "blo')
    before = {*outputs(desk).rglob("*")}
    assert refused(desk) == "F134"
    assert {*outputs(desk).rglob("*")} - before <= {outputs(desk) / JANUARY / "record"}
    done = repaired(desk)
    assert ("its record", False) in [(line.told, line.lost) for line in done.lines]
    made = desk.build(JANUARY, now=LATER)
    assert (made.number, made.differences) == (2, ())
    assert hands.says(made.path) == said(whole, path)
    assert "Clear up Team work, all of it" in hands.says(made.path)
    assert NEW in hands.says(made.path)


def said(content: bytes, beside: Path) -> str:
    copy = beside.with_name("scrap.docx")
    copy.write_bytes(content)
    text = hands.says(copy)
    copy.unlink()
    return text


def moved_to_february(desk: Office) -> Path:
    """January's paper, in which an officer typed, goes on as that of the day to which its meeting is moved."""
    edited(desk)
    desk.put("calendar.xlsx", "Meetings", **{dates(desk)[day(JANUARY)]: day("2017-02-06")})
    path = desk.build("2017-02-06", now=LATER).path
    assert "Clear up Team work, all of it" in hands.says(path)
    desk.build(FEBRUARY, now=LATER)
    return path


def dates(desk: Office) -> dict[Any, str]:
    """The cells of the calendar by what stands in them."""
    page = openpyxl.load_workbook(desk.inputs / "calendar.xlsx")["Meetings"]
    return {cell.value: cell.coordinate for row in page.iter_rows() for cell in row}


def test_aprils_paper_never_starts_from_januarys_draft(desk: Office) -> None:
    path = moved_to_february(desk)
    fresh = build(desk.order(APRIL, now=LATER))
    assert (fresh.action, fresh.came_from) == ("first", None)
    shutil.rmtree(outputs(desk) / APRIL)
    shutil.rmtree(record(desk))
    shutil.rmtree(path.parent / "record")
    assert refused(desk, APRIL) == "F134"
    repaired(desk)
    april = desk.build(APRIL, now=LATER)
    assert (april.action, april.came_from) == ("first", None)
    assert "all of it" not in hands.says(april.path)
    february = desk.build("2017-02-06", now=LATER)
    assert "all of it" in hands.says(february.path)


def test_without_that_error_it_does(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path = moved_to_february(desk)
    shutil.rmtree(record(desk))
    shutil.rmtree(path.parent / "record")
    monkeypatch.setattr("pipeline.office.moved.refuse_if_lost", lambda *_: None)
    april = desk.build(APRIL, now=LATER)
    assert april.came_from is not None
    assert "all of it" in hands.says(april.path)


def test_drafts_that_are_gone_while_their_records_are_there_are_asked_for(desk: Office) -> None:
    path = edited(desk)
    desk.build(JANUARY, now=LATER)
    for draft in path.parent.glob("*.docx"):
        draft.unlink()
    with pytest.raises(NeedsPerson) as told:
        desk.build(JANUARY, now=LATER)
    assert [problem.code for problem in told.value.problems] == ["F134"]


def disputed(desk: Office) -> Path:
    """A difference that somebody settled: their words stand against the tracker's."""
    hands.typed(desk.build(JANUARY, now=NOW).path, OLD, TYPED)
    desk.put("tracker.xlsx", "Actions", C9=NEW)
    path = desk.build(JANUARY, now=NOW).path
    order = desk.order(JANUARY, now=NOW)
    assert settle(desk.report, keep=["1"], by="Ann Lee", **asked(order)).code == 0
    return path


@pytest.mark.parametrize("harm", ["gone", pytest.param("of an older backup", marks=deep), "changed"])
def test_acts_that_are_missing_are_told_and_what_records_know_of_them_stands(desk: Office, harm: str) -> None:
    path = disputed(desk)
    older = (path.parent / ACTS).read_text(encoding="utf-8")
    hands.typed(path, "Clear up Team work completed", "Clear up Team work, all of it")
    desk.put("tracker.xlsx", "Actions", C8="Another thing altogether")
    letter(desk, ref="COR-077", sender="Kestrel Holdings", exempt="3", date=day("2017-01-06"))
    made = desk.build(JANUARY, now=LATER)
    assert (made.number, made.differences) == (3, ())
    acts = path.parent / ACTS
    whole = acts.read_text(encoding="utf-8")
    acts.unlink() if harm == "gone" else acts.write_text(older if "older" in harm else whole.replace("Ann", "Bob"))
    day_after = LATER + dt.timedelta(days=1)
    for problems in (desk.build(JANUARY, now=day_after).problems, check(desk.order(JANUARY, now=day_after))):
        assert "C172" in {problem.code for problem in problems}
    done = repaired(desk)
    after = desk.build(JANUARY, now=LATER)
    assert "C172" not in {problem.code for problem in after.problems}
    assert (done.code, after.differences) == (3, ())
    assert TYPED in hands.says(after.path)
    assert [act.by for act in acts_on_record(path.parent) if act.what == "removed"] == ["Ann Lee"]


@deep
def test_what_was_withheld_is_known_again_by_the_records(desk: Office) -> None:
    letter(desk, ref="COR-077", sender="Kestrel Holdings", exempt="3", date=day("2017-01-06"))
    path = desk.build(JANUARY, now=NOW).path
    hashes = [act.hashes for act in acts_on_record(path.parent)]
    (path.parent / ACTS).unlink()
    assert "C172" in {problem.code for problem in desk.build(JANUARY, now=LATER).problems}
    repaired(desk)
    assert {act.hashes for act in acts_on_record(path.parent) if act.what == "withheld"} == set(hashes)


def test_a_key_that_is_lost_for_good_is_made_anew_and_what_that_costs_is_told(desk: Office) -> None:
    letter(desk, ref="COR-077", sender="Kestrel Holdings", exempt="3", date=day("2017-01-06"))
    desk.build(JANUARY, now=NOW)
    key = outputs(desk) / KEY
    old = key.read_bytes()
    key.unlink()
    assert "C162" in {problem.code for problem in desk.build(JANUARY, now=LATER).problems}
    done = repaired(desk)
    assert (done.code, key.read_bytes() != old) == (3, True)
    assert any("no longer looked for" in line.told for line in done.lines if line.lost)
    assert "C162" not in {problem.code for problem in desk.build(JANUARY, now=LATER).problems}
    again = [act for act in acts_on_record(outputs(desk) / JANUARY) if act.what == "withheld"]
    assert len(again) == 2


def test_words_that_were_cleared_are_known_by_the_records_too(desk: Office) -> None:
    desk.build(JANUARY, now=NOW)
    memory = outputs(desk) / "clearances.json"
    before = memory.read_bytes()
    memory.unlink()
    done = repaired(desk)
    assert [(line.place, line.lost) for line in done.lines] == [("clearances.json", False)]
    assert memory.read_bytes() == before


@deep
def test_a_paper_that_says_nothing_of_itself_is_listed(desk: Office) -> None:
    path = edited(desk)
    hands.stripped(path)
    shutil.rmtree(record(desk))
    done = repaired(desk)
    assert done.code == 3
    assert any("has no part that says so" in line.told for line in done.lines if line.lost)
    with pytest.raises(PaperError) as told:
        desk.build(JANUARY, now=LATER)
    assert [problem.code for problem in told.value.problems] == ["R101"]


def test_nothing_is_touched_where_nothing_is_lost(desk: Office) -> None:
    disputed(desk)
    before = {path: path.read_bytes() for path in outputs(desk).rglob("*") if path.is_file()}
    assert repaired(desk).lines == ()
    after = {path: path.read_bytes() for path in outputs(desk).rglob("*") if path.is_file()}
    assert after == before


def test_on_the_command_line_it_says_what_was_made_anew_and_what_is_lost(
    desk: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(desk)
    shutil.rmtree(record(desk))
    folders = [f"--{name}={desk.folder / name}" for name in ("templates", "inputs", "outputs")]
    command = ["repair", desk.report, "--by", "Ann Lee", "--today", "2017-01-13", *folders]
    assert cli.run(command) == 3
    out = capsys.readouterr().out
    assert "made anew  2017-01-23/2017-01-23 Best Value Plan Update (draft 1).docx: its record" in out
    assert "LOST       2017-01-23/2017-01-23 Best Value Plan Update (draft 1).docx: whether somebody typed in it" in out
    assert cli.run(command) == 0
    assert "Nothing is lost or damaged." in capsys.readouterr().out
    assert cli.run([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lines"] == []

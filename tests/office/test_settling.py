"""Differences are settled on record: listed in words, kept, taken or written anew, by a name, on these very words."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run
from pipeline.office import Settled, acts_as_csv, settle, status
from pipeline.problems import NeedsPerson, PaperError
from pipeline.store import ACTS, acts_on_record
from tests import hands
from tests.office import Office, asked, check, publish

MEETING = "2017-01-23"
NOW = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
ACTIONS = {
    "BV-141": ("C9", "Action Plan for Asset Rental Account", "Plan for renting out assets", "Action Plan for Rents"),
    "BV-131": ("C7", "Communication Strategy & Action Plan", "Plan for telling people", "Strategy for the press"),
    "BV-140": ("C8", "Action Plan for Community Buildings Policy", "Plan for the halls", "Policy on Buildings"),
    "BV-142": ("C10", "Property portfolio validation of occupancy", "Who is in which house", "Survey of tenants"),
    "BV-170": ("C13", "Clear up Team work completed", "The streets are clean", "Clear up Team is stood down"),
}


def order(desk: Office) -> Any:
    return desk.order(MEETING, now=NOW, as_at=NOW.date())


def settled(desk: Office, **choice: Any) -> Settled:
    return settle(desk.report, **choice, **asked(order(desk)))


def parted(desk: Office, *refs: str) -> Path:
    """Draft 2: in the rows of these actions somebody typed over what the tracker says otherwise since."""
    path = desk.build(MEETING, now=NOW, as_at=NOW.date()).path
    for ref in refs:
        cell, old, typed, new = ACTIONS[ref]
        hands.typed(path, old, typed)
        desk.put("tracker.xlsx", "Actions", **{cell: new})
    return desk.build(MEETING, now=NOW, as_at=NOW.date()).path


def words(desk: Office, command: str, *more: str) -> list[str]:
    folders = [part for name in ("templates", "inputs", "outputs") for part in (f"--{name}", str(desk.folder / name))]
    return [command, desk.report, *folders, "--meeting", MEETING, "--today", "2017-01-12", *more]


def test_both_texts_the_cause_and_the_cell_are_told_in_words(desk: Office) -> None:
    parted(desk, "BV-141")
    [each] = settled(desk).differences
    assert (each.number, each.name, each.place) == (1, "BV-141", "under “Background”, table 3, row 5")
    assert (each.words[1], each.facts[1], each.before[1]) == (
        "Plan for renting out assets", "Action Plan for Rents", "Action Plan for Asset Rental Account",
    )  # fmt: skip
    assert each.cause == "The facts changed where somebody had typed."
    cell = "tracker.xlsx, sheet Actions, action BV-141, column “Activities” (C9)"
    assert each.cells == (cell,)
    [correction] = each.corrections
    assert (correction.where, correction.old, correction.new) == (
        cell, "Action Plan for Rents", "Plan for renting out assets",
    )  # fmt: skip
    assert each.ways == ("keep", "take", "both")


def test_status_tells_of_the_same_differences_as_data(desk: Office) -> None:
    parted(desk, "BV-141")
    wanted = {name: each for name, each in asked(order(desk)).items() if name not in ("meeting", "as_at", "draft")}
    (paper,) = status(desk.report, **wanted).reports[0].papers
    assert paper.differences == settled(desk).differences
    assert "C170" in {each.code for each in paper.problems}


def test_once_the_cell_says_so_the_difference_is_gone(desk: Office) -> None:
    parted(desk, "BV-141")
    desk.put("tracker.xlsx", "Actions", C9="Plan for renting out assets")
    assert settled(desk).differences == ()


def test_what_was_corrected_in_the_draft_alone_is_told_by_the_next_draft_too(desk: Office) -> None:
    path = desk.build(MEETING, now=NOW, as_at=NOW.date()).path
    hands.typed(path, ACTIONS["BV-141"][1], "Action Plan for the Asset Rental Accounts")
    told = settled(desk).corrections
    assert [each.new for each in told] == ["Action Plan for the Asset Rental Accounts"]
    desk.build(MEETING, now=NOW, as_at=NOW.date())
    assert (settled(desk).code, settled(desk).corrections) == (0, told)


def test_references_are_told_as_they_read(desk: Office) -> None:
    path = desk.build(MEETING, now=NOW, as_at=NOW.date()).path
    hands.typed(path, "The Mayor answered on 15 December 2016", "The Mayor wrote back on 16 December 2016")
    desk.put("correspondence.xlsx", "Log", B5=dt.datetime(2016, 12, 14))
    [each] = settled(desk).differences
    assert each.words[0].startswith("The Mayor wrote back on 16 December 2016 (Appendix 2). In the letter")
    assert each.facts[0].startswith("The Mayor answered on 14 December 2016 (Appendix 2). In the letter")
    [act] = settled(desk, keep=["1"], by="Ann Lee").acts
    assert act.words == each.words
    assert settled(desk).differences == ()


def test_taken_the_facts_stand_in_the_draft_and_nothing_else_has_changed(desk: Office) -> None:
    path = parted(desk, "BV-141")
    before = hands.says(path)
    done = settled(desk, take=["BV-141"], by="Ann Lee")
    assert (done.code, done.number) == (0, 2)
    assert hands.says(done.path or path) == before.replace("Plan for renting out assets", "Action Plan for Rents")
    assert "w:ins " not in hands.open_paper(path.read_bytes(), "x").parts["word/document.xml"].decode()
    assert desk.build(MEETING, now=NOW, as_at=NOW.date()).action == "unchanged"
    desk.put("tracker.xlsx", "Actions", C9="Action Plan for Lettings")
    assert "Action Plan for Lettings" in hands.says(desk.build(MEETING, now=NOW, as_at=NOW.date()).path)


def test_an_edited_file_is_never_altered_the_next_draft_has_it(desk: Office) -> None:
    path = parted(desk, "BV-141")
    hands.commented(path, "renting out assets")
    content = path.read_bytes()
    done = settled(desk, take=["1"], by="Ann Lee")
    assert (done.number, path.read_bytes()) == (3, content)


def test_what_a_person_wrote_of_both_stands_until_a_newer_fact(desk: Office) -> None:
    parted(desk, "BV-141")
    done = settled(desk, both="1", text="Action Plan for Rents and Lettings", by="Ann Lee")
    assert done.code == 0
    assert "Action Plan for Rents and Lettings" in hands.says(done.path or Path())
    assert desk.build(MEETING, now=NOW, as_at=NOW.date()).action == "unchanged"
    desk.put("tracker.xlsx", "Actions", C9="Action Plan for Asset Rents and Lettings in full")
    assert len(settled(desk).differences) == 1


def test_words_once_taken_may_be_typed_again(desk: Office) -> None:
    """What a person gave up in one draft is not taken from another draft, where somebody has it again."""
    path = parted(desk, "BV-141")
    settled(desk, take=["1"], by="Ann Lee")
    hands.typed(path, "Action Plan for Rents", "Plan for renting out assets")
    assert "Plan for renting out assets" in hands.says(desk.build(MEETING, now=NOW, as_at=NOW.date()).path)


def test_what_the_facts_let_go_is_taken_out(desk: Office) -> None:
    path = desk.build(MEETING, now=NOW, as_at=NOW.date()).path
    hands.typed(path, ACTIONS["BV-141"][1], "Plan for renting out assets")
    desk.put("tracker.xlsx", "Actions", E9="Completed", G9=dt.datetime(2017, 1, 10))
    [each] = settled(desk).differences
    assert (each.kind, each.facts, each.ways) == ("gone", (), ("keep", "take"))
    done = settled(desk, take=["gone"], by="Ann Lee")
    assert done.code == 0
    assert "Plan for renting out assets" not in hands.says(done.path or Path())


def test_what_cannot_be_settled_so_is_refused_and_nothing_is_on_record(desk: Office) -> None:
    path = parted(desk, "BV-141")
    for choice, code in (
        ({"keep": ["2"]}, "F143"),
        ({"keep": ["1"], "take": ["BV-141"]}, "F143"),
        ({"both": "1", "text": "a | b"}, "C173"),
    ):
        with pytest.raises(PaperError) as told:
            settled(desk, by="Ann Lee", **choice)
        assert [each.code for each in told.value.problems] == [code], choice
    path.with_name(f"~${path.name[2:]}").touch()
    with pytest.raises(NeedsPerson):
        settled(desk, keep=["1"], by="Ann Lee")
    hands.typed(path, "renting out assets", "renting", tracked=True)
    for way in ("keep", "take"):
        with pytest.raises(PaperError) as told:
            settled(desk, by="Ann Lee", **{way: ["1"]})
        assert [each.code for each in told.value.problems] == ["C173"], way
    assert not (path.parent / ACTS).exists()


def test_a_change_to_what_is_on_record_opens_differences_and_stops_publication(desk: Office) -> None:
    path = parted(desk, "BV-141")
    settled(desk, keep=["1"], by="Ann Lee")
    record = path.parent / ACTS
    assert publish(order(desk)).version == 1
    record.write_text(record.read_text(encoding="utf-8").replace('"before": ""', '"before": "0"'), encoding="utf-8")
    assert "C172" in {each.code for each in check(order(desk))}
    with pytest.raises(PaperError):
        settled(desk, keep=["all"], by="Ann Lee")


def test_what_was_settled_on_one_day_counts_when_the_meeting_has_moved(desk: Office) -> None:
    parted(desk, "BV-141")
    settled(desk, keep=["1"], by="Ann Lee")
    desk.put("calendar.xlsx", "Meetings", B3=dt.datetime(2017, 1, 24))
    moved = settle(desk.report, **asked(desk.order("2017-01-24", now=NOW, as_at=NOW.date())))
    assert moved.differences == ()


def test_five_differences_are_settled_from_the_command_line(
    desk: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new user meets exit code 3, lists, settles in each of the ways there are, and publishes."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(desk.folder))
    path = parted(desk, *ACTIONS)

    def said(code: int, command: str, *more: str) -> str:
        assert run(words(desk, command, *more)) == code, (command, more)
        return capsys.readouterr().out

    assert "settle it: committee-papers settle best-value-board --meeting 2017-01-23" in said(3, "check")
    listed = said(3, "settle")
    assert "Draft 2: 5 differences." in listed
    assert "  2  under “Background”, table 3, row 4  [BV-140]" in listed
    assert "     in the draft   Property | [Plan for the halls] | " in listed
    assert "--keep BV-131   (the words in the draft stay)" in listed, "a name, for numbers change as differences go"
    said(2, "settle", "--keep", "2")
    assert "4 differences still." in said(3, "settle", "--keep", "2", "--by", "Ann Lee")
    hands.typed(path, "Who is in which house", "Survey of tenants, house by house")
    desk.put("tracker.xlsx", "Actions", C13="The streets are clean")
    assert "Draft 2: 2 differences." in said(3, "settle")
    said(3, "settle", "--both", "BV-131", "--text", "Strategy for telling the press", "--by", "Ann Lee")
    assert json.loads(said(0, "settle", "--take", "all", "--by", "Bob Ray", "--json"))["differences"] == []
    said(0, "publish")
    [public] = (path.parent / "published" / "v1").glob("*.docx")
    texts = (
        "Plan for the halls",
        "Survey of tenants, house by house",
        "The streets are clean",
        "Action Plan for Rents",
    )
    assert [text for text in (*texts, "Strategy for telling the press") if text not in hands.says(public)] == []
    rows = list(csv.DictReader(io.StringIO(said(0, "settle", "--acts"))))
    assert [(each["what"], each["by"]) for each in rows] == [
        ("keep", "Ann Lee"), ("both", "Ann Lee"), ("take", "Bob Ray"),
    ]  # fmt: skip


def test_a_name_is_asked_once_on_a_screen_and_remembered_on_this_computer(
    desk: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for = list[str]()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(desk.folder))
    monkeypatch.setattr("sys.stdin", type("Screen", (io.StringIO,), {"isatty": lambda _: True})())
    monkeypatch.setattr("click.prompt", lambda text, **_: asked_for.append(text) or "Ann Lee")
    path = parted(desk, "BV-141", "BV-140")
    assert run(words(desk, "settle", "--keep", "1")) == 3
    assert run(words(desk, "settle", "--keep", "1")) == 0
    assert "On record, by Ann Lee: under “Background”, table 3, row 5: the words in the draft stay." in (
        capsys.readouterr().out
    )
    assert (asked_for, {act.by for act in acts_on_record(path.parent)}) == (["Your name"], {"Ann Lee"})


@pytest.mark.deep
def test_the_nightly_run_tells_of_each_difference_once_and_again_when_it_changes(
    desk: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parted(desk, "BV-141")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    due = [*words(desk, "due")[:-4], "--today", "2017-01-12"]

    def night() -> tuple[int, int]:
        code = run(due)
        return code, capsys.readouterr().out.count("C170")

    assert [night(), night()] == [(3, 1), (0, 0)]
    desk.put("tracker.xlsx", "Actions", C13="Clear up Team is stood down")
    assert night() == (0, 0)
    cell, _, _, new = ACTIONS["BV-141"]
    desk.put("tracker.xlsx", "Actions", **{cell: f"{new} and Lettings"})
    assert [night(), night()] == [(3, 1), (0, 0)]
    assert run(words(desk, "status")[:-4]) in (0, 1)
    assert "In 1 place of draft 2 somebody's words and the facts part." in capsys.readouterr().out
    assert run(words(desk, "settle", "--keep", "1", "--by", "Ann Lee")) == 0
    capsys.readouterr()
    run(words(desk, "status")[:-4])
    assert "the facts part" not in capsys.readouterr().out


@pytest.mark.deep
def test_what_was_taken_is_put_in_by_the_next_build_where_the_power_failed_before_the_draft(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = parted(desk, "BV-141")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.store.drafts.replace_own", fails)
        with pytest.raises(OSError, match="power"):
            settled(desk, take=["1"], by="Ann Lee")
    assert [act.what for act in acts_on_record(path.parent)] == ["take"]
    made = desk.build(MEETING, now=NOW, as_at=NOW.date())
    assert made.unsettled == ()
    assert "Action Plan for Rents" in hands.says(made.path)


def fails(*_: object) -> None:
    raise OSError("the power")


def test_acts_are_told_without_what_may_not_be_public_by_now(desk: Office) -> None:
    path = parted(desk, "BV-141")
    settled(desk, keep=["1"], by="Ann Lee")
    assert "Action Plan for Rents" in acts_as_csv(desk.report, **asked(order(desk)))
    desk.put("tracker.xlsx", "Actions", K5="Exempt", K9="3")
    assert "Action Plan for Rents" not in acts_as_csv(desk.report, **asked(order(desk)))
    assert len(acts_on_record(path.parent).entries) == 1

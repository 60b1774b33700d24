"""What people's words and the facts say differently stays open until a person settles it, through any number of builds.

Sequences of real builds, with real edits in Word between them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.office import Built, Published, Settled, settle
from pipeline.opc import Package, parse
from pipeline.problems import Level, NeedsPerson, PaperError
from pipeline.revise import Paper, hash_of
from pipeline.store import acts_on_record
from pipeline.word import NAMESPACES, PARAGRAPH, TEXT, cells, read_baseline
from tests import hands
from tests.office import Office, asked, publish
from tests.revise.gate import built, codes

MEETING = "2017-01-23"
ROW, OLD, NEW = "BV-141", "Action Plan for Asset Rental Account", "Action Plan for Asset Rents"
TYPED = "Plan for renting out assets"
CELL = "C9"
deep = pytest.mark.deep


def facts(desk: Office, text: str) -> None:
    desk.put("tracker.xlsx", "Actions", **{CELL: text})


def published(desk: Office) -> Published:
    now = dt.datetime(2017, 1, 12, 10, tzinfo=dt.UTC)
    return publish(desk.order(MEETING, now=now, as_at=dt.date(2017, 1, 12)))


def settled(desk: Office, day: int = 13, **choice: Any) -> Settled:
    now = dt.datetime(2017, 1, day, 9, tzinfo=dt.UTC)
    order = desk.order(MEETING, now=now, as_at=dt.date(2017, 1, 12))
    return settle(desk.report, by="Ann Lee", **choice, **asked(order))


def opened(made: Built) -> list[str]:
    return [each.code for each in made.unsettled]


def disputed(desk: Office) -> Built:
    """Draft 2: an officer typed over a cell of the row, and then the tracker changed the same words."""
    hands.typed(built(desk).path, OLD, TYPED)
    facts(desk, NEW)
    return built(desk)


def test_a_conflict_stays_open_at_every_build_and_stops_publication(desk: Office) -> None:
    first = disputed(desk)
    assert (first.number, opened(first)) == (2, ["C170"])
    before = first.path.read_bytes()
    again = built(desk, 13)
    assert (again.action, opened(again)) == ("unchanged", ["C170"])
    assert again.path.read_bytes() == before
    [problem] = again.unsettled
    assert problem.place.near == "under “Background”, table 3, row 5"
    assert TYPED in problem.message
    assert NEW in problem.message
    assert "(tracker.xlsx, sheet Actions, cell C9)" in problem.message
    assert "committee-papers settle best-value-board --meeting 2017-01-23" in problem.cure
    with pytest.raises(NeedsPerson) as told:
        published(desk)
    assert [each.code for each in told.value.problems if each.level is Level.ERROR] == ["C170"]


def test_a_baseline_that_moves_on_at_every_build_forgets_the_conflict(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.revise.merge.Merge.left", lambda *_: {})
    first = disputed(desk)
    assert opened(first) == ["C170"]
    assert opened(built(desk, 13)) == []


def of_version_one(path: Path, number: int) -> None:
    """Makes a draft's record one of 0.1.0."""
    kept = path.parent / "record" / f"draft {number}.json"
    record = json.loads(kept.read_text(encoding="utf-8"))
    del record["taken"]
    record.pop("in_step_with", None)
    kept.write_text(json.dumps(record), encoding="utf-8")


@deep
def test_a_conflict_that_version_one_forgot_is_found_by_the_records_of_earlier_drafts(desk: Office) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.revise.merge.Merge.left", lambda *_: {})
        path = disputed(desk).path
    of_version_one(path, 2)
    hands.uncommented(path)
    assert opened(built(desk, 13)) == ["C170"]
    assert opened(built(desk, 14)) == ["C170"]
    hands.typed(built(desk, 14).path, TYPED, NEW)
    assert opened(built(desk, 15)) == []


@deep
@pytest.mark.parametrize("looked_for", [True, False])
def test_an_edited_row_that_version_one_forgot_when_it_became_exempt_is_found_and_taken_out(
    desk: Office, looked_for: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.typed(built(desk).path, OLD, TYPED)
    exempt(desk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.revise.carry_out._is_whole", lambda *_: False)
        patch.setattr("pipeline.revise.merge.Merge.left", lambda *_: {})
        path = built(desk).path
    of_version_one(path, 2)
    hands.uncommented(path)
    if not looked_for:
        monkeypatch.setattr("pipeline.revise.match_blocks.with_forgotten", lambda blocks, *_: (blocks, ()))
    made = built(desk, 13)
    assert opened(made) == (["C174"] if looked_for else [])
    assert (TYPED in hands.says(made.path)) != looked_for


@deep
def test_deleting_the_comment_settles_nothing_and_brings_none_back(desk: Office) -> None:
    path = disputed(desk).path
    hands.uncommented(path)
    made = built(desk, 13)
    assert (made.action, opened(made)) == ("unchanged", ["C170"])


@deep
@pytest.mark.parametrize("text", [NEW, f"{NEW}, as agreed"])
def test_an_edit_that_holds_the_new_value_and_not_the_old_settles_it(desk: Office, text: str) -> None:
    path = disputed(desk).path
    hands.typed(path, TYPED, text)
    assert codes(desk) == set()
    made = built(desk, 13)
    assert opened(made) == []
    assert text in hands.says(made.path)
    assert built(desk, 14).action == "unchanged"


@deep
def test_an_edit_that_does_not_hold_the_new_value_settles_nothing(desk: Office) -> None:
    hands.typed(disputed(desk).path, TYPED, f"{OLD} or {NEW.rsplit(' ', 1)[0]}")
    assert opened(built(desk, 13)) == ["C170"]


@deep
def test_typing_the_old_words_again_lets_the_facts_in(desk: Office) -> None:
    hands.typed(disputed(desk).path, TYPED, OLD)
    made = built(desk, 13)
    assert opened(made) == []
    assert NEW in hands.says(made.path)


@deep
def test_deleting_the_row_settles_it_and_pasting_it_back_does_not(desk: Office) -> None:
    path = disputed(desk).path
    row = hands.deleted(path, TYPED)
    made = built(desk, 13)
    assert opened(made) == []
    assert codes(desk) == set()
    hands.pasted(made.path, row, "Action Plan for Community Buildings Policy")
    assert opened(built(desk, 14)) == ["C170"]


def test_words_are_kept_against_the_facts_by_name_until_a_newer_fact_comes(desk: Office) -> None:
    path = disputed(desk).path
    assert settled(desk, keep=[ROW]).code == 0
    assert opened(built(desk, 13)) == []
    [kept] = acts_on_record(path.parent)
    assert (kept.what, kept.by, kept.facts[1], kept.words[1]) == ("keep", "Ann Lee", NEW, TYPED)
    assert codes(desk) == set()
    assert TYPED in hands.says(published(desk).folder / path.name.replace(" (draft 2)", ""))
    facts(desk, "Action Plan for Rents")
    moved = built(desk, 14)
    assert opened(moved) == ["C170"]
    facts(desk, NEW)
    assert opened(built(desk, 15)) == []


@deep
def test_a_name_that_no_difference_has_is_told_with_those_that_are_open(desk: Office) -> None:
    disputed(desk)
    with pytest.raises(PaperError) as told:
        settled(desk, keep=["BV-1"])
    [problem] = told.value.problems
    assert (problem.code, problem.cure) == ("F143", f"Name one of: 1 (“{ROW}”); or “all”.")


@pytest.mark.parametrize(
    ("tracked", "marks"),
    [(True, True), *(pytest.param(*each, marks=deep) for each in ((True, False), (False, True), (False, False)))],
)
def test_a_deletion_taken_back_is_found_with_what_it_last_took(desk: Office, tracked: bool, marks: bool) -> None:
    path = built(desk).path
    row = hands.deleted(path, OLD, tracked=tracked)
    facts(desk, NEW)
    second = built(desk, 13)
    assert (second.number, opened(second)) == (2, [])
    if tracked:
        hands.resolved(second.path, "reject")
    else:
        hands.pasted(second.path, row, "Action Plan for Community Buildings Policy", marks=marks)
    assert "C151" in codes(desk)
    with pytest.raises(PaperError):
        published(desk)
    third = built(desk, 14)
    assert NEW in hands.says(third.path)
    assert OLD not in hands.says(third.path)


def offered(desk: Office) -> Built:
    """Draft 2 offers new words as a tracked change, since an officer typed in the same cell, but far from them."""
    path = built(desk).path
    hands.typed(path, OLD, f"{OLD} which all of the members of the board have asked for")
    facts(desk, OLD.replace("Action Plan", "Delivery Plan"))
    made = built(desk)
    assert [each.action for each in made.outcomes if each.action == "offered"] == ["offered"]
    return made


@deep
def test_an_offer_that_is_accepted_settles(desk: Office) -> None:
    made = offered(desk)
    assert built(desk, 13).action == "unchanged"
    assert "C101" in codes(desk)
    hands.resolved(made.path, "accept")
    assert codes(desk) == set()
    assert opened(built(desk, 14)) == []


@deep
def test_an_offer_that_is_rejected_is_open_and_not_made_again(desk: Office) -> None:
    made = offered(desk)
    hands.resolved(made.path, "reject")
    assert codes(desk) == {"C170"}
    for day in (14, 15):
        again = built(desk, day)
        assert opened(again) == ["C170"]
        assert "offered" not in [each.action for each in again.outcomes]
        assert "w:ins " not in hands.open_paper(again.path.read_bytes(), "x").parts["word/document.xml"].decode()
    assert again.action == "unchanged"


@deep
def test_an_offer_accepted_after_the_facts_went_back_is_offered_back(desk: Office) -> None:
    made = offered(desk)
    at_home = made.path.read_bytes()
    facts(desk, OLD)
    assert opened(built(desk, 13)) == []
    made.path.write_bytes(at_home)
    hands.resolved(made.path, "accept")
    assert "Delivery Plan" in hands.says(made.path)
    assert "C151" in codes(desk)
    assert "offered" in [each.action for each in built(desk, 14).outcomes]


@deep
def test_a_row_that_the_facts_let_go_stays_a_difference_while_it_is_kept_as_edited(desk: Office) -> None:
    hands.typed(built(desk).path, OLD, TYPED)
    desk.put("tracker.xlsx", "Actions", E9="Completed", G9=dt.datetime(2017, 1, 10))
    for day in (12, 13):
        assert opened(built(desk, day)) == ["C170"], day
    assert "no longer call for it" in built(desk, 13).unsettled[0].message
    assert settled(desk, 14, keep=[ROW]).code == 0
    assert opened(built(desk, 15)) == []


@deep
def test_a_table_without_one_of_its_columns_keeps_its_difference_until_the_row_says_the_new_value(desk: Office) -> None:
    path = built(desk).path
    hands.narrowed(path, OLD)
    facts(desk, NEW)
    made = built(desk, 12)
    assert (opened(made), OLD in hands.says(made.path)) == (["C170"], True)
    assert (built(desk, 13).action, opened(built(desk, 13))) == ("unchanged", ["C170"])
    hands.typed(made.path, OLD, NEW)
    assert opened(built(desk, 14)) == []
    assert built(desk, 15).action == "unchanged"


@deep
def test_a_new_row_for_such_a_table_is_a_difference_until_somebody_puts_it_in(desk: Office) -> None:
    path = built(desk).path
    hands.narrowed(path, OLD)
    desk.add(
        "tracker.xlsx", "Actions", ["BV-300", "Markets", "Let the stalls anew", "May 2017", "In progress", "Green"]
    )
    made = built(desk, 12)
    assert opened(made) == ["C170"]
    assert opened(built(desk, 13)) == ["C170"]
    assert "this table has other columns" in built(desk, 13).unsettled[0].message
    scrap = hands.copied(made.path, "scrap.docx")
    row = hands.deleted(scrap, "Clear up Team work completed")
    scrap.unlink()
    for cell, text in zip(cells(row), ("Markets", "Let the stalls anew, May 2017"), strict=True):
        for number, leaf in enumerate(cell.iter(TEXT)):
            leaf.text = "" if number else text
    hands.pasted(made.path, row, "Clear up Team work completed", marks=False)
    assert opened(built(desk, 14)) == []
    assert built(desk, 15).action == "unchanged"


TOUCHES: dict[str, Callable[[Path], object]] = {
    "a comma": lambda path: hands.typed(path, OLD, f"{OLD},"),
    "a comma typed with Track Changes": lambda path: hands.typed(path, OLD, f"{OLD},", tracked=True),
    "a comment": lambda path: hands.commented(path, OLD),
}  # fmt: skip


def exempt(desk: Office, mark: str | None = "3") -> None:
    desk.put("tracker.xlsx", "Actions", K5="Exempt", K9=mark)


@deep
def test_an_untouched_row_that_is_now_exempt_is_taken_out_without_a_word(desk: Office) -> None:
    hands.typed(built(desk).path, "Clear up Team work completed", "Clear up Team work, all of it")
    exempt(desk)
    made = built(desk, 13)
    assert opened(made) == []
    assert "withheld" in [each.action for each in made.outcomes]
    assert OLD not in hands.says(made.path)
    assert silent(made)
    exempt(desk, None)
    assert OLD in hands.says(built(desk, 14).path)


def silent(made: Built) -> bool:
    """Is nothing of the row in what the build says, nor in the record and the note of its draft?"""
    record = (made.path.parent / "record" / f"draft {made.number}.json").read_text(encoding="utf-8")
    note = made.note.read_text(encoding="utf-8") if made.note else ""
    said = "".join(map(repr, (made.outcomes, made.unsettled, made.differences)))
    return not any(words in text for words in (OLD, ROW) for text in (record, note, said))


@pytest.mark.parametrize("touch", [pytest.param(each, marks=() if each == "a comma" else deep) for each in TOUCHES])
def test_a_touched_row_that_is_now_exempt_goes_and_what_was_typed_stays_in_the_draft_before(
    desk: Office, touch: str
) -> None:
    path = built(desk).path
    TOUCHES[touch](path)
    before = path.read_bytes()
    exempt(desk)
    made = built(desk, 13)
    assert (made.number, opened(made), silent(made)) == (2, ["C174"], True)
    assert not any(words in content(made.path) for words in (OLD, "Is this right?"))
    assert path.read_bytes() == before
    [problem] = made.unsettled
    assert f"stands in “{path.name}” and nowhere else" in problem.message
    assert "tracker.xlsx, sheet Actions" in problem.message
    assert codes(desk) == set()
    assert (built(desk, 14).action, opened(built(desk, 14))) == ("unchanged", [])
    published(desk)


def in_a_control(path: Path) -> None:
    """Somebody puts a control into the row, as a box to tick."""

    def change(paper: Paper) -> None:
        first = next(hands.place(paper, OLD).iter(PARAGRAPH))
        held = parse(
            f'<w:sdt xmlns:w="{NAMESPACES["w"]}"><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>'.encode()
        )
        first.append(held)

    hands.changed(path, change)


@deep
def test_where_more_than_words_stand_in_it_only_a_person_can_take_it_out(desk: Office) -> None:
    path = built(desk).path
    in_a_control(path)
    exempt(desk)
    made = built(desk, 13)
    assert (opened(made), silent(made)) == (["C171"], True)
    assert OLD in hands.says(made.path)
    with pytest.raises(PaperError):
        settled(desk, keep=["1"])
    with pytest.raises(NeedsPerson):
        published(desk)
    hands.deleted(made.path, OLD)
    assert (codes(desk), opened(built(desk, 15))) == (set(), [])


def test_were_an_edit_stronger_the_row_would_stay(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.revise.carry_out._is_whole", lambda *_: False)
    hands.typed(built(desk).path, OLD, f"{OLD},")
    exempt(desk)
    assert OLD in hands.says(built(desk, 13).path)


@deep
def test_a_row_deleted_with_track_changes_goes_for_good(desk: Office) -> None:
    hands.deleted(built(desk).path, OLD, tracked=True)
    exempt(desk)
    made = built(desk, 13)
    assert (opened(made), silent(made)) == (["C174"], True)
    assert OLD not in content(made.path)
    assert (opened(built(desk, 14)), built(desk, 14).action) == ([], "unchanged")
    exempt(desk, None)
    assert OLD in hands.says(built(desk, 16).path)


def test_a_row_that_is_open_again_stands_as_the_files_have_it_and_the_typed_words_are_named(desk: Office) -> None:
    path = built(desk).path
    hands.typed(path, OLD, f"{OLD},")
    exempt(desk)
    assert opened(built(desk, 13)) == ["C174"]
    exempt(desk, None)
    made = built(desk, 14)
    [problem] = made.unsettled
    assert "is open again" in problem.message
    assert f"What somebody had typed in it before is in “{path.name}”" in problem.message
    assert OLD in hands.says(made.path)
    assert f"{OLD}," not in hands.says(made.path)
    assert f"{OLD}," in hands.says(path)
    assert (built(desk, 15).action, opened(built(desk, 15))) == ("unchanged", [])


@deep
def test_words_kept_from_an_earlier_draft_stay_in_a_draft_of_their_own(desk: Office) -> None:
    """Draft 2, in which nobody typed, holds what was typed in draft 1: it is not written over."""
    hands.typed(built(desk).path, OLD, f"{OLD},")
    facts(desk, "Another thing")
    second = built(desk, 13)
    exempt(desk)
    made = built(desk, 14)
    assert (second.number, made.number) == (2, 3)
    assert f"{OLD}," in hands.says(second.path)


def moved(desk: Office) -> Path:
    """Draft 1 as nobody typed in it, once the fact has moved: what it said before is known to its record alone."""
    built(desk)
    facts(desk, NEW)
    return built(desk, 13).path


def test_what_an_earlier_draft_said_is_a_difference_when_somebody_types_it_again(desk: Office) -> None:
    path = moved(desk)
    hands.typed(path, NEW, OLD)
    made = built(desk, 14)
    assert opened(made) == ["C170"]
    assert "says what an earlier draft said, and the facts now give" in made.unsettled[0].message
    assert (built(desk, 15).action, opened(built(desk, 15))) == ("unchanged", ["C170"])
    hands.uncommented(made.path)
    assert opened(built(desk, 16)) == ["C170"]
    assert settled(desk, 17, keep=["earlier"]).code == 0
    assert (opened(built(desk, 18)), OLD in hands.says(built(desk, 18).path)) == ([], True)


@deep
def test_without_the_hashes_of_earlier_drafts_nobody_would_know(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.revise.ledger.says_what_was", lambda *_: False)
    hands.typed(moved(desk), NEW, OLD)
    assert opened(built(desk, 14)) == []


@deep
def test_words_beside_today_s_value_are_no_difference_though_they_name_an_old_one(desk: Office) -> None:
    hands.typed(moved(desk), NEW, f"{NEW} (formerly {OLD})")
    assert opened(built(desk, 14)) == []


@deep
def test_an_older_file_saved_over_a_newer_one_is_brought_up_to_date(desk: Office) -> None:
    path = built(desk).path
    hands.typed(path, "Clear up Team work completed", "Clear up Team work, all of it")
    older = path.read_bytes()
    facts(desk, NEW)
    made = built(desk, 13)
    made.path.write_bytes(older)
    again = built(desk, 14)
    assert opened(again) == []
    assert NEW in hands.says(again.path)
    assert "all of it" in hands.says(again.path)


@deep
@pytest.mark.parametrize("typed", [OLD, TYPED])
def test_a_paper_that_lost_its_baseline_rests_on_what_was_printed_and_else_a_person_is_asked(
    desk: Office, typed: str
) -> None:
    path = moved(desk)
    hands.typed(path, NEW, typed)
    hands.stripped(path)
    made = built(desk, 14)
    assert opened(made) == ([] if typed == OLD else ["C170"])
    assert (NEW in hands.says(made.path)) == (typed == OLD)
    assert built(desk, 15).action == "unchanged"


@deep
def test_our_own_offer_that_nobody_touched_makes_way_for_the_newer_one(desk: Office) -> None:
    made = offered(desk)
    facts(desk, OLD.replace("Action Plan", "Master Plan"))
    again = built(desk, 13)
    document = hands.open_paper(again.path.read_bytes(), "x").parts["word/document.xml"].decode()
    assert (document.count("Master"), document.count("Delivery")) == (1, 0)
    assert "members of the board have asked for" in hands.says(again.path)
    assert built(desk, 14).action == "unchanged"
    hands.resolved(again.path, "accept")
    assert opened(built(desk, 15)) == []
    assert "Master Plan for Asset Rental Account which all" in hands.says(made.path)


@deep
def test_our_own_offer_goes_where_the_facts_go_back(desk: Office) -> None:
    made = offered(desk)
    facts(desk, OLD)
    again = built(desk, 13)
    assert opened(again) == []
    assert "Delivery" not in hands.open_paper(again.path.read_bytes(), "x").parts["word/document.xml"].decode()
    assert "C101" not in codes(desk)
    assert made.path == again.path


@deep
def test_an_offer_in_which_somebody_typed_is_theirs_by_now(desk: Office) -> None:
    made = offered(desk)
    hands.typed(made.path, "Delivery", "Delivery and Letting")
    facts(desk, OLD.replace("Action Plan", "Master Plan"))
    again = built(desk, 13)
    assert opened(again) == ["C170"]
    assert "Delivery and Letting" in hands.says(again.path)


@deep
def test_words_typed_while_a_difference_was_open_rest_on_neither_fact(desk: Office) -> None:
    path = disputed(desk).path
    hands.typed(path, TYPED, "Plan for letting")
    facts(desk, OLD)
    made = built(desk, 14)
    assert opened(made) == ["C170"]
    assert settled(desk, 15, keep=[ROW]).code == 0


@deep
def test_a_copy_of_a_paragraph_that_the_facts_have_left_behind_is_a_difference(desk: Office) -> None:
    path = built(desk).path
    words = "is due with the Secretary of State on 17 March 2017"
    twin = hands.place(hands.open_paper(path.read_bytes(), path.name), words)
    hands.pasted(path, twin, "In the letter that went with the update", marks=False)
    assert opened(built(desk, 13)) == []
    desk.put("calendar.xlsx", "Updates", B5=dt.datetime(2017, 3, 20))
    made = built(desk, 14)
    assert opened(made) == ["C170"]
    assert "was put in here as an earlier draft had it" in made.unsettled[0].message
    assert made.unsettled[0].place.near.startswith("paragraph 3.")
    assert settled(desk, 15, take=["copied"]).code == 0
    assert "17 March 2017" not in hands.says(built(desk, 16).path)


def test_records_and_papers_carry_the_ledger_on(desk: Office) -> None:
    path = disputed(desk).path
    record = json.loads((path.parent / "record" / "draft 2.json").read_text(encoding="utf-8"))
    [block] = [each for each in record["blocks"] if each["key"].endswith(ROW)]
    assert (block["texts"][1], block["told"][1], block["stood"][1]) == (OLD, NEW, TYPED)
    assert ("open" in record, "in_step_with" in record) == (False, False)
    baseline = read_baseline(path.read_bytes())
    assert baseline
    [written] = [each for each in baseline.blocks if each.key.endswith(ROW)]
    assert (written.texts[1], written.told[1], written.stood[1]) == (OLD, NEW, TYPED)


def test_no_hash_of_what_a_row_said_stays_in_the_paper_once_it_is_exempt(desk: Office) -> None:
    """An open hash of a name or a sum is guessed in moments."""
    hands.typed(built(desk).path, "Clear up Team work completed", "Clear up Team work, all of it")
    facts(desk, NEW)
    old = hash_of([OLD])[:16]
    assert old in content(built(desk, 14).path)
    exempt(desk)
    made = built(desk, 15)
    assert old not in content(made.path)
    assert old not in (made.path.parent / "record" / f"draft {made.number}.json").read_text(encoding="utf-8")


def content(path: Path) -> str:
    """All parts of a paper, as text."""
    parts = Package(path.read_bytes())
    return "".join(parts[name].decode("utf-8", "replace") for name in parts)

"""What was written, what the officer made of it, what the facts say now: every combination, in every kind of place."""

from __future__ import annotations

import re
from functools import cache

import pytest

from pipeline.problems import NeedsPerson
from pipeline.revise import Outcome, Revision, open_paper
from pipeline.word import TEXT, Element, make
from tests.often import deep
from tests.revise import resolve
from tests.revise.libreoffice import saved_again
from tests.revise.papers import run
from tests.revise.spots import (
    AUTHOR,
    BOTH,
    ELSEWHERE,
    SOURCE,
    SPOTS,
    A,
    B,
    C,
    Edit,
    Spot,
    copied,
    deleted,
    edited,
    moved,
    redraft,
    typed,
)

every_spot = pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: spot.name)
KEPT, LOST, LIBREOFFICE = "marks kept", "marks lost", "through LibreOffice"


def marks(spot: Spot, how: str) -> list[pytest.MarkDecorator]:
    """Every spot is tried each time with its marks, every other one without them as well."""
    if how == LIBREOFFICE:
        return [pytest.mark.libreoffice, deep]
    return [] if how == KEPT or spot in SPOTS[::2] else [deep]


every_spot_however_saved = pytest.mark.parametrize(
    ("spot", "how"),
    [
        pytest.param(spot, how, marks=marks(spot, how), id=f"{spot.name}, {how}")
        for spot in SPOTS
        for how in (KEPT, LOST, LIBREOFFICE)
    ],
)


def written(spot: Spot, text: str | None, edit: Edit | None, how: str, *, text_edited: str = A) -> bytes:
    """The officer's file: our paper, saved as `how` says, and edited."""
    content = saved_by_libreoffice()[spot.name, text] if how == LIBREOFFICE else spot.make(text)
    return edited(content, edit, marks=how != LOST, text=text_edited)


@cache
def saved_by_libreoffice() -> dict[tuple[str, str | None], bytes]:
    """Every paper that these tests begin with, opened and saved by LibreOffice, in one run."""
    papers = {(spot.name, text): spot.make(text) for spot in SPOTS for text in (A, None)}
    return dict(zip(papers, saved_again(list(papers.values())), strict=True))


def texts(content: bytes) -> list[str]:
    return resolve.flat(resolve.accepted(content))


def outcome(revision: Revision, spot: Spot) -> Outcome:
    (found,) = [o for o in revision.outcomes if o.key == spot.key and o.action != "officer"]
    return found


def draft_again(spot: Spot, officer: bytes, new: str | None, *, how: str, base: str | None = A) -> Revision:
    """The next draft; and shows that drafting once more with the same facts changes not a byte."""
    fresh = spot.make(new)
    revision = redraft(officer, fresh, None if how != LOST else spot.base(base))
    again = redraft(revision.content, fresh, None if how != LOST or revision.content != officer else spot.base(base))
    assert again.content == revision.content
    return revision


@every_spot_however_saved
def test_nothing_changed_gives_the_officers_own_bytes(spot: Spot, how: str) -> None:
    officer = written(spot, A, None, how)
    revision = draft_again(spot, officer, A, how=how)
    assert revision.content == officer
    assert outcome(revision, spot).action == "unchanged"


@every_spot_however_saved
def test_new_facts_replace_what_nobody_touched(spot: Spot, how: str) -> None:
    revision = draft_again(spot, written(spot, A, None, how), B, how=how)
    assert texts(revision.content) == texts(spot.make(B))
    assert resolve.rejected(revision.content) == resolve.accepted(revision.content)
    assert outcome(revision, spot).action == "updated"
    assert resolve.comments(revision.content) == []


@every_spot_however_saved
def test_an_edit_stays_where_the_facts_stayed(spot: Spot, how: str) -> None:
    officer = written(spot, A, typed(C), how)
    revision = draft_again(spot, officer, A, how=how)
    assert revision.content == officer
    assert outcome(revision, spot).action == "kept"


@every_spot_however_saved
def test_an_edit_that_says_what_the_facts_now_say_stays_without_comment(spot: Spot, how: str) -> None:
    revision = draft_again(spot, written(spot, A, typed(B), how), B, how=how)
    assert texts(revision.content) == texts(spot.make(B))
    assert outcome(revision, spot).action == "kept"
    assert resolve.comments(revision.content) == []


@every_spot_however_saved
def test_in_the_same_place_theirs_stays_and_ours_is_a_comment_that_names_the_cell(spot: Spot, how: str) -> None:
    revision = draft_again(spot, written(spot, A, typed(C), how), B, how=how)
    assert texts(revision.content) == texts(spot.make(C))
    assert outcome(revision, spot).action == "conflict"
    (comment,) = resolve.comments(revision.content)
    assert B in comment
    assert str(SOURCE) in comment


@every_spot_however_saved
def test_elsewhere_in_the_text_ours_is_a_tracked_change_in_theirs(spot: Spot, how: str) -> None:
    revision = draft_again(spot, written(spot, A, typed(ELSEWHERE), how), B, how=how)
    assert texts(revision.content) == texts(spot.make(BOTH))
    assert resolve.flat(resolve.rejected(revision.content)) == texts(spot.make(ELSEWHERE))
    assert outcome(revision, spot).action == "offered"


@every_spot_however_saved
@pytest.mark.parametrize("new", [A, B], ids=["facts stayed", "facts changed"])
def test_what_an_officer_deleted_stays_deleted_and_is_told(spot: Spot, how: str, new: str) -> None:
    officer = written(spot, A, deleted(spot), how)
    revision = draft_again(spot, officer, new, how=how)
    assert _without_numbers(texts(revision.content)) == _without_numbers(texts(officer))
    gone = outcome(revision, spot)
    assert (gone.action, new in gone.new) == ("gone", True)


@every_spot_however_saved
def test_what_the_facts_call_for_first_now_is_put_in_its_place(spot: Spot, how: str) -> None:
    officer = written(spot, None, None, how)
    revision = draft_again(spot, officer, B, how=how, base=None)
    assert texts(revision.content) == texts(spot.make(B))
    assert outcome(revision, spot).action == "added"


@every_spot_however_saved
def test_what_the_facts_no_longer_call_for_goes_if_nobody_touched_it(spot: Spot, how: str) -> None:
    revision = draft_again(spot, written(spot, A, None, how), None, how=how)
    assert texts(revision.content) == texts(spot.make(None))
    assert outcome(revision, spot).action == "removed"


@every_spot_however_saved
def test_what_the_facts_no_longer_call_for_stays_if_it_was_edited(spot: Spot, how: str) -> None:
    revision = draft_again(spot, written(spot, A, typed(C), how), None, how=how)
    assert texts(revision.content) == texts(spot.make(C))
    assert outcome(revision, spot).action == "conflict"
    assert "no longer" in resolve.comments(revision.content)[0]


@every_spot_however_saved
def test_of_two_copies_the_first_is_updated_and_the_second_left_until_somebody_settles_it(spot: Spot, how: str) -> None:
    revision = draft_again(spot, written(spot, A, copied(spot), how), B, how=how)
    found = [text for text in texts(revision.content) if text in (A, B)]
    assert found == [B, A]
    assert [o.key for o in revision.outcomes if o.action == "officer"] == [spot.key]
    assert [each.reason for each in revision.differences] == ["copied"]


@every_spot_however_saved
def test_what_was_moved_is_updated_where_it_now_stands(spot: Spot, how: str) -> None:
    officer = written(spot, A, moved(spot), how)
    revision = draft_again(spot, officer, B, how=how)
    expected = [B if text == A else text for text in texts(officer)]
    assert _without_numbers(texts(revision.content)) == _without_numbers(expected)


def _without_numbers(found: list[str]) -> list[str]:
    return [re.sub(r"Appendix \d", "Appendix", text) for text in found]


@every_spot_however_saved
def test_bold_put_in_by_the_officer_stays_in_the_updated_text(spot: Spot, how: str) -> None:
    def embolden(paragraph: Element) -> None:
        text = next(paragraph.iter(TEXT))
        before, word, after = A.partition("Officers")
        text.text = before
        place = text.getparent()
        assert place is not None
        place.addnext(run(after))
        place.addnext(run(word, bold=True))

    revision = draft_again(spot, written(spot, A, embolden, how), B, how=how)
    assert texts(revision.content) == texts(spot.make(B))
    body = resolve.document(revision.content)
    runs = [r for r in body.iter(f"{resolve.W}r") if r.find(f"{resolve.W}rPr/{resolve.W}b") is not None]
    assert ["".join(t.text or "" for t in r.iter(f"{resolve.W}t")) for r in runs] == ["Officers"]


@every_spot_however_saved
def test_where_tracked_changes_wait_nothing_is_touched(spot: Spot, how: str) -> None:
    def track(paragraph: Element) -> None:
        change = make("w:ins", id=900, author="An officer", date="2017-01-20T09:00:00Z")
        change.append(run(" Members asked why."))
        list(paragraph.iter(TEXT))[-1].getparent().addnext(change)

    officer = written(spot, A, track, how)
    revision = draft_again(spot, officer, B, how=how)
    assert texts(revision.content) == texts(officer)
    assert resolve.rejected(revision.content, AUTHOR) == resolve.accepted(revision.content)
    (comment,) = resolve.comments(revision.content)
    assert "Accept or reject" in comment
    assert outcome(revision, spot).reason == "tracked changes"


@every_spot
def test_without_baseline_a_person_must_look(spot: Spot) -> None:
    opened = open_paper(edited(spot.make(A), None, marks=False), "the draft")
    opened.parts = {name: part for name, part in opened.parts.items() if not name.startswith("customXml/item7")}
    with pytest.raises(NeedsPerson) as caught:
        redraft(opened.content(), spot.make(B))
    assert [problem.code for problem in caught.value.problems] == ["R101"]


@every_spot_however_saved
def test_another_version_of_the_template_is_merged_by_key(spot: Spot, how: str) -> None:
    officer = written(spot, A, typed("Background and history"), how, text_edited="Background")
    revision = redraft(officer, spot.make(B, template=3), None if how != LOST else spot.base(A))
    assert texts(revision.content) == [
        "Background and history" if text == "Background" else text for text in texts(spot.make(B))
    ]


@every_spot
def test_an_edit_of_quotation_marks_or_spaces_only_is_no_edit(spot: Spot) -> None:
    officer = written(spot, A, typed(A.replace(" in ", " \u00a0in ")), KEPT)
    revision = draft_again(spot, officer, B, how=KEPT)
    assert outcome(revision, spot).action == "updated"

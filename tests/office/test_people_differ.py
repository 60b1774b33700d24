"""Where two people wrote different things in their copies: listed by `settle`, and settled on record as they choose."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import pytest

from pipeline.office import Settled, settle
from pipeline.problems import PaperError
from pipeline.revise import Paper, open_paper
from pipeline.store import acts_on_record
from pipeline.word import qn
from tests import hands
from tests.office import Office, asked
from tests.revise.gate import MEETING, built, codes

OLD, ANNS, JS = "Action Plan for Asset Rental Account", "Plan of Ann for rents", "Plan of JS for rents"
NOW = dt.datetime(2017, 1, 12, 10, tzinfo=dt.UTC)


def settled(desk: Office, **choice: object) -> Settled:
    return settle(desk.report, **choice, **asked(desk.order(MEETING, now=NOW, as_at=NOW.date())))  # type: ignore[arg-type]


def two_copies(desk: Office) -> Path:
    """The draft, in which Ann typed, and beside it a copy in which J Smith typed something else in the same place."""
    path = built(desk).path
    twin = hands.copied(path, "BV update JS.docx")
    hands.typed(path, OLD, ANNS)
    hands.typed(twin, OLD, JS, by=hands.JS)
    return path


def changes(path: Path) -> list[str | None]:
    """Who made the tracked changes that wait in a draft."""
    body = open_paper(path.read_bytes(), "x").body
    return [change.get(qn("w:author")) for change in body.iter(qn("w:ins"), qn("w:del"))]


def test_what_two_people_wrote_in_one_place_is_a_difference_with_both_and_stops_publication(desk: Office) -> None:
    two_copies(desk)
    made = built(desk)
    assert [each.reason for each in made.differences] == ["people"]
    [told] = [each for each in made.unsettled if each.code == "C170"]
    assert "“Ann Lee” wrote" in told.message
    assert "“J Smith” “" in told.message
    assert {"C101", "C170"} <= codes(desk)
    [listed] = settled(desk).differences
    assert (listed.kind, listed.ways) == ("people", ("keep", "take", "both"))
    assert (ANNS in " ".join(listed.words), JS in " ".join(listed.facts)) == (True, True)
    assert built(desk, 13).action == "unchanged"


@pytest.mark.parametrize(
    ("choice", "stands"),
    [({"keep": ["1"]}, ANNS), ({"take": ["1"]}, JS), ({"both": "1", "text": "Plan of both for rents"}, "Plan of both")],
)
def test_one_persons_words_stand_or_the_others_or_what_somebody_writes_of_both(
    desk: Office, choice: dict[str, object], stands: str
) -> None:
    two_copies(desk)
    built(desk)
    done = settled(desk, by="Ann Lee", **choice)
    assert done.differences == ()
    assert done.path
    said = hands.says(done.path)
    assert [words in said for words in (ANNS, JS, "Plan of both")] == [
        words in stands for words in (ANNS, JS, "Plan of both")
    ]
    assert (changes(done.path), codes(desk)) == ([], set())
    assert (built(desk, 13).action, built(desk, 13).differences) == ("unchanged", ())
    [act] = acts_on_record(done.path.parent)
    assert (act.what, act.by) == (next(iter(choice)), "Ann Lee")


def test_it_is_settled_too_by_accepting_or_rejecting_in_word(desk: Office) -> None:
    two_copies(desk)
    path = built(desk).path
    hands.resolved(path, "reject")
    made = built(desk, 13)
    assert (made.differences, codes(desk), JS in hands.says(made.path)) == ((), set(), False)


@pytest.mark.parametrize(("way", "there"), [("keep", True), ("take", False)])
def test_what_one_edited_and_another_deleted_stays_or_goes(desk: Office, way: str, there: bool) -> None:
    path = built(desk).path
    twin = hands.copied(path, "BV update JS.docx")
    words = "Carrying out"
    hands.typed(path, words, "Now carrying out")
    hands.deleted(twin, words, by=hands.JS)
    made = built(desk)
    assert [each.reason for each in made.differences] == ["people"]
    done = settled(desk, by="Ann Lee", **{way: ["1"]})
    assert done.path
    assert ("Now carrying out" in hands.says(done.path), changes(done.path), done.differences) == (there, [], ())


def widen(width: str, paper: Paper) -> None:
    size = paper.body.find(f"{qn('w:sectPr')}/{qn('w:pgSz')}")
    assert size is not None
    size.set(qn("w:w"), width)


def test_what_was_not_carried_is_named_until_somebody_says_that_it_is_done(desk: Office) -> None:
    path = built(desk).path
    copies = [path, hands.copied(path, "BV update JS.docx")]
    for copy, by, width in zip(copies, (hands.ANN, hands.JS), ("10000", "14000"), strict=True):
        hands.changed(copy, partial(widen, width), by)
        hands.typed(copy, "A second workshop", f"By {by}, a second workshop", by)
    made = built(desk)
    assert [each.reason for each in made.differences] == ["people", "not carried"]
    assert any("“J Smith” changed this in a copy" in each.message for each in made.unsettled)
    with pytest.raises(PaperError):
        settled(desk, by="Ann Lee", take=["left"], keep=["none"])
    done = settled(desk, by="Ann Lee", keep=["all"])
    assert (done.differences, codes(desk), built(desk, 13).differences) == ((), set(), ())

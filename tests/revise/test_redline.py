"""A comparison reads as the old draft with all changes rejected, and as the new one with all accepted."""

from __future__ import annotations

import pytest

from pipeline.problems import Place
from pipeline.revise import Redline, open_paper, redlined
from pipeline.word import Element
from tests.revise import resolve
from tests.revise.board import FEBRUARY, JANUARY
from tests.revise.officer import Officer, keys_of, strip_marks
from tests.revise.papers import Para, Tab, paper
from tests.revise.spots import AUTHOR, SPOTS, WHEN, A, B, Spot

OLD, NEW = paper(JANUARY), paper(FEBRUARY)


def compared(old: bytes, new: bytes) -> Redline:
    found = redlined(old, new, when=WHEN, author=AUTHOR)
    assert resolve.accepted(found.content) == resolve.accepted(new)
    assert resolve.rejected(found.content) == resolve.accepted(old)
    return found


def without_marks(content: bytes) -> bytes:
    opened = open_paper(content, "a draft")
    strip_marks(opened.body)
    return opened.content()


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD)], ids=["forward", "backward"])
@pytest.mark.parametrize("marks", [True, False], ids=["marks kept", "marks lost"])
def test_two_months_compare_both_ways_tables_and_row_counts_included(old: bytes, new: bytes, marks: bool) -> None:
    compared(old, new) if marks else compared(without_marks(old), without_marks(new))


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: spot.name)
@pytest.mark.parametrize(("old", "new"), [(A, B), (A, None), (None, B)], ids=["changed", "removed", "added"])
def test_each_kind_of_place_compares(spot: Spot, old: str | None, new: str | None) -> None:
    found = compared(spot.make(old), spot.make(new))
    kind = "changed" if old and new else "added" if new else "removed"
    assert (spot.key, kind) in [(change.key, change.kind) for change in found.changes]


def test_the_list_of_changes_names_heading_and_cells() -> None:
    found = compared(OLD, NEW)
    (status,) = [change for change in found.changes if change.key == "actions/BV-3"]
    assert (status.kind, status.old, status.new) == ("changed", "Status: On track", "Status: Complete")
    assert (status.place, status.sources) == ("Open actions, BV-3", (Place("tracker.xlsx", "Actions", "G11"),))


def test_a_paper_against_itself_has_no_change() -> None:
    found = compared(OLD, OLD)
    assert found.changes == ()
    assert not [e for e in resolve.document(found.content).iter() if e.tag in (f"{resolve.W}ins", f"{resolve.W}del")]


def test_a_table_whose_columns_changed_is_taken_out_and_put_in_whole() -> None:
    old = [
        Para("a", "Before the table."),
        Tab("t", ("Ref", "Due"), {"1": ("1", "May"), "2": ("2", "June")}),
        Para("z", "End."),
    ]
    new = [
        Para("a", "Before the table."),
        Tab("t", ("Ref", "Due", "Lead"), {"1": ("1", "May", "x")}),
        Para("z", "End."),
    ]
    compared(paper(old), paper(new))


def test_papers_that_begin_and_end_with_other_blocks_compare() -> None:
    table = Tab("t", ("Ref", "Due"), {"1": ("1", "May")})
    compared(paper([table, Para("z", "End.")]), paper([Para("a", "A start."), Para("z", "Another end altogether.")]))


def test_tracked_changes_that_wait_in_a_draft_count_as_accepted() -> None:
    first = compared(OLD, NEW).content
    found = redlined(first, OLD, when=WHEN, author=AUTHOR)
    assert resolve.rejected(found.content) == resolve.accepted(NEW)
    assert resolve.accepted(found.content) == resolve.accepted(OLD)


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(4, 60))])
def test_drafts_that_a_simulated_officer_has_edited_compare(seed: int) -> None:
    opened = open_paper(OLD, "a draft")
    Officer(opened, seed, keys_of([block.key for block in JANUARY])).work(15)
    compared(opened.content(), NEW)
    compared(NEW, opened.content())


def test_the_judge_sees_a_row_that_no_change_marks() -> None:
    """A control: the proof above fails where a row is put in without being marked."""
    opened = open_paper(compared(OLD, NEW).content, "a comparison")
    marks = [e for e in opened.body.iter(f"{resolve.W}ins") if _is_row_mark(e)]
    for mark in marks:
        parent = mark.getparent()
        assert parent is not None
        parent.remove(mark)
    assert marks
    assert resolve.rejected(opened.content()) != resolve.accepted(OLD)


def _is_row_mark(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == f"{resolve.W}trPr"

"""Months by chance: every sequence of edits, facts, exemptions, copies, builds and publications keeps the promises.

COMMITTEE_PAPERS_SEED and COMMITTEE_PAPERS_SEQUENCES choose other or longer runs of the deep part.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from pipeline.publish import NO_FENCE
from pipeline.revise import Hidden
from tests.chance.board import pattern
from tests.chance.machine import Month
from tests.office import without_pdf

SEED = int(os.environ.get("COMMITTEE_PAPERS_SEED", "1"))
SEQUENCES = int(os.environ.get("COMMITTEE_PAPERS_SEQUENCES", "200"))


@pytest.fixture
def month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[Month]:
    """The machine, on a machine without LibreOffice: the PDF has tests of its own, and takes seconds."""
    without_pdf(monkeypatch)
    (tmp_path / "months").mkdir()

    class Here(Month):
        home = tmp_path / "months"

    Here.pattern = pattern(tmp_path / "pattern")
    Here.counts.clear()
    return Here


def run(month: type[Month], sequences: int, steps: int, number: int) -> None:
    quiet = settings(
        max_examples=sequences, stateful_step_count=steps, deadline=None, database=None, print_blob=False,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
    )  # fmt: skip
    run_state_machine_as_test(seed(number)(month), settings=quiet)


def test_a_few_short_months_by_chance(month: type[Month]) -> None:
    run(month, 2, 12, 1)
    assert month.counts["builds"] > 5


@pytest.mark.deep
def test_many_months_by_chance(month: type[Month], capsys: pytest.CaptureFixture[str]) -> None:
    run(month, SEQUENCES, 30, SEED)
    assert all(month.counts[what] for what in ("publications", "refused publications", "refused builds", "words typed"))
    with capsys.disabled():
        print(dict(month.counts))


def a_conflict_is_forgotten(office: Month) -> None:
    office.somebody_types(which=0, number=2, spot="first", over=True, tracked=False)
    office.a_fact_moves(number=2, which=("first",))
    office.built()


def a_copy_is_forgotten(office: Month) -> None:
    office.a_paper_is_copied(which=0, name="JS {}.docx", who="J Smith")
    office.somebody_types(which=5, number=2, spot="first", over=False, tracked=False)
    office.built()


def an_exempt_row_is_told_of(office: Month) -> None:
    office.somebody_types(which=0, number=2, spot="wall", over=False, tracked=False)
    office.a_row_is_marked_or_freed(number=2, mark="3")
    office.built()


def an_older_value_is_typed_again(office: Month) -> None:
    office.a_fact_moves(number=2, which=("first",))
    office.built()
    office.somebody_types_a_value_of_the_past(which=0, number=2, slot="first", tracked=False)
    office.built()


def other_words_are_kept(office: Month) -> None:
    office.somebody_types(which=0, number=2, spot="wall", over=True, tracked=False)
    office.a_row_goes_or_comes(number=2, there=False)
    office.a_difference_is_settled(which=0, way="keep")
    office.somebody_types(which=0, number=3, spot="wall", over=True, tracked=False)
    office.a_row_goes_or_comes(number=3, there=False)
    office.built()
    office.it_is_published()


def a_row_is_pasted_and_its_record_goes(office: Month) -> None:
    office.a_block_is_deleted(number=0, tracked=True, which=0)
    office.a_row_goes_or_comes(number=0, there=False)
    office.a_block_is_pasted(after=0, marks=True, number=0, which=0)
    office.every_change_is_resolved(how="reject", which=0)
    office.built()


def two_paragraphs_are_joined_and_the_first_has_another_key(office: Month) -> None:
    office.a_paragraph_is_split_or_joined(join=True, number=2, which=0)
    office.a_reference_is_corrected(number=2)
    office.a_fact_moves(number=3, which=("first",))
    office.it_goes_on_from_a_copy(which=0)


def two_paragraphs_are_joined_in_a_copy_without_its_part(office: Month) -> None:
    office.a_paragraph_is_split_or_joined(join=True, number=2, which=0)
    office.another_program_leaves_out_what_ours_keeps_in_a_paper(which=0)
    office.a_paper_is_copied(name="from JS/paper {}.DOCX", which=0, who="J Smith")
    office.a_paper_is_deleted(which=0)
    office.a_fact_moves(number=2, which=("first",))
    office.built()
    office.it_goes_on_from_a_copy(which=5)


def a_copy_is_deleted_in_and_the_draft_typed_in(office: Month) -> None:
    office.a_paper_is_copied(which=0, name="from JS/paper {}.DOCX", who="J Smith")
    office.a_block_is_deleted(number=1, tracked=True, which=5)
    office.somebody_types(number=1, over=False, spot="wall", tracked=False, which=0)
    office.it_goes_on_from_a_copy(which=5)


def a_copy_that_lacks_nothing_holds_a_row_that_is_exempt_by_now(office: Month) -> None:
    office.another_program_leaves_out_what_ours_keeps_in_a_paper(which=0)
    office.a_row_is_marked_or_freed(mark="3", number=1)
    office.a_paper_is_renamed(which=0)
    office.built()


def words_are_struck_out_in_a_draft_that_is_renamed(office: Month) -> None:
    office.somebody_types_in_the_steady_paragraph(which=0)
    office.somebody_takes_typed_words_out_again(which=0, tracked=True)
    office.a_paper_is_renamed(which=0)
    office.another_program_leaves_out_what_ours_keeps_in_a_paper(which=0)
    office.built()


def words_come_in_at_one_place_in_two_drafts(office: Month) -> None:
    office.a_fact_moves(number=2, which=("first",))
    office.somebody_types(number=1, over=False, spot="wall", tracked=False, which=0)
    office.built()
    office.somebody_types_in_the_steady_paragraph(which=5)
    office.somebody_types_in_the_steady_paragraph(which=0)
    office.built()


@pytest.mark.parametrize(
    "steps",
    [
        a_row_is_pasted_and_its_record_goes,
        two_paragraphs_are_joined_and_the_first_has_another_key,
        two_paragraphs_are_joined_in_a_copy_without_its_part,
        a_copy_is_deleted_in_and_the_draft_typed_in,
        a_copy_that_lacks_nothing_holds_a_row_that_is_exempt_by_now,
        words_are_struck_out_in_a_draft_that_is_renamed,
        words_come_in_at_one_place_in_two_drafts,
    ],
)
def test_what_was_found_by_chance_once_holds(month: type[Month], steps: Callable[[Month], None]) -> None:
    office = month()
    office.it_is_drafted()
    steps(office)
    assert office.counts["builds"] + office.counts["refused builds"] > 1
    office.teardown()


@pytest.mark.deep
@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("way", ["keep", "take", "both"])
def test_a_difference_is_settled_in_each_way_and_the_paper_published(month: type[Month], way: str, number: int) -> None:
    office = month()
    office.it_is_drafted()
    office.somebody_types(which=0, number=number, spot="first", over=True, tracked=False)
    office.somebody_types(which=0, number=4, spot="story", over=False, tracked=False)
    office.a_fact_moves(number=number, which=("first",))
    office.a_difference_is_settled(which=0, way=way)
    assert office.counts[f"differences settled: {way}"] == 1
    office.it_is_published()
    assert office.counts["publications"] == 1
    office.a_fact_moves(number=number, which=("last",))
    office.built()
    office.teardown()


def no_baseline(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("pipeline.revise.merge.Merge.left", lambda *_: {})


def no_copies(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("pipeline.revise.copies.word_files", lambda _: ())


def no_fence(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("pipeline.office.standing.hidden", Hidden)
    patch.setattr("pipeline.office.standing.fence_around", lambda *_: NO_FENCE)


def no_history(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("pipeline.revise.ledger.says_what_was", lambda *_: False)


def kept_whatever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("pipeline.revise.merge.Merge.is_kept", lambda self, *_: bool(self.settled))


@pytest.mark.deep
@pytest.mark.parametrize("off", [True, False], ids=["guard off", "guard on"])
@pytest.mark.parametrize(
    ("guard", "steps"),
    [
        (no_baseline, a_conflict_is_forgotten),
        (no_copies, a_copy_is_forgotten),
        (no_fence, an_exempt_row_is_told_of),
        (kept_whatever, other_words_are_kept),
        (no_history, an_older_value_is_typed_again),
    ],
)
def test_with_a_guard_switched_off_the_machine_finds_it(
    month: type[Month],
    monkeypatch: pytest.MonkeyPatch,
    guard: Callable[[pytest.MonkeyPatch], None],
    steps: Callable[[Month], None],
    off: bool,
) -> None:
    office = month()
    office.it_is_drafted()
    if not off:
        steps(office)
        return
    guard(monkeypatch)
    with pytest.raises(AssertionError):
        steps(office)

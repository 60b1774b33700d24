"""What the merge hands over is as sound a Word file as what it was given."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.baseline import Baseline
from pipeline.revise import annotated, join_copies, open_paper, redlined
from tests.revise.board import FEBRUARY, JANUARY
from tests.revise.officer import Officer, keys_of
from tests.revise.papers import baseline_of, paper
from tests.revise.spots import AUTHOR, WHEN, redraft
from tests.validators import problems_of, sdk_problems

OF_COPIES = ("three copies joined", "the next draft of these")
OLD, NEW = paper(JANUARY), paper(FEBRUARY)
BASE: Baseline = baseline_of(JANUARY)


def edited(seed: int) -> bytes:
    opened = open_paper(OLD, "a draft")
    Officer(opened, seed, keys_of([block.key for block in BASE.blocks])).work(12)
    return opened.content()


def made(seed: int) -> dict[str, tuple[bytes, bytes]]:
    """Before and after, of each thing that writes a Word file."""
    officer = edited(seed)
    copies = {f"copy {n}.docx": edited(1000 + 3 * seed + n) for n in range(3)}
    joined = join_copies(OLD, copies, WHEN).content
    notes = {block.key: "From Actions!G11." for block in BASE.blocks}
    return {
        "next draft": (officer, redraft(officer, NEW).content),
        "comparison": (officer, redlined(officer, NEW, when=WHEN, author=AUTHOR).content),
        OF_COPIES[0]: (OLD, joined),
        OF_COPIES[1]: (OLD, redraft(joined, NEW).content),
        "sources": (OLD, annotated(OLD, notes, when=WHEN, author=AUTHOR)),
    }


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(2, 60))])
def test_no_validator_finds_what_it_did_not_find_before(seed: int) -> None:
    for name, (before, after) in made(seed).items():
        new = Counter(problems_of(after, sdk=False)) - Counter(problems_of(before, sdk=False))
        # What one deleted and another refers to is told of (P564): Word has such a reference too.
        found = [each for each in new.elements() if name not in OF_COPIES or "P564" not in each]
        assert (name, found) == (name, [])


@pytest.mark.deep
@pytest.mark.sdk
@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(2, 10))])
def test_words_own_validator_finds_nothing_new_either(seed: int) -> None:
    for name, (before, after) in made(seed).items():
        assert (name, Counter(sdk_problems(after)) - Counter(sdk_problems(before))) == (name, Counter())

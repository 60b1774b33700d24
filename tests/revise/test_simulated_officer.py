"""Papers through a simulated officer's hands; `python -m tests.revise.simulate 1000` does a thousand."""

from __future__ import annotations

import pytest

from tests.revise.simulate import simulate

FEW, MANY = 5, pytest.param(300, marks=pytest.mark.deep)


@pytest.mark.slow
@pytest.mark.parametrize("papers", [FEW, MANY])
@pytest.mark.parametrize(("marks", "least"), [(True, 0.99), (False, 0.95)], ids=["marks kept", "marks lost"])
def test_not_one_word_of_an_officers_is_lost_and_blocks_are_known_again(marks: bool, least: float, papers: int) -> None:
    score = simulate(papers, marks=marks)
    print(f"{score.words} words by officers, {len(score.lost)} lost; {score.identified:.1%} of blocks identified")
    assert score.words > 5 * papers
    assert score.lost == []
    assert score.unstable == 0
    assert score.identified >= least
    assert {"updated", "kept", "conflict", "gone", "added", "removed", "officer"} <= set(score.actions)

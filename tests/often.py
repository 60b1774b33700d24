"""What is tried each time, and what by the long proof alone.

`pytest` tries each guard and its control; `pytest -m deep` everything, and each property forty times as often.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

deep = pytest.mark.deep
EXAMPLES = 25
"""How many examples of a property are tried each time."""


def each_time(cases: Iterable[Any], kept: Container[Any]) -> list[Any]:
    """The cases of a parametrized test; those that are not in `kept` belong to the long proof."""
    return [case if case in kept else pytest.param(case, marks=deep) for case in cases]


def pairs(ones: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """Every pair for a parametrized test; each time, each of the longer row with one of the other, in turn."""
    turns = range(max(len(ones), len(others)))
    kept = {(ones[turn % len(ones)], others[turn % len(others)]) for turn in turns}
    return [pytest.param(*pair, marks=() if pair in kept else deep) for pair in itertools.product(ones, others)]


def one_in(share: int) -> settings:
    """For a property that is costly to try: one in so many of the examples that others get."""
    return settings(max_examples=max(settings.default.max_examples // share, 1))


def choose(*, long: bool) -> None:
    """Says how many examples properties get; no property depends on chance or on an idle machine."""
    examples = 40 * EXAMPLES if long else EXAMPLES
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    settings.register_profile(
        "chosen", max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=slow
    )
    settings.load_profile("chosen")

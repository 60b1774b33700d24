"""No step compares everything with everything: the comparisons asked for grow as the paper does, and no faster."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.baseline import Written
from pipeline.revise import Likeness, Unit, normalised, paired
from pipeline.word import make

Text = Callable[[int], str]


def compared(monkeypatch: pytest.MonkeyPatch, size: int, old: Text, new: Text) -> int:
    """How many pairs are compared in a table of so many rows that carries no marks."""
    asked = 0
    plain = Likeness.__call__

    def counted(self: Likeness, one: str, other: str, least: float = 0.0) -> float:
        nonlocal asked
        asked += 1
        return plain(self, one, other, least)

    monkeypatch.setattr(Likeness, "__call__", counted)
    table = make("w:tbl")
    base = [Written(f"r/{n}", (old(n),), "r") for n in range(size)]
    units = [Unit(make("w:tr"), n, (new(n),), table, flat=normalised(new(n))) for n in range(size)]
    found = paired(units, base, frozenset(block.key for block in base), {})
    assert len(found.of) > 0.9 * size
    return asked


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (lambda n: f"Row {n} of the register is open", lambda n: f"Row {n} of the register is closed"),
        (lambda n: f"Property {n}", lambda n: f"Property {n}"),
        (lambda _: "None", lambda _: "None"),
    ],
    ids=["every row edited", "no row edited", "all rows alike"],
)
def test_four_times_the_rows_ask_for_about_four_times_the_comparisons(
    monkeypatch: pytest.MonkeyPatch, old: Text, new: Text
) -> None:
    few, many = (compared(monkeypatch, size, old, new) for size in (100, 400))
    assert many <= 5 * few + 50

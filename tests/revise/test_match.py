"""Which paragraph of an edited paper is which block: what each way of knowing it again adds, and where it stops."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipeline.baseline import Written
from pipeline.blocks import mark_name
from pipeline.revise import Unit, normalised, paired
from pipeline.word import make

FIRST = "The Council sent its third update to the Secretary of State in September."
SECOND = "The Board considered the update in October with the response of the Commissioners."
THIRD = "A workshop with the Commissioners is arranged for January to take the actions further."
OTHER = "Please see the minutes."


def found(written: Mapping[str, str], *typed: str, marks: Mapping[int, str] | None = None) -> dict[str, list[int]]:
    """By block, the numbers of the paragraphs in which it was found; `marks` are what stands under a block's mark."""
    under = {number: {mark_name(key): 5} for number, key in (marks or {}).items()}
    units = [
        Unit(make("w:p"), number, (text,), cover=under.get(number, {}), flat=normalised(text))
        for number, text in enumerate(typed)
    ]
    blocks = [Written(key, (text,)) for key, text in written.items()]
    made = paired(units, blocks, frozenset(), {mark_name(key): key for key in written})
    joined = {key: [unit.number] for key, unit in made.joined.items()}
    return {key: [unit.number for unit in claimed] for key, claimed in made.of.items()} | joined


PAPER = {"one": FIRST, "two": SECOND, "three": THIRD}


def test_equal_words_are_known_wherever_they_stand() -> None:
    assert found(PAPER, THIRD, FIRST, SECOND) == {"one": [1], "two": [2], "three": [0]}


def test_of_equal_paragraphs_each_is_known_where_it_is_expected() -> None:
    assert found({"one": FIRST, "same": OTHER, "two": SECOND}, FIRST, OTHER, SECOND, THIRD, OTHER)["same"] == [1]


def test_words_that_were_changed_are_known_by_what_is_left_of_them() -> None:
    edited = SECOND.replace("in October with", "in November, together with")
    assert found(PAPER, FIRST, edited, THIRD)["two"] == [1]


def test_a_paragraph_far_away_must_be_more_alike_than_one_in_its_place() -> None:
    half = "The Board considered the update in October and then went on to quite other business of its own."
    filling = [f"Paragraph {word} is an officer's own." for word in ("alpha", "beta", "gamma", "delta", "epsilon")]
    assert found(PAPER, FIRST, half, THIRD)["two"] == [1]
    assert "two" not in found(PAPER, FIRST, THIRD, *filling, half)


def test_a_short_paragraph_must_be_more_alike_than_a_long_one() -> None:
    short = {"one": FIRST, "two": "Part of this is exempt.", "three": THIRD}
    assert found(short, FIRST, "Part of this is private.", THIRD)["two"] == [1]
    filling = [f"Paragraph {word} is an officer's own." for word in ("alpha", "beta", "gamma", "delta", "epsilon")]
    assert "two" not in found(short, FIRST, THIRD, *filling, "Part of this is private.")


def test_a_paragraph_that_was_typed_afresh_is_known_by_its_mark() -> None:
    assert found(PAPER, FIRST, THIRD, OTHER, marks={2: "two"})["two"] == [2]
    assert "two" not in found(PAPER, FIRST, THIRD, OTHER)


def test_a_mark_that_strayed_over_another_paragraph_does_not_take_it() -> None:
    assert found(PAPER, FIRST, SECOND, THIRD, "XYZ 77 – QQQ", marks={3: "two"}) == {
        "one": [0],
        "two": [1],
        "three": [2],
    }


@pytest.mark.parametrize("at", [4, 8])
def test_a_paragraph_that_was_split_is_known_by_both_halves(at: int) -> None:
    words = SECOND.split()
    halves = " ".join(words[:at]), " ".join(words[at:])
    assert found(PAPER, FIRST, *halves, THIRD)["two"] == [1, 2]


def test_what_stands_beside_a_paragraph_and_has_none_of_its_words_is_no_half_of_it() -> None:
    assert found(PAPER, FIRST, SECOND, OTHER, THIRD)["two"] == [1]


def test_the_one_paragraph_between_two_that_are_known_is_the_block_between_them() -> None:
    little = "Response of the Commissioners was in October: see what the officers of the finance service say below."
    assert found(PAPER, FIRST, little, THIRD)["two"] == [1]
    assert "two" not in found(PAPER, FIRST, "XYZ 77 – QQQ", THIRD), "it has too little of the words"


@pytest.mark.parametrize("joined", [f"{FIRST} {SECOND}", f"{SECOND} {FIRST}"])
def test_a_paragraph_run_into_the_one_before_it_is_found_there(joined: str) -> None:
    assert found(PAPER, joined, THIRD) == {"one": [0], "two": [0], "three": [1]}


def test_a_paragraph_run_into_the_one_after_it_is_found_there() -> None:
    assert found(PAPER, FIRST, f"{SECOND} {THIRD}") == {"one": [0], "two": [1], "three": [1]}

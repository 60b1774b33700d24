"""The word that a mistyped one is meant for: found among many at once, and loaded only when something is mistyped."""

from __future__ import annotations

import difflib
import random
import string
import time
from collections.abc import Callable, Iterable

import pytest

from pipeline.nearest import did_you_mean, nearest
from pipeline.problems import NOWHERE
from pipeline.rules import variants
from tests.test_growth import calls

PICK = random.Random(1)


def words(number: int, *starts: str) -> list[str]:
    """So many names of words that begin with these letters."""

    def word(start: str) -> str:
        return start + "".join(PICK.choices(string.ascii_lowercase, k=7))

    return [" ".join(map(word, starts)) for _ in range(number)]


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("COR-083", ("COR-031", "COR-036", "COR-038", "COR-039"), "COR-038"),
        ("letter 3.pdf", ("Letter 2.pdf", "Letter 3.PDF"), "Letter 3.PDF"),
        ("Smith, Jane", ("John Smythe", "Jane Smith"), "Jane Smith"),
        ("bilding", ("building", "gliding"), "building"),
        ("same", ("Same", "same"), "Same"),
        ("apple", ("orange", "banana"), None),
        ("apple", (), None),
        ("", ("orange",), None),
    ],
)
def test_the_nearest_word_is_found_whatever_its_case_and_order(
    word: str, known: Iterable[str], found: str | None
) -> None:
    assert nearest(word, known) == found


def test_whoever_mistypes_is_asked_or_told_the_cure_else_what_there_is() -> None:
    known = ["letter received", "action"]
    assert did_you_mean("letter recieved", known, "Look it up.") == "Did you mean “letter received”?"
    assert did_you_mean("xyz", known, "Look it up.") == "Look it up."
    assert did_you_mean("xyz", known) == "Use one of: letter received, action."
    assert did_you_mean("xyz", []) == "Take it out."


@pytest.mark.deep
def test_hundreds_of_misspelt_names_cost_a_fraction_of_comparing_letter_by_letter() -> None:
    known = words(800, "", "", "")
    asked = [name[:4] + "x" + name[5:] for name in known[:20]]

    def seconds(find: Callable[[str], object]) -> float:
        start = time.process_time()
        assert [find(word) for word in asked] == known[:20]
        return time.process_time() - start

    nearest("loaded", ["before it is timed"])
    theirs = seconds(lambda word: difflib.get_close_matches(word, known, 1, 0.6)[0])
    assert seconds(lambda word: nearest(word, known)) * 4 < theirs


def test_names_of_the_same_initials_are_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    def growth() -> float:
        made = [(name, NOWHERE) for name in words(120, "b", "c", "d")]
        few, many = (calls(lambda number=number: list(variants(made[:number], short=True))) for number in (40, 120))
        return many / few

    assert growth() < 4.5
    monkeypatch.setattr("pipeline.rules.near.all_near", lambda _word, known, _least: list(known))
    assert growth() > 4.5

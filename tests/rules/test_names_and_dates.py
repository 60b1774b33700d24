"""Names meant to be one, dates in a sentence, words that are true on one day only."""

from __future__ import annotations

import pytest

from pipeline.problems import Place
from pipeline.rules import abbreviates, alike, mentions, relative_words, sentences_of, variants


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("Commissioners", "Comissioners", True), ("the Mayor", "Mayor", True),
    ("Strategy & Plans", "Strategy and plans", True),
    ("Adult Services", "Adults Services", True), ("Phase 1", "Phase 2", False), ("January", "February", False),
    ("Budget, June 2026", "Budget, July 2026", False), ("Adult Services", "Children Services", False),
    ("Internal Audit", "External Audit", False), ("Communities", "Communications", False), ("North", "South", False),
    ("Housing", "Housing Repairs", False), ("", "Mayor", False),
])  # fmt: skip
def test_a_slip_is_told_from_another_name(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is expected


@pytest.mark.parametrize(("short", "long", "expected"), [
    ("Comms", "Communications", True), ("Org Culture", "Organisational Culture", True), ("HR", "Human Resources", True),
    ("Grants", "Governance", False), ("Communications", "Communications", False), ("Property", "Procurement", False),
])  # fmt: skip
def test_a_short_form_is_known(short: str, long: str, expected: bool) -> None:
    assert abbreviates(short, long) is expected


def test_the_rarer_spelling_is_the_one_to_change() -> None:
    names = [("Ministr", Place("a")), ("Minister", Place("b")), ("Minister", Place("c")), ("Mayor", Place("d"))]
    assert [(each.name, each.usual, each.place) for each in variants(names)] == [("Ministr", "Minister", Place("a"))]


def test_dates_of_a_sentence_are_found_with_their_style() -> None:
    text = "On Monday 23 January 2017, the 23 rd January 2017, 17th March 2017, in May 2017 and 31 February 2017."
    found = [(each.text, each.style, each.weekday, each.slip, each.first is None) for each in mentions(text)]
    assert found == [
        ("Monday 23 January 2017", "plain", "Monday", False, False),
        ("23 rd January 2017", "ordinal", "", True, False),
        ("17th March 2017", "ordinal", "", False, False),
        ("May 2017", "month", "", False, False),
        ("31 February 2017", "plain", "", False, True),
    ]


def test_a_paragraph_is_parted_at_its_full_stops_only() -> None:
    text = "It met on 1 May 2017. “Good,” it said. Then s. 3 was read, at 6.30pm. The end"
    assert list(sentences_of(text)) == [
        "It met on 1 May 2017.",
        "“Good,” it said.",
        "Then s. 3 was read, at 6.30pm.",
        "The end",
    ]


@pytest.mark.parametrize(("text", "words"), [
    ("The Council is currently waiting.", ["currently"]),
    ("A reply is expected soon, or imminently.", ["soon", "imminently"]),
    ("At present, and to date, nothing.", ["At present", "to date"]),
    ("currently (23 January 2017)", []), ("to date, at {{ as_at | day }}", []),
    ("at present {{ board }}", ["at present"]),
    ("as soon as it can", []), ("soon after the meeting", []), ("shortly before it", []), ("kept up to date", []),
    ("the most recent update", []), ("a recent change", ["recent"]), ("an up-to-date list", []), ("present at it", []),
])  # fmt: skip
def test_words_that_are_true_on_one_day_only(text: str, words: list[str]) -> None:
    assert list(relative_words(text)) == words

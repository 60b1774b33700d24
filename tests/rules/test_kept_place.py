"""Words that only keep a place are found wherever they stand, and what merely looks like them is not."""

from __future__ import annotations

import pytest

from pipeline.rules import kept_places

KEPT = (
    "[insert date]", "[TBC]", "[name]", "[Actions!G11]", "£xx", "£?", "£1,xx", "XX", "xx.xx", "x%", "20xx", "1.xx",
    "TBC", "tba", "T.B.C.", "???", "lorem ipsum", "{{ title }}", "{% if late %}", "{name}", "«Surname»", "<your name>",
    "INSERT", "insert date", "insert here", "(?)", "£___", "£...", "___", "X per cent", "page x", "para X.X",
    "Appendix ?", "dd/mm/yyyy", "dd.mm.yy", "DD-MM-YYYY", "dd Month yyyy", "00/00/0000", "Click here to enter text",
    "Choose an item.", "Error! Reference source not found", "#REF!", "TODO", "FIXME", "note to self", "Drafting note",
    "DRAFT v2", "*** look at this ***", ">> look <<", "(costs to check)", "(names to insert)", "A N Other",
    "A.N. Other", "Joe Bloggs", "Blah blah",
)  # fmt: skip
MEANT = (
    "[2025] EWHC 2249", "Part XX", "Chapter XX", "5% of it", "the £10 note", "a page of it", "other names",
    "the draft plan", "a note of it", "up to date", "the insertion", "Appendix 1", "a {", "X-ray",
)  # fmt: skip


@pytest.mark.parametrize("words", KEPT)
def test_words_that_keep_a_place_are_found(words: str) -> None:
    assert kept_places(f"It is so {words} and not otherwise.")
    assert kept_places(f"It is so\n{words} and not otherwise.")


@pytest.mark.parametrize("words", MEANT)
def test_words_that_are_meant_are_let_be(words: str) -> None:
    assert kept_places(f"It is so {words} and not otherwise.") == []


def test_a_text_that_is_nothing_but_a_draft_says_so() -> None:
    assert kept_places("DRAFT") == ["DRAFT"]

"""Two versions of a text, shortened for a list."""

from __future__ import annotations

from pipeline.revise import excerpts

LONG = "The Mayor answered on 15 December 2016 and welcomed the plan, and hoped that the work would go on. " * 3


def test_a_change_far_into_a_text_is_in_its_excerpt() -> None:
    old, new = excerpts(f"{LONG}It is due in May.", f"{LONG}It is due in June.")
    assert old.endswith("in May.")
    assert new.endswith("in June.")
    assert old.startswith("…")


def test_a_sentence_that_ends_a_text_and_goes_is_in_its_excerpt() -> None:
    old, new = excerpts(f"{LONG}No reply has come.", LONG.strip())
    assert old.endswith("No reply has come.")
    assert new.endswith("would go on.")


def test_a_text_that_stayed_is_told_from_its_beginning() -> None:
    assert excerpts(LONG, LONG)[0].startswith("The Mayor answered")

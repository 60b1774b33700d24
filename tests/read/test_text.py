"""The rules for text: what is cleaned and told, what is kept, and what counts as the same name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import clean, excerpt, match_key, scrub

NAMES = ("O’Connor", "Smith-Jones", "Zoë Ní Bhriain", "Ward 7", "Best Value Board")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "spelling",
    [
        str.upper,
        str.lower,
        lambda name: f" {name}\u00a0",
        lambda name: name.replace(" ", "\u00a0"),
        lambda name: name.replace(" ", "  "),
        lambda name: name.replace(" ", "\n"),
        lambda name: name.replace("’", "'"),
        lambda name: name.replace("-", "\u2011"),
        lambda name: name.replace("-", "–"),
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: unicodedata.normalize("NFKD", name.upper()),
    ],
)
def test_names_that_read_alike_match(name: str, spelling: object) -> None:
    assert match_key(spelling(name)) == match_key(name)  # type: ignore[operator]


def test_names_that_read_differently_do_not_match() -> None:
    assert len({match_key(name) for name in (*NAMES, "Ward 71", "O Connor", "Smith Jones", "Zoe Ní Bhriain")}) == 9


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_loses_no_letter(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once
    kept = [char for char in text if unicodedata.category(char)[0] in "LNPS"]
    assert [char for char in once if unicodedata.category(char)[0] in "LNPS"] == kept


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))))
def test_ordinary_text_is_left_alone_but_for_the_blanks_at_its_ends(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == text.strip()
    assert not any(cleaned[1:])
    assert scrub(text).text == text


@given(st.text())
def test_what_a_message_quotes_is_one_short_line(text: str) -> None:
    quoted = excerpt(text)
    assert len(quoted) <= 40
    assert quoted.isprintable() or not quoted.isascii()
    assert "\n" not in quoted

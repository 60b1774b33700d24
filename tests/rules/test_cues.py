"""Cues: a text that is passed over for want of them is one in which the expression finds nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import kept_place, mentions, of_language, relative
from pipeline.rules.cues import has_any

WORDS = st.sampled_from(
    ["currently", "NOWADAYS", "ımmınent", "ſoon", "at", "present", "the", "moment", "to", "date", "up", "recent",
     "shortly", "update", "most", "12", "3rd", "March", "2017", "Monday", "Act", "1972", "the the", "and and", "0",
     "207946 0000", "+44", "NHS", "[TBC]", "[", "]", "insert", "XX", "???", "{{ a }}", "lorem ipsum",
     "LoRem IPſum", "£x", "<name>", "«a»", "{b}", "xx", "x%", ".",
     ",", ";", "-", "“", "”", "on"]
)  # fmt: skip
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(["", " ", "  ", "\n", "\u00a0"])).map("".join)).map("".join)
GUARDED: dict[str, Callable[[str], tuple[object, bool]]] = {
    "relative": lambda text: (
        relative.RELATIVE.search(text), has_any(text.lower(), relative.CUES) or relative.has_to_date(text.lower())
    ),
    "mentions": lambda text: (mentions.PARTS.search(text), bool(mentions.DATED.search(text))),
    "places": lambda text: (
        kept_place.MARK.search(text) or kept_place.BRACKETED.search(text), has_any(text.lower(), kept_place.CUES)
    ),
    "doubled": lambda text: (of_language.DOUBLED.search(text), of_language.may_be_doubled(text)),
    "acronyms": lambda text: (of_language.ACRONYM.search(text), bool(of_language.CAPITALS.search(text))),
    "acts": lambda text: (of_language.ACT.search(text), bool(of_language.YEAR.search(text))),
    "telephones": lambda text: (of_language.PHONE.search(text), bool(of_language.FIGURES.search(text))),
}  # fmt: skip


@pytest.mark.parametrize("name", GUARDED)
@given(text=TEXTS)
def test_nothing_is_found_without_its_cue(name: str, text: str) -> None:
    found, cue = GUARDED[name](text)
    assert cue or not found


def test_a_cue_is_part_of_what_is_looked_for() -> None:
    assert has_any("it is so currently", relative.CUES)
    assert not has_any("an update of the plan", relative.CUES)
    assert relative.has_to_date("up to \n date")
    assert not relative.has_to_date("an update")

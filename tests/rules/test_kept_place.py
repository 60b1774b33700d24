"""Words that keep a place: a text that is passed over for want of a cue is one in which nothing keeps a place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import kept_place

WORDS = st.sampled_from(
    ["ımmınent", "ſoon", "at", "present", "to", "date", "12", "2017", "Act", "the the", "0", "[TBC]", "[", "]", "£x",
     "(a to check)", "A N Other", "DRAFT v1",
     "insert", "XX", "???", "{{ a }}", "lorem ipsum", "LoRem IPſum", "<name>", "«a»", "{b}", "xx", "x%", ".", ",", "on"]
)  # fmt: skip
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(["", " ", "  ", "\n", "\u00a0"])).map("".join)).map("".join)


@given(text=TEXTS)
def test_nothing_is_found_without_its_cue(text: str) -> None:
    assert kept_place.has_cue(text) or not (kept_place.MARK.search(text) or kept_place.BRACKETED.search(text))

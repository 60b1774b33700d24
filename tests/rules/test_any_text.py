"""Whatever stands in a cell, a comment or the wording sheet, the rules come to an end and say something plain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.blocks import Block, Context, Fact, Run
from pipeline.check import check_wording
from pipeline.kinds import Records, changed
from pipeline.problems import Place
from pipeline.rules import Case, problems_of
from pipeline.transform import vocabulary
from tests.builders import report, sentence
from tests.often import each_time
from tests.rules.board import IN_JANUARY, JANUARY, comment

PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", " | ", "day", "listed", "each('date')", "letter", ".", "date", "(", ")", "[", "]",
     "'", '"', "if", "else", "==", ",", "~", "31 February 2017", "23 rd January 2017", "will be held on", "Appendix 99",
     "Act 1999", "currently", "\n", "\u00a0", "“", "Table:", "0000", "three Directions", "paragraph 3.4", "_x", "*",
     "**", "\ufdd0"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES).map(" ".join))
REPORT = report(comments=("legal",))
KNOWN = vocabulary(REPORT)
CELL = Place("a.xlsx", "A", "A1")


@given(TEXTS)
def test_any_wording_is_judged(text: str) -> None:
    row = changed(sentence("x", for_each="letter received"), text=text)
    assert all(each.message and each.cure for each in check_wording(REPORT, [row], KNOWN))


@given(TEXTS)
def test_any_paragraph_is_judged(text: str) -> None:
    block = Block("legal/1", (Run(text),), "", (Fact(text, (CELL,)),))
    context = Context({"title": text, "date": text}, {"legal": (block,), "recommendations": (block,)})
    assert all(each.message for each in problems_of(Case(Records(), JANUARY, REPORT, context)))


@given(TEXTS)
def test_any_cell_is_judged(text: str) -> None:
    letters = tuple(
        changed(each, sender=text, in_reply_to=text, points=(text,), reply_expected=text) for each in IN_JANUARY.letters
    )
    actions = tuple(changed(each, area=text, activity=text, lead=text) for each in IN_JANUARY.actions)
    records = replace(IN_JANUARY, letters=letters, actions=actions, comments=(comment("legal", text),))
    assert all(each.message for each in problems_of(Case(records, JANUARY, REPORT)))


PIECES = (
    "Act ", "The Great ", "will be ", "(", "currently ", "{{ ", "0", "a-", " in ", "Directions made on ", "reply is ",
    "and ", "A and ", "{{ a | ", "a@a.", "0 ", "Monday 1 ", "[insert ", "1.", "by the end of ", "58% ",
)  # fmt: skip


@pytest.mark.parametrize("piece", each_time(PIECES, PIECES[::4]))
def test_a_text_of_one_piece_many_times_over_is_judged(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    block = Block("legal/1", (Run(text),), "", (Fact(text, (CELL,)),))
    found = problems_of(Case(Records(), JANUARY, REPORT, Context({"title": "t", "date": "d"}, {"legal": (block,)})))
    told = check_wording(REPORT, [changed(sentence("x"), text=text)], KNOWN)
    records = replace(IN_JANUARY, comments=(comment("legal", text),))
    assert isinstance(problems_of(Case(records, JANUARY, REPORT)), list)
    assert "W111" in {each.code for each in told}
    short = check_wording(REPORT, [changed(sentence("x"), text=text[:19_000])], KNOWN)
    assert isinstance(short, list)
    assert found

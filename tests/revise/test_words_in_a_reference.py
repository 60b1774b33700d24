"""Words that an officer typed inside what a cross-reference shows are theirs: the field keeps its number only."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pipeline.revise import free_words, open_paper
from pipeline.word import PARAGRAPH, TEXT, Element, paragraphs, qn, seen
from tests.revise import resolve
from tests.revise.papers import Para, paper
from tests.revise.spots import SPOTS, A, B, edited, redraft

PARA, *_ = SPOTS
HOLDER = "The plan was agreed in autumn and is described in Appendix 1."
TYPED = {
    "behind": "Appendix 1 in its second part",
    "before": "the last page of Appendix 1",
    "around": "the last page of Appendix 1 in its second part",
    "instead": "the annex",
    "another number": "Annex 1",
    "right behind": "Appendix 1ab",
}


def shown(paragraph: Element, text: str) -> None:
    result = next(each for each in paragraph.iter(TEXT) if each.text == "Appendix 1")
    result.text = text


def officer(text: str) -> bytes:
    return edited(PARA.make(A), lambda paragraph: shown(paragraph, text), text=HOLDER)


def without_holder() -> bytes:
    return paper([block for block in PARA.blocks(A) if block.key != "before"])


def rewritten() -> bytes:
    blocks = [
        Para("before", "The plan was agreed in the spring and is described in [[appendix/plan]].")
        if block.key == "before"
        else block
        for block in PARA.blocks(B)
    ]
    return paper(blocks)


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
@pytest.mark.parametrize("fresh", [without_holder, rewritten], ids=["dropped", "rewritten"])
def test_words_typed_in_a_reference_are_kept_whatever_becomes_of_its_paragraph(text: str, fresh: object) -> None:
    assert callable(fresh)
    revision = redraft(officer(text), fresh())
    assert any(text in line for line in resolve.flat(resolve.accepted(revision.content)))
    actions = {o.action for o in revision.outcomes if o.key == "before"}
    assert actions <= {"conflict", "offered"}
    assert actions


@pytest.mark.parametrize("text", [*TYPED.values(), "Appendix 7", "Error! Reference source not found."])
def test_no_reader_sees_a_change_where_words_leave_a_field(text: str) -> None:
    opened = open_paper(officer(text), "x")
    before = [seen(p).text for p in paragraphs(opened.body)]
    free_words(opened, {})
    assert [seen(p).text for p in paragraphs(opened.body)] == before


@pytest.mark.parametrize("text", ["behind", "before", "around"])
def test_the_reference_beside_the_typed_words_goes_on_following_its_target(text: str) -> None:
    revision = redraft(officer(TYPED[text]), PARA.make(B))
    (holder,) = [p for p in paragraphs(open_paper(revision.content, "x").body) if "agreed in autumn" in seen(p).text]
    assert re.search(r"\[\[_cp_\w+\]\]", seen(holder).kept)
    assert TYPED[text] in seen(holder).text


@pytest.mark.parametrize("text", ["Appendix 1", "Appendix 7", "", "Error! Reference source not found."])
def test_a_number_that_is_only_out_of_date_is_nobodys_words(text: str) -> None:
    revision = redraft(officer(text), rewritten())
    assert [o.action for o in revision.outcomes if o.key == "before"] == ["updated"]


def test_a_picture_put_in_a_reference_stands_beside_it() -> None:
    def picture(paragraph: Element) -> None:
        result = next(each for each in paragraph.iter(TEXT) if each.text == "Appendix 1")
        result.addnext(result.makeelement(qn("w:drawing"), {}))

    revision = redraft(edited(PARA.make(A), picture, text=HOLDER), rewritten())
    body = open_paper(revision.content, "x").body
    assert Counter(e.tag for e in body.iter(qn("w:drawing"))).total() == 1
    assert len(list(body.iter(PARAGRAPH))) == len(list(open_paper(PARA.make(A), "x").body.iter(PARAGRAPH)))

"""The program's comment on an edited place says what the facts give now; people's comments are never touched."""

from __future__ import annotations

import pytest

from pipeline.opc import parse, serialise
from pipeline.revise import Paper, annotated, open_paper
from pipeline.word import PARAGRAPH, TEXT, Element, qn
from tests.revise import resolve
from tests.revise.spots import AUTHOR, SOURCE, SPOTS, WHEN, A, B, C, Spot, edited, redraft, typed

PARA, RECOMMENDATION, APPENDIX, ROW = SPOTS
D = A.replace("24", "29")
MINE = A.replace("24", "most")
PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
THREADS = "http://schemas.microsoft.com/office/word/2012/wordml"


def disputed(spot: Spot) -> bytes:
    return redraft(edited(spot.make(A), typed(MINE)), spot.make(B)).content


def comments_of(paper: Paper) -> tuple[str, Element]:
    (name,) = paper.related("comments")
    return name, parse(paper.parts[name])


def ours(content: bytes) -> list[str]:
    _, root = comments_of(open_paper(content, "x"))
    return [
        "\n".join("".join(t.text or "" for t in p.iter(TEXT)) for p in each.iter(PARAGRAPH))
        for each in root
        if each.get(qn("w:author")) == AUTHOR
    ]


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: spot.name)
def test_facts_that_change_four_times_leave_one_comment_with_the_last_of_them(spot: Spot) -> None:
    draft = disputed(spot)
    for facts in (C, D, A):
        draft = redraft(draft, spot.make(facts)).content
    (comment,) = ours(draft)
    assert A in comment
    assert MINE in resolve.flat(resolve.accepted(draft))


@pytest.mark.parametrize("spot", [PARA, ROW], ids=lambda spot: spot.name)
def test_a_comment_as_version_0_1_0_wrote_it_gives_way_as_well(spot: Spot) -> None:
    paper = open_paper(disputed(spot), "x")
    name, _ = comments_of(paper)
    today, then = str(SOURCE).encode(), SOURCE.short.encode()
    assert paper.parts[name].count(today) == 1
    paper.parts[name] = paper.parts[name].replace(today, then)
    (comment,) = ours(redraft(paper.content(), spot.make(C)).content)
    assert C in comment
    assert SOURCE.short not in comment


def test_a_comment_by_a_person_at_the_same_place_stays_word_for_word() -> None:
    first = annotated(disputed(PARA), {"progress": "Is this right?"}, when=WHEN, author="An officer")
    draft = redraft(first, PARA.make(C)).content
    assert "Is this right?" in resolve.comments(draft)
    assert len(ours(draft)) == 1


def test_a_comment_of_ours_that_somebody_wrote_into_stays_beside_the_new_one() -> None:
    paper = open_paper(disputed(PARA), "x")
    name, root = comments_of(paper)
    last = list(root.iter(TEXT))[-1]
    last.text = f"{last.text} Ask the lead officer."
    paper.parts[name] = serialise(root)
    draft = redraft(paper.content(), PARA.make(C)).content
    assert [("lead officer" in text, C in text) for text in ours(draft)] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    "thread",
    ['<x:commentEx x:paraId="0A" x:done="1"/>', '<x:commentEx x:paraId="0B" x:paraIdParent="0A" x:done="0"/>'],
    ids=["settled", "answered"],
)
def test_a_comment_of_ours_that_somebody_answered_or_settled_stays_beside_the_new_one(thread: str) -> None:
    paper = open_paper(disputed(PARA), "x")
    name, root = comments_of(paper)
    list(root.iter(PARAGRAPH))[-1].set(PARAGRAPH_ID, "0A")
    paper.parts[name] = serialise(root)
    paper.relate(
        "commentsExtended", "word/threads.xml", f'<x:commentsEx xmlns:x="{THREADS}">{thread}</x:commentsEx>'.encode()
    )
    draft = redraft(paper.content(), PARA.make(C)).content
    assert [(B in text, C in text) for text in ours(draft)] == [(True, False), (False, True)]
    ids = [p.get(PARAGRAPH_ID) for p in comments_of(open_paper(draft, "x"))[1].iter(PARAGRAPH)]
    assert ids.count("0A") == 1

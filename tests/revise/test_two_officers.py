"""Two officers' copies of a draft, and facts that stay, move or go: every pair of what they may do, in every kind of
place, however their copies were saved. What is right is told from the texts alone, by a reader that shares nothing with
the product.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pytest

from pipeline.revise import (
    Comments,
    Joined,
    Paper,
    Revision,
    Revisions,
    free_ids,
    join_copies,
    open_paper,
    track_paragraph,
)
from pipeline.word import PARAGRAPH, TEXT, Element, make, paragraphs, qn, seen
from tests.revise import resolve
from tests.revise.joins import saved_by
from tests.revise.libreoffice import saved_again
from tests.revise.officer import strip_marks
from tests.revise.papers import Para, Tab, run
from tests.revise.papers import paper as paper_of
from tests.revise.spots import ELSEWHERE, SPOTS, WHEN, A, B, C, Spot, copied, deleted, moved, redraft, typed
from tests.validators import lint_problems

ANN, BEA = "Ann Lee", "Bea Moss"
OTHER = C.replace("25", "26")
VALUES = ("24", "25", "26", "27")
TAILS = ("in May.", "in late summer.")
SAID = "Is this so?"
Act = Callable[[Spot, Paper, Element], None]


def nothing(_: Spot, __: Paper, ___: Element) -> None:
    pass


def types(text: str) -> Act:
    return lambda _, __, paragraph: typed(text)(paragraph)


def deletes(spot: Spot, _: Paper, paragraph: Element) -> None:
    deleted(spot)(paragraph)


def pastes_a_copy(spot: Spot, _: Paper, paragraph: Element) -> None:
    copied(spot)(paragraph)


def moves(spot: Spot, _: Paper, paragraph: Element) -> None:
    moved(spot)(paragraph)


def embolden(_: Spot, __: Paper, paragraph: Element) -> None:
    text = next(paragraph.iter(TEXT))
    before, word, after = A.partition("Officers")
    text.text = before
    text.set(qn("xml:space"), "preserve")
    holder = text.getparent()
    assert holder is not None
    holder.addnext(run(after))
    holder.addnext(run(word, bold=True))


def tracks_a_sentence(_: Spot, paper: Paper, paragraph: Element) -> None:
    change = make("w:ins", id=next(free_ids(paper.root)), author=ANN, date="2017-01-12T16:00:00Z")
    change.append(run(" It was tracked."))
    list(paragraph.iter(TEXT))[-1].getparent().addnext(change)  # type: ignore[union-attr]


def strikes(spot: Spot, paper: Paper, paragraph: Element) -> None:
    if spot.style:
        track_paragraph(paragraph, Revisions(free_ids(paper.root), WHEN, ANN), "del")


def loses_a_control(_: Spot, __: Paper, paragraph: Element) -> None:
    """What a control around words leaves when it is removed: the words, in other runs."""
    text = next(paragraph.iter(TEXT))
    words = text.text or ""
    holder = text.getparent()
    assert holder is not None
    twin = copy.deepcopy(holder)
    text.text, twin[-1].text = words[:20], words[20:]
    for leaf in (text, twin[-1]):
        leaf.set(qn("xml:space"), "preserve")
    holder.addnext(twin)


def comments(_: Spot, paper: Paper, paragraph: Element) -> None:
    made = Comments(paper, WHEN, BEA)
    made.add(paragraph, paragraph, SAID)
    made.save()


FIRST: dict[str, Act] = {
    "nothing": nothing, "types": types(C), "types what the facts say": types(B), "deletes": deletes,
    "pastes a copy": pastes_a_copy, "moves": moves, "emboldens": embolden, "tracks": tracks_a_sentence,
    "strikes": strikes, "loses a control": loses_a_control,
}  # fmt: skip
SECOND: dict[str, Act] = {
    "nothing": nothing, "types elsewhere": types(ELSEWHERE), "types there": types(OTHER), "types the same": types(C),
    "deletes": deletes, "comments": comments,
}  # fmt: skip
FACTS: dict[str, str | None] = {"stay": A, "move": B, "go": None}
WAYS = ("as Word writes", "marks stripped", "through LibreOffice")
QUICK = (SPOTS[0].name, WAYS[0], "move")


def acted(spot: Spot, who: str, act: Act) -> bytes:
    """A person's copy of the draft; the draft itself where they did nothing."""
    paper = open_paper(spot.make(A), who)
    act(spot, paper, next(each for each in paragraphs(paper.body) if seen(each).text == A))
    return spot.make(A) if act is nothing else saved_by(paper.content(), who)


@cache
def by_libreoffice() -> dict[tuple[str, str, str], bytes]:
    """Every copy that anybody typed in, as LibreOffice saves it, in one run."""
    made = {
        (spot.name, who, name): acted(spot, who, act)
        for spot in SPOTS
        for who, acts in ((ANN, FIRST), (BEA, SECOND))
        for name, act in acts.items()
        if act is not nothing
    }
    return {key: saved_by(content, key[1]) for key, content in zip(made, saved_again([*made.values()]), strict=True)}


def copy_of(spot: Spot, who: str, name: str, way: str) -> bytes:
    act = (FIRST if who == ANN else SECOND)[name]
    if act is nothing or way == WAYS[0]:
        return acted(spot, who, act)
    if way == WAYS[2]:
        return by_libreoffice()[spot.name, who, name]
    paper = open_paper(acted(spot, who, act), who)
    strip_marks(paper.body)
    paper.parts = {part: each for part, each in paper.parts.items() if not part.startswith("customXml/")}
    return paper.content()


class Case(NamedTuple):
    """What two people made of a place, how it was saved, and what the facts do."""

    spot: Spot
    first: str
    second: str
    facts: str
    way: str

    @property
    def copies(self) -> dict[str, bytes]:
        """The copies in which somebody did something."""
        found = {
            ANN: copy_of(self.spot, ANN, self.first, self.way),
            BEA: copy_of(self.spot, BEA, self.second, self.way),
        }
        return {f"{who}.docx": content for who, content in found.items() if content != self.spot.make(A)}


PLACES = [
    pytest.param(
        spot, facts, way,
        id=f"{spot.name}, facts {facts}, {way}",
        marks=[
            *([] if (spot.name, way, facts) == QUICK else [pytest.mark.deep]),
            *([pytest.mark.libreoffice] if way == WAYS[2] else []),
        ],
    )
    for spot, facts, way in itertools.product(SPOTS, FACTS, WAYS)
]  # fmt: skip


def joined(case: Case) -> Joined:
    """The copies as one, the same in every order."""
    made = {join_copies(case.spot.make(A), dict(order), WHEN) for order in itertools.permutations(case.copies.items())}
    assert len(made) == 1, "the order of the copies changes what comes out"
    [one] = made
    assert one.lost == ()
    return one


def drafted(case: Case, content: bytes) -> Revision:
    """The next draft of the joined copies; drafting it again changes not a byte."""
    fresh = case.spot.make(FACTS[case.facts])
    made = redraft(content, fresh, case.spot.base(A))
    again = redraft(made.content, fresh)
    assert again.content == made.content
    assert [each.sign for each in again.differences] == [each.sign for each in made.differences]
    return made


def ours(texts: list[str]) -> list[str]:
    """What stands for the place: its own paragraph, and each copy of it."""
    return [text for text in texts if "actions in hand" in text or "are complete" in text]


@pytest.mark.parametrize(("spot", "facts", "way"), PLACES)
def test_nothing_is_lost_nothing_made_up_and_nothing_stale_without_a_word(spot: Spot, facts: str, way: str) -> None:
    pairs = [Case(spot, first, second, facts, way) for first in FIRST for second in SECOND]
    pairs = pairs[::4] if (spot.name, way, facts) == QUICK else pairs
    assert [(case.first, case.second, fault) for case in pairs for fault in faults(case)] == []


def faults(case: Case) -> Iterator[str]:
    """What is wrong with the next draft of the two copies."""
    made = joined(case) if case.copies else Joined(case.spot.make(A), ())
    after = drafted(case, made.content)
    versions = (version.text for each in made.differences for version in each.versions)
    told = [*versions, *(each.there for each in after.differences)]
    accepted, rejected = (read(after.content) for read in (resolve.accepted, resolve.rejected))
    kept, waits = ours([*resolve.flat(rejected), *resolve.flat(accepted)]), accepted != rejected
    said = "\n".join([*resolve.flat(accepted), *resolve.flat(rejected), *told])
    typed_there = {"types": "25 are", "tracks": "It was tracked.", "types elsewhere": "summer", "types there": "26"}
    yield from (f"lost: {name}" for name in (case.first, case.second) if typed_there.get(name, "") not in said)
    if not waits:
        yield from (f"nobody wrote: {text}" for text in kept if not is_written(text))
    if not (after.differences or waits or made.differences):
        yield from (f"stale: {text}" for text in kept if is_stale(case, text))
    if case.second == "comments" and case.first not in ("deletes", "strikes"):
        yield from [] if SAID in resolve.comments(after.content) else ["a comment is lost"]
    if case.second == "types there":  # looking takes longer than all else
        before = Counter(each for copy in (case.spot.make(A), *case.copies.values()) for each in lint_problems(copy))
        yield from Counter(lint_problems(after.content)) - before


def is_written(text: str) -> bool:
    """Is it what somebody wrote, or what two wrote in two sentences of it?"""
    expected = (A.replace("24", value).replace(TAILS[0], tail) for value in VALUES for tail in TAILS)
    return text in {*expected, *(f"{each} It was tracked." for each in (A, B, C, OTHER, ELSEWHERE))}


def is_stale(case: Case, text: str) -> bool:
    """Does a text say of the facts what they say no longer?"""
    now = FACTS[case.facts]
    return now is None or (now == B and "27" not in text)


def unnumbered(content: bytes) -> list[str]:
    """What a reader sees but for the numbers of appendices, which are counted anew by whoever saves the file."""
    return [re.sub(r"Appendix \d", "Appendix", text) for text in resolve.flat(resolve.accepted(content))]


@pytest.mark.parametrize("facts", ["move", *(pytest.param(each, marks=pytest.mark.deep) for each in ("stay", "go"))])
@pytest.mark.parametrize("spot", [SPOTS[3], *(pytest.param(spot, marks=pytest.mark.deep) for spot in SPOTS[:3])])
def test_a_colleague_who_did_nothing_or_the_same_changes_nothing(spot: Spot, facts: str) -> None:
    """With one copy the next draft is what it would be without joining."""
    for first in FIRST:
        alone = copy_of(spot, ANN, first, WAYS[0])
        case = Case(spot, first, "nothing", facts, WAYS[0])
        twice = {**case.copies, "b.docx": alone} if case.copies else {}
        made = join_copies(spot.make(A), twice, WHEN) if twice else Joined(alone, ())
        assert made.differences == ()
        by_join, by_itself = drafted(case, made.content), drafted(case, alone)
        assert unnumbered(by_join.content) == unnumbered(by_itself.content)
        assert [(each.key, each.reason) for each in by_join.differences] == [
            (each.key, each.reason) for each in by_itself.differences
        ]


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: spot.name)
def test_who_types_another_value_than_a_colleague_has_both_stand_apart(spot: Spot) -> None:
    made = joined(Case(spot, "types", "types there", "move", WAYS[0]))
    [difference] = made.differences
    assert [
        (who, "25" in text, "26" in text)
        for who, text in ((version.who, version.text) for version in difference.versions)
    ] == [
        (ANN, True, False),
        (BEA, False, True),
    ]
    [change] = open_paper(made.content, "a draft").body.iter(qn("w:ins"))
    assert change.get(qn("w:author")) == BEA
    assert sum(1 for each in open_paper(made.content, "a draft").body.iter(PARAGRAPH) if "25" in seen(each).kept) == 1


RATING = "Amber (improving)"
RATINGS = ("Green (improving)", "Amber", "Green", "Red (worse)", "Amber (worse)", "", "Amber (improving since May)")
RATED = ("Amber (improving)", "Green (improving)", "Red", "Amber (steady)")


def rated(value: str) -> bytes:
    return paper_of(
        [
            Para("template/1-report", "Report on the plan", "Title"),
            Para("steady", "Each strand has a lead officer who answers for its actions."),
            Tab("tasks", ("Ref", "Rating"), {"T-1": ("T-1", value), "T-2": ("T-2", "Red")}),
        ]
    )


def rating_of(reading: resolve.Reading) -> str:
    [table] = [each for each in reading if isinstance(each, tuple)]
    return resolve.flat(table[1][1])[0]


def rewritten(value: str, who: str) -> bytes:
    opened = open_paper(rated(RATING), who)
    next(each for each in opened.body.iter(TEXT) if each.text == RATING).text = value
    return saved_by(opened.content(), who)


@pytest.mark.parametrize("facts", RATED)
def test_of_two_ratings_and_the_facts_never_comes_one_that_nobody_gave_nor_stays_a_stale_one_unsaid(facts: str) -> None:
    for one, other in itertools.permutations(RATINGS, 2):
        copies = {"a.docx": rewritten(one, ANN), "b.docx": rewritten(other, BEA)}
        made = join_copies(rated(RATING), copies, WHEN)
        after = redraft(made.content, rated(facts))
        rejected, accepted = (rating_of(read(after.content)) for read in (resolve.rejected, resolve.accepted))
        waits = rejected != accepted
        assert made.lost == ()
        assert rejected in {RATING, one, other, facts}, (one, other)
        assert waits or accepted in {RATING, one, other, facts}, (one, other)
        says_so = facts == RATING or accepted.startswith(facts.split(maxsplit=1)[0])
        assert waits or after.differences or says_so, (one, other)
        assert made.differences, (one, other)

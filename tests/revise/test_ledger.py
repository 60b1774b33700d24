"""The ledger as a state machine: one block, its facts and its officers, through every order of what they may do.

A world is searched breadth first, from the first draft on, with the ledger's own functions in place of a
merge of Word files. An oracle that reads no ledger knows upon which fact each word was typed. What is in the files of
Word is in `test_unsettled.py` and, by chance, in `tests/chance`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

import pytest

from pipeline.baseline import Baseline, Written
from pipeline.revise import Hidden, applied, as_found, grown, hash_of, is_as_offered, judged, left, settled_by
from pipeline.store import Act

VALUES, OWN = ("Amber", "Green", "Mauve"), ("Teal", "Ochre")
STATES = 800
"""So many of the first worlds that are met are gone on from: those of all sequences of three acts, and some of more."""


def says(place: str, word: str = "") -> str:
    return f"Rated {place} by now, as all were told{word}."


@dataclass(frozen=True)
class Paper:
    """A text, what our tracked change would make of it, and the baseline in the paper. `saw` is the oracle's: the fact
    that whoever typed last in its place had before them."""

    place: str
    word: str = ""
    offer: str = ""
    part: Written | None = None
    saw: str = ""

    @property
    def text(self) -> str:
        return says(self.place, self.word)


@dataclass(frozen=True)
class World:
    fact: str = VALUES[0]
    paper: Paper = Paper(VALUES[0], part=Written("block", (says(VALUES[0]),)))
    record: Written | None = None
    acts: tuple[Act, ...] = ()
    shelf: Paper | None = None
    excused: frozenset[tuple[str, str]] = frozenset()
    printed: frozenset[str] = field(default_factory=frozenset)
    is_open: bool = False
    lost: bool = False


def known(world: World) -> Written:
    """What the block last took, by its own part and what the record has of earlier drafts."""
    paper, record = world.paper, world.record
    if paper.part is None:
        assert record, "without either a person is asked"
        return as_found(record, (seen(paper),))
    return united(paper.part, record) if record else paper.part


def united(block: Written, earlier: Written) -> Written:
    [made] = grown(Baseline((block,)), Baseline((earlier,)), Hidden()).blocks
    return made


def seen(paper: Paper) -> str:
    return paper.offer or paper.text


@cache
def looked_at(world: World) -> tuple[Paper, Written, bool]:
    """The paper after a build, what its baseline says then, and whether it differs."""
    last, new, paper = known(world), Written("block", (says(world.fact),)), world.paper
    if paper.offer and last.offer == "made" and last.told != new.texts and is_as_offered(last, (paper.offer,)):
        paper = replace(paper, offer="")
    settled, words = settled_by(world.acts), (seen(paper),)
    if settled.keeps(new.texts, words) and not paper.offer:
        return replace(paper, saw=world.fact), united(united(new, last), world.record or last), False
    against = settled.keeps_against_others(new.texts, words) and not paper.offer
    base, done = judged(last, 0, (seen(paper), new.texts[0]), pending=bool(paper.offer), against=against)
    if done.action == "updated":
        paper = replace(paper, place=world.fact, saw="")
    elif paper.place == world.fact:
        paper = replace(paper, saw="")
    elif done.action == "offered":
        paper = replace(paper, offer=applied(paper.text, done.edits))
    written = new if done.taken else left(last, new, words, [(base, done)])
    return paper, united(united(written, last), world.record or last), done.action == "conflict"


@cache
def build(world: World) -> World:
    paper, written, differs = looked_at(world)
    paper = replace(paper, part=written)
    return replace(
        world,
        paper=paper,
        record=written,
        shelf=world.shelf or paper,
        printed=world.printed | {world.fact},
        is_open=differs,
    )


def acts(world: World) -> Iterator[tuple[str, World]]:
    """What the facts, the officers and their files may do next."""
    paper = world.paper
    yield "build", build(world)
    for value in VALUES:
        yield f"the fact becomes {value}", replace(world, fact=value)
    for name, changed in (changed_offer if paper.offer else typed)(world):
        yield name, replace(world, paper=changed)
    if world.shelf:
        yield "an older file is saved over it", replace(world, paper=world.shelf)
    if paper.part and world.record:
        yield "another program leaves out the baseline", replace(world, paper=replace(paper, part=None))
        yield "the record is lost", replace(world, record=None, lost=True)
    if world.is_open and not paper.offer:
        yield from settled(world)


def changed_offer(world: World) -> Iterator[tuple[str, Paper]]:
    place = place_of(world.paper.offer)
    yield "our change is accepted", replace(world.paper, place=place, offer="", saw="")
    yield "our change is rejected", replace(world.paper, offer="")


def typed(world: World) -> Iterator[tuple[str, Paper]]:
    paper = world.paper
    yield "somebody types elsewhere", replace(paper, word=" in May")
    for place in (*OWN, *sorted(world.printed - {paper.place})):
        yield f"somebody types {place}", replace(paper, place=place, saw=paper.saw or paper.place)


def place_of(text: str) -> str:
    return next(place for place in (*VALUES, *OWN) if f" {place} " in text)


def settled(world: World) -> Iterator[tuple[str, World]]:
    """What a person settles of what the build told."""
    _, _, differs = looked_at(world)
    if not differs:
        return
    facts, words = (says(world.fact),), (world.paper.text,)
    hashes = {"facts_sha256": hash_of(facts), "words_sha256": hash_of(words)}
    kept = Act(what="keep", by="Ann", at="", facts=facts, words=words, **hashes)
    excused = world.excused | {(world.fact, world.paper.place)}
    yield "the words are kept", build(replace(world, acts=(*world.acts, kept), excused=excused))
    taken = replace(world.paper, place=world.fact, word="", saw="", part=united(Written("block", facts), known(world)))
    yield "the facts are taken", build(replace(world, paper=taken))


def fault(before: World, name: str, world: World) -> str:
    """What is wrong with a world that was just built; blank where nothing is."""
    return "; ".join([*wrong_by(before, name, world), *wrong_in(world)])


def wrong_by(before: World, name: str, world: World) -> Iterator[str]:
    """What an act should not have done."""
    was, now = before.paper, world.paper
    if name == "the words are kept" and world.is_open:
        yield "settled, and open still"
    if name != "build":
        return
    if was.word and not now.word:
        yield "a word that somebody typed is gone"
    if (world.fact, was.place) in before.excused and not was.offer and was.place in OWN and now.place != was.place:
        yield "what a person kept was replaced"
    if build(world) != world:
        yield "a second build changes something"


def wrong_in(world: World) -> Iterator[str]:
    """What stands in a paper that differs in nothing. Once the record was lost, the program cannot tell an old value
    that was typed over today's from one that somebody wants.
    """
    paper, fact = world.paper, world.fact
    if world.is_open or paper.offer or paper.place == fact or (fact, paper.place) in world.excused:
        return
    if paper.place in world.printed and not (paper.saw == fact and world.lost):
        yield "a stale fact, and no difference"
    if paper.place in OWN and paper.saw != fact:
        yield "words rest on an older fact, and no difference"


def search(states: int = STATES) -> tuple[int, dict[str, list[str]]]:
    """How many worlds were met until a fault was, and the shortest way to it."""
    for each in (looked_at, build):
        each.cache_clear()
    start = build(World())
    way: dict[World, tuple[World | None, str]] = {start: (None, "")}
    queue = [start]
    for world in queue:
        for name, after in acts(world):
            done = name in ("build", "the words are kept", "the facts are taken")
            built = after if done else build(after)
            if wrong := fault(world if done else after, name if done else "build", built):
                return len(queue), {wrong: [*steps(way, world), name]}
            if after not in way and len(queue) < states:
                way[after] = world, name
                queue.append(after)
    return len(queue), {}


def steps(way: dict[World, tuple[World | None, str]], world: World) -> list[str]:
    names = []
    before, name = way[world]
    while before is not None:
        names.append(name)
        before, name = way[before]
    return names[::-1]


def test_no_order_of_acts_loses_a_word_or_keeps_a_stale_fact_without_a_difference() -> None:
    assert search() == (STATES, {})


@pytest.mark.deep
def test_nor_does_a_longer_one() -> None:
    assert search(50_000) == (50_000, {})


def moved_on(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys.modules[__name__], "left", lambda last, new, *_: new or last)


def no_history(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("pipeline.revise.ledger.says_what_was", lambda *_: False)


def no_trace(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("pipeline.revise.ledger.rests_on", lambda block, n, *_, **__: block.texts[n])


def trusted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys.modules[__name__], "as_found", lambda block, *_: block)


def not_looked_up(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("pipeline.revise.ledger.Settled.keeps", lambda *_: False)


def kept_for_good(patch: pytest.MonkeyPatch) -> None:
    found = lambda self, _, words: hash_of(words) in {there for _, there in self.pairs}  # noqa: E731
    patch.setattr("pipeline.revise.ledger.Settled.keeps", found)


RULES = (moved_on, no_history, no_trace, trusted, not_looked_up, kept_for_good)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_broken_is_found(
    rule: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule(monkeypatch)
    _, found = search()
    assert found

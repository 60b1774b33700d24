"""One paragraph out of several people's: the richest one's, with what the others changed and put into theirs."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pipeline.revise.edit_runs import PROPERTIES, is_pending, run_of
from pipeline.revise.edit_tracked import Revisions
from pipeline.revise.edit_words import CannotEditError, put_in, rewrite
from pipeline.revise.join_people import Handed, Holding, Theirs
from pipeline.revise.join_words import Spot, joined_words, people_differ_in, standing
from pipeline.revise.paper import Held, contents
from pipeline.revise.parting import PeopleDiffer
from pipeline.revise.wordwise import Edit, normalised, words
from pipeline.word.story import seen
from pipeline.word.xml import ID, RUN, TEXT, VAL, Element, make, qn

_REFERENCE, _DELETED = qn("w:commentReference"), qn("w:delText")
_LOOKS = frozenset(map(qn, ("w:b", "w:i", "w:u", "w:strike", "w:highlight", "w:vertAlign")))
_OFF = ("0", "none", "false", "off", "baseline")
_PLACE = "\ue000"
"""A sign that no text has, by which a place in a text is found."""


class Dress(NamedTuple):
    """How an element looks, and what is in it that is neither words nor a comment."""

    looks: tuple[tuple[str, ...], ...]
    held: Counter[Held]


def dress_of(element: Element, holds: Holding) -> Dress:
    """The dress of an element; `holds` tells what it has besides words."""
    return Dress(_looks_of(element), Counter(each for each in holds(element) if each.name != "commentReference"))


def _looks_of(element: Element) -> tuple[tuple[str, ...], ...]:
    """What looks unlike the style of its paragraph: words and their looks, neighbours of one look together."""
    found: list[tuple[str, ...]] = []
    for run in element.iter(RUN):
        text, looks = "".join(leaf.text or "" for leaf in run.iter(TEXT)), _looks_in(run)
        if text.strip() and looks:
            if found and found[-1][1:] == looks:
                text = found.pop()[0] + text
            found.append((text, *looks))
    return tuple((normalised(said), *looks) for said, *looks in found)


def _looks_in(run: Element) -> tuple[str, ...]:
    there = run.find(PROPERTIES)
    given = () if there is None else there
    return tuple(str(look.tag) for look in given if look.tag in _LOOKS and look.get(VAL, "1") not in _OFF)


class Side:
    """What one person made of a paragraph."""

    def __init__(self, one: Theirs, element: Element) -> None:
        self.one, self.element = one, element

    @cached_property
    def dress(self) -> Dress:
        """How it looks, and what is in it."""
        return dress_of(self.element, self.one.holds)

    @cached_property
    def text(self) -> str:
        """What it says."""
        return seen(self.element).kept

    @cached_property
    def revisions(self) -> Revisions | None:
        """What tracks their changes, if they tracked them."""
        return self.one.revisions if is_pending(self.element) and not self.one.newer else None

    @property
    def struck(self) -> Counter[str]:
        """The words that wait to be taken out."""
        return Counter(word for leaf in self.element.iter(_DELETED) for word in words(leaf.text or ""))

    def things(self) -> Iterator[tuple[Held, int, Element]]:
        """What stands in a run of its own and is no words: what it is, before which character, and a run with it."""
        for run in self.element.iter(RUN):
            for thing in contents(run):
                alone = run_of(copy.deepcopy(thing), run.find(PROPERTIES))
                for held in self.one.holds(alone):
                    yield held, self._place_of(thing), alone

    def _place_of(self, thing: Element) -> int:
        mark = make("w:t")
        mark.text = _PLACE
        thing.addprevious(mark)
        at = seen(self.element).kept.find(_PLACE)
        thing.getparent().remove(mark)  # type: ignore[union-attr]
        return max(0, at)


class _Change(NamedTuple):
    """A change of the host's paragraph, at a place in its text: words, or a thing that is put in."""

    edit: Edit
    revisions: Revisions | None = None
    thing: Element | None = None


def joined_paragraph(block: Handed, ours: Element, sides: Sequence[Side]) -> tuple[Element | None, list[PeopleDiffer]]:
    """One paragraph out of several people's: the richest one's, with the others' changes put in, tracked where they
    tracked theirs, and where people part over it. None where it cannot be one.
    """
    spots, plain = joined_words(seen(ours).kept, [side.text for side in sides]), dress_of(ours, block.holds)
    host = _host(sides, plain, all(spot.is_agreed for spot in spots))
    things = _things(sides, host, plain, spots)
    if things is None or _loses_struck(sides, host, ours):
        return None, []
    worded = [change for spot in spots for change in _edits(spot, host, sides)]
    twin = sides[host].one.carry(sides[host].element)
    try:
        for change in sorted([*worded, *things], key=lambda each: each.edit.start)[::-1]:
            _carry_out(change, twin, block)
    except CannotEditError:
        return None, []
    for side in sides:
        take_comments(side.one, side.element, twin)
    people = [side.one.person for side in sides]
    return twin, list(people_differ_in(block.key, spots, host, people, sides[host].text))


def _loses_struck(sides: Sequence[Side], host: int, ours: Element) -> bool:
    """Would words be lost that somebody else than the host typed, and struck out with a tracked change?"""
    struck = sum((side.struck - sides[host].struck for side in sides), Counter[str]())
    return bool(struck - Counter(words(seen(ours).kept)))


def _host(sides: Sequence[Side], plain: Dress, is_agreed: bool) -> int:
    """Whose paragraph the others' changes are put into: the draft's in hand where people part, or changes wait in it;
    else of who gave words another look, tracked a change, put something else into it, the first.
    """
    pending = [n for n, side in enumerate(sides) if is_pending(side.element)]
    if sides[0].one.newer and (not is_agreed or 0 in pending):
        return 0
    looks = [n for n, side in enumerate(sides) if side.dress.looks != plain.looks]
    rich = [n for n, side in enumerate(sides) if side.dress != plain]
    return next(iter([*looks, *pending, *rich]), 0)


def _things(sides: Sequence[Side], host: int, plain: Dress, spots: Sequence[Spot]) -> list[_Change] | None:
    """What the others put in that is no words, each at its place in the host's text; what two put in, once. None where
    somebody's cannot be put in: a control around words, words of another look, or a thing that they took out.
    """
    found, there = list[_Change](), sides[host].dress.held
    for n, side in enumerate(sides):
        if n == host:
            continue
        if side.dress.looks not in (plain.looks, sides[host].dress.looks) or plain.held - side.dress.held:
            return None
        more, there = side.dress.held - there, there | side.dress.held
        for held, place, run in side.things() if more else ():
            if more[held]:
                more -= Counter([held])
                at = _in_host(place, n, host, spots)
                found.append(_Change(Edit(at, at, ""), side.revisions, side.one.carry(run)))
        if more:
            return None
    return found


def _in_host(at: int, person: int, host: int, spots: Sequence[Spot]) -> int:
    """Where in the host's text a place in a person's is: of one inside of a spot, where that ends."""
    before = [spot for spot in spots if spot.spans[person][0] < at]
    if not before:
        return at
    (_, theirs), (_, ours) = before[-1].spans[person], before[-1].spans[host]
    return ours + max(0, at - theirs)


def _edits(spot: Spot, host: int, sides: Sequence[Side]) -> Iterator[_Change]:
    """What is to be done at a spot of the host's text: the version that stands, if it is not the host's own; each that
    cannot stand beside it follows it, tracked, as words of their own.
    """
    (start, end), stands, text = spot.spans[host], standing(spot, host), sides[host].text
    if host not in stands.people:
        yield _Change(Edit(start, end, stands.text), sides[stands.people[0]].revisions)
    for version in spot.versions:
        if version is not stands and normalised(version.text):
            before = text[:end] if host in stands.people else text[:start] + stands.text
            said = version.text.strip()
            apart = f"{said} " if not before or before[-1].isspace() else f" {said}"
            yield _Change(Edit(end, end, apart), sides[version.people[0]].one.revisions)


def _carry_out(change: _Change, twin: Element, block: Handed) -> None:
    if change.thing is None:
        rewrite(twin, [change.edit], block.shown, change.revisions)
    else:
        put_in(twin, change.edit.start, change.thing, change.revisions)


def take_comments(one: Theirs, element: Element, twin: Element) -> None:
    """Puts the comments of a person's paragraph on one that holds their words."""
    there = set(comments_in(twin))
    for number in filter(None, map(one.comment, comments_in(element))):
        if number not in there:
            there.add(number)
            twin.insert(1 if twin.find(qn("w:pPr")) is not None else 0, make("w:commentRangeStart", id=number))
            twin.append(make("w:commentRangeEnd", id=number))
            twin.append(run_of(make("w:commentReference", id=number), None))


def comments_in(element: Element) -> list[str]:
    """The numbers of the comments on an element, or in it."""
    return [mark.get(ID, "") for mark in element.iter(_REFERENCE)]

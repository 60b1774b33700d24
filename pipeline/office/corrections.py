"""Corrections offered back: which cell to change to what, where somebody corrected in the draft what a cell says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from pipeline.blocks import WORDING, Fact
from pipeline.dates import When
from pipeline.formats import day, when
from pipeline.office.sources import Sources
from pipeline.problems import Place
from pipeline.read import Written, parse_date
from pipeline.revise.wordwise import Edit, applied, edits


@dataclass(frozen=True, slots=True)
class Correction:
    """What to change so that the files say what somebody wrote in the draft: at which `place` (`where` in words), which
    words to which. `new` is blank where no one cell says them: they are worked out, or told otherwise, from what is
    there.
    """

    place: Place
    where: str
    old: str
    new: str = ""


class Piece(NamedTuple):
    """A stretch of a text that a cell says in these very words; `whole`: it is all of the text."""

    place: Place
    start: int
    end: int
    whole: bool


def corrections_of(
    sources: Sources, facts: Iterable[Fact], now: Sequence[str], there: Sequence[str]
) -> tuple[Correction, ...]:
    """What to correct where the words `there` say otherwise what facts print in the texts that the facts give `now`."""
    if len(now) != len(there):
        return ()
    found: dict[Correction, None] = {}
    known = [fact for fact in facts if fact.how != WORDING]
    for cell, (fact_text, words) in enumerate(zip(now, there, strict=True)):
        own = [fact for fact in known if fact.cell == cell]
        found |= dict.fromkeys(in_text(sources, own, fact_text, edits(fact_text, words)))
    return tuple(found)


def in_text(sources: Sources, facts: Sequence[Fact], now: str, changes: Sequence[Edit]) -> Iterator[Correction]:
    """What to correct for the changes that somebody made to one text."""
    pieces = {fact: tuple(pieces_of(sources, fact, now)) for fact in facts}
    left = list(changes)
    for piece in dict.fromkeys(chain.from_iterable(pieces.values())):
        inside = [edit for edit in left if is_within(edit, piece)]
        old = now[piece.start : piece.end]
        new = applied(old, (Edit(e.start - piece.start, e.end - piece.start, e.text) for e in inside)).strip()
        if inside and new and may_stand(sources, piece.place, new):
            yield Correction(piece.place, sources.in_words([piece.place]), old, new)
            left = [edit for edit in left if edit not in inside]
    for fact, own in pieces.items():
        parted = (edit for edit in left if fact.overlaps(edit.start, edit.end))
        if "[[" not in fact.text and any(not own or any(is_within(edit, each) for each in own) for edit in parted):
            yield Correction(fact.sources[0], sources.in_words(fact.sources), fact.text)


def is_within(edit: Edit, piece: Piece) -> bool:
    """Is a change one of a piece's own words? What comes in beside them may belong to the sentence."""
    if edit.start == edit.end and not piece.whole:
        return piece.start < edit.start < piece.end
    return piece.start <= edit.start and edit.end <= piece.end


def pieces_of(sources: Sources, fact: Fact, now: str) -> Iterator[Piece]:
    """The stretches of a fact that its cells say in these very words."""
    for place in fact.sources:
        for said in [fact.text] if not place.cell else said_by(sources, place):
            at = fact.text.find(said) if said else -1
            if at >= 0:
                start = fact.start + at
                yield Piece(place, start, start + len(said), len(said) == len(now))


def said_by(sources: Sources, place: Place) -> tuple[str, ...]:
    """What a cell says, as a paper prints it: each line of one that holds several."""
    known, column = sources.known(place), sources.column(place)
    value = known.record.values.get(column.name) if known and column else None
    style = sources.material.report.formats.dates
    if isinstance(value, tuple):
        return tuple(map(str, value))
    if type(value) is dt.date:
        return (day(value, style),)
    if isinstance(value, When):
        return (when(value, style),)
    return (str(value),) if isinstance(value, str | float) else ()


def may_stand(sources: Sources, place: Place, words: str) -> bool:
    """May these words be typed there: in a column of dates, are they one?"""
    column = sources.column(place)
    if column is None or column.type not in ("day", "when"):
        return True
    return isinstance(parse_date(words), Written) or words in column.open_words.values()

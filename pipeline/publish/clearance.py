"""Clearance: whether the text that will be printed is the text that was signed off, section by section.

A sign-off is bound to the exact words by their hash. Where the clearance sheet has a column for the hash, that binds.
Where it has none, the words are those first seen together with that sign-off (who, and on which day): the caller
remembers their hash beside the outputs and gives it back each time. So a sign-off typed again for later words, with its
new day, binds the later words; words changed under an old sign-off do not pass. A file whose first sight comes after
the sign-off cannot be told from one changed in between, and is taken as it is; the record says when it was first seen.
A sign-off whose day is still to come counts as none, and so does one whose day lies before the file says that it was
last saved, unless these very words were seen with it: a file may be saved again without a change of its words.
Line ends are the only thing made alike before hashing, since programs change them by themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from pipeline.catalogue import problem
from pipeline.kinds import Clearance, Comment, Paragraph
from pipeline.nearest import nearest
from pipeline.problems import NOWHERE, Level, Place, Problem
from pipeline.store import sha256_of

Remembered = Mapping[str, str]


class State(StrEnum):
    """How a section stands."""

    CLEARED = "cleared"
    NOT_CLEARED = "not cleared"
    TO_COME = "not cleared, for its day is still to come"
    UNSEEN = "not cleared, for it was saved after its day"
    CHANGED = "cleared, then changed"
    OLD = "cleared before the facts"
    MISSING = "missing"


_CODES = {
    State.MISSING: "C201",
    State.NOT_CLEARED: "C202",
    State.CHANGED: "C203",
    State.OLD: "C204",
    State.UNSEEN: "C209",
}


@dataclass(frozen=True, slots=True)
class SectionClearance:
    """One section: its state, the hash of its words, and its sign-off if there is one."""

    section: str
    state: State
    words: str = ""
    signed: Clearance | None = None
    source: Place = NOWHERE
    saved_on: dt.date | None = None


class Demand(NamedTuple):
    """What the report asks of a section: whether it must be there, and how many days old its clearance may be.

    Days are counted back from the day on which the facts stand (`facts_at`).
    """

    title: str
    required: bool = True
    within_days: int = 60
    file: str = ""


class Days(NamedTuple):
    """The day of the facts, and the day on which it is asked how things stand."""

    facts_at: dt.date
    today: dt.date


def words_hash(comment: Comment) -> str:
    """SHA-256 of a comment's words, paragraph by paragraph, with its lists told apart from text."""
    lines = (f"{kind_of(each)}|{''.join(run.text for run in each.runs)}" for each in comment.paragraphs)
    return sha256_of("\n".join(line.replace("\r\n", "\n").replace("\r", "\n") for line in lines).encode())


def kind_of(paragraph: Paragraph) -> str:
    """What a paragraph is. A heading counts as the paragraph that it was to versions before 0.2.0."""
    return "" if paragraph.style == "heading" else paragraph.style


def memory_key(signed: Clearance) -> str:
    """The name under which the words of a sign-off are remembered: section, who, and the day."""
    return f"{signed.section.casefold()}|{signed.cleared_by.casefold()}|{signed.cleared_on}"


def section_clearances(
    demands: Mapping[str, Demand],
    comments: Iterable[Comment],
    clearances: Iterable[Clearance],
    remembered: Remembered,
    when: Days,
) -> tuple[SectionClearance, ...]:
    """How every demanded section stands, in the order of `demands`. A section's last sign-off by day counts, of those
    whose day has come.
    """
    texts = {each.section.casefold(): each for each in comments}
    signed: dict[str, Clearance] = {}
    for each in sorted(clearances, key=lambda one: (not to_come(one, when.today), one.cleared_on or dt.date.min)):
        signed[each.section.casefold()] = each
    return tuple(
        _section_clearance(name, demand, texts.get(name.casefold()), signed.get(name.casefold()), remembered, when)
        for name, demand in demands.items()
    )


def to_come(signed: Clearance, today: dt.date) -> bool:
    """Does the sign-off bear a day that nobody can have cleared anything on yet?"""
    return signed.cleared_on is not None and signed.cleared_on > today


def to_remember(found: Iterable[SectionClearance], remembered: Remembered) -> dict[str, str]:
    """What the caller should keep from now on: `remembered`, and the words of each sign-off seen for the first time.

    A sign-off older than the words binds none. One of a day to come binds them: on its day, others do not pass.
    """
    fresh = {
        memory_key(each.signed): each.words
        for each in found
        if each.signed is not None and each.signed.cleared_on and each.words and not each.signed.text_hash
        if each.state is not State.UNSEEN
    }
    return {**fresh, **remembered}


def clearance_problems(found: Iterable[SectionClearance], demands: Mapping[str, Demand]) -> list[Problem]:
    """What stands in the way of publication (C201-C204 and C209, errors), or is only missing where it need not be
    (warning). Of a day to come `register_problems` tells.
    """
    return [_problem(section, demands[section.section]) for section in found if section.state in _CODES]


def _section_clearance(
    name: str, demand: Demand, text: Comment | None, signed: Clearance | None, remembered: Remembered, when: Days
) -> SectionClearance:
    if text is None or not any("".join(run.text for run in each.runs).strip() for each in text.paragraphs):
        return SectionClearance(name, State.MISSING, "", signed, text.source if text else NOWHERE)
    words = words_hash(text)
    state = _state(demand, text, signed, {words, text.sha256.lower()}, remembered, when)
    return SectionClearance(name, state, words, signed, text.source, text.saved_on)


def _state(
    demand: Demand, text: Comment, signed: Clearance | None, hashes: set[str], remembered: Remembered, when: Days
) -> State:
    if signed is None or signed.cleared_on is None or not signed.cleared_by.strip():
        return State.NOT_CLEARED
    bound = signed.text_hash.strip().lower() or remembered.get(memory_key(signed), "")
    if to_come(signed, when.today):
        return State.TO_COME
    if bound not in {"", *hashes}:
        return State.CHANGED
    if signed.cleared_on < when.facts_at - dt.timedelta(days=demand.within_days):
        return State.OLD
    return State.UNSEEN if not bound and signed.cleared_on < _last_saved(text, when) else State.CLEARED


def _last_saved(text: Comment, when: Days) -> dt.date:
    """The day on which a file says that it was last saved, none that is to come; the first of all where it does not."""
    return min(text.saved_on or dt.date.min, when.today)


def _problem(section: SectionClearance, demand: Demand) -> Problem:
    signed, place = section.signed, section.source
    if section.state is State.MISSING:
        place = Place(demand.file)
    elif signed:  # the cell that a sign-off lacks, else that of its day
        place = signed.place("cleared_on" if signed.cleared_by.strip() else "cleared_by")
    who, cleared = (signed.cleared_by, signed.cleared_on) if signed else ("", None)
    told = {
        "title": demand.title,
        "days": demand.within_days,
        "who": who,
        "cleared": cleared,
        "saved": section.saved_on,
    }
    return as_demanded(demand, problem(_CODES[section.state], place, **told))


def as_demanded(demand: Demand, found: Problem) -> Problem:
    """A problem of a section, which is a warning where the report can do without that."""
    return found if demand.required else replace(found, level=Level.WARNING)


def register_problems(
    clearances: Iterable[Clearance], demands: Mapping[str, Demand], meeting_on: dt.date, today: dt.date
) -> Iterator[Problem]:
    """What is wrong in the register itself: an unknown section (C205), another file (C206), a day after the meeting
    (C207), or after today (C208).
    """
    known = {name.casefold(): demand for name, demand in demands.items()}
    for signed in clearances:
        demand = known.get(signed.section.strip().casefold())
        if demand is None:
            near = (nearest(signed.section, known) or "").capitalize()
            yield problem("C205", signed.place("section"), section=signed.section, near=near)
            continue
        names = {demand.file.casefold(), demand.file.rpartition("/")[2].casefold()}
        if signed.file and signed.file.strip().casefold() not in names:
            yield as_demanded(demand, problem("C206", signed.place("file"), file=signed.file, printed=demand.file))
        told = {"title": demand.title, "cleared": signed.cleared_on}
        if to_come(signed, today):
            yield as_demanded(demand, problem("C208", signed.place("cleared_on"), **told))
        elif signed.cleared_on and signed.cleared_on > meeting_on:
            yield problem("C207", signed.place("cleared_on"), **told)

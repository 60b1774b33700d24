"""Comments, and the records of the standard kinds with the fields that Python asks for; the tables have them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.blocks import Drawn, Listed, Run
from pipeline.dates import When
from pipeline.kinds.declared import STANDARD, Choice
from pipeline.kinds.records import Record
from pipeline.problems import NOWHERE, Place

TYPES: dict[str, type[Record]] = {}


class Row(Record):
    """A record of a standard kind: each field that is declared here is read from its values."""

    __slots__ = ()

    def __init_subclass__(cls, *, kind: str) -> None:
        fields = STANDARD[kind].fields
        cls.blanks = {name: each.blank for name, each in fields.items()}
        cls.unasked = frozenset(name for name, each in fields.items() if not each.column)
        for name in cls.__annotations__:
            setattr(cls, name, _reads(fields[name].name))
        TYPES[kind] = cls


def _reads(name: str) -> property:
    """An attribute that has the value of a field."""
    return property(lambda record: record.values[name])


class Action(Row, kind="actions"):
    """A row of the tracker: something to be done, by when, and how it stands."""

    __slots__ = ()
    ref: str
    area: str
    activity: str
    deadline: When | None
    status: Choice
    rag: str
    completed_on: dt.date | None
    review_on: When | None
    lead: str
    in_plan: bool | None
    notes: str
    exempt: str


class Progress(Row, kind="progress"):
    """One area's figures as submitted with an update: `complete` of `actions`, and the percentage typed beside them."""

    __slots__ = ()
    update: int
    area: str
    heading: str
    actions: int
    complete: int
    percent: Decimal | None


class Letter(Row, kind="letters"):
    """A row of the correspondence log. `update` is the number of the update it is about; `points` are one a line.

    Of letters that may not be public an open one knows no more than that one answered it (`answered_in_private`), or
    that it answers one (`answers_private`; `in_reply_to` is blank then). `thread` is the open letter with which the
    correspondence began that leads to it over letters that may not be public, by which its update is found.
    """

    __slots__ = ()
    ref: str
    date: dt.date
    direction: Literal["in", "out"]
    sender: str
    recipient: str
    kind: str
    subject: str
    update: int | None
    in_reply_to: str
    reply_expected: str
    points: tuple[str, ...]
    appendix_title: str
    file: str
    exempt: str
    answered_in_private: bool
    answers_private: bool
    thread: str


class Meeting(Row, kind="meetings"):
    """A meeting that a paper is for."""

    __slots__ = ()
    body: str
    date: dt.date
    short_name: str
    time: str
    venue: str
    item: str
    called_on: dt.date | None
    adjourned_from: dt.date | None
    to_follow: bool | None
    urgency: str
    chair: str
    agreed_on: dt.date | None
    lateness: str
    public_interest: str


class Workshop(Row, kind="workshops"):
    """A dated gathering: with whom, and what for."""

    __slots__ = ()
    date: dt.date
    attended_by: str
    purpose: str


class Update(Row, kind="updates"):
    """A submission in a series, due on one day and sent on another."""

    __slots__ = ()
    number: int
    due: dt.date | None
    submitted: dt.date | None
    final: bool


class Direction(Row, kind="directions"):
    """A dated instrument in a register."""

    __slots__ = ()
    date: dt.date
    note: str


class Workstream(Row, kind="workstreams"):
    """A piece of work that is live or not, and how it stands."""

    __slots__ = ()
    name: str
    position: str
    live: bool


class ClosedDay(Row, kind="closed_days"):
    """A day on which the council is closed, besides weekends and bank holidays."""

    __slots__ = ()
    date: dt.date
    reason: str


class Clearance(Row, kind="clearances"):
    """Sign-off of a section's text: who and when."""

    __slots__ = ()
    section: str
    file: str
    cleared_by: str
    cleared_on: dt.date | None
    text_hash: str


class Acceptance(Row, kind="acceptances"):
    """A warning that an officer accepts: its code, where (a cell, a place or the value in question), why, and who."""

    __slots__ = ()
    code: str
    where: str
    reason: str
    by: str
    date: dt.date | None


class Sentence(Row, kind="sentences"):
    """A row of the wording sheet. `for_each` names a list or is blank; `show_when` names lists that must hold."""

    __slots__ = ()
    section: str
    text: str
    joins: bool
    for_each: str
    show_when: str


class Paragraph(NamedTuple):
    """A paragraph of a Word comment: its runs, what it is besides a paragraph, how deep a heading, which item; or a row
    of a table, whose runs are those of all its cells.
    """

    runs: tuple[Run, ...]
    style: Literal["", "bullet", "number", "heading", "note"] = ""
    source: Place = NOWHERE
    depth: int = 0
    listed: Listed | None = None
    row: Drawn | None = None


class Comment(NamedTuple):
    """A comment that a service sent as a Word file, and the day on which the file says that it was last saved."""

    section: str
    paragraphs: tuple[Paragraph, ...]
    source: Place
    sha256: str = ""
    saved_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """All that was read for one paper, and may be public: rows that may not be are in no field of it (`Withheld`).

    `own` are records of the report's own kinds, `position_at` the day of which the tracker tells, `left_out` refs and
    areas of rows that could not be taken, `exempt` the paragraphs by which rows may not be public, with a letter's day.
    """

    actions: tuple[Action, ...] = ()
    progress: tuple[Progress, ...] = ()
    letters: tuple[Letter, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    updates: tuple[Update, ...] = ()
    directions: tuple[Direction, ...] = ()
    workstreams: tuple[Workstream, ...] = ()
    closed_days: tuple[ClosedDay, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    comments: tuple[Comment, ...] = ()
    own: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    position_at: dt.date | None = None
    position_cell: Place = NOWHERE
    left_out: frozenset[str] = frozenset()
    exempt: tuple[tuple[str, dt.date | None], ...] = ()

    def meeting(self, on: dt.date) -> Meeting:
        """The calendar's row of a day's meeting; a meeting of no body where it has none on that day."""
        return next((each for each in self.meetings if each.date == on), Meeting(key=on.isoformat(), body="", date=on))

    def of(self, kind: str) -> tuple[Record, ...]:
        """The records of a kind by its name; none for a kind of which nothing was read."""
        return getattr(self, kind, ()) if kind in STANDARD else self.own.get(kind, ())

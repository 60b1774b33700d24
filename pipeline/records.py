"""Records: the rows of the officers' files, typed, each value knowing the cell it was read from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from pipeline.blocks import Run
from pipeline.problems import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as the officer gave it: a day, a month, or open words such as "On-going".

    `first` and `last` are the days it may mean (the month's first and last day); both None for open words.
    """

    precision: Literal["day", "month", "open"]
    first: dt.date | None
    last: dt.date | None
    words: str = ""

    def before(self, day: dt.date) -> bool:
        """Is all of it before `day`? Open words never are."""
        return self.last is not None and self.last < day


class Status(StrEnum):
    """What a tracker's status word means; which words mean it is the report's setting."""

    OPEN = "open"
    PAUSED = "paused"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row. `key` names it for good; `cells` says where each field was read; `others` are extra columns."""

    key: str
    source: Place = NOWHERE
    cells: Mapping[str, Place] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    def place(self, name: str) -> Place:
        """The cell of one field, or the row where the field has no cell of its own."""
        try:
            return self.cells[name]
        except KeyError:
            return self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Record):
    """A row of the tracker: something to be done, by when, and how it stands."""

    ref: str
    area: str
    activity: str
    deadline: When | None = None
    status: Status = Status.OPEN
    status_words: str = ""
    rag: str = ""
    completed_on: dt.date | None = None
    review_on: When | None = None
    lead: str = ""
    in_plan: bool | None = None
    notes: str = ""
    exempt: str = ""
    """The paragraph by which the row is withheld: blank in every record that a paper may tell of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Record):
    """One area's figures as submitted with an update: `complete` of `actions`, and the percentage typed beside them."""

    update: int
    area: str
    heading: str = ""
    actions: int = 0
    complete: int = 0
    percent: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Record):
    """A row of the correspondence log. `update` is the number of the update it is about; `points` are one a line.

    Of letters that may not be public an open one knows no more than that one answered it (`answered_in_private`), or
    that it answers one (`answers_private`; `in_reply_to` is blank then). `thread` is the open letter with which the
    correspondence began that leads to it over letters that may not be public, by which its update is found.
    """

    ref: str
    date: dt.date
    direction: Literal["in", "out"]
    sender: str
    recipient: str
    kind: str = ""
    subject: str = ""
    update: int | None = None
    in_reply_to: str = ""
    reply_expected: str = ""
    points: tuple[str, ...] = ()
    appendix_title: str = ""
    file: str = ""
    exempt: str = ""
    answered_in_private: bool = False
    answers_private: bool = False
    thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Record):
    """A meeting that a paper is for."""

    body: str
    date: dt.date
    short_name: str = ""
    time: str = ""
    venue: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop(Record):
    """A dated gathering: with whom, and what for."""

    date: dt.date
    attended_by: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update(Record):
    """A submission in a series, due on one day and sent on another."""

    number: int
    due: dt.date | None = None
    submitted: dt.date | None = None
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction(Record):
    """A dated instrument in a register."""

    date: dt.date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workstream(Record):
    """A piece of work that is live or not, and how it stands."""

    name: str
    position: str = ""
    live: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay(Record):
    """A day on which the council is closed, besides weekends and bank holidays."""

    date: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance(Record):
    """Sign-off of a section's text: who and when."""

    section: str
    file: str = ""
    cleared_by: str = ""
    cleared_on: dt.date | None = None
    text_hash: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a Word comment: its runs, and `bullet` or `number` where it is in a list."""

    runs: tuple[Run, ...]
    style: Literal["", "bullet", "number"] = ""
    source: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that a service sent as a Word file: finance, legal and the like."""

    section: str
    paragraphs: tuple[Paragraph, ...]
    source: Place
    sha256: str = ""
    saved_on: dt.date | None = None
    """The day on which the file says that it was last saved."""


@dataclass(frozen=True, slots=True)
class Records:
    """All that was read for one paper, and may be public: rows that may not be are in no field of it (`Withheld`)."""

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
    comments: tuple[Comment, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    position_at: dt.date | None = None
    left_out: frozenset[str] = frozenset()
    """Refs and areas of rows that could not be taken: what speaks of them is not at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Record):
    """A row of the wording sheet. `for_each` names a list or is blank; `show_when` names lists that must hold."""

    section: str
    text: str
    joins: bool = False
    for_each: str = ""
    show_when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Record):
    """A warning that an officer accepts: its code, where (a cell, a place or the value in question), why, and who."""

    code: str
    where: str = ""
    reason: str = ""
    by: str = ""
    date: dt.date | None = None

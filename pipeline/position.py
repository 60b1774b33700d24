"""The position: what a paper's records say on the day that it speaks from. What is later has not happened yet.

Sentences and rules ask the same position, so that none of them can take a row to be open that the other takes as done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.dates import Dates
from pipeline.kinds import Action, Direction, Figure, Letter, Meeting, Progress, Record, Records, Update, figure_in


class LastPaper(NamedTuple):
    """The paper of the meeting before: its day, and what its tables printed of each row: by the row's file, sheet and
    key, and the field.
    """

    meeting_on: dt.date
    printed: Mapping[tuple[str, str, str, str], str]


@dataclass(frozen=True)
class Position:
    """The records of one paper as its dates see them; `last_paper` is None where there is none, or none is asked."""

    records: Records
    dates: Dates
    last_paper: LastPaper | None = field(default=None, kw_only=True)

    @property
    def as_at(self) -> dt.date:
        """The day that the paper speaks from."""
        return self.dates.as_at

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings by date."""
        return tuple(sorted(self.records.meetings, key=lambda meeting: meeting.date))

    @cached_property
    def last_meeting_on(self) -> dt.date | None:
        """The day of the meeting before this one."""
        return max((meeting.date for meeting in self.meetings if meeting.date < self.dates.meeting_on), default=None)

    def submitted(self, update: Update) -> dt.date | None:
        """The day on which an update was submitted, if that was by `as_at`."""
        return update.submitted if update.submitted and update.submitted <= self.as_at else None

    @cached_property
    def last_update(self) -> Update | None:
        """The last update submitted by `as_at`."""
        done = (update for update in self.records.updates if self.submitted(update))
        return max(done, key=lambda update: update.number, default=None)

    @cached_property
    def next_update(self) -> Update | None:
        """The first update after the last submitted; one before it, without its day, was not sent any later."""
        last = self.last_update
        to_come = (update for update in self.records.updates if last is None or update.number > last.number)
        return min(to_come, key=lambda update: update.number, default=None)

    def considered_at(self, update: Update) -> Meeting | None:
        """The first meeting after an update was submitted."""
        on = self.submitted(update)
        return next((meeting for meeting in self.meetings if on and meeting.date > on), None)

    @cached_property
    def figures(self) -> tuple[Progress, ...]:
        """The figures submitted with the last update, which the paper prints, in the tracker's order."""
        last = self.last_update
        return tuple(figure for figure in self.records.progress if last and figure.update == last.number)

    @cached_property
    def directions(self) -> tuple[Direction, ...]:
        """The Directions made by `as_at`."""
        return tuple(direction for direction in self.records.directions if direction.date <= self.as_at)

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The letters written by `as_at`, in the log's order."""
        return tuple(letter for letter in self.records.letters if letter.date <= self.as_at)

    @cached_property
    def letter_by_ref(self) -> Mapping[str, Letter]:
        """Every letter of the log by its reference, be it later than `as_at`."""
        return {letter.ref: letter for letter in self.records.letters}

    @cached_property
    def _replies(self) -> Mapping[str, list[Letter]]:
        replies: dict[str, list[Letter]] = {}
        for letter in sorted(self.letters, key=lambda letter: letter.date):
            replies.setdefault(letter.in_reply_to, []).append(letter)
        return replies

    def replies_to(self, letter: Letter) -> Sequence[Letter]:
        """The replies to a letter, by date."""
        return self._replies.get(letter.ref, ())

    def is_answered(self, letter: Letter) -> bool:
        """Has a reply come, be it one that may not be public?"""
        return letter.answered_in_private or letter.ref in self._replies

    def is_awaiting(self, letter: Letter) -> bool:
        """Is a reply to this letter still to come?"""
        return letter.direction == "out" and bool(letter.reply_expected) and not self.is_answered(letter)

    def in_last_paper(self, record: Record, name: str, *, figure: bool = False) -> str | Figure | None:
        """What the last paper's tables printed of a row's field, as a figure if that is wanted; None if nothing."""
        where = record.source
        text = self.last_paper.printed.get((where.file, where.sheet, record.key, name)) if self.last_paper else None
        return figure_in(text) if figure and text else text

    def state_of(self, action: Action, on: dt.date | None = None) -> str:
        """What an action's status means, as it was on `as_at`, or on another day: what was completed later was open."""
        later = action.completed_on is not None and action.completed_on > (on or self.as_at)
        return "open" if action.status.meaning == "complete" and later else action.status.meaning

    def is_open(self, action: Action, on: dt.date | None = None) -> bool:
        """Was the action under way on that day?"""
        return self.state_of(action, on) == "open"

    @cached_property
    def open_actions(self) -> tuple[Action, ...]:
        """The actions under way on `as_at`."""
        return tuple(action for action in self.records.actions if self.is_open(action))

    def is_overdue(self, action: Action) -> bool:
        """Was the action under way on `as_at`, and all of its deadline past?"""
        return bool(self.is_open(action) and action.deadline and action.deadline.before(self.as_at))

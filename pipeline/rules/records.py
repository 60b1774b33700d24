"""Rules between the rows of the officers' files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from pipeline.dates import Dates
from pipeline.kinds import Records
from pipeline.problems import Problem
from pipeline.report import Report
from pipeline.rules import of_actions, of_calendar, of_letters
from pipeline.rules import of_words as of_what_is_said
from pipeline.rules.board import Board, of_records, of_words
from pipeline.rules.passages import Passage, sent
from pipeline.withheld import Withheld

MODULES = (of_actions, of_letters, of_calendar, of_what_is_said)
"""Imported, their rules are in the lists."""


def check_records(
    report: Report,
    records: Records,
    dates: Dates,
    absent: Callable[[str], tuple[str, str] | None],
    closed: frozenset[dt.date] = frozenset(),
    withheld: Sequence[Withheld] = (),
) -> list[Problem]:
    """All problems between the rows that were read, in the order of the codes; never raises PaperError.

    `absent(name)` says why an appendix file cannot be used, and the cure, None where the file is there; `closed` are
    the bank holidays and other days on which nobody meets; `withheld` are the rows that may not be public.
    """
    board = Board(records, dates, report, absent, closed, withheld, tuple(sent(records.comments)))
    return [*of_records.problems(board), *of_words.problems(board)]


def words_on_records(report: Report, records: Records, dates: Dates, said: Sequence[Passage]) -> Iterator[Problem]:
    """The problems of what somebody says of the rows in words of their own."""
    return of_words.problems(Board(records, dates, report, said=tuple(said)))

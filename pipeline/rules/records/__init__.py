"""Rules between the rows of the officers' files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from pipeline.dates import Dates
from pipeline.problems import Problem
from pipeline.records import Records
from pipeline.report import Report
from pipeline.rules.passages import sent
from pipeline.rules.records import (
    actions,
    areas,
    comments,
    doubles,
    exempt,
    letters,
    meetings,
    parties,
    progress,
    registers,
    relative,
    replies,
    updates,
    years,
)
from pipeline.rules.records.case import Case
from pipeline.withheld import Withheld

RULES: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    *actions.RULES, *areas.RULES, *progress.RULES, *updates.RULES, *letters.RULES, *replies.RULES, *exempt.RULES,
    *meetings.RULES, *registers.RULES, *comments.OF_WORDS, *comments.OF_COMMENTS, *parties.RULES, *relative.RULES,
    *doubles.RULES, *years.RULES,
)  # fmt: skip


def check_records(
    report: Report,
    records: Records,
    dates: Dates,
    absent: Callable[[str], tuple[str, str] | None],
    closed: frozenset[dt.date] = frozenset(),
    withheld: Sequence[Withheld] = (),
) -> list[Problem]:
    """All problems between the rows that were read, in the order of the rules; never raises PaperError.

    `absent(name)` says why an appendix file cannot be used, and the cure, None where the file is there; `closed` are
    the bank holidays and other days on which nobody meets; `withheld` are the rows that may not be public.
    """
    case = Case(report, records, dates, absent, closed, withheld, tuple(sent(records.comments)))
    return [problem for rule in RULES for problem in rule(case)]

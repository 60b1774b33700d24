"""What the public is told of papers kept from it: that there are some, by which paragraph of the law, and no more.

An agenda describes what is withheld in terms of Schedule 12A (Local Government Act 1972, section 100B(2) and (5)).
Title, file, date and number of such papers stay in the log: any of them may tell what the paper is about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import tomli

from pipeline.kinds import Letter, Withheld
from pipeline.problems import NOWHERE, Problem, note


def kept_back(
    withheld: Iterable[Withheld], meetings: Iterable[dt.date], meeting: dt.date, as_at: dt.date
) -> tuple[str, ...]:
    """The paragraphs by which letters that go with the paper of `meeting` are exempt, each once, in their order.

    An exempt letter goes with a paper where the log names its file, and it is of the time since the meeting before. The
    file itself is not looked for.
    """
    before = max((each for each in meetings if each < meeting), default=dt.date.min)
    found = {
        each.paragraph
        for each in withheld
        if each.paragraph in descriptions() and isinstance(letter := each.record, Letter) and letter.file.strip()
        if before < letter.date <= as_at
    }
    return tuple(sorted(found, key=int))


def described(paragraphs: Iterable[str]) -> list[dict[str, str]]:
    """Each paragraph with its description in the Schedule, for the agenda system."""
    return [{"paragraph": each, "description": descriptions()[each]} for each in paragraphs]


def exempt_notes(paragraphs: Iterable[str]) -> list[Problem]:
    """That the agenda item tells of exempt papers (C125), so that the meeting can resolve to exclude the public."""
    cure = "Put them before the meeting in its private part."
    return [
        note(
            "C125", NOWHERE, f"The agenda item says that something is exempt by paragraph {each} of Schedule 12A.", cure
        )
        for each in paragraphs
    ]


@cache
def descriptions() -> Mapping[str, str]:
    """The descriptions of Schedule 12A by paragraph."""
    return tomli.loads(Path(__file__).with_name("schedule_12a.toml").read_text(encoding="utf-8"))

"""The clock, asked here and nowhere else: whatever is worked out below is the same whenever it is worked out.

A clock that is years off, as after its battery failed, would choose the wrong meeting: what nobody vouches for is held
to what the outputs know.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.catalogue import problem
from pipeline.formats import day
from pipeline.problems import PaperError, Place
from pipeline.store import ACTS, RECORDS, meeting_folders

NOON = dt.time(12)
Clock = Literal["a person's word", "read", "read and confirmed"]
"""Whose word the day is: a person's, who names one; this computer's clock's; or that of both."""
EARLY, LATE = dt.timedelta(days=300), dt.timedelta(days=731)
"""So much earlier than what the outputs know, or later, no clock is right; days that somebody tries out lie between."""
NEWEST = 3
"""Folders of meetings that are asked what they know."""
_KNOWN = re.compile(rb'"(at|made_on)": "(\d{4}-\d\d-\d\d)')


def now(today: dt.date | None = None) -> dt.datetime:
    """The time, with its zone; noon of `today` where a day is named, for trying out what another day brings.

    SOURCE_DATE_EPOCH stands in for the clock where a build must be repeated.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    read = dt.datetime.fromtimestamp(int(fixed), dt.UTC) if fixed.isdigit() else dt.datetime.now().astimezone()
    return dt.datetime.combine(today, NOON, read.tzinfo) if today else read


def vouched_for(today: dt.date | None) -> Clock:
    """Whose word the day is, where a person named `today` or nobody did."""
    if os.environ.get("SOURCE_DATE_EPOCH", "").isdigit():
        return "a person's word"
    if today is None:
        return "read"
    return "read and confirmed" if today == now().date() else "a person's word"


class Known(NamedTuple):
    """A day that a file of the outputs knows of, and whether a clock told it."""

    day: dt.date
    file: str
    by_clock: bool


def refuse_wrong_clock(clock: Clock, today: dt.date, outputs: Path) -> None:
    """Raises PaperError (F136) where nobody vouches for the clock, and it is far from what a report's outputs know:
    hundreds of days before the newest draft, act or publication, or years after the last draft made by a clock.
    """
    known = [*known_in(outputs)] if clock == "read" else []
    ahead = [each for each in known if each.day - today > EARLY]
    last = max((each for each in known if each.by_clock), default=None)
    wrong = max(ahead, default=None) or (last if last and today - last.day > LATE else None)
    if wrong:
        words = {"clock": day(today), "known": day(wrong.day), "today": today.isoformat()}
        raise PaperError(problem("F136", Place(wrong.file), **words))


def known_in(outputs: Path) -> Iterator[Known]:
    """What the newest folders of a report know of."""
    for folder in list(meeting_folders(outputs).values())[-NEWEST:]:
        records = sorted((folder / RECORDS).glob("draft *.json"), key=lambda path: path.stem.zfill(12))[-1:]
        for path in (*records, folder / ACTS, folder / "published" / "history.json"):
            for name, text in _KNOWN.findall(path.read_bytes()) if path.is_file() else ():
                told = dt.date.fromisoformat(text.decode())
                yield Known(told, path.relative_to(outputs).as_posix(), name == b"made_on")

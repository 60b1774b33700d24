"""The three dates of a paper, and a date as precise as an officer gave it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


class Dates(NamedTuple):
    """`as_at`: facts known by then, and tense told from it; `publish_on`: last lawful day; `meeting_on`."""

    meeting_on: dt.date
    publish_on: dt.date
    as_at: dt.date


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

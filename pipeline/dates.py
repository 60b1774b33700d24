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


class Quarter(NamedTuple):
    """A quarter of a financial year: the year in which that began, and 1 (April to June) to 4 (January to March).

    Councils keep their accounts to 31 March: Local Audit and Accountability Act 2014, section 3; in Scotland, Local
    Government (Scotland) Act 1973, section 96(5).
    """

    began: int
    number: int

    @property
    def year(self) -> str:
        """The financial year: `2026/27`."""
        return f"{self.began}/{(self.began + 1) % 100:02}"

    @property
    def starts(self) -> dt.date:
        """The quarter's first day."""
        return dt.date(self.began + self.number // 4, self.number % 4 * 3 + 1, 1)

    def __str__(self) -> str:
        return f"Q{self.number} {self.year}"


def quarter_of(date: dt.date) -> Quarter:
    """The quarter of the financial year in which a day lies."""
    return Quarter(date.year - (date.month < 4), (date.month - 4) % 12 // 3 + 1)


def last_ended(day: dt.date) -> Quarter:
    """The last quarter that is over on a day, which may be its last."""
    return quarter_of(quarter_of(day + dt.timedelta(days=1)).starts - dt.timedelta(days=1))


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

"""The three dates of a paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dates:
    """`as_at`: facts known by then, and tense told from it; `publish_on`: last lawful day; `meeting_on`."""

    meeting_on: dt.date
    publish_on: dt.date
    as_at: dt.date

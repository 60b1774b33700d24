"""Rules on appendices, log and paper taken together: each named by a sentence, each with its title and file (R12)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.blocks import Context
from pipeline.dates import Dates
from pipeline.problems import Problem, error, warning
from pipeline.records import Letter, Records

TITLES = "appendices"
KEY = "appendix/"


def check_appended(context: Context, records: Records, dates: Dates) -> Iterator[Problem]:
    """P173: to be an appendix, and in no sentence. P174: an appendix by a sentence, without what makes it one."""
    named = {block.key for block in context.sections.get(TITLES, ())}
    for each in records.letters:
        if each.date > dates.as_at:
            continue
        if KEY + each.ref in named:
            yield from incomplete(each)
        elif each.appendix_title and each.date > last_meeting(records, dates):
            yield warning(
                "P173",
                each.place("appendix_title"),
                f"“{each.ref}” is to be an appendix, but no sentence of this paper names it, so it is not in it.",
                "Correct its “Direction”, “From”, “Update” or “In reply to”, by which sentences find it.",
            )


def last_meeting(records: Records, dates: Dates) -> dt.date:
    """The day of the meeting before this one: what is older was told then."""
    return max((each.date for each in records.meetings if each.date < dates.meeting_on), default=dt.date.min)


def incomplete(letter: Letter) -> Iterator[Problem]:
    """An appendix without a title, or without title and file; I447 speaks of a title without a file."""
    if not letter.appendix_title:
        lacks = "title" if letter.file else "title and no file"
        yield error(
            "P174",
            letter.place("appendix_title"),
            f"A sentence of the paper makes “{letter.ref}” an appendix, but it has no {lacks}.",
            "Enter title and file, or say the sentence only for letters that are “appended”.",
        )

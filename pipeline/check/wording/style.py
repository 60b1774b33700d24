"""Rules on the words of a standing sentence: nothing typed that will be wrong next month, no slips (R11, R14, R18)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.wording.rows import Row
from pipeline.patterns import Pattern
from pipeline.problems import Problem, note, warning
from pipeline.rules.passing_words import relative_words
from pipeline.rules.written_dates import mentions, quarters

PERCENT = Pattern(r"(?<![\w.])\d{1,3}(?:\.\d+)?\s?(?:%|per cent)")
DOUBLE = Pattern(r"(?<=\S)(?: {2,}|\u00a0 | \u00a0)(?=\S)")
CLOSING = "”’\"')]"
ENDS = Pattern(r"[.!?:;…][”’\"')\]]*$")


def typed_dates(row: Row) -> Iterator[Problem]:
    """W301: a date, or a quarter of a year, typed into a standing sentence."""
    dates = ((each.text, "update.due | day") for each in mentions(row.spoken))
    for text, field in (*dates, *((each.text, "as_at | quarter") for each in quarters(row.spoken))):
        message = f"“{text}” is typed, and will stand there every month."
        yield warning("W301", row.sentence.place("text"), message, f"Use a field, such as “{{{{ {field} }}}}”.")


def typed_percentages(row: Row) -> Iterator[Problem]:
    """W302: a percentage typed into a standing sentence."""
    for found in PERCENT.finditer(row.spoken) if "%" in row.spoken or "per cent" in row.spoken else ():
        yield warning(
            "W302",
            row.sentence.place("text"),
            f"“{found[0]}” is typed, and will stand there every month.",
            "Use a field, such as “{{ area.percent }}”.",
        )


def relative(row: Row) -> Iterator[Problem]:
    """W303: a word that holds on one day only."""
    for word in dict.fromkeys(relative_words(row.sentence.text) if row.spoken else ()):
        yield warning(
            "W303",
            row.sentence.place("text"),
            f"“{word}” may no longer be true at the meeting.",
            "Give a date with a field, such as “at {{ as_at | day }}”, or take the word out.",
        )


def blanks(row: Row) -> Iterator[Problem]:
    """W304: two blanks side by side."""
    if DOUBLE.search(row.spoken):
        yield note("W304", row.sentence.place("text"), "Two blanks stand side by side.", "Take one out.")


def full_stop(row: Row) -> Iterator[Problem]:
    """W305: a sentence without an end; not a mere entry of a list, which has few words of its own."""
    own = row.spoken.strip()
    if not own or own.endswith("–") or ENDS.search(own, max(0, len(own.rstrip(CLOSING)) - 1)):
        return
    runs_on = row.sentence.joins or (row.following is not None and row.following.joins)
    if len(re.findall(r"[A-Za-z]{2,}", own)) >= 6 or runs_on:
        yield note("W305", row.sentence.place("text"), "The sentence has no full stop at its end.", "Add one.")


RULES = (typed_dates, typed_percentages, relative, blanks, full_stop)

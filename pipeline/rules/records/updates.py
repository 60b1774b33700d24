"""Rules on the series of updates: numbers without gaps, submitted in order, none forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.problems import Problem, note, warning
from pipeline.rules.records.case import Case


def numbers(case: Case) -> Iterator[Problem]:
    """I431: a number left out."""
    ordered = sorted(case.records.updates, key=lambda each: each.number)
    for earlier, later in pairwise(ordered):
        if later.number > earlier.number + 1:
            yield warning(
                "I431",
                later.place("number"),
                f"Update {later.number} follows update {earlier.number}.",
                "Add the updates between them, or correct the number.",
            )


def order(case: Case) -> Iterator[Problem]:
    """I432: submitted or due before an update of a lower number."""
    ordered = sorted(case.records.updates, key=lambda each: each.number)
    for name, word in (("submitted", "was submitted"), ("due", "is due")):
        dated = [each for each in ordered if getattr(each, name)]
        for earlier, later in pairwise(dated):
            if getattr(later, name) < getattr(earlier, name):
                yield warning(
                    "I432",
                    later.place(name),
                    f"Update {later.number} {word} on {case.day(getattr(later, name))}, "
                    f"before update {earlier.number} ({case.day(getattr(earlier, name))}).",
                    "Correct the dates or the numbers.",
                )


def left_open(case: Case) -> Iterator[Problem]:
    """I433: not submitted, and due before `as_at`, or followed by one that was submitted."""
    last = case.last_update
    for each in case.records.updates:
        overtaken = last is not None and each.number < last.number
        if not each.submitted and (overtaken or (each.due and each.due < case.dates.as_at)):
            reason = f"was due on {case.day(each.due)}" if each.due else "is followed by one that was submitted"
            yield warning(
                "I433",
                each.place("submitted"),
                f"Update {each.number} {reason}, but has no date of submission.",
                "Enter the day on which it was submitted.",
            )


def submitted_later(case: Case) -> Iterator[Problem]:
    """I434: submitted after the day that the paper speaks from."""
    for each in case.records.updates:
        if each.submitted and each.submitted > case.dates.as_at:
            yield note(
                "I434",
                each.place("submitted"),
                f"Update {each.number} was submitted on {case.day(each.submitted)}, "
                f"after {case.day(case.dates.as_at)}, so this paper tells of it as still due.",
            )


def final(case: Case) -> Iterator[Problem]:
    """I435: called final, and followed by another."""
    highest = max((each.number for each in case.records.updates), default=0)
    for each in case.records.updates:
        if each.final and each.number < highest:
            yield warning(
                "I435",
                each.place("final"),
                f"Update {each.number} is called final, but update {highest} follows.",
                "Say “No” under “Final?”, or correct the number.",
            )


RULES = (numbers, order, left_open, submitted_later, final)

"""Rules on the correspondence log: what a letter is about, and its file."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.near import did_you_mean
from pipeline.check.records.case import Case
from pipeline.problems import Problem, error, note


def about(case: Case) -> Iterator[Problem]:
    """I440: about an update that the list of updates does not have."""
    numbers = {each.number for each in case.records.updates}
    for each in case.records.letters:
        if each.update is not None and each.update not in numbers:
            known = [str(number) for number in sorted(numbers)]
            yield error(
                "I440",
                each.place("update"),
                f"“{each.ref}” is about update “{each.update}”, which the list of updates does not have.",
                did_you_mean(str(each.update), known, "Correct the number, or add the update to its list."),
            )


def appendix(case: Case) -> Iterator[Problem]:
    """I447, I448, I449: an appendix needs a title and a file that is there (R12)."""
    for each in case.records.letters:
        if each.exempt:
            continue
        if each.appendix_title and not each.file:
            yield error(
                "I447",
                each.place("file"),
                f"“{each.ref}” is to be an appendix, “{each.appendix_title}”, but no file is named.",
                "Enter the file's name as it stands in the folder of appendices.",
            )
        elif each.appendix_title and (reason := case.absent(each.file)):
            yield error("I448", each.place("file"), *reason)
        elif each.file and not each.appendix_title:
            yield note(
                "I449",
                each.place("appendix_title"),
                f"“{each.ref}” has a file, “{each.file}”, but no title as an appendix, so it is not appended.",
                "Give it a title if it is to be an appendix.",
            )


def dated_later(case: Case) -> Iterator[Problem]:
    """I450: dated after the day that the paper speaks from."""
    for each in case.records.letters:
        if each.date > case.dates.as_at:
            yield note(
                "I450",
                each.place("date"),
                f"“{each.ref}” is dated {case.day(each.date)}, after {case.day(case.dates.as_at)}, "
                "so this paper does not tell of it.",
            )


RULES = (about, appendix, dated_later)

"""Rules on exempt rows. No message quotes anything of such a row but the paragraph's number.

Local Government Act 1972, Schedule 12A: paragraphs 1 to 7 (Part 1, England), 12 to 18 (Part 4, Wales).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.problems import Problem, error
from pipeline.records import Letter
from pipeline.rules.records.case import Case

PARAGRAPHS = {"england": (1, 7), "wales": (12, 18)}


def paragraphs(case: Case) -> Iterator[Problem]:
    """I451: a paragraph that the Schedule does not have for this nation (R4)."""
    low, high = PARAGRAPHS.get(case.report.nation, (0, 99))
    for each in case.withheld:
        if each.paragraph.isdecimal() and not low <= int(each.paragraph) <= high:
            yield error(
                "I451",
                each.mark,
                f"“{each.paragraph}” is no paragraph of Schedule 12A by which a row can be exempt.",
                f"Give a paragraph from {low} to {high}.",
            )


def appended(case: Case) -> Iterator[Problem]:
    """I452: exempt, and to be an appendix. Where it cannot be told whether the row is exempt, that is told already."""
    for each in case.withheld:
        if each.paragraph.isdecimal() and isinstance(each.record, Letter) and each.record.appendix_title:
            yield error(
                "I452",
                each.record.place("appendix_title"),
                "The letter is exempt, so it cannot be an appendix of a paper that is open.",
                "Clear “Appendix title”, or clear “Exempt” if the letter may be published.",
            )


def closed(case: Case) -> Iterator[Problem]:
    """I465: a closed day that is kept back, so that the clear days before a meeting would be reckoned without it."""
    for each in case.withheld:
        if each.kind == "closed_days":
            yield error(
                "I465",
                each.mark,
                "A closed day cannot be exempt: it counts when the day of publication is reckoned.",
                "Clear this cell, and give a reason that may be public, or none.",
            )


RULES = (paragraphs, appended, closed)

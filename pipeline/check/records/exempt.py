"""Rules on exempt letters. No message quotes anything of such a letter but the paragraph's number.

Local Government Act 1972, Schedule 12A: paragraphs 1 to 7 (Part 1, England), 12 to 18 (Part 4, Wales).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.records.case import Case
from pipeline.problems import Problem, error, warning

PARAGRAPHS = {"england": (1, 7), "wales": (12, 18)}


def paragraphs(case: Case) -> Iterator[Problem]:
    """I451, I453: a paragraph that the Schedule does not have, or none named where the body must name one (R4)."""
    bounds = PARAGRAPHS.get(case.report.nation)
    if bounds is None:
        return
    for each in case.records.letters:
        numbers = [int(number) for number in re.findall(r"\d+", re.sub(r"(?i)\b12A\b", "", each.exempt))]
        wrong = [number for number in numbers if not bounds[0] <= number <= bounds[1]]
        cure = f"Give a paragraph from {bounds[0]} to {bounds[1]}."
        if wrong:
            yield error("I451", each.place("exempt"), f"“{wrong[0]}” is no paragraph of Schedule 12A here.", cure)
        elif each.exempt and not numbers and case.report.statutory:
            yield warning("I453", each.place("exempt"), "The letter is exempt, but under no named paragraph.", cure)


def appended(case: Case) -> Iterator[Problem]:
    """I452: exempt, and to be an appendix."""
    for each in case.records.letters:
        if each.exempt and each.appendix_title:
            yield error(
                "I452",
                each.place("appendix_title"),
                "The letter is exempt, so it cannot be an appendix of a paper that is open.",
                "Clear “Appendix title”, or clear “Exempt” if the letter may be published.",
            )


RULES = (paragraphs, appended)

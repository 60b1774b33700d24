"""Rules on references: appendices and paragraphs named by a typed number (R12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.problems import Problem, error, note, warning
from pipeline.rules.paper.case import Paper
from pipeline.rules.passages import TITLES

PARAGRAPH = re.compile(r"\bparagraphs?\s+(\d{1,2}\.\d{1,2})\b(?!\s+of\b)", re.IGNORECASE)


def appendices(paper: Paper) -> Iterator[Problem]:
    """P170, P171: an appendix by its typed number, which the paper does not have, or which will not move with it."""
    count = len(paper.context.sections.get(TITLES, ()))
    label = re.compile(
        rf"\b{re.escape(paper.report.appendix_label)}\s+(\d{{1,2}}|[A-H])\b(?!\s+(?:of|to)\s+(?:the|that)\b)"
    )
    for passage in (each for each in paper.passages if paper.report.appendix_label in each.text):
        for found in label.finditer(passage.typed):
            number = int(found[1]) if found[1].isdecimal() else "ABCDEFGH".index(found[1]) + 1
            if not 1 <= number <= count:
                cure = "Log the letter with a title as an appendix, or take the reference out."
                yield error("P170", passage.place(found[0]), f"There is no “{found[0]}” in this paper.", cure)
            else:
                yield warning(
                    "P171",
                    passage.place(found[0]),
                    f"“{found[0]}” is typed, and stays as it is when the appendices are numbered anew.",
                    "Name the letter by its date, or use the field “letter.appendix” in the wording.",
                )


def paragraphs(paper: Paper) -> Iterator[Problem]:
    """P172: a paragraph of the paper by its typed number."""
    for passage in paper.passages:
        for found in PARAGRAPH.finditer(passage.text) if "agraph" in passage.text.lower() else ():
            yield note(
                "P172",
                passage.place(found[0]),
                f"“{found[0]}” is typed, and stays as it is when a paragraph is put in before it.",
                "Say what the paragraph is about instead.",
            )


OF_WORDS = (appendices, paragraphs)

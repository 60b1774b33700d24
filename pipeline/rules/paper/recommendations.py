"""Rules on the recommendations: there are some, and each begins with what the members are asked to do (R13, R20)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.problems import NOWHERE, Problem, warning
from pipeline.rules.paper.case import Paper
from pipeline.rules.passages import shortened

SECTION = "recommendations"
VERBS = frozenset(
    ("note", "agree", "approve", "comment", "endorse", "consider", "recommend", "resolve", "say", "decide", "delegate",
     "authorise", "adopt", "accept", "receive", "support", "determine", "appoint", "confirm", "review", "ratify",
     "request", "refer", "ask", "advise", "scrutinise", "welcome", "acknowledge", "instruct", "nominate", "direct",
     "identify", "choose", "discuss", "set", "remove", "give", "make", "invite", "grant", "refuse", "defer", "reject")
)  # fmt: skip
LEADS = re.compile(r"^(?:to\s+|that\s+the\s+[\w ]{1,40}?\s+)?(?:formally\s+|jointly\s+)?([A-Za-z]+)", re.IGNORECASE)
TYPED_NUMBER = re.compile(r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|\([a-z]{1,3}\)|\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)")

OF_A_PAPER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})+\.?\s+(?=[A-Z“‘\"'(])")


def some(paper: Paper) -> Iterator[Problem]:
    """P110: a paper that asks for nothing, where the settings do not already require the section."""
    asked = paper.context.sections.get(SECTION)
    if not asked and SECTION not in paper.report.required_sections:
        yield warning("P110", NOWHERE, "The paper has no recommendations.", "Say what the meeting is asked to do.")


def verbs(paper: Paper) -> Iterator[Problem]:
    """P111: a recommendation that does not begin with a word for what members can do."""
    for passage in paper.passages:
        text = TYPED_NUMBER.sub("", passage.text).strip()
        if passage.section != SECTION or not text or text.endswith(":"):
            continue
        word = LEADS.match(text)
        if not word or word[1].casefold() not in VERBS:
            yield warning(
                "P111",
                passage.place(""),
                f"The recommendation “{shortened(text)}” does not begin with what is asked of the meeting.",
                "Begin with a word such as “Note”, “Agree” or “Approve”.",
            )


def numbers(paper: Paper) -> Iterator[Problem]:
    """P112: a paragraph whose number is typed, so that it does not move when another is put in. Services and officers
    may number points of their own.
    """
    for passage in (each for each in paper.passages if not each.in_table):
        found = (TYPED_NUMBER if passage.source == "wording" else OF_A_PAPER).match(passage.text)
        if found:
            yield warning(
                "P112",
                passage.place(""),
                f"“{found[0].strip()}” is typed before “{shortened(passage.text[found.end() :])}”.",
                "Take the number out; the template numbers paragraphs.",
            )


OF_THE_PAPER, OF_WORDS = (some,), (verbs, numbers)

"""Words such as “currently” and “soon” in cells that print (R11)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.problems import Place, Problem, warning
from pipeline.rules.records.case import Case, is_open
from pipeline.rules.relative import relative_words


def undated(case: Case) -> Iterator[Problem]:
    """I482: a word that is true on one day only, in a cell that the paper may print."""
    for place, text in printing_cells(case):
        for word in dict.fromkeys(relative_words(text)):
            yield warning(
                "I482",
                place,
                f"“{word}”{within(word, text)} may no longer be true at the meeting.",
                "Give a date or a month instead.",
            )


def printing_cells(case: Case) -> Iterator[tuple[Place, str]]:
    """The cells whose words a sentence or a table may print."""
    for letter in case.known_letters:
        yield letter.place("points"), "\n".join(letter.points)
        yield letter.place("appendix_title"), letter.appendix_title
        if case.awaiting(letter):
            yield letter.place("reply_expected"), letter.reply_expected
    for workshop in case.records.workshops:
        yield workshop.place("purpose"), workshop.purpose
    for workstream in case.records.workstreams:
        if workstream.live:
            yield workstream.place("position"), workstream.position
    yield from action_cells(case)


def action_cells(case: Case) -> Iterator[tuple[Place, str]]:
    """The activities still open; and the notes, where the settings name the column that they are kept in."""
    settings = case.report.sources.get("actions")
    for action in case.actions:
        if is_open(action, case.dates.as_at):
            yield action.place("activity"), action.activity
        if settings and "notes" in settings.headings:
            yield action.place("notes"), action.notes


def within(word: str, text: str) -> str:
    """Where a word stands, unless it is all there is."""
    return "" if word == text.strip() else f" in “{shortened(text)}”"


def shortened(text: str) -> str:
    """A cell's text on one line, cut after 70 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 70 else line[:69] + "…"


RULES = (undated,)

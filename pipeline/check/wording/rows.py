"""A row of the wording sheet, and rules on where it stands and when it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.kinds import Sentence
from pipeline.language import FIELD, LONGEST, Vocabulary, conditions, listed_name, slug, table_of
from pipeline.nearest import did_you_mean
from pipeline.problems import Problem, error, warning
from pipeline.report import Report


class Sheet(NamedTuple):
    """The wording sheet of one report; `sections` are those that the template has a place for, None if not known."""

    report: Report
    sentences: tuple[Sentence, ...]
    vocabulary: Vocabulary
    sections: frozenset[str] | None


class Row(NamedTuple):
    """One row of the sheet, as lists are named: `for_each` and `table` blank for none, `conditions` lists and whether
    they must hold something. `before` and `following` are its neighbours of the same section.
    """

    sheet: Sheet
    sentence: Sentence
    for_each: str
    conditions: tuple[tuple[str, bool], ...]
    table: str
    before: Sentence | None
    following: Sentence | None

    @property
    def needed(self) -> list[str]:
        """The lists that must hold something for the row to be said."""
        named = (self.for_each, *(name for name, wanted in self.conditions if wanted), self.table)
        return [each for each in named if each in self.sheet.vocabulary.lists]

    @property
    def barred(self) -> list[str]:
        """The lists that must hold nothing for the row to be said."""
        return [name for name, wanted in self.conditions if not wanted and name in self.sheet.vocabulary.lists]

    @property
    def spoken(self) -> str:
        """Its own words, each field replaced by a dash: none for a table, nor for what is too long to be read."""
        text = self.sentence.text
        return "" if self.table or len(text) > LONGEST else FIELD.sub("–", text)


def rows_of(sheet: Sheet) -> list[Row]:
    """Every row of a sheet."""
    rows = sheet.sentences
    return [row_of(sheet, *around) for around in zip(rows, (None, *rows), (*rows[1:], None), strict=False)]


def row_of(sheet: Sheet, sentence: Sentence, before: Sentence | None, after: Sentence | None) -> Row:
    """A row between two others."""
    near = [each if each and each.section == sentence.section else None for each in (before, after)]
    asked = conditions(sentence.show_when, sheet.vocabulary)
    for_each, table = listed_name(sentence.for_each), listed_name(table_of(sentence.text))
    return Row(sheet, sentence, for_each, tuple(asked), table, *near)


OF_THE_PAPER = "background_papers"
SINGLES = {
    "last_update": "last update",
    "next_update": "next update",
    "next_meeting": "later meeting",
    "last_meeting": "earlier meeting",
}
"""Names that stand for nobody in some months, and the list that tells."""


def known_lists(row: Row) -> Iterator[Problem]:
    """W102: a list that there is not, in For each, Show when or after `Table:`."""
    known = row.sheet.vocabulary
    named = [("for_each", row.for_each), ("text", row.table), *(("show_when", name) for name, _ in row.conditions)]
    for column, name in named:
        if name and name not in known.lists:
            either = column == "show_when" and " or " in name
            two = "Only “and” can stand between lists: make two rows, one for each."
            cure = two if either else did_you_mean(name, list(known.lists), "Choose one from the drop-down list.")
            yield error("W102", row.sentence.place(column), f"“{name}” is not a list.", cure)


def place_in_template(row: Row) -> Iterator[Problem]:
    """W104: a section that the template has no place for, so that what it says is lost."""
    name = slug(row.sentence.section)
    sections = row.sheet.sections
    if sections is not None and name not in sections:
        yield error(
            "W104",
            row.sentence.place("section"),
            f"The template has no place for the section “{row.sentence.section}”.",
            did_you_mean(name, sorted(sections), "Correct the section, or give it a place in the template."),
        )


def never_said(row: Row) -> Iterator[Problem]:
    """W105: what must hold and what must not are at odds, whatever the month."""
    if not row.barred:
        return
    needed = {wider for name in row.needed for wider in (name, *wider_lists(row, name))}
    for name in row.barred:
        if name in needed:
            yield warning(
                "W105",
                row.sentence.place("show_when"),
                f"The row is never said: it needs something in “{name}”, and asks for “no {name}”.",
                "Change “For each” or “Show when”.",
            )
            return


def wider_lists(row: Row, name: str) -> Iterator[str]:
    """The lists that a list of the report's own is narrowed from."""
    own, seen = row.sheet.report.lists, {name}
    while name in own and own[name].of not in seen:
        name = own[name].of
        seen.add(name)
        yield name


def table_alone(row: Row) -> Iterator[Problem]:
    """W106: a table that is shown once for every item of a list."""
    if row.table and row.for_each:
        yield warning(
            "W106",
            row.sentence.place("for_each"),
            f"The table “{row.table}” is shown once for each “{row.for_each}”.",
            "Leave “For each” blank; a table shows its whole list by itself.",
        )


def joins_something(row: Row) -> Iterator[Problem]:
    """W107: a row that joins the one before, where there is none in its section or where that is a table."""
    if not row.sentence.joins:
        return
    if row.before is None or row.table:
        yield warning(
            "W107",
            row.sentence.place("joins"),
            "The row joins the sentence before it, but "
            + ("is a table." if row.table else "is the first of its section."),
            "Leave “Joins previous?” blank.",
        )


def background_only(row: Row) -> Iterator[Problem]:
    """W108: the list of background papers, in a section that is written before it is known."""
    name = "background paper"
    uses = name in (*row.needed, *row.barred) or (
        "background_paper" in row.sentence.text and re.search(r"\bbackground_paper\b", row.sentence.text)
    )
    if uses and slug(row.sentence.section) != OF_THE_PAPER:
        yield error(
            "W108",
            row.sentence.place("section"),
            "The list “background paper” holds nothing yet when this section is written.",
            "Move the row to the section “Background papers”.",
        )


def sometimes_nobody(row: Row) -> Iterator[Problem]:
    """W119: a name that stands for nobody in some months, in a row that is said in those months too."""
    known, text = row.sheet.vocabulary, row.sentence.text
    for name in (each for each in SINGLES if f"{each}." in text):
        used = re.search(rf"\{{\{{[^{{}}]*\b{name}\.", text)
        asked = re.search(rf"\b(?:if|and|or)\s+(?:not\s+)?{name}\b(?!\.)", text)
        if used and not asked and not any(known.surely(name, each) for each in row.needed):
            yield warning(
                "W119",
                row.sentence.place("text"),
                f"In some months there is no “{name}”, and the sentence could not be written.",
                only_with(SINGLES[name], row.sentence.show_when.strip()),
            )


def only_with(wanted: str, asked: str) -> str:
    """How a row is said only where a list holds something, beside what it asks already."""
    if asked.casefold() in ("", "always"):
        return f"Choose “{wanted}” under “Show when”."
    return f"Write “{asked} and {wanted}” under “Show when”."


RULES = (known_lists, place_in_template, never_said, table_alone, joins_something, background_only, sometimes_nobody)

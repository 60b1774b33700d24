"""A row of the wording sheet, with all that its rules must know."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.kinds import Sentence
from pipeline.language import FIELD, LONGEST, Vocabulary, conditions, listed_name, table_of
from pipeline.report import Report


@dataclass(frozen=True, slots=True)
class Sheet:
    """The wording sheet of one report; `sections` are those that the template has a place for, None if not known."""

    report: Report
    sentences: tuple[Sentence, ...]
    vocabulary: Vocabulary
    sections: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet, as lists are named: `for_each` and `table` blank for none, `conditions` lists and whether
    they must hold something.

    `needed` are the known lists that must hold something for the row to be said, `barred` those that must not.
    `before` and `following` are its neighbours of the same section; `spoken` its own words, each field replaced by a
    dash: none for a table, nor for what is too long to be read.
    """

    sheet: Sheet
    sentence: Sentence
    for_each: str
    conditions: tuple[tuple[str, bool], ...]
    table: str
    needed: tuple[str, ...]
    barred: tuple[str, ...]
    before: Sentence | None
    following: Sentence | None
    spoken: str


def rows_of(sheet: Sheet) -> list[Row]:
    """Every row of a sheet."""
    rows = sheet.sentences
    return [row_of(sheet, *around) for around in zip(rows, (None, *rows), (*rows[1:], None), strict=False)]


def row_of(sheet: Sheet, sentence: Sentence, before: Sentence | None, after: Sentence | None) -> Row:
    """A row between two others."""
    known, for_each, table = sheet.vocabulary, listed_name(sentence.for_each), listed_name(table_of(sentence.text))
    asked = conditions(sentence.show_when, known)
    needed = (for_each, *(name for name, wanted in asked if wanted), table)
    return Row(
        sheet,
        sentence,
        for_each,
        tuple(asked),
        table,
        tuple([each for each in needed if each in known.lists]),
        tuple([name for name, wanted in asked if not wanted and name in known.lists]),
        before if before and before.section == sentence.section else None,
        after if after and after.section == sentence.section else None,
        "" if table or len(sentence.text) > LONGEST else FIELD.sub("–", sentence.text),
    )

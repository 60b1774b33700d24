"""A row of the wording sheet, with all that its rules must know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.kinds import Sentence
from pipeline.report import Report
from pipeline.vocabulary import Vocabulary

TABLE = re.compile(r"Table:\s*(.+)", re.IGNORECASE)
ALWAYS = "always"
LONGEST = 20_000
FIELD = re.compile(r"\{\{(.{0,2000}?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The wording sheet of one report; `sections` are those that the template has a place for, None if not known."""

    report: Report
    sentences: tuple[Sentence, ...]
    vocabulary: Vocabulary
    sections: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet, as lists are named: `for_each` and `table` blank for none, `conditions` lists, or `no` and
    a list. `needed` are the known lists that must hold something for the row to be said, `barred` those that must not.
    `before` and `following` are its neighbours of the same section; `spoken` its own words, each field replaced by a
    dash: none for a table, nor for what is too long to be read.
    """

    sheet: Sheet
    sentence: Sentence
    for_each: str
    conditions: tuple[str, ...]
    table: str
    needed: tuple[str, ...]
    barred: tuple[str, ...]
    before: Sentence | None
    following: Sentence | None
    spoken: str


def rows_of(sheet: Sheet) -> list[Row]:
    """Every row of a sheet."""
    sentences, lists = sheet.sentences, sheet.vocabulary.lists
    return [
        row_of(sheet, lists, *neighbours)
        for neighbours in zip(sentences, (None, *sentences), (*sentences[1:], None), strict=False)
    ]


def row_of(
    sheet: Sheet, lists: Mapping[str, str], sentence: Sentence, before: Sentence | None, after: Sentence | None
) -> Row:
    """A row between two others."""
    conditions, table = conditions_of(sentence, lists), table_of(sentence)
    for_each = folded(sentence.for_each)
    named = (for_each, *(each for each in conditions if each != ALWAYS), table)
    left_out = (each[3:] for each in conditions if each.startswith("no ") and each not in lists)
    return Row(
        sheet,
        sentence,
        for_each,
        conditions,
        table,
        tuple([each for each in named if each in lists]),
        tuple([each for each in left_out if each in lists]),
        before if before and before.section == sentence.section else None,
        after if after and after.section == sentence.section else None,
        "" if table or len(sentence.text) > LONGEST else FIELD.sub("–", sentence.text),
    )


def conditions_of(sentence: Sentence, lists: Mapping[str, str]) -> tuple[str, ...]:
    """What must hold: names of lists, or `no` and a name."""
    text = folded(sentence.show_when) or ALWAYS
    return (text,) if text in lists else tuple(text.split(" and "))


def table_of(sentence: Sentence) -> str:
    """The list that a row shows as a table; blank for none."""
    found = TABLE.fullmatch(sentence.text.strip())
    return folded(found[1]) if found else ""


def folded(name: str) -> str:
    """A list's name as it is looked up."""
    return " ".join(name.split()).casefold()

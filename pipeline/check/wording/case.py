"""A row of the wording sheet, with all that its rules must know."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.records import Sentence
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
    """One row of the sheet, by its position."""

    sheet: Sheet
    position: int

    @property
    def sentence(self) -> Sentence:
        """The row itself."""
        return self.sheet.sentences[self.position]

    @property
    def following(self) -> Sentence | None:
        """The next row of the same section, if it comes right after."""
        after = self.sheet.sentences[self.position + 1 : self.position + 2]
        return after[0] if after and after[0].section == self.sentence.section else None

    @property
    def for_each(self) -> str:
        """The list that the row is said for, as lists are named; blank for none."""
        return folded(self.sentence.for_each)

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must hold: names of lists, or `no` and a name."""
        text = folded(self.sentence.show_when) or ALWAYS
        return (text,) if text in self.sheet.vocabulary.lists else tuple(text.split(" and "))

    @property
    def table(self) -> str | None:
        """The list that the row shows as a table, as lists are named."""
        found = TABLE.fullmatch(self.sentence.text.strip())
        return folded(found[1]) if found else None

    @property
    def needed(self) -> tuple[str, ...]:
        """The known lists that must hold something for the row to be said."""
        named = [self.for_each, *(each for each in self.conditions if each != ALWAYS), self.table or ""]
        return tuple(each for each in named if each in self.sheet.vocabulary.lists)

    @property
    def barred(self) -> tuple[str, ...]:
        """The known lists that must be empty."""
        lists = self.sheet.vocabulary.lists
        left_out = (each[3:] for each in self.conditions if each.startswith("no ") and each not in lists)
        return tuple(each for each in left_out if each in lists)


def folded(name: str) -> str:
    """A list's name as it is looked up."""
    return " ".join(name.split()).casefold()

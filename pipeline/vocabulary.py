"""Vocabulary: every list, field, name and filter that the wording of one report may use, and the types of values."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from pipeline.kinds import STANDARD

VALUES = frozenset(("text", "number", "day", "when", "flag", "reference"))


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is: one of VALUES, or a kind of record (`letter`); `many` where it is a list of such.

    `day` is a full date, `when` a deadline that may be a month or open words, `flag` a yes or no, `reference` the name
    of an appendix. `lists` is a list of lists, which nothing can print.
    """

    what: str
    many: bool = False

    @property
    def is_record(self) -> bool:
        """Is it a record, with fields of its own, or a list of records?"""
        return self.what not in VALUES and self.what != "lists"

    @property
    def is_date(self) -> bool:
        """Is it a date of either kind, or a list of dates?"""
        return self.what in ("day", "when")


SAY_YES_OR_NO = frozenset(name for kind in STANDARD.values() for name, its in kind.derived.items() if its == "yes_no")
"""Fields that are worked out, and read `yes` or `no`: texts, so that they can be printed."""
TEXT, NUMBER = Type("text"), Type("number")
Shape = Literal["one", "many", "any"]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a filter takes and gives.

    `takes` are the value types, `shape` whether it wants one value, a list, or either; `counts` that it also takes any
    list, for its length. `gives` is a value type, `item` (one of the list), `field` (a list of a field named by its
    argument) or `same`; `arguments` the least and the most.
    """

    takes: frozenset[str]
    shape: Shape
    gives: str
    arguments: tuple[int, int] = (0, 0)
    counts: bool = False
    lists: bool = False


DATES, WORDS = frozenset(("day", "when")), frozenset(("text", "number", "reference"))
NUMBERS, RECORDS, ANYTHING = frozenset(("number",)), frozenset(("record",)), frozenset((*VALUES, "record"))
FILTERS: Mapping[str, Filter] = {
    "day": Filter(DATES, "any", "text"),
    "month": Filter(DATES, "any", "text"),
    "nth": Filter(NUMBERS, "one", "text", counts=True),
    "words": Filter(NUMBERS, "one", "text", counts=True),
    "plural": Filter(NUMBERS, "one", "text", (2, 2), counts=True),
    "listed": Filter(WORDS, "many", "text", (0, 1)),
    "join": Filter(WORDS, "many", "text", (0, 1)),
    "each": Filter(RECORDS, "many", "field", (1, 1)),
    "fill": Filter(RECORDS, "many", "text", (1, 1), lists=True),
    "start": Filter(WORDS, "any", "text"),
    "lower_start": Filter(WORDS, "any", "text"),
    "length": Filter(ANYTHING, "many", "number"),
    "first": Filter(ANYTHING, "many", "item"),
    "last": Filter(ANYTHING, "many", "item"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What one report's wording may use.

    `lists`: each list's name as For each and Show when write it, to the kind of its items. `kinds`: each kind to its
    fields and their types. `names`: single names, lists as fields (`letter_received`) among them. `singles`: names that
    may stand for nobody (`next_update`), to the lists that hold something only when they stand for somebody.
    """

    lists: Mapping[str, str]
    kinds: Mapping[str, Mapping[str, Type]]
    names: Mapping[str, Type]
    singles: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    filters: Mapping[str, Filter] = field(default_factory=lambda: FILTERS)

    def row_fields(self, name: str) -> frozenset[str]:
        """The fields that a table of the list can print: all but those that lead on to other records."""
        fields = self.kinds.get(self.lists.get(name, ""), {})
        return frozenset(each for each, its in fields.items() if not its.is_record)

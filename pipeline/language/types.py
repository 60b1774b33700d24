"""What a value of the language is, what a compiled expression is, and what may be wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Frame = list[Any]
"""The values of one evaluation: the world first, then a slot for each variable that the compiler gave one."""
Run = Callable[[Frame], Any]

FIGURES = frozenset(("number", "money", "percent"))
VALUES = frozenset(("text", "day", "when", "flag", "reference")) | FIGURES
SAID = {"text": "words", "number": "a number", "money": "a sum of money", "percent": "a percentage", "day": "a date",
        "when": "a date", "flag": "a yes or no", "reference": "an appendix", "lists": "a list of lists"}  # fmt: skip
MANY = {"day": "dates", "when": "dates", "text": "words", "lists": "lists", "money": "sums of money"}


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is: one of VALUES, or a kind of record (`letter`); `many` where it is a list of such.

    `number`, `money` and `percent` are figures, `day` is a full date, `when` a deadline that may be a month or open
    words, `flag` a yes or no, `reference` the name of an appendix, `lists` a list of lists, which nothing can print. A
    text with `words` can be none but these; one that was `chosen` from a list has a meaning.
    """

    what: str
    many: bool = False
    words: tuple[str, ...] = field(default=(), compare=False)
    chosen: bool = field(default=False, compare=False)

    @property
    def is_record(self) -> bool:
        """Is it a record, with fields of its own, or a list of records?"""
        return self.what not in VALUES and self.what != "lists"

    @property
    def is_date(self) -> bool:
        """Is it a date of either precision, or a list of dates?"""
        return self.what in ("day", "when")

    @property
    def is_figure(self) -> bool:
        """Is it a number, a sum of money or a percentage?"""
        return self.what in FIGURES and not self.many

    def goes_with(self, other: Type) -> bool:
        """Can the two figures be reckoned or compared with each other? A bare number goes with any."""
        return self.is_figure and other.is_figure and (self == other or "number" in (self.what, other.what))

    def is_more_or_less(self, other: Type) -> bool:
        """Can one be more than the other: two figures, or two dates?"""
        dates = self.is_date and other.is_date and not (self.many or other.many)
        return dates or self.goes_with(other)

    def __str__(self) -> str:
        """The type in an officer's words: `a date`, `a list of letters`."""
        if self.many:
            return "a list of " + (MANY.get(self.what) or f"{self.what}s")
        return SAID.get(self.what) or f"a whole {self.what}"


TEXT, NUMBER, DAY, FLAG, REFERENCE = (Type(each) for each in ("text", "number", "day", "flag", "reference"))


def how_to_print(its: Type, name: str, fields: Callable[[str], Sequence[str]]) -> str:
    """The cure for what cannot be printed as it is; `fields` are those of a kind of record that can be printed."""
    if its.what == "flag":
        return f"Write “'…' if {name} else '…'”."
    if its.what == "lists":
        return "Say the sentence “For each” of the list, and print the field of one."
    if its.many and its.is_record:
        return f"Write “{name} | words” for how many, or “{name} | each('…') | listed” for a field of each."
    if its.many:
        return f"Write “{name}{' | day' if its.is_date else ''} | listed”."
    known = fields(its.what)
    return f"Name one of its fields, such as “{name}.{known[0]}”." if known else "Name one of its fields."


def name_a_field(parts: Mapping[str, Type | None], fields: Callable[[str], Sequence[str]], otherwise: str) -> str:
    """The cure where a part of an expression is a whole record, and a field of it is meant; else another."""
    whole = ((name, its) for name, its in parts.items() if its and its.is_record and not its.many)
    return next((how_to_print(its, name, fields) for name, its in whole), otherwise)


class Code(NamedTuple):
    """An expression ready to run; `type` is None where it cannot be known. `fixed` is what never differs."""

    type: Type | None
    run: Run
    fixed: bool = False


def constant(its: Type | None, value: object) -> Code:
    """What is the same whatever the records are."""
    return Code(its, lambda _: value, True)


def is_nothing(code: Code) -> bool:
    """Is it certain to be nothing, or to hold nothing?"""
    return code.fixed and code.run([]) in (None, [])


class LeftOut(str):
    """What an “if” without an “else” comes to where it does not hold: it prints as nothing, and nothing is amiss."""


LEFT_OUT = LeftOut()


class Finding(NamedTuple):
    """Something wrong with an expression: code, what, one cure."""

    code: str
    message: str
    cure: str


class Unfilled(Exception):
    """Something cannot be written this month; the message says what, as a sentence without its full stop."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kind:
    """A kind of record: its stored fields with their types, and `follows`, the names of those that follow from them.

    `cells` are other names for what stands in a cell. `key` is the field that names one, `counted` the one on which a
    count rests, `order` the one in whose order they stand. Only definitions may ask for those that are `hidden`, and
    they leave no trace.
    """

    fields: Mapping[str, Type]
    follows: Collection[str] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    key: str = ""
    counted: str = ""
    order: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every field that wording may ask for."""
        return tuple(each for each in dict.fromkeys((*self.fields, *self.follows)) if each not in self.hidden)

"""A trial: the template filled, by the functions that make a paper, with an empty, an ordinary and a crowded month.

The records are made up from the types of their fields. What compiles can still fail in a form of Word that cannot hold
what is filled in, a block that no branch prints, or a text that does not come back from the paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any, NamedTuple

from pipeline.blocks import Block, Context, Run, Table
from pipeline.dates import When
from pipeline.formats import Formats
from pipeline.kinds import Figure, Unit
from pipeline.language import Kind, Rule, Type, Vocabulary, World, every
from pipeline.problems import NOWHERE, PaperError, Place, Problem
from pipeline.render.compile import compile_template
from pipeline.render.names import Offer, Section
from pipeline.render.paper import fill, frames_of, prove
from pipeline.transform import row_of

DAY = dt.date(2024, 2, 29)
VALUES: Mapping[str, Any] = {
    "number": 21, "day": DAY, "when": When("month", dt.date(2024, 2, 1), DAY), "flag": True, "reference": "Appendix 1",
    "money": Figure(21, Unit("money", "£")), "percent": Figure(21, Unit("percent")),
}  # fmt: skip
EMPTY, ORDINARY, CROWDED = 0, 2, 12
"""How many records of each kind a month has."""


class Made(NamedTuple):
    """A record that was made up."""

    key: str
    values: Mapping[str, Any]

    def place(self, _: str) -> Place:
        """It stands nowhere."""
        return NOWHERE


def tried(content: bytes, name: str, offer: Offer) -> list[Problem]:
    """Why the template could not be filled in some month, or does not print all of it."""
    offer = offer._replace(vocabulary=made_up(offer.vocabulary))
    try:
        template = compile_template(content, name, offer)
        for many in (EMPTY, ORDINARY, CROWDED):
            context, world = month(offer, many)
            prove(template, context, fill(template, frames := frames_of(template, context, world)), frames)
    except PaperError as refused:
        return list(refused.problems)
    return []


def made_up(known: Vocabulary) -> Vocabulary:
    """The same names with the same types, of which none asks the position of a day."""
    rules = {kind: {name: at_random(rule) for name, rule in each.items()} for kind, each in known.rules.items()}
    return replace(known, rules=rules, sentences={}, _derived={}, _defined={}, _columns={}, _without={})


def at_random(rule: Rule) -> Rule:
    """A rule of which the answer is made up, where it asks the position of a day."""
    return rule._replace(by=partial(answered, rule.gives)) if rule.by else rule


def answered(its: Type | None, world: World, _: Any) -> Any:
    """What the position of a day would say of a record, by its type."""
    if its and its.is_record:
        return next(iter(world.names[every(its.what)]), None)
    return value(its, "Words") if its else None


def month(offer: Offer, many: int) -> tuple[Context, World]:
    """The context and the world of a month with so many records of each kind."""
    known = offer.vocabulary
    records = {kind: [made(each, number) for number in range(many)] for kind, each in known.kinds.items()}
    named = {key: given(its, key, records, many) for key, its in known.given.items()}
    world = World(Formats(), named | {every(kind): each for kind, each in records.items()}, known.definition)
    fields = {name: named[f"={name}"] for name in offer.fields}
    numbers = count()
    sections = {each.name: blocks(each, known, records, world, numbers) if many else () for each in offer.sections}
    return Context(fields, sections), world


def made(kind: Kind, number: int) -> Made:
    """A record: every second has nothing in its cells but what names it and what groups it."""
    full = number % 2 == 0
    values = {name: value(its, f"{name} {number // 4} & more") if full else None for name, its in kind.fields.items()}
    return Made(f"made-up-{number}", values | ({kind.key: f"{number}"} if kind.key else {}))


def value(its: Type, words: str) -> Any:
    """A value of a type."""
    if its.many:
        return ("One", "Two <three>")
    return VALUES.get(its.what, its.words[0] if its.words else words)


def given(its: Type, key: str, records: Mapping[str, Sequence[Made]], many: int) -> Any:
    """What goes by a key that is handed to a world."""
    if its.is_record:
        held = list(records.get(its.what, ()))
        return held if its.many else next(iter(held), None)
    return value(its, f"{key.removeprefix('=')} & more" if many else "")


def blocks(
    section: Section, known: Vocabulary, records: Mapping[str, Sequence[Made]], world: World, numbers: Iterator[int]
) -> tuple[Block | Table, ...]:
    """A paragraph of each style, plain and in other looks, and a table of each list that may stand in a section."""
    found: list[Block | Table] = []
    for style in section.styles:
        runs = (Run("Words & more "), Run("bold", bold=True), Run(" <and> "), Run("slanting", italic=True))
        found.append(Block(f"made-up/{next(numbers)}", runs, style))
    for name in section.lists:
        if kind := known.kind_of(name):
            rows = tuple(row_of(each, world, known.columns(kind)) for each in records[kind])
            found.append(Table(f"made-up/{next(numbers)}", name, rows))
    return tuple(found)

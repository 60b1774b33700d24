"""What a template and the wording print, and the columns that it can come from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.catalogue import problem
from pipeline.formats import listed
from pipeline.kinds import Record, Sentence
from pipeline.nearest import much_alike
from pipeline.patterns import Pattern
from pipeline.problems import Level, Place, Problem
from pipeline.rules.near import LIKENESS, plain

MARKUP = Pattern(r"<[^<>]*>")
TAG = Pattern(r"\{[{%][^{}]*[}%]\}")
LOOP = Pattern(r"\bfor\s+\w+\s+in\s+(\w+)")
RECKONED = Pattern(r"\|\s*(?:sum|average|smallest|largest|adds_up|share|top)\s*\(((?:[^()]|\([^()]*\))*)\)")
FIELD = Pattern(r"\b(\w+)\.(\w+)|\beach\(\s*'(\w+)'|\[(\w+)\]")

NAME = Pattern(r"[a-z]\w*")
EITHER = frozenset(("update", "exempt"))
"""Fields of more than one kind of record: a tag that prints one may mean the other's."""


class Layout(NamedTuple):
    """The sections that a template loops over, the fields of records that it prints, and the names it reckons with."""

    sections: frozenset[str]
    fields: frozenset[str]
    reckoned: frozenset[str] = frozenset()


class Kept(NamedTuple):
    """The records of one kind, what a sentence calls one, and the headings of their table.

    `headings` has those of each field that the table may leave out, the report's own first; `others` are the headings
    that name no field, with their cells. `derived` is what follows from a row. `withheld` are the cells that say of
    other rows that they may not be public, `later` the rows that are not known yet.
    """

    item: str
    records: Sequence[Record]
    headings: Mapping[str, tuple[str, ...]]
    others: Mapping[str, Place]
    derived: Mapping[str, str] = {}
    withheld: Sequence[Place] = ()
    later: Sequence[Record] = ()


def layout_of(parts: Mapping[str, bytes], items: Collection[str]) -> Layout:
    """What the parts of a template print of `items`, as sentences call records. Tags cut into pieces by Word count as
    they read.
    """
    named = (name for name in parts if name.startswith("word/") and name.endswith(".xml"))
    texts = [MARKUP.sub("", parts[name].decode("utf-8", "replace")) for name in named]
    tags = " ".join(tag for text in texts for tag in TAG.findall(text))
    return Layout(frozenset(LOOP.findall(tags)), frozenset(fields_in(tags, items)), frozenset(reckoned_in(tags)))


def fields_in(text: str, items: Collection[str]) -> Iterator[str]:
    """The fields of records that tags name."""
    for owner, *names in FIELD.findall(text):
        if not owner or owner == "row" or owner in items:
            yield from filter(None, names)


def missing_columns(kept: Iterable[Kept], layout: Layout, sentences: Sequence[Sentence]) -> Iterator[Problem]:
    """I213: a column whose values the paper prints, in a table that has no such column."""
    tables = tuple(kept)
    items = frozenset(table.item for table in tables)
    for table in tables:
        for name, headings in table.headings.items() if table.records else ():
            there = any(name in each.cells or each.values.get(name) for each in table.records)
            if not there and (name in layout.fields or is_said(name, sentences, items)):
                yield missing_column(table, name, headings)


def reckoned_in(tags: str) -> Iterator[str]:
    """The names that calculations have in their brackets."""
    for inside in RECKONED.findall(tags):
        yield from NAME.findall(inside)


def left_out(kept: Iterable[Kept], layout: Layout, sentences: Sequence[Sentence]) -> Iterator[Problem]:
    """I372: what a figure that the paper works out leaves out, where officers may not think of it: blanks, rows that
    may not be public, rows of a later day.
    """
    names = layout.reckoned.union(reckoned_in(" ".join(tag for each in sentences for tag in TAG.findall(each.text))))
    for table in kept:
        behind = " ".join(table.derived[name] for name in names & table.derived.keys())
        mine = names.union(NAME.findall(behind))
        if table.records and mine & table.records[0].values.keys():
            yield from blanks(table, mine)
            yield from rows_left_out(table)


def blanks(kept: Kept, names: Collection[str]) -> Iterator[Problem]:
    """I372 for each of these columns in which a figure or a date is blank."""
    for name, headings in kept.headings.items():
        blank = [each for each in kept.records if each.values[name] is None] if name in names else []
        if blank:
            rows = len(kept.records)
            yield problem("I372", blank[0].place(name), heading=headings[0], blank=len(blank), rows=rows)


def rows_left_out(kept: Kept) -> Iterator[Problem]:
    """I372 for rows that may not be public, and for those of a later day."""
    if kept.withheld:
        yield problem("I372", kept.withheld[0], "withheld", number=len(kept.withheld))
    if kept.later:
        yield problem("I372", kept.later[0].source, "later", number=len(kept.later))


def missing_column(kept: Kept, name: str, headings: Sequence[str]) -> Problem:
    """The problem of a printed column that is not there, at the heading which is probably meant for it."""
    place, usual = kept.records[0].source, headings[0]
    told = f"The paper prints what stands under “{usual}”, and the sheet has no such heading"
    level = Level.WARNING if name in EITHER else Level.ERROR
    near = [each for each in kept.others if any(resembles(each, heading) for heading in headings)]
    if not near:
        cure = f"Name the column “{usual}”, or list its heading in report.toml."
        return Problem("I213", f"{told}.", cure, type(place)(place.file, place.sheet), level)
    at = kept.others[near[0]]
    if len(near) > 1:
        which = listed([f"“{each}” ({kept.others[each].cell})" for each in near])
        cure = f"Say which of them in report.toml, or name one of them “{usual}”."
        return Problem("I213", f"{told}; {which} may be meant for it.", cure, at, level)
    cure = f"Rename “{near[0]}” to “{usual}”, if it is the one."
    return Problem("I213", f"{told}; “{near[0]}” may be meant for it.", cure, at, level)


def resembles(text: str, heading: str) -> bool:
    """May a heading be meant for another: mistyped, or with a word more or less?"""
    one, other = plain(text), plain(heading)
    fewer, more = sorted((set(one.split()), set(other.split())), key=len)
    return bool(fewer and fewer <= more) or much_alike(one, other, LIKENESS)


def is_said(name: str, sentences: Sequence[Sentence], items: Collection[str]) -> bool:
    """Does a sentence print this field of records?"""
    told = (each.text for each in sentences if name in each.text)
    return any(name in fields_in(" ".join(TAG.findall(text)), items) for text in told)

"""Blocks: the paper's paragraphs and tables as plain values, between the transform and Word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from pipeline.problems import Place

MARK_PREFIX = "_cp_"
Raised = Literal["", "superscript", "subscript"]


def mark_name(key: str) -> str:
    """The hidden bookmark of a block: starts with `_` (so that Word hides it), 16 characters, the same for one key."""
    return MARK_PREFIX + hashlib.sha256(key.encode()).hexdigest()[:12]


class Run(NamedTuple):
    """A stretch of text of one look. With `appendix` it refers to the block of that key, and `text` reads so; with
    `link` it leads to that address.
    """

    text: str
    bold: bool = False
    italic: bool = False
    appendix: str = ""
    underline: bool = False
    raised: Raised = ""
    link: str = ""

    @property
    def is_plain(self) -> bool:
        """Is it nothing but text?"""
        return not any(self[1:])


class ListLevel(NamedTuple):
    """A level of a list: what stands before its items (`(%1)`), the number of the first, the form as Word names it."""

    text: str
    start: int
    form: str


class Listed(NamedTuple):
    """An item of a list that keeps its own labels: which `list` it is, on which of its `levels`, counted from 0."""

    list: str
    level: int
    levels: tuple[ListLevel, ...]


class Fact(NamedTuple):
    """A stretch of a text as it is printed, the cells or letters it rests on, and how it was worked out.

    It stands `start` characters into its text; of a row, which has a text a cell, into that of the `cell`, counted from
    0. `name` is the field of the row or of the header that it is. A sentence of the wording sheet is one of its
    paragraph's facts: its `how` is `WORDING`.
    """

    text: str
    sources: tuple[Place, ...]
    how: str = ""
    start: int = 0
    cell: int = 0
    name: str = ""

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.start + len(self.text)

    def covers(self, start: int, end: int) -> bool:
        """Does it print all of these characters of its text?"""
        return self.start <= start and end <= self.end

    def overlaps(self, start: int, end: int) -> bool:
        """Does it print any of these characters of its text?"""
        return self.start < end and start < self.end


WORDING = "wording"


def sources_of(facts: Iterable[Fact]) -> tuple[Place, ...]:
    """The cells and letters that facts rest on, each once and in order."""
    return tuple(dict.fromkeys([place for fact in facts for place in fact.sources]))


def moved(facts: Iterable[Fact], stretches: Sequence[tuple[str, str]]) -> Iterator[Fact]:
    """Facts of a text as they stand in another, which has the second of each pair in place of the first.

    A stretch that reads differently there belongs to a fact whole or not at all.
    """
    lengths = [(len(was), len(now)) for was, now in stretches]
    text = "".join([now for _, now in stretches])
    for fact in facts:
        start, end = shifted(fact.start, lengths), shifted(fact.end, lengths)
        yield fact._replace(text=text[start:end], start=start)


def shifted(at: int, lengths: Iterable[tuple[int, int]]) -> int:
    """Where a place of a text is, once its stretches have other lengths."""
    was = now = 0
    for before, after in lengths:
        if at < was + before:
            return now + (at - was if before == after else 0)
        was, now = was + before, now + after
    return now


class Block(NamedTuple):
    """A paragraph. `key` stays the same from month to month; `style` is a hint the template may test. `depth` is 1 for
    a sub-heading, 2 for one below such a one; `listed` is for an item whose label is its own and not the template's.
    """

    key: str
    runs: tuple[Run, ...]
    style: str = ""
    facts: tuple[Fact, ...] = ()
    depth: int = 0
    listed: Listed | None = None

    @property
    def text(self) -> str:
        """What a reader sees, without formatting."""
        return "".join([run.text for run in self.runs])


class CellText(NamedTuple):
    """A paragraph of a cell that somebody sent: its runs, its place in a list, how it is aligned (`` for left)."""

    runs: tuple[Run, ...]
    listed: Listed | None = None
    align: Literal["", "center", "right"] = ""


class Cell(NamedTuple):
    """A cell of such a table: `span` columns wide; `merge` says that it begins or continues a cell of several rows."""

    texts: tuple[CellText, ...]
    span: int = 1
    merge: Literal["", "restart", "continue"] = ""

    @property
    def text(self) -> str:
        """What a reader sees of it, a line a paragraph."""
        return "\n".join(["".join([run.text for run in each.runs]) for each in self.texts])


class Drawn(NamedTuple):
    """A row as somebody drew it: its cells, whether it is one of the headings, the number of its table in the file, and
    how wide the columns of that are, each in proportion to the others.
    """

    cells: tuple[Cell, ...]
    heads: bool
    table: int
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: field name to printed text, and field name to the fact behind it.

    `record` is what a template's conditions and filters ask; None where there is no more to it than the texts. `drawn`
    is a row that somebody sent, which is printed as they drew it.
    """

    key: str
    values: Mapping[str, str]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    record: Any = None
    drawn: Drawn | None = None


class Table(NamedTuple):
    """A list shown as a table; `list` is the list's name, which the template tests to choose the design, and blank for
    a table that somebody drew.
    """

    key: str
    list: str
    rows: tuple[Row, ...]

    @property
    def is_drawn(self) -> bool:
        """Did somebody draw it, and send it so?"""
        return any(row.drawn for row in self.rows)


@dataclass(frozen=True, slots=True)
class Context:
    """All that a template may print: single `fields`, and `sections` of paragraphs and tables in order."""

    fields: Mapping[str, str]
    sections: Mapping[str, tuple[Block | Table, ...]]
    field_facts: Mapping[str, Fact] = field(default_factory=dict)

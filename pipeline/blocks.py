"""Blocks: the paper's paragraphs and tables as plain values, between the transform and Word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.problems import Place


class Run(NamedTuple):
    """A stretch of text of one look. With `appendix` it refers to the block of that key, and `text` reads so."""

    text: str
    bold: bool = False
    italic: bool = False
    appendix: str = ""


class Fact(NamedTuple):
    """A figure, date or name as it is printed in a block, and the cells or letters it rests on."""

    text: str
    sources: tuple[Place, ...]
    how: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `key` stays the same from month to month; `style` is a hint the template may test."""

    key: str
    runs: tuple[Run, ...]
    style: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def text(self) -> str:
        """What a reader sees, without formatting."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: field name to printed text, and field name to the fact behind it."""

    key: str
    values: Mapping[str, str]
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A list shown as a table; `list` is the list's name, which the template tests to choose the design."""

    key: str
    list: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """All that a template may print: single `fields`, and `sections` of paragraphs and tables in order."""

    fields: Mapping[str, str]
    sections: Mapping[str, tuple[Block | Table, ...]]
    field_facts: Mapping[str, Fact] = field(default_factory=dict)

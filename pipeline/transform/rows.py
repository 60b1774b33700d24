"""Rows of a table: what each field of a record says and what it rests on, worked out when it is asked for.

A template shows three of a tracker's twelve columns, and a long tracker has ten thousand rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.blocks import Fact, Row
from pipeline.formats import Formats
from pipeline.language import Definition, World, places

BLANK = "–"
Columns = Mapping[str, Definition]


def row_of(record: Any, world: World, columns: Columns) -> Row:
    """A record as a table row: every field that can be printed, as text."""
    texts = Texts(record, world, columns)
    return Row(record.key, texts, Behind(texts))


class Texts(Mapping[str, str]):
    """Field names to printed texts."""

    __slots__ = ("_known", "columns", "record", "world")

    def __init__(self, record: Any, world: World, columns: Columns) -> None:
        self.record, self.world, self.columns, self._known = record, world, columns, dict[str, str]()

    def __getitem__(self, name: str) -> str:
        known = self._known.get(name)
        if known is None:
            value = self.columns[name].run(self.world, self.record)
            known = self._known[name] = as_text(value, self.world.formats)
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


class Behind(Mapping[str, Fact]):
    """Field names to the facts that the texts of a row are."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __getitem__(self, name: str) -> Fact:
        record, world, column = self._texts.record, self._texts.world, self._texts.columns[name]
        value, trace = world.traced(column, record)
        return Fact(as_text(value, world.formats), *places(trace))

    def __contains__(self, name: object) -> bool:
        return name in self._texts.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def as_text(value: Any, formats: Formats) -> str:
    """A field's value as it stands in a table cell, a dash where it is blank."""
    if value is None or value in ("", ()):
        return BLANK
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return "\n".join(str(part) for part in value)
    return str(value if isinstance(value, str | int | float) else formats.day(value))

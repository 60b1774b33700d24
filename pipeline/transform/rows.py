"""Rows of a table: what each field of a record says and what it rests on, worked out when it is asked for.

A template shows three of a tracker's twelve columns, and a long tracker has ten thousand rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.blocks import Fact, Row
from pipeline.formats import Formats
from pipeline.transform.facts import Answers, Facts, answers_of, key_of, told, value_of

BLANK = "–"


def row_of(item: Facts, formats: Formats) -> Row:
    """A record as a table row: every field that can be printed, as text; not what leads on to another record."""
    texts = Texts(item, formats)
    return Row(key_of(item), texts, Behind(item, texts))


class Texts(Mapping[str, str]):
    """Field names to printed texts."""

    __slots__ = ("_formats", "_item", "_known")

    def __init__(self, item: Facts, formats: Formats) -> None:
        self._item, self._formats, self._known = item, formats, dict[str, str]()

    def __getitem__(self, name: str) -> str:
        known = self._known.get(name)
        if known is None:
            value = value_of(self._item, name)
            if isinstance(value, Facts):
                raise KeyError(name)
            known = self._known[name] = as_text(value, self._formats)
        return known

    def __iter__(self) -> Iterator[str]:
        return (name for name, value in told(self._item) if not isinstance(value, Facts))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Behind(Mapping[str, Fact]):
    """Field names to the facts that the texts of a row are."""

    __slots__ = ("_item", "_texts")

    def __init__(self, item: Facts, texts: Texts) -> None:
        self._item, self._texts = item, texts

    def __getitem__(self, name: str) -> Fact:
        text, answers = self._texts[name], answers_of(self._item)
        if isinstance(answers, Answers):
            return Fact(text, *answers.behind(name))
        return Fact(text, answers[name].sources, answers[name].how)

    def __contains__(self, name: object) -> bool:
        return name in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def as_text(value: object, formats: Formats) -> str:
    """A field's value as it stands in a table cell, a dash where it is blank."""
    if value is None or value in ("", ()):
        return BLANK
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return "\n".join(str(part) for part in value)
    return str(value if isinstance(value, str | int | float) else formats.day(value))

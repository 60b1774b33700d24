"""The columns in which a report keeps each kind of record: its own headings and words beside the plain ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.kinds import EXEMPT, EXEMPT_HEADINGS, Choice, Field, Kind
from pipeline.read.table import Headings, heading_key
from pipeline.report import Report, SourceSettings

Meant = Mapping[str, tuple[str, ...]]
"""A table of words: what is meant, and the words for it."""
NONE: Mapping[str, Any] = {}


def columns_for(report: Report, kind: str) -> tuple[Field, ...]:
    """The columns of one kind of record as this report keeps them: its own headings first, its own words."""
    settings = report.sources.get(kind, SourceSettings(""))
    return columns_of(report.kinds[kind], settings.headings, report.words)


def columns_of(
    kind: Kind, headings: Mapping[str, tuple[str, ...]] = NONE, words: Mapping[str, Meant] = NONE
) -> tuple[Field, ...]:
    """The columns of a kind of record; `headings` and `words` are a report's own, by field and by table."""
    return tuple(column_of(field, headings.get(name, ()), words) for name, field in kind.columns.items())


def column_of(field: Field, headings: tuple[str, ...], words: Mapping[str, Meant]) -> Field:
    """A field with a report's own headings before the plain ones, and with its words."""
    own: dict[str, Any] = {"headings": (*headings, *field.headings)} if headings else {}
    if field.words:
        own["choices"] = choices(words.get(field.words, NONE))
    if field.type == "when":
        own["open_words"] = open_words(words.get("open_dates", NONE))
    return replace(field, **own) if own else field


def choices(meant: Meant) -> Mapping[str, Choice]:
    """The words of a choice, each to what is kept of it."""
    return {word: Choice(word, meaning) for meaning, words in meant.items() for word in words}


def open_words(dates: Meant) -> Mapping[str, str]:
    """The words that may stand in place of a date, each to how the paper writes it."""
    return {word: house for house, words in dates.items() for word in (house, *words)}


def own_columns(kind: Kind, headings: Headings) -> frozenset[int]:
    """The columns of a table that fill fields of a standard kind, but for the one of exempt rows: what they hold is
    known, so that no heading makes a mark of them. Of columns that a report adds it is not.
    """
    known = headings.columns.items()
    return frozenset(index for name, index in known if name != EXEMPT and not kind.fields[name].added)


def exempt_headings(report: Report, kind: str) -> frozenset[str]:
    """The headings of the column for exempt rows, the report's own first, as headings are compared; of every kind."""
    own = report.sources[kind].headings.get(EXEMPT, ()) if kind in report.sources else ()
    return frozenset(map(heading_key, (*own, *EXEMPT_HEADINGS)))

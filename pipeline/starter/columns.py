"""Which lists and notes a report's workbooks get: the words that the reader accepts, and the notes of `notes.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import tomli

from pipeline.read import columns as kept
from pipeline.read.roles import columns_for
from pipeline.report import Report
from pipeline.starter.drop_downs import Column

YES_NO = ("Yes", "No")
RAG = ("Red", "Amber", "Green", "Blue")


def columns_of(report: Report, file: str) -> tuple[Column, ...]:
    """The columns of one workbook of a report, `file` being its path within the inputs folder (`comments/….xlsx`)."""
    return tuple(
        column_of(report, role, source.sheet, each)
        for role, source in report.sources.items()
        if source.file == file
        for each in columns_for(report, role)
    )


def column_of(report: Report, role: str, sheet: str, each: kept.Column) -> Column:
    """One column: a word that the reader would refuse is refused as it is typed, too."""
    return Column(
        sheet=sheet,
        headings=each.headings,
        note=notes().get(role, {}).get(each.field, ""),
        words=tuple(words_of(report, role, each)),
        strict=each.kind in ("choice", "yes_no"),
        add_used=(role, each.field) == ("letters", "kind"),
    )


def words_of(report: Report, role: str, each: kept.Column) -> Iterable[str]:
    """What may be chosen in a column; nothing where anything may be typed."""
    if each.kind == "yes_no":
        return YES_NO
    if (role, each.field) == ("letters", "kind"):
        return (word for words in report.kinds.values() for word in words)
    return RAG if (role, each.field) == ("actions", "rag") else each.choices


@cache
def notes() -> Mapping[str, Mapping[str, str]]:
    """The notes on headings: the kind of row, then the field, then the note."""
    return tomli.loads((Path(__file__).parent / "notes.toml").read_text(encoding="utf-8"))

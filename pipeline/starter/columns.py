"""Which lists and notes a report's workbooks get: the words that the reader accepts, and the notes of its kinds."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.kinds import Field
from pipeline.read import columns_for
from pipeline.report import Report
from pipeline.starter.drop_downs import Column

YES_NO = ("Yes", "No")


def columns_of(report: Report, file: str) -> tuple[Column, ...]:
    """The columns of one workbook of a report, `file` being its path within the inputs folder (`comments/….xlsx`)."""
    return tuple(
        Column(
            sheet=source.sheet,
            headings=each.headings,
            note=each.note,
            words=tuple(words_of(report, each)),
            strict=each.type in ("choice", "yes_no"),
            add_used=isinstance(each.suggest, str),
        )
        for kind, source in report.sources.items()
        if source.file == file
        for each in columns_for(report, kind)
    )


def words_of(report: Report, field: Field) -> Iterable[str]:
    """What may be chosen in a column: the words that the reader takes, or those that are suggested."""
    if field.type == "yes_no":
        return YES_NO
    if isinstance(field.suggest, str):
        return (word for words in report.words.get(field.suggest, {}).values() for word in words)
    return field.suggest or field.choices

"""Which lists and notes a report's workbooks get: the columns that `columns.toml` explains, with the report's words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.report import Report, SourceSettings
from pipeline.starter.drop_downs import Column


def columns_of(report: Report, file: str) -> tuple[Column, ...]:
    """The columns of one workbook of a report, `file` being its path within the inputs folder (`comments/….xlsx`)."""
    return tuple(
        column_of(report, source, field, entry)
        for role, source in report.sources.items()
        if source.file == file
        for field, entry in explained().get(role, {}).items()
    )


def column_of(report: Report, source: SourceSettings, field: str, entry: Mapping[str, Any]) -> Column:
    """One column: its headings are the report's own for the field, then the sample's."""
    choose = entry.get("choose", ())
    return Column(
        sheet=source.sheet,
        headings=(*source.headings.get(field, ()), entry["heading"]),
        note=entry["note"],
        words=chosen_words(report, choose) if isinstance(choose, str) else tuple(choose),
        strict=entry.get("strict", False),
        add_used=choose == "kinds",
    )


def chosen_words(report: Report, list_name: str) -> tuple[str, ...]:
    """The words of a list that the report's settings hold, in their order."""
    groups: Iterable[tuple[str, ...]] = (report.status_words if list_name == "status" else report.kinds).values()
    return tuple(word for group in groups for word in group)


@cache
def explained() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """`columns.toml`: the kind of row, then the field, then heading, note and what may be chosen."""
    return tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))

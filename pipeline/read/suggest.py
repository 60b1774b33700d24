"""Suggesting the settings for a workbook: which sheet looks like which kind of record, by its headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.kinds import STANDARD, Field
from pipeline.read.profile import ColumnProfile, SheetProfile, WorkbookProfile
from pipeline.read.table import columns_for, columns_of, heading_key
from pipeline.report import Report

Kinds = Mapping[str, Sequence[Field]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sheet as a source: the kind it looks like, headings that need naming, columns of the report's own."""

    kind: str
    sheet: str
    missing: tuple[str, ...]
    extra: Mapping[str, str]
    status_words: tuple[str, ...]


def suggestions(book: WorkbookProfile, report: Report | None = None) -> list[Suggestion]:
    """One for each sheet whose headings look like a known kind of record, in the workbook's order. A report's own kinds
    and headings are known where it is given, and so are its words for a status.
    """
    known = report.kinds if report else STANDARD
    kinds = {
        name: columns_for(report, name) if report else columns_of(kind)
        for name, kind in known.items()
        if name != "sentences"
    }
    found = (suggestion(sheet, kinds, words_known=report is not None) for sheet in book.sheets if sheet.heading_row)
    return [one for one in found if one]


def suggestion(sheet: SheetProfile, kinds: Kinds, *, words_known: bool) -> Suggestion | None:
    """The kind that most of the sheet's headings speak for; None where fewer than two do, or nothing names a row.

    `words_known`: what its status words mean is known.
    """
    headings = {heading_key(column.heading): column for column in sheet.columns}
    matches = {name: set(matched(columns, headings)) for name, columns in kinds.items()}
    kind = max(matches, key=lambda name: (len(matches[name]), -len(kinds[name])))
    fields, required = matches[kind], [column.name for column in kinds[kind] if column.required]
    if len(fields) < 2 or fields.isdisjoint(required):
        return None
    missing = tuple(name for name in required if name not in fields)
    words = () if words_known else status_words(headings)
    return Suggestion(kind, sheet.name, missing, added(kinds[kind], headings), words)


def added(columns: Sequence[Field], headings: Mapping[str, ColumnProfile]) -> Mapping[str, str]:
    """The headings of filled columns that no field has, by the name that a field of theirs would have."""
    known = {key for column in columns for key in map(heading_key, column.headings)}
    return {
        field_name(each.heading): each.heading for key, each in headings.items() if key not in known and each.filled
    }


def status_words(headings: Mapping[str, ColumnProfile]) -> tuple[str, ...]:
    """The words of a column of statuses."""
    status = headings.get(heading_key("Status"))
    return status.summary.words if status else ()


def matched(columns: Sequence[Field], headings: Mapping[str, object]) -> Iterator[str]:
    """The fields whose headings the sheet has."""
    for column in columns:
        if any(heading_key(heading) in headings for heading in column.headings):
            yield column.name


def field_name(heading: str) -> str:
    """A heading as the name of a field."""
    name = "_".join("".join(c if c.isalnum() and c.isascii() else " " for c in heading.casefold()).split())
    return name if name[:1].isalpha() else f"column_{name}"


def settings_text(file: str, found: Suggestion) -> str:
    """The lines for `report.toml`; what a person must decide is marked so."""
    lines = [f"[sources.{found.kind}]", f"file = {as_setting(file)}", f"sheet = {as_setting(found.sheet)}"]
    if found.missing:
        lines.append(f"[sources.{found.kind}.headings]")
        lines += [f'{name} = ["…"]    # which heading is it?' for name in found.missing]
    if found.extra:
        lines.append(f"[kinds.{found.kind}.fields]    # columns of your own, for the template")
        lines += [
            f'{name} = {{ type = "text", headings = [{as_setting(heading)}] }}' for name, heading in found.extra.items()
        ]
    if found.status_words:
        listed = ", ".join(map(as_setting, found.status_words))
        lines += [
            "[words.status]    # put each word where it belongs: open, paused, complete, withdrawn",
            f"open = [{listed}]",
        ]
    return "\n".join(lines)


def as_setting(text: str) -> str:
    """A text as settings write it."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'

"""Suggesting the settings for a workbook: which sheet looks like which kind of record, or is one of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.kinds import STANDARD, Field, usable
from pipeline.nearest import nearest
from pipeline.read.headings import without_aside
from pipeline.read.own_kinds import as_setting, field_name, field_setting, filled, kind_settings, own_kind, type_of
from pipeline.read.profile import ColumnProfile, SheetProfile, WorkbookProfile
from pipeline.read.table import columns_for, columns_of, heading_key
from pipeline.report import Report
from pipeline.text import match_key

Kinds = Mapping[str, Sequence[Field]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sheet as a source: the kind it looks like, fields that need naming with the heading that may be theirs, columns
    of the report's own.
    """

    kind: str
    sheet: str
    missing: Mapping[str, str]
    extra: Mapping[str, ColumnProfile]
    status_words: tuple[str, ...]


def settings_for(book: WorkbookProfile, file: str, report: Report | None, meanings: Mapping[str, str]) -> Iterator[str]:
    """The settings for each sheet, in the workbook's order: as a source of the known kind that its headings look like,
    else as a kind of its own. A report's own kinds and headings are known where it is given, and so are its words for a
    status; else words mean what they do in `meanings`, by their keys for a comparison.
    """
    known = report.kinds if report else STANDARD
    kinds = {
        name: columns_for(report, name) if report else columns_of(kind)
        for name, kind in known.items()
        if name != "sentences"
    }
    for sheet in book.sheets:
        found = suggestion(sheet, kinds, words_known=report is not None) if sheet.heading_row else None
        if found:
            yield settings_text(file, found, meanings)
        elif sheet.rows and len(filled(sheet)) > 1:
            yield kind_settings(file, own_kind(sheet))


def suggestion(sheet: SheetProfile, kinds: Kinds, *, words_known: bool) -> Suggestion | None:
    """The kind that most of the sheet's headings speak for; None where fewer than two do, or nothing names a row.

    `words_known`: what its status words mean is known.
    """
    headings = {heading_key(column.heading): column for column in sheet.columns}
    matches = {name: set(matched(columns, headings)) for name, columns in kinds.items()}
    kind = max(matches, key=lambda name: (len(matches[name]), -len(kinds[name])))
    fields, required = matches[kind], [column.name for column in kinds[kind] if column.required]
    if len(fields) < 2 or 2 * len(fields.intersection(required)) < len(required):
        return None
    extra = added(kinds[kind], headings)
    near = {name: near_heading(name, extra) for name in required if name not in fields}
    words = () if words_known else status_words(headings)
    own = {name: column for name, column in extra.items() if column.heading not in near.values()}
    return Suggestion(kind, sheet.name, near, own, words)


def near_heading(name: str, extra: Mapping[str, ColumnProfile]) -> str:
    """The heading that nearly is the field's; blank where none is."""
    near = nearest(name, extra)
    return extra[near].heading if near else ""


def added(columns: Sequence[Field], headings: Mapping[str, ColumnProfile]) -> Mapping[str, ColumnProfile]:
    """The filled columns that no field has, by the name that a field of theirs would have."""
    known = {key for column in columns for key in map(heading_key, column.headings)}
    return {
        usable(field_name(without_aside(each.heading))): each
        for key, each in headings.items()
        if key not in known and each.filled
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


def settings_text(file: str, found: Suggestion, meanings: Mapping[str, str]) -> str:
    """The lines for `report.toml`; what a person must decide is marked so."""
    lines = [f"[sources.{found.kind}]", f"file = {as_setting(file)}", f"sheet = {as_setting(found.sheet)}"]
    if found.missing:
        lines.append(f"[sources.{found.kind}.headings]")
        lines += [
            f"{name} = [{as_setting(near or '…')}]    # which heading is it?" for name, near in found.missing.items()
        ]
    if found.extra:
        lines.append(f"[kinds.{found.kind}.fields]    # columns of your own, for the template")
        lines += [f"{name} = {field_setting(name, each, type_of(each))}" for name, each in found.extra.items()]
    if found.status_words:
        lines += words_settings(found.status_words, meanings)
    return "\n".join(lines)


def words_settings(words: Sequence[str], meanings: Mapping[str, str]) -> Iterator[str]:
    """The lines for words of a status, each under what it means; those that nobody has named yet are open."""
    yield "[words.status]    # put each word where it belongs: open, paused, complete, withdrawn"
    meant = {word: meanings.get(match_key(word), "open") for word in words}
    for meaning in dict.fromkeys(meant.values()):
        yield f"{meaning} = [{', '.join(as_setting(word) for word in words if meant[word] == meaning)}]"

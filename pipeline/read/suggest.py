"""Suggesting the settings for a workbook: which sheet looks like which kind of record, by its headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.kinds import STANDARD, Kind
from pipeline.read.headings import heading_key
from pipeline.read.profile import SheetProfile, WorkbookProfile

KINDS = {name: kind for name, kind in STANDARD.items() if name != "sentences"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sheet as a source: the role it looks like, headings that need naming, columns of the report's own."""

    role: str
    sheet: str
    missing: tuple[str, ...]
    extra: Mapping[str, str]
    status_words: tuple[str, ...]


def suggestions(book: WorkbookProfile) -> list[Suggestion]:
    """One for each sheet whose headings look like a known kind of record, in the workbook's order."""
    found = (suggestion(sheet) for sheet in book.sheets if sheet.heading_row)
    return [each for each in found if each]


def suggestion(sheet: SheetProfile) -> Suggestion | None:
    """The role that most of the sheet's headings speak for; None where fewer than two do, or nothing names a row."""
    headings = {heading_key(each.heading): each for each in sheet.columns}
    matches = {name: set(matched(kind, headings)) for name, kind in KINDS.items()}
    role = max(matches, key=lambda name: (len(matches[name]), -len(KINDS[name].columns)))
    fields, columns = matches[role], KINDS[role].columns
    if len(fields) < 2 or not fields & set(KINDS[role].needs):
        return None
    known = {key for column in columns.values() for key in map(heading_key, column.headings)}
    missing = tuple(name for name, each in columns.items() if each.required and name not in fields)
    extra = {slug(each.heading): each.heading for key, each in headings.items() if key not in known and each.filled}
    status = next((each for key, each in headings.items() if key == heading_key("Status")), None)
    return Suggestion(role, sheet.name, missing, extra, status.summary.words if status else ())


def matched(kind: Kind, headings: Mapping[str, object]) -> Iterator[str]:
    """The kind's fields whose plain headings the sheet has."""
    for name, column in kind.columns.items():
        if any(heading_key(each) in headings for each in column.headings):
            yield name


def slug(heading: str) -> str:
    """A heading as the name of a field."""
    name = "_".join("".join(c if c.isalnum() and c.isascii() else " " for c in heading.casefold()).split())
    return name if name[:1].isalpha() else f"column_{name}"


def settings_text(file: str, found: Suggestion) -> str:
    """The lines for `report.toml`; what a person must decide is marked so."""
    lines = [f"[sources.{found.role}]", f"file = {quoted(file)}", f"sheet = {quoted(found.sheet)}"]
    if found.missing:
        lines.append(f"[sources.{found.role}.headings]")
        lines += [f'{name} = ["…"]    # which heading is it?' for name in found.missing]
    if found.extra:
        lines.append(f"[kinds.{found.role}.fields]    # columns of your own, for the template")
        lines += [
            f'{name} = {{ type = "text", headings = [{quoted(heading)}] }}' for name, heading in found.extra.items()
        ]
    if found.status_words:
        listed = ", ".join(map(quoted, found.status_words))
        lines += [
            "[words.status]    # put each word where it belongs: open, paused, complete, withdrawn",
            f"open = [{listed}]",
        ]
    return "\n".join(lines)


def quoted(text: str) -> str:
    """A text as settings write it."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'

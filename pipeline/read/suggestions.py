"""The settings that a workbook suggests: which record each sheet keeps, and the headings to tell a report of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.read.cells import nearest
from pipeline.read.columns import Column
from pipeline.read.headings import heading_key
from pipeline.read.profile import ColumnProfile, SheetProfile, WorkbookProfile

Suggestion = dict[str, dict[str, Any]]


def suggest(found: WorkbookProfile, roles: Mapping[str, Sequence[Column]]) -> Suggestion:
    """Entries for report.toml by their path ("sources.actions"), as plain data.

    A sheet with at least two headings in common with a kind of record (`roles`: its columns) is suggested for the one
    it has most in common with. A heading much like one of a field without a column is suggested for that field; other
    columns become `extra` ones.
    """
    entries: Suggestion = {}
    for sheet in found.sheets:
        role = _likely_role(sheet, roles)
        if role and f"sources.{role}" not in entries:
            entries.update(_entries(found.name, sheet, role, roles[role]))
    return entries


def _entries(file: str, sheet: SheetProfile, role: str, columns: Sequence[Column]) -> Suggestion:
    known = _fields(columns)
    entries: Suggestion = {f"sources.{role}": {"file": file, "sheet": sheet.name}}
    unknown = [
        one.heading for one in sheet.columns if heading_key(one.heading) not in known and one.heading != one.letters
    ]
    taken = {known.get(heading_key(one.heading)) for one in sheet.columns}
    free = {heading: field for heading, field in known.items() if field not in taken}
    meant = {heading: free[near] for heading in unknown if (near := nearest(heading, list(free)))}
    headings: dict[str, list[str]] = {}
    for heading, field in meant.items():
        headings.setdefault(field, []).append(heading)
    entries[f"sources.{role}.headings"] = headings
    entries[f"sources.{role}.extra"] = {slug(heading): [heading] for heading in unknown if heading not in meant}
    status = next((column for column in sheet.columns if known.get(heading_key(column.heading)) == "status"), None)
    if status and status.summary.words:
        entries["words.status"] = {"open": list(status.summary.words)}
    return {path: values for path, values in entries.items() if values}


def _likely_role(sheet: SheetProfile, roles: Mapping[str, Sequence[Column]]) -> str:
    scores = {role: _shared(sheet.columns, _fields(columns)) for role, columns in roles.items()}
    best = max(scores, key=lambda role: scores[role], default="")
    return best if best and scores[best] >= min(2, len(roles[best])) else ""


def _shared(columns: Sequence[ColumnProfile], known: Mapping[str, str]) -> int:
    return len({known[key] for column in columns if (key := heading_key(column.heading)) in known})


def _fields(columns: Sequence[Column]) -> dict[str, str]:
    return {heading_key(heading): column.field for column in columns for heading in column.headings}


def slug(heading: str) -> str:
    """A heading as a name for settings: `Lead officer/EM` is `lead_officer_em`."""
    return heading_key(heading).replace(" ", "_")

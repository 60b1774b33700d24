"""The kinds of record by name, and the fields of each that a column of a sheet can fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from pipeline.records import (
    Action,
    Clearance,
    ClosedDay,
    Direction,
    Letter,
    Meeting,
    Progress,
    Record,
    Update,
    Workshop,
    Workstream,
)

KINDS: Mapping[str, type[Record]] = {
    "actions": Action, "progress": Progress, "letters": Letter, "meetings": Meeting, "workshops": Workshop,
    "updates": Update, "directions": Direction, "workstreams": Workstream, "closed_days": ClosedDay,
    "clearances": Clearance,
}  # fmt: skip


WORKED_OUT = frozenset(("status_words", "answered_in_private", "answers_private", "thread"))
"""Fields that no column fills."""


def columns_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind of record that a column can fill, by the kind's name; none for an unknown kind."""
    own = {each.name for each in fields(Record)} | WORKED_OUT
    return tuple(each.name for each in fields(KINDS[kind]) if each.name not in own) if kind in KINDS else ()

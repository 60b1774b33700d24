"""Kinds: what a kind of record is, as data; the records that are made of it, and their types."""

from pipeline.kinds.declared import BLANKS, EXEMPT, EXEMPT_HEADINGS, LISTS, STANDARD, Field, Kind, List, kinds_with
from pipeline.kinds.records import Choice, Comment, Paragraph, Record, When, changed
from pipeline.kinds.rows import (
    TYPES,
    Acceptance,
    Action,
    Clearance,
    ClosedDay,
    Direction,
    Letter,
    Meeting,
    Progress,
    Records,
    Sentence,
    Update,
    Workshop,
    Workstream,
)

__all__ = [
    "BLANKS", "EXEMPT", "EXEMPT_HEADINGS", "LISTS", "STANDARD", "TYPES", "Acceptance", "Action", "Choice", "Clearance",
    "ClosedDay", "Comment", "Direction", "Field", "Kind", "Letter", "List", "Meeting", "Paragraph", "Progress",
    "Record", "Records", "Sentence", "Update", "When", "Workshop", "Workstream", "changed", "kinds_with",
]  # fmt: skip

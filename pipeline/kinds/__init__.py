"""Kinds: what a kind of record is, as data; the records that are made of it, and their types."""

from pipeline.kinds.checked import checked_kinds, word_lists_of
from pipeline.kinds.declared import (
    BLANKS,
    EXEMPT,
    EXEMPT_HEADINGS,
    LISTS,
    STANDARD,
    Choice,
    Field,
    FieldType,
    Figure,
    Kind,
    kinds_with,
    with_fields,
)
from pipeline.kinds.records import Record, Withheld, changed
from pipeline.kinds.rows import (
    TYPES,
    Acceptance,
    Action,
    Clearance,
    ClosedDay,
    Comment,
    Direction,
    Letter,
    Meeting,
    Paragraph,
    Progress,
    Records,
    Sentence,
    Update,
    Workshop,
    Workstream,
)

__all__ = [
    "BLANKS", "EXEMPT", "EXEMPT_HEADINGS", "LISTS", "STANDARD", "TYPES", "Acceptance", "Action", "Choice",
    "Clearance", "ClosedDay", "Comment", "Direction", "Field", "FieldType", "Figure", "Kind", "Letter", "Meeting",
    "Paragraph", "Progress", "Record", "Records", "Sentence", "Update", "Withheld", "Workshop", "Workstream", "changed",
    "checked_kinds", "kinds_with", "with_fields", "word_lists_of",
]  # fmt: skip

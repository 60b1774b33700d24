"""Kinds: what a kind of record is, as data; the records that are made of it, and their types."""

from pipeline.kinds.checked import NAMES_A_ROW, TAKEN, checked_kinds, usable, word_lists_of
from pipeline.kinds.declared import (
    BLANKS,
    EXEMPT,
    EXEMPT_HEADINGS,
    LISTS,
    SHORT,
    STANDARD,
    Choice,
    Field,
    FieldType,
    Kind,
    heading_of,
    item_of,
    kinds_with,
    name_of_check,
    with_fields,
)
from pipeline.kinds.figures import EXACT, LETTERS, Figure, Unit, figure_in, unit_of, unit_of_all
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
    "BLANKS", "EXACT", "EXEMPT", "EXEMPT_HEADINGS", "LETTERS", "LISTS", "NAMES_A_ROW", "SHORT", "STANDARD", "TAKEN",
    "TYPES", "Acceptance", "Action", "Choice", "Clearance", "ClosedDay", "Comment", "Direction", "Field", "FieldType",
    "Figure", "Kind", "Letter", "Meeting", "Paragraph", "Progress", "Record", "Records", "Sentence", "Unit", "Update",
    "Withheld", "Workshop", "Workstream", "changed", "checked_kinds", "figure_in", "heading_of", "item_of",
    "kinds_with", "name_of_check", "unit_of", "unit_of_all", "usable", "with_fields", "word_lists_of",
]  # fmt: skip

"""Roles: the kinds of record, and the columns in which officers keep each.

Headings here are the plain ones; a report's settings add the officers' own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline import records as kept
from pipeline.read.columns import Column, ColumnKind
from pipeline.read.headings import Headings, heading_key
from pipeline.report import Report, SourceSettings

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of record: its type, its columns, the field that names a row for good, the fields no row can lack.

    `spare` are fields that no statement rests on, such as a percentage typed beside its counts: what is wrong with
    them is worth a warning, and stops nothing.
    """

    make: Callable[..., kept.Record]
    columns: tuple[Column, ...]
    key: Callable[[Values], str]
    needs: tuple[str, ...]
    spare: frozenset[str] = frozenset()


def column(field: str, *headings: str, kind: ColumnKind = "text", **more: Any) -> Column:
    """A column with its plain headings."""
    return Column(field=field, headings=headings, kind=kind, **more)


def must(field: str, *headings: str, kind: ColumnKind = "text", **more: Any) -> Column:
    """A column that must be there, and filled in every row."""
    return column(field, *headings, kind=kind, required=True, filled=True, **more)


EXEMPT = column("exempt", "Exempt (Sch 12A para)", "Exempt", "Exempt paragraph")

ROLES: Mapping[str, Role] = {
    "actions": Role(
        kept.Action,
        (
            must("ref", "Ref", "Reference", "Code", unique=True),
            must("area", "Area of focus", "Area", fill_down=True),
            must("activity", "Activity", "Action", "Title"),
            column("deadline", "Deadline", "Due", "Due date", kind="when"),
            must("status", "Status", kind="choice"),
            column("rag", "RAG", "BRAG"),
            column("completed_on", "Date completed", "Completed on", "Completion date", kind="day"),
            column("review_on", "Review date", "Review", kind="when"),
            column("lead", "Lead", "Lead officer", "Managed by"),
            column("in_plan", "In plan?", "In plan", kind="yes_no"),
            column("notes", "Notes", "Latest note"),
            EXEMPT,
        ),
        lambda row: row["ref"],
        ("ref", "area", "activity"),
    ),
    "progress": Role(
        kept.Progress,
        (
            must("update", "Update", "Update no", kind="whole", fill_down=True),
            must("area", "Area"),
            column("heading", "Heading in table", "Column heading"),
            must("actions", "Actions", kind="whole"),
            must("complete", "Complete", "Completed", kind="whole"),
            column("percent", "% complete", "%", "Percent complete", kind="percent"),
        ),
        lambda row: f"{row['update']}/{row['area']}",
        ("update", "area", "actions", "complete"),
        spare=frozenset({"percent"}),
    ),
    "letters": Role(
        kept.Letter,
        (
            must("ref", "Ref", "Reference", unique=True),
            must("date", "Date", kind="day"),
            must("direction", "Direction", kind="choice", choices={"In": "in", "Out": "out"}),
            must("sender", "From"),
            must("recipient", "To"),
            column("kind", "Kind", "Type"),
            column("subject", "Subject"),
            column("update", "Update", "Relates to", kind="whole"),
            column("in_reply_to", "In reply to", "Reply to"),
            column("reply_expected", "Reply expected"),
            column("points", "Key points (one a line)", "Key points", "Points", kind="lines"),
            column("appendix_title", "Appendix title"),
            column("file", "File"),
            EXEMPT,
        ),
        lambda row: row["ref"],
        ("ref", "date", "direction"),
    ),
    "meetings": Role(
        kept.Meeting,
        (
            must("body", "Body", "Board", "Committee"),
            column("short_name", "Short name"),
            must("date", "Date", kind="day"),
            column("time", "Time"),
            column("venue", "Venue"),
            column("item", "Item no", "Item"),
        ),
        lambda row: row["date"].isoformat(),
        ("body", "date"),
    ),
    "workshops": Role(
        kept.Workshop,
        (must("date", "Date", kind="day"), column("attended_by", "With", "Attended by"), column("purpose", "Purpose")),
        lambda row: row["date"].isoformat(),
        ("date",),
    ),
    "updates": Role(
        kept.Update,
        (
            must("number", "No", "Number", "Update", kind="whole", unique=True),
            column("due", "Due", kind="day"),
            column("submitted", "Submitted", kind="day"),
            column("final", "Final?", "Final", kind="yes_no"),
        ),
        lambda row: str(row["number"]),
        ("number",),
    ),
    "directions": Role(
        kept.Direction,
        (must("date", "Date", kind="day"), column("note", "Note")),
        lambda row: row["date"].isoformat(),
        ("date",),
    ),
    "workstreams": Role(
        kept.Workstream,
        (must("name", "Workstream"), column("position", "Position"), column("live", "Live?", "Live", kind="yes_no")),
        lambda row: row["name"],
        ("name",),
    ),
    "closed_days": Role(
        kept.ClosedDay,
        (must("date", "Date", kind="day"), column("reason", "Reason")),
        lambda row: row["date"].isoformat(),
        ("date",),
    ),
    "clearances": Role(
        kept.Clearance,
        (
            must("section", "Section"),
            column("file", "File"),
            column("cleared_by", "Cleared by"),
            column("cleared_on", "Date cleared", "Cleared on", kind="day"),
            column("text_hash", "Text seen"),
        ),
        lambda row: row["section"],
        ("section",),
    ),
    "acceptances": Role(
        kept.Acceptance,
        (
            must("code", "Code"),
            column("where", "Where", "Cell", "Place"),
            column("reason", "Reason"),
            column("by", "By", "Accepted by"),
            column("date", "Date", kind="day"),
        ),
        lambda row: f"{row['code']} {row['where']}",
        ("code",),
    ),
}

WORDING = Role(
    kept.Sentence,
    (
        column("name", "Name", unique=True),
        must("section", "Section"),
        column("joins", "Joins previous?", "Joins previous", kind="yes_no"),
        column("for_each", "For each"),
        column("show_when", "Show when"),
        must("text", "Wording"),
    ),
    lambda row: row.get("name") or "",
    ("section", "text"),
)


def columns_for(report: Report, name: str) -> tuple[Column, ...]:
    """The columns of one role as this report keeps them: its own headings first, its own words, its extra columns."""
    settings = report.sources.get(name, SourceSettings(""))
    known = (with_headings(with_words(each, report), settings) for each in ROLES[name].columns)
    return (*known, *(Column(field=field, headings=headings) for field, headings in settings.extra.items()))


def own_columns(name: str, headings: Headings) -> frozenset[int]:
    """The columns of a table that fill fields of its kind of record."""
    own = {each.field for each in ROLES[name].columns} - {EXEMPT.field}
    return frozenset(index for field, index in headings.columns.items() if field in own)


def exempt_headings(report: Report, name: str) -> frozenset[str]:
    """The headings of the column for exempt rows, the report's own first, as headings are compared; of every role."""
    own = report.sources[name].headings.get(EXEMPT.field, ()) if name in report.sources else ()
    return frozenset(map(heading_key, (*own, *EXEMPT.headings)))


def with_headings(each: Column, settings: SourceSettings) -> Column:
    """The column with the report's own headings before the plain ones."""
    own = settings.headings.get(each.field)
    return replace(each, headings=(*own, *each.headings)) if own else each


def with_words(each: Column, report: Report) -> Column:
    """The column with the report's status words, or its open words for deadlines."""
    if each.field == "status":
        return replace(each, choices=[word for words in report.status_words.values() for word in words])
    if each.kind == "when":
        open_words = {word: house for house, words in report.open_dates.items() for word in (house, *words)}
        return replace(each, open_words=open_words)
    return each

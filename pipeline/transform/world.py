"""The world of one paper: what its records, its dates and its position give to the names of the wording."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.formats import Formats, listed
from pipeline.kinds import Comment, Kind, Meeting, Record
from pipeline.language import Vocabulary, World, every
from pipeline.nations import law_of
from pipeline.position import Position
from pipeline.problems import Place
from pipeline.report import Report
from pipeline.transform.own_lists import BACKGROUND
from pipeline.transform.terms import COVERING, DATES, EXEMPT, LETTERS, POSITION, POSITION_AT


def world_of(report: Report, position: Position, known: Vocabulary, formats: Formats) -> World:
    """The world of one paper."""
    rows = {each.item: in_order(each, known_rows(each, position)) for each in report.kinds.values()}
    fields = header_fields(report, meeting_of(position), formats)
    given: dict[str, Any] = {f"={POSITION_AT}": position.records.position_at}
    given |= {f"={name}": text for name, text in zip(EXEMPT, exempt(report, position), strict=True)}
    given |= {f"={name}": text for name, text in fields.items()}
    given |= {f"={name}": getattr(position.dates, name) for name in DATES}
    given |= {every(item): each for item, each in rows.items()}
    given |= {each.item: rows[each.item] for each in report.kinds.values() if each.own}
    given |= {f"{name} comment": said_in(comment_of(position, name)) for name in report.comments}
    given |= singles(position) | {
        POSITION: position,
        LETTERS: [each for each in rows["letter"] if each.values["date"] <= position.as_at],
        f"={COVERING}": [*report.words.get("letters", {}).get("covering", ())],
        f"={BACKGROUND}": [],
        BACKGROUND: [],
    }
    world = World(formats, given, known.definition)
    if POSITION_AT not in fields:
        world.places[f"={POSITION_AT}"] = (position.records.position_cell,)
    return world


def exempt(report: Report, position: Position) -> tuple[str, str, str]:
    """By which paragraphs rows may not be public, as the law describes them, and where. A letter is spoken of with the
    paper that it goes with: it came since the meeting before. Blank where no row is exempt.
    """
    last = max((each.date for each in position.meetings if each.date < position.dates.meeting_on), default=dt.date.min)
    told = {by for by, day in position.records.exempt if day is None or last < day <= position.as_at}
    law = law_of(report.nation)
    found = {paragraph: text for paragraph, text in law.exempt.items() if paragraph in told}
    return listed(found), "; ".join(found.values()), law.schedule if found else ""


def known_rows(kind: Kind, position: Position) -> Sequence[Record]:
    """The records of a kind but for those of a later day than the facts."""
    rows = position.records.of(kind.name)
    return [each for each in rows if is_known(each, kind, position)] if kind.known else rows


def is_known(record: Record, kind: Kind, position: Position) -> bool:
    """Is a record of the day of the facts, of one before it, or of none?"""
    on = record.values[kind.known]
    return on is None or bool(on <= position.as_at)


def singles(position: Position) -> dict[str, Record | None]:
    """The records that stand alone: this meeting, the ones about it, the updates about now."""
    on = position.dates.meeting_on
    return {
        "the meeting": meeting_of(position),
        "the last_update": position.last_update,
        "the next_update": position.next_update,
        "the last_meeting": next((each for each in reversed(position.meetings) if each.date < on), None),
        "the next_meeting": next((each for each in position.meetings if each.date > on), None),
    }


def in_order(kind: Kind, rows: Sequence[Record]) -> list[Any]:
    """All records of a kind in their order, blanks last; those of one group together, in order of first appearance."""
    if name := kind.order:
        rows = sorted(rows, key=lambda each: (each.values[name] is None, each.values[name]))
    if name := kind.group:
        groups: dict[Any, int] = {}
        for each in rows:
            groups.setdefault(each.values[name], len(groups))
        rows = sorted(rows, key=lambda each: groups[each.values[name]])
    return list(rows)


class Remark(NamedTuple):
    """A paragraph of a comment, as a record."""

    key: str
    values: Mapping[str, str]
    source: Place

    def place(self, _: str) -> Place:
        """Where it stands."""
        return self.source


def comment_of(position: Position, name: str) -> Comment | None:
    """The comment of a section, if it has come."""
    return next((each for each in position.records.comments if each.section == name), None)


def said_in(comment: Comment | None) -> list[Remark]:
    """A comment's paragraphs as wording sees them."""
    paragraphs = comment.paragraphs if comment else ()
    texts = ["".join(run.text for run in each.runs) for each in paragraphs]
    return [
        Remark(f"{n}", {"text": text}, each.source)
        for n, (text, each) in enumerate(zip(texts, paragraphs, strict=True), 1)
    ]


def meeting_of(position: Position) -> Meeting:
    """The calendar's row of this meeting; a meeting of no body where the calendar has none on that day."""
    return position.records.meeting(position.dates.meeting_on)


def header_fields(report: Report, meeting: Meeting, formats: Formats) -> dict[str, str]:
    """The single fields of the header block: the calendar's where it has them, else the report's own."""
    known = {
        "board": meeting.body,
        "short_name": meeting.short_name or meeting.body,
        "date": str(formats.day(meeting.date)),
        "time": meeting.time,
        "venue": meeting.venue,
        "item": meeting.item,
    }
    own = report.fields
    return {**own, **{name: text for name, text in known.items() if text or name not in own}}

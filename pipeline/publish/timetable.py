"""The timetable of one paper, planned backwards from its meeting, and as a file that calendars import (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from pipeline.catalogue import problem
from pipeline.problems import Place, Problem
from pipeline.publish.clear_days import working_day_before

PUBLICATION, MEETING = "publication", "meeting"
_OCTETS = 75


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day by which something is to be done; `name` as in the settings ("first_draft")."""

    name: str
    day: dt.date

    @property
    def label(self) -> str:
        """`First draft`."""
        return self.name.replace("_", " ").strip().capitalize()


@dataclass(frozen=True, slots=True)
class Event:
    """An all-day calendar entry. `key` stays the same when the timetable is made again, so that none is doubled."""

    key: str
    day: dt.date
    summary: str
    description: str = ""


def none_to_come(place: Place) -> Problem:
    """F141: the calendar at `place` has meetings, and all of them are over."""
    return problem("F141", place)


def milestones(
    meeting: dt.date, publish_on: dt.date, before: Mapping[str, int], closed: Container[dt.date]
) -> tuple[Milestone, ...]:
    """All days of one paper in order of time: `before` counts working days before publication."""
    planned = [Milestone(name, working_day_before(publish_on, number, closed)) for name, number in before.items()]
    planned += [Milestone(PUBLICATION, publish_on), Milestone(MEETING, meeting)]
    return tuple(sorted(planned, key=lambda milestone: milestone.day))


def events(title: str, key: str, planned: Iterable[Milestone]) -> tuple[Event, ...]:
    """Calendar entries of one paper; `key` names its report and meeting, so that they can be imported again."""
    return tuple(Event(f"{key}/{each.name}", each.day, f"{each.label}: {title}") for each in planned)


def ics(entries: Iterable[Event], as_at: dt.date) -> str:
    """The text of an .ics file, lines ended CRLF and folded at 75 octets; write it as UTF-8. Same input, same text."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//committee-papers//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for entry in entries:
        lines += _event(entry, as_at)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(entry: Event, as_at: dt.date) -> list[str]:
    description = [f"DESCRIPTION:{_escaped(entry.description)}"] if entry.description else []
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(entry.key.encode()).hexdigest()[:32]}@committee-papers",
        f"DTSTAMP:{as_at:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(entry.summary)}",
        *description,
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """Text as RFC 5545 section 3.3.11 wants it; control characters may not stand in it at all."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, written)
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "", re.sub(r"\r\n|\r|\n", r"\\n", text))


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, the later ones begun by a blank; no character is cut in two."""
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _OCTETS:
            pieces.append("")
            size = 1
        pieces[-1] += letter
        size += width
    return "\r\n ".join(pieces)

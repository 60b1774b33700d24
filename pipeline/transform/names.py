"""Names: everything that a sentence or the header block may print."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from functools import partial

from pipeline.blocks import Fact
from pipeline.formats import Formats
from pipeline.kinds import Meeting
from pipeline.problems import Place
from pipeline.transform.facts import Facts, Items, Trace, kind_of
from pipeline.transform.lazily import Lazily, Once
from pipeline.transform.lists import slug
from pipeline.transform.views import View

CALENDAR_FIELDS = {"board": "body", "short_name": "short_name", "date": "date", "time": "time", "venue": "venue",
                   "item": "item"}  # fmt: skip
SINGLES = {"last_update": "last update", "next_update": "next update", "next_meeting": "later meeting"}


def meeting_of(view: View) -> Meeting:
    """The calendar's row of this meeting; a meeting of no body where the calendar has none on that day."""
    found = (each for each in view.records.meetings if each.date == view.dates.meeting_on)
    return next(found, Meeting(key="", body="", date=view.dates.meeting_on))


def header_fields(view: View, formats: Formats) -> dict[str, str]:
    """The single fields of the header block: the calendar's where it has them, else the report's own."""
    meeting = meeting_of(view)
    known = {
        "board": meeting.body,
        "short_name": meeting.short_name or meeting.body,
        "date": str(formats.day(meeting.date)),
        "time": meeting.time,
        "venue": meeting.venue,
        "item": meeting.item,
    }
    own = view.report.fields
    return {**own, **{name: text for name, text in known.items() if text or name not in own}}


def header_facts(view: View, fields: Mapping[str, str]) -> dict[str, Fact]:
    """Where each single field comes from: the calendar's row, else the report's settings."""
    meeting = meeting_of(view)
    settings = Place(f"{view.report.name}/report.toml", near="[fields]")

    def source(name: str) -> Place:
        return meeting.place(CALENDAR_FIELDS[name]) if name in CALENDAR_FIELDS else settings

    return {name: Fact(text, (source(name),)) for name, text in fields.items()}


def names_for(view: View, fields: Mapping[str, str], lists: Mapping[str, Sequence[Facts]]) -> Mapping[str, object]:
    """What any sentence may name: single fields, the dates, the lists, and the updates and meetings about this one."""
    known: dict[str, object] = {**fields, "as_at": view.dates.as_at, "publish_on": view.dates.publish_on}
    makers = {name: Once(partial(given, value)) for name, value in known.items()}
    makers |= {slug(name): Once(partial(items, lists, name, view.trace)) for name in lists}
    makers |= {name: Once(partial(one, lists, source)) for name, source in SINGLES.items()}
    makers["last_meeting"] = Once(partial(one, lists, "earlier meeting", -1))
    makers["meeting"] = Once(lambda: view.facts("meeting", meeting_of(view)))
    return Lazily(makers)


def given(value: object) -> object:
    """A name that is known from the start."""
    return value


def items(lists: Mapping[str, Sequence[Facts]], name: str, trace: Trace) -> object:
    """A list as a name."""
    return Items(lists[name], trace)


def one(lists: Mapping[str, Sequence[Facts]], name: str, position: int = 0) -> object:
    """The first or last of a list; None where it is empty."""
    found = lists[name]
    return found[position] if found else None


def with_item(names: Mapping[str, object], item: Facts | None) -> Mapping[str, object]:
    """The names, and under its own kind the record that the sentence is said for."""
    return ChainMap({kind_of(item): item}, names) if item else names  # type: ignore[arg-type]

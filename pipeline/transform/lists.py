"""The lists that sentences and tables draw on: a closed set, and the report's own narrower ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from pipeline.kinds import LISTS
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.report import ListSettings, Report
from pipeline.settings import did_you_mean
from pipeline.transform.facts import Facts, plain
from pipeline.transform.lazily import Once
from pipeline.transform.views import View
from pipeline.transform.words import as_words, folded, is_on_or_before

Maker = Callable[[View], Sequence[Facts]]


def having(items: Sequence[Facts], **wanted: object) -> list[Facts]:
    """The items whose fields equal what is wanted."""
    for name, value in wanted.items():
        items = [item for item in items if plain(item, name) == value]
    return list(items)


def dated(items: Sequence[Facts], day: dt.date, *, later: bool = False) -> list[Facts]:
    """The items dated by `day`, or with `later` those after it."""
    return [item for item in items if is_on_or_before(plain(item, "date"), day) != later]


def since(items: Sequence[Facts], name: str, day: dt.date | None) -> list[Facts]:
    """The items whose date field is after `day`; all that have one where there is no such day."""
    days = ((item, plain(item, name)) for item in items)
    return [item for item, value in days if isinstance(value, dt.date) and (day is None or value > day)]


def numbered(view: View, number: int | None) -> list[Facts]:
    """The update of one number, as a list of one or none."""
    return having(view.updates, number=number) if number is not None else []


def last_update(view: View) -> list[Facts]:
    """The last update submitted, as a list of one or none."""
    return numbered(view, view.position.last_update.number if view.position.last_update else None)


def next_update(view: View) -> list[Facts]:
    """The first update still due, as a list of one or none."""
    return numbered(view, view.position.next_update.number if view.position.next_update else None)


def considered(view: View) -> list[Facts]:
    """The last update, if a meeting before this one came after it."""
    done = []
    for item in last_update(view):
        meeting = plain(item, "considered_at")
        if isinstance(meeting, Facts) and is_on_or_before(
            plain(meeting, "date"), view.dates.meeting_on - dt.timedelta(1)
        ):
            done.append(item)
    return done


BUILT_IN: Mapping[str, Maker] = {
    "letter received": lambda view: having(view.letters.facts, direction="in"),
    "letter sent": lambda view: having(view.letters.facts, direction="out"),
    "covering letter": lambda view: having(view.letters.facts, covering="yes"),
    "reply received": lambda view: [
        each for each in having(view.letters.facts, direction="in") if plain(each, "in_reply_to")
    ],
    "reply sent": lambda view: [
        each for each in having(view.letters.facts, direction="out") if plain(each, "in_reply_to")
    ],
    "reply awaited": lambda view: [
        each for each in having(view.letters.facts, direction="out", answered="no") if plain(each, "reply_expected")
    ],
    "workshop": lambda view: list(view.workshops),
    "workshop held": lambda view: dated(view.workshops, view.dates.as_at),
    "workshop planned": lambda view: dated(view.workshops, view.dates.as_at, later=True),
    "workshop held by the meeting": lambda view: dated(view.workshops, view.dates.meeting_on),
    "update submitted": lambda view: [each for each in view.updates if plain(each, "submitted")],
    "last update": last_update,
    "next update": next_update,
    "last update considered": considered,
    "final update submitted": lambda view: having(last_update(view), final=True),
    "progress": lambda view: list(view.progress),
    "area not complete": lambda view: [each for each in view.progress if plain(each, "percent") != "100%"],
    "action": lambda view: list(view.actions),
    "action open": lambda view: having(view.actions, state="open"),
    "action paused": lambda view: having(view.actions, state="paused"),
    "action outstanding": lambda view: [each for each in view.actions if plain(each, "state") in ("open", "paused")],
    "action overdue": lambda view: having(view.actions, overdue="yes"),
    "action completed": lambda view: having(view.actions, state="complete"),
    "action completed since the last meeting": lambda view: since(
        having(view.actions, state="complete"), "completed_on", view.position.last_meeting_on
    ),
    "direction": lambda view: dated(
        [view.facts("direction", each) for each in view.records.directions], view.dates.as_at
    ),
    "workstream live": lambda view: having(
        [view.facts("workstream", each) for each in view.records.workstreams], live=True
    ),
    "earlier meeting": lambda view: [
        view.facts("meeting", each) for each in view.position.meetings if each.date < view.dates.meeting_on
    ],
    "later meeting": lambda view: [
        view.facts("meeting", each) for each in view.position.meetings if each.date > view.dates.meeting_on
    ],
}


def kind_of_list(name: str, report: Report) -> str:
    """What a sentence calls one item of a list: `letter`, `workshop`, `action`..."""
    while name in report.lists:
        name = report.lists[name].of
    return report.kinds[LISTS[name].kind].item


@lru_cache(maxsize=1024)
def slug(name: str) -> str:
    """A list's or section's name as a field: `letter received` is `letter_received`."""
    return "_".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())


def matching(items: Sequence[Facts], wanted: Mapping[str, Sequence[str]]) -> Sequence[Facts]:
    """The items that have, in every field named, one of the words. `*` is anything filled in."""
    for name, allowed in wanted.items():
        words, any_at_all = folded(allowed), "*" in allowed
        told = [(item, as_words(plain(item, name))) for item in items]
        items = [item for item, value in told if value in words or (any_at_all and value)]
    return items


def narrowed(items: Sequence[Facts], settings: ListSettings) -> list[Facts]:
    """The items that match `where` and do not match `unless`."""
    kept = matching(items, settings.where)
    left_out = {id(item) for item in matching(kept, settings.unless)} if settings.unless else ()
    return [item for item in kept if id(item) not in left_out]


Lists = Mapping[str, Once[Sequence[Facts]]]


def make_lists(view: View) -> Lists:
    """Every list by name, the report's own among them, each made when it is drawn on; raises PaperError where one is
    made from nothing known.
    """
    return with_own(view.report, built_in(view), in_order(view.report))


def built_in(view: View) -> dict[str, Once[Sequence[Facts]]]:
    """The lists that every report has."""
    return {name: Once(partial(make, view)) for name, make in BUILT_IN.items()}


def with_own(report: Report, lists: Lists, order: Sequence[str]) -> Lists:
    """These lists and the report's own, made by narrowing in the order that `in_order` gives."""
    made = dict(lists)
    for name in order:
        settings = report.lists[name]
        made[name] = Once(partial(narrowed_from, made[settings.of], settings))
    return made


def narrowed_from(wider: Once[Sequence[Facts]], settings: ListSettings) -> Sequence[Facts]:
    """A list of the report's own."""
    return narrowed(wider(), settings)


def in_order(report: Report) -> list[str]:
    """The report's own lists, each after the one it is made from; raises PaperError for one that hangs in the air."""
    done: dict[str, None] = {}
    waiting = dict(report.lists)
    while waiting:
        ready = [name for name, settings in waiting.items() if settings.of in BUILT_IN or settings.of in done]
        if not ready:
            causes = {name: each for name, each in waiting.items() if each.of not in waiting} or waiting
            raise PaperError(unmade(report, name, settings) for name, settings in causes.items())
        for name in ready:
            done[name] = None
            del waiting[name]
    return list(done)


def unmade(report: Report, name: str, settings: ListSettings) -> Problem:
    """The problem of a list that is made from none that exists."""
    known = sorted([*BUILT_IN, *(set(report.lists) - {name})])
    place = Place(f"{report.name}/report.toml", near=f"[lists.{name}]")
    return error("W101", place, f"“{settings.of}” is not a list.", did_you_mean(settings.of, known))

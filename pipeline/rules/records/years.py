"""Rules on years: a date that is years off, and so drops its row out of the paper, or into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from pipeline.problems import Problem, warning
from pipeline.records import Record
from pipeline.rules.records.actions import due, name_of
from pipeline.rules.records.case import Case, is_open
from pipeline.rules.slips import LONG_AGO, slips

CURE = "Correct the year, if it is a slip."
Told = Callable[[dt.date, dt.date], str]
"""What comes of a row in the paper, by the day that it has and the day that is probably meant; "" for nothing."""


def letters(case: Case) -> Iterator[Problem]:
    """I493 for letters."""
    unknown = "The letter is taken as not yet written, so the paper does not tell of it."
    rows = [(each, f"“{each.ref}”") for each in case.records.letters]
    yield from off(case, rows, "date", ahead(case, unknown, "The paper tells of it under that day."))


def meetings(case: Case) -> Iterator[Problem]:
    """I493 for meetings, which may lie ahead."""

    def told(day: dt.date, meant: dt.date) -> str:
        here = day == case.dates.meeting_on
        return "This paper is for that day." if here else f"No paper is made for a meeting on {case.day(meant)}."

    yield from off(case, [(each, "The meeting") for each in case.records.meetings], "date", told, planned=True)


def workshops(case: Case) -> Iterator[Problem]:
    """I493 for workshops, which may lie ahead."""
    told = ahead(case, "The workshop is taken as still to come.", "The paper gives that day.")
    yield from off(case, [(each, "The workshop") for each in case.records.workshops], "date", told, planned=True)


def directions(case: Case) -> Iterator[Problem]:
    """I493 for Directions. A register may go back many years: only what seems to be still to come is told."""
    told = ahead(case, "It is taken as not yet made, so the paper does not tell of it.", "")
    yield from off(case, [(each, "The Direction") for each in case.records.directions], "date", told)


def updates(case: Case) -> Iterator[Problem]:
    """I493 for the days on which updates were submitted, and on which they are due."""
    rows = sorted(case.records.updates, key=lambda each: each.number)
    named = [(each, f"Update {each.number}") for each in rows]
    still_due = "It is taken as still due, so the paper tells neither of it nor of its figures."
    yield from off(case, named, "submitted", ahead(case, still_due, ""))
    yield from off(case, named, "due", lambda *_: "The paper gives that day.", planned=True)


def completions(case: Case) -> Iterator[Problem]:
    """I493 for the days on which actions were completed."""
    rows = sorted((each for each in case.actions if each.completed_on), key=lambda each: str(each.completed_on))
    told = ahead(case, "It is taken as not yet complete, so the paper tells of it as open.", "")
    yield from off(case, [(each, f"“{name_of(each)}”") for each in rows], "completed_on", told)


def deadlines(case: Case) -> Iterator[Problem]:
    """I498: an open action due more than five years from now, and five years after every other."""
    dated = [(each.deadline.first, each) for each in case.actions if each.deadline and each.deadline.first]
    last = max((day for day, _ in dated), default=case.dates.as_at)
    before = max((day for day, _ in dated if day < last), default=case.dates.as_at)
    for day, each in dated if last - max(before, case.dates.as_at) > LONG_AGO else ():
        if day == last and is_open(each, case.dates.as_at):
            message = f"“{name_of(each)}” is due {due(each, case)}, years after every other: it is not late until then."
            yield warning("I498", each.place("deadline"), message, CURE)


def off(
    case: Case, rows: Sequence[tuple[Record, str]], name: str, told: Told, *, planned: bool = False
) -> Iterator[Problem]:
    """I493 for each row, with what a message calls it, whose day under `name` is probably a slip of the year."""
    dated = [(row, subject, day) for row, subject in rows if (day := getattr(row, name)) is not None]
    found = slips([day for _, _, day in dated], case.dates.as_at, planned=planned)
    for at, meant in sorted(found.items()):
        row, subject, day = dated[at]
        if comes_of_it := told(day, meant):
            message = (
                f"{subject} is dated “{case.day(day)}”, and {case.day(meant)} would stand with the rows beside it. "
                f"{comes_of_it}"
            )
            yield warning("I493", row.place(name), message, CURE)


def ahead(case: Case, then: str, otherwise: str) -> Told:
    """`then` where the paper takes as still to come what has probably been, else `otherwise`."""
    return lambda day, meant: then if meant <= case.dates.as_at < day else otherwise


RULES = (letters, meetings, workshops, directions, updates, completions, deadlines)

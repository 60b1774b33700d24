"""Acceptances: a warning that an officer lets stand, with a reason and a name that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.formats import day
from pipeline.kinds import Acceptance
from pipeline.problems import Level, Problem, error, note, warning

EVERYWHERE = "*"


def accepted(problems: Iterable[Problem], acceptances: Sequence[Acceptance]) -> list[Problem]:
    """The problems, warnings that were accepted as notes with reason and name; then what is wrong with acceptances.

    An acceptance holds where its code is the problem's, and its `where` is the problem's place (`Actions!D10`, or the
    cell alone, or as the list prints it), the value in question (`BV-142`), or `*`. Errors cannot be accepted.
    """
    sound = [each for each in acceptances if not incomplete(each)]
    kept, used, refused = [], set[int](), dict[int, Problem]()
    for problem in problems:
        number = next((number for number, each in enumerate(sound) if matches(each, problem)), None)
        if number is None or problem.level is Level.NOTE:
            kept.append(problem)
        elif problem.level is Level.ERROR:
            kept.append(problem)
            refused[number] = not_an_error(sound[number])
        else:
            kept.append(as_note(problem, sound[number]))
        used |= set() if number is None else {number}
    idle = [unused(each) for number, each in enumerate(sound) if number not in used]
    return [*kept, *refused.values(), *idle, *(fault for each in acceptances if (fault := incomplete(each)))]


def matches(acceptance: Acceptance, problem: Problem) -> bool:
    """Is this the problem that the officer meant?"""
    if plain(acceptance.code) != plain(problem.code):
        return False
    where, place = plain(acceptance.where), problem.place
    known = {plain(each) for each in (str(place), place.short, place.cell, place.file) if each}
    return where == EVERYWHERE or where in known or f"“{where}”" in plain(problem.message)


def stands(problem: Problem, acceptances: Iterable[Acceptance]) -> bool:
    """Does an officer let the problem stand, saying where, why and by whom?"""
    return any(matches(each, problem) and not incomplete(each) for each in acceptances)


def plain(text: str) -> str:
    """A text ready to be compared."""
    return " ".join(text.split()).casefold()


def as_note(problem: Problem, acceptance: Acceptance) -> Problem:
    """The problem as a note that says who lets it stand, and why."""
    on = f" on {day(acceptance.date)}" if acceptance.date else ""
    words = f"Accepted by {acceptance.by.strip()}{on}: “{acceptance.reason.strip()}”."
    return replace(problem, level=Level.NOTE, message=f"{problem.message} {words}", cure="")


def incomplete(acceptance: Acceptance) -> Problem | None:
    """I492 for an acceptance that lacks what makes it one."""
    for name, text in (("where", acceptance.where), ("reason", acceptance.reason), ("by", acceptance.by)):
        if not text.strip():
            what = {"where": "does not say where", "reason": "gives no reason", "by": "does not say by whom"}[name]
            message = f"The acceptance of “{acceptance.code}” {what}, so it does not count."
            return error("I492", acceptance.place(name), message, "Fill the cell in.")
    return None


def not_an_error(acceptance: Acceptance) -> Problem:
    """I490: an error was to be accepted."""
    message = f"“{acceptance.code}” is an error here, and errors cannot be accepted."
    return warning("I490", acceptance.place("code"), message, "Put it right, and take this row out.")


def unused(acceptance: Acceptance) -> Problem:
    """I491: nothing there to be accepted any more."""
    message = f"“{acceptance.code}” at “{acceptance.where}” is accepted, but no such problem stands."
    return note("I491", acceptance.place("code"), message, "Take the row out.")

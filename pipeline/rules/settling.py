"""Problems settled: each told once, at the report's level, without what follows from another or an officer lets stand.

What follows from what is said in `consequences.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from pipeline.catalogue import problem, rules
from pipeline.formats import day
from pipeline.kinds import Acceptance
from pipeline.nearest import nearest
from pipeline.patterns import Pattern
from pipeline.problems import Level, Place, Problem, column_of, row_of
from pipeline.report import Report
from pipeline.text import folded

CONSEQUENCES = Path(__file__).parent / "consequences.toml"
BLANK_IN = Pattern(r"\(wording sheet, ([^()]+)\)")
QUOTED = Pattern("“([^”]*)”")
ONE_CURE = ("W102", "W202", "W203")
"""Codes told once at a place, however they are put."""
EVERYWHERE = "*"
LEVELS = [str(level) for level in Level]


def settled(problems: Sequence[Problem], report: Report, acceptances: Sequence[Acceptance]) -> list[Problem]:
    """Problems each once: at the report's levels, those that an officer lets stand as notes."""
    return accepted(with_levels(without_consequences(once(problems)), report), acceptances)


def once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without repeats: the same code at the same place once, the better message first."""
    first: dict[tuple[str, Place, str], Problem] = {}
    for raised in problems:
        first.setdefault((raised.code, raised.place, "" if raised.code in ONE_CURE else raised.message), raised)
    return list(first.values())


KEYS: Mapping[str, Callable[[Place], object]] = {
    "paper": lambda _: "",
    "file": lambda place: place.file,
    "sheet": lambda place: (place.file, place.sheet),
    "column": lambda place: (place.file, place.sheet, column_of(place)),
    "row": lambda place: (place.file, place.sheet, row_of(place)),
    "cell": lambda place: place if place.cell else None,
    "place": lambda place: place,
    "sentence": lambda place: place.short,
}
"""What two problems have in common, by the place of either; None where it has nothing of the kind."""


class Consequence(NamedTuple):
    """What follows from what: see `consequences.toml`."""

    codes: tuple[str, ...]
    at: str = ""
    after: tuple[str, ...] = ()
    after_errors: tuple[str, ...] = ()
    within: str = ""
    of: str = ""
    saying: str = ""
    another_sheet: bool = False
    quoted: bool = False

    def among(self, problems: Sequence[Problem]) -> Iterator[Problem]:
        """The problems that are needless."""
        rest = [raised for raised in problems if raised.code.startswith(self.codes) and self.concerns(raised)]
        if not self.at:
            return iter(rest)
        causes = self.causes(problems) if rest else {}
        return (
            raised
            for raised in rest
            if any(self.explains(one, raised) for one in causes.get(KEYS[self.at](raised.place), ()))
        )

    def causes(self, problems: Sequence[Problem]) -> Mapping[object, list[Problem]]:
        """What others may follow from, by what the two would have in common."""
        found: dict[object, list[Problem]] = {}
        for raised in filter(self.may_cause, problems):
            for key in BLANK_IN.findall(raised.message) if self.at == "sentence" else [KEYS[self.at](raised.place)]:
                found.setdefault(key, []).append(raised)
        found.pop(None, None)
        return found

    def concerns(self, problem: Problem) -> bool:
        """May the problem follow, by where it stands and what it says?"""
        return bool(re.search(self.of, problem.place.file) and re.search(self.saying, problem.message))

    def may_cause(self, problem: Problem) -> bool:
        """Is it something that others follow from?"""
        wrong = problem.level is Level.ERROR and problem.code.startswith(self.after_errors)
        return (wrong or problem.code.startswith(self.after)) and bool(re.search(self.within, problem.place.file))

    def explains(self, cause: Problem, problem: Problem) -> bool:
        """Does the problem follow from this cause, which has the right place?"""
        words = QUOTED.match(problem.message)
        return (not self.another_sheet or cause.place.sheet != problem.place.sheet) and (
            not self.quoted or (words is not None and words[1] in cause.message)
        )


@cache
def consequences() -> tuple[Consequence, ...]:
    """Everything that follows from something else."""
    known = tomli.loads(CONSEQUENCES.read_text(encoding="utf-8"))["needless"]
    return tuple(Consequence(**{name: fixed(value) for name, value in table.items()}) for table in known)


def fixed(value: object) -> Any:
    """A value of the file, a list as a tuple."""
    return tuple(value) if isinstance(value, list) else value


def without_consequences(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without those that are mended by mending another."""
    needless = (
        {id(raised) for consequence in consequences() for raised in consequence.among(problems)} if problems else ()
    )
    return [raised for raised in problems if id(raised) not in needless]


def with_levels(problems: Iterable[Problem], report: Report) -> list[Problem]:
    """The problems at the levels that the report's settings give, and a problem for each setting that cannot hold.

    `[checks.levels]` maps a code to `error`, `warning` or `note`. A rule whose level is fixed keeps it.
    """
    place = Place(report.settings_file, near="[checks.levels]")
    faults = {code: fault for code, word in report.levels.items() if (fault := of_setting(code, word, place))}
    chosen = {code: Level(word) for code, word in report.levels.items() if code not in faults}
    kept = [replace(raised, level=chosen[raised.code]) if raised.code in chosen else raised for raised in problems]
    return [*kept, *faults.values()]


def of_setting(code: str, word: str, place: Place) -> Problem | None:
    """What is wrong about the level that the settings give to a code."""
    rule = rules().get(code)
    if rule is None:
        return problem("S111", place, code=code, near=nearest(code, rules()))
    if word not in LEVELS:
        return problem("S112", place, word=word, levels=", ".join(LEVELS), near=nearest(word, LEVELS))
    return problem("S113", place, code=code) if rule.fixed and word != rule.level else None


def accepted(problems: Iterable[Problem], acceptances: Sequence[Acceptance]) -> list[Problem]:
    """The problems, warnings that were accepted as notes with reason and name; then what is wrong with acceptances.

    An acceptance holds where its code is the problem's, and its `where` is the problem's place (`Actions!D10`, or the
    cell alone, or as the list prints it), the value in question (`BV-142`), or `*`. Errors cannot be accepted.
    """
    sound = [acceptance for acceptance in acceptances if not lack_of(acceptance)]
    meant = [(raised, the_one_for(raised, sound)) for raised in problems]
    kept = [let_stand(raised, one) if one else raised for raised, one in meant]
    refused = {id(one): refusal(one) for raised, one in meant if one and raised.level is Level.ERROR}
    idle = unused(sound, {id(one) for _, one in meant})
    return [*kept, *refused.values(), *idle, *faults_of(acceptances)]


def the_one_for(problem: Problem, acceptances: Sequence[Acceptance]) -> Acceptance | None:
    """The first acceptance that means the problem."""
    return next((acceptance for acceptance in acceptances if matches(acceptance, problem)), None)


def refusal(acceptance: Acceptance) -> Problem:
    """I490: an error was to be accepted."""
    return problem("I490", acceptance.place("code"), code=acceptance.code)


def unused(acceptances: Sequence[Acceptance], used: AbstractSet[int]) -> Iterator[Problem]:
    """I491: nothing is there to be accepted any more."""
    idle = (acceptance for acceptance in acceptances if id(acceptance) not in used)
    return (
        problem("I491", acceptance.place("code"), code=acceptance.code, where=acceptance.where) for acceptance in idle
    )


def faults_of(acceptances: Sequence[Acceptance]) -> Iterator[Problem]:
    """I492 for each acceptance that lacks what makes it one."""
    lacking = ((acceptance, lack) for acceptance in acceptances if (lack := lack_of(acceptance)))
    return (problem("I492", acceptance.place(lack), lack, code=acceptance.code) for acceptance, lack in lacking)


def matches(acceptance: Acceptance, problem: Problem) -> bool:
    """Is this the problem that the officer meant?"""
    if folded(acceptance.code) != folded(problem.code):
        return False
    where, place = folded(acceptance.where), problem.place
    known = {folded(name) for name in (str(place), place.short, place.cell, place.file) if name}
    return where == EVERYWHERE or where in known or f"“{where}”" in folded(problem.message)


def stands(problem: Problem, acceptances: Iterable[Acceptance]) -> bool:
    """Does an officer let the problem stand, saying where, why and by whom?"""
    return any(matches(acceptance, problem) and not lack_of(acceptance) for acceptance in acceptances)


def let_stand(problem: Problem, acceptance: Acceptance) -> Problem:
    """A warning as a note that says who lets it stand, and why; any other problem as it is."""
    if problem.level is not Level.WARNING:
        return problem
    on = f" on {day(acceptance.date)}" if acceptance.date else ""
    words = f"Accepted by {acceptance.by.strip()}{on}: “{acceptance.reason.strip()}”."
    return replace(problem, level=Level.NOTE, message=f"{problem.message} {words}", cure="")


def lack_of(acceptance: Acceptance) -> str:
    """The first field that the acceptance lacks of those without which it is none; blank where it is one."""
    return next((name for name in ("where", "reason", "by") if not getattr(acceptance, name).strip()), "")

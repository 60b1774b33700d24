"""Rules on the areas: one name each, and figures that agree with the tracker."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.problems import Problem, note, warning
from pipeline.rules.near import alike, plain, variants
from pipeline.rules.records.actions import name_of
from pipeline.rules.records.case import Case, is_open


def names(case: Case) -> Iterator[Problem]:
    """I410: an area spelt in two ways, in the figures and the tracker taken together (R16)."""
    used = [(each.area, each.place("area")) for each in case.records.progress]
    used += [(each.area, each.place("area")) for each in case.actions]
    for found in variants(used, short=True):
        yield warning(
            "I410",
            found.place,
            f"The area “{found.name}” is “{found.usual}” at {found.usual_place.short}.",
            f"Write “{found.usual}” in both places." if found.rarer else "Write it one way in both places.",
        )


def headings(case: Case) -> Iterator[Problem]:
    """I411: the table of figures prints another name than the tracker's."""
    for each in case.figures:
        if each.heading and plain(each.heading) != plain(each.area):
            yield note(
                "I411",
                each.place("heading"),
                f"The table of figures prints “{each.heading}” where the rest of the paper says “{each.area}”.",
                "Write the name in full if there is room for it.",
            )


def done_but_open(case: Case) -> Iterator[Problem]:
    """I412: all of an area's actions complete, and one of the plan open (R17). “In plan? No” explains it."""
    done = {plain(each.area) for each in case.figures if each.actions and each.complete == each.actions}
    for each in case.actions:
        if plain(each.area) in done and each.in_plan is not False and is_open(each, case.dates.as_at):
            yield warning(
                "I412",
                each.place("status"),
                f"“{name_of(each)}” is open, while the figures show “{each.area}” as 100% complete.",
                "Say “No” under “In plan?” if it came after the plan, or correct the figures.",
            )


def without_figures(case: Case) -> Iterator[Problem]:
    """I413: an open action of the plan in an area that the figures do not have."""
    figures, told = [each.area for each in case.figures], set[str]()
    for each in case.actions:
        key = plain(each.area)
        new = key not in told and figures and each.in_plan and is_open(each, case.dates.as_at)
        told |= {key} if new else set()
        if new and not case.left_out(each.area) and not any(alike(each.area, area) for area in figures):
            yield warning(
                "I413",
                each.place("area"),
                f"“{each.area}” has open actions of the plan, but no figures in the last update.",
                "Correct the area, or say “No” under “In plan?”.",
            )


RULES = (names, headings, done_but_open, without_figures)

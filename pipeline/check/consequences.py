"""One mistake is told once: what only follows from another problem of the list is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.problems import NOWHERE, Level, Place, Problem

UNSAID = re.compile(r"“\[([^\[\]!]+![A-Z]+\d+)\]”")
WORDING = "wording.xlsx"


@dataclass(frozen=True, slots=True)
class Causes:
    """What others may follow from: cells and files that cannot be read, sentences unsaid, no wording, no meeting."""

    cells: frozenset[Place]
    files: frozenset[str]
    sheets: frozenset[tuple[str, str]]
    unsaid: frozenset[str]
    no_wording: bool
    no_meeting: bool


def without_consequences(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without those that are mended by mending another.

    A cell that cannot be read (I3xx), or a sheet without a heading (I204), breaks no further rule; a comment that
    cannot be read has not failed to come (C201); a sentence that could not be written (W) leaves no gap (P105); without
    wording no section says anything (P101), and without a meeting the header has no board (P102, P104).
    """
    causes = causes_in(problems)
    return [each for each in problems if not follows(each, causes)]


def causes_in(problems: Sequence[Problem]) -> Causes:
    """What in the list others may follow from."""
    errors = [each for each in problems if each.level is Level.ERROR]
    unread = [each for each in errors if each.code.startswith(("I1", "I2", "I501", "I502", "I503", "I604"))]
    return Causes(
        frozenset(each.place for each in errors if each.code.startswith("I3") and each.place.cell),
        frozenset(each.place.file for each in unread),
        frozenset((each.place.file, each.place.sheet) for each in errors if each.code in ("I203", "I204")),
        frozenset(each.place.short for each in errors if each.code.startswith("W")),
        any(each.place.file == WORDING for each in unread),
        any(each.code == "I460" for each in errors),
    )


def follows(problem: Problem, causes: Causes) -> bool:
    """Is it mended by mending a cause?"""
    code, place = problem.code, problem.place
    if code[:2] in ("I4", "C2") and (place in causes.cells or (place.file, place.sheet) in causes.sheets):
        return True
    if code == "C201":
        return place.file in causes.files
    if code == "P105" and (gap := UNSAID.search(problem.message)):
        return gap[1] in causes.unsaid
    if code == "P101":
        return causes.no_wording
    return code in ("P102", "P104") and causes.no_meeting and (place == NOWHERE or place.file.endswith("report.toml"))

"""One mistake is told once: what only follows from another problem of the list is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.problems import NOWHERE, Level, Place, Problem

UNSAID = re.compile(r"“\[[^\[\]!]+![A-Z]+\d+\]”")
BLANK_IN = re.compile(r"\(wording sheet, ([^()]+)\)")
WORDING = "wording.xlsx"
DAY_TO_COME = ("I404", "I434", "I450", "I494")
QUOTED = re.compile("“([^”]*)”")
MISLEADING = ("I440", "I441", "I442", "I446", "I451", "I452", "I454", "I457", "I602")


@dataclass(frozen=True, slots=True)
class Causes:
    """What others may follow from: cells and files that cannot be read, sentences unsaid, no wording, no meeting."""

    cells: frozenset[Place]
    files: frozenset[str]
    sheets: frozenset[tuple[str, str]]
    holed: frozenset[str]
    misled: frozenset[str]
    appended: frozenset[Place]
    columns: frozenset[tuple[str, str, str]]
    doubled: frozenset[tuple[str, str, str]]
    stopped: bool
    gappy: frozenset[tuple[str, str]]
    no_words: bool
    no_meeting: bool
    unnamed: frozenset[Place]
    slipped: frozenset[Place]
    contradicted: frozenset[Place]
    prompts: tuple[Problem, ...]


def without_consequences(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without those that are mended by mending another.

    A cell that cannot be read (I3xx), or a sheet without a heading (I204), breaks no further rule, not even of what
    it prints (P122); a comment that cannot be read has not failed to come (C201); a sentence that could not be
    written leaves no gap (P105, P111), and one that prints a blank cell (W202) no odd stop (P164); where rows are
    lost, neither a meeting (I460) nor actions (I417, I418) are missing; a letter that is misread is found by no
    sentence (P173); without wording, or the rows it speaks of, no section says anything (P101); of a heading more is
    told (I213) than that it is nearly right (I216); a day whose year is a slip (I493) is not only later than the
    facts, and one that contradicts another row (I432, I442, I454) is told of by that; a prompt that nobody filled in
    (I517) keeps no place besides (P105); and without a meeting the header has no board (P102, P104).
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
        frozenset(name for each in problems for name in holed_by(each)),
        frozenset(each.place.file for each in problems if misleading(each)),
        frozenset(each.place for each in problems if each.code == "P174"),
        frozenset(column_of(each.place) for each in errors if each.code == "I319"),
        frozenset(row_of(each.place) for each in problems if each.code == "I456"),
        any(each.code == "I483" for each in problems),
        frozenset((each.place.file, each.place.sheet) for each in errors if each.code.startswith(("I206", "I3"))),
        any(each.place.file == WORDING or unread_source(each) for each in unread),
        any(each.code == "I460" for each in errors),
        frozenset(each.place for each in problems if each.code == "I213"),
        frozenset(each.place for each in problems if each.code == "I493"),
        frozenset(each.place for each in problems if each.code in ("I432", "I442", "I454")),
        tuple(each for each in errors if each.code == "I517"),
    )


def unread_source(problem: Problem) -> bool:
    """Is a workbook, or a sheet of one, missing or not to be read?"""
    return problem.code.startswith(("I1", "I201", "I203", "I204")) and not problem.place.file.endswith(".docx")


def column_of(place: Place) -> tuple[str, str, str]:
    """The column in which a cell stands."""
    return place.file, place.sheet, place.cell.rstrip("0123456789")


def row_of(place: Place) -> tuple[str, str, str]:
    """The row in which a cell stands."""
    return place.file, place.sheet, place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def misleading(problem: Problem) -> bool:
    """May a letter be found by no sentence because of this?"""
    wrong = problem.level is Level.ERROR and (problem.code.startswith("I3") or problem.place.file == WORDING)
    return wrong or problem.code in MISLEADING


def holed_by(problem: Problem) -> list[str]:
    """The cells of the wording sheet whose sentences print a blank."""
    return BLANK_IN.findall(problem.message) if problem.code == "W202" else []


def follows(problem: Problem, causes: Causes) -> bool:
    """Is it mended by mending a cause?"""
    code, place = problem.code, problem.place
    if code[:2] in ("I4", "C2") or code in ("W202", "W203"):
        return not readable(place, causes) or lost_row(code, place, causes) or told_already(code, place, causes)
    if code in ("P105", "P111") and (UNSAID.search(problem.message) or of_a_prompt(problem, causes.prompts)):
        return True
    if code in ("P102", "P104"):
        return causes.no_meeting and (place == NOWHERE or place.file.endswith("report.toml"))
    return (
        (code == "P101" and causes.no_words)
        or (code == "P122" and place in causes.cells)
        or (code == "I216" and place in causes.unnamed)
        or (code == "P164" and (place.short in causes.holed or (causes.stopped and "“..”" in problem.message)))
        or (code == "P173" and (place.file in causes.misled or WORDING in causes.misled))
        or (code == "P174" and row_of(place) in causes.doubled)
    )


def of_a_prompt(problem: Problem, prompts: Sequence[Problem]) -> bool:
    """Does it quote words of a prompt that nobody has filled in?"""
    quoted = QUOTED.match(problem.message)
    return quoted is not None and any(each.place == problem.place and quoted[1] in each.message for each in prompts)


def told_already(code: str, place: Place, causes: Causes) -> bool:
    """Does another problem say as much, and more?"""
    return (code in DAY_TO_COME and place in causes.slipped) or (code == "I493" and place in causes.contradicted)


def readable(place: Place, causes: Causes) -> bool:
    """Could the cell, its column, its sheet be read?"""
    lost = (place.file, place.sheet) in causes.sheets or column_of(place) in causes.columns
    return not lost and place not in causes.cells


def lost_row(code: str, place: Place, causes: Causes) -> bool:
    """Is it said of something that only seems missing, because its row or file could not be read?"""
    if code == "C201":
        return place.file in causes.files
    if code == "I449":
        return place in causes.appended
    if code == "I460":
        return (place.file, place.sheet) in causes.gappy
    return code in ("I417", "I418") and any(file == place.file and sheet != place.sheet for file, sheet in causes.gappy)

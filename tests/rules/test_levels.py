"""Levels as a report sets them, and each thing told once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.problems import Place, Problem, error, note, warning
from pipeline.rules import settled
from tests.builders import report

LATE = warning("I405", Place("tracker.xlsx", "Actions", "D6"), "It is late.", "Hurry.")
EXEMPT = error("I452", Place("log.xlsx", "Log", "L4"), "It is exempt.", "Clear the cell.")


def levels(**chosen: str) -> list[Problem]:
    """The two problems as a report with such settings has them."""
    return settled([LATE, EXEMPT], report(levels=chosen), ())


def test_without_settings_every_level_is_the_rules_own() -> None:
    assert levels() == [LATE, EXEMPT]


@pytest.mark.parametrize("level", ["error", "note", "warning"])
def test_a_report_may_give_a_rule_another_level(level: str) -> None:
    assert [str(each.level) for each in levels(I405=level)] == [level, "error"]


@pytest.mark.parametrize(("code", "level", "expected"), [
    ("i405", "note", "S111 “i405” is the code of no rule. Did you mean “I405”?"),
    ("XYZ", "note", "S111 “XYZ” is the code of no rule. Take it out."),
    ("I405", "Note", "S112 “Note” is no level. Did you mean “note”?"),
    ("I405", "off", "S112 “off” is no level. Use one of: error, warning, note."),
    ("I452", "note", "S113 The level of “I452” cannot be changed. Take it out."),
])  # fmt: skip
def test_a_setting_that_cannot_hold_is_told_and_changes_nothing(code: str, level: str, expected: str) -> None:
    *kept, wrong = levels(**{code: level})
    assert kept == [LATE, EXEMPT]
    assert f"{wrong.code} {wrong.message} {wrong.cure}" == expected
    assert wrong.place == Place("example-board/report.toml", near="[checks.levels]")


def test_a_fixed_level_may_be_written_down() -> None:
    assert levels(I452="error") == [LATE, EXEMPT]


CELL, OTHER = Place("wording.xlsx", "Wording", "F2"), Place("wording.xlsx", "Wording", "F3")


def test_a_sentence_whose_fault_is_explained_is_not_told_again_as_unwritten() -> None:
    field = error("W114", CELL, "No such field.", "Did you mean “date”?")
    here, there = (error("W201", place, "Could not be written.", "Correct it.") for place in (CELL, OTHER))
    assert settled([field, here, there], report(), ()) == [field, there]


def test_a_sentence_that_only_lacks_style_is_still_told_as_unwritten() -> None:
    style, unwritten = (
        note("W304", OTHER, "Two blanks.", "Take one out."),
        error("W201", OTHER, "Not written.", "Mend it."),
    )
    assert settled([style, unwritten], report(), ()) == [style, unwritten]


def test_an_unknown_list_is_told_once_with_the_better_cure() -> None:
    better, worse = (error("W102", OTHER, "“x” is not a list.", cure) for cure in ("Did you mean “y”?", "Choose one."))
    assert settled([better, worse], report(), ()) == [better]


def test_the_same_words_at_the_same_place_are_told_once_and_others_each() -> None:
    later = replace(LATE, message="It is very late.")
    assert settled([LATE, LATE, later], report(), ()) == [LATE, later]

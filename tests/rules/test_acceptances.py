"""Warnings that an officer lets stand, with a reason and a name that are kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pipeline.kinds import Acceptance
from pipeline.problems import Place, Problem, error, note, warning
from pipeline.rules import settled
from tests.builders import report

CELL = Place("tracker.xlsx", "Actions", "D10")
ENDLESS = warning("I406", CELL, "“BV-142” is “On-going”.", "Give a review date.")
ELSEWHERE = warning("I406", Place("tracker.xlsx", "Actions", "D99"), "“BV-999” is “On-going”.", "Give a review date.")
FALSE = error("I416", Place("tracker.xlsx", "Progress", "F6"), "It stands at 100%.", "Take it out.")
ROW = Place("accepted.xlsx", "Accepted", "A2")


def acceptance(code: str = "I406", where: str = "Actions!D10", **values: str) -> Acceptance:
    """A row of the list of acceptances."""
    known: dict[str, Any] = {"reason": "The review has no end.", "by": "Jo Smith"} | values
    return Acceptance(key="2", source=ROW, code=code, where=where, date=dt.date(2017, 1, 12), **known)


def told(problems: list[Problem], *acceptances: Acceptance) -> list[str]:
    """What is left of the problems, a line each."""
    return [
        f"{each.level} {each.code} {each.message} {each.cure}".strip()
        for each in settled(problems, report(), acceptances)
    ]


STANDS = "note I406 “BV-142” is “On-going”. Accepted by Jo Smith on 12 January 2017: “The review has no end.”."


@pytest.mark.parametrize("where", [
    "Actions!D10", "actions!d10 ", "D10", "tracker.xlsx, sheet Actions, cell D10", "BV-142", "*"
])  # fmt: skip
def test_an_accepted_warning_is_a_note_with_reason_and_name(where: str) -> None:
    assert told([ENDLESS], acceptance(where=where)) == [STANDS]


def test_another_cell_or_code_is_not_accepted_with_it() -> None:
    assert told([ENDLESS, ELSEWHERE], acceptance()) == [
        STANDS,
        "warning I406 “BV-999” is “On-going”. Give a review date.",
    ]
    assert told([ENDLESS], acceptance("I405")) == [
        "warning I406 “BV-142” is “On-going”. Give a review date.",
        "note I491 “I405” at “Actions!D10” is accepted, but no such problem stands. Take the row out.",
    ]


def test_an_error_cannot_be_accepted() -> None:
    assert told([FALSE], acceptance("I416", "Progress!F6")) == [
        "error I416 It stands at 100%. Take it out.",
        "warning I490 “I416” is an error here, and errors cannot be accepted. Put it right, and take this row out.",
    ]


@pytest.mark.parametrize(("missing", "what"), [
    ("where", "does not say where"), ("reason", "gives no reason"), ("by", "does not say by whom")
])  # fmt: skip
def test_an_incomplete_acceptance_does_not_count(missing: str, what: str) -> None:
    assert told([ENDLESS], acceptance(**{missing: " "})) == [
        "warning I406 “BV-142” is “On-going”. Give a review date.",
        f"error I492 The acceptance of “I406” {what}, so it does not count. Fill the cell in.",
    ]


def test_an_acceptance_of_nothing_is_told_at_its_row() -> None:
    (only,) = settled([], report(), [acceptance()])
    assert (only.code, only.place) == ("I491", ROW)


def test_a_note_needs_no_acceptance_and_uses_one_up() -> None:
    there = note("I406", CELL, "It is so.", "")
    assert settled([there], report(), [acceptance()]) == [there]

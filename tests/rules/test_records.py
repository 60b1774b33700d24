"""Rules between rows where settings and other days decide, and what is never quoted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipeline.kinds import Records, changed
from pipeline.problems import Problem
from pipeline.rules import Case, problems_of
from tests.rules.board import IN_JANUARY, JANUARY, apart, day
from tests.rules.wordings import shipped

Change = Callable[[Records], Records]


def check(records: Records, **settings: Any) -> list[Problem]:
    """The problems of the reference board's January files after a change."""
    closed = settings.pop("closed", frozenset())
    report = replace(shipped("best-value-board"), **settings)

    kept, withheld = apart(records)
    found = problems_of(Case(kept, JANUARY, report, closed=closed, withheld=withheld))
    return [each for each in found if each.code.startswith("I")]


def made(change: Change, **settings: Any) -> list[str]:
    """Code, place and message of the problems that a change adds."""
    before = set(check(IN_JANUARY, **settings))
    return [
        f"{each.code} {each.place.short}: {each.message}"
        for each in check(change(IN_JANUARY), **settings)
        if each not in before
    ]


def on(name: str, position: int, **values: Any) -> Change:
    """A change to one record of a kind, by its position."""

    def change(records: Records) -> Records:
        rows = list(getattr(records, name))
        rows[position] = changed(rows[position], **values)
        new: dict[str, Any] = {name: tuple(rows)}
        return replace(records, **new)

    return change


def both(*changes: Change) -> Change:
    """Several changes."""

    def change(records: Records) -> Records:
        for each in changes:
            records = each(records)
        return records

    return change


@pytest.mark.parametrize(("nation", "paragraph", "wrong"), [
    ("england", "7", False), ("england", "8", True), ("england", "12", True), ("england", "?", False),
    ("wales", "12", False), ("wales", "3", True), ("wales", "18A", False), ("wales", "18D", True),
    ("scotland", "15", False), ("scotland", "16", True),
    ("northern-ireland", "7", False), ("northern-ireland", "8", True),
])  # fmt: skip
def test_the_paragraph_of_an_exempt_row_is_one_of_its_nations(nation: str, paragraph: str, wrong: bool) -> None:
    found = made(on("letters", 1, exempt=paragraph), nation=nation)
    assert [line[:4] for line in found] == (["I451"] if wrong else [])


def test_nothing_of_an_exempt_row_is_quoted() -> None:
    secret = {"sender": "Comissioners", "subject": "SECRET", "points": ("SECRET soon",), "appendix_title": "SECRET"}
    rows = both(
        on("letters", 1, exempt="3", **secret, file="gone SECRET.pdf", reply_expected="SECRET soon"),
        on("actions", 1, exempt="1", activity="SECRET currently", area="SECRET", completed_on=day("2016-01-01")),
    )
    told = "\n".join(made(rows))
    assert "SECRET" not in told
    assert "Comissioners" not in told


def test_a_bank_holiday_is_no_day_for_a_meeting() -> None:
    closed = frozenset((day("2017-02-27"),))
    problems = check(IN_JANUARY, closed=closed)
    assert [each.message for each in problems if each.code == "I462"] == [
        "The meeting of 27 February 2017 is on a bank holiday or another closed day."
    ]


def test_a_tracker_without_a_column_for_dates_is_not_asked_for_them() -> None:
    def without(records: Records) -> Records:
        rows = (
            changed(each, completed_on=None, cells={k: v for k, v in each.cells.items() if k != "completed_on"})
            for each in records.actions
        )
        return replace(records, actions=tuple(rows))

    assert not any(line.startswith("I402") for line in made(without))


def test_how_old_data_may_be_is_the_reports_own() -> None:
    old = replace(IN_JANUARY, position_at=day("2016-11-01"))
    assert [each.code for each in check(old, data_within_days=73) if each.code == "I470"] == []
    assert [each.code for each in check(old, data_within_days=72) if each.code == "I470"] == ["I470"]

"""Periods: the day of which the tracker tells, what a row had in the last paper, figures to be agreed, quarters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dates import last_ended
from pipeline.kinds import Records, figure_in
from pipeline.problems import Place
from tests.builders import area, report, sentence, text_of, told, update
from tests.kinds.budgets import MEETING, ROWS, budget_board, budgets, wording
from tests.office import build
from tests.reader import read_paper
from tests.small_report import SmallReport, workbook

FEBRUARY = dt.date(2026, 2, 17)
WAS = """
[kinds.budgets.derived]
last_rag = { last_paper = "rag" }
before = { last_paper = "forecast" }
variance = "forecast - budget"
way = "variance | direction('Over', 'Under', 'On budget')"
"""
MOVED = (
    ("was", "budget", "always", "{{ budget.line }}{{ ' was ' ~ budget.last_rag if budget.last_rag }}, "
     "{{ budget.forecast | change(budget.before) if budget.before and budget.forecast else 'no earlier forecast' }}."),
    ("table", None, "budget", "Table: budget"),
)  # fmt: skip


def now(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day - dt.timedelta(days=11), dt.time(9), dt.UTC)


@pytest.fixture
def board(tmp_path: Path) -> SmallReport:
    """A board whose wording asks what a line had in the last paper; it meets twice."""
    made = budget_board(tmp_path)
    settings = made.folder / "templates" / made.name / "report.toml"
    text = settings.read_text(encoding="utf-8")
    known, rest = text.split("[kinds.budgets.derived]")
    settings.write_text(
        known + WAS + rest[rest.index("[kinds.budgets.checks]") :],
        encoding="utf-8",
    )
    workbook(
        made.inputs / "calendar.xlsx",
        {"Meetings": [("Body", "Date"), ("The Cabinet", MEETING), ("The Cabinet", FEBRUARY)]},
    )
    wording(made, MOVED)
    return made


def moved() -> list[tuple[object, ...]]:
    """The rows three months on: trees have a forecast, repairs cost less and are amber."""
    rows = [list(row) for row in ROWS]
    rows[0][4], rows[0][8], rows[3][4] = 4200, "A", 35
    return [tuple(row) for row in rows]


def test_a_row_says_what_it_had_in_the_last_paper_and_which_way_it_went(board: SmallReport) -> None:
    first = build(board.order(now(MEETING), meeting=MEETING))
    lines = read_paper(first.path.read_bytes()).splitlines()
    assert "Repairs, no earlier forecast." in lines
    notes = [each for each in first.problems if each.code == "I485"]
    assert [each.message.partition(",")[0] for each in notes] == ["There is no paper of an earlier meeting"] * 2
    budgets(board, moved())
    second = build(board.order(now(FEBRUARY), meeting=FEBRUARY))
    assert read_paper(second.path.read_bytes()).splitlines()[3:7] == [
        "Repairs was Red, down by £200.5k.",
        "Voids was Green, as before.",
        "Trees was Green, no earlier forecast.",
        "Play was Amber, as before.",
    ]
    assert "I485" not in {each.code for each in second.problems}


def test_what_the_last_paper_did_not_print_is_blank_and_that_is_said(board: SmallReport) -> None:
    wording(board, MOVED[:1])
    build(board.order(now(MEETING), meeting=MEETING))
    second = build(board.order(now(FEBRUARY), meeting=FEBRUARY))
    said = {each.message for each in second.problems if each.code == "I485"}
    assert "No table of the paper of 18 November 2025 printed “rag”, so “last_rag” of each budget is blank." in said


@pytest.mark.parametrize(
    ("text", "value"), [("£6,620k", 6_620_000), ("(£50k)", -50_000), ("-1.5", "-1.5"), ("40%", 40), ("Red", None)]
)
def test_a_printed_figure_is_read_as_it_was_written(text: str, value: object) -> None:
    found = figure_in(text)
    assert str(found) == (text if value is not None else "None")
    assert found == (None if value is None else type(found)(value))  # type: ignore[misc]


def test_position_at_is_a_day_that_rests_on_its_cell() -> None:
    cell = Place("tracker.xlsx", "Actions", "B1")
    known = Records(position_at=dt.date(2017, 1, 12), position_cell=cell)
    made = told(known, sentence("The position is that at {{ position_at | day }}."))
    assert text_of(made) == ["The position is that at 12 January 2017."]
    (block,) = made.context.sections["background"]
    assert (cell,) in {fact.sources for fact in block.facts}
    own = told(
        known, sentence("At {{ position_at }}."), of=replace(report(), fields={"title": "T", "position_at": "a time"})
    )
    assert text_of(own) == ["At a time."]


def test_figures_that_await_submission_can_be_shown_as_such() -> None:
    known = Records(
        updates=(update(3, "2016-09-19"), update(4)),
        progress=(area("Grants", 9, 10), area("Grants", 10, 10, 4)),
    )
    made = told(
        known, sentence("{{ area.area }}: {{ area.percent }} to be agreed.", for_each="progress awaiting submission")
    )
    assert text_of(made) == ["Grants: 100% to be agreed."]


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2026-06-30", "Q1 2026/27"),
        ("2026-06-29", "Q4 2025/26"),
        ("2026-03-31", "Q4 2025/26"),
        ("2026-01-01", "Q3 2025/26"),
    ],
)
def test_a_quarter_is_over_on_its_last_day(day: str, label: str) -> None:
    assert str(last_ended(dt.date.fromisoformat(day))) == label

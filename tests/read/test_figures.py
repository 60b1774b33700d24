"""Figures: what a cell of money, of a percentage or of a number holds, and what a paper prints of it."""

from __future__ import annotations

import pickle

import pytest

from pipeline.problems import Place, Problem
from pipeline.sheets import Cell
from tests.read.reading import as_money, as_number, as_percent

AT = Place("budget.xlsx", "Budget", "B2")


@pytest.mark.parametrize(("cell", "number", "printed"), [
    (Cell(412000, "number"), 412000, "£412,000"),
    (Cell(412000, "number", "£#,##0"), 412000, "£412,000"),
    (Cell(100250.5, "number"), 100250.5, "£100,250.50"),
    (Cell(-2005.00999999999, "number", "#,##0.00;(#,##0.00)"), -2005.00999999999, "-£2,005.01"),
    (Cell(1200000, "number", '£0.0,,"m"'), 1200000, "£1.2m"),
    (Cell("£1,250.50", "text", ""), 1250.5, "£1,250.50"),
    (Cell("(1,250)", "text", ""), -1250, "-£1,250"),
    (Cell("-3", "text", ""), -3, "-£3"),
])  # fmt: skip
def test_money_prints_as_excel_shows_it_or_with_its_unit(cell: Cell, number: float, printed: str) -> None:
    problems: list[Problem] = []
    found = as_money(cell, AT, problems)
    assert (found, str(found), problems) == (number, printed, [])


def test_another_unit_is_the_columns_own() -> None:
    assert str(as_money(Cell(1200, "number"), AT, [], unit="€")) == "€1,200"


@pytest.mark.parametrize("text", ["about £3", "£1.2m", "(3", "3)", "£", "1,20"])
def test_what_is_no_sum_is_told_at_its_cell(text: str) -> None:
    problems: list[Problem] = []
    assert as_money(Cell(text, "text", ""), AT, problems) is None
    (told,) = problems
    assert (told.code, told.place) == ("I320", AT)
    assert told.message == f"“{text}” is not a sum of money."


@pytest.mark.parametrize(("cell", "printed"), [
    (Cell(0.965, "number", "0.0%"), "96.5%"), (Cell("97%", "text", ""), "97%"), (Cell(97, "number"), "97%"),
])  # fmt: skip
def test_a_percentage_prints_with_its_sign(cell: Cell, printed: str) -> None:
    assert str(as_percent(cell, AT, [])) == printed


def test_a_number_prints_as_excel_shows_it() -> None:
    assert str(as_number(Cell(1 / 3, "number", "0.00"), AT, [])) == "0.33"
    assert as_number(None, AT, []) is None


def test_a_figure_is_a_number_that_keeps_what_is_printed_of_it() -> None:
    figure = as_money(Cell(1200, "number"), AT, [])
    assert figure is not None
    assert str(pickle.loads(pickle.dumps(figure))) == "£1,200"
    assert figure + 1 == 1201

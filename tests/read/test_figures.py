"""Figures: what a cell of money, of a percentage or of a number holds, and what a paper prints of it."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.kinds import Field, Figure
from pipeline.problems import Level, Place, Problem
from pipeline.read import Table, read_table
from pipeline.sheets import Cell, Sheet
from tests.read.reading import as_money, as_number, as_percent

AT = Place("budget.xlsx", "Budget", "B2")


@pytest.mark.parametrize(("cell", "number", "printed"), [
    (Cell(412000, "number"), 412000, "£412,000"),
    (Cell(412000, "number", "£#,##0"), 412000, "£412,000"),
    (Cell(100250.5, "number"), 100250.5, "£100,250.50"),
    (Cell(-2005.00999999999, "number", "#,##0.00;(#,##0.00)"), Decimal("-2005.00999999999"), "-£2,005.01"),
    (Cell(1200000, "number", '£0.0,,"m"'), 1200000, "£1.2m"),
    (Cell("£1,250.50", "text", ""), 1250.5, "£1,250.50"),
    (Cell("(1,250)", "text", ""), -1250, "-£1,250"),
    (Cell("-3", "text", ""), -3, "-£3"),
])  # fmt: skip
def test_money_prints_as_excel_shows_it_or_with_its_unit(cell: Cell, number: Decimal, printed: str) -> None:
    problems: list[Problem] = []
    found = as_money(cell, AT, problems)
    assert (found, str(found), problems) == (number, printed, [])


@pytest.mark.parametrize(("cell", "unit", "number", "printed"), [
    (Cell(412, "number"), "£k", 412_000, "£412k"),
    (Cell(412.5, "number", "#,##0.0"), "£000", 412_500, "£412.5k"),
    (Cell(412000, "number", "#,##0,"), "£k", 412_000, "£412k"),
    (Cell(12.5, "number", '"£"0.00"m"'), "", 12_500_000, "£12.50m"),
    (Cell(412000, "number", '0.0,,"m"'), "", 412_000, "£0.4m"),
    (Cell(1.2, "number"), "£m", 1_200_000, "£1.2m"),
    (Cell("£1.2m", "text", ""), "", 1_200_000, "£1.2m"),
    (Cell("£412 thousand", "text", ""), "", 412_000, "£412 thousand"),
    (Cell(0, "number", '_-£* #,##0_-;-£* #,##0_-;_-£* "-"_-;_-@_-'), "", 0, "£0"),
    (Cell(0, "number"), "£m", 0, "£0"),
])  # fmt: skip
def test_a_sum_is_known_in_full_whatever_unit_it_is_kept_in(cell: Cell, unit: str, number: int, printed: str) -> None:
    problems: list[Problem] = []
    found = as_money(cell, AT, problems, unit=unit)
    assert (found, str(found), problems) == (number, printed, [])


@pytest.mark.parametrize(("cell", "code"), [
    (Cell(412000, "number", "#,##0,"), "I335"),
    (Cell(-5, "number", "£0;[Red]£0"), "I334"),
    (Cell(0.5, "number", "0%"), "I320"),
])  # fmt: skip
def test_a_sum_that_may_be_misread_is_told_at_its_cell(cell: Cell, code: str) -> None:
    problems: list[Problem] = []
    assert as_money(cell, AT, problems) is None
    assert [each.code for each in problems] == [code]


SHOWN = {
    "£#,##0": 0,
    "£#,##0.00;(£#,##0.00)": 0,
    '£0.0,,"m"': 0,
    '£#,##0,"k"': 0,
    '£0.0"m"': 6,
    "#,##0.00": 0,
    "General": 0,
}


@given(st.decimals(-(10**8), 10**8, places=2), st.sampled_from(sorted(SHOWN)))
def test_any_sum_is_read_exactly_and_in_full_under_any_format(number: Decimal, code: str) -> None:
    found = as_money(Cell(float(number), "number", code), AT, [])
    assert (found, type(found)) == (number.scaleb(SHOWN[code]), Figure)


COLUMNS = (Field(name="ref", headings=("Ref",), required=True), Field(name="sum", headings=("Budget",), type="money"))


def column(heading: str, *cells: Cell) -> Table:
    """A sheet with these cells under a heading."""
    rows = {row: {1: Cell(f"R-{row}", "text"), 2: cell} for row, cell in enumerate(cells, 2)}
    head = {1: Cell("Ref", "text"), 2: Cell(heading, "text")}
    return read_table(Sheet("Budget", {1: head, **rows}, file="budget.xlsx"), COLUMNS)


@pytest.mark.parametrize(("heading", "printed"), [
    ("Budget (£000)", "£412k"), ("Budget £'000", "£412k"), ("Budget £m", "£412m"), ("Budget, £", "£412"),
    ("Budget (in millions)", "£412m"), ("Budget (€k)", "€412k"), ("Budget", "£412"), ("Budget (all of £mart)", "£412"),
])  # fmt: skip
def test_a_heading_names_the_unit_of_its_sums(heading: str, printed: str) -> None:
    table = column(heading, Cell(412, "number"))
    assert ([str(row.values["sum"]) for row in table.rows], table.problems) == ([printed], ())


def test_sums_in_two_units_in_one_column_are_told_at_the_rarer_cells() -> None:
    millions = [Cell(1.2, "number", '£0.0"m"'), Cell(2.5, "number", '£0.0"m"')]
    others = [Cell(0.4, "number"), Cell("£412,000", "text", "")]
    found = column("Budget", *millions, *others).problems
    assert [(each.code, each.place.cell, each.level) for each in found] == [
        ("I329", "B4", Level.ERROR), ("I329", "B5", Level.WARNING),
    ]  # fmt: skip
    assert found[0].message == "“0.4” is kept in £, most of the column in £m."
    assert column("Budget", *millions).problems == ()


def test_another_unit_is_the_columns_own() -> None:
    assert str(as_money(Cell(1200, "number"), AT, [], unit="€")) == "€1,200"


@pytest.mark.parametrize("text", ["about £3", "£1.2x", "(3", "3)", "£", "1,20"])
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

"""Quarters and financial years are told from a day: the year runs from 1 April to 31 March."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.language.library import BOOKS, said, unsaid, wrong

LABELS = (
    "{{ book.bought | quarter }}; {{ book.bought | quarter_number }}; {{ book.bought | financial_year }}; "
    "{{ book.bought | last_quarter_end | day }}; {{ book.bought | last_year_end | day }}"
)


@pytest.mark.parametrize(("bought", "labels"), [
    ("2026-03-31", "Q4 2025/26; 4; 2025/26; 31 December 2025; 31 March 2025"),
    ("2026-04-01", "Q1 2026/27; 1; 2026/27; 31 March 2026; 31 March 2026"),
    ("2026-06-30", "Q1 2026/27; 1; 2026/27; 31 March 2026; 31 March 2026"),
    ("2026-07-01", "Q2 2026/27; 2; 2026/27; 30 June 2026; 31 March 2026"),
    ("2026-09-30", "Q2 2026/27; 2; 2026/27; 30 June 2026; 31 March 2026"),
    ("2026-10-01", "Q3 2026/27; 3; 2026/27; 30 September 2026; 31 March 2026"),
    ("2026-12-31", "Q3 2026/27; 3; 2026/27; 30 September 2026; 31 March 2026"),
    ("2027-01-01", "Q4 2026/27; 4; 2026/27; 31 December 2026; 31 March 2026"),
    ("2100-02-28", "Q4 2099/00; 4; 2099/00; 31 December 2099; 31 March 2099"),
])  # fmt: skip
def test_a_day_has_its_quarter_its_year_and_the_days_on_which_those_before_them_ended(bought: str, labels: str) -> None:
    assert said(LABELS, replace(BOOKS[0], bought=dt.date.fromisoformat(bought))).text == labels


@pytest.mark.parametrize(("text", "comes_to"), [
    ("{{ today | last_quarter_end | quarter }}", "Q3 2016/17"),
    ("{{ today | last_year_end | financial_year }}", "2015/16"),
    ("{{ today | last_quarter_end | last_quarter_end | quarter }}", "Q2 2016/17"),
    ("the {{ today | quarter_number | nth }} quarter", "the fourth quarter"),
    ("{{ book | where(bought | quarter == 'Q1 2016/17') | each('title') | listed }}", "Emma"),
    ("{{ book | where(bought > (today | last_quarter_end)) | each('title') | listed }}", "Persuasion"),
    ("{{ book | where(due) | each('due') | quarter | join('; ') }}", "Q3 2016/17; On-going; Q4 2016/17"),
])  # fmt: skip
def test_a_period_goes_on_like_any_value(text: str, comes_to: str) -> None:
    assert said(text).text == comes_to


def test_a_period_rests_on_the_cell_of_its_day() -> None:
    (value,) = said("{{ book.bought | quarter }}", BOOKS[0]).facts
    assert [place.cell for place in value.sources] == ["A.bought"]


def test_what_is_no_day_or_blank_has_no_period() -> None:
    assert wrong("{{ name | quarter }}")[0].startswith("W116 “quarter” comes after “name”")
    assert wrong("{{ book.due | last_quarter_end }}", "book")[0].startswith("W116")
    assert unsaid("{{ book[2].bought | quarter }}") == "the list is empty this month"

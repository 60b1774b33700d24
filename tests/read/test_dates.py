"""Dates in cells: typed ones first, then a short list of forms, day first; all else is a problem."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import sheets
from pipeline.dates import MONTHS, When
from pipeline.problems import Level, Place, Problem
from pipeline.read import Unreadable, Written, parse_date
from pipeline.sheets import Cell
from tests.read.making import codes, formats, raw_workbook
from tests.read.reading import as_day, as_when

PLACE = Place("tracker.xlsx", "Actions", "D7")
DAY = dt.date(2017, 1, 23)
MONTH = When("month", dt.date(2017, 1, 1), dt.date(2017, 1, 31), "January 2017")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def read(cell: Cell | None, **more: object) -> tuple[When | None, list[Problem]]:
    problems: list[Problem] = []
    return as_when(cell, PLACE, problems, **more), problems  # type: ignore[arg-type]


def text(value: str) -> Cell:
    return Cell(value, "text")


def date_cell(value: dt.datetime, code: str = "dd/mm/yyyy") -> Cell:
    return Cell(value, "date", code)


SPELLINGS = (
    "{d.day}/{d.month}/{d.year}",
    "{d.day:02}/{d.month:02}/{d.year}",
    "{d.day}.{d.month}.{yy:02}",
    "{d.day}-{d.month}-{d.year}",
    "{d.day} {month} {d.year}",
    "{d.day}{nth} {month} {d.year}",
    "{d.day} {short} {d.year}",
    "{d.day}-{short}-{yy:02}",
    "{d.year}-{d.month:02}-{d.day:02}",
    "{weekday} {d.day} {month} {d.year}",
    "{weekday}, {d.day}{nth} of {month} {d.year}",
    "  {upper}  {d.day} {short}.\u00a0{d.year} ",
    "{d.year}-{d.month:02}-{d.day:02}T00:00:00",
)


def spelt(form: str, day: dt.date) -> str:
    nth = "th" if 10 <= day.day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    weekday = WEEKDAYS[day.weekday()]
    month = MONTHS[day.month - 1]
    names = {"month": month, "short": month[:3], "nth": nth, "weekday": weekday, "upper": weekday.upper()}
    return form.format(d=day, yy=day.year % 100, **names)


@pytest.mark.parametrize("form", SPELLINGS)
def test_every_day_of_three_years_reads_back_in_every_form(form: str) -> None:
    days = [dt.date(2015, 1, 1) + dt.timedelta(number) for number in range(3 * 366)]
    wrong = [
        day
        for day in days
        if read(text(spelt(form, day)))[0] != read(date_cell(dt.datetime(day.year, day.month, day.day)))[0]
    ]
    assert wrong == []


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(SPELLINGS))
def test_any_day_of_the_window_reads_back_unless_two_digits_hide_its_century(day: dt.date, form: str) -> None:
    found, problems = read(text(spelt(form, day)))
    if "{yy" in form and day.year >= 2090:
        assert found is not None
        assert found.first is not None
        assert found.first.year == day.year - 100
    else:
        assert (found.first if found else None, codes(problems)) == (day, [])


@pytest.mark.parametrize(
    "form", ["{} 2017", "{}, 2017", "{:.3} 2017", "{:.3}-17", "{:.3}-2017", "{}-2017", "{:.3}. 2017"]
)
def test_every_month_reads_back_as_a_month(form: str) -> None:
    for number, name in enumerate(MONTHS, 1):
        found, problems = read(text(form.format(name)))
        assert found is not None, form.format(name)
        assert (found.precision, found.first, problems) == ("month", dt.date(2017, number, 1), [])
        assert found.last == dt.date(2017 + number // 12, number % 12 + 1, 1) - dt.timedelta(1)


@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        ("31/02/2017", "I311", "“31/02/2017” is not a date: there is no such date."),
        ("29 February 2017", "I311", "there is no such date"),
        ("01/23/2017", "I311", "Dates are read day first"),
        ("2017-23-01", "I311", "no such date"),
        ("0/1/2017", "I311", "no such date"),
        ("Tuesday 23 January 2017", "I312", "that day is a Monday"),
        ("Fri 23/01/2017", "I312", "that day is a Monday"),
        ("23/01/1917", "I314", "is not between 1990 and 2099"),
        ("January 2117", "I314", "is not between 1990 and 2099"),
        ("January 23, 2017", "I310", "can be read in more than one way"),
        ("Jan 17", "I310", "can be read in more than one way"),
        ("17 January", "I310", "has no year"),
        ("23/1", "I310", "has no year"),
        ("Q4 2016/17", "I310", "is not a date that can be read"),
        ("2016/17", "I310", "is not a date"),
        ("01/2017", "I310", "is not a date"),
        ("end of January 2017", "I310", "is not a date"),
        ("TBC", "I310", "is not a date"),
        ("23rd", "I310", "is not a date"),
        ("42758", "I310", "is not a date"),
        ("23/01-2017", "I310", "is not a date"),
        ("٢٣/٠١/٢٠١٧", "I310", "is not a date"),
        ("31st Januray 2017", "I310", "is not a date"),
    ],
)
def test_what_cannot_be_relied_on_is_a_problem_that_quotes_it(value: str, code: str, says: str) -> None:
    found, (problem,) = read(text(value))
    assert found is None
    assert (problem.code, problem.place, problem.level) == (code, PLACE, Level.ERROR)
    assert says in problem.message
    assert f"“{value}”" in problem.message
    assert problem.cure


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("23/01/2017 10:30", "10:30"),
        ("2017-01-23T09:05:00Z", "09:05"),
        ("23 January 2017, at 18.30", "18:30"),
        ("23/01/2017 00:00:00", ""),
        ("2017-01-23 00:00", ""),
    ],
)
def test_a_time_beside_a_date_is_left_out_with_a_note_unless_it_is_midnight(value: str, time: str) -> None:
    found, problems = read(text(value))
    assert found is not None
    assert found.first == DAY
    assert [(problem.code, time in problem.message) for problem in problems] == ([("I315", True)] if time else [])


@pytest.mark.parametrize(
    ("cell", "precision", "found_codes"),
    [
        (date_cell(dt.datetime(2017, 1, 23)), "day", []),
        (date_cell(dt.datetime(2017, 1, 23), "d mmm"), "day", []),
        (date_cell(dt.datetime(2017, 1, 23), "mmmm\\ yyyy"), "month", []),
        (date_cell(dt.datetime(2017, 1, 23), "mmm-yy"), "month", []),
        (date_cell(dt.datetime(2017, 1, 23), "yyyy"), None, ["I316"]),
        (date_cell(dt.datetime(2017, 1, 23, 10, 30)), "day", ["I315"]),
        (date_cell(dt.datetime(2017, 1, 22, 23, 59, 59, 999000)), "day", []),
        (date_cell(dt.datetime(2017, 1, 23, 0, 0, 0, 500)), "day", []),
        (date_cell(dt.datetime(1900, 1, 1)), None, ["I314"]),
        (Cell(42758, "number"), None, ["I313"]),
        (Cell(-5, "number", "dd/mm/yyyy"), None, ["I314"]),
        (Cell(0.5, "time", "h:mm"), None, ["I310"]),
        (Cell(True, "yesno"), None, ["I310"]),
        (Cell("#REF!", "error"), None, ["I301"]),
        (Cell(None, "uncalculated"), None, ["I302"]),
        (Cell("   ", "text"), None, []),
        (None, None, []),
    ],
)
def test_typed_cells_keep_the_precision_they_show(
    cell: Cell | None, precision: str | None, found_codes: list[str]
) -> None:
    found, problems = read(cell)
    assert (found.precision if found else None, codes(problems)) == (precision, found_codes)
    if found and found.precision == "day":
        assert found == When("day", DAY, DAY, "23 January 2017")


def test_a_day_number_without_a_date_format_is_told_with_its_cure() -> None:
    _, (problem,) = read(Cell(42758, "number"))
    assert "“42758” is a number, not a date." in problem.message
    assert "date format" in problem.cure


def test_open_words_are_the_callers_and_printed_in_the_house_form() -> None:
    words = {"on-going": "On-going", "ongoing": "On-going", "TBC": "To be confirmed"}
    assert read(text(" On\u2011Going "), open_words=words)[0] == When("open", None, None, "On-going")
    assert read(text("tbc"), open_words=words)[0] == When("open", None, None, "To be confirmed")
    assert read(text("Ongoing"), open_words=["Ongoing"])[0] == When("open", None, None, "Ongoing")
    assert codes(read(text("on hold"), open_words=words)[1]) == ["I310"]


def test_where_a_day_is_needed_a_month_is_a_problem() -> None:
    problems: list[Problem] = []
    assert as_day(text("23/01/2017"), PLACE, problems) == DAY
    assert problems == []
    assert as_day(text("January 2017"), PLACE, problems) is None
    assert as_day(date_cell(dt.datetime(2017, 1, 31), "mmmm yyyy"), PLACE, problems) is None
    assert codes(problems) == ["I316", "I316"]
    assert "January 2017" in problems[0].message


def test_the_form_is_told_from_the_reason() -> None:
    assert isinstance(parse_date("23 Jan 2017"), Written)
    assert isinstance(parse_date("soon"), Unreadable)


@pytest.mark.parametrize("days", [42758, 36526, 45000])
def test_the_same_day_comes_from_a_workbook_in_either_date_system(days: int) -> None:
    found = []
    for number, book in ((days, ""), (days - 1462, '<workbookPr date1904="1"/>')):
        row = f'<row r="1"><c r="A1" s="0"><v>{number}</v></c></row>'
        workbook = sheets.read(raw_workbook(row, styles=formats("dd/mm/yyyy"), book=book), "a.xlsx")
        found.append(read(workbook.sheets[0].rows[1][1]))
    assert found[0] == found[1]
    assert found[0][0] is not None

"""Exports of web lists and of American programs: read as a person saw them, and what is in doubt is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline import sheets
from pipeline.kinds import Field
from pipeline.office import inspect
from pipeline.problems import PaperError
from pipeline.read import Table, read_table
from pipeline.report import load_report
from tests.read.making import codes, saved, sheet_of
from tests.small_report import LEAST

COLUMNS = (
    Field(name="ref", headings=("Ref",), required=True),
    Field(name="due", headings=("Due",), type="when"),
    Field(name="note", headings=("Note",)),
)
AMERICAN = tuple(
    Field(name=column.name, headings=column.headings, type=column.type, month_first=True) for column in COLUMNS
)


def exported(*lines: str, columns: tuple[Field, ...] = COLUMNS) -> Table:
    """The table of a csv file with these lines below its headings."""
    text = "\r\n".join(("Ref,Due,Note", *lines))
    return read_table(sheets.read(text.encode(), "list.csv").sheets[0], columns)


def noted(note: str) -> tuple[str, list[str]]:
    table = exported(f'A1,23/01/2017,"{note}"')
    return table.rows[0].values["note"], codes(table.problems)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("<div class='ExternalClass1F'><p>One &amp; two</p><p>Three&#160;four</p></div>", "One & two\nThree four"),
        ("<ul><li>Streets</li><li>Parks</li></ul>", "Streets\nParks"),
        ("first<br>second<br/>third", "first\nsecond\nthird"),
        ("<DIV>One</DIV><P>Two</P>", "One\nTwo"),
        ("<p>\u200bfive &lt; six</p>", "five < six"),
        ("Jane Smith;#14", "Jane Smith"),
        ("12;#Waste;#13;#Streets", "Waste, Streets"),
        (";#Waste;#Streets;#", "Waste, Streets"),
    ],
)
def test_markup_and_numbers_of_entries_are_taken_off_and_told_of_once(kept: str, shown: str) -> None:
    assert noted(kept) == (shown, ["I338"])


@pytest.mark.parametrize(
    "typed", ["x < y and y > z", "R&D; more", "see <date> below", "AT&T", "item;#", "a;#b;#c", "<Ward> & <Town>"]
)
def test_what_people_type_themselves_stays(typed: str) -> None:
    assert noted(typed) == (typed, [])


def test_a_column_that_holds_other_signs_beside_markup_is_as_somebody_typed_it() -> None:
    table = exported('A1,23/01/2017,"<p>One</p>"', "A2,23/01/2017,x < y")
    assert [row.values["note"] for row in table.rows] == ["<p>One</p>", "x < y"]
    assert [(problem.code, problem.place.cell) for problem in table.problems] == [("I339", "C1")]


def test_a_picture_or_a_table_in_exported_text_is_told_by_its_cell() -> None:
    table = exported(
        'A1,23/01/2017,"<p>as shown<img src=""x""/></p>"', "A2,23/01/2017,<table><tr><td>9</td></tr></table>"
    )
    assert [(p.code, p.place.cell) for p in table.problems if p.code == "I339"] == [("I339", "C2"), ("I339", "C3")]
    assert [row.values["note"] for row in table.rows] == ["as shown", "9"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2016-09-18T23:00:00Z", dt.date(2016, 9, 19)),
        ("2016-09-18T22:59:00Z", dt.date(2016, 9, 18)),
        ("2016-12-18T23:00:00Z", dt.date(2016, 12, 18)),
        ("2016-10-30T00:59:00Z", dt.date(2016, 10, 30)),
        ("2017-03-26T23:30:00.000Z", dt.date(2017, 3, 27)),
        ("2016-09-19T00:00:00+01:00", dt.date(2016, 9, 19)),
        ("2016-09-19T03:00:00+05:30", dt.date(2016, 9, 18)),
        ("2016-09-18T20:00:00-05:00", dt.date(2016, 9, 19)),
    ],
)
def test_a_moment_with_its_zone_is_the_day_it_was_in_britain(moment: str, day: dt.date) -> None:
    table = exported(f"A1,{moment},")
    assert table.rows[0].values["due"].first == day
    assert codes(table.problems)[-1] == "I323"


def test_a_moment_without_a_zone_is_the_day_that_it_names() -> None:
    table = exported("A1,2016-09-18T23:00:00,")
    assert (table.rows[0].values["due"].first, codes(table.problems)) == (dt.date(2016, 9, 18), ["I315"])


def test_one_date_with_the_month_first_puts_the_column_in_doubt() -> None:
    table = exported("A1,2/3/2027,", "A2,3/24/2027,", "A3,5/5/2027,", "A4,30/6/2027,", "A5,1 May 2027,")
    (doubt,) = [problem for problem in table.problems if problem.code == "I318"]
    assert doubt.place.cell == "B2"
    assert "“3/24/2027” in B3 has the month first" in doubt.message
    assert doubt.message.endswith("too: B2.")
    assert [problem.place.cell for problem in table.problems if problem.code == "I311"] == ["B3"]


def test_dates_that_excel_turned_round_are_in_doubt_too() -> None:
    rows = [["Ref", "Due", "Note"], ["A1", dt.datetime(2027, 4, 5), ""], ["A2", "3/24/2027", ""]]
    table = read_table(sheets.read(saved(sheet_of(rows)), "log.xlsx").sheets[0], COLUMNS)
    assert [(problem.code, problem.place.cell) for problem in table.problems] == [("I318", "B2"), ("I311", "B3")]


def test_a_column_with_the_day_first_is_in_no_doubt() -> None:
    assert exported("A1,2/3/2027,", "A2,24/3/2027,", "A3,31/31/2027,").problems[0].code == "I311"
    assert "I318" not in codes(exported("A1,2/3/2027,", "A2,24/3/2027,", "A3,31/31/2027,").problems)


def test_the_order_can_be_settled() -> None:
    table = exported("A1,2/3/2027,", "A2,3/24/2027,", "A3,24/3/2027,", columns=AMERICAN)
    assert [row.values["due"] and row.values["due"].first for row in table.rows] == [
        dt.date(2027, 2, 3),
        dt.date(2027, 3, 24),
        None,
    ]
    assert [(problem.code, problem.place.cell) for problem in table.problems] == [("I311", "B4")]


def test_it_is_settled_in_the_settings_of_the_report(tmp_path: Path) -> None:
    settings = tmp_path / "report.toml"
    settings.write_text(LEAST.replace("[sources.actions]", '[sources.actions]\ndates = "month first"'))
    assert load_report(tmp_path).sources["actions"].month_first
    settings.write_text(LEAST.replace("[sources.actions]", '[sources.actions]\ndates = "American"'))
    with pytest.raises(PaperError, match="month first"):
        load_report(tmp_path)


def test_inspect_shows_what_the_columns_tell(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Ref,Due,Note\nA1,2016-09-18T23:00:00Z,<p>x</p>\nA2,3/24/2027,\nA3,1/2/2027,\n")
    assert sorted(codes(inspect(file).problems)) == ["I318", "I323", "I338"]


def test_inspect_quotes_nothing_of_a_row_that_may_not_be_public(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Ref,Due,Exempt\nA1,2016-09-18T23:00:00Z,3\nA2,3/24/2027,3\nA3,1/2/2027,\n")
    assert codes(inspect(file).problems) == []

"""Text, lines, yes or no, words of a list, numbers and percentages: what a cell means, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pipeline.problems import Level, Place, Problem
from pipeline.sheets import Cell
from tests.read.making import codes
from tests.read.reading import as_choice, as_lines, as_number, as_percent, as_text, as_whole, as_yes_no

PLACE = Place("tracker.xlsx", "Actions", "E8")


def text(value: str, code: str = "General") -> Cell:
    return Cell(value, "text", code)


def number(value: float, code: str = "General") -> Cell:
    return Cell(value, "number", code)


@pytest.mark.parametrize(
    ("cell", "expected", "found"),
    [
        (None, "", []),
        (text(" In progress\u00a0"), "In progress", []),
        (text("None"), "None", []),
        (text("N/A"), "N/A", []),
        (text("one\r\ntwo\rthree\u2028four"), "one\ntwo\nthree\nfour", []),
        (text("a\x07b\x0bc"), "a b c", ["I303"]),
        (text("a\u202eb\u200fc"), "abc", ["I304"]),
        (text("a\ufdd0b\uffffc"), "abc", ["I305"]),
        (text("\x01\u2066\ufffe"), "", ["I303", "I304", "I305"]),
        (text("half \ud83d"), "", ["I307"]),
        (text("x" * 100_001), "", ["I306"]),
        (text("x" * 32_767), "x" * 32_767, ["I308"]),
        (text("x" * 32_766), "x" * 32_766, []),
        (text("👩‍👩‍👧 שלום {{ x }} <b> & ’"), "👩‍👩‍👧 שלום {{ x }} <b> & ’", []),
        (number(7.0), "7", []),
        (number(7.25), "7.25", []),
        (number(1e5), "100000", []),
        (number(123, "00000"), "00123", []),
        (number(0.97, "0%"), "97%", []),
        (number(0.1 + 0.2), "0.3", []),
        (number(97, '0"%"'), "97%", []),
        (Cell(dt.datetime(2017, 1, 23), "date", "dd/mm/yy"), "23 January 2017", []),
        (Cell(dt.datetime(2017, 1, 23), "date", "mmm-yy"), "January 2017", []),
        (Cell(0.75, "time", "h:mm"), "18:00", []),
        (Cell(1.5, "time", "[h]:mm"), "36:00", []),
        (Cell(True, "yesno"), "Yes", []),
        (Cell("#N/A", "error"), "", ["I301"]),
        (Cell(None, "uncalculated"), "", ["I302"]),
    ],
)
def test_text_is_what_an_officer_reads_cleaned_by_named_rules(
    cell: Cell | None, expected: str, found: list[str]
) -> None:
    problems: list[Problem] = []
    assert as_text(cell, PLACE, problems) == expected
    assert codes(problems) == found
    assert all(problem.place == PLACE and problem.cure for problem in problems)


def test_cleaning_warns_and_refusing_is_an_error() -> None:
    problems: list[Problem] = []
    as_text(text("a\x07"), PLACE, problems)
    as_text(text("\udc00"), PLACE, problems)
    assert [problem.level for problem in problems] == [Level.WARNING, Level.ERROR]


def test_lines_lose_their_bullets_and_blank_ones_go() -> None:
    cell = text("• first point\n\n - second\n–  third – with a dash\n-5 degrees\nlast")
    assert as_lines(cell, PLACE, []) == ("first point", "second", "third – with a dash", "-5 degrees", "last")
    assert as_lines(None, PLACE, []) == ()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (text("Yes"), True),
        (text(" y "), True),
        (text("TRUE"), True),
        (number(1), True),
        (Cell(True, "yesno"), True),
        (text("no"), False),
        (text("N\u00a0"), False),
        (number(0), False),
        (Cell(False, "yesno"), False),
        (None, None),
        (text(""), None),
        (text("  "), None),
    ],
)
def test_yes_and_no_come_in_a_closed_list_of_forms(cell: Cell | None, expected: bool | None) -> None:
    problems: list[Problem] = []
    assert as_yes_no(cell, PLACE, problems) is expected
    assert problems == []


@pytest.mark.parametrize("cell", [text("Maybe"), text("yes?"), text("Exempt (para 3)"), number(2), text("✓")])
def test_anything_else_is_neither_yes_nor_no(cell: Cell) -> None:
    problems: list[Problem] = []
    assert as_yes_no(cell, PLACE, problems) is None
    assert codes(problems) == ["I340"]


def test_a_word_of_a_list_is_found_whatever_its_case_blanks_and_hyphens() -> None:
    problems: list[Problem] = []
    words = ("In progress", "On-going", "Complete")
    for given, meant in (("in  PROGRESS ", "In progress"), ("On\u2011going", "On-going"), ("complete", "Complete")):
        assert as_choice(text(given), PLACE, problems, words) == meant
    assert as_choice(text("done"), PLACE, problems, {"Done": "complete"}) == "complete"
    assert as_choice(None, PLACE, problems, words) is None
    assert problems == []


def test_an_unknown_word_is_told_with_the_nearest_and_the_whole_list() -> None:
    problems: list[Problem] = []
    assert as_choice(text("Inprogres"), PLACE, problems, ("In progress", "Complete")) is None
    assert as_choice(text("Zebra"), PLACE, problems, ("In progress", "Complete")) is None
    assert str(problems[0]) == (
        "error I341  tracker.xlsx, sheet Actions, cell E8: “Inprogres” is not one of the words for this column. "
        "Did you mean “In progress”? Use one of “In progress”, “Complete”."
    )
    assert "Did you mean" not in problems[1].message


@pytest.mark.parametrize(
    ("cell", "expected", "found"),
    [
        (number(34), 34, []),
        (number(-2.5), -2.5, []),
        (text("34"), 34, ["I322"]),
        (text("1,234.5"), 1234.5, ["I322"]),
        (text("-7", ""), -7, []),
        (text("12,34"), None, ["I320"]),
        (text("34 actions"), None, ["I320"]),
        (text("1e5"), None, ["I320"]),
        (text("nan"), None, ["I320"]),
        (text("٣٤"), None, ["I320"]),
        (Cell(True, "yesno"), None, ["I320"]),
        (Cell(dt.datetime(2017, 1, 3), "date", "dd/mm/yyyy"), None, ["I320"]),
        (Cell("#DIV/0!", "error"), None, ["I301"]),
        (None, None, []),
    ],
)
def test_a_number_is_a_number_or_a_problem(cell: Cell | None, expected: float | None, found: list[str]) -> None:
    problems: list[Problem] = []
    assert as_number(cell, PLACE, problems) == expected
    assert codes(problems) == found


def test_a_whole_number_has_no_fraction() -> None:
    problems: list[Problem] = []
    assert as_whole(number(34.0), PLACE, problems) == 34
    assert isinstance(as_whole(number(34.0), PLACE, problems), int)
    assert as_whole(number(33.99999999999), PLACE, problems) == 34
    assert problems == []
    assert as_whole(number(33.5), PLACE, problems) is None
    assert problems[0].message == "“33.5” is not a whole number."


@pytest.mark.parametrize(
    ("cell", "expected", "found"),
    [
        (number(0.97, "0%"), 97, []),
        (number(1, "0%"), 100, []),
        (number(0.96969696969697, "0%"), 96.969696969697, []),
        (number(0.005, "0.0%"), 0.5, []),
        (number(97, '0"%"'), 97, []),
        (number(97, "0\\%"), 97, []),
        (number(1, '0"%"'), 1, []),
        (text("97%"), 97, []),
        (text("97.5 %"), 97.5, []),
        (text("97 per cent"), 97, []),
        (text("1%"), 1, []),
        (number(97), 97, []),
        (number(0), 0, []),
        (text("97"), 97, []),
        (number(1), None, ["I330"]),
        (number(0.97), None, ["I330"]),
        (text("0.97"), None, ["I330"]),
        (number(92, "0%"), None, ["I331"]),
        (text("920%"), None, ["I331"]),
        (number(101), None, ["I332"]),
        (number(-0.1, "0%"), None, ["I332"]),
        (text("most"), None, ["I320"]),
        (text("%"), None, ["I320"]),
        (Cell(dt.datetime(2017, 1, 3), "date", "dd/mm/yyyy"), None, ["I320"]),
        (Cell("#DIV/0!", "error"), None, ["I301"]),
        (None, None, []),
    ],
)
def test_a_percentage_is_read_by_what_excel_shows(cell: Cell | None, expected: float | None, found: list[str]) -> None:
    problems: list[Problem] = []
    assert as_percent(cell, PLACE, problems) == (Decimal(str(expected)) if expected is not None else None)
    assert codes(problems) == found


@pytest.mark.parametrize(
    ("code", "numbers", "texts"),
    [(";;;", True, True), (";;", True, False), (";;@", True, False), ("0;-0;;@", False, False),
     ("General", False, False), ('#,##0;(#,##0);"-";', False, True), ("", False, False)],
)  # fmt: skip
def test_a_format_hides_what_its_section_says_nothing_for(code: str, numbers: bool, texts: bool) -> None:
    assert (number(34, code).hides, text("words", code).hides) == (numbers, texts)


def test_a_percentage_of_a_hundred_times_too_much_says_what_excel_shows() -> None:
    problems: list[Problem] = []
    as_percent(number(92, "0%"), PLACE, problems)
    as_percent(number(0.97), PLACE, problems)
    assert problems[0].message == "Excel shows “9200%”: more than 100%."
    assert problems[1].message == "“0.97” may mean 0.97% or 97%."

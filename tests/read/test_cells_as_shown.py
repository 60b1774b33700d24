"""A text column holds what Excel shows in its cells, through the reader; what may not be printed is an error there."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import sheets
from pipeline.kinds import Field
from pipeline.problems import Place, Problem
from pipeline.read import Table, read_table
from pipeline.sheets import Cell, Shown, shown
from tests.often import one_in
from tests.read.making import codes, formats, raw_workbook, saved
from tests.read.reading import as_choice, as_percent, as_text, as_whole, as_yes_no
from tests.sheets.cells_shown import TABLES

PLACE = Place("tracker.xlsx", "Actions", "E8")
COLUMNS = (
    Field(name="ref", headings=("Ref",), unique=True),
    Field(name="action", headings=("Action taken",)),
    Field(name="steps", headings=("Steps",), type="lines"),
    Field(name="notes", headings=("Notes",)),
)
HEADINGS = ("Ref", "Action taken", "Steps", "Notes")
FORMATS = sorted({code for table in TABLES.values() for code, _ in table})


def table_of(*rows: list[tuple[object, str]]) -> Table:
    """A sheet of these values and formats below the headings, saved, read, and its table read."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for row, cells_of_row in enumerate(rows, 2):
        for column, (value, code) in enumerate(cells_of_row, 1):
            cell = sheet.cell(row, column)
            cell.value = value  # type: ignore[assignment]
            cell.number_format = code
    read = sheets.read(saved(book), "tracker.xlsx")
    return read_table(read.sheets[0], COLUMNS)


def date(moment: dt.datetime, code: str) -> Cell:
    return Cell(moment, "date", code)


def test_refs_texts_lines_and_other_columns_hold_what_excel_shows() -> None:
    table = table_of(
        [(11, '"OS-26-"00'), (0.9652, "0%"), (5000, "£#,##0"), (12.5, '£0.00"m"')],
        [(1.10, "0.00"), (3, '0" of 12 visits done"'), (1234.5, '_-£* #,##0.00_-;-£* #,##0.00_-'), (2.5, "# ?/?")],
        [(1.1, "General"), ("later", '"("@")"'), (-2005.00999999999, "£#,##0"), (-2005.00999999999, "General")],
    )  # fmt: skip
    assert [tuple(row.values.values()) for row in table.rows] == [
        ("OS-26-11", "97%", ("£5,000",), "£12.50m"),
        ("1.10", "3 of 12 visits done", ("£1,234.50",), "2 1/2"),
        ("1.1", "(later)", ("-£2,005",), "-2005.01"),
    ]
    assert table.problems == ()


def test_the_same_ref_stored_and_typed_is_one_ref() -> None:
    assert codes(table_of([(11, '"OS-26-"00')], [("OS-26-11", "General")]).problems) == ["I350"]
    assert codes(table_of([(1.1, "0.00")], [("1.10", "@")]).problems) == ["I350"]
    assert codes(table_of([(1.1, "0.00")], [("1.1", "@")]).problems) == []


@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        (1 / 3, "General", "I333 Excel shows as much of this number as the cell has room for: “0.333333333”."),
        (-5, "#,##0;[Red]#,##0", "I334 Excel shows “5” for a number below nought: at most its colour tells."),
        (412_000, "#,##0,", "I335 Excel shows “412” for 412,000, and nothing beside it says that it is in thousands or "
         "millions."),
        (5, "[DBNum1]0", "I336 What Excel shows here cannot be told from its number format “[DBNum1]0”: part of it is "
         "not understood."),
        (-1, "dd/mm/yyyy", "I336 Excel shows “########” here: its number format cannot show this number."),
    ],
)  # fmt: skip
def test_what_may_not_be_printed_is_an_error_at_its_cell(value: float, code: str, told: str) -> None:
    table = table_of([("A1", "@"), (value, code), ("x", "@"), (value, code)])
    assert [f"{each.code} {each.message}" for each in table.problems] == [told, told]
    assert [each.place.cell for each in table.problems] == ["B2", "D2"]
    assert (table.rows[0].values["action"], table.rows[0].values["notes"]) == ("", "")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (date(dt.datetime(2017, 1, 25), "dd/mm/yyyy"), "25 January 2017"),
        (date(dt.datetime(2017, 1, 25), "[$-452]dddd d mmmm yyyy"), "25 January 2017"),
        (date(dt.datetime(2017, 1, 25), "dd/mm/yyyy hh:mm"), "25 January 2017"),
        (date(dt.datetime(2017, 1, 25, 14, 30), "dd/mm/yyyy"), "25 January 2017"),
        (date(dt.datetime(2017, 1, 25, 14, 30), "dd/mm/yyyy hh:mm"), "25/01/2017 14:30"),
        (date(dt.datetime(2017, 1, 25), "mmm-yy"), "January 2017"),
        (date(dt.datetime(2017, 1, 25), "mmmm"), "January"),
        (date(dt.datetime(2017, 1, 25), "yyyy"), "2017"),
        (date(dt.datetime(2017, 1, 25), "dd-mmm"), "25-Jan"),
        (date(dt.datetime(2017, 1, 25), "dddd"), "Wednesday"),
        (date(dt.datetime(2017, 1, 23), '"w/c "d mmmm yyyy'), "w/c 23 January 2017"),
        (date(dt.datetime(1899, 12, 31), "dd/mm/yyyy"), "00/01/1900"),
        (Cell(0.390625, "time", "h:mm"), "9:22"),
        (Cell(1.5, "time", "[h]:mm"), "36:00"),
        (Cell(0.75, "time", "h:mm AM/PM"), "6:00 PM"),
        (Cell(True, "yesno", "0"), "Yes"),
    ],
)
def test_a_whole_date_is_in_the_houses_words_and_any_other_as_it_is_shown(cell: Cell, text: str) -> None:
    problems: list[Problem] = []
    assert as_text(cell, PLACE, problems) == text
    assert problems == []


def test_hidden_values_are_read_as_if_they_were_not_and_a_hidden_nought_is_blank() -> None:
    hidden = [Cell(3, "number", ";;;"), Cell("exempt", "text", ";;;"), date(dt.datetime(2017, 1, 25), ";;@")]
    assert [cell.text for cell in hidden] == ["3", "exempt", "25 January 2017"]
    assert Cell(0, "number", "0;-0;;@").text == ""


def test_words_and_numbers_that_a_format_hides_are_left_out_and_told_but_of_what_names_or_sorts_a_row() -> None:
    table = table_of([("A1", ";;;"), (-1 / 3, ";;;"), ("Wait\nfor it", ";;;"), ("Wait", ";;;")], [("A2", "@")] * 4)
    first, second = table.rows
    assert first.values == {"ref": "A1", "action": "", "steps": (), "notes": ""}
    assert second.values == {"ref": "A2", "action": "A2", "steps": ("A2",), "notes": "A2"}
    told = {each.place.cell: each.message.partition("hides it; ")[2] for each in table.problems if each.code == "I219"}
    assert told == {
        "A2": "it was read all the same.",
        "B2": "it was left out.",
        "C2": "it was left out.",
        "D2": "it was left out.",
    }


def test_messages_quote_what_the_cell_shows() -> None:
    found: list[Problem] = []
    as_whole(Cell(33.5, "number", "0.00"), PLACE, found)
    as_percent(Cell(92, "number", "0%"), PLACE, found)
    as_percent(Cell(-0.1, "number", "0.0%"), PLACE, found)
    as_percent(Cell(101, "number", "0.0"), PLACE, found)
    as_percent(Cell(0.97, "number", "General"), PLACE, found)
    as_yes_no(Cell(2, "number", "0.0"), PLACE, found)
    as_choice(Cell(2, "number", '"Stage "0'), PLACE, found, ("Stage 1",))
    as_choice(Cell(1 / 3, "number"), PLACE, found, ("Stage 1",))
    assert [f"{each.code} {each.message}" for each in found] == [
        "I321 “33.50” is not a whole number.",
        "I331 Excel shows “9200%”: more than 100%.",
        "I332 “-10.0%” is not between 0% and 100%.",
        "I332 “101.0” is not between 0% and 100%.",
        "I330 “0.97” may mean 0.97% or 97%.",
        "I340 “2.0” is neither yes nor no.",
        "I341 “Stage 2” is not one of the words for this column. Did you mean “Stage 1”?",
        "I333 Excel shows as much of this number as the cell has room for: “0.333333333”.",
    ]


def test_a_word_of_a_list_may_be_made_by_a_format() -> None:
    assert as_choice(Cell(1, "number", '"Stage "0'), PLACE, [], ("Stage 1",)) == "Stage 1"


def test_a_heading_is_what_excel_shows() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Action taken</t></is></c><c r="B1" s="1"><v>42760</v></c>'
        '<c r="C1" s="2"><v>3</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c>'
        '<c r="B2" s="0"><v>0.5</v></c><c r="C2" s="0"><v>0.25</v></c></row>'
    )
    read = sheets.read(raw_workbook(rows, styles=formats("0%", "mmm yy", "&quot;Q&quot;0")), "tracker.xlsx")
    table = read_table(read.sheets[0], (COLUMNS[1],))
    assert table.headings.texts == {1: "Action taken", 2: "January 2017", 3: "Q3"}


def test_days_counted_from_1904_are_shown_as_the_same_days() -> None:
    rows = '<row r="1"><c r="A1" s="0"><v>41298</v></c><c r="B1" s="1"><v>1.5</v></c></row>'
    book = '<workbookPr date1904="1"/>'
    read = sheets.read(raw_workbook(rows, styles=formats("ddd d mmm", "[h]:mm"), book=book), "tracker.xlsx")
    assert [cell.text for cell in read.sheets[0].rows[1].values()] == ["Wed 25 Jan", "36:00"]


def test_text_files_have_no_formats_and_stand_as_they_are() -> None:
    read = sheets.read(b'Ref,Action taken\n1.10,96.52%\n007,"1,250,000"\n', "log.csv")
    table = read_table(read.sheets[0], COLUMNS)
    assert [tuple(row.values.values()) for row in table.rows] == [("1.10", "96.52%"), ("007", "1,250,000")]


# -- no number is printed raw -----------------------------------------------------------------------------------------

WILD = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(-1e7, 1e7),
    st.builds(lambda whole, noise: whole / 100 + noise * 1e-11, st.integers(-(10**8), 10**8), st.integers(-9, 9)),
    st.builds(lambda over, under: over / under, st.integers(-999, 999), st.integers(1, 99)),
)
LOOKS = st.sampled_from(["General", "@", "0", "0%", "£#,##0", "#,##0;(#,##0)", *FORMATS])


def decimals_allowed(code: str) -> int:
    """The most decimals that any section of a format asks for; 2 for a General that is no number typed in full."""
    asked = [len(found) for found in re.findall(r"\.([0#?]+)", code)]
    return max([2 if "General" in code or "@" in code else 0, *asked])


def raw(value: float, code: str, text: str) -> bool:
    """Has a text more decimals than its format asks for, or a power of ten it does not, unless it was typed so?

    A ref that its format hides (I219 tells of it) is read as under General.
    """
    if not shown(code, value).text:
        code = "General"
    if "General" in code or "@" in code:
        typed = f"{Decimal(f'{abs(value):.15g}'):f}"
        if len(typed) <= 11 and typed in text:
            return False
    longest = max((len(found) for found in re.findall(r"\.([0-9]+)", text)), default=0)
    return longest > decimals_allowed(code) or ("E" in text and "E" not in code and "e" not in code)


def raw_texts(pairs: list[tuple[float, str]]) -> list[tuple[float, str, str]]:
    """What is raw of these values and formats, put into a ref, a text, lines and a column of the sheet's own."""
    table = table_of(*[[(value, code)] * len(HEADINGS) for value, code in pairs])
    assert len(table.rows) == len(pairs)
    found = []
    for (value, code), row in zip(pairs, table.rows, strict=True):
        texts = (row.values["ref"], row.values["action"], *row.values["steps"], row.values["notes"])
        found += [(value, code, text) for text in texts if raw(value, code, text)]
    return found


@one_in(4)
@given(st.lists(st.tuples(WILD, LOOKS), min_size=5, max_size=25, unique=True))
def test_no_number_is_printed_raw(pairs: list[tuple[float, str]]) -> None:
    assert raw_texts(pairs) == []


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (-2005.00999999999, "£#,##0"),
        (1 / 3, "0.0"),
        (-1 / 3, ";;;"),
        (1 / 3, "General"),
        (0.1 + 0.2, "0%"),
        (1e-7 / 3, "General"),
    ],
)
def test_a_number_as_it_is_stored_would_be_seen(value: float, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert raw_texts([(value, code)]) == []
    monkeypatch.setattr(
        Cell, "shown", property(lambda cell: Shown(f"{cell.value:.15g}" if cell.kind == "number" else str(cell.value)))
    )
    assert raw_texts([(value, code)]) != []

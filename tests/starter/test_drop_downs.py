"""Lists and notes on the headings: found wherever they stand, and never at the cost of what a person typed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.starter import Column, add_drop_downs


def nothing(sheet: Worksheet) -> None:
    assert sheet.title


def workbook(fill: Callable[[Worksheet], None] = nothing) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Actions"
    for row in (
        ["A tracker"],
        [],
        ["Ref", "Current\nstatus ", "Notes"],
        ["A1", "Open", "Status"],
        ["A2", "closed", None],
    ):
        sheet.append(row)
    fill(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def opened(content: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(content))["Actions"]


def lists(sheet: Worksheet) -> list[tuple[str, str]]:
    return [(str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation]


CURRENT = Column("actions", ("Status", "CURRENT STATUS"), "Choose from the list.", ("Open", "Closed"), strict=True)


def test_a_heading_is_found_below_titles_whatever_its_case_blanks_and_line_breaks() -> None:
    sheet = opened(add_drop_downs(workbook(), [CURRENT]))
    assert lists(sheet) == [("B4:B505", '"Open,Closed"')]
    assert sheet["B3"].comment is not None
    assert sheet["B3"].comment.text == "Choose from the list."


def test_a_cell_further_down_that_reads_like_a_heading_is_left_alone() -> None:
    columns = [CURRENT, Column("Actions", ("Ref",), "A name."), Column("Actions", ("Notes",), "Yours.")]
    sheet = opened(add_drop_downs(workbook(), columns))
    assert sheet["C4"].comment is None
    assert sheet["C3"].comment is not None


def test_a_workbook_without_the_headings_stays_as_it_was_byte_for_byte() -> None:
    content = workbook()
    assert add_drop_downs(content, [Column("Elsewhere", ("Ref",), "A note")]) == content
    assert add_drop_downs(content, [Column("Actions", ("Deadline",), "A note")]) == content


def test_without_a_sheet_name_the_first_sheet_is_meant() -> None:
    sheet = opened(add_drop_downs(workbook(), [Column("", ("Ref",), "A name.")]))
    assert sheet["A3"].comment is not None


def test_a_list_refuses_other_words_only_where_it_is_strict() -> None:
    for strict in (True, False):
        column = Column("Actions", ("Ref",), words=("x", "y"), strict=strict)
        (rule,) = opened(add_drop_downs(workbook(), [column])).data_validations.dataValidation
        assert rule.showErrorMessage is strict


def test_words_in_use_join_the_list_once() -> None:
    column = Column("Actions", ("Current status",), words=("Closed",), add_used=True)
    assert lists(opened(add_drop_downs(workbook(), [column]))) == [("B4:B505", '"Closed,Open"')]


def test_a_list_that_stood_in_the_column_gives_way_to_the_new_one() -> None:
    def with_list(sheet: Worksheet) -> None:
        sheet.add_data_validation(DataValidation(type="list", formula1='"Old"', sqref="B4:B90"))
        sheet.add_data_validation(DataValidation(type="list", formula1='"Kept"', sqref="C4:C90"))

    assert lists(opened(add_drop_downs(workbook(with_list), [CURRENT]))) == [
        ("C4:C90", '"Kept"'),
        ("B4:B505", '"Open,Closed"'),
    ]


def test_a_list_that_spans_columns_is_somebody_elses_and_stays() -> None:
    def with_list(sheet: Worksheet) -> None:
        sheet.add_data_validation(DataValidation(type="list", formula1='"Theirs"', sqref="A4:C90"))

    assert lists(opened(add_drop_downs(workbook(with_list), [CURRENT]))) == [("A4:C90", '"Theirs"')]


def test_an_officers_own_note_stays_and_an_old_one_of_ours_is_renewed() -> None:
    def with_notes(sheet: Worksheet) -> None:
        sheet["B3"].comment = Comment("Ask Sam first", "Priya")
        sheet["A3"].comment = Comment("An older text", "Committee services")
        sheet["B5"].comment = Comment("Agreed with the chair", "Priya")

    sheet = opened(add_drop_downs(workbook(with_notes), [CURRENT, Column("Actions", ("Ref",), "A name.")]))
    notes = {name: sheet[name].comment.text for name in ("A3", "B3", "B5")}
    assert notes == {"A3": "A name.", "B3": "Ask Sam first", "B5": "Agreed with the chair"}


def test_lists_put_on_twice_are_the_same_bytes() -> None:
    once = add_drop_downs(workbook(), [CURRENT])
    assert add_drop_downs(once, [CURRENT]) == once


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("Open", "open", "OPEN "), ("Open", "OPEN ")),
        (("A, or B", 'the "big" one', "plain"), ("plain",)),
        (("", "x"), ("x",)),
        (("a" * 200, "b" * 54, "c"), ("a" * 200, "b" * 54)),
    ],
)
def test_a_list_holds_what_excel_can_hold(words: tuple[str, ...], kept: tuple[str, ...]) -> None:
    made = add_drop_downs(workbook(), [replace(CURRENT, words=words)])
    assert lists(opened(made)) == [("B4:B505", f'"{",".join(kept)}"')]

"""Exports as systems write them: every usual encoding, separator and line end, and what is wrong with a row named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import sheets
from pipeline.problems import PaperError
from pipeline.sheets import Cell, Limits, Workbook
from tests.read.making import codes

ROWS = (("Ref", "Who", "Note"), ("A1", "O’Connor", "said “no”"), ("A2", "Zoë", "one, two; three"))


def values(workbook: Workbook) -> list[list[object]]:
    return [[cell.value for cell in row.values()] for row in workbook.sheets[0].rows.values()]


def written(rows: tuple[tuple[str, ...], ...], separator: str, end: str) -> str:
    return "".join(
        separator.join(f'"{value}"' if set(value) & set(",;\t|\n") else value for value in row) + end for row in rows
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_export_reads_the_same(encoding: str, separator: str, end: str) -> None:
    workbook = sheets.read(written(ROWS, separator, end).encode(encoding), "log.csv")
    assert values(workbook) == [list(row) for row in ROWS]
    assert codes(workbook.problems) == (["I124"] if encoding == "cp1252" else [])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_an_export_of_two_bytes_a_letter_needs_no_mark(encoding: str) -> None:
    assert values(sheets.read(written(ROWS, "\t", "\r\n").encode(encoding), "log.csv")) == [list(row) for row in ROWS]


def test_noughts_after_values_are_left_out() -> None:
    workbook = sheets.read(b"Ref\x00\tNote\x00\r\nA1\x00\ttwo words\x00\r\n", "log.csv")
    assert values(workbook) == [["Ref", "Note"], ["A1", "two words"]]


def test_cells_are_text_with_the_address_excel_would_show() -> None:
    workbook = sheets.read(b"Ref,Date\n\n00123,1E5\n", "log.csv")
    sheet = workbook.sheets[0]
    assert (sheet.name, workbook.delimited) == ("log", True)
    assert sheet.rows[3] == {1: Cell("00123", "text", ""), 2: Cell("1E5", "text", "")}


def test_a_quoted_value_may_hold_line_ends_separators_and_quotes() -> None:
    workbook = sheets.read(b'Ref,Note\n1,"two\nlines, and ""more"""\n2,x\n', "log.csv")
    assert values(workbook)[1:] == [["1", 'two\nlines, and "more"'], ["2", "x"]]


def test_an_export_named_like_a_workbook_is_read_and_told() -> None:
    workbook = sheets.read(b"Ref,Note\n1,a\n", "log.xlsx")
    assert (values(workbook)[1], codes(workbook.problems)) == (["1", "a"], ["I118"])


def test_the_separator_may_be_named_in_the_first_line() -> None:
    assert values(sheets.read(b"sep=;\nRef;Note, all of it\n1;x, y\n", "log.csv"))[1] == ["1", "x, y"]


def test_a_quote_in_the_midst_of_a_value_is_let_pass() -> None:
    assert values(sheets.read(b'Ref,Note\n1,a 3" pipe\n"2" x,y\n', "log.csv"))[1] == ["1", 'a 3" pipe']


def test_a_quotation_never_closed_is_an_error_at_its_cell() -> None:
    with pytest.raises(PaperError, match=r"cell B3: .*never closed"):
        sheets.read(b'Ref,Note\n1,x\n2,"y\n3,z\n', "log.csv")


def test_a_row_too_long_is_an_error_at_its_first_extra_cell_and_a_short_one_is_none() -> None:
    workbook = sheets.read(b"Ref,Note\n1,a\n2\n3,b, c\n", "log.csv")
    assert [(problem.code, problem.place.cell) for problem in workbook.problems] == [("I122", "C4")]
    assert codes(sheets.read(b"Ref,Note\n1,a\n2\n3,b,,\n", "log.csv").problems) == []


def test_many_rows_too_long_are_summed_up() -> None:
    rows = b"Ref,Note\n" + b"1,a\n" * 60 + b"2,a,b\n" * 30
    problems = sheets.read(rows, "log.csv").problems
    assert len(problems) == 21
    assert problems[-1].message.startswith("10 more rows")


def test_title_lines_above_the_headings_are_no_fault() -> None:
    assert sheets.read(b"Export of the log\n\nRef,Note\n1,a\n2,b\n", "log.csv").problems == ()


def test_text_in_no_known_encoding_is_refused_naming_the_line() -> None:
    with pytest.raises(PaperError, match=r"line 2: .*no usual text encoding"):
        sheets.read(b"Ref\nx\x81\x8d\n", "log.csv")


@pytest.mark.parametrize("limits", [Limits(cells=3), Limits(characters=5)])
def test_an_export_past_the_limits_is_refused(limits: Limits) -> None:
    assert sheets.read(b"aa,b\nc,dd\n", "log.csv")
    with pytest.raises(PaperError, match=r"I115 .*cell B2"):
        sheets.read(b"aa,b\nc,dd\n", "log.csv", limits=limits)


def test_an_export_wider_than_a_sheet_is_refused() -> None:
    with pytest.raises(PaperError, match="16,384 columns"):
        sheets.read(b"," * 16_384 + b"x\n", "log.csv")


plain = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)


@given(st.lists(st.tuples(plain, plain, plain), min_size=2, max_size=6))
def test_whatever_a_program_writes_as_csv_reads_back(rows: list[tuple[str, str, str]]) -> None:
    import csv
    import io

    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([("Ref", "Who", "Note"), *rows])
    workbook = sheets.read(stream.getvalue().encode("utf-8-sig"), "log.csv")
    assert values(workbook)[1:] == [list(row) for row in rows]


def test_the_schema_above_the_headings_of_a_web_list_is_passed_over() -> None:
    schema = 'ListSchema={"schemaXmlList":["<Field Name=\\"Title\\" Type=\\"Text\\" />","<Field Name=\\"Due\\"/>"]}'
    workbook = sheets.read(f'{schema}\r\n"Ref","Due"\r\n"A1","one, two"\r\n'.encode("utf-8-sig"), "list.csv")
    assert {row: [cell.value for cell in cells.values()] for row, cells in workbook.sheets[0].rows.items()} == {
        2: ["Ref", "Due"],
        3: ["A1", "one, two"],
    }
    assert workbook.problems == ()


@pytest.mark.parametrize(
    ("written_as", "shown"),
    [
        ('="COR-038"', "COR-038"),
        ('"=""007"""', "007"),
        ('"=""say """"so"""" """', 'say "so" '),
        ('=""', ""),
        ("=approved", "=approved"),
        ("= to follow", "= to follow"),
        ("=> see A1", "=> see A1"),
    ],
)
def test_a_value_guarded_against_excels_guessing_is_what_excel_shows(written_as: str, shown: str) -> None:
    workbook = sheets.read(f"Ref,Note\n{written_as},x\n".encode(), "log.csv")
    assert workbook.sheets[0].rows[2][1] == Cell(shown, "text", "")


@pytest.mark.parametrize("formula", ["=SUM(B2:B9)", "=B2", "=-$B$2*3", '"=HYPERLINK(""a"",""b"")"'])
def test_a_formula_is_not_worked_out(formula: str) -> None:
    workbook = sheets.read(f"Ref,Note\n{formula},x\n".encode(), "log.csv")
    assert workbook.sheets[0].rows[2][1] == Cell(None, "uncalculated", "")

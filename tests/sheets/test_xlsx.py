"""Workbooks as programs other than Excel write them, and as people leave them, read as their screens show them."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from pipeline import sheets
from pipeline.problems import PaperError
from pipeline.sheets import Cell, Limits, Merge, Workbook
from tests.documents import packed
from tests.read.making import MAIN, STRICT, formats, raw_workbook, relationship, workbook_parts


def book(rows: str, **more: str | list[str]) -> Workbook:
    return sheets.read(raw_workbook(rows, **more), "made.xlsx")


def value(rows: str, **more: str | list[str]) -> object:
    """The value of A1, None where it is blank."""
    cell = cell_of(rows, **more)
    return cell.value if cell else None


def cell_of(rows: str, **more: str | list[str]) -> Cell | None:
    return book(rows, **more).sheets[0].rows.get(1, {}).get(1)


def one(inside: str, attributes: str = "") -> str:
    return f'<row r="1"><c r="A1"{attributes}>{inside}</c></row>'


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (one("<v>7</v>"), Cell(7, "number")),
        (one("<v>7.5</v>", ' t="n"'), Cell(7.5, "number")),
        (one("<v>1E3</v>"), Cell(1000.0, "number")),
        (one("<v>-0.25</v>"), Cell(-0.25, "number")),
        (one("<v>1</v>", ' t="b"'), Cell(True, "yesno")),
        (one("<v>#REF!</v>", ' t="e"'), Cell("#REF!", "error")),
        (one("<v>first</v>", ' t="str"'), Cell("first", "text")),
        (one("<v></v>", ' t="str"'), None),
        (one("<v/>"), None),
        (one("<f>A2</f><v>3</v>"), Cell(3, "number")),
        (one("<f>A2</f>"), Cell(None, "uncalculated")),
        (one("<f>A2</f><v/>"), Cell(None, "uncalculated")),
        (one("<f>A2</f><v></v>", ' t="str"'), None),
        (one("<f t='shared' si='0'/><v>4</v>"), Cell(4, "number")),
        (one("<is><t>in place</t></is>", ' t="inlineStr"'), Cell("in place", "text")),
        (one("<is><r><t>in </t></r><r><t>runs</t></r></is>", ' t="inlineStr"'), Cell("in runs", "text")),
        (one("<v>2017-01-23T00:00:00</v>", ' t="d"'), Cell(dt.datetime(2017, 1, 23), "date")),
        (one("<v>0</v>", ' t="s"'), Cell("shared & text", "text")),
        (one("<v>99</v>", ' t="s"'), Cell("#REF!", "error")),
        (one("<v>-1</v>", ' t="s"'), None),
        (one("<v>nan</v>"), Cell("nan", "error")),
        (one("<v>words</v>"), Cell("words", "text")),
        (one("<v>&lt;b&gt; &amp; &#65;</v>", ' t="str"'), Cell("<b> & A", "text")),
        (one("<v><![CDATA[a<b]]></v>", ' t="str"'), Cell("a<b", "text")),
        (one("<v>a_x000D_b_x005F_x0041_</v>", ' t="str"'), Cell("a\rb_x0041_", "text")),
        (one("<v>_xD83D__xDE00_</v>", ' t="str"'), Cell("\U0001f600", "text")),
        ("<row><c><v>5</v></c></row>", Cell(5, "number")),
        ('<row r="1"><c s="0" r="A1"><v>5</v></c></row>', Cell(5, "number")),
        ("<!-- remark --><row r='1'><c r='A1'><v>5</v></c></row>", Cell(5, "number")),
        ('<row r="1"><c r="A1" cm="1"><v>5</v></c></row>', Cell(5, "number")),
    ],
)
def test_a_cell_has_the_value_its_program_saved(row: str, expected: Cell | None) -> None:
    assert cell_of(row, strings=["shared &amp; text"]) == expected


def test_cells_and_rows_without_addresses_stand_after_one_another() -> None:
    rows = book(
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='5'><c><v>5</v></c></row><row><c><v>6</v></c></row>"
    )
    assert {r: {c: cell.value for c, cell in row.items()} for r, row in rows.sheets[0].rows.items()} == {
        1: {1: 1, 3: 3},
        5: {1: 5},
        6: {1: 6},
    }


def test_readings_of_a_text_are_left_out_and_its_runs_joined() -> None:
    text = "<si><r><t>Ca</t></r><rPh sb='0' eb='1'><t>READING</t></rPh><r><t>fé</t></r></si>"
    assert value(one("<v>0</v>", ' t="s"'), strings=[text]) == "Café"


def test_a_text_is_struck_when_its_font_or_all_its_runs_are() -> None:
    run = "<r><rPr><strike/></rPr><t>{}</t></r>"
    texts = [f"<si>{run.format('a')}{run.format('b')}</si>", f"<si>{run.format('a')}<r><t>b</t></r></si>", "plain"]
    styles = "<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId='0'/><xf fontId='1'/></cellXfs>"
    row = (
        "<row r='1'>"
        + "".join(
            f"<c r='{at}1' t='s' s='{s}'><v>{n}</v></c>"
            for at, n, s in (("A", 0, 0), ("B", 1, 0), ("C", 2, 0), ("D", 2, 1))
        )
        + "</row>"
    )
    cells = book(row, strings=texts, styles=styles).sheets[0].rows[1]
    assert [cells[column].struck for column in (1, 2, 3, 4)] == [True, False, False, True]


@pytest.mark.parametrize("spelling", ["strict", "prefixed", "utf-16", "windows"])
def test_other_spellings_of_the_same_workbook_read_the_same(spelling: str) -> None:
    parts = workbook_parts(one("<v>0</v>", ' t="s"'), strings=["café"])
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        text = str(parts[name])
        if spelling == "strict":
            parts[name] = text.replace(MAIN, STRICT)
        elif spelling == "utf-16":
            parts[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")
        elif spelling == "windows":
            parts[name] = ('<?xml version="1.0" encoding="windows-1252"?>' + text).encode("cp1252")
        elif name != "xl/workbook.xml":
            parts[name] = prefixed(text)
    assert sheets.read(packed(parts), "a.xlsx").sheets[0].rows[1][1].value == "café"


def prefixed(text: str) -> str:
    names = ("worksheet", "sheetData", "row", "c", "v", "sst", "si", "t", "styleSheet")
    for name, end in itertools.product(names, (" ", ">", "/")):
        text = text.replace(f"<{name}{end}", f"<x:{name}{end}").replace(f"</{name}{end}", f"</x:{name}{end}")
    return text.replace(' xmlns="', ' xmlns:x="')


def test_a_part_named_with_backslashes_capitals_or_from_the_root_is_found() -> None:
    parts = workbook_parts(one("<v>1</v>"))
    links = str(parts["xl/_rels/workbook.xml.rels"]).replace("worksheets/sheet1", "/xl/Worksheets/sheet1")
    parts["xl/_rels/workbook.xml.rels"] = links
    parts["xl\\worksheets\\Sheet1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    assert sheets.read(packed(parts), "a.xlsx").sheets[0].rows[1][1].value == 1


@pytest.mark.parametrize("dimension", ["A1:A1", "A1:XFD1048576", "nonsense", ""])
def test_a_stale_dimension_changes_nothing(dimension: str) -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c></row>' for r in range(1, 40))
    assert len(book(rows, before=f'<dimension ref="{dimension}"/>').sheets[0].rows) == 39


def test_a_stray_cell_at_the_far_corner_costs_nothing_and_is_read() -> None:
    sheet = book('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>').sheets[
        0
    ]
    assert [list(row) for row in sheet.rows.values()] == [[1], [16384]]


def test_a_cell_outside_every_sheet_is_not_an_address() -> None:
    sheet = book('<row r="1"><c r="XFE1"><v>1</v></c><c r="A1048577"><v>2</v></c></row>').sheets[0]
    assert all(row <= 1_048_576 and max(cells) <= 16_384 for row, cells in sheet.rows.items())


def test_blank_cells_with_a_look_are_not_there() -> None:
    tail = "".join(f'<row r="{r}"><c r="A{r}" s="0"/><c r="B{r}" s="0"/></row>' for r in range(2, 5000))
    assert list(book(one("<v>1</v>") + tail, styles=formats("General")).sheets[0].rows) == [1]


def test_hidden_rows_columns_sheets_filters_and_merges_are_told() -> None:
    parts = workbook_parts(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
        '<row r="3" spans="1:1" hidden="false"/>',
        before='<sheetPr filterMode="1"/><cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols>',
        after='<mergeCells><mergeCell ref="A4:B5"/><mergeCell ref="C1"/><mergeCell ref="rubbish"/></mergeCells>',
    )
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('name="One"', 'name="One" state="veryHidden"')
    sheet = sheets.read(packed(parts), "a.xlsx").sheets[0]
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.filtered) == ({2}, {2, 3}, True)
    assert (sheet.merges, sheet.state) == ((Merge(4, 1, 5, 2),), "very hidden")


def test_only_the_sheets_asked_for_are_read_and_the_others_listed() -> None:
    parts = workbook_parts(one("<v>1</v>"))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>", '<sheet name="Two" sheetId="2" r:id="r9"/></sheets>'
    )
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>", relationship("r9", "worksheet", "worksheets/broken.xml") + "</Relationships>"
    )
    parts["xl/worksheets/broken.xml"] = "<not finished"
    read = sheets.read(packed(parts), "a.xlsx", sheets=["  ONE "])
    assert [(sheet.name, sheet.read, len(sheet.rows)) for sheet in read.sheets] == [("One", True, 1), ("Two", False, 0)]
    with pytest.raises(PaperError, match="I113"):
        sheets.read(packed(parts), "a.xlsx")


@pytest.mark.parametrize(
    ("code", "number", "kind", "expected"),
    [
        ("dd/mm/yyyy", "42758", "date", dt.datetime(2017, 1, 23)),
        ("mmmm\\ yyyy", "42758", "date", dt.datetime(2017, 1, 23)),
        ("[$-809]dd mmmm yyyy;@", "42758.5", "date", dt.datetime(2017, 1, 23, 12)),
        ("h:mm", "0.75", "time", 0.75),
        ("[h]:mm", "1.5", "time", 1.5),
        ("0&quot; days&quot;", "42758", "number", 42758),
        ("0.00E+00", "42758", "number", 42758),
        ("#,##0_);[Red](#,##0)", "42758", "number", 42758),
        ("dd/mm/yyyy", "-5", "number", -5.0),
        ("dd/mm/yyyy", "9999999", "number", 9999999),
        ("dd/mm/yyyy", "59", "date", dt.datetime(1900, 2, 28)),
        ("dd/mm/yyyy", "61", "date", dt.datetime(1900, 3, 1)),
    ],
)
def test_the_number_format_decides_what_a_number_is(code: str, number: str, kind: str, expected: object) -> None:
    cell = cell_of(one(f"<v>{number}</v>", ' s="0"'), styles=formats(code))
    assert cell is not None
    assert (cell.kind, cell.value) == (kind, expected)


def test_a_format_known_by_number_only_is_a_date_too() -> None:
    cell = cell_of(one("<v>42758</v>", ' s="0"'), styles="<cellXfs><xf numFmtId='17'/></cellXfs>")
    assert cell == Cell(dt.datetime(2017, 1, 23), "date", "mmm-yy")


def test_the_same_date_is_read_in_both_date_systems() -> None:
    styles = formats("dd/mm/yyyy")
    assert value(one("<v>42758</v>", ' s="0"'), styles=styles) == dt.datetime(2017, 1, 23)
    assert value(one("<v>41296</v>", ' s="0"'), styles=styles, book='<workbookPr date1904="1"/>') == dt.datetime(
        2017, 1, 23
    )


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_definitions_of_entities_are_refused_in_every_part(part: str) -> None:
    parts = workbook_parts(one("<v>1</v>"))
    parts[part] = '<!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>' + str(parts[part])
    with pytest.raises(PaperError, match="I117"):
        sheets.read(packed(parts), "a.xlsx")


def test_a_workbook_past_the_limits_is_refused_naming_the_cell() -> None:
    rows = "".join(f'<row r="{r}"><c r="B{r}" t="s"><v>0</v></c></row>' for r in range(1, 30))
    with pytest.raises(PaperError, match=r"cell B\d+: .*1,000 characters"):
        sheets.read(raw_workbook(rows, strings=["x" * 100]), "a.xlsx", limits=Limits(characters=1000))
    content = raw_workbook(rows, strings=["y"])
    with pytest.raises(PaperError, match=r"cell B\d+: .*20 filled cells"):
        sheets.read(content, "a.xlsx", limits=Limits(cells=20))
    assert len(sheets.read(content, "a.xlsx", limits=Limits(cells=29)).sheets[0].rows) == 29


@pytest.mark.parametrize("limits", [Limits(texts=3), Limits(merges=3)])
def test_each_other_limit_refuses_and_lets_the_rest_pass(limits: Limits) -> None:
    merges = "<mergeCells>" + "".join(f'<mergeCell ref="A{r}:B{r}"/>' for r in range(1, 9)) + "</mergeCells>"
    content = raw_workbook(one("<v>1</v>"), strings=["a", "b", "c", "d"], after=merges)
    assert sheets.read(content, "a.xlsx").sheets[0].rows
    with pytest.raises(PaperError, match=r"I11[45]"):
        sheets.read(content, "a.xlsx", limits=limits)


def test_a_workbook_with_charts_only_says_that_it_has_no_sheet_of_cells() -> None:
    parts = workbook_parts(one("<v>1</v>"))
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        '/worksheet"', '/chartsheet"'
    )
    with pytest.raises(PaperError, match="I120"):
        sheets.read(packed(parts), "a.xlsx")


def test_a_part_of_the_wrong_kind_gives_no_texts() -> None:
    parts = workbook_parts(one("<v>0</v>", ' t="s"')) | {
        "xl/sharedStrings.xml": "<sst xmlns='urn:o'><si><t>a</t></si></sst>"
    }
    assert sheets.read(packed(parts), "a.xlsx").sheets[0].rows[1][1] == Cell("#REF!", "error")


def test_a_styled_tail_keeps_its_hidden_rows_and_nothing_else() -> None:
    tail = "".join(f'<row r="{r}" hidden="{r % 2}"><c r="A{r}" s="0"/></row>' for r in range(2, 50))
    sheet = book('<row r="1"><c r="A1"><v>1</v></c></row>' + tail).sheets[0]
    assert (list(sheet.rows), len(sheet.hidden_rows)) == ([1], 24)


def test_cells_that_say_the_same_are_one_object() -> None:
    row = "".join(f'<c r="{at}1" t="s"><v>0</v></c>' for at in "ABC") + '<c r="D1" t="inlineStr"><is><t>x</t></is></c>'
    cells = book(f'<row r="1">{row}</row>', strings=["x"]).sheets[0].rows[1]
    assert cells[1] is cells[2] is cells[3]
    assert cells[4] == cells[1]


def test_a_text_in_place_is_a_text_though_a_number_before_it_looks_the_same() -> None:
    cells = book('<row r="1"><c r="A1"><v>5</v></c><c r="B1"><is><t>5</t></is></c></row>').sheets[0].rows[1]
    assert (cells[1], cells[2]) == (Cell(5, "number"), Cell("5", "text"))


def test_the_addresses_of_cells_count_whatever_their_row_says() -> None:
    rows = book('<row r="2"><c r="A2"><v>1</v></c><c r="B7"><v>2</v></c><c r="B2"><v>3</v></c></row>').sheets[0].rows
    assert {r: {c: cell.value for c, cell in row.items()} for r, row in rows.items()} == {2: {1: 1, 2: 3}, 7: {2: 2}}


def test_a_small_workbook_is_known_again_by_its_content_and_name_and_a_large_one_is_read_anew() -> None:
    content = raw_workbook(one("<v>1</v>"))
    again = bytes(bytearray(content))
    assert sheets.read(content, "a.xlsx") is sheets.read(again, "a.xlsx")
    assert sheets.read(again, "b.xlsx").name == "b.xlsx"
    assert not sheets.read(again, "a.xlsx", sheets=["Two"]).sheets[0].read
    large = raw_workbook("".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(1, 20_002)))
    assert sheets.read(large, "a.xlsx") is not sheets.read(large, "a.xlsx")


def test_no_more_than_a_few_workbooks_are_kept() -> None:
    first = raw_workbook(one("<v>1</v>"))
    known = sheets.read(first, "a.xlsx")
    for number in range(70):
        sheets.read(first, f"{number}.xlsx")
    assert sheets.read(first, "a.xlsx") is not known


RECALCULATED = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'


@pytest.mark.parametrize(
    ("book_says", "row", "expected"),
    [
        (RECALCULATED, one("<f>A2</f><v>0</v>"), Cell(None, "uncalculated")),
        (RECALCULATED, one("<f>A2</f><v>3</v>"), Cell(3, "number")),
        (RECALCULATED, one("<v>0</v>"), Cell(0, "number")),
        ('<calcPr calcId="191029"/>', one("<f>A2</f><v>0</v>"), Cell(0, "number")),
        (RECALCULATED.replace('"1"', '"0"'), one("<f>A2</f><v>0</v>"), Cell(0, "number")),
    ],
)
def test_a_nought_that_stands_for_a_formula_not_worked_out_is_no_nought(
    book_says: str, row: str, expected: Cell
) -> None:
    assert cell_of(row, book=book_says) == expected


def test_a_plain_nought_and_a_formula_that_waits_are_told_apart() -> None:
    rows = '<row r="1"><c r="A1"><v>0</v></c><c r="B1"><f>A1</f><v>0</v></c><c r="C1"><v>0</v></c></row>'
    kinds = [cell.kind for cell in book(rows, book=RECALCULATED).sheets[0].rows[1].values()]
    assert kinds == ["number", "uncalculated", "number"]


def test_what_only_newer_versions_of_excel_show_is_no_error_of_a_formula() -> None:
    assert cell_of(one("<v>#VALUE!</v>", ' t="e" vm="1"')) == Cell(None, "rich")
    assert cell_of(one("<v>#VALUE!</v>", ' t="e"')) == Cell("#VALUE!", "error")

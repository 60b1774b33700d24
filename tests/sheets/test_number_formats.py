"""What Excel shows of a stored value under a number format, and what of it may not be printed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sheets import BUILT_IN, Shown, date_letters, shown, shows
from pipeline.sheets.number_formats import codes
from pipeline.sheets.number_formats.filling import nearly
from tests.sheets.cells_shown import TABLES

CELLS = [
    pytest.param(code, value, text, id=f"{subject}: {value} under {code}")
    for subject, table in TABLES.items()
    for code, cells in table
    for value, text in cells
]


@pytest.mark.parametrize(("code", "value", "text"), CELLS)
def test_a_cell_prints_what_excel_shows(code: str, value: float | str, text: str) -> None:
    assert shown(code, value)._replace(power=0) == Shown(text)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", 1 / 3, "0.333333333"),
        ("General", -2 / 3, "-0.666666667"),
        ("General", 1234567.3333333, "1234567.333"),
        ("General", 123456789012, "1.23457E+11"),
        ("General", 1e-10, "1E-10"),
        ('General" days"', 1 / 3, "0.333333333 days"),
        ("@", 1 / 3, "0.333333333"),
        ("", 1 / 3, "0.333333333"),
    ],
)
def test_a_number_that_fills_its_cell_is_not_in_full(code: str, value: float, text: str) -> None:
    assert shown(code, value)._replace(power=0) == Shown(text, "cut")


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0;[Red]0", -5, "5"),
        ("#,##0.0;[Red]#,##0.0", -12.5, "12.5"),
        ("0;0", -5, "5"),
        ("General;[Red]General", -5, "5"),
        ('£0,,"m";[Red]£0,,"m"', -7e6, "£7m"),
        ("[Red][<0]0;0", -5, "5"),
    ],
)
def test_a_loss_that_only_a_colour_tells_is_in_doubt(code: str, value: float, text: str) -> None:
    assert shown(code, value)._replace(power=0) == Shown(text, "sign")
    assert shown(code, -value)._replace(power=0) == Shown(text)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [("0;[Red]0", -0.4, "0"), ("0;[Red]-0", -5, "-5"), ("[Red]0", -5, "-5"), ("0;[Red](0)", -5, "(5)"),
     ('0;[Red]0" under"', -5, "5 under"), ('"in credit";"in credit"', -5, "in credit")],
)  # fmt: skip
def test_a_loss_that_something_else_tells_is_not(code: str, value: float, text: str) -> None:
    assert shown(code, value)._replace(power=0) == Shown(text)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [("#,##0,", 412_000, "412"), ("£#,##0,", 412_000, "£412"), ("0.0,,", 412_000, "0.4"), ('0.0,," ha"', 5e6, "5.0 ha"),
     ("#,##0,", 400, "0"), ("[$GBP] 0,", 4000, "GBP 4")],
)  # fmt: skip
def test_thousands_that_nothing_tells_are_in_doubt(code: str, value: float, text: str) -> None:
    assert shown(code, value)._replace(power=0) == Shown(text, "scale")


@pytest.mark.parametrize(
    "code", ['£0,"k"', '0.0,,"m"', "0, \\K", '£0,,"million"', '0," (£000)"', '0,,,"bn"', '0.0,,"MW"']
)
def test_thousands_that_a_word_tells_are_not(code: str) -> None:
    assert shown(code, 5e9).doubt == ""


@pytest.mark.parametrize(
    ("code", "value", "text", "why"),
    [
        ("[$-40C]d mmmm yyyy", 42760, "25 January 2017", codes.OTHER_NAMES),
        ("[$-452]mmm yy", 42760, "Jan 17", codes.OTHER_NAMES),
        ("[$-40C]h AM/PM", 0.5, "12 PM", codes.OTHER_NAMES),
        ("[$-2000401]0", 5, "5", codes.NUMERALS),
        ("[$-107041E]dd/mm/yyyy", 42760, "25/01/2017", codes.NUMERALS),
        ("bbbb", 42760, "2560", codes.NUMERALS),
        ("[DBNum1]0", 5, "5", codes.UNKNOWN),
        ("[ENG]0", 5, "5", codes.UNKNOWN),
        ("0;0;0;@;0", 5, "5", codes.UNKNOWN),
        ("**0", 5, "5", codes.FILLED),
        ("0*-", 5, "5", codes.FILLED),
        ("0" * 256, 5, "5", codes.TOO_LONG),
    ],
)
def test_what_depends_on_the_screen_or_is_not_known_is_in_doubt(code: str, value: float, text: str, why: str) -> None:
    assert shown(code, value)._replace(power=0) == Shown(text, "format", why)


@pytest.mark.parametrize(
    ("code", "value"),
    [("dd/mm/yyyy", -1), ("h:mm", -0.5), ("dd/mm/yyyy", 2_958_466), ("[>1]0;[>2]0;[>3]0", -5), ("0", float("inf")),
     ("0", float("nan")), ("0.0", 10**400)],
)  # fmt: skip
def test_what_excel_cannot_show_is_hashes(code: str, value: float) -> None:
    assert shown(code, value)._replace(power=0) == Shown("########", "hashes")


@pytest.mark.parametrize(
    ("number", "code", "value", "text"),
    [
        (5, "£#,##0;-£#,##0", -5000, "-£5,000"),
        (14, "dd/mm/yyyy", 42760, "25/01/2017"),
        (15, "dd-mmm-yy", 42760, "25-Jan-17"),
        (16, "dd-mmm", 42760, "25-Jan"),
        (20, "hh:mm", 0.375, "09:00"),
        (22, "dd/mm/yyyy hh:mm", 42760.5, "25/01/2017 12:00"),
        (37, "#,##0;-#,##0", -5000, "-5,000"),
        (44, '_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-', -5, "-£5.00"),
    ],
)
def test_formats_named_by_number_are_the_united_kingdoms(number: int, code: str, value: float, text: str) -> None:
    assert BUILT_IN[number] == code
    assert shown(code, value)._replace(power=0) == Shown(text)


@pytest.mark.parametrize(
    ("code", "kind", "letters"),
    [("dd/mm/yyyy", "date", "dmy"), ("dddd d mmmm yyyy", "date", "dmy"), ("mmm-yy", "month", "my"),
     ("yyyy", "year", "y"),
     ("ddd", "date", ""), ("ddd mmm", "date", "m"), ("d mmm", "date", "dm"), ('"w/c "d mmm yyyy', "date", "dmyw"),
     ("dd/mm/yyyy hh:mm", "date", "dmyh"), ("h:mm", "time", "h"), ("mm:ss", "time", "h"), ("[h]:mm", "time", "h"),
     ("[$-F800]dddd, mmmm dd, yyyy", "date", "dmy"), ("0%", "percent", ""), ('0"%"', "percent sign", ""),
     ("General", "number", ""), ("yyyy-mm-dd\\Thh:mm", "date", "dmyhw")],
)  # fmt: skip
def test_what_a_format_is_for(code: str, kind: str, letters: str) -> None:
    assert (shows(code), date_letters(code)) == (kind, letters)


def test_fractions_are_excels_and_not_the_nearest() -> None:
    assert [nearly(value, 9) for value in (0.3, 0.5, 1.3 - 1, 2.3 - 2)] == [(2, 7), (1, 2), (1, 3), (2, 7)]


CODES = st.text(st.sampled_from('0#?.,%E+-/;@_*"\\[]$£<>=19 dmyhsaAPpGeneralbeg()x'), max_size=40)
VALUES = st.one_of(st.floats(), st.integers(), st.text(max_size=5))


@given(CODES | st.sampled_from(sorted(BUILT_IN.values())), VALUES)
def test_no_code_and_no_value_raises(code: str, value: float | str) -> None:
    told = shown(code, value)
    assert isinstance(value, str) or told.text == told.text.strip()
    assert told == shown(code, value)


@pytest.mark.deep
@settings(max_examples=20_000)
@given(CODES | st.text(max_size=300), VALUES)
def test_no_code_and_no_value_raises_however_many_are_tried(code: str, value: float | str) -> None:
    shown(code, value)


HOSTILE = ["0", "%", ",", "[", '"', "\\", "_", "*", "y", "ms", "s.0", "[h]", "-", ";", "0,", "#/", "?/?", "0E+", "@",
           "General", "[>1]", "AM/PM", "[$-", "y-"]  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE)
def test_the_longest_code_of_any_kind_is_filled_at_once(part: str) -> None:
    code = ("0" + part * codes.LONGEST_CODE)[: codes.LONGEST_CODE]
    start = time.process_time()
    texts = [shown(code, value).text for value in (1.7e307, -5e-324, 1234.5, 42_760.75)]
    assert max(map(len, texts)) < 2_000
    assert time.process_time() - start < 0.5


@pytest.mark.deep
@pytest.mark.parametrize("part", HOSTILE)
def test_a_code_costs_what_its_length_costs(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "LONGEST_CODE", 10**9)

    def seconds(size: int) -> float:
        code = "0" + part * (size // len(part))
        start = time.process_time()
        codes.parse.__wrapped__(code)
        return time.process_time() - start

    small, large = min(seconds(4_000) for _ in range(3)), min(seconds(64_000) for _ in range(2))
    assert large < 16 * 4 * small + 0.05, (small, large)

"""Papers say what Excel shows: cells under number formats, from the workbook to the paper and back to their source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.problems import Level
from tests.office import Office, check, explain, office, with_workbook
from tests.reader import read_paper, tables_of

MEETING = "2027-01-19"
TRACKER = "recommendation-tracker"
TAKEN = {
    "E7": (0.9652, "0%", "97%"),
    "E9": (-2005.00999999999, "£#,##0;(£#,##0)", "(£2,005)"),
    "E10": (5000, '"£"#,##0', "£5,000"),
    "E11": (1_250_000, "#,##0", "1,250,000"),
    "E12": (0.5, "0.0%", "50.0%"),
    "E13": (12.5, '"£"0.00"m"', "£12.50m"),
}
MORE = {
    "E7": (0.333333333333, "0.0", "0.3"),
    "E9": (412_000, '0.0,,"m"', "0.4m"),
    "E10": (1234.5, '_-"£"* #,##0.00_-', "£1,234.50"),
    "E11": (2.5, "# ?/?", "2 1/2"),
    "E12": (100250.5, "General", "100250.5"),
    "E13": (3, '0" of 12 visits done"', "3 of 12 visits done"),
}


def typed(desk: Office, file: str, sheet: str, cells: dict[str, tuple[Any, str, str]]) -> None:
    """Values with their formats, typed into cells."""

    def write(page: Any) -> None:
        for cell, (value, code, _) in cells.items():
            page[cell].value, page[cell].number_format = value, code

    with_workbook(desk.inputs / file, sheet, write)


@pytest.mark.parametrize("cells", [TAKEN, MORE], ids=["money and shares", "fractions and millions"])
def test_the_paper_says_what_excel_shows(cells: dict[str, tuple[Any, str, str]], tmp_path: Path) -> None:
    desk = office(tmp_path, TRACKER)
    refs = {"A12": (1.1, "0.00", "1.10"), "A13": (11, '"OS-26-"00', "OS-26-11")}
    typed(desk, "tracker.xlsx", "Recommendations", cells | refs)
    _, *open_ones = tables_of(desk.paper(MEETING))[1]
    assert [row[4] for row in open_ones] == [text for _, _, text in cells.values()]
    assert [row[0] for row in open_ones][-2:] == ["1.10", "OS-26-11"]


def test_a_number_that_may_not_be_printed_stops_publication_at_its_cell(tmp_path: Path) -> None:
    desk = office(tmp_path, TRACKER)
    typed(desk, "tracker.xlsx", "Recommendations", {"E10": (-2005.00999999999, "#,##0;[Red]#,##0", "")})
    wrong = [each for each in check(desk.order(MEETING)) if each.level is Level.ERROR]
    assert [(each.code, each.place.sheet, each.place.cell) for each in wrong] == [("I334", "Recommendations", "E10")]
    assert "2,005" not in read_paper(desk.paper(MEETING))


def test_refs_made_by_a_format_and_refs_typed_as_text_are_one(tmp_path: Path) -> None:
    desk, plain = office(tmp_path / "formatted"), office(tmp_path / "typed")
    refs = {f"A{row}": (number, '"COR-"000', "") for row, number in zip(range(2, 6), (31, 36, 38, 41), strict=True)}
    typed(desk, "correspondence.xlsx", "Log", refs)
    assert read_paper(desk.paper("2017-01-23")) == read_paper(plain.paper("2017-01-23"))
    typed(desk, "correspondence.xlsx", "Log", {"A4": (38, "0", "")})
    assert "I441" in [each.code for each in check(desk.order("2017-01-23"))]


def test_explain_names_the_cell_what_it_shows_and_what_is_stored(tmp_path: Path) -> None:
    desk = office(tmp_path, TRACKER)
    typed(desk, "tracker.xlsx", "Recommendations", TAKEN)
    (source,) = explain(desk.order(MEETING), "97%")[0].sources
    assert (str(source.place), source.value) == (
        "tracker.xlsx, sheet Recommendations, cell E7",
        "97% (0.9652 is stored)",
    )

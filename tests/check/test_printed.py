"""Columns that a paper prints and a sheet has not, in the words of the board whose sheet it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.problems import PaperError
from tests.office import Office, check, office, with_workbook

MEETING = "2027-01-19"
NAMED = "The paper prints what stands under “Due”, and the sheet has no such heading"


def told(desk: Office) -> list[str]:
    try:
        found = check(desk.order(MEETING))
    except PaperError as refused:
        found = list(refused.problems)
    return [str(each) for each in found if each.code in ("I213", "I216")]


@pytest.fixture
def desk(tmp_path: Path) -> Office:
    return office(tmp_path, "recommendation-tracker")


@pytest.mark.parametrize("heading", ["Deue", "Due by", "Deadline date", "Deadlin"])
def test_a_misspelt_heading_is_named_with_its_cell_and_the_heading_that_this_board_uses(
    desk: Office, heading: str
) -> None:
    desk.put("tracker.xlsx", "Recommendations", F5=heading)
    place = "error I213  tracker.xlsx, sheet Recommendations, cell F5"
    assert told(desk) == [
        f"{place}: {NAMED}; “{heading}” may be meant for it. Rename “{heading}” to “Due”, if it is the one."
    ]


def test_a_heading_renamed_beyond_recognition_is_asked_for_by_the_name_that_this_board_uses(desk: Office) -> None:
    desk.put("tracker.xlsx", "Recommendations", F5="Target")
    assert told(desk) == [
        f"error I213  tracker.xlsx, sheet Recommendations: {NAMED}. "
        "Name the column “Due”, or list its heading in report.toml."
    ]


def test_a_heading_lost_in_merged_cells_is_asked_for_by_the_name_that_this_board_uses(desk: Office) -> None:
    with_workbook(desk.inputs / "tracker.xlsx", "Recommendations", lambda page: page.merge_cells("D5:E5"))
    (line,) = told(desk)
    assert line.startswith("error I213")
    assert "“Action taken”" in line
    assert "“Notes”" not in line


def test_a_report_may_let_a_missing_column_stand(desk: Office) -> None:
    path = desk.folder / "templates" / desk.report / "report.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[checks.levels]\nI213 = "note"\n', encoding="utf-8")
    desk.put("tracker.xlsx", "Recommendations", F5="Deue")
    (line,) = told(desk)
    assert line.startswith("note I213")

"""Facts that cannot be read make no paper: it would say that there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.problems import Level, PaperError
from tests.faults import sheets, workbooks
from tests.faults.listing import FAULTS
from tests.office import check, office

LISTED = (sheets, workbooks)
REFUSED = {
    "workbooks/with_a_password": "I107", "workbooks/nothing_in_it": "I103", "workbooks/cut_short": "I113",
    "workbooks/not_there": "I101", "workbooks/no_folder_of_inputs": "I101", "sheets/renamed": "I201",
    "sheets/a_heading_misspelt": "I204", "sheets/the_row_of_headings_deleted": "I203",
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_no_draft_is_made_without_the_facts(name: str, tmp_path: Path) -> None:
    desk = office(tmp_path)
    FAULTS[name].plant(desk)
    with pytest.raises(PaperError) as refused:
        desk.build("2017-01-23")
    assert REFUSED[name] in {each.code for each in refused.value.problems}
    assert list((tmp_path / "outputs").rglob("*.docx")) == []


@pytest.mark.parametrize("name", ["sheets/a_hidden_row", "sheets/a_total_below_the_table", "workbooks/open_in_excel"])
def test_a_draft_is_made_where_the_facts_can_be_read(name: str, tmp_path: Path) -> None:
    desk = office(tmp_path)
    FAULTS[name].plant(desk)
    assert desk.build("2017-01-23").path.is_file()


def test_a_draft_is_made_of_doubled_rows(tmp_path: Path) -> None:
    desk = office(tmp_path)
    desk.put("tracker.xlsx", "Actions", A8="BV-131")
    desk.add("calendar.xlsx", "Workshops", ["17/01/2017", "the Commissioners", "the outstanding actions"])
    assert desk.build("2017-01-23").path.is_file()


def test_a_section_without_its_workbook_is_not_said_to_lack_a_sentence(tmp_path: Path) -> None:
    desk = office(tmp_path, "recommendation-tracker")
    (desk.inputs / "tracker.xlsx").unlink()
    codes = [each.code for each in check(desk.order("2027-01-19")) if each.level is Level.ERROR]
    assert codes == ["I101"]

"""Rows become records: what cannot be told is never taken for open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.letters import letter
from tests.faults.planting import log
from tests.office import Office, check, office
from tests.often import each_time, pairs
from tests.reader import read_paper

SECRET = {"sender": "Canary Ltd", "kind": "Canary", "points": "canaries", "title": "Canary", "file": "canary.pdf"}


def told(desk: Office) -> bool:
    return "anar" in read_paper(desk.paper("2017-01-23"))


def office_with(folder: Path, value: object, heading: str = "Exempt (Sch 12A para)") -> Office:
    desk = office(folder)
    letter(desk, exempt=value, reply_to="COR-041", **SECRET)
    log(desk, N1=heading)
    return desk


@pytest.mark.parametrize("value", ["#REF!", "#N/A", '=IF(A6="COR-050","3","")', "Yes", True, "3", 3, "?", "x" * 200_0])
def test_a_letter_stays_out_unless_it_is_surely_open(value: object, tmp_path: Path) -> None:
    assert not told(office_with(tmp_path, value))


HEADINGS = ("Exmpt", "Exempt?", "Exemption para", "Confidential", "Sch. 12A", "NOT FOR PUBLICATION")


@pytest.mark.parametrize(("heading", "value"), pairs(HEADINGS, ("3", "Yes", "#REF!")))
def test_it_stays_out_under_a_heading_that_can_only_mean_that(heading: str, value: str, tmp_path: Path) -> None:
    assert not told(office_with(tmp_path, value, heading))


@pytest.mark.parametrize("value", each_time(["-", "–", "n", "none", "x", "open?", "nil"], ["–", "none"]))
def test_a_word_for_open_that_the_manual_does_not_name_is_an_error_and_keeps_the_row_out(
    value: str, tmp_path: Path
) -> None:
    desk = office_with(tmp_path, value)
    assert [each.place.cell for each in check(desk.order("2017-01-23")) if each.code == "I602"] == ["N6"]
    assert not told(desk)


@pytest.mark.parametrize("value", [None, "", "No", "open"])
def test_an_open_letter_is_told(value: object, tmp_path: Path) -> None:
    assert told(office_with(tmp_path, value))


def test_an_open_letter_is_told_under_another_heading_too(tmp_path: Path) -> None:
    assert told(office_with(tmp_path, "No", "Confidential"))

"""An open letter knows of a letter that may not be public only that there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.asking.questions import check
from pipeline.read.inputs import read_inputs
from pipeline.records import Letter
from pipeline.report import load_report
from tests.faults.letters import letter
from tests.office import Office, day, office
from tests.reader import read_paper

PRIVATE = {"ref": "COR-077", "exempt": "3", "reply_to": "cor-041", "date": day("2017-01-06"), "update": None}


def read(desk: Office) -> dict[str, Letter]:
    """The open letters by reference."""
    inputs = read_inputs(load_report(desk.folder / "templates" / desk.report), desk.inputs)
    return {each.ref: each for each in inputs.records.letters}


def chained(folder: Path, *links: dict[str, object]) -> Office:
    desk = office(folder)
    for each in links:
        letter(desk, **each)
    return desk


def test_a_private_answer_is_a_bare_fact(tmp_path: Path) -> None:
    desk = chained(tmp_path, PRIVATE)
    found = read(desk)
    assert "COR-077" not in found
    assert [ref for ref, each in found.items() if each.answered_in_private] == ["COR-041"]
    assert "077" not in repr(found)


def test_no_paper_says_that_a_reply_is_awaited_which_came_in_private(tmp_path: Path) -> None:
    before, after = chained(tmp_path / "1"), chained(tmp_path / "2", PRIVATE)
    says = [("imminently" in read_paper(desk.paper("2017-01-23"))) for desk in (before, after)]
    assert says == [True, False]
    told = [each.message for each in check(after.order("2017-01-23"))[1] if each.code in ("I443", "I453")]
    assert told == ["The reply to “COR-041” has come, but is still expected “imminently”."]


def test_an_answer_counts_whatever_else_its_row_lacks(tmp_path: Path) -> None:
    found = read(chained(tmp_path, PRIVATE | {"date": "soon", "direction": None}))
    assert found["COR-041"].answered_in_private


def test_an_open_letter_that_answers_a_private_one_belongs_to_the_thread_and_names_nothing(tmp_path: Path) -> None:
    answer = {"ref": "COR-078", "reply_to": "COR-077", "update": None, "date": day("2017-01-08")}
    found = read(chained(tmp_path, PRIVATE, answer))["COR-078"]
    assert (found.in_reply_to, found.answers_private, found.thread) == ("", True, "COR-041")
    assert "in_reply_to" not in found.cells


@pytest.mark.parametrize("back", ["COR-078", "COR-079"])
def test_private_letters_that_answer_one_another_in_a_circle_lead_nowhere(back: str, tmp_path: Path) -> None:
    rows = (
        PRIVATE | {"reply_to": back}, PRIVATE | {"ref": "COR-079", "reply_to": "COR-077"},
        {"ref": "COR-078", "reply_to": "COR-079", "direction": "Out"},
    )  # fmt: skip
    found = read(chained(tmp_path, *rows))["COR-078"]
    assert found.answers_private
    assert found.thread == ("COR-078" if back == "COR-078" else "")
    assert found.answered_in_private == (back == "COR-078")


def test_an_open_letter_of_the_same_reference_is_still_the_one_that_is_answered(tmp_path: Path) -> None:
    found = read(chained(tmp_path, PRIVATE | {"ref": "COR-038"}))["COR-041"]
    assert (found.in_reply_to, found.answers_private) == ("COR-038", False)

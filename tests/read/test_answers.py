"""An open letter knows of a letter that may not be public only that there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import sheets
from pipeline.kinds import Letter
from pipeline.read import records_of
from tests.builders import report
from tests.faults.letters import letter
from tests.office import check, day, office
from tests.reader import read_paper

LOG = """Ref,Date,Direction,From,To,Update,In reply to,Exempt
COR-038,02/12/2016,In,Minister,Mayor,3,,
COR-041,15/12/2016,Out,Mayor,Minister,3,COR-038,
"""


def read(*rows: str) -> dict[str, Letter]:
    """The open letters of a log with these rows more, by reference."""
    sheet = sheets.read((LOG + "\n".join(rows)).encode(), "log.csv").sheets[0]
    kept = records_of(report(), "letters", sheet)
    return {letter.ref: letter for letter in kept.records if isinstance(letter, Letter)}


def test_a_private_answer_is_a_bare_fact() -> None:
    found = read("COR-077,06/01/2017,In,Minister,Mayor,,cor-041,3")
    assert [*found] == ["COR-038", "COR-041"]
    assert [ref for ref, each in found.items() if each.answered_in_private] == ["COR-041"]
    assert "077" not in repr(found)


def test_an_answer_counts_whatever_else_its_row_lacks() -> None:
    assert read("COR-077,soon,,Minister,Mayor,,COR-041,3")["COR-041"].answered_in_private


def test_an_open_letter_that_answers_a_private_one_belongs_to_the_thread_and_names_nothing() -> None:
    private, answer = (
        "COR-077,06/01/2017,In,Minister,Mayor,,COR-041,3",
        "COR-078,08/01/2017,Out,Mayor,Minister,,cor-077,",
    )
    found = read(private, answer)["COR-078"]
    assert (found.in_reply_to, found.answers_private, found.thread) == ("", True, "COR-041")
    assert "in_reply_to" not in found.cells


@pytest.mark.parametrize("back", ["COR-078", "COR-079"])
def test_private_letters_that_answer_one_another_in_a_circle_lead_nowhere(back: str) -> None:
    found = read(
        f"COR-077,06/01/2017,In,Minister,Mayor,,{back},3", "COR-079,06/01/2017,In,Minister,Mayor,,COR-077,3",
        "COR-078,08/01/2017,Out,Mayor,Minister,,COR-079,",
    )["COR-078"]  # fmt: skip
    assert found.answers_private
    assert found.thread == ("COR-078" if back == "COR-078" else "")
    assert found.answered_in_private == (back == "COR-078")


def test_an_open_letter_of_the_same_reference_is_still_the_one_that_is_answered() -> None:
    found = read("COR-038,06/01/2017,In,Minister,Mayor,,,3")["COR-041"]
    assert (found.in_reply_to, found.answers_private) == ("COR-038", False)


def test_no_paper_says_that_a_reply_is_awaited_which_came_in_private(tmp_path: Path) -> None:
    desk = office(tmp_path)
    awaited = "imminently" in read_paper(desk.paper("2017-01-23"))
    letter(desk, ref="COR-077", exempt="3", reply_to="COR-041", date=day("2017-01-06"))
    assert (awaited, "imminently" in read_paper(desk.paper("2017-01-23"))) == (True, False)
    told = [each.message for each in check(desk.order("2017-01-23")) if each.code in ("I443", "I453")]
    assert told == ["The reply to “COR-041” has come, but is still expected “imminently”."]

"""Month after month from rows of data alone: each paper as golden text that a person has read.

Run with UPDATE_GOLDEN=1 to write the texts anew, and read the difference before keeping it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents import letter_pdf
from tests.office import Office, day, office
from tests.reader import read_paper

GOLDEN = Path(__file__).parent / "golden"


def february(desk: Office) -> None:
    """A reply is logged with its file, two actions are completed, a third workshop is planned, a Direction is added."""
    points = ("the end of the procurement Direction", "the return of powers over grants", "one Commissioner fewer")
    about = "Decision on the Directions"
    desk.add(
        "correspondence.xlsx",
        "Log",
        ["COR-045", day("2017-01-16"), "In", "Secretary of State", "Mayor", "Decision letter", about,
         3, "COR-041", None, "\n".join(points), "Second letter from Secretary of State", "COR-045.pdf"],
    )  # fmt: skip
    (desk.inputs / "appendices" / "COR-045.pdf").write_bytes(letter_pdf())
    desk.put("tracker.xlsx", "Actions", E7="Complete", G7=day("2017-01-31"), E11="Complete", G11=day("2017-01-31"))
    desk.put("tracker.xlsx", "Actions", B3=day("2017-02-16"))
    desk.add("calendar.xlsx", "Workshops", [day("2017-03-09"), "the Commissioners", "the final update"])
    desk.add("calendar.xlsx", "Directions", [day("2017-01-16"), "Oversight of grants"])


def april(desk: Office) -> None:
    """The fourth and final update is submitted, every action complete, with a seventh area and a fourth workshop."""
    february(desk)
    areas = ("Grants", "Procurement", "Communications", "Property", "Organisational Culture", "Elections", "Governance")
    desk.add("tracker.xlsx", "Progress", *([4, area, area, 30, 30] for area in areas))
    desk.put("calendar.xlsx", "Updates", C5=day("2017-03-16"))
    for row in (6, 8, 9, 10, 13, 14):
        desk.put("tracker.xlsx", "Actions", **{f"E{row}": "Complete", f"G{row}": day("2017-03-10")})
    desk.put("tracker.xlsx", "Actions", B3=day("2017-04-11"))
    desk.add("calendar.xlsx", "Workshops", [day("2017-05-09"), "the Commissioners", "the lessons learned"])


def bare(desk: Office) -> None:
    """No letters at all, no workshops, and one area with nothing left to do."""
    desk.clear("correspondence.xlsx", "Log", 2)
    desk.clear("calendar.xlsx", "Workshops", 2)
    desk.put("tracker.xlsx", "Actions", E7="Complete", G7=day("2017-01-05"))


def nothing(desk: Office) -> None:
    """The sample as it is shipped."""


PAPERS: dict[str, tuple[str, Callable[[Office], None]]] = {
    "2017-01-23 as published": ("2017-01-23", nothing),
    "2017-02-27 after the reply": ("2017-02-27", february),
    "2017-04-24 after the final update": ("2017-04-24", april),
    "2017-01-23 without letters": ("2017-01-23", bare),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_reads_as_its_golden_text(name: str, tmp_path: Path) -> None:
    meeting, change = PAPERS[name]
    desk = office(tmp_path)
    change(desk)
    text = read_paper(desk.paper(meeting))
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


BOARDS = {
    "recommendation-tracker": ("2027-01-19", "2026-11-23"),
    "budget-monitoring": ("2026-11-24", "2026-11-13"),
    "performance-scorecard": ("2026-11-17", "2026-11-06"),
    "planning-enforcement": ("2026-11-05", "2026-10-27"),
    "risk-register": ("2026-11-12", "2026-11-04"),
}
"""The other boards that are shipped: a meeting of each, and the day on which its paper was drafted."""


@pytest.mark.parametrize("board", BOARDS)
def test_another_boards_paper_reads_as_its_golden_text(board: str, tmp_path: Path) -> None:
    meeting, drafted = BOARDS[board]
    now = dt.datetime.fromisoformat(f"{drafted}T09:00+00:00")
    text = read_paper(office(tmp_path, board).paper(meeting, now=now))
    golden = GOLDEN / f"{meeting} {board.replace('-', ' ')}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_forty_actions_run_over_the_pages_in_one_table(tmp_path: Path) -> None:
    desk = office(tmp_path)
    rows = [
        [f"BV-{300 + n}", f"Area {n // 8}", f"Finish task {n}", day("2017-03-31"), "In progress"] for n in range(40)
    ]
    desk.add("tracker.xlsx", "Actions", *rows)
    text = read_paper(desk.paper("2017-01-23"))
    assert [f" Area {n // 8} | Finish task {n} | 31 March 2017 |" in text for n in range(40)] == [True] * 40


def test_the_same_files_and_dates_give_the_same_bytes(tmp_path: Path) -> None:
    first = office(tmp_path / "a").paper("2017-01-23")
    assert first == office(tmp_path / "b").paper("2017-01-23")

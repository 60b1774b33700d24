"""What a person at a screen reads: lines that fit, in reading order, and a question where no meeting is to come."""

from __future__ import annotations

import datetime as dt
import sys

import click
import pytest

from pipeline.cli import INDENT, WIDTH, folded, or_of_the_last_meeting, show_problems
from pipeline.problems import NOWHERE, BrokenInstallation, PaperError, Place, warning
from pipeline.publish import none_to_come
from pipeline.store import refusal
from tests.small_report import SmallReport, small_report

LONG = "“Comments of the Chief Finance Officer” is said to be cleared on “11 January 2017”, which is still to come."


def on_a_screen(monkeypatch: pytest.MonkeyPatch, *, yes: bool = True) -> None:
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: yes)


@pytest.mark.parametrize("screen", [True, False])
def test_a_message_fits_a_screen_and_is_whole_for_a_program(screen: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_screen(monkeypatch, yes=screen)
    shown = folded(LONG, err=False)
    first, *others = shown.split("\n")
    assert " ".join([first, *(each.strip() for each in others)]) == LONG
    assert (shown == LONG) == (not screen)
    if screen:
        assert all(line.startswith(" " * INDENT) and len(line) <= WIDTH for line in others)


def test_a_command_stays_on_one_line_to_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_screen(monkeypatch)
    told = f"{LONG} committee-papers build --keep BV-140"
    assert folded(told, err=False) == told


def told_of_cells(capsys: pytest.CaptureFixture[str], *found: tuple[str, str], sheet: str = "S") -> list[str]:
    """The lines that tell of problems, given as cell and message."""
    show_problems(warning("I405", Place("a.xlsx", sheet, cell), message, "") for cell, message in found)
    return [line.partition("I405  ")[2] for line in capsys.readouterr().out.splitlines() if "I405" in line]


def test_the_cells_of_a_sheet_are_told_row_by_row(capsys: pytest.CaptureFixture[str]) -> None:
    told = told_of_cells(capsys, *((cell, f"{cell} is late.") for cell in ("D11", "AA9", "D9", "D6")))
    assert [line.split()[3].rstrip(":") for line in told] == ["D6", "D9", "AA9", "D11"]


def test_what_is_the_same_in_several_cells_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    told = told_of_cells(capsys, ("D6", "Late."), ("D9", "Late."), ("D7", "Early."), ("E4", "Late."))
    assert told == ["sheet S, cells E4, D6, D9: Late.", "sheet S, cell D7: Early."]


def test_many_cells_and_many_messages_are_told_as_far_as_a_person_reads(capsys: pytest.CaptureFixture[str]) -> None:
    (same,) = told_of_cells(capsys, *((f"D{row}", "Late.") for row in range(5, 405)))
    assert same.endswith("D15, D16, and 388 more: Late.")
    others = told_of_cells(capsys, *((f"D{row}", f"Row {row} is late.") for row in range(5, 45)))
    assert len(others) == 11
    assert others[-1].endswith("D25, D26, and 18 more: 30 more of the same kind.")
    assert len(told_of_cells(capsys, *((f"D{row}", f"Row {row} is late.") for row in range(5, 16)))) == 11


def test_what_stands_in_no_cell_is_told_each_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    told = told_of_cells(capsys, *(("", f"{number} is late.") for number in range(20)), sheet="")
    assert len(told) == 20


def test_a_package_that_is_missing_is_named_and_one_of_ours_is_a_fault() -> None:
    found = refusal(ModuleNotFoundError("No module named 'rapidfuzz'", name="rapidfuzz"))
    assert isinstance(found, BrokenInstallation)
    assert "“rapidfuzz”" in found.problems[0].message
    assert refusal(ModuleNotFoundError("x", name="pipeline.read")) is None


@pytest.fixture
def over(tmp_path_factory: pytest.TempPathFactory) -> SmallReport:
    made = small_report(tmp_path_factory.mktemp("over"))
    made.calendar([dt.date(2026, 12, 1), dt.date(2027, 1, 19)])
    return made


@pytest.mark.parametrize(("screen", "yes"), [(True, True), (True, False), (False, True)])
def test_where_all_meetings_are_over_the_last_is_offered_to_a_person(
    screen: bool, yes: bool, over: SmallReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_screen(monkeypatch, yes=screen)
    asked: list[str] = []
    monkeypatch.setattr(click, "confirm", lambda text: asked.append(text) or yes)

    def act(_: str, *, meeting: dt.date | None = None, **__: object) -> dt.date:
        if meeting is None:
            raise PaperError(none_to_come(NOWHERE))
        return meeting

    folders = {"templates": over.folder / "templates", "inputs": over.folder / "inputs"}
    if screen and yes:
        assert or_of_the_last_meeting(act, over.name, **folders) == dt.date(2027, 1, 19)
    else:
        with pytest.raises(PaperError):
            or_of_the_last_meeting(act, over.name, **folders)
    assert ["Tuesday 19 January 2027" in each for each in asked] == ([True] if screen else [])

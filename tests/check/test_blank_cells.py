"""A sentence that says what stands in a blank cell is told of at that cell, and never printed with a silent hole."""

from __future__ import annotations

from pathlib import Path

from pipeline.asking.questions import check
from pipeline.problems import Level, Problem
from tests.faults.planting import calendar, log, sentence
from tests.office import Office, office


def blanks(desk: Office) -> list[Problem]:
    return [each for each in check(desk.order("2017-01-23"))[1] if each.code == "W202"]


def test_a_hole_in_a_sentence_is_a_warning_at_the_blank_cell(tmp_path: Path) -> None:
    desk = office(tmp_path)
    log(desk, F4=None)
    assert [(each.place.short, each.level) for each in blanks(desk)] == [("Log!F4", Level.WARNING)]


def test_a_sentence_that_cannot_be_said_without_the_cell_is_an_error_there(tmp_path: Path) -> None:
    desk = office(tmp_path)
    calendar(desk, "Updates", B5=None)
    assert [(each.place.short, each.level) for each in blanks(desk)] == [("Updates!B5", Level.ERROR)]


def test_a_sentence_may_ask_whether_a_cell_is_blank(tmp_path: Path) -> None:
    desk = office(tmp_path)
    log(desk, G4=None)
    sentence(desk, "It came{{ ' on ' + letter.subject if letter.subject else '' }}.", each="first response")
    assert blanks(desk) == []


def test_the_sample_has_no_hole(tmp_path: Path) -> None:
    assert blanks(office(tmp_path)) == []

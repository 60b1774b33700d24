"""A sentence that says what stands in a blank cell is told of at that cell, and never printed with a silent hole."""

from __future__ import annotations

from pathlib import Path

from pipeline.problems import Level
from tests.faults.planting import calendar, log, sentence, wording
from tests.office import Office, check, office
from tests.reader import read_paper

PRINTS = "Note the {{ letter.sender }}'s {{ letter.kind | lower_start }}."


def blanks(desk: Office) -> list[tuple[str, str, Level]]:
    found = check(desk.order("2017-01-23"))
    return [(each.code, each.place.short, each.level) for each in found if each.code.startswith("W")]


def test_a_hole_in_a_sentence_is_a_warning_at_the_blank_cell(tmp_path: Path) -> None:
    desk = office(tmp_path)
    log(desk, F4=None)
    wording(desk, F6=PRINTS)
    assert blanks(desk) == [("W202", "Log!F4", Level.WARNING)]


def test_an_if_elsewhere_in_the_sentence_hides_no_hole(tmp_path: Path) -> None:
    desk = office(tmp_path)
    log(desk, F4=None)
    wording(desk, F6=PRINTS + "{{ ' It is appended.' if letter.appendix_title }}")
    assert blanks(desk) == [("W202", "Log!F4", Level.WARNING)]


def test_a_sentence_that_cannot_be_said_without_the_cell_is_left_out_and_told_of_there(tmp_path: Path) -> None:
    desk = office(tmp_path)
    calendar(desk, "Updates", B5=None)
    wording(desk, F3="The next update is due on {{ update.due | day }}.")
    assert blanks(desk) == [("W203", "Updates!B5", Level.WARNING)]
    paper = read_paper(desk.paper("2017-01-23"))
    assert "The next update is due" not in paper
    assert "Wording!" not in paper


def test_a_sentence_about_an_exempt_answer_is_left_out_and_told_of_at_the_open_letter(tmp_path: Path) -> None:
    desk = office(tmp_path)
    log(desk, N5="3", L5=None, M5=None)
    sentence(desk, "It was answered on {{ letter.reply.date | day }}.", each="first response")
    assert blanks(desk) == [("W203", "Log!A4", Level.WARNING)]


def test_a_fault_after_a_blank_cell_that_was_asked_after_is_still_the_sentences_own(tmp_path: Path) -> None:
    desk = office(tmp_path)
    log(desk, F4=None)
    sentence(desk, "{{ letter.kind or 'It' }} of {{ reply_received | each('date') | first }}.", each="first response")
    assert [each[::2] for each in blanks(desk)] == [("W201", Level.ERROR)]


def test_a_sentence_may_ask_whether_a_cell_is_blank(tmp_path: Path) -> None:
    desk = office(tmp_path)
    log(desk, G4=None)
    sentence(desk, "It came{{ ' on ' ~ letter.subject if letter.subject }}.", each="first response")
    assert blanks(desk) == []


def test_the_sample_has_no_hole(tmp_path: Path) -> None:
    assert blanks(office(tmp_path)) == []

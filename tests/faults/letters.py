"""Faults of the log of letters: answers, appendices, files, what is exempt."""

from __future__ import annotations

import shutil
from typing import Any

from tests.faults.listing import list_of
from tests.faults.planting import LOG, log
from tests.office import Office, day

fault = list_of(__name__)


def letter(desk: Office, **more: Any) -> None:
    """A letter added to the log."""
    known: dict[str, Any] = {
        "ref": "COR-050", "date": day("2017-01-09"), "direction": "In", "sender": "Secretary of State",
        "recipient": "Mayor", "kind": "Letter", "subject": "Note", "update": 3, "reply_to": None, "expected": None,
        "points": "one thing", "title": None, "file": None, "exempt": None,
    }  # fmt: skip
    desk.add(LOG, "Log", list((known | more).values()))


@fault
def a_reply_to_an_unknown_letter(desk: Office) -> None:
    log(desk, I5="COR-083")


@fault
def a_reply_to_a_letter_nobody_heard_of(desk: Office) -> None:
    log(desk, I5="see file")


@fault
def a_reply_to_itself(desk: Office) -> None:
    log(desk, I5="COR-041")


@fault
def a_reply_older_than_its_letter(desk: Office) -> None:
    log(desk, B5=day("2016-11-15"))


@fault
def a_letter_of_next_year(desk: Office) -> None:
    log(desk, B5=day("2017-12-15"))


@fault
def a_reply_of_the_year_before(desk: Office) -> None:
    log(desk, B5=day("2015-12-15"))


@fault
def a_reply_from_the_same_side(desk: Office) -> None:
    log(desk, C5="In")


@fault
def still_expected_though_it_has_come(desk: Office) -> None:
    folder = desk.inputs / "appendices"
    shutil.copyfile(folder / "COR-041 Mayor 2016-12-15.pdf", folder / "COR-050.pdf")
    letter(desk, reply_to="COR-041", title="Reply", file="COR-050.pdf")


@fault
def a_second_reply(desk: Office) -> None:
    letter(desk, direction="Out", sender="Mayor", recipient="Secretary of State", reply_to="COR-038")


@fault
def about_an_unknown_update(desk: Office) -> None:
    log(desk, H4=9)


@fault
def later_than_the_facts(desk: Office) -> None:
    letter(desk, date=day("2017-02-20"))


@fault
def an_appendix_without_a_file(desk: Office) -> None:
    log(desk, M4=None)


@fault
def a_file_but_no_title(desk: Office) -> None:
    log(desk, L4=None)


@fault
def a_correspondent_spelt_in_two_ways(desk: Office) -> None:
    log(desk, D4="Secretary of state")


@fault
def a_correspondent_misspelt(desk: Office) -> None:
    log(desk, E4="Mayour")


@fault
def a_date_of_next_month_as_answer_expected(desk: Office) -> None:
    log(desk, J5="shortly")


@fault
def expected_by_a_day_that_has_passed(desk: Office) -> None:
    log(desk, J5="30/12/2016")


@fault
def a_letter_from_nobody(desk: Office) -> None:
    log(desk, D4=None)


def exempt(name: str, value: Any) -> None:
    """Lists a letter whose mark of exemption cannot be taken as it stands."""

    def plant(desk: Office) -> None:
        letter(desk, exempt=value)

    plant.__name__ = f"exempt_{name}"
    fault(plant)


exempt("yes", "Yes")
exempt("in_capitals", "EXEMPT")
exempt("true", True)
exempt("with_a_question_mark", "3?")
exempt("of_two_paragraphs", "1 and 3")
exempt("of_an_unknown_paragraph", 9)
exempt("of_a_paragraph_of_wales", "14")
exempt("by_an_error", "#REF!")
exempt("confidential", "confidential")


@fault
def exempt_and_an_appendix(desk: Office) -> None:
    log(desk, N4=3)


@fault
def exempt_by_a_formula_never_worked_out(desk: Office) -> None:
    log(desk, N4='=IF(A4="COR-038","3","")')

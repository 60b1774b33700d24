"""Faults of the list of warnings that an officer lets stand."""

from __future__ import annotations

from openpyxl import Workbook

from tests.faults.listing import list_of
from tests.faults.planting import actions
from tests.office import Office, day

fault = list_of(__name__)
HEADINGS = ("Code", "Where", "Reason", "By", "Date")


def accept(desk: Office, *rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Accepted"
    for row in (headings, *rows):
        page.append(row)
    book.save(desk.inputs / "accepted.xlsx")


GOOD = ("I406", "BV-142", "There is no end to it", "Head of Property", day("2017-01-10"))


@fault
def accepted_as_it_should_be(desk: Office) -> None:
    accept(desk, GOOD)


@fault
def an_error(desk: Office) -> None:
    actions(desk, E7="Stuck")
    accept(desk, ("I341", "Actions!E7", "We call it that", "Head of Property", day("2017-01-10")))


@fault
def of_nothing_that_stands(desk: Office) -> None:
    accept(desk, GOOD, ("I406", "BV-999", "There is no end to it", "Head of Property", day("2017-01-10")))


@fault
def of_an_unknown_code(desk: Office) -> None:
    accept(desk, ("I9999", "BV-142", "There is no end to it", "Head of Property", day("2017-01-10")))


@fault
def without_a_reason(desk: Office) -> None:
    accept(desk, ("I406", "BV-142", None, "Head of Property", day("2017-01-10")))


@fault
def by_nobody(desk: Office) -> None:
    accept(desk, ("I406", "BV-142", "There is no end to it", None, day("2017-01-10")))


@fault
def without_its_headings(desk: Office) -> None:
    accept(desk, GOOD, headings=("What", "Which", "Why", "Who", "When"))


@fault
def on_a_day_that_there_is_not(desk: Office) -> None:
    accept(desk, ("I406", "BV-142", "There is no end to it", "Head of Property", "31/02/2017"))


@fault
def not_a_workbook(desk: Office) -> None:
    (desk.inputs / "accepted.xlsx").write_bytes(b"I accept everything.\n")

"""Faults of the register of who cleared which comment."""

from __future__ import annotations

import json
from typing import Any

import docx

from tests.faults.listing import list_of
from tests.faults.planting import comment, paragraph
from tests.office import Office, day

fault = list_of(__name__)
FILE = "comments/clearance.xlsx"


def put(desk: Office, **cells: Any) -> None:
    desk.put(FILE, "Clearance", **cells)


@fault
def no_register(desk: Office) -> None:
    (desk.inputs / FILE).unlink()


@fault
def not_cleared(desk: Office) -> None:
    desk.clear(FILE, "Clearance", 3)


@fault
def cleared_by_nobody(desk: Office) -> None:
    put(desk, C2=None)


@fault
def cleared_on_no_day(desk: Office) -> None:
    put(desk, D2=None)


@fault
def cleared_on_a_day_to_come(desk: Office) -> None:
    put(desk, D2=day("2017-03-01"))


@fault
def cleared_on_a_day_that_has_not_come(desk: Office) -> None:
    put(desk, D2=day("2027-01-11"))


@fault
def saved_after_it_was_cleared(desk: Office) -> None:
    paper = docx.Document(str(desk.inputs / "comments" / "finance.docx"))
    paper.core_properties.modified = day("2017-01-13")
    paper.save(str(desk.inputs / "comments" / "finance.docx"))


@fault
def cleared_long_ago(desk: Office) -> None:
    put(desk, D2=day("2016-06-01"))


@fault
def cleared_on_a_day_that_there_is_not(desk: Office) -> None:
    put(desk, D2="31/11/2016")


@fault
def of_an_unknown_section(desk: Office) -> None:
    put(desk, A2="Finanse")


@fault
def of_another_file(desk: Office) -> None:
    put(desk, B2="finance v1.docx")


@fault
def a_word_changed_after_it_was_cleared(desk: Office) -> None:
    from pipeline.office import gather, remember

    remember(gather(desk.order("2017-01-23")))
    kept = desk.folder / "outputs" / desk.report / "clearances.json"
    assert json.loads(kept.read_text(encoding="utf-8"))
    comment(desk, paragraph("It now costs £5,000."))

"""A template's problems are judged like all others: at the report's levels, and let stand by an officer's reason."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipeline.problems import Level, Problem
from tests.faults.planting import sentence, settings_of
from tests.office import Office, check, office


@pytest.fixture
def desk(tmp_path: Path) -> Office:
    """An office whose template never prints a section (T040), which its settings call a warning."""
    made = office(tmp_path)
    sentence(made, "Nobody reads this.", section="Appendix notes")
    path = settings_of(made)
    path.write_text(path.read_text(encoding="utf-8") + '\n[checks.levels]\nT040 = "warning"\n', encoding="utf-8")
    return made


def unused_field(desk: Office) -> list[Problem]:
    found = check(desk.order("2017-01-23"))
    return [each for each in found if each.code == "T040" and "appendix_notes" in each.message]


def test_the_settings_give_the_level(desk: Office) -> None:
    assert [each.level for each in unused_field(desk)] == [Level.WARNING]


def test_an_officer_may_let_a_warning_stand(desk: Office) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Accepted"
    page.append(["Code", "Where", "Reason", "By", "Date"])
    page.append(["T040", "*", "Kept for the annual report", "Clerk", "12/01/2017"])
    book.save(desk.inputs / "accepted.xlsx")
    found = unused_field(desk)
    assert [each.level for each in found] == [Level.NOTE]
    assert "Kept for the annual report" in found[0].message

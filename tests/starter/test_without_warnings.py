"""The samples are handed over without errors and warnings: what is right as it is was accepted, with its reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.office import check_template
from pipeline.problems import Level, Problem
from tests.office import Office, build, check, office

SAMPLES = {
    "best-value-board": ("2017-01-23", dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)),
    "recommendation-tracker": ("2027-01-19", dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)),
    "budget-monitoring": ("2026-11-24", dt.datetime(2026, 11, 13, 9, tzinfo=dt.UTC)),
    "performance-scorecard": ("2026-11-17", dt.datetime(2026, 11, 6, 9, tzinfo=dt.UTC)),
    "planning-enforcement": ("2026-11-05", dt.datetime(2026, 10, 27, 9, tzinfo=dt.UTC)),
    "risk-register": ("2026-11-12", dt.datetime(2026, 11, 4, 9, tzinfo=dt.UTC)),
}


def more_than_notes(found: list[Problem]) -> list[str]:
    return [str(each) for each in found if each.level is not Level.NOTE]


def everything_told(desk: Office) -> list[Problem]:
    """What `build`, `check` and `check-template` say of a sample on its own day."""
    meeting, now = SAMPLES[desk.report]
    order = desk.order(meeting, now=now)
    built, found = build(order).problems, check(order)
    layouts = [desk.folder / "templates" / desk.report / name for name in ("template.docx", "supplement.docx")]
    return [*built, *found, *(each for path in layouts for each in check_template(path).problems)]


@pytest.mark.parametrize("report", SAMPLES)
def test_a_sample_has_nothing_but_notes(report: str, tmp_path: Path) -> None:
    assert more_than_notes(everything_told(office(tmp_path, report))) == []


def test_without_the_acceptances_it_has_warnings(tmp_path: Path) -> None:
    desk = office(tmp_path)
    (desk.inputs / "accepted.xlsx").unlink()
    assert {line.split()[1] for line in more_than_notes(everything_told(desk))} == {"I406", "I482", "P104"}

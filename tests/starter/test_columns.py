"""The lists and notes that workbooks get: the reader's own columns and words, each column explained."""

from __future__ import annotations

import pytest

from pipeline.read.roles import ROLES, columns_for
from pipeline.report import Report, load_report
from pipeline.report_folders import reports_in
from pipeline.starter.columns import columns_of, notes
from pipeline.starter.shipped import shipped_folder

TEMPLATES = shipped_folder() / "templates"


@pytest.fixture(params=reports_in(TEMPLATES))
def report(request: pytest.FixtureRequest) -> Report:
    return load_report(TEMPLATES / request.param)


def test_every_note_is_on_a_column_that_the_reader_knows() -> None:
    for role, fields in notes().items():
        assert set(fields) <= {column.field for column in ROLES[role].columns}, role


def test_every_column_that_officers_fill_in_has_a_note() -> None:
    by_program = {("clearances", "text_hash")}
    for role, kept in ROLES.items():
        missing = {column.field for column in kept.columns if column.field not in notes()[role]}
        assert {(role, field) for field in missing} <= by_program


def test_notes_are_short_enough_to_read_at_a_glance() -> None:
    assert all(len(note) <= 125 for fields in notes().values() for note in fields.values())


def test_a_strict_list_holds_exactly_the_words_that_the_reader_takes(report: Report) -> None:
    strict = 0
    for role, source in report.sources.items():
        given = {column.headings: column for column in columns_of(report, source.file) if column.sheet == source.sheet}
        for column in columns_for(report, role):
            if column.kind == "choice":
                strict += 1
                assert given[column.headings].strict
                assert given[column.headings].words == tuple(column.choices)
    assert strict


def test_a_workbook_that_no_setting_names_gets_nothing(report: Report) -> None:
    assert columns_of(report, "elsewhere.xlsx") == ()

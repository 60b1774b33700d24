"""The lists and notes that workbooks get: the reader's own columns and words, each column explained."""

from __future__ import annotations

import pytest

from pipeline.kinds import STANDARD
from pipeline.read import columns_for
from pipeline.report import Report, load_report, reports_in
from pipeline.starter import columns_of, shipped_folder

TEMPLATES = shipped_folder() / "templates"
BY_PROGRAM = {("clearances", "text_hash")}


@pytest.fixture(params=reports_in(TEMPLATES))
def report(request: pytest.FixtureRequest) -> Report:
    return load_report(TEMPLATES / request.param)


def test_every_column_that_officers_fill_in_has_a_note_that_is_read_at_a_glance() -> None:
    kinds = [kind for kind in STANDARD.values() if kind.name != "sentences"]
    notes = {(kind.name, name): field.note for kind in kinds for name, field in kind.columns.items()}
    assert {at for at, note in notes.items() if not note} == BY_PROGRAM
    assert max(map(len, notes.values())) <= 125


def test_a_strict_list_holds_the_words_that_the_reader_takes_but_for_those_that_are_short_for_another(
    report: Report,
) -> None:
    for role, source in report.sources.items():
        given = {column.headings: column for column in columns_of(report, source.file) if column.sheet == source.sheet}
        for column in columns_for(report, role):
            if column.type == "choice":
                offered = given[column.headings]
                assert offered.strict
                assert [word for word in column.choices if word in offered.words] == list(offered.words)
                short = {word: kept for word, kept in column.choices.items() if word not in offered.words}
                assert set(short.values()) <= set(offered.words), short


def test_red_is_offered_and_its_letter_is_not() -> None:
    report = load_report(shipped_folder() / "templates" / "performance-scorecard")
    (rag,) = (each for each in columns_of(report, "scorecard.xlsx") if "RAG" in each.headings)
    assert rag.words == ("Red", "Amber", "Green", "Blue")


def test_a_workbook_that_no_setting_names_gets_nothing(report: Report) -> None:
    assert columns_of(report, "elsewhere.xlsx") == ()

"""Headings, words and merged cells by which officers mark rows; and what only looks like it."""

from __future__ import annotations

import pytest

from pipeline.read import Sense, marks_itself, said, sense_of

MARKS = (
    "Exempt (Sch 12A para)", "Exempt", "exempt?", "EXEMPT PARA.", "Exmpt", "Exemptt", "Exempted", "Exemption para",
    "Exempt from publication", "Exempt info", "Is this exempt?", "Schedule 12A", "Sch. 12A paragraph", "Part II",
    "Not for publication", "Not for publicaton", "NOT PUBLIC", "Confidential", "Confidential?", "Confidental",
    "Private", "Private & confidential", "Part 2", "Part B item", "Restricted", "Closed session",
    "Commercially sensitive", "Withheld", "Public?", "For publication", "May be published?", "Public / private",
    "Open or exempt", "Part 1 / Part 2", "Cabinet exempt", "Exclusion of press and public", "Pink papers",
    "Can this be published?", "LGA 1972 para", "Redacted", "DNP", "Embargoed", "White / pink",
    "Press and public excluded",
    "Exclude from paper", "Commercial in confidence", "Legally privileged", "Eithriedig",
)  # fmt: skip
OTHER = (
    "Tax exempt", "VAT exempt", "Exempt properties", "Number of exempt dwellings", "Confidential waste",
    "Confidentiality agreement signed", "Private sector lead", "Private housing", "Restricted reserves", "Part",
    "Part of the plan", "Part 2 of the works", "Published on", "Publication date", "Public consultation", "Open",
    "Closed on", "Status", "Ref", "Notes", "Sensitive receptors", "Expert", "Event", "Attempts",
    "In plan?", "Public health lead",
)  # fmt: skip


@pytest.mark.parametrize("heading", MARKS)
def test_a_heading_for_rows_that_may_not_be_public_is_known(heading: str) -> None:
    assert sense_of(heading)


@pytest.mark.parametrize("heading", OTHER)
def test_a_heading_about_something_else_marks_nothing(heading: str) -> None:
    assert sense_of(heading) is None


@pytest.mark.parametrize(("text", "sense", "paragraph"), [
    ("3", Sense.PARAGRAPH, "3"), ("Exempt (para 3)", Sense.PARAGRAPH, "3"), ("", Sense.PARAGRAPH, ""),
    ("No", Sense.PARAGRAPH, ""), ("Yes", Sense.PARAGRAPH, "?"), ("1", Sense.PRIVATE, "?"),
    ("para 3", Sense.PRIVATE, "3"), ("No", Sense.PRIVATE, ""),
    ("x", Sense.PRIVATE, "?"), ("Yes", Sense.PUBLIC, ""), ("No", Sense.PUBLIC, "?"),
    ("", Sense.PUBLIC, "?"), ("Part 1", Sense.EITHER, ""), ("Part 2", Sense.EITHER, "?"), ("", Sense.EITHER, "?"),
    ("ditto", Sense.PARAGRAPH, "?"),
])  # fmt: skip
def test_what_a_cell_says_under_a_mark(text: str, sense: Sense, paragraph: str) -> None:
    assert said(text, sense) == paragraph


@pytest.mark.parametrize("text", [
    "EXEMPT", "Exempt (para 3)", "Not for publication", "NOT FOR PUBLICATION: the offer", "Confidential – the offer",
    "The offer (exempt)", "The offer [Not for publication]", "Private and confidential", "Exempt by Sch 12A para 3",
    "Excempt",
    "Not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A of the Local Government Act 1972",
    "this row is exempt", "Exempt until 2018", "Commercial in confidence", "NOT FOR PUBLIC RELEASE",
    "Not to be published",
    "Private & confidential", "Please keep out of public paper", "Exempt items (paragraph 3)",
    "Not for publication because it names a tenant",
])  # fmt: skip
def test_a_cell_marks_its_row(text: str) -> None:
    assert marks_itself(text)


@pytest.mark.parametrize("text", [
    "asks why the report was not for publication", "Review discounts (exempt properties)", "Exempt properties reviewed",
    "Exempt from the charge", "Publish the exempt accommodation policy",
    "Confidential reporting line opened", "the note is confidential", "Private", "Part 2",
])  # fmt: skip
def test_a_cell_that_speaks_of_such_things_marks_nothing(text: str) -> None:
    assert not marks_itself(text)


def test_a_faint_word_marks_its_row_where_nothing_else_says_what_the_column_is_for() -> None:
    assert marks_itself("Private", faintly=True)
    assert marks_itself("Part 2", faintly=True)

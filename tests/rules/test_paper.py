"""Rules on what a paper says: a paragraph, and exactly the problems that it makes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from pipeline.blocks import Block, Context, Fact, Row, Run, Table
from pipeline.dates import Dates
from pipeline.formats import Formats
from pipeline.kinds import Records
from pipeline.problems import Place, Problem
from pipeline.report import CommentSettings, Report
from pipeline.rules import Case, Previous, problems_of
from pipeline.transform import transform
from tests.builders import report as plain_report
from tests.rules.board import FEBRUARY, IN_FEBRUARY, IN_JANUARY, JANUARY, day
from tests.rules.wordings import sentences, shipped

CELL, WORDING, SENT = Place("log.xlsx", "Log", "K4"), Place("wording.xlsx", "Wording", "F9"), Place("legal.docx")
REPORT = replace(plain_report(comments=("legal",)), required_sections=("background",))
NOTE = Block("recommendations/1", (Run("Note the report."),), "", (Fact("", (WORDING,), "wording"),))


def said(text: str, *cells: str) -> Block:
    """A paragraph of the wording sheet, of which `cells` were read from a cell."""
    facts = (*(Fact(each, (CELL,), start=text.index(each)) for each in cells), Fact(text, (WORDING,), "wording"))
    return Block("background/1", (Run(text),), "", facts)


def sent(text: str) -> Block:
    """A paragraph of a comment."""
    return Block("legal/1", (Run(text),), "", (Fact(text, (SENT,)),))


def paper(*blocks: Block | Table, legal: Block | None = None, **sections: Any) -> Context:
    """A paper with these paragraphs under Background, and a recommendation."""
    known = {"recommendations": (NOTE,), "background": blocks or (said("All is well."),)}
    known |= {"legal": (legal,) if legal else (), "appendices": ()}
    return Context({"title": "Update", "date": "23 January 2017"}, known | sections)


def judged(of: Report, context: Context, dates: Dates, previous: Previous | None = None, **more: Any) -> list[Problem]:
    """What is wrong with a paper made of no records."""
    found = problems_of(Case(Records(), dates, of, context, previous=previous, **more))
    return [each for each in found if each.code.startswith("P")]


def lines(context: Context, of: Report = REPORT, dates: Dates = JANUARY, previous: Previous | None = None) -> list[str]:
    """Code, place and message of every problem."""
    return [f"{each.code} {each.place.short}: {each.message}" for each in judged(of, context, dates, previous)]


HERE, THERE, COMMENT = "Wording!F9", "Log!K4", "legal.docx"


def test_words_of_the_wording_are_told_at_the_wording_though_a_cell_has_the_same_further_on() -> None:
    text = "By 17th October 2016 it will say 17th October 2016."
    late = Fact("17th October 2016", (CELL,), start=text.rindex("17th"))
    block = Block("background/1", (Run(text),), "", (late, Fact(text, (WORDING,), "wording")))
    assert [each.split(":")[0] for each in lines(paper(block))][:1] == [f"P120 {HERE}"]


def test_what_was_read_from_a_cell_is_told_at_the_cell() -> None:
    found = lines(paper(said("The letter speaks of 17th October 2016.", "17th October 2016")))
    assert found == [f"P120 {THERE}: “17th October 2016” is not in the style of this report’s dates."]


def test_the_style_of_dates_is_the_reports_own() -> None:
    text = paper(said("It met on 17th October 2016."))
    assert lines(text, replace(REPORT, formats=Formats("ordinal"))) == []


def test_a_required_section_that_says_nothing_is_an_error() -> None:
    assert lines(paper(background=())) == [
        "P101 example-board/report.toml, [checks]: The section “background” is required, but nothing stands in it."
    ]


def test_a_paper_asks_the_meeting_for_something() -> None:
    assert lines(paper(recommendations=())) == ["P110 : The paper has no recommendations."]


@pytest.mark.parametrize(("text", "sound"), [
    ("Note the report.", True), ("Formally approve the plan.", True), ("To agree the plan.", True),
    ("That the Board notes the plan.", False), ("The report.", False), ("Progress is noted.", False),
])  # fmt: skip
def test_a_recommendation_begins_with_its_verb(text: str, sound: bool) -> None:
    block = NOTE._replace(runs=(Run(text),))
    assert [line[:4] for line in lines(paper(recommendations=(block,)))] == ([] if sound else ["P111"])


def test_the_header_is_complete() -> None:
    blank = replace(paper(), fields={"title": "", "item": "To be confirmed", "service": "", "venue": ""})
    of = replace(REPORT, fields={"title": "", "service": ""})
    assert lines(blank, of) == [
        "P102 : The header has no “title”.",
        "P103 : The field “service” is blank.",
        "P104 : The paper has no item number yet.",
    ]


def test_an_appendix_by_a_typed_number_is_told_and_a_real_reference_is_not() -> None:
    letter = Block("appendix/A", (Run("Letter"),))
    real = Block("background/1", (Run("See "), Run("Appendix 1", appendix="appendix/A"), Run(".")))
    assert lines(paper(real, appendices=(letter,))) == []
    assert lines(paper(said("See Appendix 1."), appendices=(letter,))) == [
        f"P171 {HERE}: “Appendix 1” is typed, and stays as it is when the appendices are numbered anew."
    ]


def test_a_place_kept_for_a_comment_is_told_of_when_files_are_read_and_not_twice() -> None:
    waiting = Block(
        "legal/to-follow", (Run("[The legal comments are to follow.]"),), "placeholder", (Fact("", (SENT,)),)
    )
    assert lines(paper(legal=waiting)) == []


def test_a_long_paper_is_told_by_its_pages() -> None:
    words = said("word other " * 1400)
    assert lines(paper(words)) == ["P160 : The paper has about 6 pages (2,803 words)."]
    rows = tuple(Row(f"{n}", {"activity": "word other " * 14, "ref": "A"}) for n in range(100))
    assert lines(paper(Table("t", "action", rows))) == ["P160 : The paper has about 6 pages (2,803 words)."]
    assert lines(paper(said("word other " * 1300))) == []


def test_what_a_table_does_not_print_is_neither_long_nor_a_place_that_is_kept() -> None:
    rows = tuple(Row(f"{n}", {"activity": "word other " * 14, "heading": "TBC"},
                     {"heading": Fact("TBC", (SENT,))}) for n in range(100))  # fmt: skip
    context = paper(Table("t", "action", rows))

    def codes(*printed: str) -> list[str]:
        return [each.code for each in judged(REPORT, context, JANUARY, printed=printed)]

    assert codes("activity", "heading") == ["P105", "P160"]
    assert codes("activity") == ["P160"]
    assert codes("area") == []


def test_a_comment_that_stands_while_the_paper_changes_is_to_be_seen_again() -> None:
    of = replace(REPORT, comments={"legal": CommentSettings("legal.docx", "Legal comments", "[to follow]")})
    now = paper(said("Two are open."), legal=sent("The law is plain."))
    before = Previous(day("2016-10-17"), {"background/1": "Three are open.", "legal/1": "The law is plain."})
    told = f"P152 {COMMENT}: “Legal comments” is word for word as it was on 17 October 2016, while "
    assert lines(now, of, previous=before) == [f"{told}2 other paragraphs of the paper changed."]
    same = before._replace(blocks={**before.blocks, "recommendations/1": "Note the report."})
    assert lines(now, of, previous=same) == [f"{told}1 other paragraph of the paper changed."]
    unchanged = same._replace(blocks={**same.blocks, "background/1": "Two are open."})
    assert lines(now, of, previous=unchanged) == []
    rewritten = before._replace(blocks={**before.blocks, "legal/1": "The law was plain."})
    assert lines(now, of, previous=rewritten) == []


def board(records: Any, dates: Dates, previous: Previous | None = None) -> tuple[list[str], Previous]:
    """What is wrong with the shipped board's paper of one meeting, and that paper as the one before the next."""
    report = shipped("best-value-board")
    context = transform(report, records, sentences("best-value-board"), dates).context
    blocks = (each for section in context.sections.values() for each in section if isinstance(each, Block))
    return lines(context, report, dates, previous), Previous(dates.meeting_on, {each.key: each.text for each in blocks})


ITEM = "The paper has no item number yet."
STANDS = "is word for word as it was on 23 January 2017, while N other paragraphs of the paper changed."


def test_the_shipped_board_has_no_false_alarm_in_january_or_a_month_later() -> None:
    january, paper_of_january = board(IN_JANUARY, JANUARY)
    assert january == [f"P104 Meetings!F3: {ITEM}"]
    february, _ = board(IN_FEBRUARY, FEBRUARY, paper_of_january)
    assert [re.sub(r"while \d+", "while N", line) for line in february] == [
        f"P104 Meetings!F4: {ITEM}",
        f"P152 comments/finance.docx, paragraph 1: “Comments of the Chief Finance Officer” {STANDS}",
        f"P152 comments/legal.docx, paragraph 1: “Legal comments” {STANDS}",
    ]


def test_an_update_forgotten_by_april_is_told_as_a_contradiction() -> None:
    april = Dates(day("2017-04-24"), day("2017-04-12"), day("2017-04-12"))
    told, _ = board(IN_FEBRUARY, april)
    assert [line[:22] for line in told] == ["P104 Meetings!F5: The ", "P130 Updates!B5: “17 M"]

"""The whole context: header, sections, comments, appendices, background papers."""

from __future__ import annotations

from pathlib import Path

from pipeline.blocks import Block, Run, Table
from pipeline.kinds import Comment, Paragraph, Records
from pipeline.office import gather
from pipeline.problems import Place
from pipeline.transform import transform, vocabulary
from tests.builders import dates, letter, meetings, report, sentence, text_of, told
from tests.office import office

FIRST = letter("A", "2016-12-02", "in", "Minister", "Mayor", appendix_title="Letter from the Minister")
SECOND = letter("B", "2016-12-15", "out", "Mayor", "Minister", in_reply_to="A", appendix_title="Letter from the Mayor")
OTHER = letter("C", "2016-11-01", "in", "Auditor", "Mayor", kind="Report")
PAIR = Records(letters=(FIRST, SECOND, OTHER))


def test_appendices_are_numbered_by_first_mention() -> None:
    made = told(
        PAIR,
        sentence("See {{ letter.appendix }}.", for_each="letter sent", section="recommendations"),
        sentence("Then {{ letter.appendix }}.", for_each="reply sent", key="then"),
        sentence("And {{ letter.in_reply_to.appendix }}.", for_each="reply sent", key="and"),
    )
    assert text_of(made, "recommendations") == ["See Appendix 1."]
    assert text_of(made) == ["Then Appendix 1.", "And Appendix 2."]
    assert [(each.key, each.text) for each in made.context.sections["appendices"] if isinstance(each, Block)] == [
        ("appendix/B", "Letter from the Mayor"),
        ("appendix/A", "Letter from the Minister"),
    ]


def test_a_reference_is_a_run_of_its_own_that_knows_its_appendix() -> None:
    made = told(PAIR, sentence("See {{ letter.appendix }}.", for_each="letter sent"))
    (block,) = made.context.sections["background"]
    assert isinstance(block, Block)
    assert block.runs == (Run("See "), Run("Appendix 1", appendix="appendix/B"), Run("."))


def test_letters_relied_on_and_not_appended_are_background_papers() -> None:
    made = told(
        PAIR,
        sentence("From the {{ letter.sender }}.", for_each="letter received"),
        sentence("See {{ letter.appendix }}.", for_each="letter sent"),
        sentence(
            "{{ letter.kind or letter.ref }}, {{ letter.date }}",
            for_each="background paper",
            section="Background papers",
        ),
    )
    assert text_of(made, "background_papers") == ["Report, 1 November 2016", "A, 2 December 2016"]


def test_letters_nothing_rests_on_are_not_background_papers() -> None:
    made = told(
        PAIR, sentence("Hello."), sentence("{{ letter.ref }}", for_each="background paper", section="Background papers")
    )
    assert text_of(made, "background_papers") == []


def test_no_list_but_those_of_letters_rests_on_letters_so_that_no_other_table_is_searched_for_them(
    tmp_path: Path,
) -> None:
    order = office(tmp_path).order("2017-01-23")
    gathered = gather(order)
    records, known = gathered.inputs.records, vocabulary(gathered.report)
    tables = [sentence(f"Table: {name}", key=name) for name in known.lists]
    made = transform(gathered.report, records, tables, gathered.dates).context.sections["background"]
    letters = {place for each in records.letters for place in (each.source, *each.cells.values())}
    facts = {
        known.kind_of(each.list): {place for row in each.rows for fact in row.facts.values() for place in fact.sources}
        for each in made
        if isinstance(each, Table)
    }
    assert {kind for kind, places in facts.items() if not letters.isdisjoint(places)} == {"letter"}
    assert set(facts) > {"action", "update", "workshop"}


def test_a_comment_stands_as_it_was_sent() -> None:
    runs = (Run("Costs are "), Run("within budget", bold=True), Run("."))
    sent = Comment("finance", (Paragraph(runs), Paragraph((Run("And so on."),), "bullet")), Place("finance.docx"))
    made = told(Records(comments=(sent,)), of=report(comments=("finance",)))
    blocks = made.context.sections["finance"]
    assert [(each.key, each.runs, each.style) for each in blocks if isinstance(each, Block)] == [
        ("finance/1", runs, ""),
        ("finance/2", (Run("And so on."),), "bullet"),
    ]


def test_a_comment_that_has_not_come_is_a_visible_placeholder() -> None:
    made = told(Records(), of=report(comments=("finance",)))
    (block,) = made.context.sections["finance"]
    assert isinstance(block, Block)
    assert (block.text, block.style) == ("[finance to follow]", "placeholder")


def test_wording_may_tell_whether_a_comment_has_come() -> None:
    made = told(Records(), sentence("None yet.", show_when="no finance comment"), of=report(comments=("finance",)))
    assert text_of(made) == ["None yet."]


def test_the_header_is_the_calendars_where_it_has_it_and_the_settings_elsewhere() -> None:
    made = told(Records(meetings=meetings("2017-01-23")))
    assert dict(made.context.fields) == {
        "title": "Example Update",
        "board": "Example Board",
        "short_name": "Board",
        "date": "23 January 2017",
        "time": "",
        "venue": "",
        "item": "",
    }


def test_a_meeting_the_calendar_lacks_still_gives_a_dated_header() -> None:
    assert told(Records(), at=dates("2017-05-01")).context.fields["date"] == "1 May 2017"


def test_every_section_a_template_may_name_is_there() -> None:
    assert {"appendices", "background_papers"} <= set(told(Records()).context.sections)

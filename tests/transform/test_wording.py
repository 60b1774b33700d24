"""What a row of the wording sheet says."""

from __future__ import annotations

import pytest

from pipeline.dates import When
from pipeline.formats import Formats
from pipeline.kinds import Records, changed
from pipeline.report import ListSettings
from tests.builders import (
    action,
    area,
    date,
    dates,
    in_month,
    letter,
    meetings,
    report,
    sentence,
    text_of,
    told,
    update,
    workshop,
)

WORKSHOPS = Records(workshops=(workshop("2016-12-06"), workshop("2017-01-17")), meetings=meetings("2017-01-23"))


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("{{ workshop_held_by_the_meeting | each('date') | day | listed }}", "6 December 2016 and 17 January 2017"),
        ("{{ workshop | words }} workshops", "two workshops"),
        ("{{ workshop | plural('workshop', 'workshops') }}", "workshops"),
        ("{{ workshop_held | plural('workshop', 'workshops') }}", "workshop"),
        ("the {{ (workshop | last).number | nth }}", "the second"),
        ("{{ workshop | fill('no. [number]') | listed }}", "no. 1 and no. 2"),
        ("{{ workshop | fill('[number] ([date])') | first }}", "1 (6 December 2016)"),
        ("{{ meeting.date | month }}", "January 2017"),
        ("{{ meeting.date }}", "23 January 2017"),
        ("{{ 'x' if workshop_planned else 'y' }}", "x"),
        ("{{ 'final ' if reply_awaited }}update", "update"),
        ("{{ title }} for the {{ short_name }}", "Example Update for the Board"),
    ],
)
def test_a_field_is_written_in_the_house_style(wording: str, said: str) -> None:
    assert text_of(told(WORKSHOPS, sentence(wording))) == [said]


def test_ordinal_dates_are_a_setting_of_the_report() -> None:
    made = told(WORKSHOPS, sentence("{{ meeting.date }}"), of=report(formats=Formats("ordinal")))
    assert text_of(made) == ["23rd January 2017"]


def test_a_date_in_a_pattern_is_written_as_everywhere_else() -> None:
    wording = "{{ action_open | fill('[ref] (due [deadline])') | listed }}"
    last = When("day", date("2017-03-31"), date("2017-03-31"), "31 March 2017")
    due = (action("A1", "Grants", deadline=last), action("A2", "Grants", deadline=in_month("2017-03")))
    made = told(Records(actions=due), sentence(wording), of=report(formats=Formats("ordinal")))
    assert text_of(made) == ["A1 (due 31st March 2017) and A2 (due March 2017)"]


def test_brackets_of_a_pattern_with_nothing_in_them_are_left_out() -> None:
    due = (action("A1", "Grants", lead="Jo"), action("A2", "Grants", lead=""), action("A3", "Grants", deadline=None))
    made = told(Records(actions=due), sentence("{{ action_open | fill('[ref] ([lead])') | listed }}"))
    assert text_of(made) == ["A1 (Jo), A2 and A3"]
    assert made.problems == ()
    made = told(Records(actions=due[2:]), sentence("{{ action_open | fill('[ref] ([deadline])') | listed }}"))
    assert text_of(made) == ["A3"]


def test_a_meeting_without_a_short_name_is_called_by_its_body() -> None:
    there = changed(meetings("2017-01-23")[0], short_name="")
    made = told(Records(meetings=(there,)), sentence("The {{ meeting.short_name }} meets."))
    assert (text_of(made), made.problems) == (["The Example Board meets."], ())


def test_a_sentence_left_out_leaves_no_gap_in_its_paragraph() -> None:
    records = Records(updates=(update(4),))
    due = sentence("It is due on {{ update.due | day }}.", for_each="next update", joins=True)
    made = told(records, sentence("First."), due, sentence("Last.", joins=True))
    assert text_of(made) == ["First. Last."]
    assert [(each.code, each.level) for each in made.problems] == [("W203", "warning")]


def test_a_sentence_that_joins_continues_the_paragraph_before() -> None:
    assert text_of(told(WORKSHOPS, sentence("One."), sentence("Two.", joins=True), sentence("Three."))) == [
        "One. Two.",
        "Three.",
    ]


def test_a_sentence_that_joins_nothing_starts_a_paragraph() -> None:
    assert text_of(told(WORKSHOPS, sentence("One.", show_when="no workshop"), sentence("Two.", joins=True))) == ["Two."]


def test_a_sentence_is_said_for_each_of_its_list() -> None:
    made = told(WORKSHOPS, sentence("On {{ workshop.date }}.", for_each="workshop"))
    assert text_of(made) == ["On 6 December 2016.", "On 17 January 2017."]


def test_each_paragraph_keeps_a_key_of_its_own_record() -> None:
    made = told(WORKSHOPS, sentence("On {{ workshop.date }}.", for_each="workshop", key="held"))
    assert [each.key for each in made.context.sections["background"]] == [
        "background/held/2016-12-06",
        "background/held/2017-01-17",
    ]


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("always", True),
        ("", True),
        ("workshop held", True),
        ("no workshop held", False),
        ("Workshop  Planned and no reply awaited", True),
        ("workshop planned and reply awaited", False),
    ],
)
def test_a_sentence_shows_when_its_lists_hold(condition: str, shown: bool) -> None:
    assert bool(text_of(told(WORKSHOPS, sentence("Here.", show_when=condition)))) is shown


def test_a_list_with_and_in_its_name_is_one_condition() -> None:
    own = {"held and done": ListSettings("workshop held")}
    assert text_of(told(WORKSHOPS, sentence("Here.", show_when="held and done"), of=report(own))) == ["Here."]


def test_a_list_may_be_shown_as_a_table_and_an_empty_one_is_not() -> None:
    records = Records(progress=(area("Grants", 34, 34),), updates=(update(3, "2016-09-19"),))
    made = told(records, sentence("Table: progress"), sentence("Table: action open", key="none"))
    assert text_of(made) == ["[progress]"]


def test_blank_fields_of_a_table_row_are_a_dash() -> None:
    records = Records(workshops=(workshop("2016-12-06"),))
    made = told(records, sentence("Table: workshop"))
    row = made.context.sections["background"][0].rows[0]  # type: ignore[union-attr]
    assert row.values == {"date": "6 December 2016", "attended_by": "–", "purpose": "–", "number": "1"}


@pytest.mark.parametrize(
    ("wording", "reason"),
    [
        ("{{ workshp }}", "there is no “workshp” to fill in"),
        ("{{ meeting.dat }}", "“meeting” is a whole meeting, and has no field “dat”"),
        ("{{ workshop }}", "“workshop” is a list of workshops, and cannot be printed as it is"),
        ("{{ meeting }}", "“meeting” is a whole meeting, and cannot be printed as it is"),
        ("{{ next_update }}", "“next_update” is a whole update, and cannot be printed as it is"),
        ("{{ next_update.due | day }}", "there is no “due” to fill in this month"),
        ("{{ meeting.date | dya }}", "there is no filter “dya”"),
        ("{{ meeting.body | day }}", "“day” comes after “meeting.body”, which is words"),
        ("{{ meeting.date", "a curly bracket has no partner in “{{ meeting.date”"),
        ("{{ meeting._answers }}", "“_answers” may not be named in wording"),
        ("{{ ''.__class__ }}", "“__class__” may not be named in wording"),
        ("{{ 'x' * 900000000 }}", "“'x' * 900000000” is more than wording may hold"),
        ("{{ 9 ** 999999999 }}", "“9 ** 999999999” is more than wording may hold"),
        (
            "{% for a in workshop %}x{% endfor %}",
            "steps in “{% … %}” and remarks in “{# … #}” have no place in wording",
        ),
        ("{{ workshop | each('_key') }}", "has no field “_key”"),
    ],
)
def test_a_sentence_that_cannot_be_said_is_named_and_its_cell_stands_in_its_place(wording: str, reason: str) -> None:
    made = told(WORKSHOPS, sentence(wording))
    assert text_of(made) == ["[Wording!F2]"]
    assert [(each.code, reason in each.message) for each in made.problems] == [("W201", True)], made.problems


def test_no_message_speaks_of_the_machinery() -> None:
    for wording in (
        "{% for x in y %}",
        "{{ 1 / 0 }}",
        "{{ meeting.date | day(1, 2) }}",
        "{{ [] | first }}",
        "{{ cycler() }}",
    ):
        (problem,) = told(WORKSHOPS, sentence(wording)).problems
        assert not any(word in str(problem) for word in ("jinja", "Jinja", "None", "object", "Undefined", "<"))


def test_an_unknown_list_is_a_problem_at_its_cell() -> None:
    made = told(WORKSHOPS, sentence("x", for_each="workshops hold"), sentence("y", show_when="nothing known"))
    assert [(each.code, each.place.cell, each.message) for each in made.problems] == [
        ("W102", "D2", "“workshops hold” is not a list."),
        ("W102", "E2", "“nothing known” is not a list."),
    ]


def test_braces_in_a_record_are_text_and_never_carried_out() -> None:
    records = Records(letters=(letter("A", "2016-12-02", "in", "{{ 7 * 7 }}", "Mayor"),))
    assert text_of(told(records, sentence("From {{ letter.sender }}.", for_each="letter received"))) == [
        "From {{ 7 * 7 }}."
    ]


def test_every_value_printed_names_the_cells_it_rests_on() -> None:
    records = Records(progress=(area("Grants", 32, 33),), updates=(update(3, "2016-09-19"),))
    made = told(records, sentence("{{ (progress | first).percent }} done", key="share"))
    (block,) = made.context.sections["background"]
    share = block.facts[0]  # type: ignore[union-attr]
    assert (share.text, [place.cell for place in share.sources]) == ("97%", ["E4", "D4"])
    assert share.how == "32 of 33 = 96.97%, written 97% (100% only when all are)"


def test_tense_is_told_from_the_day_of_the_facts() -> None:
    held = sentence("Held on {{ workshop.date }}.", for_each="workshop held")
    planned = sentence("To come on {{ workshop.date }}.", for_each="workshop planned")
    assert text_of(told(WORKSHOPS, held, planned)) == ["Held on 6 December 2016.", "To come on 17 January 2017."]
    assert text_of(told(WORKSHOPS, held, planned, at=dates(as_at="2017-02-17"))) == [
        "Held on 6 December 2016.",
        "Held on 17 January 2017.",
    ]


def test_a_count_rests_on_every_record_counted() -> None:
    made = told(WORKSHOPS, sentence("{{ workshop | words }} workshops"))
    (block,) = made.context.sections["background"]
    assert [place.cell for place in block.facts[0].sources] == ["2016-12-06", "2017-01-17"]  # type: ignore[union-attr]

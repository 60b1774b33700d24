"""Which records a list holds, as the paper's dates see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.kinds import Direction, Record, Records, changed
from pipeline.problems import PaperError
from pipeline.report import ListSettings, settings_in
from tests.builders import (
    action,
    area,
    date,
    dates,
    done,
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


def keys(records: Records, name: str, **more: object) -> list[str]:
    return [each.key for each in told(records, **more).world.name(name)]  # type: ignore[arg-type]


LETTERS = (
    letter("A", "2016-12-02", "in", "Minister", "Mayor", update=3),
    letter("B", "2016-12-15", "out", "Mayor", "Minister", in_reply_to="A", reply_expected="soon", update=3),
    letter("C", "2017-01-16", "in", "Minister", "Mayor", in_reply_to="B"),
)


def test_a_letter_dated_after_the_facts_is_not_known_yet() -> None:
    assert keys(Records(letters=LETTERS), "letter received") == ["A"]
    assert keys(Records(letters=LETTERS), "letter received", at=dates(as_at="2017-01-16")) == ["A", "C"]


def test_what_is_dated_the_day_of_the_facts_is_known() -> None:
    at = dates(as_at="2016-12-15")
    assert keys(Records(letters=LETTERS), "letter sent", at=at) == ["B"]
    assert keys(Records(actions=(done("1", "A", "2016-12-15"),)), "action completed", at=at) == ["1"]
    made = Direction(key="2016-12-15", date=date("2016-12-15"))
    assert keys(Records(directions=(made,)), "direction", at=at) == ["2016-12-15"]
    assert keys(Records(directions=(made,)), "direction", at=dates(as_at="2016-12-14")) == []


def test_the_meetings_before_and_after_are_not_this_one() -> None:
    all_three = Records(meetings=meetings("2016-10-17", "2017-01-23", "2017-02-27"))
    said = told(all_three, sentence("After {{ last_meeting.date | day }}, before {{ next_meeting.date | day }}."))
    assert text_of(said) == ["After 17 October 2016, before 27 February 2017."]


def test_a_reply_is_awaited_until_it_is_logged() -> None:
    assert keys(Records(letters=LETTERS), "reply awaited") == ["B"]
    assert keys(Records(letters=LETTERS), "reply awaited", at=dates(as_at="2017-01-16")) == []


def test_a_letter_answered_in_private_awaits_no_reply() -> None:
    answered = changed(LETTERS[1], answered_in_private=True)
    assert keys(Records(letters=(LETTERS[0], answered)), "reply awaited") == []


def test_a_workshop_on_the_day_itself_has_been_held() -> None:
    records = Records(workshops=(workshop("2017-01-17"), workshop("2016-12-06")))
    assert keys(records, "workshop held", at=dates(as_at="2017-01-17")) == ["2016-12-06", "2017-01-17"]
    assert keys(records, "workshop planned", at=dates(as_at="2017-01-16")) == ["2017-01-17"]


def test_a_workshop_between_publication_and_the_meeting_is_planned_and_held_by_the_meeting() -> None:
    records = Records(workshops=(workshop("2017-01-17"),))
    assert keys(records, "workshop planned") == keys(records, "workshop held by the meeting") == ["2017-01-17"]


def test_progress_is_that_of_the_last_update_submitted() -> None:
    records = Records(
        updates=(update(3, "2016-09-19"), update(4, due="2017-03-17")),
        progress=(area("Old", 1, 1, 2), area("Grants", 34, 34), area("Early", 0, 1, 4)),
    )
    assert keys(records, "progress") == ["Grants"]


def test_a_share_of_nothing_or_of_none_is_nought() -> None:
    records = Records(updates=(update(3, "2016-09-19"),), progress=(area("A", 0, 4), area("B", 0, 0), area("C", 4, 4)))
    assert text_of(told(records, sentence("{{ progress | each('percent') | join('/') }}"))) == ["0%/0%/100%"]


def test_an_update_submitted_after_the_facts_is_still_due() -> None:
    records = Records(updates=(update(3, "2016-09-19"), update(4, "2017-03-16")))
    assert keys(records, "next update") == ["4"]
    assert keys(records, "last update") == ["3"]


def test_the_next_update_comes_after_the_last_one_sent_whose_day_before_it_was_forgotten() -> None:
    records = Records(updates=(update(1), update(2, "2016-03-17"), update(3, "2016-09-19"), update(4)))
    assert keys(records, "next update") == ["4"]
    assert keys(Records(updates=records.updates[:3]), "next update") == []


def test_a_field_alone_is_anything_filled_in_and_no_blank_of_any_kind() -> None:
    lists = {
        "told": ListSettings("letter received", "points"),
        "not answered openly": ListSettings("letter received", "not reply"),
    }
    records = Records(letters=(LETTERS[0], changed(LETTERS[2], points=("one",))))
    assert keys(records, "told", of=report(lists), at=dates(as_at="2017-01-16")) == ["C"]
    assert keys(Records(letters=LETTERS), "not answered openly", of=report(lists)) == []
    assert keys(records, "not answered openly", of=report(lists)) == ["A"]


def test_an_update_is_considered_at_the_first_meeting_after_it_and_not_at_this_one() -> None:
    sent = Records(updates=(update(3, "2016-09-19"),), meetings=meetings("2016-10-17", "2016-11-21", "2017-01-23"))
    assert keys(sent, "last update considered") == ["3"]
    late = Records(updates=(update(3, "2016-12-19"),), meetings=meetings("2016-10-17", "2017-01-23"))
    assert keys(late, "last update considered") == []


def test_rows_of_one_area_stand_together_in_order_of_first_appearance() -> None:
    records = Records(actions=(action("1", "B"), action("2", "A"), action("3", "B")))
    assert keys(records, "action open") == ["1", "3", "2"]


def test_an_action_completed_after_the_facts_is_still_open() -> None:
    records = Records(actions=(done("1", "A", "2017-01-31"), done("2", "A", "2016-11-25")))
    assert keys(records, "action open") == ["1"]
    assert keys(records, "action completed") == ["2"]


def test_an_action_is_overdue_once_its_whole_month_is_past() -> None:
    records = Records(actions=(action("1", "A", deadline=in_month("2017-01")),))
    assert keys(records, "action overdue", at=dates(as_at="2017-01-31")) == []
    assert keys(records, "action overdue", at=dates(as_at="2017-02-01")) == ["1"]


def test_actions_completed_since_the_last_meeting_are_those_after_it() -> None:
    records = Records(
        actions=(done("1", "A", "2016-11-25"), done("2", "A", "2016-10-01")), meetings=meetings("2016-10-17")
    )
    assert keys(records, "action completed since the last meeting") == ["1"]


OWN = {
    "from the minister": ListSettings("letter received", "sender == 'minister'"),
    "unanswered": ListSettings("from the minister", "answered == 'no'"),
    "answers": ListSettings("letter sent", "reply_to"),
    "first letters": ListSettings("letter received", "not reply_to"),
    "others": ListSettings("letter received", "not (sender == 'Minister')"),
    "either": ListSettings("letter received", "sender in ('Auditor', 'Mayor') and not reply_to"),
}
OLDER = {
    "from the minister": ListSettings("letter received", having={"sender": ("minister",)}),
    "unanswered": ListSettings("from the minister", having={"answered": ("no",)}),
    "answers": ListSettings("letter sent", having={"reply_to": ("*",)}),
    "first letters": ListSettings("letter received", having={"reply_to": ("",)}),
    "others": ListSettings("letter received", unless={"sender": ("Minister",)}),
    "either": ListSettings("letter received", having={"sender": ("Auditor", "Mayor"), "reply_to": ("",)}),
}


@pytest.mark.parametrize("own", [OWN, OLDER])
def test_a_reports_own_list_narrows_another_by_its_fields(own: dict[str, ListSettings]) -> None:
    records = Records(letters=(*LETTERS, letter("D", "2017-01-02", "in", "Auditor", "Mayor")))
    world = told(records, of=report(own)).world
    assert {name: [each.key for each in world.name(name)] for name in own} == {
        "from the minister": ["A"],
        "unanswered": [],
        "answers": ["B"],
        "first letters": ["A", "D"],
        "others": ["D"],
        "either": ["D"],
    }


def test_a_list_made_from_none_that_exists_is_named_with_the_nearest() -> None:
    with pytest.raises(PaperError) as found:
        told(Records(), of=report({"mine": ListSettings("letter recieved")}))
    assert str(found.value) == (
        "error W101  example-board/report.toml, [lists.mine]: “letter recieved” is not a list. "
        "Did you mean “letter received”?"
    )


def test_lists_that_are_made_from_each_other_are_all_named() -> None:
    with pytest.raises(PaperError) as found:
        told(Records(), of=report({"a": ListSettings("b"), "b": ListSettings("a")}))
    assert [problem.place.near for problem in found.value.problems] == ["[lists.a]", "[lists.b]"]


def test_a_reports_own_kind_has_a_list_by_its_name_and_may_be_spoken_of_and_narrowed() -> None:
    settings = """
        [fields]
        title = "Plan"
        [kinds.budgets]
        item = "budget"
        key = ["code"]
        group = "service"
        [kinds.budgets.fields]
        code = "text"
        service = "text"
        forecast = "number"
        [lists."big budget"]
        from = "budget"
        where = "forecast > 5"
    """
    rows = {"A": ("Care", 3), "B": ("Roads", 7), "C": ("Care", 9)}
    made = told(
        Records(own={"budgets": tuple(budget(code, *row) for code, row in rows.items())}),
        sentence("{{ budget.code }} of {{ budget.service }}: {{ budget.forecast }}.", for_each="budget", key="each"),
        sentence("{{ big_budget | words }}, {{ budget | where(service == 'roads') | each('code') | join }}.", key="n"),
        sentence("Table: big budget", key="table"),
        of=settings_in(settings, Path("templates/example-board")),
    )
    assert text_of(made) == ["A of Care: 3.", "C of Care: 9.", "B of Roads: 7.", "two, B.", "[big budget]"]
    assert made.problems == ()


def test_a_list_that_cannot_be_made_is_a_problem_at_the_row_that_needs_it() -> None:
    own = {"odd": ListSettings("letter received", "(sender or date) < 5")}
    made = told(Records(letters=LETTERS), sentence("So.", show_when="odd"), of=report(own))
    assert [(each.code, each.place.cell, "“odd” could not be made" in each.message) for each in made.problems] == [
        ("W201", "E2", True)
    ]


def budget(code: str, service: str, forecast: int) -> Record:
    """A row of a kind of the report's own."""
    return Record(key=code, values={"code": code, "service": service, "forecast": forecast})


def test_a_list_of_ones_own_may_have_a_standard_lists_name_and_be_made_from_it() -> None:
    own = {
        "works": ListSettings("action open"),
        "action open": ListSettings("action open", "area == 'A'"),
        "mine": ListSettings("action open"),
        "letter sent": ListSettings("letter received"),
        "letter received": ListSettings("letter sent"),
    }
    records = Records(actions=(action("1", "A"), action("2", "B")), letters=LETTERS)
    world = told(records, of=report(own)).world
    assert {name: [each.key for each in world.name(name)] for name in own} == {
        "works": ["1", "2"], "action open": ["1"], "mine": ["1"], "letter sent": ["A"], "letter received": ["A"],
    }  # fmt: skip
    assert [each.key for each in world.name("action outstanding")] == ["1", "2"]

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.blocks import Run
from pipeline.kinds import Clearance, Comment, Paragraph, changed
from pipeline.problems import Level, Place
from pipeline.publish import (
    Days,
    Demand,
    State,
    clearance_problems,
    register_problems,
    section_clearances,
    to_remember,
    words_hash,
)

FACTS = dt.date(2017, 1, 11)
ON = Days(FACTS, FACTS)
DEMANDS = {"finance": Demand("Comments of the Chief Finance Officer", within_days=60)}
ROW = Place("clearance.xlsx", "Clearance", "A2")


def _comment(*lines: str, section: str = "finance") -> Comment:
    return Comment(section, tuple(Paragraph((Run(line),)) for line in lines), Place("finance.docx"), sha256="")


def _signed(day: str | None = "2017-01-05", by: str = "A. Clerk", hash_: str = "") -> Clearance:
    on = dt.date.fromisoformat(day) if day else None
    return Clearance(key="finance", source=ROW, section="Finance", cleared_by=by, cleared_on=on, text_hash=hash_)


def _state(
    comment: Comment | None,
    *signed: Clearance,
    remembered: dict[str, str] | None = None,
    facts: dt.date = FACTS,
    today: dt.date = FACTS,
) -> State:
    comments = [comment] if comment else []
    return section_clearances(DEMANDS, comments, signed, remembered or {}, Days(facts, today))[0].state


def _seen(comment: Comment, *signed: Clearance, remembered: dict[str, str] | None = None) -> dict[str, str]:
    """What is remembered after a run that saw these."""
    return to_remember(section_clearances(DEMANDS, [comment], signed, remembered or {}, ON), remembered or {})


def test_words_signed_off_are_cleared() -> None:
    assert _state(_comment("No cost."), _signed()) is State.CLEARED


@pytest.mark.parametrize("signed", [[], [_signed(None)], [_signed(by=" ")]])
def test_words_without_who_or_when_are_not_cleared(signed: list[Clearance]) -> None:
    assert _state(_comment("No cost."), *signed) is State.NOT_CLEARED


@pytest.mark.parametrize("comment", [None, _comment(), _comment("  ", "")])
def test_a_comment_that_is_not_there_or_blank_is_missing_signed_or_not(comment: Comment | None) -> None:
    assert _state(comment, _signed()) is State.MISSING


def test_words_that_change_under_a_sign_off_are_no_longer_cleared() -> None:
    remembered = _seen(_comment("No cost."), _signed())
    assert _state(_comment("No cost."), _signed(), remembered=remembered) is State.CLEARED
    assert _state(_comment("Some cost."), _signed(), remembered=remembered) is State.CHANGED


def test_a_change_stays_a_change_on_every_later_run() -> None:
    remembered = _seen(_comment("No cost."), _signed())
    again = _seen(_comment("Some cost."), _signed(), remembered=remembered)
    assert again == remembered
    assert _state(_comment("Some cost."), _signed(), remembered=again) is State.CHANGED
    assert _state(_comment("No cost."), _signed(), remembered=again) is State.CLEARED


def test_a_new_sign_off_binds_the_new_words() -> None:
    remembered = _seen(_comment("No cost."), _signed())
    new = _signed("2017-01-09")
    assert _state(_comment("Some cost."), _signed(), new, remembered=remembered) is State.CLEARED
    remembered = _seen(_comment("Some cost."), _signed(), new, remembered=remembered)
    assert _state(_comment("No cost."), _signed(), new, remembered=remembered) is State.CHANGED


def test_a_hash_in_the_sheet_binds_and_nothing_is_remembered_for_it() -> None:
    comment = _comment("No cost.")
    signed = _signed(hash_=words_hash(comment).upper())
    assert _state(comment, signed) is State.CLEARED
    assert _state(_comment("Some cost."), signed) is State.CHANGED
    assert _seen(comment, signed) == {}


def test_nothing_is_remembered_before_there_is_a_sign_off() -> None:
    assert _seen(_comment("No cost.")) == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("a\r\nb",), ("a\nb",), True),
        (("a ", "b"), ("a", "b"), False),
        (("a b",), ("a\u00a0b",), False),
        (("a", "b"), ("ab",), False),
        (("It’s",), ("It's",), False),
    ],
)
def test_only_line_ends_are_made_alike(one: tuple[str, ...], other: tuple[str, ...], same: bool) -> None:
    assert (words_hash(_comment(*one)) == words_hash(_comment(*other))) is same


def test_a_sign_off_older_than_the_facts_allow_is_old_and_the_last_lawful_day_is_not() -> None:
    assert _state(_comment("x"), _signed("2016-11-12")) is State.CLEARED
    assert _state(_comment("x"), _signed("2016-11-11")) is State.OLD


def test_each_state_has_its_own_problem_with_its_place_and_cleared_has_none() -> None:
    remembered = _seen(_comment("No cost."), _signed())
    cases = {
        "C201": section_clearances(DEMANDS, [], [], {}, ON),
        "C202": section_clearances(DEMANDS, [_comment("x")], [], {}, ON),
        "C203": section_clearances(DEMANDS, [_comment("x")], [_signed()], remembered, ON),
        "C204": section_clearances(DEMANDS, [_comment("x")], [_signed("2015-01-01")], {}, ON),
    }
    for code, found in cases.items():
        (told,) = clearance_problems(found, DEMANDS)
        assert told.code == code
        assert "“Comments of the Chief Finance Officer”" in told.message
    assert clearance_problems(section_clearances(DEMANDS, [_comment("x")], [_signed()], {}, ON), DEMANDS) == []
    (changed,) = clearance_problems(cases["C203"], DEMANDS)
    assert changed.place == ROW
    assert "A. Clerk on 5 January 2017" in changed.message


TODAY = dt.date(2017, 1, 20)


def _saved(day: str, *lines: str) -> Comment:
    return _comment(*(lines or ("No cost.",)))._replace(saved_on=dt.date.fromisoformat(day))


def test_a_sign_off_counts_from_its_own_day_on() -> None:
    tomorrow = _signed("2017-01-21")
    assert _state(_comment("x"), tomorrow, today=TODAY) is State.TO_COME
    assert _state(_comment("x"), tomorrow, today=TODAY + dt.timedelta(days=1)) is State.CLEARED
    assert State.TO_COME.startswith("not cleared")


def test_a_sign_off_to_come_puts_none_aside_that_counts() -> None:
    assert _state(_comment("x"), _signed("2017-03-01"), _signed("2017-01-09"), today=TODAY) is State.CLEARED


def test_a_sign_off_to_come_is_told_at_its_cell_and_once() -> None:
    signed = [changed(_signed("2018-01-11"), cells={"cleared_on": Place("clearance.xlsx", "Clearance", "D2")})]
    stands = section_clearances(DEMANDS, [_comment("x")], signed, {}, Days(FACTS, TODAY))
    found = [*clearance_problems(stands, DEMANDS), *register_problems(signed, DEMANDS, TODAY, TODAY)]
    assert list(map(str, found)) == [
        "error C208  clearance.xlsx, sheet Clearance, cell D2: “Comments of the Chief Finance Officer” is said to be "
        "cleared on “11 January 2018”, which is still to come. Enter the day on which it was cleared, once it is."
    ]


@pytest.mark.parametrize(
    ("saved", "state"),
    [("2017-01-05", State.CLEARED), ("2017-01-06", State.UNSEEN), ("2026-11-30", State.UNSEEN)],
)
def test_a_sign_off_holds_for_no_words_saved_on_a_later_day(saved: str, state: State) -> None:
    assert _state(_saved(saved), _signed("2017-01-05"), today=TODAY) is state


def test_a_sign_off_of_today_holds_whatever_the_clock_said_that_saved_the_file() -> None:
    assert _state(_saved("2026-11-30"), _signed("2017-01-20"), today=TODAY) is State.CLEARED


def test_words_seen_with_their_sign_off_may_be_saved_again_and_other_words_not() -> None:
    remembered = _seen(_saved("2017-01-05"), _signed("2017-01-05"))
    assert _state(_saved("2017-01-12"), _signed("2017-01-05"), remembered=remembered, today=TODAY) is State.CLEARED
    other = _saved("2017-01-12", "Some cost.")
    assert _state(other, _signed("2017-01-05"), remembered=remembered, today=TODAY) is State.CHANGED


def test_words_saved_after_their_sign_off_are_not_remembered_as_signed() -> None:
    stands = section_clearances(DEMANDS, [_saved("2017-01-12")], [_signed("2017-01-05")], {}, Days(FACTS, TODAY))
    assert to_remember(stands, {}) == {}
    (told,) = clearance_problems(stands, DEMANDS)
    assert (told.code, told.place) == ("C209", ROW)
    assert "cleared on “5 January 2017”, and its file was saved after that, on 12 January 2017" in told.message


def test_a_hash_in_the_sheet_decides_whenever_the_file_was_saved() -> None:
    comment = _saved("2017-01-12")
    assert _state(comment, _signed("2017-01-05", hash_=words_hash(comment)), today=TODAY) is State.CLEARED


def test_a_section_that_need_not_be_there_only_warns() -> None:
    demands = {"equalities": Demand("Equalities", required=False)}
    (told,) = clearance_problems(section_clearances(demands, [], [], {}, ON), demands)
    assert told.level is Level.WARNING

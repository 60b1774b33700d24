"""The reference board's files: exactly what is wrong between their rows, in January and a month later."""

from __future__ import annotations

from dataclasses import replace

from pipeline.dates import Dates
from pipeline.kinds import Records, changed
from pipeline.rules import Case, problems_of
from tests.rules.board import FEBRUARY, IN_FEBRUARY, IN_JANUARY, JANUARY, ONGOING, day
from tests.rules.wordings import shipped


def lines(records: Records, dates: Dates) -> list[str]:
    """Code, place and message of every problem between the rows."""
    found = problems_of(Case(records, dates, shipped("best-value-board")))
    return [f"{each.code} {each.place.short}: {each.message}" for each in found if each.code.startswith("I")]


IN_BOTH = [
    "I406 Actions!D10: “BV-142” is “On-going”, and no date is given on which it will be looked at again.",
    "I411 Progress!C6: The table of figures prints “Comms” where the rest of the paper says “Communications”.",
    "I411 Progress!C8: The table of figures prints “Org Culture” where the rest of the paper says "
    "“Organisational Culture”.",
]
STAFF_SURVEY = "I482 Workstreams!B3: “soon” in “results expected soon” may no longer be true at the meeting."


def test_in_january_five_things_are_told_and_no_more() -> None:
    assert lines(IN_JANUARY, JANUARY) == [
        *IN_BOTH,
        "I482 Log!J5: “imminently” may no longer be true at the meeting.",
        STAFF_SURVEY,
    ]


def test_in_february_the_january_deadlines_are_overdue_and_the_legal_comment_lacks_the_new_direction() -> None:
    assert lines(IN_FEBRUARY, FEBRUARY) == [
        "I405 Actions!D6: “BV-201” was due in January 2017 and is still open.",
        "I405 Actions!D8: “BV-140” was due in January 2017 and is still open.",
        "I405 Actions!D9: “BV-141” was due in January 2017 and is still open.",
        *IN_BOTH,
        "I443 Log!J5: The reply to “COR-041” came on 16 January 2017, but is still expected “imminently”.",
        "I474 comments/legal.docx, paragraph 2: The list of Directions leaves out 16 January 2017, which the register "
        "has.",
        STAFF_SURVEY,
    ]


def test_february_files_read_as_at_january_tell_only_what_is_not_known_yet() -> None:
    told = [line for line in lines(IN_FEBRUARY, JANUARY) if line not in lines(IN_JANUARY, JANUARY)]
    assert sorted(told) == [
        "I404 Actions!G11: “BV-202” was completed on 31 January 2017, after 13 January 2017, so this paper counts it "
        "as open.",
        "I404 Actions!G7: “BV-131” was completed on 31 January 2017, after 13 January 2017, so this paper counts it "
        "as open.",
        "I450 Log!B6: “COR-045” is dated 16 January 2017, after 13 January 2017, so this paper does not tell of it.",
        "I494 Directions!A5: The Direction is dated 16 January 2017, after 13 January 2017, so this paper does not "
        "tell of it.",
    ]


def test_once_those_cells_are_put_right_nothing_is_wrong() -> None:
    tidy = replace(
        IN_JANUARY,
        actions=tuple(
            changed(each, review_on=replace(ONGOING, precision="day", first=day("2017-06-30"), last=day("2017-06-30")))
            if each.ref == "BV-142"
            else each
            for each in IN_JANUARY.actions
        ),
        progress=tuple(changed(each, heading=each.area) for each in IN_JANUARY.progress),
        letters=tuple(
            changed(each, reply_expected=each.reply_expected and "by the end of January 2017")
            for each in IN_JANUARY.letters
        ),
        workstreams=tuple(changed(each, position="under way") for each in IN_JANUARY.workstreams),
    )
    assert lines(tidy, JANUARY) == []

"""Rules between rows: one change to sound files, and exactly the problems that it makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipeline.kinds import Choice, ClosedDay, Direction, Letter, Meeting, Progress, Records, Workshop, changed
from pipeline.problems import Place, Problem
from pipeline.rules import Case, problems_of
from pipeline.withheld import Withheld
from tests.faults.listing import codes_of
from tests.rules.board import IN_JANUARY, JANUARY, JANUARY_2017, MARCH_2017, apart, comment, day, row
from tests.rules.wordings import shipped

Change = Callable[[Records], Records]


def check(records: Records, **settings: Any) -> list[Problem]:
    """The problems of the reference board's January files after a change; files named “gone…” are not there."""
    closed = settings.pop("closed", frozenset())
    report = replace(shipped("best-value-board"), **settings)

    def absent(name: str) -> tuple[str, str] | None:
        missing = ("“gone.pdf” is not there.", "Put it there.")
        return missing if name.startswith("gone") else None

    kept, withheld = apart(records)
    found = problems_of(Case(kept, JANUARY, report, absent=absent, closed=closed, withheld=withheld))
    return [each for each in found if each.code.startswith("I")]


def made(change: Change, **settings: Any) -> list[str]:
    """Code, place and message of the problems that a change adds."""
    before = set(check(IN_JANUARY, **settings))
    return [
        f"{each.code} {each.place.short}: {each.message}"
        for each in check(change(IN_JANUARY), **settings)
        if each not in before
    ]


def on(name: str, position: int, **values: Any) -> Change:
    """A change to one record of a kind, by its position."""

    def change(records: Records) -> Records:
        rows = list(getattr(records, name))
        rows[position] = changed(rows[position], **values)
        new: dict[str, Any] = {name: tuple(rows)}
        return replace(records, **new)

    return change


def also(name: str, *rows: Any) -> Change:
    """More records of a kind."""

    def change(records: Records) -> Records:
        more: dict[str, Any] = {name: (*getattr(records, name), *rows)}
        return replace(records, **more)

    return change


def both(*changes: Change) -> Change:
    """Several changes."""

    def change(records: Records) -> Records:
        for each in changes:
            records = each(records)
        return records

    return change


def log(number: int, ref: str, date: str, way: str, **values: Any) -> Letter:
    """A further row of the log."""
    known = {"ref": ref, "date": day(date), "direction": way, "sender": "Mayor", "recipient": "Commissioners"}
    letter: Letter = row(Letter, number, **(known | values))
    return letter


DECEMBER_1 = replace(JANUARY_2017, precision="day", first=day("2016-12-01"), last=day("2016-12-01"))
UNKNOWN_DATE = replace(MARCH_2017, first=day("2017-05-01"), last=day("2017-05-31"))
COMPLETE = {"status": Choice("Complete", "complete")}
CASES: dict[str, tuple[Change, list[str]]] = {
    "complete without a date": (
        on("actions", 1, **COMPLETE),
        [
            "I402 Actions!G7: “BV-131” is “Complete”, but has no date on which it was completed.",
        ],
    ),
    "a date without complete": (
        on("actions", 1, completed_on=day("2017-01-05")),
        ["I403 Actions!E7: “BV-131” was completed on 5 January 2017, but is “In progress”."],
    ),
    "an open action past its deadline": (
        on("actions", 7, deadline=replace(JANUARY_2017, first=day("2016-12-01"), last=day("2016-12-31"))),
        ["I405 Actions!D13: “BV-170” was due in December 2016 and is still open."],
    ),
    "a review date that has passed": (
        on(
            "actions",
            4,
            review_on=DECEMBER_1,
        ),
        ["I407 Actions!A10: “BV-142” was to be looked at again by 1 December 2016."],
    ),
    "a deadline after the next update": (
        on("actions", 7, deadline=UNKNOWN_DATE),
        ["I408 Actions!D13: “BV-170” is due in May 2017, after update 4, which is due on 17 March 2017."],
    ),
    "a mistyped area": (
        on("actions", 1, area="Comunications"),
        [
            "I410 Actions!B7: The area “Comunications” is “Communications” at Progress!B6.",
        ],
    ),
    "an area in short": (
        on("actions", 1, area="Comms"),
        [
            "I410 Actions!B7: The area “Comms” is “Communications” at Progress!B6.",
            "I413 Actions!B7: “Comms” has open actions of the plan, but no figures in the last update.",
        ],
    ),
    "an open action of the plan in an area at 100%": (
        on("actions", 5, in_plan=True),
        ["I412 Actions!E11: “BV-202” is open, while the figures show “Grants” as 100% complete."],
    ),
    "an area of the plan without figures": (
        on("actions", 0, in_plan=True),
        [
            "I413 Actions!B6: “Statutory Monitoring Officer” has open actions of the plan, "
            "but no figures in the last update."
        ],
    ),
    "more complete than there are": (
        on("progress", 0, complete=43, percent=None),
        ["I414 Progress!E4: “Grants” has 43 actions complete, of 34."],
    ),
    "a typed percentage that the counts do not give": (
        on("progress", 3, percent=95.0),
        ["I415 Progress!F7: “Property” stands at 95%, but 36 of 39 is 92.3%."],
    ),
    "100% typed though one is left": (
        on("progress", 2, percent=100.0),
        ["I416 Progress!F6: “Communications” stands at 100%, but 32 of 33 actions are complete."],
    ),
    "more open in the tracker than the figures leave": (
        on("progress", 3, complete=37, percent=None),
        ["I417 Progress!E7: The figures leave 2 of “Property” open on 19 September 2016; the tracker has 3."],
    ),
    "fewer open in the tracker than the figures leave": (
        on("progress", 3, complete=35, percent=None),
        ["I418 Progress!E7: The figures leave 4 of “Property” open on 19 September 2016; the tracker has 3."],
    ),
    "figures of an unknown update": (
        also("progress", row(Progress, 10, update=7, area="Grants", actions=1, complete=1)),
        ["I419 Progress!A10: There are figures of update “7”, which the list of updates does not have."],
    ),
    "an area twice in one update": (
        also("progress", row(Progress, 10, update=3, area="grants ", actions=34, complete=34)),
        [
            "I410 Progress!B10: The area “grants ” is “Grants” at Progress!B4.",
            "I420 Progress!B10: “grants ” stands twice in the figures of update 3, first at Progress!B4.",
        ],
    ),
    "a submitted update without figures": (
        lambda records: replace(records, progress=tuple(changed(each, update=2) for each in records.progress)),
        ["I421 Updates!A4: Update 3 was submitted, but there are no figures of it."],
    ),
    "a gap in the updates": (
        lambda records: replace(records, updates=(records.updates[0], *records.updates[2:])),
        ["I431 Updates!A4: Update 3 follows update 1."],
    ),
    "an update submitted before an earlier one": (
        on("updates", 1, submitted=day("2015-09-01")),
        ["I432 Updates!C3: Update 2 was submitted on 1 September 2015, before update 1 (14 September 2015)."],
    ),
    "an update that was due": (
        on("updates", 3, due=day("2016-12-17")),
        [
            "I433 Updates!C5: Update 4 was due on 17 December 2016, but has no date of submission.",
        ],
    ),
    "an update submitted after the day of the facts": (
        on("updates", 3, submitted=day("2017-01-16")),
        [
            "I434 Updates!C5: Update 4 was submitted on 16 January 2017, after 13 January 2017, "
            "so this paper tells of it as still due."
        ],
    ),
    "a final update that is followed by another": (
        on("updates", 2, final=True),
        ["I435 Updates!D4: Update 3 is called final, but update 4 follows."],
    ),
    "a letter about an unknown update": (
        on("letters", 2, update=13),
        ["I440 Log!H4: “COR-038” is about update “13”, which the list of updates does not have."],
    ),
    "a reply to an unknown letter": (
        on("letters", 3, in_reply_to="COR-38"),
        ["I441 Log!I5: “COR-041” is in reply to “COR-38”, which the log does not have."],
    ),
    "a reply to itself": (
        on("letters", 3, in_reply_to="COR-041", reply_expected=""),
        ["I441 Log!I5: “COR-041” is in reply to “COR-041”, which is the letter itself."],
    ),
    "a reply older than the letter": (
        on("letters", 3, date=day("2016-11-15")),
        ["I442 Log!B5: “COR-041” is dated 15 November 2016, before “COR-038” of 2 December 2016, which it answers."],
    ),
    "a reply logged while it is still expected": (
        on("letters", 2, reply_expected="by December 2016"),
        ["I443 Log!J4: The reply to “COR-038” came on 15 December 2016, but is still expected “by December 2016”."],
    ),
    "a reply that is late": (
        on("letters", 3, reply_expected="by 30 December 2016"),
        ["I453 Log!J5: The reply to “COR-041” was expected “by 30 December 2016”, and none is logged."],
    ),
    "awaiting by a column of the log's own": (
        on("letters", 0, state="Awaiting reply"),
        [
            "I444 Log!J2: “COR-031” is “Awaiting reply”, but nothing stands under “Reply expected”, "
            "so the paper does not say so."
        ],
    ),
    "a second reply": (
        also("letters", log(6, "COR-042", "2016-12-20", "out", in_reply_to="COR-038")),
        ["I445 Log!I6: “COR-042” is a further reply to “COR-038”. Sentences for each reply are said for this one too."],
    ),
    "a reply from the same side": (
        on("letters", 3, in_reply_to="COR-031"),
        ["I446 Log!C5: “COR-041” is in reply to “COR-031”, but both were sent."],
    ),
    "an appendix without a file": (
        on("letters", 2, file=""),
        ["I447 Log!M4: “COR-038” is to be an appendix, “Letter from Secretary of State”, but no file is named."],
    ),
    "an appendix whose file is not there": (
        on("letters", 2, file="gone.pdf"),
        ["I448 Log!M4: “gone.pdf” is not there."],
    ),
    "a file without a title": (
        on("letters", 2, appendix_title=""),
        [
            "I449 Log!L4: “COR-038” has a file, “COR-038 Secretary of State 2016-12-02.pdf”, "
            "but no title as an appendix, so it is not appended."
        ],
    ),
    "a letter of a later day": (
        also("letters", log(6, "COR-042", "2017-01-20", "out")),
        ["I450 Log!B6: “COR-042” is dated 20 January 2017, after 13 January 2017, so this paper does not tell of it."],
    ),
    "an exempt letter that is to be an appendix": (
        on("letters", 2, exempt="3"),
        ["I452 Log!L4: The letter is exempt, so it cannot be an appendix of a paper that is open."],
    ),
    "an answer to a letter that may not be public": (
        also("letters", changed(log(6, "COR-042", "2017-01-09", "in"), answers_private=True, update=None)),
        ["I458 Log!H6: “COR-042” answers a letter that may not be public, so the paper cannot tell what it is about."],
    ),
    "no meeting on the day": (
        lambda records: replace(records, meetings=records.meetings[2:]),
        [
            "I460 calendar.xlsx, sheet Meetings: The calendar has no meeting on 23 January 2017; "
            "the nearest to it is on 27 February 2017."
        ],
    ),
    "two meetings on a day": (
        also("meetings", row(Meeting, 6, body="Best Value Programme Board", date=day("2017-01-23"))),
        ["I461 Meetings!C6: There are two meetings on 23 January 2017; the paper takes the one at Meetings!C3."],
    ),
    "a meeting on a Sunday": (
        on("meetings", 3, date=day("2017-04-23")),
        ["I462 Meetings!C5: The meeting of 23 April 2017 is on a Sunday."],
    ),
    "a meeting on a day when the council is closed": (
        also("closed_days", ClosedDay(key="", date=day("2017-02-27"), reason="Staff conference")),
        ["I462 Meetings!C4: The meeting of 27 February 2017 is on a closed day (Staff conference)."],
    ),
    "two workshops on a day": (
        also("workshops", row(Workshop, 4, date=day("2016-12-06"))),
        ["I463 Workshops!A4: There are two workshops on 6 December 2016, the other at Workshops!A2."],
    ),
    "two short names of a body": (
        on("meetings", 1, short_name="Programme Board"),
        ["I464 Meetings!B3: The short name is “Programme Board” here and “Best Value Board” at Meetings!B2."],
    ),
    "old data": (
        lambda records: replace(records, position_at=day("2016-11-01")),
        [
            "I470 tracker.xlsx, sheet Actions: The tracker shows the position at 1 November 2016, "
            "73 days before 13 January 2017."
        ],
    ),
    "data of a later day": (
        lambda records: replace(records, position_at=day("2017-01-20")),
        [
            "I471 tracker.xlsx, sheet Actions: The tracker shows the position at 20 January 2017, "
            "but the paper speaks from 13 January 2017."
        ],
    ),
    "a Direction twice": (
        also("directions", row(Direction, 5, date=day("2015-05-06"))),
        ["I472 Directions!A5: The register has two Directions of 6 May 2015."],
    ),
    "a new Direction that the register lacks": (
        also("letters", log(6, "COR-042", "2017-01-10", "in", points=("powers returned under a new Direction",))),
        ["I473 Log!K6: “COR-042” tells of a “new Direction”, but the register ends at 6 May 2015."],
    ),
    "a comment that names another Direction": (
        on("directions", 2, date=day("2015-05-16")),
        [
            "I475 comments/legal.docx, paragraph 2: The register has no Direction of 6 May 2015.",
            "I474 comments/legal.docx, paragraph 2: The list of Directions leaves out 16 May 2015, "
            "which the register has.",
        ],
    ),
    "a comment that counts otherwise": (
        also("comments", comment("equalities", "The four Directions bear on all of this.")),
        ["I476 comments/equalities.docx, paragraph 1: “four Directions” are spoken of; the files have three."],
    ),
    "a comment that waits for what is not to come": (
        both(
            on("letters", 3, reply_expected=""),
            also("comments", comment("equalities", "All is well. The Mayor’s answer is still awaited.")),
        ),
        [
            "I477 comments/equalities.docx, paragraph 1: “answer is still awaited” stands here, "
            "but the log has no letter whose reply is to come."
        ],
    ),
    "a correspondent spelt in two ways": (
        on("letters", 1, sender="the Comissioners", recipient="mayor"),
        ["I480 Log!E3: “mayor” is “Mayor” elsewhere."],
    ),
    "a lead spelt in two ways": (
        on("actions", 7, lead="Head of Human Resources / Corporate  Propertys"),
        ["I481 Actions!H13: “Corporate Propertys” is “Corporate Property” elsewhere."],
    ),
    "a letter a year on": (
        on("letters", 3, date=day("2017-12-15")),
        [
            "I450 Log!B5: “COR-041” is dated 15 December 2017, after 13 January 2017, so this paper does not tell of "
            "it.",
            "I493 Log!B5: “COR-041” is dated “15 December 2017”, and 15 December 2016 would stand with the rows beside "
            "it. The letter is taken as not yet written, so the paper does not tell of it.",
        ],
    ),
    "a letter of last year": (
        also("letters", log(6, "COR-042", "2016-01-09", "in")),
        [
            "I493 Log!B6: “COR-042” is dated “9 January 2016”, and 9 January 2017 would stand with the rows beside it. "
            "The paper tells of it under that day."
        ],
    ),
    "a meeting a year on": (
        on("meetings", 2, date=day("2018-02-27")),
        [
            "I493 Meetings!C4: The meeting is dated “27 February 2018”, and 27 February 2017 would stand with the rows "
            "beside it. No paper is made for a meeting on 27 February 2017."
        ],
    ),
    "a workshop that is taken as to come": (
        on("workshops", 0, date=day("2017-12-06")),
        [
            "I493 Workshops!A2: The workshop is dated “6 December 2017”, and 6 December 2016 would stand with the rows "
            "beside it. The workshop is taken as still to come.",
        ],
    ),
    "a Direction that is taken as to come": (
        on("directions", 2, date=day("2025-05-06")),
        [
            "I494 Directions!A4: The Direction is dated 6 May 2025, after 13 January 2017, so this paper does not tell "
            "of it.",
            "I475 comments/legal.docx, paragraph 2: The register has no Direction of 6 May 2015.",
            "I493 Directions!A4: The Direction is dated “6 May 2025”, and 6 May 2015 would stand with the rows beside "
            "it. It is taken as not yet made, so the paper does not tell of it.",
        ],
    ),
    "an action completed a year on": (
        on("actions", 6, completed_on=day("2017-11-25")),
        [
            "I404 Actions!G12: “BV-169” was completed on 25 November 2017, after 13 January 2017, so this paper counts "
            "it as open.",
            "I405 Actions!D12: “BV-169” was due by 30 November 2016 and is still open.",
            "I493 Actions!G12: “BV-169” is dated “25 November 2017”, and 25 November 2016 would stand with the rows "
            "beside it. It is taken as not yet complete, so the paper tells of it as open.",
        ],
    ),
    "a deadline decades on": (
        on("actions", 0, deadline=replace(JANUARY_2017, first=day("2071-01-01"), last=day("2071-01-31"))),
        ["I498 Actions!D6: “BV-201” is due in January 2071, years after every other: it is not late until then."],
    ),
    "figures of an update that is not submitted": (
        also("progress", row(Progress, 10, update=4, area="Grants", actions=34, complete=34)),
        [
            "I495 Progress!A10: There are figures of update 4, which was not submitted by 13 January 2017, so this "
            "paper does not print them."
        ],
    ),
    "a word that is true on one day only": (
        on("letters", 2, points=("a review is currently under way",)),
        ["I482 Log!K4: “currently” in “a review is currently under way” may no longer be true at the meeting."],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_change_makes_exactly_these_problems(name: str) -> None:
    change, expected = CASES[name]
    assert sorted(made(change)) == sorted(expected)


def test_every_rule_between_rows_is_tried_here() -> None:
    from pipeline.rules.catalogue import rules

    tried = {line.split()[0] for _, lines in CASES.values() for line in lines}
    elsewhere = {"I404", "I406", "I411", "I451", "I465", "I490", "I491", "I492", "I496", "I497", *codes_of("slips")}
    assert set(rules()) >= tried | elsewhere >= {code for code in rules() if code.startswith("I4")}


@pytest.mark.parametrize(("nation", "paragraph", "wrong"), [
    ("england", "7", False), ("england", "8", True), ("england", "12", True), ("england", "?", False),
    ("wales", "12", False), ("wales", "3", True), ("scotland", "3", False),
])  # fmt: skip
def test_the_paragraph_of_an_exempt_row_is_one_of_its_nations(nation: str, paragraph: str, wrong: bool) -> None:
    found = made(on("letters", 1, exempt=paragraph), nation=nation)
    assert [line[:4] for line in found] == (["I451"] if wrong else [])


def test_an_update_that_is_taken_as_still_due_is_told_of() -> None:
    (told,) = (line for line in made(on("updates", 2, submitted=day("2017-09-19"))) if line.startswith("I493"))
    assert told == (
        "I493 Updates!C4: Update 3 is dated “19 September 2017”, and 19 September 2016 would stand with the rows "
        "beside it. It is taken as still due, so the paper tells neither of it nor of its figures."
    )


def test_nothing_of_an_exempt_row_is_quoted() -> None:
    secret = {"sender": "Comissioners", "subject": "SECRET", "points": ("SECRET soon",), "appendix_title": "SECRET"}
    rows = both(
        on("letters", 1, exempt="3", **secret, file="gone SECRET.pdf", reply_expected="SECRET soon"),
        on("actions", 1, exempt="1", activity="SECRET currently", area="SECRET", completed_on=day("2016-01-01")),
    )
    told = "\n".join(made(rows))
    assert "SECRET" not in told
    assert "Comissioners" not in told


def test_a_closed_day_cannot_be_kept_back() -> None:
    place = Place("calendar.xlsx", "Closed days", "C2")
    day_off = Withheld(kind="closed_days", key="2017-01-20", source=place, mark=place, paragraph="3", texts={})
    found = problems_of(Case(IN_JANUARY, JANUARY, shipped("best-value-board"), withheld=(day_off,)))
    assert [each.place for each in found if each.code == "I465"] == [place]


def test_a_bank_holiday_is_no_day_for_a_meeting() -> None:
    closed = frozenset((day("2017-02-27"),))
    problems = check(IN_JANUARY, closed=closed)
    assert [each.message for each in problems if each.code == "I462"] == [
        "The meeting of 27 February 2017 is on a bank holiday or another closed day."
    ]


def test_a_tracker_without_a_column_for_dates_is_not_asked_for_them() -> None:
    def without(records: Records) -> Records:
        rows = (
            changed(each, completed_on=None, cells={k: v for k, v in each.cells.items() if k != "completed_on"})
            for each in records.actions
        )
        return replace(records, actions=tuple(rows))

    assert not any(line.startswith("I402") for line in made(without))


def test_how_old_data_may_be_is_the_reports_own() -> None:
    old = replace(IN_JANUARY, position_at=day("2016-11-01"))
    assert [each.code for each in check(old, data_within_days=73) if each.code == "I470"] == []
    assert [each.code for each in check(old, data_within_days=72) if each.code == "I470"] == ["I470"]


def test_a_mistyped_reference_is_answered_with_the_nearest() -> None:
    change = on("letters", 3, in_reply_to="COR-38")
    assert [each.cure for each in check(change(IN_JANUARY)) if each.code == "I441"] == ["Did you mean “COR-038”?"]

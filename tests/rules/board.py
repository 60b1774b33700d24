"""The facts of the reference board, as its officers keep them: for January 2017, and a month later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from pipeline.blocks import Run
from pipeline.dates import Dates, When
from pipeline.kinds import (
    STANDARD,
    Action,
    Choice,
    Comment,
    Direction,
    Letter,
    Meeting,
    Paragraph,
    Progress,
    Record,
    Records,
    Update,
    Withheld,
    Workshop,
    Workstream,
    changed,
)
from pipeline.problems import Place

COLUMNS: dict[type[Record], tuple[str, str, tuple[str, ...]]] = {
    Action: (
        "tracker.xlsx",
        "Actions",
        ("ref", "area", "activity", "deadline", "status", "rag", "completed_on", "lead", "in_plan", "notes"),
    ),
    Progress: ("tracker.xlsx", "Progress", ("update", "area", "heading", "actions", "complete", "percent")),
    Letter: (
        "correspondence.xlsx",
        "Log",
        (
            *("ref", "date", "direction", "sender", "recipient", "kind", "subject", "update", "in_reply_to"),
            *("reply_expected", "points", "appendix_title", "file", "exempt"),
        ),
    ),
    Meeting: ("calendar.xlsx", "Meetings", ("body", "short_name", "date", "time", "venue", "item")),
    Workshop: ("calendar.xlsx", "Workshops", ("date", "attended_by", "purpose")),
    Update: ("calendar.xlsx", "Updates", ("number", "due", "submitted", "final")),
    Direction: ("calendar.xlsx", "Directions", ("date", "note")),
    Workstream: ("calendar.xlsx", "Workstreams", ("name", "position", "live")),
}


def row(kind: type[Any], number: int, /, **values: Any) -> Any:
    """A record that was read from one row of its sheet, each field knowing its cell."""
    file, sheet, columns = COLUMNS[kind]
    cells = {name: Place(file, sheet, f"{chr(65 + place)}{number}") for place, name in enumerate(columns)}
    return kind(key=str(number), source=Place(file, sheet, f"A{number}"), cells=cells, **values)


def day(text: str) -> dt.date:
    """A day from `2017-01-23`."""
    return dt.date.fromisoformat(text)


JANUARY_2017 = When("month", day("2017-01-01"), day("2017-01-31"))
MARCH_2017 = When("month", day("2017-03-01"), day("2017-03-31"))
ONGOING = When("open", None, None, "On-going")

JANUARY = Dates(day("2017-01-23"), day("2017-01-13"), day("2017-01-13"))
FEBRUARY = Dates(day("2017-02-27"), day("2017-02-17"), day("2017-02-17"))


def action(number: int, ref: str, area: str, activity: str, deadline: When, **more: Any) -> Action:
    """A row of the tracker, in progress and in the plan unless said otherwise."""
    known = {"status": Choice("In progress", "open"), "in_plan": True}
    made: Action = row(Action, number, ref=ref, area=area, activity=activity, deadline=deadline, **(known | more))
    return made


DONE: dict[str, Any] = {"status": Choice("Complete", "complete")}
SMO, LAW = "Statutory Monitoring Officer", "Director of Law, Probity and Governance"
CULTURE = "Organisational Culture"
GOVERNANCE = "Governance Review Working Group leading on governance issues"

ACTIONS = (
    action(6, "BV-201", SMO, f"Agree process for appointment of {SMO}", JANUARY_2017, in_plan=False, lead=LAW),
    action(
        7,
        "BV-131",
        "Communications",
        "Communication Strategy & Action Plan",
        JANUARY_2017,
        lead="Head of Communications",
    ),
    action(
        8, "BV-140", "Property", "Action Plan for Community Buildings Policy", JANUARY_2017, lead="Corporate Property"
    ),
    action(9, "BV-141", "Property", "Action Plan for Asset Rental Account", JANUARY_2017, lead="Corporate Property"),
    action(10, "BV-142", "Property", "Property portfolio validation of occupancy", ONGOING, lead="Corporate Property"),
    action(
        *(11, "BV-202", "Grants", "Implement new grants decision making process", JANUARY_2017),
        in_plan=False,
        lead="Third Sector Team",
    ),
    action(
        *(12, "BV-169", CULTURE, "Publish the staff whistleblowing guide"),
        When("day", day("2016-11-30"), day("2016-11-30")),
        completed_on=day("2016-11-25"),
        lead="Human Resources",
        **DONE,
    ),
    action(13, "BV-170", CULTURE, "Clear up Team work completed", MARCH_2017, lead="Head of Paid Service"),
    action(14, "BV-171", CULTURE, GOVERNANCE, MARCH_2017, lead=LAW),
)

PROGRESS = tuple(
    row(
        *(Progress, number),
        update=3,
        area=area,
        heading=heading,
        actions=actions,
        complete=complete,
        percent=100 * complete / actions,
    )
    for number, (area, heading, actions, complete) in enumerate(
        (
            ("Grants", "Grants", 34, 34),
            ("Procurement", "Procurement", 38, 38),
            ("Communications", "Comms", 33, 32),
            ("Property", "Property", 39, 36),
            (CULTURE, "Org Culture", 43, 40),
            ("Elections", "Elections", 18, 18),
        ),
        4,
    )
)


def letter(number: int, ref: str, date: str, way: str, sender: str, recipient: str, **more: Any) -> Letter:
    """A row of the log, about the third update; `way` is in or out."""
    known = {"ref": ref, "date": day(date), "direction": way, "sender": sender, "recipient": recipient, "update": 3}
    made: Letter = row(Letter, number, **(known | more))
    return made


MINISTER = "Secretary of State"
LETTERS = (
    letter(
        *(2, "COR-031", "2016-09-19", "out", "Mayor", MINISTER),
        kind="Covering letter",
        subject="Third six monthly update",
        points=("how far the Council had come on each of the failings that were found", "the change in the culture"),
    ),
    letter(3, "COR-036", "2016-10-11", "in", "Commissioners", "Mayor", kind="Commissioners' response"),
    letter(
        *(4, "COR-038", "2016-12-02", "in", MINISTER, "Mayor"),
        kind="Minded to letter",
        subject="First answer on the third update",
        points=(
            "the return of decisions on grants to the Council",
            "an end to the procurement Direction",
            "recognition that two major elections had been run successfully",
            "a smaller team of Commissioners",
        ),
        appendix_title="Letter from Secretary of State",
        file="COR-038 Secretary of State 2016-12-02.pdf",
    ),
    letter(
        *(5, "COR-041", "2016-12-15", "out", "Mayor", MINISTER),
        kind="Response",
        subject="Answer to the minded to letter",
        in_reply_to="COR-038",
        reply_expected="imminently",
        points=("welcomed the plan to end the procurement Direction",),
        appendix_title="Letter from Mayor John Biggs",
        file="COR-041 Mayor 2016-12-15.pdf",
    ),
)
REPLY = letter(
    *(6, "COR-045", "2017-01-16", "in", MINISTER, "Mayor"),
    kind="Reply",
    subject="Outcome",
    in_reply_to="COR-041",
    points=(
        "the procurement Direction revoked",
        "powers over grants returned under a new Direction, with oversight",
        "one Commissioner fewer, so three instead of four",
    ),
    appendix_title="Reply from Secretary of State",
    file="COR-045 Secretary of State 2017-01-16.pdf",
)

MEETINGS = tuple(
    row(Meeting, number, body="Best Value Programme Board", short_name="Best Value Board", date=day(date))
    for number, date in enumerate(("2016-10-17", "2017-01-23", "2017-02-27", "2017-04-24"), 2)
)
WORKSHOPS = (
    row(Workshop, 2, date=day("2016-12-06"), attended_by="the Commissioners and officers", purpose="what remains"),
    row(Workshop, 3, date=day("2017-01-17"), attended_by="the Commissioners", purpose="outstanding actions"),
)
UPDATES = (
    row(Update, 2, number=1, due=day("2015-09-17"), submitted=day("2015-09-14")),
    row(Update, 3, number=2, due=day("2016-03-17"), submitted=day("2016-03-17")),
    row(Update, 4, number=3, due=day("2016-09-17"), submitted=day("2016-09-19")),
    row(Update, 5, number=4, due=day("2017-03-17"), final=True),
)
DIRECTIONS = tuple(
    row(Direction, number, date=day(date)) for number, date in enumerate(("2014-12-17", "2015-04-29", "2015-05-06"), 2)
)
WORKSTREAMS = (
    row(Workstream, 2, name="Annual Residents Survey 2017", position="under way"),
    row(Workstream, 3, name="Staff Survey", position="results expected soon"),
    row(Workstream, 4, name="Partnership arrangements", position="under review"),
)


def comment(section: str, *paragraphs: str) -> Comment:
    """A comment as a service sent it."""
    places = [Place(f"comments/{section}.docx", near=f"paragraph {number}") for number in range(1, len(paragraphs) + 1)]
    kept = tuple(Paragraph((Run(text),), "", place) for text, place in zip(paragraphs, places, strict=True))
    return Comment(section, kept, Place(f"comments/{section}.docx"))


COMMENTS = (
    comment(
        "finance", "The money and staff time for the Plan have been found, and are part of the budget already agreed."
    ),
    comment(
        "legal",
        "Section 3 of the Local Government Act 1999 obliges the Council to arrange for steady improvement.",
        "Section 15 of the same Act gives powers over an authority. Directions were made to the Council under this "
        "power on 17 December 2014, 29 April 2015 and 6 May 2015.",
        "If a Direction is not followed, the High Court may be asked to order the Council to put matters right.",
    ),
)

IN_JANUARY = Records(
    actions=ACTIONS,
    progress=PROGRESS,
    letters=LETTERS,
    meetings=MEETINGS,
    workshops=WORKSHOPS,
    updates=UPDATES,
    directions=DIRECTIONS,
    workstreams=WORKSTREAMS,
    comments=COMMENTS,
    position_at=day("2017-01-12"),
)

COMPLETED = {"BV-202", "BV-131"}
IN_FEBRUARY = replace(
    IN_JANUARY,
    actions=tuple(
        changed(each, status=Choice("Complete", "complete"), completed_on=day("2017-01-31"))
        if each.ref in COMPLETED
        else each
        for each in ACTIONS
    ),
    letters=(*LETTERS, REPLY),
    workshops=(*WORKSHOPS, row(Workshop, 4, date=day("2017-03-09"), attended_by="the Commissioners")),
    directions=(*DIRECTIONS, row(Direction, 5, date=day("2017-01-16"))),
)


def apart(records: Records) -> tuple[Records, tuple[Withheld, ...]]:
    """The records with those that name a paragraph of Schedule 12A apart, as they are read."""
    kept: dict[str, Any] = {}
    withheld: list[Withheld] = []
    for kind in (name for name, each in STANDARD.items() if each.kept):
        rows = records.of(kind)
        kept[kind] = tuple(each for each in rows if not each.values.get("exempt"))
        withheld += [
            Withheld(kind=kind, key=each.key, source=each.source, mark=each.place("exempt"),
                     paragraph=str(each.values["exempt"]), texts={}, record=each)
            for each in rows if each not in kept[kind]
        ]  # fmt: skip
    return replace(records, **kept), tuple(withheld)

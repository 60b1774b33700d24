"""Where somebody corrects in the draft what a cell says, `settle` names that cell, and what to change there to what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest

from pipeline.office import settle
from tests import hands
from tests.office import Office, asked, day

MEETING = "2017-01-23"
NOW = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
POINTS = (
    "returning decisions on grants to the Council\nending the procurement and grants Directions\n"
    "recognising that two major elections had been run successfully\nmaking the team of Commissioners smaller"
)


class Case(NamedTuple):
    """What somebody types over what, near which words; where that is to be corrected, and how an officer does so."""

    near: str
    old: str
    new: str
    where: str
    correct: Callable[[Office], None]
    said: tuple[str, str] = ("", "")


def put(file: str, sheet: str, **cells: Any) -> Callable[[Office], None]:
    return lambda desk: desk.put(file, sheet, **cells)


def finance(desk: Office) -> None:
    path = desk.inputs / "comments" / "finance.docx"
    paper = docx.Document(str(path))
    for run in (run for paragraph in paper.paragraphs for run in paragraph.runs):
        run.text = run.text.replace("have been found", "are yet to be found")
    paper.save(str(path))


def settings(desk: Office) -> None:
    path = desk.folder / "templates" / desk.report / "report.toml"
    path.write_text(path.read_text("utf-8").replace("Sharon Godman", "Jane Doe"), "utf-8")


LOG = "correspondence.xlsx, sheet Log, letter"
CASES = {
    "a title": Case(
        "BV-141", "Action Plan for Asset Rental Account", "Action Plan for Rents",
        "tracker.xlsx, sheet Actions, action BV-141, column “Activities” (C9)",
        put("tracker.xlsx", "Actions", C9="Action Plan for Rents"),
    ),
    "a deadline": Case(
        "Communication Strategy", "January 2017", "April 2017",
        "tracker.xlsx, sheet Actions, action BV-131, column “Deadline” (D7)",
        put("tracker.xlsx", "Actions", D7="April 2017"),
    ),
    "a key point": Case(
        "proposed to change", "ending the procurement Direction", "ending the procurement and grants Directions",
        f"{LOG} COR-038, column “Key points (one a line)” (K4)",
        put("correspondence.xlsx", "Log", K4=POINTS),
    ),
    "a date": Case(
        "The Mayor answered", "15 December 2016", "16 December 2016",
        f"{LOG} COR-041, column “Date” (B5)",
        put("correspondence.xlsx", "Log", B5=day("2016-12-16")),
    ),
    "a name": Case(
        "A workshop with", "relevant officers", "senior officers",
        "calendar.xlsx, sheet Workshops, workshop 6 December 2016, column “With” (B2)",
        put("calendar.xlsx", "Workshops", B2="the Commissioners and senior officers"),
        ("the Commissioners and relevant officers", "the Commissioners and senior officers"),
    ),
    "one of several dates": Case(
        "Directions made so far", "29 April 2015", "30 April 2015",
        "calendar.xlsx, sheet Directions, direction 29 April 2015, column “Date” (A3)",
        put("calendar.xlsx", "Directions", A3=day("2015-04-30")),
    ),
    "a sentence of a service": Case(
        "Carrying out", "have been found", "are yet to be found",
        "comments/finance.docx, paragraph 1", finance,
        (
            "Carrying out the Best Value Action Plan remains among the Council’s priorities. The money and staff time "
            "that it calls for have been found, and are part of the budget already agreed.",
            "Carrying out the Best Value Action Plan remains among the Council’s priorities. The money and staff time "
            "that it calls for are yet to be found, and are part of the budget already agreed.",
        ),
    ),
    "a line of the heading": Case(
        "Sharon Godman", "Sharon Godman", "Jane Doe", "best-value-board/report.toml, [fields]", settings,
        (
            "Sharon Godman, Divisional Director, Strategy, Policy, Equalities and Partnership",
            "Jane Doe, Divisional Director, Strategy, Policy, Equalities and Partnership",
        ),
    ),
}  # fmt: skip


def settled(desk: Office) -> Any:
    return settle(desk.report, **asked(desk.order(MEETING, now=NOW, as_at=NOW.date())))


def typed(path: Path, near: str, old: str, new: str) -> None:
    """Words typed over others, in the row or paragraph that holds `near`."""

    def change(paper: hands.Paper) -> None:
        around = hands.place(paper, near if near != "BV-141" else old)
        leaf = next(each for each in around.iter(hands.PARAGRAPH) if old in hands.seen(each).kept)
        text = hands.seen(leaf).kept
        hands.rewrite(leaf, hands.edits(text, text.replace(old, new)), {}, None)

    hands.changed(path, change)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_cell_is_named_and_once_it_says_so_nothing_is_left_to_say(desk: Office, case: Case) -> None:
    path = desk.build(MEETING, now=NOW, as_at=NOW.date()).path
    typed(path, case.near, case.old, case.new)
    before = {each: each.read_bytes() for each in desk.inputs.rglob("*.*")}
    [correction] = settled(desk).corrections
    said = case.said if any(case.said) else (case.old, case.new)
    assert (correction.where, correction.old, correction.new) == (case.where, *said)
    assert {each: each.read_bytes() for each in desk.inputs.rglob("*.*")} == before
    case.correct(desk)
    done = settled(desk)
    assert (done.corrections, done.differences) == ((), ())


@pytest.mark.parametrize(
    ("near", "old", "new", "where"),
    [
        (
            "97%",
            "97%",
            "98%",
            "tracker.xlsx, sheet Progress, area Communications of update 3, columns “Complete” (E6) and",
        ),
        ("A second workshop", "March 2017", "April 2017", "calendar.xlsx, sheet Updates, update 4, column “Due” (B5)"),
        ("The Mayor answered", "15 December 2016", "the middle of December", f"{LOG} COR-041, column “Date” (B5)"),
        ("The fourth and final", "fourth", "fifth", "calendar.xlsx, sheet Updates, update 4, column “No” (A5)"),
    ],
    ids=["worked out", "a month of a day", "no date", "a number in words"],
)
def test_of_what_no_cell_says_in_these_words_the_cells_are_named(
    desk: Office, near: str, old: str, new: str, where: str
) -> None:
    path = desk.build(MEETING, now=NOW, as_at=NOW.date()).path
    typed(path, near, old, new)
    [correction] = settled(desk).corrections
    assert (correction.old.replace("on ", ""), correction.new) == (
        {"March 2017": "update due in March 2017"}.get(old, old),
        "",
    )
    assert correction.where.startswith(where)


def test_other_words_of_a_sentence_are_the_officers_own_and_no_cell_is_named(desk: Office) -> None:
    path = desk.build(MEETING, now=NOW, as_at=NOW.date()).path
    typed(path, "The Mayor answered", "has not yet had a reply", "still waits for a reply")
    typed(path, "The Mayor answered", "the Mayor welcomed", "the Mayor kindly welcomed")
    assert settled(desk).corrections == ()

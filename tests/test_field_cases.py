"""Faults that people report of office files and of programs like this one: each small input ends with the right value.

The inputs are kept beside the repository; each holds what differs from the shipped files. Others of each kind are made
in the tests of the rooms.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.word import WordFile
from tests.office import ROOT, Office, check, day, office

CASES = ROOT.parent / "shared" / "cases" / "field"
NOW = dt.datetime(2017, 1, 13, 9, 0, tzinfo=dt.UTC)
pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not kept beside this repository"),
]


class Right(NamedTuple):
    """What the paper says and does not say, and the codes that are told, or not told, of what was put in."""

    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


AS_SHOWN = ("97%", "£5,000", "1,250,000", "£12.50m", "3 of 12 visits done")
RIGHT = {
    "01-typed-into-the-draft": Right(told=("P105", "P122", "P123")),
    "02-form-fields-in-the-draft": Right(says=("Outcome: Approved by Cabinet",)),
    "03-fields-without-a-result-in-the-draft": Right(says=("☒", "20°C"), told=("C104",)),
    "04-index-entry-alone": Right(untold=("P511",)),
    "06-comment-legacy-form": Right(says=("Approved by the section 151 officer", "☒ No implications")),
    "07-comment-computed-fields": Right(says=("20°C",), told=("I517", "I528")),
    "08-comment-two-lists": Right(untold=("I521", "I530")),
    "10-comment-list-starts-at-5": Right(untold=("I521", "I530")),
    "11-comment-highlighted": Right(told=("I529",)),
    "12-number-formats-in-text-columns": Right(says=AS_SHOWN, never=("96.52",)),
    "14-decimals-shown": Right(says=("£1,234.50", "2 1/2"), never=("0.3333",)),
    "16-utc-csv": Right(says=("19 September 2016",), never=("18 September 2016",)),
    "18-us-dates-text": Right(told=("I318",)),
    "20-html-in-cells": Right(never=("ExternalClass", "#160", ";#"), told=("I338",)),
    "22-listschema-line": Right(never=("ListSchema",), untold=("I122",)),
    "23-excel-guarded-csv": Right(never=('="',), untold=("I441",)),
    "25-unused-rows-with-tick-boxes": Right(untold=("I309",)),
    "27-totals-row-of-an-excel-table": Right(told=("I220",), untold=("I341", "I217")),
    "29-linked-data-type": Right(told=("I337",), untold=("I301",)),
    "30-formulas-written-by-a-library": Right(never=("1899",), told=("I302",), untold=("I341",)),
    "31-conflict-copies": Right(told=("I496",)),
    "32-prompt-control-in-the-template": Right(untold=("C104",)),
    "34-white-words-in-the-draft": Right(told=("P190",)),
    "36-two-row-headings": Right(told=("I213",)),
}


def desk_of(case: Path, folder: Path) -> Office:
    """The shipped files with those of a case laid over them; copies in it are newer, as they were when it was found."""
    report = "recommendation-tracker" if "recommendation-tracker" in (case / "command").read_text() else None
    desk = office(folder, report or "best-value-board")
    for name in ("inputs", "outputs", "templates"):
        if (case / name).is_dir():
            shutil.copytree(case / name, folder / name, dirs_exist_ok=True)
    for name in (case / "remove").read_text().split() if (case / "remove").exists() else ():
        (folder / name).unlink()
    old = day("2017-01-12").timestamp()
    os.utime(desk.inputs / "tracker.xlsx", (old, old))
    return desk


def paper_of(desk: Office, meeting: str | None) -> str:
    """The words of the draft that is there, else of the one that is made."""
    drafts = sorted((desk.folder / "outputs").rglob("*(draft 1).docx"))
    content = drafts[0].read_bytes() if drafts else desk.paper(meeting, now=NOW)
    stories = WordFile.opened(content, "paper").stories
    return "\n".join(each.text for story in stories for each in story.paragraphs.values())


@pytest.mark.parametrize("name", RIGHT)
def test_a_case_ends_with_the_right_value(name: str, tmp_path: Path) -> None:
    right, desk = RIGHT[name], desk_of(CASES / name, tmp_path)
    meeting = "2017-01-23" if desk.report == "best-value-board" else "2027-01-19"
    text = paper_of(desk, meeting)
    codes = {each.code for each in check(desk.order(meeting, now=NOW))}
    assert [words for words in right.says if words not in text] == []
    assert [words for words in right.never if words in text] == []
    assert {*right.told} - codes == set()
    assert {*right.untold} & codes == set()


def test_every_case_is_among_them() -> None:
    assert sorted(RIGHT) == sorted(each.name for each in CASES.iterdir() if each.is_dir())

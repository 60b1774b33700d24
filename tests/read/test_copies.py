"""Newer copies beside a source are named, with both times; what is no copy, no newer, or the same is not."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from pipeline.problems import Problem
from pipeline.read import is_copy_of, newer_copies, unnamed
from tests.office import Office, day, office

NOON = day("2017-01-12T12:00").timestamp()

BY_PROGRAMS = (
    "tracker-DESKTOP-7Q2.xlsx",
    "tracker-LAPTOP-JS-2.xlsx",
    "tracker (1).xlsx",
    "tracker(2).xlsx",
    "Copy of tracker.xlsx",
    "tracker - Copy.xlsx",
    "tracker - Copy (2).xlsx",
    "tracker (Jane Smith's conflicted copy 2017-01-10).xlsx",
    "tracker (conflicted copy 2017-01-10 101500).xlsx",
    "tracker_conflict-20170110-101500.xlsx",
    "tracker.sync-conflict-20170110-101500-ABCDEF.xlsx",
)
BY_PEOPLE = (
    "tracker v2.xlsx",
    "tracker_v2.1.xlsx",
    "Trackerv3.XLSX",
    "tracker FINAL.xlsx",
    "tracker final v2 (1).xlsx",
    "tracker rev 3 JS.xlsx",
    "tracker - January 2017.xlsx",
    "2017-01-10 tracker.xlsx",
    "Updated tracker.xlsx",
    "tracker.xls",
)
NO_COPIES = (
    "tracker.xlsx",
    "tracker.docx",
    "trackers.xlsx",
    "risk tracker.xlsx",
    "tracker notes.xlsx",
    "tracker guidance for services.xlsx",
    "tracker-guide.xlsx",
    "calendar.xlsx",
)


@pytest.mark.parametrize("name", [*BY_PROGRAMS, *BY_PEOPLE])
def test_a_copy_is_known_by_its_name(name: str) -> None:
    assert is_copy_of(Path(name), Path("tracker.xlsx"))


@pytest.mark.parametrize("name", NO_COPIES)
def test_what_only_sounds_alike_is_no_copy(name: str) -> None:
    assert not is_copy_of(Path(name), Path("tracker.xlsx"))


def put(folder: Path, name: str, content: str, hours: float = 0) -> None:
    """A file saved so many hours after noon."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    os.utime(path, (NOON + 3600 * hours, NOON + 3600 * hours))


def told(folder: Path, *names: str) -> list[Problem]:
    return list(newer_copies(folder, names))


def test_both_names_and_times_are_told_at_the_source(tmp_path: Path) -> None:
    put(tmp_path, "comments/finance.docx", "one")
    put(tmp_path, "comments/finance v2.docx", "two", 2)
    assert list(map(str, told(tmp_path, "comments/finance.docx"))) == [
        "warning I496  comments/finance.docx: “finance v2.docx” (12 January 2017 at 14:00) is newer than "
        "“finance.docx” (12 January 2017 at 12:00), and not read. "
        "Save what is right as “finance.docx”, and move the other elsewhere."
    ]


@pytest.mark.parametrize(
    ("name", "content", "hours", "named"),
    [
        ("tracker v2.xlsx", "two", 1, True),
        ("tracker v2.xlsx", "two", 0, False),
        ("tracker v2.xlsx", "two", -1, False),
        ("tracker v2.xlsx", "one", 1, False),
        ("tracker-DESKTOP-7Q2.xlsx", "one", 1, True),
        ("tracker-DESKTOP-7Q2.xlsx", "two", -1, False),
        ("~$tracker v2.xlsx", "two", 1, False),
        ("tracker notes.xlsx", "two", 1, False),
    ],
)
def test_it_is_named_where_it_is_newer_and_may_hold_something_else(
    tmp_path: Path, name: str, content: str, hours: float, *, named: bool
) -> None:
    put(tmp_path, "tracker.xlsx", "one")
    put(tmp_path, name, content, hours)
    assert bool(told(tmp_path, "tracker.xlsx")) is named


def test_a_file_that_the_settings_name_too_is_no_copy_of_another(tmp_path: Path) -> None:
    put(tmp_path, "tracker.xlsx", "one")
    put(tmp_path, "tracker 2.xlsx", "two", 1)
    assert told(tmp_path, "tracker.xlsx", "tracker 2.xlsx") == []
    assert len(told(tmp_path, "tracker.xlsx")) == 1


def test_a_source_that_is_not_there_has_no_copies(tmp_path: Path) -> None:
    put(tmp_path, "tracker (1).xlsx", "two")
    assert told(tmp_path, "tracker.xlsx", "comments/finance.docx") == []


def test_a_comment_that_no_setting_names_is_told_of(tmp_path: Path) -> None:
    for name in ("Finance.docx", "finance v2.docx", "clearance.xlsx", "~$legal.docx", "equalities.docx"):
        put(tmp_path, f"comments/{name}", "one", -1)
    assert list(map(str, unnamed(tmp_path, ["comments/finance.docx", "comments/legal.docx"]))) == [
        "note I497  comments/equalities.docx: “equalities.docx” is not read: the report's settings name no comment of "
        "that file."
    ]
    assert list(unnamed(tmp_path, ["comments/finance.docx", "comments/equalities.docx"])) == []
    assert list(unnamed(tmp_path / "none", ["comments/finance.docx"])) == []


@pytest.fixture
def desk(tmp_path: Path) -> Office:
    """An office whose tracker, comment, wording and template have newer copies beside them."""
    made = office(tmp_path)
    settings = made.folder / "templates" / made.report
    for path, name in (
        (made.inputs / "tracker.xlsx", "tracker v2.xlsx"),
        (made.inputs / "comments" / "finance.docx", "finance (1).docx"),
        (settings / "wording.xlsx", "wording new.xlsx"),
        (settings / "template.docx", "Copy of template.docx"),
    ):
        copy = Path(shutil.copyfile(path, path.with_name(name)))
        copy.write_bytes(copy.read_bytes() + b"\0")
        os.utime(path, (NOON, NOON))
        os.utime(copy, (NOON + 60, NOON + 60))
    return made


def test_a_build_names_copies_of_every_source_and_keeps_no_time_of_a_file(desk: Office, tmp_path: Path) -> None:
    built = desk.build("2017-01-23")
    named = sorted(each.place.file for each in built.problems if each.code == "I496")
    assert named == ["comments/finance.docx", "template.docx", "tracker.xlsx", "wording.xlsx"]
    alone = office(tmp_path / "alone").build("2017-01-23")
    assert built.path.read_bytes() == alone.path.read_bytes()
    assert record_of(built.path) == record_of(alone.path)


def test_times_in_the_record_would_be_seen(desk: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.office.recording.OF_THE_DISK", "none")
    assert record_of(desk.build("2017-01-23").path) != record_of(office(tmp_path / "alone").build("2017-01-23").path)


def record_of(paper: Path) -> object:
    """The record of a first draft."""
    return json.loads((paper.parent / "record" / "draft 1.json").read_text(encoding="utf-8"))


def test_the_names_of_copies_are_told_apart_by_one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.copies.is_mark", lambda _: True)
    assert [name for name in NO_COPIES if is_copy_of(Path(name), Path("tracker.xlsx"))]

"""Growth: four times the rows, letters or edits are about four times the work, counted in calls and not in time."""

from __future__ import annotations

import ctypes
import datetime as dt
import gc
import multiprocessing
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import pytest
from docx import Document

from pipeline.office import Built
from pipeline.problems import NOWHERE
from pipeline.read import read_table
from pipeline.revise import open_paper
from pipeline.rules import keys, meant, variants
from tests.documents import letter_pdf
from tests.office import Office, build, office
from tests.often import each_time

MEETING = "2017-01-23"
NOW = dt.datetime(2017, 1, 12, 9, 0, tzinfo=dt.UTC)
Fill = Callable[[Office, int], None]
FEW = pytest.mark.parametrize("few", [40, pytest.param(300, marks=pytest.mark.deep)])


def calls(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called in the work."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def rows_added(desk: Office, number: int) -> None:
    """Rows of the tracker: an area of fifty each, a lead of forty, dates over a year."""
    rows: list[list[Any]] = []
    for n in range(number):
        deadline = dt.datetime(2017, 3, 1) + dt.timedelta(days=n % 300)
        told = [f"N-{n}", f"Area {n // 50}", f"Do number {n} with care", deadline, "In progress"]
        rows.append([*told, None, None, f"Lead {n % 40}", "No", f"Note {n}"])
    desk.add("tracker.xlsx", "Actions", *rows)


def letters_added(desk: Office, number: int) -> None:
    """Letters, every other one in reply to the one before it, each an appendix with its file."""
    rows: list[list[Any]] = []
    for n in range(number):
        day, out = dt.datetime(2016, 12, 16) + dt.timedelta(days=n % 20), n % 2 == 0
        parties = ["Mayor", f"Minister {n}"] if out else [f"Minister {n - 1}", "Mayor"]
        answers = None if out else f"X-{n - 1:05}"
        about = ["Response", f"Subject {n}", 3, answers, None, f"point {n}", f"Letter {n}", f"{n}.pdf", None]
        rows.append([f"X-{n:05}", day, "Out" if out else "In", *parties, *about])
        (desk.inputs / "appendices" / f"{n}.pdf").write_bytes(letter_pdf())
    desk.add("correspondence.xlsx", "Log", *rows)


def closed_days_added(desk: Office, number: int) -> None:
    """Days on which the council is closed."""
    days = (dt.datetime(2040, 1, 2) + dt.timedelta(days=n) for n in range(number))
    desk.add("calendar.xlsx", "Closed days", *([day, "closed"] for day in days))


def names_mistyped(desk: Office, number: int) -> None:
    """Rows in pairs, the second with area, lead and status mistyped, and letters in reply to mistyped references."""
    rows: list[list[Any]] = []
    for n in range(number // 2):
        name = f"{n:06}"[::-1].translate(str.maketrans("0123456789", "abcdefghij"))
        for typed, status in ((f"{name}bury D{name}", "Complete"), (f"{name}rbury D{name}", "Compelte")):
            deadline = dt.datetime(2017, 3, 1)
            rows.append([f"{typed[1:]}", typed, f"Do {name}", deadline, status, None, None, f"{typed}on", "No", None])
    desk.add("tracker.xlsx", "Actions", *rows)
    day = dt.datetime(2016, 12, 20)
    about = ["Response", "Subject", 3]
    letters = [[f"X-{n:05}", day, "In", f"Minister {n}", "Mayor", *about, f"Y-{n:05}"] for n in range(number)]
    desk.add("correspondence.xlsx", "Log", *letters)


def drafted(desk: Office) -> Built:
    return build(desk.order(MEETING, now=NOW))


def work_of(folder: Path, fill: Fill, number: int) -> int:
    """Calls in building the paper of an office with so much in its files, template and settings met before."""
    desk = office(folder / f"{fill.__name__} {number}")
    drafted(desk)
    fill(desk, number)
    shutil.rmtree(desk.folder / "outputs")
    return calls(lambda: drafted(desk))


@FEW
@pytest.mark.parametrize(
    "fill", each_time([rows_added, letters_added, names_mistyped, closed_days_added], [rows_added, letters_added])
)
def test_a_build_grows_with_what_is_in_the_files(fill: Fill, few: int, tmp_path: Path) -> None:
    numbers = (0, 0, few, 4 * few)
    _, none, some, many = (work_of(tmp_path / f"{turn}", fill, number) for turn, number in enumerate(numbers))
    assert some > none
    assert many - none < 4.4 * (some - none)


@FEW
def test_the_count_would_show_a_step_that_looks_at_every_row_for_every_row(
    few: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plain = read_table

    def slow(sheet: Any, columns: Any) -> Any:
        found = plain(sheet, columns)
        for _ in found.rows:
            for row in found.rows:
                [row.number.bit_length() for _ in range(9)]
        return found

    monkeypatch.setattr("pipeline.read.inputs.read_table", slow)
    none, some, many = (work_of(tmp_path, rows_added, number) for number in (0, few, 4 * few))
    assert many - none > 5 * (some - none)


def rows_typed_in(path: Path, edits: int) -> None:
    """So many rows of the draft's longest table, with words of an officer's."""
    document = Document(str(path))
    table = max(document.tables, key=lambda each: len(each._tbl.tr_lst))
    for row in list(table._tbl.tr_lst)[1 : edits + 1]:
        row.tc_lst[1].p_lst[0].add_r().text = " (typed by an officer)"
    document.save(str(path))


def merge_of(folder: Path, rows: int, edits: int) -> int:
    """Calls in bringing an edited draft up to date."""
    desk = office(folder / f"{rows} {edits}")
    rows_added(desk, rows)
    path = drafted(desk).path
    rows_typed_in(path, edits)
    desk.put("tracker.xlsx", "Actions", C7="Something else is to be done")
    drafted(desk)
    shutil.copy(path, desk.folder / "edited.docx")
    desk.put("tracker.xlsx", "Actions", C7="And now something else again")
    built: list[Built] = []
    count = calls(lambda: built.append(drafted(desk)))
    assert sum(each.action == "kept" for each in built[0].outcomes) >= edits - 1  # the row whose facts change
    return count


@FEW
def test_a_merge_grows_with_the_rows_and_with_the_edits(few: int, tmp_path: Path) -> None:
    some, many = merge_of(tmp_path, few // 2, few // 4), merge_of(tmp_path, 2 * few, few)
    assert many < 4.4 * some


def megabytes(work: Callable[[], object]) -> float:
    """How much memory the work adds at its height to what a process holds that has built papers before."""
    told, telling = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=lambda: telling.send(_height_of(work)))
    process.start()
    found: float = told.recv()
    process.join()
    return found


def _height_of(work: Callable[[], object]) -> float:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")  # what the process held at most is counted from here
    before = _held("VmRSS")
    work()
    return _held("VmHWM") - before


def _held(name: str) -> float:
    return int(Path("/proc/self/status").read_text().split(f"{name}:")[1].split(maxsplit=1)[0]) / 1024


@pytest.mark.deep
@pytest.mark.skipif(sys.platform != "linux", reason="what a process held at most is told by Linux")
def test_a_merge_of_many_edited_rows_takes_at_most_five_times_the_memory_of_a_build(tmp_path: Path) -> None:
    desk = office(tmp_path)
    drafted(desk)
    rows_added(desk, 10_000)
    build = megabytes(lambda: drafted(desk))
    path = drafted(desk).path
    rows_typed_in(path, 1_000)
    desk.put("tracker.xlsx", "Actions", C7="Something else is to be done")
    kept = desk.folder / "kept"
    shutil.copytree(desk.folder / "outputs", kept)
    assert megabytes(lambda: drafted(desk)) < 5 * build
    shutil.rmtree(desk.folder / "outputs")
    kept.rename(desk.folder / "outputs")
    content = path.read_bytes()

    def holding_on() -> None:
        held = [open_paper(content, "x") for _ in range(4)]
        drafted(desk)
        held.clear()

    assert megabytes(holding_on) > 5 * build, "the measure would not show a merge that holds on to what it read"


def test_a_long_list_of_names_is_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(number: int) -> int:
        names = [(f"{chr(65 + n % 26)}{chr(97 + n // 26)} Department {n}", NOWHERE) for n in range(number)]
        return calls(lambda: list(variants(names)))

    compared(400)  # the words of the names are worked out once
    assert compared(400) < 5 * compared(100)


@pytest.mark.parametrize(
    ("one", "other", "short"),
    [
        ("Organisational culture", "Org culture", True),
        ("Human Resources", "HR", True),
        ("Property", "Propertty", True),
        ("The Leader", "Leader", False),
        ("Cllr Joan Smith", "Cllr Joan Smithe", False),
        ("Legal & Governance", "Legal and governance", False),
    ],
)
def test_names_that_may_be_one_are_among_those_compared(one: str, other: str, *, short: bool) -> None:
    assert meant(one, other, short=short)
    assert keys(one, short=short) & keys(other, short=short)


def test_the_paper_of_many_rows_shows_them_all(tmp_path: Path) -> None:
    desk = office(tmp_path)
    rows_added(desk, 300)
    document = Document(str(drafted(desk).path))
    assert max(len(each.rows) for each in document.tables) > 300
    workbook = openpyxl.load_workbook(desk.inputs / "tracker.xlsx", read_only=True)
    assert workbook["Actions"].max_row > 300
    workbook.close()

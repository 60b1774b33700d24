"""Nothing of a row that may not be published is said or written by any command, whatever is wrong with it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment

from pipeline.check import checked_copy
from pipeline.cli import run
from pipeline.problems import Place, Problem
from pipeline.read import Inputs, read_inputs
from pipeline.report import load_report
from tests.faults.letters import letter
from tests.office import Office, day, office, without_pdf

WORD = re.compile(rb"canar", re.IGNORECASE)
SOUND = {
    "ref": "Canaryref", "sender": "Canary Ltd", "recipient": "Canary Trust", "kind": "Canary kind",
    "subject": "Canary subject", "points": "canary point\nother canary", "title": None, "file": "canary.pdf",
    "expected": "canary day",
}  # fmt: skip
LETTERS = {
    "sound": {},
    "an appendix": {"title": "Canary title"},
    "in reply to nobody": {"reply_to": "Canary-9"},
    "in reply to itself": {"reply_to": "Canaryref"},
    "before the letter it answers": {"reply_to": "COR-041", "date": day("2016-09-20")},
    "on the side of the letter it answers": {"reply_to": "COR-041", "direction": "Out"},
    "a reply to what is expected": {"reply_to": "COR-041"},
    "its update is not there": {"update": 99},
    "its update is no number": {"update": "canary"},
    "its date cannot be read": {"date": "canary 2017"},
    "its direction cannot be read": {"direction": "canary"},
    "tags": {"points": "{{ canary }}", "subject": "[canary to follow]"},
    "no word of the law": {"exempt": "unsure"},
}  # fmt: skip
COMMANDS = (
    ("build",), ("check", "-v"), ("check", "--json"), ("figures",), ("figures", "--json"), ("diff",),
    ("diff", "--json"), ("status",), ("status", "--json"), ("due",), ("timetable",), ("publish",),
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose tracker keeps a row from the public, and which has built one paper before."""
    without_pdf(monkeypatch)
    made = office(tmp_path)
    monkeypatch.chdir(tmp_path)
    now = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(now.timestamp())))
    words = {"A7": "Canaryref", "C7": "canary activity", "F7": "Canaryrag", "H7": "Canary lead", "J7": "canary note"}
    made.put("tracker.xlsx", "Actions", K5="Exempt", K7="3", B7="Canary area", B8="Property", **words)
    return made


def everything(folder: Path) -> bytes:
    """All files below a folder with their names, packed ones unpacked."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return b"\n".join(str(path.relative_to(folder)).encode() + b": " + unpacked(path.read_bytes()) for path in paths)


def unpacked(content: bytes) -> bytes:
    """What a file holds."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"\n".join(name.encode() + b": " + unpacked(parts.read(name)) for name in parts.namelist())


def heard(desk: Office, capfd: pytest.CaptureFixture[str], commands: Sequence[tuple[str, ...]] = COMMANDS) -> bytes:
    """What commands say and write."""
    said = []
    for name, *options in commands:
        which = [] if name == "due" else [desk.report] if name == "status" else [desk.report, "--meeting", "2017-01-23"]
        assert run([name, *which, *options]) in (0, 1, 3)
        said.append(f"$ {name} {options}\n" + "".join(capfd.readouterr()))
    return "\n".join(said).encode() + everything(desk.folder / "outputs")


def canaries(told: bytes) -> list[bytes]:
    """What surrounds every word that should not be there."""
    return [told[max(0, each.start() - 160) : each.end() + 60] for each in WORD.finditer(told)]


def withheld(desk: Office, wrong: str, number: str = "") -> None:
    """A letter that may not be published, with something wrong."""
    cells = SOUND | {"exempt": "3", "date": day("2017-01-06")} | LETTERS[wrong]
    letter(desk, **(cells | {"ref": f"Canaryref{number}", "file": f"canary{number}.pdf"}))
    (desk.inputs / "appendices" / f"canary{number}.pdf").write_bytes(b"%PDF-1.4 canary")


EACH_TIME = ("its date cannot be read",)


@pytest.mark.parametrize(
    "wrong", [each if each in EACH_TIME else pytest.param(each, marks=pytest.mark.deep) for each in LETTERS]
)
def test_nothing_of_an_exempt_letter_is_said_whatever_is_wrong_with_it(
    wrong: str, desk: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    withheld(desk, wrong)
    assert canaries(heard(desk, capfd, (("build",), ("check", "-v")))) == []


def test_nothing_of_exempt_rows_is_said_or_written_by_any_command(
    desk: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    desk.build("2016-10-17")
    for number, wrong in enumerate(LETTERS):
        withheld(desk, wrong, str(number))
    assert canaries(heard(desk, capfd)) == []
    for text in ("canary activity", "Canaryref0"):
        run(["explain", text, "--report", desk.report, "--meeting", "2017-01-23", "--json"])
        assert canaries("".join(capfd.readouterr()).replace(text, "…").encode()) == []


@pytest.mark.deep
def test_a_paper_is_published_without_a_word_of_its_exempt_rows(
    desk: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    withheld(desk, "sound")
    told = heard(desk, capfd, (("build",), ("publish",), ("status",)))
    assert b"Published as version 1" in told
    assert canaries(told) == []


def test_an_open_letter_that_answers_an_exempt_one_names_it_to_nobody(
    desk: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    withheld(desk, "sound")
    for number, more in enumerate(({"direction": "In"}, {"direction": "In", "date": day("2016-12-20")}, {})):
        letter(desk, **({"ref": f"COR-06{number}", "reply_to": "canaryref"} | more))
    assert canaries(heard(desk, capfd, (("build",), ("check", "-v")))) == []


def test_the_same_rows_would_be_heard_where_they_are_open(desk: Office, capfd: pytest.CaptureFixture[str]) -> None:
    desk.put("tracker.xlsx", "Actions", K7="No")
    letter(desk, **(SOUND | {"exempt": "No", "date": day("2017-01-06")}))
    told = heard(desk, capfd, (("build",), ("check", "-v")))
    for word in (b"Canaryref", b"canary activity", b"Canary area", b"canary.pdf"):
        assert word in told


Values = dict[str, Any]
CANARIES: dict[str, Values] = {
    "actions": {"Ref": "Canaryref", "Area of\nFocus": "Canary area", "Activities": "settle the canary matter early",
                "Deadline": day("2017-01-31"), "Status": "In progress", "Lead": "Canary Lead", "Notes": "canary note"},
    "progress": {"Update": 3, "Area": "Canary area", "Heading in table": "Canary", "Actions": 7, "Complete": 5},
    "letters": {"Ref": "Canaryref", "Date": day("2017-01-05"), "Direction": "In", "From": "Canary Ltd",
                "To": "Canary Trust", "Kind": "Canary kind", "Subject": "Canary subject", "Update": 3,
                "In reply to": "COR-041", "Reply expected": "by canary day", "Key points (one a line)": "canary point"},
    "meetings": {"Body": "Canary Board", "Short name": "Canary", "Date": day("2016-12-12"), "Venue": "Canary Hall"},
    "workshops": {"Date": day("2016-12-20"), "With": "Canary Ltd", "Purpose": "settle the canary matter"},
    "updates": {"No": 9, "Due": day("2016-11-17"), "Submitted": day("2016-11-18"), "Final?": "Yes"},
    "directions": {"Date": day("2016-11-03"), "Note": "Canary direction"},
    "workstreams": {"Workstream": "Canary stream", "Position": "canary position", "Live?": "Yes"},
    "closed_days": {"Date": day("2017-12-27"), "Reason": "canary holiday"},
    "clearances": {"Section": "finance", "File": "canary.docx", "Cleared by": "Canary Person",
                   "Date cleared": day("2017-01-10")},
}  # fmt: skip
"""One more row of each kind, as it would stand in the officers' files."""


def heading(name: str, value: object, *, to: str = "") -> Callable[[Any, int, int], None]:
    """A way of marking: a column of its own beyond the others, `to` the heading changed to that."""

    def mark(page: Any, top: int, row: int) -> None:
        column = next((cell.column for cell in page[top] if cell.value == to), None) if to else None
        column = column or page.max_column + 1
        page.cell(top, column, name)
        page.cell(row, column, value)

    return mark


def beside(page: Any, top: int, row: int) -> None:
    """Two columns for it: the first says that the row is open."""
    heading("Exempt (Sch 12A para)", "No")(page, top, row)
    heading("Exempt", "3")(page, top, row)


def merged(page: Any, top: int, row: int) -> None:
    """A marker merged over this row and a blank one above it."""
    heading("Exempt", None)(page, top, row)
    column = page.max_column
    page.insert_rows(row)
    page.cell(row, column, "3")
    page.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)


def hidden(page: Any, top: int, row: int) -> None:
    """A column that nobody sees."""
    heading("Not for publication", "Yes")(page, top, row)
    page.column_dimensions[openpyxl.utils.get_column_letter(page.max_column)].hidden = True


def unseen(page: Any, top: int, row: int) -> None:
    """A format that shows nothing of the mark."""
    heading("Exempt", "3")(page, top, row)
    page.cell(row, page.max_column).number_format = ";;;"


def unlabelled(page: Any, top: int, row: int) -> None:
    """A word at the end of the row, under no heading at all."""
    page.cell(row, page.max_column + 2, "EXEMPT")


def below_a_banner(page: Any, top: int, row: int) -> None:
    """A row that says nothing else, above."""
    page.insert_rows(row)
    page.cell(row, 1, "NOT FOR PUBLICATION")


WAYS: dict[str, Callable[[Any, int, int], None]] = {
    "the official column": heading("Exempt (Sch 12A para)", "3", to="Exempt (Sch 12A para)"),
    "the official column, in words": heading("Exempt (Sch 12A para)", "see Jane", to="Exempt (Sch 12A para)"),
    "misspelt": heading("Exmpt para", 3), "in other words": heading("Not for publication", "Yes"),
    "confidential": heading("Confidential?", "Y"), "private": heading("Private", "x"),
    "part 2": heading("Part 2", "Yes"), "not public": heading("Public?", "No"),
    "either": heading("Open / exempt", "Exempt"), "an error": heading("Exempt", "#REF!"),
    "never worked out": heading("Exempt", '=IF(A1="","3","")'), "beside another": beside, "merged": merged,
    "hidden": hidden, "hidden by its format": unseen, "under no heading": unlabelled, "below a banner": below_a_banner,
}  # fmt: skip


def plant(desk: Office, way: Callable[[Any, int, int], None] | None, *kinds: str) -> None:
    """Adds the rows of kinds that should not get out, marked in one way."""
    sources = load_report(desk.folder / "templates" / desk.report).sources
    for file in {sources[kind].file for kind in kinds}:
        book = openpyxl.load_workbook(desk.inputs / file)
        for kind in (each for each in kinds if sources[each].file == file):
            add_row(book[sources[kind].sheet or book.sheetnames[0]], CANARIES[kind], way)
        book.save(desk.inputs / file)


def add_row(page: Any, values: Values, way: Callable[[Any, int, int], None] | None) -> None:
    """One more row below a table, marked."""
    top = next(row[0].row for row in page.iter_rows() if {cell.value for cell in row} >= {*list(values)[:2]})
    last = max(cell.row for row in page.iter_rows() for cell in row if cell.value is not None) + 1
    for cell in page[top]:
        if cell.value in values:
            page.cell(last, cell.column, values[cell.value])
    if way:
        way(page, top, last)


def as_read(desk: Office) -> Inputs:
    """What is read of its files."""
    return read_inputs(load_report(desk.folder / "templates" / desk.report), desk.inputs)


OFTEN = ("misspelt", "in other words", "beside another")


@pytest.mark.parametrize(
    "way", [each if each in OFTEN else pytest.param(each, marks=pytest.mark.deep) for each in WAYS]
)
def test_a_row_of_any_kind_marked_in_any_way_is_read_apart(way: str, tmp_path: Path) -> None:
    desk = office(tmp_path)
    plant(desk, WAYS[way], *CANARIES)
    inputs = as_read(desk)
    assert canaries(repr((inputs.records, inputs.problems, inputs.sentences)).encode()) == []
    assert {each.kind for each in inputs.withheld if each.texts} >= {*CANARIES}
    assert {each.key for each in inputs.withheld} >= {"Canaryref", "3/Canary area", "2016-12-12", "9", "Canary stream"}
    undecided = any(each.paragraph == "?" for each in inputs.withheld)
    assert undecided == any(each.code == "I602" for each in inputs.problems) or way in ("an error", "never worked out")


def test_the_same_rows_are_read_where_nothing_marks_them(tmp_path: Path) -> None:
    desk = office(tmp_path)
    before = as_read(desk).records
    plant(desk, None, *CANARIES)
    inputs = as_read(desk)
    assert {kind: len(getattr(inputs.records, kind)) for kind in CANARIES} == {
        kind: len(getattr(before, kind)) + 1 for kind in CANARIES
    }
    assert inputs.withheld == ()


def test_no_byte_of_marked_rows_is_in_anything_that_is_written(desk: Office, capfd: pytest.CaptureFixture[str]) -> None:
    kinds = ("letters", "workshops", "directions", "workstreams", "clearances")
    plant(desk, WAYS["the official column"], *kinds)
    commands = (("build",), ("check", "--annotate", "-v"), ("check", "--json"), ("publish",), ("status", "--json"))
    told = heard(desk, capfd, commands)
    assert b"Published as version 1" in told
    assert b"(checked).xlsx" in told
    assert canaries(told) == []
    for file in ("tracker.xlsx", "correspondence.xlsx"):
        run(["inspect", str(desk.inputs / file)])
        run(["inspect", str(desk.inputs / file), "--json"])
    assert canaries("".join(capfd.readouterr()).encode()) == []


def test_what_has_become_exempt_is_in_no_note_and_no_comparison(
    desk: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    desk.put("tracker.xlsx", "Actions", K7="No")
    old = desk.build("2017-01-23").path
    paper = docx.Document(str(old))
    paper.add_paragraph("An officer's own words.")
    paper.save(str(old))
    assert canaries(unpacked(old.read_bytes()))
    desk.put("tracker.xlsx", "Actions", K7="3")
    new = desk.build("2017-01-23")
    assert new.note is not None
    run(["diff", desk.report, "--meeting", "2017-01-23", "--old", str(old), "--new", str(new.path), "--json"])
    written = next(old.parent.glob("*compared with*"))
    told = "".join(capfd.readouterr()).encode()
    assert "█".encode() in unpacked(written.read_bytes())
    assert canaries(new.note.read_bytes() + told + unpacked(written.read_bytes())) == []


def test_a_checked_copy_is_blank_where_a_withheld_row_stands_and_where_others_say_the_same() -> None:
    book = openpyxl.Workbook()
    page, other = book.active, book.create_sheet("Other")
    for number, row in enumerate((["Ref", "Note"], ["A1", "open"], ["A2", "canary"]), 1):
        for column, value in enumerate(row, 1):
            page.cell(number, column, value)
    page["B3"].comment = Comment("canary", "canary")
    other["C4"] = "see canary"
    saved = io.BytesIO()
    book.save(saved)
    wrong = [Problem("I406", "Wrong.", "Right.", Place("book.xlsx", page.title, "B2"))]
    private = {"withheld": {(page.title, 3)}, "private": lambda text: "canary" in text}
    assert canaries(unpacked(checked_copy(saved.getvalue(), wrong)))
    assert canaries(unpacked(checked_copy(saved.getvalue(), wrong, **private))) == []

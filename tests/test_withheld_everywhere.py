"""Nothing of a row that may not be published is said or written by any command, whatever is wrong with it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.cli.main import run
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
    ("build",), ("check",), ("check", "-v"), ("check", "--json"), ("figures",),
    ("figures", "--json"), ("diff",), ("diff", "--json"), ("status",), ("status", "--json"), ("due",),
    ("due", "--json"), ("timetable",), ("publish",),
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


@pytest.mark.parametrize("wrong", LETTERS)
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
    assert canaries(heard(desk, capfd, (("build",), ("check", "-v"), ("check", "--json")))) == []


def test_the_same_rows_would_be_heard_where_they_are_open(desk: Office, capfd: pytest.CaptureFixture[str]) -> None:
    desk.put("tracker.xlsx", "Actions", K7="No")
    letter(desk, **(SOUND | {"exempt": "No", "date": day("2017-01-06")}))
    told = heard(desk, capfd, (("build",), ("check", "-v")))
    for word in (b"Canaryref", b"canary activity", b"Canary area", b"canary.pdf"):
        assert word in told

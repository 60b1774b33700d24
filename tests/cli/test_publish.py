"""Publishing as an officer does it, command by command."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.cli import run
from tests.office import Office, day, office, without_pdf

MEETING = ("best-value-board", "--meeting", "2017-01-23")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    without_pdf(monkeypatch)
    made = office(tmp_path)
    monkeypatch.chdir(tmp_path)
    today(monkeypatch, "2017-01-12")
    assert run(["build", *MEETING, "-q"]) == 0
    return made


def today(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """The clock of the commands that follow."""
    now = dt.datetime.fromisoformat(f"{day}T09:00+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(now.timestamp())))


@pytest.mark.deep
def test_published_again_proven_and_withdrawn(
    desk: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["publish", *MEETING]) == 0
    said = capsys.readouterr().out
    assert "Published as version 1: " in said
    seal = said.partition("Seal: ")[2].split()[0]
    today(monkeypatch, "2017-01-13")
    assert run(["publish", *MEETING]) == 0
    assert "Published as version 1 already, and nothing has changed since: " in capsys.readouterr().out
    assert run(["verify", *MEETING, "--seal", seal]) == 0
    assert run(["publish", *MEETING, "--withdraw", "A name was wrong"]) == 0
    assert "Version 1 is withdrawn." in capsys.readouterr().out
    assert run(["status", "best-value-board"]) == 0
    assert "look      Version 1 was withdrawn on Friday 13 January 2017: A name was wrong" in capsys.readouterr().out
    assert run(["verify", *MEETING, "--seal", seal]) == 0
    assert run(["verify", *MEETING, "--seal", "0" * 32]) == 1
    assert "C137" in capsys.readouterr().out


def test_a_withdrawal_without_a_reason_withdraws_nothing_and_publishes_nothing(
    desk: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["publish", *MEETING, "--withdraw", " "]) == 2
    assert "Say after --withdraw why the paper is withdrawn." in capsys.readouterr().err
    assert not list(desk.folder.glob("outputs/**/published/v*"))


@pytest.mark.deep
def test_a_supplement_shows_the_warnings_that_build_shows(
    desk: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipeline.office.supplementing.with_pdf", lambda *_: ({}, []))
    assert run(["publish", *MEETING]) == 0
    petition = ["COR-046", day("2017-01-11"), "In", "Residents", "Mayor", "Petition", "Parking", 3]
    desk.add(
        "correspondence.xlsx",
        "Log",
        [*petition, None, None, None, "Petition of residents", "COR-041 Mayor 2016-12-15.pdf"],
    )
    desk.put("tracker.xlsx", "Actions", E7="Complete", G7=day("2017-01-11"))
    capsys.readouterr()
    assert run(["supplement", *MEETING]) == 0
    shown = warnings_of(capsys.readouterr().out)
    assert any("P173" in each and "“COR-046”" in each for each in shown)
    run(["build", *MEETING])
    assert shown == warnings_of(capsys.readouterr().out)


def warnings_of(shown: str) -> list[str]:
    """The lines that warn."""
    return [each for each in shown.splitlines() if each.startswith("  warning")]

"""A clock that is years off is told with the file that knows better; a day that a person names is believed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.office import build, check, status
from pipeline.problems import PaperError
from pipeline.unattended import draft_due
from tests.office import Office, asked

MEETING = "2017-01-23"
NOW = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)


def drafted(desk: Office, now: dt.datetime = NOW) -> Path:
    """A draft made by the clock."""
    return build(desk.report, clock="read", **asked(desk.order(MEETING, now=now))).path


def told(desk: Office, now: dt.datetime) -> str:
    """What a build by the clock is refused with."""
    with pytest.raises(PaperError) as refused:
        drafted(desk, now)
    [problem] = refused.value.problems
    assert problem.code == "F136"
    return str(problem)


@pytest.mark.parametrize("year", [2015, 2016, 2026])
def test_a_clock_that_is_years_off_is_told_with_the_file_that_knows_better(desk: Office, year: int) -> None:
    drafted(desk)
    line = told(desk, NOW.replace(year=year))
    assert f"The clock of this computer says 12 January {year}, and this file is of 12 January 2017." in line
    assert f"{MEETING}/record/draft 1.json" in line
    assert f"say so once, with: --today {year}-01-12" in line


def test_every_way_into_the_outputs_tells_it(desk: Office) -> None:
    drafted(desk)
    wrong = NOW.replace(year=2015)
    order = desk.order(now=wrong)
    with pytest.raises(PaperError, match="F136"):
        check(desk.report, clock="read", **asked(order))
    [report] = status(desk.report, clock="read", **asked(order)).reports
    assert [problem.code for problem in report.problems] == ["F136"]
    due = draft_due(desk.order(now=wrong, clock="read"))
    assert [problem.code for paper in due.papers for problem in paper.problems] == ["F136"]
    assert due.code == 1


@pytest.mark.parametrize("days", [-290, -1, 0, 40, 720])
def test_a_clock_that_may_be_right_is_believed(desk: Office, days: int) -> None:
    drafted(desk)
    drafted(desk, NOW + dt.timedelta(days=days))


def test_a_day_that_a_person_names_is_believed_and_proves_nothing_later(desk: Office) -> None:
    build(desk.report, **asked(desk.order(MEETING, now=NOW)))
    record = json.loads((desk.folder / "outputs" / desk.report / MEETING / "record" / "draft 1.json").read_bytes())
    assert "made_on" not in record
    drafted(desk, NOW.replace(year=2026))


def test_the_day_said_once_is_enough(desk: Office) -> None:
    drafted(desk)
    later = NOW.replace(year=2026)
    told(desk, later)
    desk.put("tracker.xlsx", "Actions", C9="Another thing altogether")
    build(desk.report, clock="read and confirmed", **asked(desk.order(MEETING, now=later)))
    drafted(desk, later + dt.timedelta(days=1))


@pytest.mark.parametrize("known", ["acts.jsonl", "published/history.json"])
def test_acts_and_publications_know_the_day_too(desk: Office, known: str) -> None:
    path = drafted(desk).parent / known
    path.parent.mkdir(exist_ok=True)
    path.write_text('{"format": 1, "what": "keep", "at": "2019-03-01T09:00:00+00:00", "before": ""}\n')
    assert f"{MEETING}/{known}" in told(desk, NOW)


def test_on_the_command_line_only_a_day_that_nobody_named_is_held_to_it(
    desk: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    path = drafted(desk, dt.datetime.now(dt.UTC) + dt.timedelta(days=400))
    folders = [f"--{name}={desk.folder / name}" for name in ("templates", "inputs", "outputs")]
    command = ["build", desk.report, "--meeting", MEETING, *folders]
    assert cli.run(command) == 1
    assert "F136" in capsys.readouterr().err
    assert cli.run([*command, "--today", "2017-01-12"]) in (0, 1)
    assert "F136" not in capsys.readouterr().err
    assert path.exists()

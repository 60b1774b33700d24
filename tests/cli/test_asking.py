"""What stands behind the words of a paper, and behind a change, as a person asks for it."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from pipeline.cli import run
from tests.cli.test_main import words
from tests.office import Office

MEETING = ("--meeting", "2017-01-23")


def test_explain_tells_each_place_of_a_word_with_its_sentence_and_its_cells(
    desk: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words(desk, "explain", "six", *MEETING)) == 0
    wording, figure = capsys.readouterr().out.strip().split("\n\n")
    assert wording.splitlines()[:2] == [
        "“six”",
        "  in    Background: The Council sent its third six monthly update to the Secretary of State on "
        "19 September 2016.",
    ]
    assert [line for line in wording.splitlines() if line.startswith("  from")] == [
        "  from  wording.xlsx, sheet Wording, cell F12  “The Council sent its {{ last_update.number | nth }} six "
        "monthly update to the Secretary of State on {{ last_update.submitted | day }}.”"
    ]
    assert "  with  calendar.xlsx, sheet Updates, cell A4  “3”" in wording
    assert figure.startswith("“each of the six areas”\n  in    Background: The share of actions complete in each")
    assert figure.count("  from  tracker.xlsx, sheet Progress, cell A") == 6
    assert "Updates" not in figure


def test_explain_gives_the_parts_of_a_place_to_other_programs(desk: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words(desk, "explain", "six", *MEETING, "--json")) == 0
    wording, _ = json.loads(capsys.readouterr().out)["answers"]
    (source,) = wording["sources"]
    assert (source["file"], source["sheet"], source["cell"]) == ("wording.xlsx", "Wording", "F12")


@pytest.fixture
def changed(desk: Office) -> list[str]:
    """The command that compares two drafts: one action more was complete, and another area has its activity renamed."""
    first = desk.build("2017-01-23").path
    before = first.with_name("before.docx")
    before.write_bytes(first.read_bytes())
    desk.put("tracker.xlsx", "Progress", E8=41)
    desk.put("tracker.xlsx", "Actions", C9="Action Plan for Asset Rents")
    desk.put("calendar.xlsx", "Updates", C4="20/09/2016")
    now = desk.build("2017-01-23").path
    return words(desk, "diff", "--old", str(before), "--new", str(now), *MEETING)


def test_diff_names_the_cells_behind_each_change_in_a_table_laid_across_as_well(
    changed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(changed) == 0
    said = capsys.readouterr().out
    change = "~ Background\n    was  Org Culture: 93%\n    is   Org Culture: 95%\n"
    area = "sheet Progress, area Organisational Culture of update 3, columns “Complete” (E8) and “Actions” (D8)"
    assert f"{change}    from tracker.xlsx, {area}\n" in said
    assert "    from tracker.xlsx, sheet Actions, action BV-141, column “Activities” (C9)\n" in said
    assert "    from calendar.xlsx, sheet Updates, update 3, column “Submitted” (C4)\n" in said


def test_diff_gives_the_parts_of_a_place_to_other_programs(
    changed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*changed, "--json"]) == 0
    changes = {each["new"]: each for each in json.loads(capsys.readouterr().out)["changes"]}
    assert [(each["file"], each["sheet"], each["cell"]) for each in changes["Org Culture: 95%"]["sources"]] == [
        ("tracker.xlsx", "Progress", "E8"), ("tracker.xlsx", "Progress", "D8")]  # fmt: skip


def test_figures_counts_the_actions_of_the_plan_by_area(desk: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Of nine rows: one that is outside the plan and one that was withdrawn count nowhere."""
    desk.put("tracker.xlsx", "Actions", E8="Complete", G8=dt.datetime(2017, 1, 5), E9="Withdrawn")
    assert run([*words(desk, "figures", *MEETING), "--json"]) == 0
    areas = json.loads(capsys.readouterr().out)["areas"]
    assert "Statutory Monitoring Officer" not in areas
    assert areas["Property"] == {"actions": 2, "complete": 1, "open": 1, "overdue": 0, "percent": 50}
    assert areas["Communications"] == {"actions": 1, "complete": 0, "open": 1, "overdue": 0, "percent": 0}

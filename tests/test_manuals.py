"""The manuals name everything an officer may use, so that a new list or field arrives with its explanation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.formats import FILTER_NAMES
from pipeline.kinds import Direction, Meeting, Records, Workstream
from pipeline.transform.facts import Facts, answers_of
from pipeline.transform.lists import BUILT_IN
from pipeline.transform.views import View
from tests.builders import action, area, date, dates, letter, report, update, workshop

ROOT = Path(__file__).parents[1]
MANUAL = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", MANUAL))


def of_kind(kind: str) -> Facts:
    view = View(report(), Records(), dates())
    made = {
        "letter": lambda: view.letters.of(letter("A", "2017-01-01", "in", "B", "C")),
        "workshop": lambda: view.facts("workshop", workshop("2017-01-01")),
        "update": lambda: view.facts("update", update(1)),
        "area": lambda: view.facts("area", area("Grants", 1, 2)),
        "action": lambda: view.facts("action", action("A", "B")),
        "direction": lambda: view.facts("direction", Direction(key="", date=date("2017-01-01"))),
        "workstream": lambda: view.facts("workstream", Workstream(key="", name="A")),
        "meeting": lambda: view.facts("meeting", Meeting(key="", body="A", date=date("2017-01-01"))),
    }
    return made[kind]()


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_every_list_is_in_the_manual(name: str) -> None:
    assert name in NAMED


@pytest.mark.parametrize("name", sorted(FILTER_NAMES))
def test_every_filter_is_in_the_manual(name: str) -> None:
    assert any(each == name or each.startswith(f"{name}(") for each in NAMED)


@pytest.mark.parametrize(
    "kind", ["letter", "workshop", "update", "area", "action", "direction", "workstream", "meeting"]
)
def test_every_field_is_in_the_manual_on_its_own_line(kind: str) -> None:
    fields = MANUAL.split("### Fields")[1].split("### Filters")[0]
    (line,) = (line for line in fields.splitlines() if line.startswith(f"| `{kind}`"))
    told = set(re.findall(r"`(\w+)`", line.split("|")[2]))
    assert told == set(answers_of(of_kind(kind)))


def test_a_list_that_the_manual_lacks_would_be_seen() -> None:
    assert "letter burnt" not in NAMED

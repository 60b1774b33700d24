"""The manuals name everything an officer may use, so that a new list or field arrives with its explanation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.language import OPERATIONS
from pipeline.transform import vocabulary
from tests.builders import report

ROOT = Path(__file__).parents[1]
MANUAL = (ROOT / "templates" / "README.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", MANUAL))


KNOWN = vocabulary(report())


@pytest.mark.parametrize("name", KNOWN.lists)
def test_every_list_is_in_the_manual(name: str) -> None:
    assert name in NAMED


def test_the_table_of_filters_is_what_each_filter_says_of_itself() -> None:
    table = MANUAL.split("### Filters")[1].split("\n\n")[1].splitlines()[2:]
    assert table == [f"| `{each.example}` | {each.manual} |" for each in OPERATIONS.values()]


@pytest.mark.parametrize(
    "kind", ["letter", "workshop", "update", "area", "action", "direction", "workstream", "meeting"]
)
def test_every_field_is_in_the_manual_on_its_own_line(kind: str) -> None:
    fields = MANUAL.split("### Fields")[1].split("### Filters")[0]
    (line,) = (line for line in fields.splitlines() if line.startswith(f"| `{kind}`"))
    told = set(re.findall(r"`(\w+)`", line.split("|")[2]))
    assert told == set(KNOWN.kinds[kind].names)


def test_a_list_that_the_manual_lacks_would_be_seen() -> None:
    assert "letter burnt" not in NAMED

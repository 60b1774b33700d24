from __future__ import annotations

import re

import pytest

from pipeline.check import check_template
from pipeline.problems import Level
from tests.check.template.faults import leftovers, structure, tags
from tests.check.template.faults.listing import FAULTS, Fault
from tests.check.template.faults.making import OFFER, saved, sound
from tests.often import each_time

LISTED = (leftovers, structure, tags)  # imported, their faults are in the list


def lines(fault: Fault) -> tuple[str, ...]:
    """What the check says, without the accessibility rules, which have tests of their own."""
    found = check_template(fault.make(), "template.docx", OFFER)
    return tuple(str(problem) for problem in found if not problem.code.startswith("P"))


def first_of_each_code() -> set[str]:
    """The faults by which some code is told for the first time: every code has one that is tried each time."""
    told: dict[str, str] = {}
    for name, fault in FAULTS.items():
        for line in fault.lines:
            told.setdefault(line.split()[1], name)
    return set(told.values())


@pytest.mark.parametrize("name", each_time(FAULTS, first_of_each_code()))
def test_a_faulty_template_is_answered_with_exactly_these_lines(name: str) -> None:
    assert lines(FAULTS[name]) == FAULTS[name].lines


def test_every_fault_of_the_list_is_found_once_at_least() -> None:
    assert [name for name, fault in FAULTS.items() if not fault.lines] == []


def test_the_sound_template_has_nothing_wrong_with_it() -> None:
    assert check_template(saved(sound()), "template.docx", OFFER) == []


def test_without_a_report_no_name_is_unknown() -> None:
    said = check_template(FAULTS["unknown_field_under_a_heading"].make(), "template.docx", None)
    assert [problem for problem in said if problem.level is Level.ERROR] == []


def test_no_line_speaks_of_the_machinery() -> None:
    words = re.compile(
        r"\b(jinja|Jinja|(?<!\.)xml|XML|None|NaN|nan|dtype|[Tt]raceback|line \d+|[Ee]xception|[Ss]yntax)\b"
    )
    assert [line for fault in FAULTS.values() for line in fault.lines if words.search(line)] == []


def test_every_line_ends_with_one_cure() -> None:
    assert [line for fault in FAULTS.values() for line in fault.lines if not line.endswith((".", "…"))] == []


def test_the_same_file_gives_the_same_answer() -> None:
    content = FAULTS["condition_over_three_cells"].make()
    assert check_template(content, "a.docx", OFFER) == check_template(content, "a.docx", OFFER)

"""Each rule's wrong example is told of under its code, and its right one is not; and in exactly which words.

The lines stand in `examples.txt`: a heading is a code, whose wrong example is meant, or a further example. Run with
UPDATE_GOLDEN=1 (and -n 0) to write them anew, and read the difference as an officer would before keeping it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.rules import rules
from tests.lines import lines_in, written_down
from tests.rules.examples import Example, example_of, report_in, told_of

LINES = Path(__file__).parent / "examples.txt"
EXAMPLES = {code: (example_of(rule.wrong), example_of(rule.right)) for code, rule in rules().items()}
WRITTEN = {code: pair for code, pair in EXAMPLES.items() if pair[0] is not None}
FURTHER = [heading for heading in lines_in(LINES) if heading not in rules()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("examples")


def lines(made: Example | None, folder: Path) -> list[str]:
    """What is said of an example, but that its comment was not sent as a file."""
    assert made is not None
    return sorted(str(each) for each in told_of(made, report_in(folder / "board"), folder) if each.code != "I604")


def codes(told: list[str]) -> set[str]:
    return {line.split()[1] for line in told}


def expected(heading: str, found: list[str]) -> list[str]:
    if os.environ.get("UPDATE_GOLDEN"):
        written_down(LINES, {heading: found})
    return lines_in(LINES)[heading]


@pytest.mark.parametrize("code", WRITTEN)
def test_what_is_wrong_is_told_of_and_what_is_right_is_not(code: str, folder: Path) -> None:
    wrong, right = WRITTEN[code]
    found = lines(wrong, folder)
    assert code in codes(found)
    assert code not in codes(lines(right, folder))
    assert found == expected(code, found)


@pytest.mark.parametrize("heading", FURTHER)
def test_a_further_example_is_answered_with_exactly_these_lines(heading: str, folder: Path) -> None:
    found = lines(example_of(heading), folder)
    assert found == expected(heading, found)


def test_the_sound_board_has_nothing_wrong(folder: Path) -> None:
    assert lines(Example(), folder) == []


def test_nearly_every_rule_on_rows_on_words_and_on_wording_has_examples_that_run() -> None:
    judged = {code for code in rules() if code[:2] in ("I4", "P1", "W1", "W3")}
    elsewhere = {  # told of settings, files, acceptances, a whole paper or a whole draft: the faults plant them
        *("W101", "W109", "W120"),
        *("I479", "I485", "I490", "I491", "I492", "I496", "I497"),
        *("P101", "P152", "P160", "P171", "P173", "P174", "P190", "P191"),
    }
    assert judged - WRITTEN.keys() == elsewhere


def test_no_lines_are_kept_for_examples_that_are_gone() -> None:
    assert {heading for heading in lines_in(LINES) if heading in rules()} == WRITTEN.keys()

"""The catalogue of rules: every code that is raised is explained, at its levels, and every one explained is raised."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.catalogue import Entry, entries
from pipeline.problems import Level, Place
from pipeline.rules import problem, rules

CODE = re.compile(r"[A-Z]\d{3}")
SOURCES = {path: path.read_text(encoding="utf-8") for path in Path(pipeline.__file__).parent.rglob("*.py")}
LEVELS = {str(level) for level in Level}


def codes_in(source: str) -> Iterator[str]:
    """Every text of a program that is a code and nothing else."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def levels_in(source: str) -> Iterator[tuple[str, str]]:
    """Every code that a program raises by a function named after a level, and that level."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args)
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id in LEVELS and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value), call.func.id


def test_every_code_that_is_raised_is_explained_and_every_code_that_is_explained_is_raised() -> None:
    raised = {code for source in SOURCES.values() for code in codes_in(source)}
    assert sorted(raised ^ rules().keys()) == []


def test_a_code_in_a_call_is_found_and_one_in_a_sentence_is_not() -> None:
    assert list(codes_in('"""I999 in words."""\nerror("I998", place)\nCODES = {"W997": 1}\nf(\'T1\', "AB12")')) == [
        "I998",
        "W997",
    ]


def test_every_level_at_which_a_code_is_raised_is_explained() -> None:
    raised = {each for source in SOURCES.values() for each in levels_in(source)}
    assert raised
    explained = {(code, level) for code, rule in rules().items() for level in (rule.level, *rule.other_levels)}
    assert sorted(raised - explained) == []


def test_a_level_in_a_call_is_found() -> None:
    assert list(levels_in('error("I998", here)\nyield_(note("I997"))\nproblem("I996")')) == [
        ("I998", "error"),
        ("I997", "note"),
    ]


@pytest.mark.parametrize("family", sorted({code[:2] for code in rules()}))
def test_the_rules_of_a_family_are_told_in_full(family: str) -> None:
    for code, rule in entries(family).items():
        assert code.startswith(family)
        assert {rule.level, *rule.other_levels} <= LEVELS, code
        assert all((rule.title, rule.why, rule.wrong, rule.right)), code
        assert rule.wrong != rule.right, code
        assert not {"jinja", "nan", "dtype", "traceback"} & set(re.findall(r"\w+", words(rule).casefold())), code


def words(rule: Entry) -> str:
    """All that a reader sees of a rule."""
    return " ".join((rule.title, rule.why, rule.wrong, rule.right, *rule.other_levels.values()))


def test_a_problem_is_told_in_the_words_of_its_entry() -> None:
    told = problem("I480", Place("log.xlsx", "Log", "M5"), spelt="Mayr", usual="Mayor")
    assert str(told) == (
        "warning I480  log.xlsx, sheet Log, cell M5: “Mayr” is “Mayor” elsewhere. "
        "Write “Mayor” in both places if they are the same."
    )


def test_a_word_that_nobody_found_is_a_fault_of_the_program() -> None:
    with pytest.raises(LookupError):
        problem("I480", Place())

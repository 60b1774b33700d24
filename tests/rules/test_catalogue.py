"""The catalogue of rules: every code that is raised is explained, and every code that is explained is raised."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.problems import Level
from pipeline.rules.catalogue import Rule, catalogue, rules

CODE = re.compile(r"[A-Z]\d{3}")
SOURCES = sorted(Path(pipeline.__file__).parent.rglob("*.py"))


def codes_in(source: str) -> Iterator[str]:
    """Every text of a program that is a code and nothing else."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def raised() -> set[str]:
    """Every code that the program names."""
    return {code for path in SOURCES for code in codes_in(path.read_text(encoding="utf-8"))}


def test_every_code_that_is_raised_is_explained() -> None:
    assert sorted(raised() - rules().keys()) == []


def test_every_code_that_is_explained_is_raised() -> None:
    assert sorted(rules().keys() - raised()) == []


def test_a_code_in_a_call_is_found_and_one_in_a_sentence_is_not() -> None:
    assert list(codes_in('"""I999 in words."""\nerror("I998", place)\nCODES = {"W997": 1}\nf(\'T1\', "AB12")')) == [
        "I998",
        "W997",
    ]


@pytest.mark.parametrize("code", rules())
def test_a_rule_is_told_in_full(code: str) -> None:
    rule = rules()[code]
    assert rule.level in {str(level) for level in Level}
    assert all((rule.title, rule.why, rule.wrong, rule.right))
    assert rule.wrong != rule.right
    assert not {"jinja", "nan", "dtype", "traceback"} & set(re.findall(r"\w+", " ".join(texts(rule)).casefold()))


def texts(rule: Rule) -> tuple[str, ...]:
    """All that a reader sees of a rule."""
    return rule.title, rule.why, rule.wrong, rule.right


def test_a_code_explained_twice_is_refused() -> None:
    entry = '[I999]\ntitle="t"\nlevel="note"\nwhy="w"\nwrong="a"\nright="b"\n'
    assert list(catalogue([entry])) == ["I999"]
    with pytest.raises(ValueError, match="I999 is explained twice"):
        catalogue([entry, entry])

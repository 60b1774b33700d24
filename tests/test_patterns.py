"""Every pattern of the program: none that Python 3.11.0 to 3.11.4 reads wrongly, none that a long text makes slow."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]  # what the library makes of a pattern is told nowhere else
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.patterns import Pattern
from tests.office import ROOT

HELD_FAST = {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}


def compiled() -> dict[str, re.Pattern[Any]]:
    """Every pattern that a module holds, by its place: by itself, in a tuple, a list, a dictionary or a function."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                found |= {f"{module.name}.{name} {each.pattern!r}": each for each in patterns_in(value)}
    assert len(found) > 150
    return found


def patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, Pattern):
        yield value.compiled
    elif isinstance(value, re.Pattern):
        yield value
    elif isinstance(of := getattr(value, "__self__", None), re.Pattern):
        yield of
    elif isinstance(value, dict):
        yield from patterns_in((*value, *value.values()))
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from patterns_in(each)


def written(source: str) -> Iterator[str | bytes]:
    """Every text of a module's source: whatever of it is a pattern is among them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and not is_alphabet(node.value):
            yield node.value


def is_alphabet(text: str | bytes) -> bool:
    """Is a text a table of a font's characters, most of them beyond ASCII?"""
    return isinstance(text, str) and sum(not each.isascii() for each in text) > len(text) / 2


def holds_fast(pattern: str | bytes) -> bool:
    """Has a pattern a repeat or a group that gives nothing back? A text that is no pattern has none."""
    if not re.search(r"[*+?}]\+|\(\?>", pattern if isinstance(pattern, str) else pattern.decode("latin-1")):
        return False
    try:
        return bool(HELD_FAST & set(kinds(parser.parse(pattern))))
    except re.error:
        return False


def kinds(part: Any) -> Iterator[str]:
    """The kinds of everything in a pattern that was taken apart."""
    if isinstance(part, parser.SubPattern | list | tuple):
        for each in part:
            yield from kinds(each)
    elif hasattr(part, "name"):
        yield part.name


def test_no_pattern_holds_fast_what_it_found() -> None:
    """Python 3.11.0 to 3.11.4 loses the groups of a possessive repeat (CPython issue 106052)."""
    assert [place for place, each in compiled().items() if holds_fast(each.pattern)] == []
    assert [
        f"{path.relative_to(ROOT)}: {text!r}"
        for path in sorted(Path(pipeline.__file__).parent.rglob("*.py"))
        for text in written(path.read_text(encoding="utf-8"))
        if holds_fast(text)
    ] == []


@pytest.mark.parametrize("pattern", ["a++", "(?:ab)*+c", "a?+", "a{2,3}+", "(?>a|b)", rb"r(?: x)?+>([^<]*+)<"])
def test_one_that_did_would_be_seen(pattern: str | bytes) -> None:
    assert holds_fast(pattern)
    assert pattern in written(f"import re\nX = re.sub({pattern!r}, '', text)")


@pytest.mark.parametrize("pattern", [r"\+\+\+x", "[*+?]+", r"a\?+", "(a+)+", "C++ (that is"])
def test_one_that_does_not_is_let_be(pattern: str) -> None:
    assert not holds_fast(pattern)


def cued() -> dict[str, Pattern]:
    """The patterns that are only looked for where a cue stands."""
    names = (module.name for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."))
    held = (value for name in names for value in vars(importlib.import_module(name)).values())
    return {each.expression: each for each in held if isinstance(each, Pattern) and each.cues}


def without_a_cue(pattern: Pattern, text: str) -> bool:
    """Is there a match in a text in which no cue is seen?"""
    return bool(pattern.compiled.search(text)) and not pattern.may_be_in(text)


@given(st.data())
def test_each_match_holds_a_cue(data: st.DataObject) -> None:
    """What an expression would find is never passed over; one whose cue is not in all of its matches would be seen."""
    pattern = data.draw(st.sampled_from(sorted(cued().values(), key=lambda each: each.expression)))
    assert not without_a_cue(pattern, data.draw(st.from_regex(pattern.compiled)))


def test_one_whose_cue_is_missing_would_be_seen() -> None:
    pattern = Pattern(r"\b(?:soon|now)\b", re.IGNORECASE, cues=("soon",))
    assert [without_a_cue(pattern, text) for text in ("Soon.", "Now.", "never")] == [False, True, False]


LONG = 10_000
SLOW = 0.03
"""Seconds of the processor for 10,000 characters: a linear pattern takes a hundredth of it."""
RUNS = (" ", "0", "a")
MORE_RUNS = (
    "A", "(", "{{", "{%", "{ ", "[", "[[", "<", "<w:p ", "“", "a ", "1,", "1.", "a@", "a.a", "0 0", "\n", "x=\"", "&",
    "_", "-", "'", "of ", "1 January ", "on 1 ", "to that the ", "=a", ' a="b"', "<a ", "<0", "PAGE ", "{{a", "\xa0",
    "beginbfchar ", "Act ", "a-", "January ", "paragraph 1.1 ", "by ", "will be ", "$", "\t", "\\n", "%", ":", "/",
)  # fmt: skip


def ways(place: str, pattern: re.Pattern[Any]) -> set[str]:
    """How its module applies a pattern; by searching, where that is not plain to see."""
    module, _, name = place.split(maxsplit=1)[0].rpartition(".")
    own = Path(str(importlib.import_module(module).__file__)).read_text(encoding="utf-8") if module else ""
    used = set(re.findall(rf"\b{name}\.(search|match|fullmatch|finditer|findall|split|subn?)\(", own))
    return {each if each in ("fullmatch", "match") else "finditer" for each in used} or {"finditer"}


def seconds(pattern: re.Pattern[Any], way: str, text: str) -> float:
    """What it costs to apply a pattern once to a text, the least of three times."""
    subject: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    taken = []
    for _ in range(3):
        before = time.process_time()
        found = getattr(pattern, way)(subject)
        for _ in found if way == "finditer" else ():
            pass
        taken.append(time.process_time() - before)
        if taken[-1] < SLOW:
            break
    return min(taken)


BOUNDED = {"pipeline.language.parsing.FIELD", "pipeline.language.FIELD", "pipeline.check.wording.rows.FIELD"}
"""Steps of a pattern end after 2,000 characters, and what it is put to is one cell of at most 32,767."""


def slow(place: str, pattern: re.Pattern[Any], runs: Iterable[str]) -> Iterator[str]:
    """The runs over which a pattern takes too long, between words and at an end that does not fit."""
    texts = {each: f"x 23{each * (LONG // len(each))}January!\x00" for each in runs}
    texts |= {f"{each} alone": each * (LONG // len(each)) for each in runs}
    for each, text in texts.items():
        for way in ways(place, pattern):
            if seconds(pattern, way, text) > SLOW:
                yield f"{place} {way} over {each!r}"


@pytest.mark.deep
def test_no_pattern_is_slow_over_a_long_run_of_one_thing() -> None:
    assert [each for place, pattern in compiled().items() for each in slow(place, pattern, RUNS)] == []


@pytest.mark.deep
@pytest.mark.slow
def test_no_pattern_is_slow_over_any_run() -> None:
    found = [each for place, pattern in compiled().items() for each in slow(place, pattern, MORE_RUNS)]
    assert [each for each in found if each.split(maxsplit=1)[0] not in BOUNDED] == []


@pytest.mark.deep
@pytest.mark.parametrize("pattern", [r"\s*/\s*", r"\{\{.*?\}\}", r"(\d+)*\D$", rb"a*b"])
def test_one_that_is_would_be_seen(pattern: str | bytes) -> None:
    runs = ("{{", *RUNS) if pattern != r"(\d+)*\D$" else ()
    if runs:
        assert next(slow("X", re.compile(pattern, re.DOTALL), runs), "")
    else:
        assert seconds(re.compile(pattern), "match", "0" * 22) > SLOW

"""Settings read line by line: either as the library reads them, or left to it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.plain_toml import loads, plainly

SHIPPED = sorted((Path(__file__).parents[1] / "templates").glob("*/report.toml"))
NAMES = st.sampled_from(["a", "b", "c-d", "1", '"x y"', '""', '"a"', "a.b", "é", '"a#b"', " a ", "'a'"])
VALUES = st.sampled_from(
    ['"x"', '""', '"a # b"', '"“é”"', '"a\\nb"', '"a\tb"', '"a\x7fb"', '"open', "'x'", '"""x"""', "1", "01",
     "0", "-1", "1_0", "1.5", "1979-05-27", "true", "false", "True", "[]", "[ ]", '["a"]', '[ "a" , "b" ]', '["a",]',
     "[1]",
     '[["a"]]', '["a"',
     '{ a = "x" }', '{a="x", b = ["y"]}', "{}", "{ }", '{ a = "x", a = "y" }', '{ a = "x", }', "{ a = 1 }",
     "99999999999"]
)  # fmt: skip
ENDS = st.sampled_from(["", " ", " # note", "#", " # a\tb", " # a\x01b", "\r", " x"])
LINES = st.one_of(
    st.builds("[{}]{}".format, NAMES, ENDS), st.builds("[{}.{}]{}".format, NAMES, NAMES, ENDS),
    st.builds("{} = {}{}".format, NAMES, VALUES, ENDS), st.sampled_from(["", "   ", "# note", "[[a]]", "[a", "a", "="]),
)  # fmt: skip


def shape(value: object) -> object:
    """A value with the order of its names and its types."""
    if isinstance(value, dict):
        return [(name, shape(inner)) for name, inner in value.items()]
    return [shape(inner) for inner in value] if isinstance(value, list) else (type(value), value)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_shipped_settings_are_plain(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert shape(plainly(text)) == shape(tomllib.loads(text))


@settings(max_examples=500, deadline=None)
@given(st.lists(LINES, max_size=6).map("\n".join))
def test_what_is_read_is_what_the_library_reads(text: str) -> None:
    found = plainly(text)
    if found is not None:
        assert shape(found) == shape(tomllib.loads(text))


def test_what_is_not_plain_is_read_by_the_library() -> None:
    text = "a.b = 1\nc = [\n1, 2]\n"
    assert plainly(text) is None
    assert loads(text) == {"a": {"b": 1}, "c": [1, 2]}


def test_long_lines_take_no_longer_letter_by_letter() -> None:
    for line in (
        " " * 200_000 + "x",
        'a = "' + "x" * 200_000,
        "a = [" + '"x", ' * 50_000,
        "a = {" + 'a = "x", ' * 50_000,
    ):
        assert plainly(line) is None

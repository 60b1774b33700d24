"""Data as JSON: an entry a line, an item a line, in pieces, whatever the texts hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store import as_json, kept_json, kept_texts

AWKWARD = ['"', '}, {"": null}, {', ', {"": null}, ', "\\", "two\nlines", "“–é", "\u2028", ""]


def test_an_entry_and_an_item_of_a_list_have_a_line_each() -> None:
    text = b"".join(as_json({"b": [{"y": 1, "x": [1, 2]}, "z"], "a": {"d": 1, "c": None}, "n": []})).decode()
    assert text == '{\n"a": {"c": null, "d": 1},\n"b": [\n {"x": [1, 2], "y": 1},\n "z"\n],\n"n": []\n}\n'
    assert b"".join(as_json({})) == b"{\n}\n"


@pytest.mark.parametrize("number", [1, 499, 500, 501, 1500])
def test_what_was_written_is_read_again(number: int) -> None:
    items = [{"text": text, "number": n} for n in range(number) for text in AWKWARD]
    text = b"".join(as_json({"items": items, **{word: word for word in AWKWARD}})).decode()
    assert json.loads(text) == {"items": items, **{word: word for word in AWKWARD}}
    assert text.count("\n") == len(items) + len(AWKWARD) + 4


def test_what_makes_the_items_is_asked_for_a_piece_at_a_time() -> None:
    made = 0

    def items() -> Iterator[dict[str, str]]:
        nonlocal made
        for made in range(1, 20_001):  # noqa: B007
            yield {"text": "x" * 50}

    pieces = as_json({"items": items()})
    first = next(pieces)
    assert made < 2000
    rest = list(pieces)
    assert made == 20_000
    assert max(map(len, [first, *rest])) < 1 << 18
    assert len(json.loads(b"".join([first, *rest]))["items"]) == 20_000


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[" * 99_999, b"1" * 9_999, b'["\\ud800"]', b'{"a": NaN', b"\x00"],
    ids=["empty", "half", "no text", "deep", "a long number", "half a character", "cut short", "nothing"],
)
def test_whatever_a_file_that_the_program_keeps_holds_it_is_read_or_as_good_as_none(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "kept.json").write_bytes(content)
    assert kept_json(tmp_path / "kept.json") is None
    assert kept_json(tmp_path / "gone.json") is None
    (tmp_path / "kept.json").write_text('["\\ud83d\\ude00", "\\\\ud"]')
    assert kept_json(tmp_path / "kept.json") == ["\U0001f600", "\\ud"]


def test_of_texts_by_name_what_is_no_text_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "kept.json").write_text('{"a": "b", "c": ["d"], "e": null}')
    assert kept_texts(tmp_path / "kept.json") == {"a": "b"}
    (tmp_path / "kept.json").write_text("[1]")
    assert kept_texts(tmp_path / "kept.json") == {}

"""Data as JSON: an entry a line, an item a line, in pieces, whatever the texts hold."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from pipeline.files import as_json

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

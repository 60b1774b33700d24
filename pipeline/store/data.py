"""Data as JSON, fit to be read and to be compared line by line, and written piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

PIECE = 1 << 16
TOGETHER = 500
BETWEEN: Mapping[str, None] = {"": None}  # an entry that no data has

as_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def kept_json(path: Path) -> Any:
    """What a file of JSON holds; None where the file is gone, or damaged however badly."""
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text)
        if "\\ud" in text.lower():  # half a character, which nothing can be written with
            as_text(data).encode()
        return data
    except (OSError, ValueError, RecursionError):
        return None


def kept_texts(path: Path) -> dict[str, str]:
    """The texts that a file of JSON keeps by name; none where it is gone or damaged, and not what is no text."""
    known = kept_json(path)
    return {name: text for name, text in known.items() if isinstance(text, str)} if isinstance(known, dict) else {}


def as_json(data: Mapping[str, object]) -> Iterator[bytes]:
    """Data as JSON, an entry a line and an item of a list a line, some at a time: the record of a long paper is never
    in memory as a whole. A list may be given as what makes its items.
    """
    held, size = list[str](), 0
    for text in entries(data):
        held.append(text)
        size += len(text)
        if size > PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def entries(data: Mapping[str, object]) -> Iterator[str]:
    """The entries, in order of name."""
    yield "{"
    before = "\n"
    for name in sorted(data):
        yield f"{before}{as_text(name)}: "
        yield from json_lines(data[name])
        before = ",\n"
    yield "\n}\n"


def json_lines(value: object) -> Iterator[str]:
    """A value on one line; a list, or what is made item by item, with an item a line."""
    if not isinstance(value, (list, Iterator)):
        yield as_text(value)
        return
    items, before = iter(value), "[\n "
    while some := list(islice(items, TOGETHER)):
        yield before
        yield parted(some)
        before = ",\n "
    yield "[]" if before.startswith("[") else "\n]"


def parted(items: Sequence[object]) -> str:
    """Items of a list, a line each: quoted in one go, which is cheaper than one by one, and parted then."""
    mixed = [part for item in items for part in (item, BETWEEN)][:-1]
    return as_text(mixed)[1:-1].replace(f", {as_text(BETWEEN)}, ", ",\n ")

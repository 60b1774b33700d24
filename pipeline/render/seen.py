"""What is seen when a part is read back: paragraphs, rows and tables as values, and characters behind references."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.render.grammar import NotWellFormed

_ENTITY = re.compile("&([^;]{0,9};?)")
_ENTITIES = {"lt;": "<", "gt;": ">", "quot;": '"', "apos;": "'", "amp;": "&"}


class Item(NamedTuple):
    """A paragraph outside tables, or a row (a text a cell). `mark` may be empty; `table` is its number, or -1."""

    mark: bytes
    texts: tuple[str, ...]
    table: int


@dataclass(slots=True)
class Reading:
    """What a part holds: items, names of bookmarks, REF targets and section tags in order; faults as (code, text).

    `end` are its last bytes.
    """

    items: list[Item] = field(default_factory=list)
    names: list[bytes] = field(default_factory=list)
    references: list[bytes] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    tables: int = 0
    end: bytes = b""


class TableSeen:
    """A table while it is read: its number, its columns, and the row that is open."""

    __slots__ = ("cells", "columns", "mark", "number", "rows", "texts", "width")

    def __init__(self, number: int) -> None:
        self.number, self.columns, self.rows = number, 0, 0
        self.cells, self.texts, self.width, self.mark = list[str](), list[str](), 0, b""


def plain(text: str) -> str:
    """The text with its references (`&amp;`, `&#65;`) as the characters they mean. Raises NotWellFormed."""
    return _ENTITY.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("#"):
        digits = name[1:].removesuffix(";")
        return chr(int(digits[1:], 16) if digits.startswith("x") else int(digits))
    if name not in _ENTITIES:
        raise NotWellFormed(f"&{name}")
    return _ENTITIES[name]

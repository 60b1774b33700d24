"""What a template sees of the context: its blocks and rows with their marks, and nothing that leads elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from pipeline.blocks import Block, Context, Row, Table
from pipeline.render.text import repeated_key, row_key

KEEP = b"<w:keepNext/>"
_NUMBER = b'<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>'
NO_LISTS: Mapping[str, int] = MappingProxyType({})
LONGEST_GROUP = 12  # rows: a longer group would not fit on the rest of a page, and Word then breaks where it likes


def number_in(number: int, level: int) -> bytes:
    """A paragraph's place in a list."""
    return _NUMBER % (level, number)


class Numbers(NamedTuple):
    """Bookmark numbers: those of the template first, then `stride` for each view (its own and the repeated ones)."""

    first: int
    stride: int


class View:
    """A block, a table, a row of one or a group of its rows.

    `of` is what it shows, `record` what expressions ask: a row's own record, else the view itself with its `values`.
    `number` counts the views of a paper; `table` is the key of the table that it stands in; `keep` and `first` are for
    the layout. A long table has as many views as rows: what can be worked out is not kept.
    """

    __slots__ = ("first", "keep", "name", "number", "of", "record", "table", "values")

    def __init__(
        self, of: Any, name: str, number: int, values: Mapping[str, Any], *, record: Any = None, table: str = ""
    ) -> None:
        self.of, self.name, self.number, self.values, self.table = of, name, number, values, table
        self.record = self if record is None else record
        self.keep, self.first = b"", False

    @property
    def key(self) -> str:
        """What it goes by in the whole paper."""
        return row_key(self.table, self.name) if self.table else self.name

    def marked(self, template_key: str) -> str:
        """The key of its own mark; with a key of the template, that of something that is printed once for each."""
        return repeated_key(template_key, self.key) if template_key else self.key


class Shown(View):
    """A block or a table of a section, with the views of its rows; `listed` is the place in a list of its own, `drawn`
    a table that somebody sent, ready to be printed.
    """

    rows: Sequence[View] = ()
    listed: bytes = b""
    drawn: Any = None

    @cached_property
    def by_record(self) -> Mapping[int, View]:
        """The views of its rows by the identity of what they show."""
        return {id(row.record): row for row in self.rows}


class Words(dict[str, str]):
    """A block's fields; its text is put together only where a template asks for it other than to print it."""

    def __init__(self, block: Block) -> None:
        super().__init__(style=block.style, key=block.key, list="")
        self.block = block

    def __missing__(self, name: str) -> str:
        if name != "text":
            raise KeyError(name)
        return self.block.text

    def get(self, name: str, default: Any = None) -> Any:
        """A field of the block."""
        return self.block.text if name == "text" else super().get(name, default)


def views(context: Context, numbers: Mapping[str, int] = NO_LISTS) -> Mapping[str, list[Shown]]:
    """The blocks of each section, numbered; `numbers` are those of lists. A table without rows is left out."""
    number, named = 1, dict[str, list[Shown]]()
    for name, blocks in context.sections.items():
        named[name] = []
        for block in blocks:
            if isinstance(block, Block):
                named[name].append(shown_block(block, number, numbers))
                number += 1
            elif block.rows:
                named[name].append(shown_table(block, number))
                number += 1 + len(block.rows)
    return named


def shown_block(block: Block, number: int, numbers: Mapping[str, int]) -> Shown:
    """A paragraph, and its place in a list of its own."""
    shown = Shown(block, block.key, number, Words(block))
    if block.listed and block.listed.list in numbers:
        shown.listed = number_in(numbers[block.listed.list], block.listed.level)
    return shown


def shown_table(table: Table, number: int) -> Shown:
    """A table with its rows."""
    shown = Shown(table, table.key, number, {"text": "", "style": "", "key": table.key, "list": table.list})
    shown.rows = [row_view(row, at, table.key) for at, row in enumerate(table.rows, number + 1)]
    shown.rows[0].first = True
    return shown


def row_view(row: Row, number: int, table: str) -> View:
    """A row of a table."""
    return View(row, row.key, number, row.values, record=row.record, table=table)


def kept_together(rows: Sequence[View], fields: Sequence[str]) -> None:
    """Keeps each row that is followed by another of its group (the same text in `fields`) with the next."""
    names = [tuple(row.values.get(field) for field in fields) for row in rows]
    first = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or names[place] != names[first]:
            kept = KEEP if place - first <= LONGEST_GROUP else b""
            for row in rows[first : place - 1]:
                row.keep = kept
            rows[place - 1].keep = b""
            first = place

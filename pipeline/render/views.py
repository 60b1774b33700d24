"""What a template sees of the context: plain values by name, and nothing that leads anywhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.blocks import Block, Context, Run, Table
from pipeline.render.identity import mark_end, mark_start, row_key

KEEP = b"<w:keepNext/>"
LONGEST_GROUP = 12  # rows: a longer group would not fit on the rest of a page, and Word then breaks where it likes


class BlockText(str):
    """A block's text; where the template has room for runs (`{{r block.text }}`) it is printed with its formatting."""

    __slots__ = ("runs",)
    runs: tuple[Run, ...]


class View:
    """A block, table or row. `start` and `end` are its mark; `number` counts the views of a paper."""

    __slots__ = ("end", "keep", "key", "number", "start")

    def __init__(self, key: str, number: int, numbers: Numbers) -> None:
        self.key, self.number, self.keep = key, number, b""
        mark = numbers.mark(number)
        self.start, self.end = mark_start(mark, key), mark_end(mark)


class Numbers:
    """Bookmark numbers: those of the template first, then `stride` for each view (its own and the repeated ones)."""

    __slots__ = ("first", "stride")

    def __init__(self, first: int, stride: int) -> None:
        self.first, self.stride = first, stride

    def mark(self, view: int, repeated: int = 0) -> int:
        """The number of a view's own mark, or of the `repeated`th one that the template prints for it."""
        return self.first + view * self.stride + repeated


class BlockView(View):
    """A paragraph."""

    __slots__ = ("block",)

    def __init__(self, block: Block, number: int, numbers: Numbers) -> None:
        super().__init__(block.key, number, numbers)
        self.block = block

    def field(self, name: str) -> object:
        """`text`, `style`, `key`, `list` (empty) and `rows` (none). Raises KeyError for any other name."""
        if name == "text":
            text = BlockText(self.block.text)
            text.runs = self.block.runs
            return text
        return {"style": self.block.style, "key": self.key, "list": "", "rows": ()}[name]


class TableView(View):
    """A list shown as a table."""

    __slots__ = ("rows", "table")

    def __init__(self, table: Table, number: int, numbers: Numbers) -> None:
        super().__init__(table.key, number, numbers)
        self.table = table
        self.rows = [
            RowView(row_key(table.key, row.key), row.values, number + place, numbers)
            for place, row in enumerate(table.rows, 1)
        ]

    def field(self, name: str) -> object:
        """`list`, `rows`, `key`, `style` and `text` (both empty). Raises KeyError for any other name."""
        return (
            self.rows if name == "rows" else {"list": self.table.list, "key": self.key, "style": "", "text": ""}[name]
        )


class RowView(View):
    """A row; its fields are the names of its values."""

    __slots__ = ("values",)

    def __init__(self, key: str, values: Mapping[str, str], number: int, numbers: Numbers) -> None:
        super().__init__(key, number, numbers)
        self.values = values

    def field(self, name: str) -> object:
        """The printed text of a field. Raises KeyError where the row has none of that name."""
        return self.values[name]


def views(context: Context, numbers: Numbers) -> dict[str, object]:
    """The names a template may use: fields as text, sections as lists of views. A table without rows is left out."""
    number = 1
    named: dict[str, object] = dict(context.fields)
    for name, blocks in context.sections.items():
        shown: list[View] = []
        for block in blocks:
            if isinstance(block, Block):
                shown.append(BlockView(block, number, numbers))
                number += 1
            elif block.rows:
                shown.append(TableView(block, number, numbers))
                number += 1 + len(block.rows)
        named[name] = shown
    return named


def grouped(rows: Sequence[object], *fields: str) -> Sequence[object]:
    """The same rows; each that is followed by another of its group (same text in `fields`) is kept with the next."""
    ours = [row for row in rows if isinstance(row, RowView)]
    if fields and len(ours) == len(rows):
        _keep_groups(ours, fields)
    return rows


def _keep_groups(rows: Sequence[RowView], fields: tuple[str, ...]) -> None:
    name = fields[0]
    names = [row.values.get(name) for row in rows] if len(fields) == 1 else [
        tuple(row.values.get(field) for field in fields) for row in rows
    ]  # fmt: skip
    first = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or names[place] != names[first]:
            kept = KEEP if place - first <= LONGEST_GROUP else b""
            for row in rows[first : place - 1]:
                row.keep = kept
            rows[place - 1].keep = b""
            first = place

"""What a template sees of the context: plain values by name, and nothing that leads anywhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.blocks import Block, Context, Run, Table
from pipeline.render.text import mark_end, mark_start, row_key, runs_bytes

KEEP = b"<w:keepNext/>"
LONGEST_GROUP = 12  # rows: a longer group would not fit on the rest of a page, and Word then breaks where it likes


class BlockText(str):
    """A block's text; where the template has room for runs (`{{r block.text }}`) it is printed with its formatting."""

    __slots__ = ("runs",)
    runs: tuple[Run, ...]


class View:
    """A block, table or row: its `fields` by name, `keep` and `first` for the layout, and its mark when asked for.

    `number` counts the views of a paper, `mark` is its bookmark's number, `table` the key of the table that it is a row
    of. A long table has as many views as rows: what can be worked out is not kept.
    """

    __slots__ = ("fields", "first", "keep", "mark", "name", "number", "runs_of", "table")

    def __init__(
        self,
        name: str,
        number: int,
        mark: int,
        fields: Mapping[str, object],
        runs: tuple[Run, ...] = (),
        table: str = "",
    ) -> None:
        self.name, self.number, self.mark, self.fields, self.runs_of, self.table = (
            name,
            number,
            mark,
            fields,
            runs,
            table,
        )
        self.keep, self.first = b"", False

    @property
    def key(self) -> str:
        """What the view goes by in the whole paper."""
        return row_key(self.table, self.name) if self.table else self.name

    @property
    def start(self) -> bytes:
        """The start of its own mark."""
        return mark_start(self.mark, self.key)

    @property
    def end(self) -> bytes:
        """The end of its own mark."""
        return mark_end(self.mark)

    @property
    def runs(self) -> bytes:
        """The formatted text of a block, ready to print."""
        return runs_bytes(self.runs_of)


class Numbers:
    """Bookmark numbers: those of the template first, then `stride` for each view (its own and the repeated ones)."""

    __slots__ = ("first", "stride")

    def __init__(self, first: int, stride: int) -> None:
        self.first, self.stride = first, stride

    def mark(self, view: int, repeated: int = 0) -> int:
        """The number of a view's own mark, or of the `repeated`th one that the template prints for it."""
        return self.first + view * self.stride + repeated


class _BlockFields(dict[str, object]):
    """A block's fields; its text is put together only where a template asks for it other than to print it."""

    __slots__ = ("runs",)
    runs: tuple[Run, ...]

    def __missing__(self, name: str) -> object:
        if name != "text":
            raise KeyError(name)
        text = BlockText("".join(run.text for run in self.runs))
        text.runs = self.runs
        return text


def _block_view(block: Block, number: int, numbers: Numbers) -> View:
    fields = _BlockFields(style=block.style, key=block.key, list="", rows=())
    fields.runs = block.runs
    return View(block.key, number, numbers.mark(number), fields, block.runs)


def _table_view(table: Table, number: int, numbers: Numbers) -> View:
    rows = [
        View(row.key, place, numbers.mark(place), row.values, table=table.key)
        for place, row in enumerate(table.rows, number + 1)
    ]
    rows[0].first = True
    fields = {"text": "", "style": "", "key": table.key, "list": table.list, "rows": rows}
    return View(table.key, number, numbers.mark(number), fields)


def views(context: Context, numbers: Numbers) -> dict[str, object]:
    """The names a template may use: fields as text, sections as lists of views. A table without rows is left out."""
    number = 1
    named: dict[str, object] = dict(context.fields)
    for name, blocks in context.sections.items():
        shown: list[View] = []
        for block in blocks:
            if isinstance(block, Block):
                shown.append(_block_view(block, number, numbers))
                number += 1
            elif block.rows:
                shown.append(_table_view(block, number, numbers))
                number += 1 + len(block.rows)
        named[name] = shown
    return named


def grouped(rows: Sequence[object], *fields: str) -> Sequence[object]:
    """The same rows; each that is followed by another of its group (same text in `fields`) is kept with the next."""
    ours = [row for row in rows if isinstance(row, View)]
    if fields and len(ours) == len(rows):
        _keep_groups(ours, fields)
    return rows


def _keep_groups(rows: Sequence[View], fields: tuple[str, ...]) -> None:
    name = fields[0]
    names = (
        [row.fields.get(name) for row in rows]
        if len(fields) == 1
        else [tuple(row.fields.get(field) for field in fields) for row in rows]
    )
    first = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or names[place] != names[first]:
            kept = KEEP if place - first <= LONGEST_GROUP else b""
            for row in rows[first : place - 1]:
                row.keep = kept
            rows[place - 1].keep = b""
            first = place

"""What is read of a Word comment before it is judged: lines, and in each what a paper cannot show."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.blocks import Cell, Drawn, Listed, Run
from pipeline.opc import Element

ListStyle = Literal["", "bullet", "number"]
Trouble = Literal[
    "inserted",
    "deleted",
    "table",
    "comment",
    "footnote",
    "picture",
    "text box",
    "prompt",
    "hidden",
    "struck",
    "equation",
    "embedded",
    "heading",
    "symbol",
    "field",
    "highlighted",
    "label",
    "link",
    "nested",
]


class Found(NamedTuple):
    """Something that cannot go into a paper as it is, and the words it is about."""

    what: Trouble
    text: str = ""


class Line(NamedTuple):
    """A paragraph, or a row of a table with a tab between its paragraphs; what was found in it; how it is listed, and
    as which `item`; the level of a heading, 0 for none; of a row its `cells`, and what else it is `drawn` with.
    """

    runs: tuple[Run, ...]
    found: tuple[Found, ...] = ()
    listed: ListStyle = ""
    paragraph: Element | None = None
    heading: int = 0
    item: Listed | None = None
    cells: tuple[LineCell, ...] = ()
    drawn: Drawn | None = None
    is_note: bool = False

    @property
    def text(self) -> str:
        """Its text without its looks."""
        return "".join(run.text for run in self.runs)

    @property
    def all_found(self) -> tuple[Found, ...]:
        """What was found in it and in its cells."""
        return (*self.found, *(found for cell in self.cells for line in cell.lines for found in line.found))


class LineCell(NamedTuple):
    """A cell of a row: its lines, and how it is merged with others."""

    lines: tuple[Line, ...]
    cell: Cell

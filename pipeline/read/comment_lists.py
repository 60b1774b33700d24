"""The lists of a Word comment: its items with the labels that Word shows before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.blocks import Listed, ListLevel
from pipeline.opc import Element
from pipeline.read.comment_data import Found, Line
from pipeline.word.numbering import Level, Numbered, NumberedList, Numbering, labelled, next_label

_DEEPEST = 9


def with_labels(lines: Sequence[Line], root: Element, numbering: Numbering) -> list[Line]:
    """The lines, each item of a list with what its label comes from; one whose label cannot be kept is told of.

    A list that starts again, or goes on where lines between were left out, is one of its own. A bullet of the first
    level has no label, and looks as the paper's own do.
    """
    if not any(line.listed or line.cells for line in lines):
        return list(lines)
    labels = {numbered.paragraph: numbered for numbered in labelled(root, numbering)}
    return [*_Items(numbering).listed(lines, labels)]


class _Open(NamedTuple):
    """A list that goes on: its name, its levels, and how far it has counted."""

    name: str
    levels: Mapping[int, Level]
    counted: dict[int, int]


class _Items:
    """Gives the items of a text their lists."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.open = dict[str, _Open]()
        self.lists = 0

    def listed(self, lines: Sequence[Line], labels: Mapping[Element, Numbered]) -> Iterator[Line]:
        """The lines with their places in lists."""
        for line in lines:
            cells = tuple(cell._replace(lines=tuple(self.listed(cell.lines, labels))) for cell in line.cells)
            numbered = labels.get(line.paragraph) if line.paragraph is not None and line.text.strip() else None
            yield line._replace(cells=cells) if numbered is None or not line.listed else self.item(line, numbered)

    def item(self, line: Line, numbered: Numbered) -> Line:
        """One item: of the list that has counted up to it, else of a new one that starts there."""
        number, level = numbered.place or ("", 0)
        of = self.numbering.lists[number]
        if line.listed == "bullet" and not level:
            return line
        if line.listed == "number" and not of.is_kept(level):
            return line._replace(found=(*line.found, Found("label", numbered.label)))
        there = self._going_on(of, level, numbered) or self._new(of, level, numbered)
        levels = tuple(_level(there.levels.get(at)) for at in range(_DEEPEST))
        return line._replace(item=Listed(there.name, level, levels))

    def _going_on(self, of: NumberedList, level: int, numbered: Numbered) -> _Open | None:
        there = self.open.get(of.design)
        if there is None:
            return None
        count = dict(there.counted)
        if next_label(there.levels, level, count) != numbered.label:
            return None
        self.open[of.design] = there._replace(counted=count)
        return self.open[of.design]

    def _new(self, of: NumberedList, level: int, numbered: Numbered) -> _Open:
        self.lists += 1
        starts = {at: numbered.counts.get(at, each.start) for at, each in of.levels.items() if at <= level}
        levels = {at: each._replace(start=starts.get(at, each.start)) for at, each in of.levels.items()}
        there = _Open(str(self.lists), levels, {})
        next_label(levels, level, there.counted)
        self.open[of.design] = there
        return there


def _level(level: Level | None) -> ListLevel:
    return ListLevel(level.text, level.start, level.form) if level else ListLevel("", 1, "none")

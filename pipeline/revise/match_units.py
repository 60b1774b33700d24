"""A paper as units: its paragraphs and table rows in order, and which marks of ours lie on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.revise.edit_marks import END, START, our_mark
from pipeline.revise.edit_runs import is_pending
from pipeline.revise.paper import Paper
from pipeline.revise.wordwise import normalised
from pipeline.word.story import Story
from pipeline.word.xml import ID, PARAGRAPH, ROW, TEXT, Element, units


@dataclass(slots=True, eq=False)
class Unit:
    """A paragraph, or a row of `table`: `texts` are canonical, one a cell; `cover`: characters under each mark."""

    element: Element
    number: int
    texts: tuple[str, ...]
    table: Element | None = None
    heading: str = ""
    cover: dict[str, int] = field(default_factory=dict)
    flat: str = ""

    @property
    def is_row(self) -> bool:
        """Whether it is a table row."""
        return self.table is not None

    @property
    def pending(self) -> bool:
        """Whether somebody's tracked changes wait in it."""
        return is_pending(self.element)

    @property
    def attached(self) -> bool:
        """Whether it still stands in its paper (and was not taken out)."""
        return self.element.getparent() is not None

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.table is None and bool(self.flat) and self.flat == self.heading

    @property
    def first(self) -> Element:
        """Its (first) paragraph."""
        return self.element if self.table is None else next(self.element.iter(PARAGRAPH))


def words_of(units: Sequence[Unit]) -> tuple[str, ...]:
    """What units say that are one block: a text a cell; the parts of a paragraph that was split are one text."""
    if len(units) > 1:
        return (" ".join(unit.texts[0] for unit in units),)
    return units[0].texts if units else ()


def units_of(paper: Paper) -> list[Unit]:
    """Every paragraph of the body and every table row, in order, each with the heading above it."""
    found: list[Unit] = []
    heading, story, styles = "", Story(paper.body), paper.styles
    for number, (element, table) in enumerate(units(paper.body)):
        texts = story.kept(element)
        flat = normalised("\n".join(texts))
        if table is None and flat and styles.is_heading(element):
            heading = flat
        found.append(Unit(element, number, texts, table, heading, flat=flat))
    _cover(paper.body, found)
    return found


def _cover(body: Element, found: list[Unit]) -> None:
    """Counts the characters of each unit under each mark. A mark without an end covers only the row it begins in."""
    ended = {end.get(ID) for end in body.iter(END)}
    unit_of = {unit.element: unit for unit in found}
    unit, covering = Unit(body, -1, ()), dict[str | None, str]()
    for element in body.iter(PARAGRAPH, ROW, START, END, TEXT):
        unit = unit_of.get(element, unit)
        number = element.get(ID)
        if element.tag == START and (mark := our_mark(element)):
            if number in ended:
                covering[number] = mark
            if unit.is_row:
                unit.cover.setdefault(mark, 1)
        elif element.tag == END:
            covering.pop(number, None)
        elif element.tag == TEXT:
            for mark in set(covering.values()):
                unit.cover[mark] = unit.cover.get(mark, 0) + len(element.text or "")

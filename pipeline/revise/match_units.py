"""An officer's paper as units: its paragraphs and table rows in order, and which marks of ours lie on them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.revise.edit_marks import END, START, our_mark
from pipeline.revise.edit_runs import is_pending
from pipeline.revise.wordwise import normalised
from pipeline.word.story import Story
from pipeline.word.xml import ID, PARAGRAPH, TEXT, Element, qn, units


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
    def first(self) -> Element:
        """Its (first) paragraph."""
        return self.element if self.table is None else next(self.element.iter(PARAGRAPH))


def units_of(body: Element, headings: frozenset[str]) -> list[Unit]:
    """Every paragraph of the body and every table row, in order. `headings` are the ids of heading styles."""
    found: list[Unit] = []
    heading, story = "", Story(body)
    for number, (element, table) in enumerate(units(body)):
        texts = story.kept(element)
        flat = normalised("\n".join(texts))
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if table is None else None
        if style is not None and style.get(qn("w:val")) in headings and flat:
            heading = flat
        found.append(Unit(element, number, texts, table, heading, flat=flat))
    _cover(body, found)
    return found


def _cover(body: Element, found: list[Unit]) -> None:
    """Counts the characters of each unit under each mark. A mark without an end does not count."""
    ended = {end.get(ID) for end in body.iter(END)}
    unit_of = {unit.element: unit for unit in found}
    open_marks: dict[str, str] = {}
    unit: Unit | None = None
    for element in body.iter(PARAGRAPH, qn("w:tr"), START, END, TEXT):
        if element in unit_of:
            unit = unit_of[element]
        elif element.tag == START and (mark := our_mark(element)) and element.get(ID) in ended:
            open_marks[element.get(ID, "")] = mark
        elif element.tag == END:
            open_marks.pop(element.get(ID, ""), None)
        elif element.tag == TEXT and unit is not None and open_marks:
            for mark in set(open_marks.values()):
                unit.cover[mark] = unit.cover.get(mark, 0) + len(element.text or "")
        if unit is not None and unit.is_row and element.tag == START and (mark := our_mark(element)):
            unit.cover.setdefault(mark, 1)

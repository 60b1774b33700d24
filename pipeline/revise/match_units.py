"""A paper as units, its paragraphs and table rows, and a block as all sides have it, by the units that it stands in."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.baseline import Written
from pipeline.problems import Place
from pipeline.revise.decide import Reason
from pipeline.revise.edit_marks import END, START, our_mark
from pipeline.revise.edit_runs import is_pending
from pipeline.revise.paper import Paper
from pipeline.revise.wordwise import as_compared, line, normalised
from pipeline.word.story import Story
from pipeline.word.xml import ID, PARAGRAPH, ROW, TEXT, Element, cells, first_of, units


@dataclass(slots=True, eq=False)
class Unit:
    """A paragraph, or a row of `table`: `texts` are canonical, one a cell, without those of the cells `own`, by their
    numbers, which are in columns that an officer put in; `cover`: characters under each mark.
    """

    element: Element
    number: int
    texts: tuple[str, ...]
    table: Element | None = None
    heading: str = ""
    cover: dict[str, int] = field(default_factory=dict)
    flat: str = ""
    own: Sequence[int] = ()

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

    def count(self, marks: Iterable[str], text: str) -> None:
        """Adds a text that stands under these marks."""
        self.cover |= {mark: self.cover.get(mark, 0) + len(text) for mark in marks}

    @property
    def has_own_words(self) -> bool:
        """Whether an officer's own column says something in it."""
        return bool(self.own) and self.flat != normalised("\n".join(self.texts))

    @property
    def cells(self) -> list[Element]:
        """The cells of a row in which its texts stand."""
        return [cell for n, cell in enumerate(cells(self.element)) if n not in self.own]

    @property
    def first(self) -> Element:
        """Its (first) paragraph."""
        return self.element if self.table is None else next(self.element.iter(PARAGRAPH))


def words_of(units: Sequence[Unit]) -> tuple[str, ...]:
    """What units say that are one block: a text a cell; the parts of a paragraph that was split are one text."""
    if len(units) > 1:
        return (" ".join(unit.texts[0] for unit in units),)
    return units[0].texts if units else ()


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One block of a paper, as all sides have it.

    `old` is what the last draft wrote (None: nothing), `new` what the facts give now (None: they do not call for it).
    `units` are where it stands in the officer's paper: several where its paragraph was split, none where it was
    deleted, or `joined` to another block's. `fresh` is where it stands in the new paper. `likely` is the block of the
    last draft that what the facts give is likely to be, where that is not sure. `merged` are the numbers of the texts
    that stand in cells which an officer merged.
    """

    key: str
    old: Written | None = None
    new: Written | None = None
    units: Sequence[Unit] = ()
    joined: Unit | None = None
    fresh: Unit | None = None
    is_row: bool = False
    likely: Written | None = None
    merged: Collection[int] = ()

    @property
    def last(self) -> Written:
        """What the last draft wrote; for a block that is new, what the facts give."""
        return self.old or self.new or Written(self.key, ())

    @property
    def there(self) -> Sequence[Unit]:
        """The units in which its words stand."""
        return self.units or ([self.joined] if self.joined else ())

    @property
    def unit(self) -> Unit | None:
        """The first unit in which its words stand."""
        return next(iter(self.there), None)

    @property
    def words(self) -> tuple[str, ...]:
        """What the officer's paper says there: a text for each cell of a row."""
        return words_of(self.there)

    @property
    def lines(self) -> tuple[str, str, str]:
        """What was written, what the facts give now, and what stands there; each in one line, blank where nothing."""
        old, new = (line(written.texts) if written else "" for written in (self.old, self.new))
        return old, new, line(self.words)

    @property
    def sources(self) -> tuple[Place, ...]:
        """The cells or letters behind what the facts give now, or gave last."""
        return (self.new or self.last).sources

    @property
    def pending(self) -> bool:
        """Whether somebody's tracked changes wait in it."""
        return any(unit.pending for unit in self.there)

    @property
    def reason(self) -> Reason:
        """Why no change may be made inside it; blank where one may."""
        if self.likely:
            return "alike"
        return "joined" if self.joined else "split" if len(self.units) > 1 else ""

    @property
    def called_for(self) -> tuple[str, ...]:
        """What the facts give now; nothing where they do not call for it."""
        return self.new.texts if self.new else ()

    @property
    def facts(self) -> tuple[str, ...]:
        """What the facts give now: blank texts where they no longer call for it."""
        return self.new.texts if self.new else ("",) * len(self.last.texts)

    @property
    def told(self) -> tuple[str, ...]:
        """What the last draft was told for each text: what it took, or what it left."""
        return self.last.told if len(self.last.told) == len(self.last.texts) else self.last.texts

    @property
    def is_told(self) -> bool:
        """Was the last draft told already of what the facts give now?"""
        return as_compared(self.last.told) == as_compared(self.facts)


@dataclass(frozen=True)
class Matched:
    """The blocks of the last draft and those of the new paper by key, each in its order, and the officer's units.
    `printed` are hashes of what earlier drafts printed in blocks that the last one had no more.
    """

    known: Mapping[str, Block]
    new: Mapping[str, Block]
    units: Sequence[Unit]
    printed: Collection[str] = ()

    @property
    def own(self) -> list[Unit]:
        """The units that belong to nobody but the officer."""
        taken = {unit.number for block in self.known.values() for unit in block.units}
        return [unit for unit in self.units if unit.flat and unit.number not in taken]


def units_of(paper: Paper, blocks: Collection[str] = ()) -> list[Unit]:
    """Every paragraph of the body and every table row, in order, each with the heading above it; after a row its
    paragraphs that have one of the marks `blocks`, which are none of the row's text.
    """
    marked = (first_of(start, PARAGRAPH) for start in paper.body.iter(START) if our_mark(start) in blocks)
    apart = {each for each in marked if each is not None and first_of(each, ROW) is not None}
    found: list[Unit] = []
    heading, story, styles = "", Story(paper.body), paper.styles
    for number, (element, table) in enumerate(units(paper.body, apart)):
        texts = story.kept(element, apart)
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
    unit = row = Unit(body, -1, ())
    covering = dict[str | None, str]()
    for element in body.iter(PARAGRAPH, ROW, START, END, TEXT):
        unit = unit_of.get(element, row if _is_in(element, row) else unit)
        row, number = unit if unit.is_row else row, element.get(ID)
        if element.tag == START:
            covering |= _begun(element, unit, ended)
        elif element.tag == END:
            covering.pop(number, None)
        elif element.tag == TEXT:
            unit.count(covering.values(), element.text or "")


def _is_in(element: Element, row: Unit) -> bool:
    return element.tag == PARAGRAPH and first_of(element, ROW) is row.element


def _begun(start: Element, unit: Unit, ended: Container[str | None]) -> dict[str | None, str]:
    """The mark that begins in a unit, by its number, where it has an end too."""
    mark, number = our_mark(start), start.get(ID)
    if mark and unit.is_row:
        unit.cover.setdefault(mark, 1)
    return {number: mark} if mark and number in ended else {}

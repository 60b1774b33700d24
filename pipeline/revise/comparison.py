"""The comparison of two papers: blocks laid side by side, rows and cells within tables, words within paragraphs."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.baseline import Written
from pipeline.revise.align import Item, Pair, align
from pipeline.revise.edit_marks import START, our_mark
from pipeline.revise.edit_runs import Piece, cut, explode, pieces
from pipeline.revise.edit_tracked import Kind, Revisions, track_paragraph, track_row
from pipeline.revise.edit_transplant import Transplant
from pipeline.revise.edit_words import CannotEditError, Replacement, replace
from pipeline.revise.outcome import excerpts
from pipeline.revise.paper import Paper
from pipeline.revise.wordwise import changes, offsets, tokens
from pipeline.word.story import seen
from pipeline.word.xml import ID, NAME, PARAGRAPH, ROW, RUN, TABLE, Element, blocks, cells, make, qn
from pipeline.word.xml import rows as rows_of


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: a block's key (`` for an officer's own), its old and new words, shortened, the heading above it,
    and the cells or letters behind the new words."""

    key: str
    kind: Literal["added", "removed", "changed"]
    old: str
    new: str
    place: str
    sources: tuple[str, ...] = ()


class Comparison:
    """Walks two papers side by side and marks, in the old one, what turns it into the new one."""

    def __init__(self, old: Paper, new: Paper, revisions: Revisions, written: dict[str, Written]) -> None:
        self.revisions, self.written = revisions, written
        self.transplant = Transplant(old, new, ())
        self.styles = old.styles, new.styles
        self.marks = {mark for start in old.body.iter(START) if (mark := our_mark(start))}
        self.last_mark = max((int(n) for s in old.body.iter(START) if (n := s.get(ID, "")).isdigit()), default=0)
        self.heading = ""
        self.changes: list[Change] = []

    def contents(self, old: Element, new: Element) -> None:
        """Compares what stands in two bodies or cells."""
        pairs = align(list(blocks(old)), list(blocks(new)), ends_meet=True)
        before: Element | None = None
        for pair in pairs:
            self._note_heading(pair)
            if pair.old is None:
                before = self._insert(pair, before, old)
            elif pair.new is None:
                self._delete(pair.old)
                before = pair.old.element
            else:
                before = self._change(pair.old, pair.new)

    def _note_heading(self, pair: Pair) -> None:
        one = pair.new or pair.old
        styles = self.styles[1] if pair.new else self.styles[0]
        if one and one.element.tag == PARAGRAPH and styles.is_heading(one.element):
            self.heading = one.flat

    def _tell(self, kind: Literal["added", "removed", "changed"], old: Item | None, new: Item | None) -> None:
        marks = sorted((old.marks if old else frozenset()) | (new.marks if new else frozenset()))
        block = next((self.written[mark] for mark in marks if mark in self.written), None)
        texts = excerpts(old.flat if old else "", new.flat if new else "")
        self.changes.append(
            Change(block.key if block else "", kind, *texts, self.heading, block.sources if block else ())
        )

    def _insert(self, pair: Pair, before: Element | None, container: Element) -> Element:
        assert pair.new is not None  # noqa: S101
        twin = self._copy(pair.new.element)
        if before is not None:
            before.addnext(twin)
        else:
            next(blocks(container)).addprevious(twin)
        self._track(twin, "ins")
        self._tell_all("added", pair.new)
        return twin

    def _delete(self, gone: Item) -> None:
        self._track(gone.element, "del")
        self._tell_all("removed", gone)

    def _tell_all(self, kind: Literal["added", "removed"], one: Item) -> None:
        parts = (
            [one]
            if one.element.tag != TABLE
            else [pair.old for pair in align(list(rows_of(one.element)), []) if pair.old]
        )
        for part in parts:
            if part.flat:
                self._tell(kind, *((None, part) if kind == "added" else (part, None)))

    def _track(self, element: Element, kind: Kind) -> None:
        if element.tag == PARAGRAPH:
            track_paragraph(element, self.revisions, kind)
        else:
            for row in [element] if element.tag == ROW else rows_of(element):
                track_row(row, self.revisions, kind)

    def _change(self, old: Item, new: Item) -> Element:
        """Compares two that stand for each other; returns the last element that now stands for them."""
        if old.element.tag == PARAGRAPH:
            if track_words(old.element, self.transplant.copy(new.element), self.revisions):
                self._tell("changed", old, new)
            return old.element
        if _width(old.element) != _width(new.element):
            self._delete(old)
            return self._insert(Pair(None, new), old.element, old.element)
        self._rows(old.element, new.element)
        return old.element

    def _rows(self, old: Element, new: Element) -> None:
        before: Element | None = None
        for pair in align(list(rows_of(old)), list(rows_of(new))):
            if pair.old is not None and pair.new is not None and self._same_cells(pair.old, pair.new):
                before = pair.old.element
                continue
            if pair.old is not None:
                self._delete(pair.old)
                before = pair.old.element
            if pair.new is not None:
                before = self._insert_row(pair.new, before, old)

    def _insert_row(self, new: Item, before: Element | None, table: Element) -> Element:
        twin = self._copy(new.element)
        if before is None:
            next(rows_of(table)).addprevious(twin)
        else:
            before.addnext(twin)
        self._track(twin, "ins")
        self._tell_all("added", new)
        return twin

    def _same_cells(self, old: Item, new: Item) -> bool:
        """Compares two rows cell by cell; False, and nothing done, where they have not as many cells."""
        theirs, ours = list(cells(old.element)), list(cells(new.element))
        if len(theirs) != len(ours):
            return False
        told = len(self.changes)
        for one, other in zip(theirs, ours, strict=True):
            self.contents(one, other)
        if len(self.changes) > told:
            changed = self.changes[told:]
            del self.changes[told:]
            words = "; ".join(c.old for c in changed if c.old), "; ".join(c.new for c in changed if c.new)
            self._tell_row(old, new, words)
        return True

    def _tell_row(self, old: Item, new: Item, words: tuple[str, str]) -> None:
        self._tell("changed", old, new)
        last = self.changes.pop()
        self.changes.append(Change(last.key, last.kind, *words, last.place, last.sources))

    def _copy(self, element: Element) -> Element:
        """A copy in the old paper's styles, under its marks where the old paper does not have them."""
        twin = self.transplant.copy(element)
        for ours, theirs in zip(_paragraphs(element), _paragraphs(twin), strict=False):
            for mark in {our_mark(start) for start in ours.iter(START)} - self.marks - {""}:
                self.marks.add(mark)
                self.last_mark += 1
                start = make("w:bookmarkStart", id=self.last_mark)
                start.set(NAME, mark)
                theirs.insert(1 if theirs.find(qn("w:pPr")) is not None else 0, start)
                theirs.append(make("w:bookmarkEnd", id=self.last_mark))
        return twin


def _paragraphs(element: Element) -> Sequence[Element]:
    return [element] if element.tag == PARAGRAPH else list(element.iter(PARAGRAPH))


def _width(table: Element) -> int:
    return max((len(list(cells(row))) for row in rows_of(table)), default=0)


def _shown(piece: Piece) -> str:
    """What a field shows, apart from any word that is no field."""
    return f"\0{''.join(piece.shows)}"


def _tokens(found: list[Piece]) -> tuple[list[str], list[int]]:
    """The words for comparison, and where in the canonical text each starts and the last ends."""
    compared: list[str] = []
    lengths: list[str] = []
    text = ""
    for piece in [*found, Piece("", [], "field", [])]:
        if piece.kind in ("text", "sign"):
            text += piece.text
            continue
        compared += tokens(text)
        lengths += tokens(text)
        text = ""
        if piece.text:
            compared.append(_shown(piece))
            lengths.append(piece.text)
    return compared, offsets(lengths)


def track_words(old: Element, new: Element, revisions: Revisions) -> bool:
    """Marks in `old` what turns it into `new` (a copy in its styles, used up). False where the two read alike."""
    explode(old)
    explode(new)
    theirs, ours = pieces(old), pieces(new)
    (before, at), (after, place) = _tokens(theirs), _tokens(ours)
    found = changes(before, after, exact=True)
    replacements = []
    for change in reversed(found):
        first, last = cut(ours, place[change.first]), cut(ours, place[change.last])
        runs = tuple(copy.deepcopy(run) for piece in ours[first:last] for run in piece.runs)
        replacements.append(Replacement(at[change.start], at[change.end], runs))
    try:
        replace(old, replacements, revisions)
    except CannotEditError:
        return _track_all(old, new, revisions)
    return bool(found)


def _track_all(old: Element, new: Element, revisions: Revisions) -> bool:
    """All words out, all words in: for a paragraph that cannot be cut into pieces."""
    if seen(old).text == seen(new).text:
        return False
    revisions.wrap([run for run in old.iter(RUN) if run.getparent() is old], "del")
    runs = [copy.deepcopy(run) for run in new if run.tag == RUN]
    old.extend(runs)
    revisions.wrap(runs, "ins")
    return True

"""Two drafts compared: a Word file with tracked changes from the old one to the new one, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from pipeline.baseline import Written
from pipeline.blocks import mark_name, sources_of
from pipeline.problems import PaperError, Place, error
from pipeline.revise.align import Item, align, item
from pipeline.revise.edit_marks import START, last_number, our_mark, put_mark
from pipeline.revise.edit_tracked import Kind, Revisions, accept_all, free_ids, reject_all, track_paragraph, track_row
from pipeline.revise.edit_transplant import Transplant
from pipeline.revise.edit_words import track_words
from pipeline.revise.outcome import behind, excerpts
from pipeline.revise.paper import Paper, open_paper
from pipeline.word.baselines import read_baseline
from pipeline.word.story import Story
from pipeline.word.xml import PARAGRAPH, ROW, TABLE, Element, blocks, cells, rows


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: a block's key (`` for an officer's own), its old and new words, shortened, the heading above it,
    and the cells or letters behind the words that changed."""

    key: str
    kind: Literal["added", "removed", "changed"]
    old: str
    new: str
    place: str
    sources: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Redline:
    """The compared paper as a Word file, and its changes in order."""

    content: bytes
    changes: tuple[Change, ...]


def redlined(old: bytes, new: bytes, *, when: datetime, author: str) -> Redline:
    """The old draft with tracked changes: accept all and it reads as the new one, reject all and it is the old one.

    Works on any two drafts; tracked changes that wait in either are taken as accepted. Headers and footers are the old
    draft's. Raises PaperError (R105) if the result would not read as both drafts do.
    """
    before, after = open_paper(old, "the old draft"), open_paper(new, "the new draft")
    accept_all(before.body)
    accept_all(after.body)
    wanted = _texts(before.body), _texts(after.body)
    written = [{mark_name(block.key): block for block in _written(draft)} for draft in (old, new)]
    work = _Comparison(before, after, Revisions(free_ids(before.root), when, author), written)
    changes = work.compared(before.body, after.body)
    content = before.content()
    if _read(content, reject_all) != wanted[0] or _read(content, accept_all) != wanted[1]:
        raise PaperError(_UNPROVEN)
    return Redline(content, tuple(changes))


_UNPROVEN = error(
    "R105",
    Place(file="the old draft"),
    "The two drafts could not be compared: tracked changes would not have shown every difference.",
    "Open both drafts in Word, accept their tracked changes, save them, and compare again.",
)


def _texts(body: Element) -> list[list[str]]:
    tables = [[str(len(list(rows(table))))] for table in body.iter(TABLE)]
    return [[paragraph.text for paragraph in Story(body).paragraphs.values()], *tables]


def _read(content: bytes, resolve: Callable[[Element], None]) -> list[list[str]]:
    body = open_paper(content, "the comparison").body
    resolve(body)
    return _texts(body)


def _written(draft: bytes) -> Iterable[Written]:
    baseline = read_baseline(draft)
    return baseline.blocks if baseline else ()


Blocks = Mapping[str, Written]
"""What the program wrote in a draft, by mark."""


class _Comparison:
    """Walks two papers side by side and marks, in the old one, what turns it into the new one."""

    def __init__(self, old: Paper, new: Paper, revisions: Revisions, written: Sequence[Blocks]) -> None:
        self.revisions, self.styles = revisions, (old.styles, new.styles)
        self.was, self.now = written
        self.transplant = Transplant(old, new, ())
        self.marks = {mark for start in old.body.iter(START) if (mark := our_mark(start))}
        self.last_mark = last_number(old.body)
        self.heading, self.columns = "", list[str]()

    def compared(self, old: Element, new: Element) -> list[Change]:
        """The changes between what stands in two bodies, cells or tables: of a table its rows, else its blocks."""
        inside = rows if old.tag == TABLE else blocks
        if old.tag == TABLE:
            self.columns = [item(cell).flat for cell in cells(next(rows(old)))]
        found: list[Change] = []
        before: Element | None = None
        for pair in align(list(inside(old)), list(inside(new)), ends_meet=old.tag != TABLE):
            self._note_heading(pair.old, pair.new)
            if pair.old and pair.new and _width(pair.old.element) == _width(pair.new.element):
                found += self._changes(pair.old, pair.new)
                before = pair.old.element
                continue
            if pair.old:
                self._track(pair.old.element, "del")
                found += [self._change("removed", one, None) for one in _parts(pair.old)]
                before = pair.old.element
            if pair.new:
                before = self._insert(pair.new.element, before, next(inside(old), None))
                found += [self._change("added", None, one) for one in _parts(pair.new)]
        return found

    def _insert(self, element: Element, before: Element | None, first: Element | None) -> Element:
        """A copy of an element of the new paper, tracked, after what stands before, else before the first."""
        twin = self._copy(element)
        if before is not None:
            before.addnext(twin)
        elif first is not None:
            first.addprevious(twin)
        self._track(twin, "ins")
        return twin

    def _note_heading(self, old: Item | None, new: Item | None) -> None:
        one, styles = (new, self.styles[1]) if new else (old, self.styles[0])
        if one and one.element.tag == PARAGRAPH and styles.is_heading(one.element):
            self.heading = one.flat

    def _changes(self, old: Item, new: Item) -> list[Change]:
        """The changes between two that stand for each other; a row's in one."""
        if old.element.tag == PARAGRAPH:
            changed = track_words(old.element, self.transplant.copy(new.element), self.revisions)
            return [self._change("changed", old, new)] if changed else []
        if old.element.tag == TABLE:
            return self.compared(old.element, new.element)
        return self._row_changes(old, new)

    def _row_changes(self, old: Item, new: Item) -> list[Change]:
        """What changed in a row, each under the heading of its column, beside what the row begins with."""
        beside = list(zip(cells(old.element), cells(new.element), strict=True))
        names = self.columns if len(self.columns) == len(beside) else [""] * len(beside)
        inside = [(name, each) for name, pair in zip(names, beside, strict=True) for each in self.compared(*pair)]
        if not inside:
            return []
        was = "; ".join(under(name, each.old) for name, each in inside if each.old)
        now = "; ".join(under(name, each.new) for name, each in inside if each.new)
        place = ", ".join(filter(None, (self.heading, in_words(item(beside[0][1]).flat))))
        return [replace(self._change("changed", old, new), old=was, new=now, place=place)]

    def _change(self, kind: Literal["added", "removed", "changed"], old: Item | None, new: Item | None) -> Change:
        marks = sorted(frozenset().union(*(one.marks for one in (old, new) if one)))
        was, now = (next(filter(None, map(known.get, marks)), None) for known in (self.was, self.now))
        texts = excerpts(*(one.flat if one else "" for one in (old, new)))
        block = now or was or Written("", ())
        changed = behind(now, was.told or was.texts) if was and now else block.facts
        return Change(block.key, kind, *texts, self.heading, sources_of(changed))

    def _track(self, element: Element, kind: Kind) -> None:
        if element.tag == PARAGRAPH:
            track_paragraph(element, self.revisions, kind)
        else:
            for row in [element] if element.tag == ROW else rows(element):
                track_row(row, self.revisions, kind)

    def _copy(self, element: Element) -> Element:
        """A copy in the old paper's styles, under its marks where the old paper does not have them."""
        twin = self.transplant.copy(element)
        for ours, theirs in zip(element.iter(PARAGRAPH), twin.iter(PARAGRAPH), strict=False):
            for mark in sorted({our_mark(start) for start in ours.iter(START)} - self.marks - {""}):
                self.marks.add(mark)
                self.last_mark += 1
                put_mark(mark, self.last_mark, theirs, theirs)
        return twin


def in_words(text: str) -> str:
    """A text that has letters; blank for a figure, which names no row."""
    return text if any(map(str.isalpha, text)) else ""


def under(column: str, text: str) -> str:
    """What changed in a row, under the heading of its column."""
    return f"{column}: {text}" if column not in ("", text) else text


def _parts(one: Item) -> list[Item]:
    """What is told of an item that is gone or new: the rows of a table, else itself; not what has no words."""
    parts = map(item, rows(one.element)) if one.element.tag == TABLE else [one]
    return [part for part in parts if part.flat]


def _width(element: Element) -> int:
    """How many cells a row has, or the widest of a table's; 0 for a paragraph."""
    if element.tag == TABLE:
        return max(map(_width, rows(element)), default=0)
    return len(list(cells(element))) if element.tag == ROW else 0

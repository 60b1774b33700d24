"""Tracked changes: words, paragraphs and table rows, marked as inserted or deleted for Word to accept or reject."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from pipeline.revise.edit_runs import PROPERTIES, runs_in
from pipeline.word.xml import (
    ID,
    PARAGRAPH,
    ROW,
    RUN,
    TABLE,
    Element,
    cells,
    make,
    paragraphs,
    properties,
    put,
    qn,
    remove,
    unwrap,
)

Kind = Literal["ins", "del"]
_DELETED_NAMES = {qn("w:t"): qn("w:delText"), qn("w:instrText"): qn("w:delInstrText")}
_REMOVED, _ADDED = (tuple(map(qn, names)) for names in (("w:del", "w:moveFrom"), ("w:ins", "w:moveTo")))
_HISTORY = tuple(
    qn(f"w:{name}")
    for name in (
        *("rPrChange", "pPrChange", "trPrChange", "tcPrChange", "tblPrChange", "sectPrChange", "tblGridChange"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)
_ROW_PROPERTIES, _PARAGRAPH_PROPERTIES = map(qn, ("w:trPr", "w:pPr"))


def free_ids(root: Element) -> Iterator[int]:
    """Numbers for marks and changes that a document does not use yet."""
    used = (element.get(ID, "") for element in root.iter() if isinstance(element.tag, str))
    return itertools.count(max((int(number) for number in used if number.isdigit()), default=0) + 1)


class Revisions:
    """Makes `w:ins` and `w:del` elements under ids that the document does not use yet; `made` holds those given out."""

    def __init__(self, ids: Iterator[int], when: datetime, author: str) -> None:
        self.when, self.author, self.ids = when.strftime("%Y-%m-%dT%H:%M:%SZ"), author, ids
        self.made: set[str] = set()

    def mark(self, kind: Kind) -> Element:
        """A new, empty `w:ins` or `w:del`."""
        number = next(self.ids)
        self.made.add(str(number))
        return make(f"w:{kind}", id=number, author=self.author, date=self.when)

    def wrap(self, nodes: Iterable[Element], kind: Kind) -> None:
        """Puts runs into `w:ins` or `w:del`, neighbours together."""
        mark: Element | None = None
        for node in nodes:
            if mark is None or mark.getnext() is not node:
                mark = self.mark(kind)
                node.addprevious(mark)
            mark.append(node)
            for leaf in list(node.iter(*_DELETED_NAMES)) if kind == "del" else ():
                leaf.tag = _DELETED_NAMES[str(leaf.tag)]


def changes_of(element: Element) -> list[tuple[str, str]]:
    """The ids of the tracked insertions and deletions in an element, each with who made it."""
    return [(e.get(ID, ""), e.get(qn("w:author"), "")) for e in element.iter(qn("w:ins"), qn("w:del"))]


def track_paragraph(paragraph: Element, revisions: Revisions, kind: Kind, *, mark: bool = True) -> None:
    """Marks a paragraph's runs, and with `mark` its end too, as inserted or deleted."""
    revisions.wrap(list(runs_in(paragraph)), kind)
    if mark:
        props = properties(paragraph, "w:pPr")
        look = props.find(PROPERTIES)
        put(put(props, make("w:rPr")) if look is None else look, revisions.mark(kind))


def track_row(row: Element, revisions: Revisions, kind: Kind) -> None:
    """Marks a table row and all its words as inserted or deleted: Word wants both."""
    props = properties(row, "w:trPr")
    if len(props) == 0:
        put(props, make("w:hidden", val="0"))  # the schema wants one property beside the mark; this one says nothing
    put(props, revisions.mark(kind))
    for cell in cells(row):
        for paragraph in paragraphs(cell):
            track_paragraph(paragraph, revisions, kind, mark=False)


def accept_all(root: Element) -> None:
    """Accepts every tracked change below `root`, as Word's "Accept all changes" does."""
    remove(row for row in root.iter(ROW) if row.find(f"{_ROW_PROPERTIES}/{_REMOVED[0]}") is not None)
    remove(table for table in root.iter(TABLE) if next(table.iter(ROW), None) is None)
    joined = list(filter(_is_joined, root.iter(PARAGRAPH)))
    remove(change for change in root.iter(*_REMOVED) if not _is_mark(change))
    for paragraph in joined:
        _join(paragraph)
    for change in list(root.iter(*_ADDED, *_REMOVED)):
        unwrap(change)
    remove(root.iter(*_HISTORY))


def reject_all(root: Element) -> None:
    """Rejects every tracked change of words, paragraphs and rows below `root`."""
    kinds = {qn("w:ins"): qn("w:del"), qn("w:del"): qn("w:ins")}
    names = {**kinds, **{deleted: name for name, deleted in _DELETED_NAMES.items()}}
    for element in list(root.iter(*names)):
        element.tag = names[str(element.tag)]
    accept_all(root)


def _is_joined(paragraph: Element) -> bool:
    """Is its end deleted, so that what follows goes on in it?"""
    ended = f"{_PARAGRAPH_PROPERTIES}/{PROPERTIES}"
    return any(paragraph.find(f"{ended}/{removed}") is not None for removed in _REMOVED)


def _is_mark(change: Element) -> bool:
    parent = change.getparent()
    return parent is not None and parent.tag in (PROPERTIES, _ROW_PROPERTIES)


def _join(paragraph: Element) -> None:
    content = [child for child in paragraph if child.tag != _PARAGRAPH_PROPERTIES]
    following = paragraph.getnext()
    if following is not None and following.tag == PARAGRAPH:
        at = 1 if following.find(_PARAGRAPH_PROPERTIES) is not None else 0
        following[at:at] = content
        remove([paragraph])
    elif not any(child.tag == RUN for child in content) and following is not None:
        remove([paragraph])

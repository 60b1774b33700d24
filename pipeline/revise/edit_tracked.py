"""Tracked changes: words, paragraphs and table rows, marked as inserted or deleted for Word to accept or reject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from pipeline.word.xml import ID, PARAGRAPH, RUN, WRAPPERS, Element, cells, make, paragraphs, properties, put, qn

Kind = Literal["ins", "del"]
_DELETED_NAMES = {qn("w:t"): qn("w:delText"), qn("w:instrText"): qn("w:delInstrText")}


class Revisions:
    """Makes `w:ins` and `w:del` elements under ids that the document does not use yet; `made` holds those given out."""

    def __init__(self, root: Element, when: datetime, author: str) -> None:
        self.when, self.author = when.strftime("%Y-%m-%dT%H:%M:%SZ"), author
        used = (element.get(ID, "") for element in root.iter() if isinstance(element.tag, str))
        self.last = max((int(number) for number in used if number.isdigit()), default=0)
        self.made: set[str] = set()

    def mark(self, kind: Kind) -> Element:
        """A new, empty `w:ins` or `w:del`."""
        self.last += 1
        self.made.add(str(self.last))
        return make(f"w:{kind}", id=self.last, author=self.author, date=self.when)

    def wrap(self, nodes: Iterable[Element], kind: Kind) -> Element | None:
        """Puts runs into `w:ins` or `w:del`, neighbours together; returns the last of these elements."""
        mark: Element | None = None
        for node in nodes:
            if mark is None or mark.getnext() is not node:
                mark = self.mark(kind)
                node.addprevious(mark)
            mark.append(node)
            if kind == "del":
                _rename(node)
        return mark


def _rename(run: Element) -> None:
    for leaf in list(run.iter(*_DELETED_NAMES)):
        leaf.tag = _DELETED_NAMES[str(leaf.tag)]


def _runs(parent: Element) -> list[Element]:
    found: list[Element] = []
    for child in parent:
        if child.tag == RUN:
            found.append(child)
        elif child.tag in WRAPPERS:
            found += _runs(child)
    return found


def track_paragraph(paragraph: Element, revisions: Revisions, kind: Kind, *, mark: bool = True) -> None:
    """Marks a paragraph's runs, and with `mark` its end too, as inserted or deleted."""
    revisions.wrap(_runs(paragraph), kind)
    if mark:
        props = properties(paragraph, "w:pPr")
        look = props.find(qn("w:rPr"))
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


def _drop(elements: Sequence[Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _unwrap(element: Element) -> None:
    for child in list(element):
        element.addprevious(child)
    _drop([element])


def accept_all(root: Element) -> None:
    """Accepts every tracked change below `root`, as Word's "Accept all changes" does."""
    _drop([row for row in root.iter(qn("w:tr")) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None])
    _drop([table for table in root.iter(qn("w:tbl")) if table.find(f".//{qn('w:tr')}") is None])
    ended = f"{qn('w:pPr')}/{qn('w:rPr')}"
    joined = [
        p
        for p in root.iter(PARAGRAPH)
        if any(p.find(f"{ended}/{qn(f'w:{k}')}") is not None for k in ("del", "moveFrom"))
    ]
    _drop([e for e in root.iter(qn("w:del"), qn("w:moveFrom")) if e.getparent() is not None and not _is_mark(e)])
    for paragraph in joined:
        _join(paragraph)
    for wrapper in list(root.iter(qn("w:ins"), qn("w:moveTo"), qn("w:del"), qn("w:moveFrom"))):
        _unwrap(wrapper)
    _drop(list(root.iter(*_HISTORY)))


def reject_all(root: Element) -> None:
    """Rejects every tracked change of words, paragraphs and rows below `root`."""
    kinds = {qn("w:ins"): qn("w:del"), qn("w:del"): qn("w:ins")}
    ordinary = {deleted: name for name, deleted in _DELETED_NAMES.items()}
    for change in list(root.iter(*kinds)):
        change.tag = kinds[str(change.tag)]
    for leaf in list(root.iter(*ordinary)):
        leaf.tag = ordinary[str(leaf.tag)]
    accept_all(root)


def _is_mark(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in (qn("w:rPr"), qn("w:trPr"))


def _join(paragraph: Element) -> None:
    content = [child for child in paragraph if child.tag != qn("w:pPr")]
    following = paragraph.getnext()
    if following is not None and following.tag == PARAGRAPH:
        at = 1 if following.find(qn("w:pPr")) is not None else 0
        following[at:at] = content
        _drop([paragraph])
    elif not any(child.tag == RUN for child in content) and following is not None:
        _drop([paragraph])


_HISTORY = tuple(
    qn(f"w:{name}")
    for name in (
        *("rPrChange", "pPrChange", "trPrChange", "tcPrChange", "tblPrChange", "sectPrChange", "tblGridChange"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)

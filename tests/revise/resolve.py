"""Accept all and reject all, read straight from the file: shares nothing with the product, so that it can judge it.

A document is read as a list: a paragraph is its text, a table a tuple of rows, a row a tuple of cells, a cell a tuple
of what stands in it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TRANSPARENT = {W + name for name in ("sdt", "sdtContent", "smartTag", "hyperlink", "customXml", "fldSimple", "r")}
Reading = list[object]


class View:
    """What is seen when the changes of an author (of everybody if none is named) are accepted or rejected.

    The changes of others are seen as accepted.
    """

    def __init__(self, accept: bool, author: str = "") -> None:
        self.accept, self.author = accept, author

    def sees(self, change: Element) -> bool:
        mine = self.author in ("", change.get(W + "author"))
        inserted = change.tag in (W + "ins", W + "moveTo")
        return inserted if self.accept or not mine else not inserted

    def gone(self, properties: Element | None) -> bool:
        """Whether a paragraph's end, or a row, is not there."""
        changes = [] if properties is None else [c for c in properties if c.tag in (W + "ins", W + "del")]
        return any(not self.sees(change) for change in changes)

    def text(self, parent: Element) -> str:
        out = ""
        for child in parent:
            if child.tag in (W + "t", W + "delText"):
                out += child.text or ""
            elif child.tag in (W + "tab", W + "br") and parent.tag == W + "r":
                out += "\t" if child.tag == W + "tab" else "\n"
            elif child.tag in TRANSPARENT or (child.tag in _CHANGES and self.sees(child)):
                out += self.text(child)
        return out

    def contents(self, container: Element) -> Reading:
        out: Reading = []
        carried = ""
        for block in _blocks(container):
            if block.tag == W + "tbl":
                out += [carried] if carried else []
                carried = ""
                rows = tuple(self.row(row) for row in _through(block, "tr") if not self.gone(row.find(W + "trPr")))
                out += [rows] if rows else []
                continue
            carried += self.text(block)
            if not self.gone(block.find(f"{W}pPr/{W}rPr")):
                out.append(carried)
                carried = ""
        return out + ([carried] if carried else [])

    def row(self, row: Element) -> tuple[object, ...]:
        return tuple(tuple(self.contents(cell)) for cell in _through(row, "tc"))


_CHANGES = {W + name for name in ("ins", "del", "moveTo", "moveFrom")}


def _through(parent: Element, name: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in TRANSPARENT:
            yield from _through(child, name)


def _blocks(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent"):
            yield from _blocks(child)


def document(content: bytes) -> Element:
    """The tree of the document part."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return ElementTree.fromstring(package.read("word/document.xml"))


def _read(content: bytes, view: View) -> Reading:
    body = document(content).find(W + "body")
    assert body is not None
    return view.contents(body)


def accepted(content: bytes) -> Reading:
    """The document with all changes accepted."""
    return _read(content, View(accept=True))


def rejected(content: bytes, author: str = "") -> Reading:
    """The document with all changes, or all of one author, rejected."""
    return _read(content, View(accept=False, author=author))


def flat(reading: object) -> list[str]:
    """Every paragraph of a reading, in order."""
    if isinstance(reading, str):
        return [reading]
    assert isinstance(reading, list | tuple)
    return [text for part in reading for text in flat(part)]


def comments(content: bytes) -> list[str]:
    """The comments' texts, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if "word/comments.xml" not in package.namelist():
            return []
        root = ElementTree.fromstring(package.read("word/comments.xml"))
    return ["\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in c.iter(W + "p")) for c in root]

"""The XML between two texts, taken apart once and remembered: most of a paper is the same stretches over and over.

Strict on purpose: what is accepted here is well-formed, and nothing of Word's skeleton (table, row, cell, paragraph,
run, text) stands where it may not. That makes the proof of a paper a walk over a few hundred remembered stretches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_TAG = re.compile(
    rb"<(?:(/)([A-Za-z_][\w:.-]*)\s*|([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(/?))>"
    rb"|<!--(?:(?!--).)*-->|<\?.*?\?>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"\s([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_BAD_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FLOW = frozenset({b"w:body", b"w:tc", b"w:txbxContent", b"w:sdtContent", b"w:hdr", b"w:ftr", b"w:footnote",
                   b"w:endnote", b"w:comment", b"w:customXml", b"w:ins", b"w:del"})  # fmt: skip
_PARENTS = {
    b"w:tbl": _FLOW, b"w:p": _FLOW, b"w:t": frozenset({b"w:r"}),
    b"w:tr": frozenset({b"w:tbl", b"w:sdtContent", b"w:customXml", b"w:ins", b"w:del"}),
    b"w:tc": frozenset({b"w:tr", b"w:sdtContent", b"w:customXml"}),
    b"w:r": frozenset({b"w:p", b"w:hyperlink", b"w:ins", b"w:del", b"w:moveFrom", b"w:moveTo", b"w:smartTag",
                       b"w:sdtContent", b"w:fldSimple", b"w:customXml", b"w:dir", b"w:bdo", b"w:rubyBase", b"w:rt"}),
}  # fmt: skip
_NO_TEXT = frozenset({b"w:body", b"w:p", b"w:r", b"w:tbl", b"w:tr", b"w:tc", b"w:pPr", b"w:rPr", b"w:tcPr", b"w:trPr"})
_STEPS = {b"w:tbl", b"w:tr", b"w:tc", b"w:p"}
_POINTS = {b"w:tab": "tab", b"w:br": "break", b"w:cr": "break", b"w:gridCol": "column"}
_COUNTS = {b"w:gridSpan": "span", b"w:gridBefore": "skip", b"w:gridAfter": "skip"}
_SECTION = {b"w:sectPr", b"w:headerReference", b"w:footerReference"}

_IN_PARAGRAPH = (b"/w:p", b"/w:hyperlink", b"/w:sdtContent", b"/w:ins", b"/w:smartTag")
_WHOLE = {
    ("/w:p", "w:p"): "next paragraph",
    ("/w:p", "/w:tc", "w:tc", "w:p"): "next cell",
    ("/w:p", "/w:tc", "/w:tr", "w:tr", "w:tc", "w:p"): "next row",
}

Step = tuple[str, str]


class NotWellFormed(ValueError):
    """XML that no program would open, or a piece of Word's skeleton in the wrong place; the text says which."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of XML: elements it closes and opens, and its steps in order.

    `children` are the elements that begin in what was open before it, each with how many of those were closed by then.

    A step is what happens and a detail: `w:p` / `/w:p` and the like, `tab`, `break`, `column`, `span` and its number,
    `field` and its kind, `section` and its tag. From one text to the next of its kind is one step: `next paragraph`,
    `next cell`, `next row`.
    """

    closes: tuple[bytes, ...]
    opens: tuple[bytes, ...]
    children: tuple[tuple[int, bytes], ...]
    steps: tuple[Step, ...]


class Behind(NamedTuple):
    """What a stretch leads to: its steps, the path of open elements (`/w:document/w:body`) behind it, and whether whole
    runs or the texts of an open run may follow there.
    """

    steps: tuple[Step, ...]
    path: bytes
    runs: bool
    texts: bool


@lru_cache(maxsize=32_768)
def behind(path: bytes, xml: bytes) -> Behind:
    """What a stretch that begins in `path` leads to. Raises NotWellFormed."""
    part = stretch(xml)
    paths = [path]
    for name in part.closes:
        if not paths[-1].endswith(b"/" + name):
            raise NotWellFormed(f"</{name.decode()}> closes what it did not open")
        paths.append(paths[-1][: -len(name) - 1])
    for closed, child in part.children:
        if paths[closed] and not fits(paths[closed].rpartition(b"/")[2], child):
            raise NotWellFormed(f"<{child.decode()}> stands where it may not, in {paths[closed].decode()}")
    path = b"/".join((paths[-1], *part.opens))
    return Behind(part.steps, path, path.endswith(_IN_PARAGRAPH), path.endswith(b"/w:r"))


def fits(parent: bytes, child: bytes) -> bool:
    """May this element stand in that one? Only Word's skeleton is looked at."""
    return child not in _PARENTS or parent in _PARENTS[child]


def stretch(xml: bytes) -> Stretch:
    """The stretch of this XML. Raises NotWellFormed."""
    if _BAD_AMPERSAND.search(xml) or _CONTROL.search(xml):
        raise NotWellFormed("a character that must not stand there")
    reader = _Reader()
    end = 0
    for tag in _TAG.finditer(xml):
        reader.text(xml[end : tag.start()])
        end = tag.end()
        if tag[2]:
            reader.close(tag[2])
        elif tag[3]:
            reader.open(tag[3], tag[4], tag[5], tag[0])
    reader.text(xml[end:])
    return Stretch(tuple(reader.closes), tuple(reader.stack), tuple(reader.children), _shortened(tuple(reader.steps)))


def _shortened(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    whole = _WHOLE.get(tuple(step for step, _ in steps))
    return ((whole, ""),) if whole else steps


class _Reader:
    def __init__(self) -> None:
        self.closes: list[bytes] = []
        self.stack: list[bytes] = []
        self.children: list[tuple[int, bytes]] = []
        self.steps: list[Step] = []

    def text(self, text: bytes) -> None:
        if b"<" in text or (text.strip() and (not self.stack or self.stack[-1] in _NO_TEXT)):
            raise NotWellFormed(f"text outside a run: {text[:40].decode('utf-8', 'replace')}")

    def close(self, name: bytes) -> None:
        if not self.stack:
            self.closes.append(name)
        elif self.stack.pop() != name:
            raise NotWellFormed(f"</{name.decode()}> closes what it did not open")
        if name in _STEPS:
            self.steps.append((f"/{name.decode()}", ""))

    def open(self, name: bytes, attributes: bytes, empty: bytes, tag: bytes) -> None:
        values = _attributes(attributes)
        if self.stack and not fits(self.stack[-1], name):
            raise NotWellFormed(f"<{name.decode()}> in <{self.stack[-1].decode()}>")
        if not self.stack:
            self.children.append((len(self.closes), name))
        self._step(name, values, tag)
        if empty and name in _STEPS:
            self.steps.append((f"/{name.decode()}", ""))
        if not empty:
            self.stack.append(name)

    def _step(self, name: bytes, values: dict[bytes, bytes], tag: bytes) -> None:
        parent = self.stack[-1] if self.stack else b""
        if name in _STEPS:
            self.steps.append((name.decode(), ""))
        elif name in _COUNTS:
            self.steps.append((_COUNTS[name], values.get(b"w:val", b"1").decode()))
        elif name in _POINTS and parent != b"w:tabs":
            self.steps.append((_POINTS[name], ""))
        elif name == b"w:fldChar":
            self.steps.append(("field", values.get(b"w:fldCharType", b"").decode()))
        elif name in _SECTION:
            self.steps.append(("section", tag.decode()))


def _attributes(text: bytes) -> dict[bytes, bytes]:
    found = _ATTRIBUTE.findall(text)
    values = {name: double or single for name, double, single in found}
    if len(values) < len(found):
        raise NotWellFormed("an attribute given twice")
    return values

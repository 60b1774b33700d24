"""Finds the tags of a part as the filling program will see them, in one pass over its text.

docxtpl joins a tag that Word has split over several runs, and ends it at the first closing mark; the language itself
skips closing marks in quoted text. Where a tag never closes, the search goes on at the next one, so that one slip does
not hide the rest; docxtpl's own patterns, which take time by the square of such slips, are never run here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from pipeline.check.template.parts import Part, paragraph_of
from pipeline.render.tags import Tag as CompiledTag
from pipeline.render.tags import word_of
from pipeline.word.xml import TEXT, Element, qn

TAG_LENGTH = 2_000
"""Characters of one tag; the search for its end goes on for twice as many."""
DEPTH = 50
"""Brackets inside one another in a tag, beyond which they are not counted."""

SLIPS = 500
"""Tags never closed, in one part, after which the search is given up."""

_CODES = frozenset(map(qn, ("w:instrText", "w:delInstrText")))
"""What tells Word how to work a field out: never printed, and reference managers keep data there that ends in “}}”."""

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = re.compile(r"[}%#]\}")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}
_KINDS: dict[str, Literal["field", "step", "remark"]] = {"{{": "field", "{%": "step", "{#": "remark"}
_PREFIX = re.compile(r"(tr|tc|p|r) ")
_GAPPED = re.compile(r"(?:\s+(tr|tc|p|r)\s|(tr|tc|p|r)(?! )\s)")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_INNER = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|['\"]|\{[{%#]|%(?=\})|[\[\](){}]", re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One tag: `raw` as typed, `code` between its marks with quotes made straight, `prefix` tr, tc, p, r or none."""

    kind: Literal["field", "step", "remark"]
    prefix: str
    gapped: str
    code: str
    raw: str
    node: Element
    start: int
    end_node: Element
    end: int
    attribute: str = ""

    @property
    def compiled(self) -> CompiledTag:
        """The tag as the filling program compiles it."""
        way = "attribute" if self.attribute else {"": "text", "r": "run"}.get(self.prefix, "block")
        return CompiledTag("{{" if self.kind == "field" else "{%", self.code, self.raw, way, prefix=self.prefix)

    @property
    def word(self) -> str:
        """The first word of a step: `for`, `endif`..."""
        return word_of(self.code) if self.kind == "step" else ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A mark that has no partner: a tag opened (`opened`) and never closed, or closed and never opened."""

    opened: bool
    quote: str
    node: Element


@dataclass(frozen=True, slots=True)
class Scan:
    """All tags of a part in order, the slips among them, and the text of each node outside any tag."""

    tags: tuple[Tag, ...]
    slips: tuple[Slip, ...]
    loose: tuple[tuple[Element, str], ...]


@dataclass(slots=True)
class _Text:
    """The text of a part as one string, and the nodes it came from."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    nodes: list[Element] = field(default_factory=list)

    def node(self, position: int) -> tuple[Element, int]:
        index = bisect_right(self.starts, position) - 1
        return self.nodes[index], position - self.starts[index]


def scan(part: Part) -> Scan:
    """The tags of one part, those in attributes (alternative texts, say) included."""
    text = _joined(part.root)
    tags, slips = [], []
    for found in _find(text.text):
        if isinstance(found, tuple):
            tags.append(_tag(text, *found))
        else:
            slips.append(_slip(text, found))
    loose = tuple(_loose(text, tags))
    slips += [Slip(False, rest, node) for node, rest in loose if node.tag not in _CODES and _CLOSING.search(rest)]
    return Scan((*tags, *_in_attributes(part.root)), tuple(slips), loose)


def _joined(root: Element) -> _Text:
    whole, length, pieces = _Text(), 0, []
    for node in root.iter():
        if node.text:
            whole.starts.append(length)
            whole.nodes.append(node)
            pieces.append(node.text)
            length += len(node.text)
    whole.text = "".join(pieces)
    return whole


def _find(text: str) -> Iterator[tuple[int, int] | int]:
    """(start, end) of each tag, or the start alone of one that never closes."""
    position = slips = 0
    while slips < SLIPS and (opening := _OPENING.search(text, position)):
        end = _end(text, opening.start(), opening[0])
        if end:
            yield opening.start(), end
            position = end
        else:
            yield opening.start()
            position = opening.end()
            slips += 1


def _end(text: str, start: int, opening: str) -> int:
    """Where the tag that opens at `start` ends; 0 if it never does within a tag's length, or another opens first."""
    inside = text[start + 2 : start + 2 + 2 * TAG_LENGTH]
    closing = _CLOSES[opening]
    if opening == "{#":
        return start + 4 + inside.find(closing) if closing in inside else 0
    end = _lexed_end(inside.translate(_QUOTES), closing)
    plain = inside.find(closing)
    opens = _OPENING.search(inside)
    if end < 0 and plain >= 0 and (opens is None or plain < opens.start()):
        end = plain  # an apostrophe without a partner: end where docxtpl does
    return start + 4 + end if end >= 0 else 0


def _lexed_end(inside: str, closing: str) -> int:
    depth = position = 0
    while found := _INNER.search(inside, position):
        piece, start = found[0], found.start()
        if not depth and inside.startswith(closing, start):
            return start
        if piece in ("{{", "{%", "{#", "'", '"') or depth > DEPTH:
            return -1  # another tag opens, or a quotation mark has no partner
        depth = max(depth + (piece in ("(", "[", "{")) - (piece in (")", "]", "}")), 0)
        position = found.end()
    return -1


def _tag(text: _Text, start: int, end: int) -> Tag:
    (node, first), (end_node, last) = text.node(start), text.node(end - 1)
    return _made(text.text[start:end], node, first, end_node, last + 1)


def _made(raw: str, node: Element, start: int, end_node: Element, end: int, attribute: str = "") -> Tag:
    prefix, gap, code = _begun(raw)
    return Tag(_KINDS[raw[:2]], prefix, gap, _code(code), raw, node, start, end_node, end, attribute)


def _begun(raw: str) -> tuple[str, str, str]:
    """What a tag begins with, and its code: its prefix, or what would be one were there no gap before it."""
    inner = raw[2:-2]
    trimmed = inner[1:] if inner[:1] in ("-", "+") and raw[:2] == "{%" else inner
    if prefixed := _PREFIX.match(trimmed):
        return prefixed[1], "", trimmed[prefixed.end() :]
    gapped = _GAPPED.match(trimmed) if raw[:2] != "{#" else None
    if gapped and _is_gap(raw, trimmed):
        return "", gapped[1] or gapped[2], trimmed[gapped.end() :]
    return "", "", trimmed


def _is_gap(raw: str, inner: str) -> bool:
    """A single field may well be called `p`; a step never starts with such a word."""
    return raw[:2] == "{%" or (len(inner.split()) > 1 and inner.split()[1][:1] not in "|-+=<>!~)")


def _code(inner: str) -> str:
    stripped = inner.strip()
    if stripped[:1] in ("-", "+"):
        stripped = stripped[1:]
    if stripped[-1:] in ("-", "+"):
        stripped = stripped[:-1]
    return stripped.strip().translate(_QUOTES)


def _slip(text: _Text, start: int) -> Slip:
    node, _ = text.node(start)
    rest = text.text[start : start + 80]
    following = _OPENING.search(rest, 2)
    own = rest[: following.start()] if following else rest
    paragraph, here = paragraph_of(node), bisect_right(text.starts, start)
    while (
        here < len(text.nodes) and text.starts[here] < start + len(own) and paragraph_of(text.nodes[here]) is paragraph
    ):
        here += 1
    end = text.starts[here] if here < len(text.starts) else len(text.text)
    return Slip(True, text.text[start : min(end, start + len(own))], node)


def _loose(text: _Text, tags: list[Tag]) -> Iterator[tuple[Element, str]]:
    """Every node's text that stands in no tag, what is left of it joined."""
    cut = _cuts(text, tags)
    for node in text.nodes:
        edges = [0, *chain.from_iterable(cut.get(node, ())), None]
        rest = [(node.text or "")[begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True)]
        yield node, "\N{ZERO WIDTH SPACE}".join(rest)


def _cuts(text: _Text, tags: list[Tag]) -> dict[Element, list[tuple[int, int]]]:
    """Where in each node tags begin and end."""
    cut: dict[Element, list[tuple[int, int]]] = {}
    index = {node: number for number, node in enumerate(text.nodes)}
    for tag in tags:
        for number in range(index[tag.node], index[tag.end_node] + 1):
            node = text.nodes[number]
            begin = tag.start if node is tag.node else 0
            finish = tag.end if node is tag.end_node else len(node.text or "")
            cut.setdefault(node, []).append((begin, finish))
    return cut


def _in_attributes(root: Element) -> Iterator[Tag]:
    for node in root.iter("*"):
        for name, value in node.attrib.items():
            if "{" in value:
                spots = [found for found in _find(str(value)) if isinstance(found, tuple)]
                yield from (_made(str(value)[a:b], node, a, node, b, str(name)) for a, b in spots)


def in_text(tag: Tag) -> bool:
    """Does the tag stand in ordinary text, from its first character to its last?"""
    return not tag.attribute and tag.node.tag == TEXT and tag.end_node.tag == TEXT

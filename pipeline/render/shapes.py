"""The paragraphs and rows of a part by their shapes, of which each is read once.

A paper has few kinds of paragraphs and rows, and many of each. Those of a kind differ in their words and in their
marks; without these they have one shape, which the room of Word reads once, and which tells where the words stand that
a reader finds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from pipeline.blocks import MARK_PREFIX
from pipeline.render.reading import (
    Marks,
    Unit,
    ends_in_paragraph,
    faults_of,
    marks_in,
    number_sign,
    sections,
    tree_of,
    units,
    unpaired_fields,
    width_of,
)
from pipeline.word.fields import MARK, MARK_KIND, SIMPLE, reference
from pipeline.word.story import Story
from pipeline.word.xml import TABLE, Element, cells

_ROOT = re.compile(rb"<w:(\w+)(?:\s[^<>]*)?>")
_UNIT = re.compile(rb"<w:(p|tr)(?: [^<>]*?)?(/?)>")
_WITHIN = {b"p": b"<w:txbxContent", b"tr": b"<w:tbl"}
MOVING = re.compile(rb'<w:(?:t(?: [^<>]*)?>([^<]+)|bookmark(?:Start w:id="(\d+" w:name="_cp_\w+)"|End w:id="(\d+)"))')
_SIGN = re.compile(rb"[\1-\4]")
_SIGNS = b"", b"\1", b"\2", b"\3"
_WORDS, _APART, _MARK_END, _NAMED = b"\1", b"\4", b"\3", b'" w:name="'
_CONTROL = bytes(byte < 32 and byte not in b"\t\n" for byte in range(256))
_REFERENCE_OF_XML = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#9|#10);)")
_MOST = 4096
"""Shapes that are remembered."""
_TOGETHER = 256
"""Paragraphs and rows of which new shapes are read together."""


class Unusual(Exception):
    """A part that is to be read as a whole."""


class Shape(NamedTuple):
    """What paragraphs or rows of one kind hold, their marks being numbers, and the columns that a row takes."""

    units: tuple[Unit, ...]
    references: tuple[str, ...]
    sections: tuple[str, ...]
    width: int


class Piece(NamedTuple):
    """A paragraph or row as its shape and what it has of its own: its words and where they stand, its marks, and the
    numbers of bookmarks that begin and end in it.
    """

    shape: bytes
    words: Sequence[bytes]
    starts: Sequence[int]
    names: Sequence[str]
    begun: Sequence[bytes]
    ended: Sequence[bytes]


_KNOWN = dict[bytes, dict[bytes, Shape]]()


def root_of(content: bytes) -> re.Match[bytes]:
    """The first tag of a part that holds nothing but elements and text, as every program writes them."""
    content.decode()
    found = _ROOT.search(content)
    odd = any(each in content for each in (b"<!", b"]]>", b"\xef\xbf\xbe", b"\xef\xbf\xbf"))
    if found is None or odd or 1 in content.translate(_CONTROL) or _REFERENCE_OF_XML.search(content):
        raise Unusual
    return found


def cuts_in(content: bytes) -> Iterator[tuple[int, int]]:
    """Where each paragraph outside tables and each row begins and ends; what is within one is part of it."""
    at = 0
    while found := _UNIT.search(content, at):
        at = found.end() if found[2] else _end(content, found.start(), found[1])
        yield found.start(), at


def _end(content: bytes, start: int, name: bytes) -> int:
    closing = b"</w:%b>" % name
    end = content.find(closing, start) + len(closing)
    if end >= len(closing) and content.find(_WITHIN[name], start, end) < 0:
        return end
    depth = 0
    for tag in re.compile(rb"<(/?)w:%b(?: [^<>]*?)?(/?)>" % name).finditer(content, start):
        depth += 0 if tag[2] else -1 if tag[1] else 1
        if not depth:
            return tag.end()
    raise Unusual


def pieces_of(
    content: bytes, root: re.Match[bytes], cuts: Sequence[tuple[int, int]], apart: Collection[bytes]
) -> Iterator[tuple[Piece, Shape]]:
    """Each paragraph and row, and its shape."""
    if sum(map(len, _KNOWN.values())) > _MOST:
        _KNOWN.clear()
    known = _KNOWN.setdefault(root[0], {})
    for first in range(0, len(cuts), _TOGETHER):
        several = [_piece(content, *cut, apart) for cut in cuts[first : first + _TOGETHER]]
        if new := [*dict.fromkeys(each.shape for each in several if each.shape not in known)]:
            known.update(zip(new, _learned(root[0], b"</w:%b>" % root[1], new), strict=True))
        yield from ((each, known[each.shape]) for each in several)


def _piece(content: bytes, start: int, end: int, apart: Collection[bytes]) -> Piece:
    """What stands between two places; marks of blocks in cells are `apart`."""
    shape, at = list[bytes](), start
    words, starts, names, begun, ended = list[bytes](), list[int](), list[str](), list[bytes](), list[bytes]()
    for found in MOVING.finditer(content, start, end):
        kind = found.lastindex or 0
        here, behind = found.span(kind)
        own, sign = content[here:behind], _SIGNS[kind]
        if kind == 1:
            words.append(own)
            starts.append(here)
        elif kind == 2:
            number, _, name = own.partition(_NAMED)
            sign = _APART if name in apart else sign
            names.append(name.decode())
            begun.append(number)
        else:
            ended.append(own)
        shape += content[at:here], sign
        at = behind
    shape.append(content[at:end])
    return Piece(b"".join(shape), words, starts, names, begun, ended)


def _learned(head: bytes, tail: bytes, shapes: Sequence[bytes]) -> list[Shape]:
    """What shapes hold, read together in one tree. Raises Unusual where that depends on more than their shape."""
    whole = [b"<w:tbl>%b</w:tbl>" % each if each.startswith(b"<w:tr") else each for each in shapes]
    apart, numbered = set[str](), list[bytes]()
    for each in whole:
        words, marks = count(), count()
        numbered.append(_SIGN.sub(lambda found: _numbered(found[0], words, marks, apart), each))  # noqa: B023
    (body,) = tree = tree_of(b"%b<w:body>%b</w:body>%b" % (head, b"".join(numbered), tail))
    story = Story(tree)
    if len(body) != len(shapes):
        raise Unusual
    codes = {field.first: reference(field.code) for field in story.fields}
    return [_shape(holder, story, codes, apart) for holder in body]


def _numbered(sign: bytes, words: Iterator[int], marks: Iterator[int], apart: set[str]) -> bytes:
    """What stands for a sign of a shape: a number for words, a mark by its number; `apart` takes those of blocks."""
    if sign == _WORDS:
        return number_sign(next(words)).encode()
    if sign == _MARK_END:
        return b"0"
    name = f"{MARK_PREFIX}{'apart' if sign == _APART else ''}_{next(marks)}"
    if sign == _APART:
        apart.add(name)
    return b"0%b%b" % (_NAMED, name.encode())


def _shape(holder: Element, story: Story, codes: Mapping[Element, str], apart: Collection[str]) -> Shape:
    """What an element holds that is a paragraph, or a table of one row."""
    nested = {table: number for number, table in enumerate(holder.iter(TABLE))}
    references = [codes.get(each, "") for each in holder.iter(MARK) if each.get(MARK_KIND) == "begin"]
    if not (_are_references(holder, references) and _is_sound(holder, [*nested], story)):
        raise Unusual
    held = units(holder, story, Marks(marks_in(holder), apart), nested)
    numbered = tuple(unit._replace(mark=unit.mark.rpartition("_")[2]) for unit in held)
    return Shape(
        numbered, tuple(references), tuple(sections(holder)), width_of(holder[0]) if holder.tag == TABLE else 0
    )


def _are_references(holder: Element, marks: Sequence[str]) -> bool:
    """Are all fields whole, and references to these marks of ours?"""
    return all(marks) and not any(unpaired_fields(holder)) and next(holder.iter(SIMPLE), None) is None


def _is_sound(holder: Element, tables: Sequence[Element], story: Story) -> bool:
    """Has a row cells, of which each ends in a paragraph, and is no table within it amiss?"""
    held = list(cells(holder[0])) if holder.tag == TABLE else []
    within = (table for table in tables if table is not holder)
    whole = holder.tag != TABLE or (bool(held) and all(map(ends_in_paragraph, held)))
    return whole and not any(any(faults_of(table, story)) for table in within)

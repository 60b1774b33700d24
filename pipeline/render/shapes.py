"""A part of a paper read back from its bytes, for the proof, and where in its texts the values stand that it prints.

A paper has few kinds of paragraphs and rows, and many of each. Those of a kind differ in their words and in their
marks; without these they have one shape, which the room of Word reads once, and which tells where the words stand that
a reader finds. A part that has more to it than words in their place (a field whose result is not its text, something
that is deleted, whatever is amiss) is read as a whole, in the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import unescape
from itertools import count, islice
from typing import NamedTuple

from pipeline.baseline import MARK_PREFIX
from pipeline.blocks import Fact
from pipeline.opc import Unsound
from pipeline.render.reading import (
    END,
    SECTION,
    START,
    Marks,
    Misplaced,
    Unit,
    columns_of,
    ends_in_paragraph,
    ends_with_page_set_up,
    faults_of,
    marks_in,
    number_sign,
    sections,
    tree_of,
    units,
    unpaired_fields,
    unpaired_marks,
    width_of,
    without_signs,
)
from pipeline.word.fields import MARK, MARK_KIND, SIMPLE, reference
from pipeline.word.open_fields import REMOVED
from pipeline.word.signs import ALTERNATIVES
from pipeline.word.story import Story
from pipeline.word.xml import ID, NAME, PARAGRAPH, ROW, TABLE, Element, cells

Values = Sequence[tuple[int, Sequence[Fact]]]
"""Where values begin, in bytes from the start of their part, in order, and the facts that each prints."""
Spot = tuple[int, int, Sequence[Fact]]
"""The number of the words that a value begins in, how many characters into them, and its facts."""
_ROOT = re.compile(rb"<w:(\w+)(?:\s[^<>]*)?>")
_UNIT = re.compile(rb"<w:(p|tr)(?: [^<>]*?)?(/?)>")
_WITHIN = {b"p": b"<w:txbxContent", b"tr": b"<w:tbl"}
_MOVING = re.compile(rb'<w:(?:t(?: [^<>]*)?>([^<]+)|bookmark(?:Start w:id="(\d+" w:name="_cp_\w+)"|End w:id="(\d+)"))')
_SIGN = re.compile(rb"[\1-\4]")
_SIGNS = b"", b"\1", b"\2", b"\3"
_WORDS, _APART, _MARK_END, _NAMED = b"\1", b"\4", b"\3", b'" w:name="'
_CONTROL = bytes(byte < 32 and byte not in b"\t\n" for byte in range(256))
_REFERENCE_OF_XML = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#9|#10);)")
_MOST = 4096
"""Shapes that are remembered."""
_TOGETHER = 256
"""Paragraphs and rows of which new shapes are read together."""


class Item(NamedTuple):
    """A paragraph outside tables, or a row (a text a cell), with the facts that it prints. `mark` may be empty; `table`
    tells the tables apart, and is empty outside of them.
    """

    mark: str
    texts: tuple[str, ...]
    table: tuple[int, ...]
    facts: tuple[Fact, ...]


class Found(NamedTuple):
    """What a part holds: its items, names of bookmarks, marks referred to and section tags in order; faults as (code,
    text); whether its last page set-up stands at its very end.
    """

    items: Sequence[Item]
    names: Sequence[str]
    references: Collection[str]
    sections: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]
    ends: bool


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


def read_back(content: bytes, blocks_of: Collection[str] = (), values: Values = ()) -> Found:
    """What a part holds; a paragraph in a cell that has one of the marks `blocks_of` is a block of its own.

    Raises Unsound where it is no XML, and Misplaced.
    """
    try:
        return _in_pieces(content, blocks_of, values)
    except (Unusual, Unsound, Misplaced, UnicodeDecodeError):
        return _as_a_whole(content, blocks_of, values)


def _as_a_whole(content: bytes, blocks_of: Collection[str], values: Values) -> Found:
    """A part with numbers where its values stand, read in one go."""
    spots = [found.span(1) for found in _MOVING.finditer(content) if found[1] is not None]
    ends, numbered, at = [end for _, end in spots], list[bytes](), 0
    for number, (start, _) in enumerate(values):
        if (spot := bisect_right(ends, start)) < len(spots):
            place = max(start, spots[spot][0])
            numbered += content[at:place], number_sign(number).encode()
            at = place
    root = tree_of(b"".join((*numbered, content[at:])))
    story, tables = Story(root), {table: number for number, table in enumerate(root.iter(TABLE))}
    starts = list(root.iter(START))
    faults = (
        *((code, without_signs(text)) for table in tables for code, text in faults_of(table, story)),
        *unpaired_fields(root),
        *unpaired_marks([each.get(ID) for each in starts], [each.get(ID) for each in root.iter(END)]),
    )
    placed: list[Spot] = [(number, 0, facts) for number, (_, facts) in enumerate(values)]
    held = units(root, story, Marks(marks_in(root), blocks_of), tables)
    return Found(
        [_item(unit.mark, unit, (), placed, (0, unit.table)) for unit in held],
        [start.get(NAME, "") for start in starts],
        {mark for field in story.fields if (mark := reference(field.code))},
        tuple(sections(root)),
        faults,
        ends_with_page_set_up(root),
    )


def _in_pieces(content: bytes, blocks_of: Collection[str], values: Values) -> Found:
    """A part whose paragraphs and rows are read by their shapes, and what is around them by itself."""
    root = _ROOT.search(content)
    if root is None or not _is_plain(content):
        raise Unusual
    cuts, starts = list(_cut(content)), [start for start, _ in values]
    tree = tree_of(b"".join(_around(content, cuts)))
    if next(tree.iter(*REMOVED, ALTERNATIVES, MARK, SIMPLE), None) is not None:
        raise Unusual
    tables = {table: (number, columns_of(table)) for number, table in enumerate(tree.iter(TABLE))}
    names = [start.get(NAME, "") for start in tree.iter(START)]
    begun, ended = ([each.get(ID, "").encode() for each in tree.iter(tag)] for tag in (START, END))
    items, references, tags, filled = list[Item](), set[str](), list[str](), set[int]()
    apart = {name.encode() for name in blocks_of}
    pieces = zip(cuts, _pieces(content, root, cuts, apart), strict=True)
    for element in tree.iter(PARAGRAPH, ROW, *SECTION):
        if element.tag in SECTION:
            tags += islice(sections(element), 1)
            continue
        if (following := next(pieces, None)) is None:
            raise Unusual
        (start, end), (piece, shape) = following
        table: tuple[int, ...] = ()
        if element.tag == ROW:
            number, columns = tables[next(element.iterancestors(TABLE))]
            if shape.width != columns:
                raise Unusual
            filled.add(number)
            table = (number,)
        own = values[bisect_left(starts, start) : bisect_left(starts, end)]
        items += _items(piece, shape, _spots(piece, own), table, len(items))
        names += piece.names
        begun += piece.begun
        ended += piece.ended
        references.update(shape.references)
        tags += shape.sections
    if len(filled) < len(tables) or any(unpaired_marks(begun, ended)):
        raise Unusual
    return Found(items, names, references, tuple(tags), (), ends_with_page_set_up(tree))


def _is_plain(content: bytes) -> bool:
    """Is there nothing in a part but elements and text, as every program writes them?"""
    content.decode()
    odd = any(each in content for each in (b"<!", b"]]>", b"\xef\xbf\xbe", b"\xef\xbf\xbf"))
    return not odd and 1 not in content.translate(_CONTROL) and _REFERENCE_OF_XML.search(content) is None


def _cut(content: bytes) -> Iterator[tuple[int, int]]:
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


def _around(content: bytes, cuts: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    """A part with an empty element for each paragraph and row."""
    at = 0
    for start, end in cuts:
        yield content[at:start]
        yield b"<w:tr/>" if content.startswith(b"<w:tr", start) else b"<w:p/>"
        at = end
    yield content[at:]


def _pieces(
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
    for found in _MOVING.finditer(content, start, end):
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
    row = holder[0] if holder.tag == TABLE else None
    nested = {table: number for number, table in enumerate(holder.iter(TABLE))}
    references = [codes.get(each, "") for each in holder.iter(MARK) if each.get(MARK_KIND) == "begin"]
    amiss = (
        any(unpaired_fields(holder)),
        not all(references) or next(holder.iter(SIMPLE), None) is not None,
        any(any(faults_of(table, story)) for table in nested if table is not holder),
        row is not None and not ([*cells(row)] and all(map(ends_in_paragraph, cells(row)))),
    )
    if any(amiss):
        raise Unusual
    held = units(holder, story, Marks(marks_in(holder), apart), nested)
    numbered = tuple(unit._replace(mark=unit.mark.rpartition("_")[2]) for unit in held)
    return Shape(numbered, tuple(references), tuple(sections(holder)), 0 if row is None else width_of(row))


def _spots(piece: Piece, values: Values) -> Iterator[Spot]:
    """Where in a paragraph or row its values stand."""
    starts, words = piece.starts, piece.words
    for at, facts in values if starts else ():
        spot = max(bisect_right(starts, at) - 1, 0)
        into = max(at - starts[spot], 0)
        if into >= len(words[spot]):
            spot, into = spot + 1, 0
        if facts and spot < len(starts):
            yield spot, len(_said([words[spot][:into]])[0]) if into else 0, facts


def _said(words: Sequence[bytes]) -> Sequence[str]:
    """What words say, which hold no null."""
    said = b"\0".join(words).decode()
    return (unescape(said) if "&" in said else said).split("\0")


def _items(piece: Piece, shape: Shape, spots: Iterator[Spot], table: tuple[int, ...], number: int) -> Iterator[Item]:
    """A paragraph or row, and those within it; a table within it has its own number and that of its row."""
    words, placed = _said(piece.words), [*spots]
    for unit in shape.units:
        mark = piece.names[int(unit.mark)] if unit.mark else ""
        yield _item(mark, unit, words, placed, (*table, number, unit.table) if unit.table else table)


def _item(mark: str, unit: Unit, words: Sequence[str], spots: Sequence[Spot], table: tuple[int, ...]) -> Item:
    """A paragraph or row with its texts, and the facts where they stand in them."""
    texts, places, facts = list[str](), dict[int, tuple[int, int]](), list[Fact]()
    for cell, held in enumerate(unit.texts):
        text = ""
        for each in held:
            if isinstance(each, str):
                text += each
            else:
                places[max(each, ~each)] = cell, len(text)
                text += words[each] if each >= 0 and words else ""
        texts.append(text)
    for spot, into, printed in spots:
        if spot in places:
            cell, at = places[spot]
            facts += [Fact(f.text, f.sources, f.how, at + into + f.start, cell, f.name) for f in printed]
    return Item(mark, tuple(texts), table if unit.table >= 0 else (), tuple(facts))

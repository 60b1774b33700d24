"""A part of a paper read back from its bytes, for the proof, and where in its texts the values stand that it prints.

A paper has few kinds of paragraphs and rows, and many of each. Those of a kind differ in their words and in their
marks; without these they have one shape, which the room of Word reads once, and which tells where the words stand that
a reader finds. A part that has more to it than words in their place (a field whose result is not its text, something
that is deleted, whatever is amiss) is read as a whole, in the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import islice
from typing import NamedTuple

from pipeline.blocks import Fact
from pipeline.opc import Unsound
from pipeline.render.reading import (
    END,
    SECTION,
    START,
    Marks,
    Misplaced,
    Reading,
    Unit,
    Words,
    columns_of,
    ends_in_paragraph,
    faults_of,
    marks_in,
    number_sign,
    read,
    sections,
    tree_of,
    units,
    unpaired_fields,
    unpaired_marks,
    width_of,
    without_signs,
)
from pipeline.word.fields import MARK, SIMPLE, reference
from pipeline.word.open_fields import REMOVED
from pipeline.word.signs import ALTERNATIVES
from pipeline.word.story import Story
from pipeline.word.xml import ID, NAME, PARAGRAPH, ROW, TABLE, Element, cells

Values = Sequence[tuple[int, Sequence[Fact]]]
"""Where values begin, in bytes from the start of their part, in order, and the facts that each prints."""
_ROOT = re.compile(rb"<w:(\w+)(?:\s[^<>]*)?>")
_UNIT = re.compile(rb"<w:(p|tr)(?: [^<>]*?)?(/?)>")
_SAME = {name: re.compile(rb"<(/?)w:%b(?: [^<>]*?)?(/?)>" % name) for name in (b"p", b"tr")}
_WITHIN = {b"p": b"<w:txbxContent", b"tr": b"<w:tbl"}
_MOVING = re.compile(
    rb'<w:(?:t(?: [^<>]*)?>([^<]+)|bookmark(?:Start w:id="(\d+)" w:name="(_cp_\w+)"|End w:id="(\d+)"))'
)
_SIGN = re.compile(rb"[\1-\4]")
_WORDS, _MARK, _APART, _MARK_END = b"\1", b"\2", b"\3", b"\4"
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

    items: tuple[Item, ...]
    names: Sequence[str]
    references: Collection[str]
    sections: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]
    ends: bool


class Unusual(Exception):
    """A part that is to be read as a whole."""


class Shape(NamedTuple):
    """What paragraphs or rows of one kind hold: their marks by number, and the columns that a row takes."""

    units: tuple[tuple[int, Unit], ...]
    references: tuple[str, ...]
    sections: tuple[str, ...]
    width: int


class Moving(NamedTuple):
    """What one of them has of its own: its words and where they stand, its marks, and their numbers."""

    shape: bytes
    texts: Sequence[bytes]
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
        return _in_units(content, blocks_of, values)
    except (Unusual, Unsound, Misplaced, UnicodeDecodeError):
        return _as_a_whole(content, blocks_of, values)


def _as_a_whole(content: bytes, blocks_of: Collection[str], values: Values) -> Found:
    """A part with numbers where its values stand, read in one go."""
    spots = [(found.start(1), found.end(1)) for found in _MOVING.finditer(content) if found[1] is not None]
    ends, pieces, at = [end for _, end in spots], list[bytes](), 0
    for number, (start, _) in enumerate(values):
        if (spot := bisect_right(ends, start)) < len(spots):
            place = max(start, spots[spot][0])
            pieces += content[at:place], number_sign(number).encode()
            at = place
    whole: Reading = read(tree_of(b"".join((*pieces, content[at:]))), blocks_of)
    placed = [(number, 0, facts) for number, (_, facts) in enumerate(values)]
    items = [_item(unit.mark, unit, (), placed, (0, unit.table)) for unit in whole.units]
    faults = tuple((code, without_signs(text)) for code, text in whole.faults)
    return Found(tuple(items), whole.names, whole.references, whole.sections, faults, whole.ends)


def _in_units(content: bytes, blocks_of: Collection[str], values: Values) -> Found:
    """A part whose paragraphs and rows are read by their shapes, and what is around them by itself."""
    root = _ROOT.search(content)
    if root is None or not _is_plain(content):
        raise Unusual
    cuts = list(_cut(content))
    tree = tree_of(b"".join(_without(content, cuts)))
    if next(tree.iter(*REMOVED, ALTERNATIVES, MARK, SIMPLE), None) is not None:
        raise Unusual
    tables = {table: (number, columns_of(table)) for number, table in enumerate(tree.iter(TABLE))}
    around = list(tree.iter(START)), list(tree.iter(END))
    names, references = [each.get(NAME, "") for each in around[0]], set[str]()
    begun, ended = ([each.get(ID, "").encode() for each in marks] for marks in around)
    items, found, filled = list[Item](), list[str](), set[int]()
    parts = zip(cuts, _moving(content, root, cuts, blocks_of), strict=True)
    turn = _Turn(values)
    for element in tree.iter(PARAGRAPH, ROW, *SECTION):
        if element.tag in SECTION:
            found += islice(sections(element), 1)
            continue
        (start, end), (moving, shape) = next(parts, ((0, 0), (None, None)))
        if moving is None or shape is None:
            raise Unusual
        number = _number_of(element, tables, shape, filled)
        items += _items(moving, shape, turn.of(start, end, moving), number, len(items))
        names += moving.names
        begun += moving.begun
        ended += moving.ended
        references.update(shape.references)
        found += shape.sections
    if len(filled) < len(tables) or any(unpaired_marks(begun, ended)):
        raise Unusual
    body = tree[0] if len(tree) else tree
    return Found(tuple(items), names, references, tuple(found), (), len(body) > 0 and body[-1].tag == SECTION[0])


def _is_plain(content: bytes) -> bool:
    """Is there nothing in a part but elements and text, as every program writes them?"""
    odd = any(each in content for each in (b"<!", b"]]>", b"\xef\xbf\xbe", b"\xef\xbf\xbf"))
    content.decode()
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
    for tag in _SAME[name].finditer(content, start):
        depth += 0 if tag[2] else -1 if tag[1] else 1
        if not depth:
            return tag.end()
    raise Unusual


def _without(content: bytes, cuts: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    """A part with an empty element for each paragraph and row."""
    at = 0
    for start, end in cuts:
        yield content[at:start]
        yield b"<w:tr/>" if content.startswith(b"<w:tr", start) else b"<w:p/>"
        at = end
    yield content[at:]


def _number_of(
    element: Element, tables: Mapping[Element, tuple[int, int]], shape: Shape, filled: set[int]
) -> tuple[int, ...]:
    """The number of the table that a row stands in, of whose columns it takes as many as there are."""
    if element.tag == PARAGRAPH:
        return ()
    number, columns = tables[next(element.iterancestors(TABLE))]
    if shape.width != columns:
        raise Unusual
    filled.add(number)
    return (number,)


def _moving(
    content: bytes, root: re.Match[bytes], cuts: Sequence[tuple[int, int]], blocks_of: Collection[str]
) -> Iterator[tuple[Moving, Shape]]:
    """What each paragraph and row has of its own, and its shape."""
    head = root[0]
    if len(_KNOWN) > _MOST or sum(map(len, _KNOWN.values())) > _MOST:
        _KNOWN.clear()
    known = _KNOWN.setdefault(head, {})
    apart = {name.encode() for name in blocks_of}
    for first in range(0, len(cuts), _TOGETHER):
        several = [taken_apart(content, *cut, apart) for cut in cuts[first : first + _TOGETHER]]
        new = list(dict.fromkeys(each.shape for each in several if each.shape not in known))
        known.update(zip(new, learned(head, b"</w:%b>" % root[1], new), strict=True))
        yield from ((each, known[each.shape]) for each in several)


def taken_apart(content: bytes, start: int, end: int, blocks_of: Collection[bytes]) -> Moving:
    """A paragraph or row as its shape and what it has of its own."""
    shape, at = list[bytes](), start
    texts, starts, names, begun, ended = list[bytes](), list[int](), list[str](), list[bytes](), list[bytes]()
    for found in _MOVING.finditer(content, start, end):
        text, number, name, last = found.groups()
        if text is not None:
            here = found.start(1)
            shape += content[at:here], _WORDS
            texts.append(text)
            starts.append(here)
        else:
            shape += content[at : found.start()], _MARK_END if name is None else _APART if name in blocks_of else _MARK
            if name is None:
                ended.append(last)
            else:
                names.append(name.decode())
                begun.append(number)
        at = found.end()
    shape.append(content[at:end])
    return Moving(b"".join(shape), texts, starts, names, begun, ended)


def learned(head: bytes, tail: bytes, shapes: Sequence[bytes]) -> list[Shape]:
    """What shapes hold, read together in one tree. Raises Unusual where that depends on more than their shape."""
    if not shapes:
        return []
    apart = set[str]()
    whole = [b"<w:tbl>%b</w:tbl>" % each if each.startswith(b"<w:tr") else each for each in shapes]
    numbered = [_numbered(each, apart) for each in whole]
    (body,) = tree = tree_of(b"%b<w:body>%b</w:body>%b" % (head, b"".join(numbered), tail))
    story = Story(tree)
    codes = {field.first: reference(field.code) for field in story.fields}
    if len(body) != len(shapes):
        raise Unusual
    return [_shape(holder, story, codes, apart) for holder in body]


def _numbered(shape: bytes, apart: set[str]) -> bytes:
    """A shape with numbers for its words, and marks by their numbers; `apart` takes those of blocks in cells."""
    words = marks = 0

    def put(found: re.Match[bytes]) -> bytes:
        nonlocal words, marks
        if found[0] == _WORDS:
            words += 1
            return number_sign(words - 1).encode()
        if found[0] == _MARK_END:
            return b'<w:bookmarkEnd w:id="0"'
        marks += 1
        name = f"_cp_{'apart' if found[0] == _APART else ''}_{marks - 1}"
        if found[0] == _APART:
            apart.add(name)
        return b'<w:bookmarkStart w:id="0" w:name="%b"' % name.encode()

    return _SIGN.sub(put, shape)


def _shape(holder: Element, story: Story, codes: Mapping[Element, str], apart: Collection[str]) -> Shape:
    """What an element holds that is a paragraph, or a table of one row."""
    row = holder[0] if holder.tag == TABLE else None
    held = [] if row is None else list(cells(row))
    begins = [each for each in holder.iter(MARK) if each in codes]
    amiss = next(holder.iter(SIMPLE), None) is not None or any(unpaired_fields(holder)) or not all(
        map(codes.__getitem__, begins)) or 3 * len(begins) != sum(1 for _ in holder.iter(MARK))  # fmt: skip
    nested = {table: number for number, table in enumerate(holder.iter(TABLE))}
    amiss = amiss or any(any(faults_of(table, story)) for table in nested if table is not holder)
    if amiss or (row is not None and not (held and all(map(ends_in_paragraph, held)))):
        raise Unusual
    marks = Marks(marks_in(holder), apart)
    return Shape(
        tuple([(_last(unit.mark), unit) for unit in units(holder, story, marks, nested)]),
        tuple(codes[each] for each in begins),
        tuple(sections(holder)),
        0 if row is None else width_of(row),
    )


def _last(mark: str) -> int:
    """The number of a mark in a shape, -1 for none."""
    return int(mark.rpartition("_")[2]) if mark else -1


class _Turn:
    """Values in order, taken as the paragraphs and rows come by that print them."""

    def __init__(self, values: Values) -> None:
        self.values, self.next = values, 0

    def of(self, start: int, end: int, moving: Moving) -> list[tuple[int, int, Sequence[Fact]]]:
        """The values that begin in a stretch of bytes: by the number of the words that each begins in, how many
        characters into them, and its facts.
        """
        found = list[tuple[int, int, Sequence[Fact]]]()
        values, starts, texts = self.values, moving.starts, moving.texts
        while self.next < len(values) and values[self.next][0] < end:
            at, facts = values[self.next]
            self.next += 1
            if facts and at >= start:
                spot = max(bisect_right(starts, at) - 1, 0)
                if spot < len(starts) and at >= starts[spot] + len(texts[spot]):
                    spot += 1
                if spot < len(starts):
                    before = texts[spot][: max(at - starts[spot], 0)]
                    found.append((spot, len(_decoded(before)), facts))
        return found


def _decoded(text: bytes) -> str:
    return unescape(text.decode()) if b"&" in text else text.decode()


def _items(
    moving: Moving,
    shape: Shape,
    placed: Sequence[tuple[int, int, Sequence[Fact]]],
    table: tuple[int, ...],
    count: int,
) -> Iterator[Item]:
    texts = [_decoded(text) for text in moving.texts]
    for mark, unit in shape.units:
        number = (*table, *((count, unit.table) if unit.table else ())) if unit.table >= 0 else ()
        yield _item(moving.names[mark] if mark >= 0 else "", unit, texts, placed, number)


def _item(
    mark: str,
    unit: Unit,
    texts: Sequence[str],
    placed: Sequence[tuple[int, int, Sequence[Fact]]],
    table: tuple[int, ...],
) -> Item:
    """A paragraph or row with its texts, and the facts where they stand in them."""
    said, facts = list[str](), list[Fact]()
    for cell, words in enumerate(unit.texts):
        text, spots = _said(words, texts)
        said.append(text)
        for spot, into, printed in placed:
            if (at := spots.get(spot)) is not None:
                facts += [Fact(f.text, f.sources, f.how, at + into + f.start, cell, f.name) for f in printed]
    return Item(mark, tuple(said), table if unit.table >= 0 else (), tuple(facts))


def _said(words: Words, texts: Sequence[str]) -> tuple[str, Mapping[int, int]]:
    """A text, and where in it the words and places of each number stand."""
    if len(words) == 1 and isinstance(words[0], int) and words[0] >= 0:
        return texts[words[0]] if texts else "", {words[0]: 0}
    text, spots = "", dict[int, int]()
    for each in words:
        if isinstance(each, str):
            text += each
        else:
            spots[each if each >= 0 else ~each] = len(text)
            text += texts[each] if each >= 0 and texts else ""
    return text, spots

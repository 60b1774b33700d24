"""A part of a paper read back from its bytes, for the proof, and where in its texts the values stand that it prints.

Its paragraphs and rows are read by their shapes. A part that has more to it than words in their place (a field whose
result is not its text, something that is deleted, whatever is amiss) is read as a whole, in the same way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
    Unit,
    columns_of,
    ends_with_page_set_up,
    faults_of,
    marks_in,
    number_sign,
    sections,
    tree_of,
    units,
    unpaired_fields,
    unpaired_marks,
    without_signs,
)
from pipeline.render.shapes import MOVING, Piece, Shape, Unusual, cuts_in, pieces_of, root_of
from pipeline.word.fields import MARK, SIMPLE, reference
from pipeline.word.open_fields import REMOVED
from pipeline.word.signs import ALTERNATIVES
from pipeline.word.story import Story
from pipeline.word.xml import ID, NAME, PARAGRAPH, ROW, TABLE, Element

Values = Sequence[tuple[int, Sequence[Fact]]]
"""Where values begin, in bytes from the start of their part, in order, and the facts that each prints."""
Spot = tuple[int, int, Sequence[Fact]]
"""The number of the words that a value begins in, how many characters into them, and its facts."""


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
    root = tree_of(b"".join(_with_numbers(content, [start for start, _ in values])))
    story, tables = Story(root), {table: number for number, table in enumerate(root.iter(TABLE))}
    placed: list[Spot] = [(number, 0, facts) for number, (_, facts) in enumerate(values)]
    held = units(root, story, Marks(marks_in(root), blocks_of), tables)
    return Found(
        [_item(unit.mark, unit, (), placed, (0, unit.table)) for unit in held],
        [start.get(NAME, "") for start in root.iter(START)],
        {mark for field in story.fields if (mark := reference(field.code))},
        tuple(sections(root)),
        tuple(_faults(root, story, tables)),
        ends_with_page_set_up(root),
    )


def _with_numbers(content: bytes, values: Sequence[int]) -> Iterator[bytes]:
    """A part with its number before the first words of each value."""
    spots, at = [found.span(1) for found in MOVING.finditer(content) if found[1] is not None], 0
    ends = [end for _, end in spots]
    for number, start in enumerate(values):
        if (spot := bisect_right(ends, start)) < len(spots):
            place = max(start, spots[spot][0])
            yield content[at:place]
            yield number_sign(number).encode()
            at = place
    yield content[at:]


def _faults(root: Element, story: Story, tables: Iterable[Element]) -> Iterator[tuple[str, str]]:
    for table in tables:
        yield from ((code, without_signs(text)) for code, text in faults_of(table, story))
    yield from unpaired_fields(root)
    yield from unpaired_marks(_ids(root, START), _ids(root, END))


def _ids(root: Element, tag: str) -> list[bytes]:
    return [each.get(ID, "").encode() for each in root.iter(tag)]


def _in_pieces(content: bytes, blocks_of: Collection[str], values: Values) -> Found:
    """A part whose paragraphs and rows are read by their shapes, and what is around them by itself."""
    root = root_of(content)
    cuts, starts = list(cuts_in(content)), [start for start, _ in values]
    tree = _around(content, cuts)
    tables = {table: (number, columns_of(table)) for number, table in enumerate(tree.iter(TABLE))}
    names, begun, ended = [start.get(NAME, "") for start in tree.iter(START)], _ids(tree, START), _ids(tree, END)
    items, references, tags, filled = list[Item](), set[str](), list[str](), set[tuple[int, ...]]()
    apart = {name.encode() for name in blocks_of}
    pieces = zip(cuts, pieces_of(content, root, cuts, apart), strict=True)
    for element in tree.iter(PARAGRAPH, ROW, *SECTION):
        if element.tag in SECTION:
            tags += islice(sections(element), 1)
            continue
        (start, end), (piece, shape) = next(pieces)
        table = _table_around(element, tables, shape)
        filled.add(table)
        own = values[bisect_left(starts, start) : bisect_left(starts, end)]
        items += _items(piece, shape, _spots(piece, own), table, len(items))
        names += piece.names
        begun += piece.begun
        ended += piece.ended
        references.update(shape.references)
        tags += shape.sections
    if len(filled - {()}) < len(tables) or any(unpaired_marks(begun, ended)):
        raise Unusual
    return Found(items, names, references, tuple(tags), (), ends_with_page_set_up(tree))


def _around(content: bytes, cuts: Sequence[tuple[int, int]]) -> Element:
    """The tree of a part with an empty element for each paragraph and row."""
    kept, at = list[bytes](), 0
    for start, end in cuts:
        kept += content[at:start], b"<w:tr/>" if content.startswith(b"<w:tr", start) else b"<w:p/>"
        at = end
    tree = tree_of(b"".join((*kept, content[at:])))
    held = len(list(tree.iter(PARAGRAPH, ROW)))
    if held != len(cuts) or next(tree.iter(*REMOVED, ALTERNATIVES, MARK, SIMPLE), None) is not None:
        raise Unusual
    return tree


def _table_around(element: Element, tables: Mapping[Element, tuple[int, int]], shape: Shape) -> tuple[int, ...]:
    """The number of the table that a row stands in, of whose columns it takes as many as there are."""
    if element.tag == PARAGRAPH:
        return ()
    number, columns = tables[next(element.iterancestors(TABLE))]
    if shape.width != columns:
        raise Unusual
    return (number,)


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

"""The lists of a paper that keep their own labels: what they add to the template's numbering."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from pipeline.blocks import Block, Context, Listed
from pipeline.opc import (
    OFFICE,
    TYPES_PART,
    Deflated,
    inflated,
    linked,
    parse,
    related,
    relationships_part,
    serialise,
)
from pipeline.word.lists import NUMBERING_TYPE, add_list, no_lists

_NUMBERING = "word/numbering.xml"
Numbers = Mapping[str, int]
"""The numbers of lists by their names."""


def listed_in(context: Context) -> Iterator[Listed]:
    """Every item of such a list."""
    for each in chain.from_iterable(context.sections.values()):
        if isinstance(each, Block):
            yield from (each.listed,) if each.listed else ()
        else:
            cells = (cell for row in each.rows if row.drawn for cell in row.drawn.cells)
            yield from (text.listed for cell in cells for text in cell.texts if text.listed)


def with_lists(context: Context, ready: Mapping[str, Deflated], document: str) -> tuple[Numbers, Mapping[str, bytes]]:
    """The number of each such list, and the parts of the template (its `document` refers to them) that have them."""
    lists = {each.list: each.levels for each in listed_in(context)}
    if not lists:
        return {}, {}
    links = relationships_part(document)
    parts = {name: inflated(ready[name]) for name in (TYPES_PART, links) if name in ready}
    name = next(iter(related({**dict.fromkeys(ready, b""), **parts}, document, "numbering")), "")
    if not name:
        name, parts = _NUMBERING, linked(parts, document, f"{OFFICE}numbering", _NUMBERING, NUMBERING_TYPE)
    numbering = parse(inflated(ready[name])) if name in ready else no_lists()
    numbers = {each: add_list(numbering, levels) for each, levels in lists.items()}
    return numbers, {**parts, name: serialise(numbering)}

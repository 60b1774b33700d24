"""Minus signs in steps: `{%-` and `-%}` draw up what is beside the tag, and can take words or a cell's edge with it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import islice, takewhile

from pipeline.catalogue import problem
from pipeline.check.template.blocks import Structure
from pipeline.check.template.places import Places, paragraph_of
from pipeline.check.template.tags import Tag
from pipeline.problems import Problem
from pipeline.word.xml import PARAGRAPH, TEXT, Element, local, qn

LINES = 50
"""Blank lines between a minus sign and the text that it draws up."""

_SECTION = qn("w:sectPr")
Lines = AbstractSet[Element | None]


def trims(found: Structure, places: Places) -> Iterator[Problem]:
    """T050: minus signs that would take words away, or join what is in different cells or sections."""
    steps = [tag for tag in found.tags if tag.kind == "step" and not tag.attribute]
    signed = [tag for tag in steps if "-" in (tag.raw[2], tag.raw[-3])]
    if not signed:
        return
    order = [node for node in found.part.root.iter() if isinstance(node.tag, str)]
    index = {node: number for number, node in enumerate(order)}
    taken = {paragraph_of(tag.node) for tag in found.tags if tag.prefix == "p"}
    for tag in signed:
        sides = []
        if tag.raw[2] == "-" and _loses_before(tag, order, index, taken):
            sides.append("before")
        if tag.raw[-3] == "-" and _loses_after(tag, order, index, taken):
            sides.append("after")
        for side in sides:
            yield problem("T050", places.of(found.part, tag.node, tag.raw), tag=tag.raw, side=side)


def _loses_before(tag: Tag, order: list[Element], index: dict[Element, int], taken: Lines) -> bool:
    """docxtpl deletes from the end of the text before up to the tag."""
    if (tag.node.text or "")[: tag.start].strip():
        return True
    number = index[tag.node] - 1
    while number >= 0 and order[number].tag != TEXT:
        number -= 1
    return number >= 0 and _apart(order[number], tag.node, taken)


def _loses_after(tag: Tag, order: list[Element], index: dict[Element, int], taken: Lines) -> bool:
    """docxtpl deletes up to the next text, which it takes anything called `w:t...` for, unless a tag comes first."""
    rest = (tag.end_node.text or "")[tag.end :]
    if "{%" in rest or "{{" in rest:
        return False
    number = index[tag.end_node] + 1
    while number < len(order) and not (local(order[number]).startswith("t") and order[number].prefix == "w"):
        number += 1
    if number == len(order):
        return False
    return bool(rest.strip()) or order[number].tag != TEXT or _apart(tag.end_node, order[number], taken)


def _apart(first: Element, last: Element, taken: Lines) -> bool:
    """Do two texts stand so that joining their lines breaks or loses something?

    A line in `taken` goes as a whole with the tag in it, and would take the line that is joined to it along.
    """
    before, after = paragraph_of(first), paragraph_of(last)
    if before is None or after is None:
        return True
    if before is after:
        return False
    if before.getparent() is not after.getparent() or before in taken or after in taken:
        return True
    between = takewhile(lambda line: line is not after, (before, *islice(before.itersiblings(), LINES)))
    joined = list(between)
    return len(joined) > LINES or any(p.tag != PARAGRAPH or p.find(f".//{_SECTION}") is not None for p in joined)

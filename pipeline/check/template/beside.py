"""What a tag takes away beside itself: words in its row or line, a section break, a picture, what a minus trims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice, takewhile

from pipeline.catalogue import problem
from pipeline.check.template.blocks import Structure, unit
from pipeline.check.template.parts import Places, paragraph_of
from pipeline.check.template.tags import Scan, Tag, in_text
from pipeline.problems import Place, Problem
from pipeline.word.xml import PARAGRAPH, TEXT, Element, local, qn

LINES = 50
"""Blank lines between a minus sign and the text that it draws up."""
_SECTION = qn("w:sectPr")
_THINGS = {
    qn("w:drawing"): "picture",
    qn("w:pict"): "picture",
    qn("w:object"): "embedded object",
    qn("w:footnoteReference"): "footnote",
    qn("w:endnoteReference"): "endnote",
    qn("w:fldSimple"): "Word field",
    qn("w:fldChar"): "Word field",
}
_UNIT = {"tr": "row", "tc": "cell", "p": "line", "r": "stretch of text"}
_BREAK, _TYPE = qn("w:br"), qn("w:type")
Lines = AbstractSet[Element | None]


def lost_beside(found: Structure, scan: Scan, places: Places) -> Iterator[Problem]:
    """T009, T021, T037, T038, T054: what vanishes with a tag because it stands in the same row, line or tag."""
    loose = dict(scan.loose)
    others: dict[Element, Tag] = {}
    for tag in found.tags:
        place = places.of(found.part, tag.node, tag.raw)
        whole = unit(tag)
        if whole is not None and tag.prefix != "r":  # docxtpl parts the text around `r` tags, and loses none
            yield from _in_unit(tag, whole, loose, place)
            if whole in others and not _of_one_block(others[whole], tag):
                yield _second(tag, others[whole], place)
            others[whole] = tag
        yield from _in_tag(tag, place)
    yield from _within_units(found, others, places)


def _within_units(found: Structure, others: Mapping[Element, Tag], places: Places) -> Iterator[Problem]:
    """T021: tags somewhere within what another tag, by its unit, replaces; a remark says nothing that could be lost."""
    for tag in (each for each in found.tags if each.kind != "remark"):
        above = next((a for a in tag.node.iterancestors() if a in others and others[a] is not tag), None)
        if above is not None and unit(tag) is not above and others[above].prefix in ("tr", "tc", "p"):
            yield _second(tag, others[above], places.of(found.part, tag.node, tag.raw))


def _of_one_block(first: Tag, second: Tag) -> bool:
    """May they be two steps of one loop or condition? That they share a line is told there (T007)."""
    return first.word in ("for", "if", "elif", "else") and second.word in ("elif", "else", "endif", "endfor")


def _second(tag: Tag, other: Tag, place: Place) -> Problem:
    what = _UNIT[other.prefix]
    return problem("T009", place, tag=tag.raw, other=other.raw, what=what)


def _in_unit(tag: Tag, whole: Element, loose: dict[Element, str], place: Place) -> Iterator[Problem]:
    what = _UNIT[tag.prefix]
    words = " ".join(
        "".join(loose.get(node, "") for node in whole.iter(TEXT)).replace("\N{ZERO WIDTH SPACE}", "").split()
    )
    if words:
        way = "remark" if tag.kind == "remark" else "text"  # a remark may be meant to take it away
        yield problem("T009", place, way, tag=tag.raw, what=what, words=words[:60])
    if next(whole.iter(_SECTION), None) is not None:
        yield problem("T021", place, "beside", tag=tag.raw, what=what)
    thing = next((_THINGS[node.tag] for node in whole.iter(*_THINGS)), "")
    if thing:
        yield problem("T009", place, "thing", tag=tag.raw, what=what, thing=thing)
    if any(node.get(_TYPE) == "page" for node in whole.iter(_BREAK)):
        yield problem("T009", place, "page_break", tag=tag.raw, what=what)


def _in_tag(tag: Tag, place: Place) -> Iterator[Problem]:
    """T037, T038, T054: tags that Word has torn apart in a way that cannot be mended."""
    if not in_text(tag) and (tag.node is not tag.end_node or tag.prefix):
        yield problem("T054", place, tag=tag.raw)
        return
    if tag.attribute:
        return
    first, last = paragraph_of(tag.node), paragraph_of(tag.end_node)
    if first is not last and first is not None and last is not None:
        yield from _over_lines(tag, first, last, place)
    elif first is not None and tag.node is not tag.end_node:
        thing = _thing_within(first, tag)
        if thing:
            yield problem("T038", place, tag=tag.raw, thing=thing)


def _over_lines(tag: Tag, first: Element, last: Element, place: Place) -> Iterator[Problem]:
    between = list(first.itersiblings(PARAGRAPH)) if first.getparent() is last.getparent() else []
    if last not in between or any(
        p.find(f".//{_SECTION}") is not None for p in [first, *between[: between.index(last)]]
    ):
        yield problem("T037", place, "apart", tag=tag.raw)
    else:
        yield problem("T037", place, tag=tag.raw)


def _thing_within(paragraph: Element, tag: Tag) -> str:
    inside = False
    for node in paragraph.iter():
        if node is tag.end_node:
            return ""
        if inside and node.tag in _THINGS:
            return _THINGS[node.tag]
        inside = inside or node is tag.node
    return ""


def trims(found: Structure, places: Places) -> Iterator[Problem]:
    """T050: minus signs that would take words away, or join what is in different cells or sections."""
    signed = [tag for tag in found.tags if _is_signed(tag)]
    if not signed:
        return
    order = [node for node in found.part.root.iter() if isinstance(node.tag, str)]
    index = {node: number for number, node in enumerate(order)}
    taken = _taken(found)
    for tag in signed:
        place = places.of(found.part, tag.node, tag.raw)
        if tag.raw[2] == "-" and _loses_before(tag, order, index, taken):
            yield problem("T050", place, tag=tag.raw, side="before")
        if tag.raw[-3] == "-" and _loses_after(tag, order, index, taken):
            yield problem("T050", place, tag=tag.raw, side="after")


def _taken(found: Structure) -> set[Element | None]:
    """The paragraphs that `p` tags replace."""
    return {paragraph_of(tag.node) for tag in found.tags if tag.prefix == "p"}


def _is_signed(tag: Tag) -> bool:
    return tag.kind == "step" and not tag.attribute and "-" in (tag.raw[2], tag.raw[-3])


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

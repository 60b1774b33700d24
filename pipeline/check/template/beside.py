"""What a tag takes away beside itself: other words in its row or line, a section break, a picture inside it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalogue import problem
from pipeline.check.template.blocks import Structure, unit
from pipeline.check.template.places import Places, paragraph_of
from pipeline.check.template.tags import Scan, Tag, in_text
from pipeline.problems import Place, Problem
from pipeline.word.xml import PARAGRAPH, TEXT, Element, qn

_SECTION = qn("w:sectPr")
_THINGS = {qn("w:drawing"): "picture", qn("w:pict"): "picture", qn("w:object"): "embedded object",
           qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote",
           qn("w:fldSimple"): "Word field", qn("w:fldChar"): "Word field"}  # fmt: skip
_UNIT = {"tr": "row", "tc": "cell", "p": "line", "r": "stretch of text"}
_BREAK, _TYPE = qn("w:br"), qn("w:type")


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
    for tag in found.tags:
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

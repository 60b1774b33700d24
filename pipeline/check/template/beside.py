"""What a tag takes away beside itself: other words in its row or line, a section break, a picture inside it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.template.blocks import Structure, unit
from pipeline.check.template.places import Places, paragraph_of
from pipeline.check.template.tags import Scan, Tag, in_text
from pipeline.problems import Place, Problem, error, warning
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
    return error(
        "T009", place, f"“{tag.raw}” stands in the same {what} as “{other.raw}”, which takes the whole {what} away.",
        f"Move “{other.raw}” to a {what} of its own.",
    )  # fmt: skip


def _in_unit(tag: Tag, whole: Element, loose: dict[Element, str], place: Place) -> Iterator[Problem]:
    what, make = _UNIT[tag.prefix], warning if tag.kind == "remark" else error  # a remark may be meant to take it away
    words = " ".join(
        "".join(loose.get(node, "") for node in whole.iter(TEXT)).replace("\N{ZERO WIDTH SPACE}", "").split()
    )
    if words:
        yield make(
            "T009", place, f"“{tag.raw}” takes its whole {what} away, and with it the text “{words[:60]}”.",
            f"Move the tag to a {what} of its own.",
        )  # fmt: skip
    if next(whole.iter(_SECTION), None) is not None:
        yield error(
            "T021", place, f"“{tag.raw}” takes its whole {what} away, and with it a section break "
            "(a change of page layout, such as to landscape).",
            f"Move the section break to a line of its own outside the {what}.",
        )  # fmt: skip
    thing = next((_THINGS[node.tag] for node in whole.iter(*_THINGS)), "")
    if thing:
        yield error(
            "T009", place, f"“{tag.raw}” takes its whole {what} away, and with it the {thing} beside it.",
            f"Move the tag to a {what} of its own.",
        )  # fmt: skip
    if any(node.get(_TYPE) == "page" for node in whole.iter(_BREAK)):
        yield warning(
            "T009", place, f"“{tag.raw}” takes its whole {what} away, and with it a page break.",
            "Move the page break to a line of its own.",
        )  # fmt: skip


def _in_tag(tag: Tag, place: Place) -> Iterator[Problem]:
    """T037, T038, T054: tags that Word has torn apart in a way that cannot be mended."""
    if not in_text(tag) and (tag.node is not tag.end_node or tag.prefix):
        yield error(
            "T054", place, f"“{tag.raw}” does not stand in ordinary text alone, but in a Word field or the like.",
            "Delete the tag and type it again in ordinary text.",
        )  # fmt: skip
        return
    if tag.attribute:
        return
    first, last = paragraph_of(tag.node), paragraph_of(tag.end_node)
    if first is not last and first is not None and last is not None:
        yield from _over_lines(tag, first, last, place)
    elif first is not None and tag.node is not tag.end_node:
        thing = _thing_within(first, tag)
        if thing:
            yield error(
                "T038", place, f"A {thing} stands inside “{tag.raw}” and would be lost.",
                f"Move the {thing} out of the tag.",
            )  # fmt: skip


def _over_lines(tag: Tag, first: Element, last: Element, place: Place) -> Iterator[Problem]:
    between = list(first.itersiblings(PARAGRAPH)) if first.getparent() is last.getparent() else []
    if last not in between or any(
        p.find(f".//{_SECTION}") is not None for p in [first, *between[: between.index(last)]]
    ):
        yield error(
            "T037", place, f"“{tag.raw}” starts in one place and ends in another; what stands between is lost.",
            "Delete the tag and type it again in one line.",
        )  # fmt: skip
    else:
        yield warning(
            "T037", place, f"“{tag.raw}” goes over the end of a line; the lines become one.",
            "Type the whole tag in one line.",
        )  # fmt: skip


def _thing_within(paragraph: Element, tag: Tag) -> str:
    inside = False
    for node in paragraph.iter():
        if node is tag.end_node:
            return ""
        if inside and node.tag in _THINGS:
            return _THINGS[node.tag]
        inside = inside or node is tag.node
    return ""

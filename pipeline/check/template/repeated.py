"""What stands inside loops and conditions and should not: breaks of section, bookmarks, halves of Word fields."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalogue import problem
from pipeline.check.template.blocks import Structure, stands_alone, unit
from pipeline.check.template.parts import Places
from pipeline.check.template.tags import in_text
from pipeline.problems import Problem
from pipeline.render.nesting import Block
from pipeline.word.xml import VAL, Element, qn

_SECTION = qn("w:sectPr")
_ONCE = {
    qn("w:bookmarkStart"): "bookmark",
    qn("w:commentRangeStart"): "comment",
    qn("w:footnoteReference"): "footnote",
    qn("w:endnoteReference"): "endnote",
}


def repeated(found: Structure, places: Places) -> Iterator[Problem]:
    """T021, T022, T036, T051: what stands inside blocks and should not."""
    yield from _sections(found, places)
    yield from _once(found, places)
    yield from _fields(found, places)
    yield from _blank_lines(found, places)


def _sections(found: Structure, places: Places) -> Iterator[Problem]:
    for section in found.part.root.iter(_SECTION):
        branch = found.branch.get(section)
        if branch is not None and branch.block.closed:
            opener = branch.block.opener.raw
            yield problem("T021", places.of(found.part, section, opener), opener=opener)


def _once(found: Structure, places: Places) -> Iterator[Problem]:
    told: set[tuple[Block, str]] = set()
    for node in found.part.root.iter(*_ONCE):
        branch = found.branch.get(node)
        loop, thing = branch.looped() if branch else None, _ONCE[str(node.tag)]
        name = node.get(qn("w:name"), "")
        if loop is None or (loop, thing) in told or name == "_GoBack":
            continue
        told.add((loop, thing))
        place = places.of(found.part, node, loop.opener.raw)
        yield problem("T022", place, "named" if name else "", thing=thing, name=name, loop=loop.opener.raw)


def _fields(found: Structure, places: Places) -> Iterator[Problem]:
    """A Word field (page number, contents...) that starts inside a block and ends outside swallows text after it."""
    opened: list[Element] = []
    for char in found.part.root.iter(qn("w:fldChar")):
        kind = char.get(qn("w:fldCharType"))
        if kind == "begin":
            opened.append(char)
        elif kind == "end" and opened:
            start, ended = found.branch.get(opened.pop()), found.branch.get(char)
            if start is not ended:
                opener = (ended or start).block.opener  # type: ignore[union-attr]  # they differ, so one is a branch
                yield problem("T051", places.of(found.part, char, opener.raw), opener=opener.raw)


def _blank_lines(found: Structure, places: Places) -> Iterator[Problem]:
    for block in found.blocks:
        alone = [tag for tag in block.steps if not tag.prefix and in_text(tag) and stands_alone(tag)]
        signed = any("-" in (tag.raw[2], tag.raw[-3]) for tag in block.steps)
        if len(alone) == len(block.steps) > 1 and not signed:
            place = places.of(found.part, alone[0].node, alone[0].raw)
            yield problem("T036", place, tag=alone[0].raw, said=alone[0].code)


def numbered(found: Structure, places: Places, bullets: frozenset[str]) -> Iterator[Problem]:
    """T023: list numbers inside a loop inside a loop run on; `bullets` are the number formats without numbers."""
    told: set[Block] = set()
    for number in found.part.root.iter(qn("w:numId")):
        branch = found.branch.get(number)
        loop = branch.looped() if branch else None
        outer = loop.around.looped() if loop and loop.around else None
        if loop and outer and loop not in told and number.get(VAL, "0") not in bullets | {"0"}:
            told.add(loop)
            yield problem("T023", places.of(found.part, number, loop.opener.raw), outer=outer.opener.raw)


def formatted_beside(found: Structure, places: Places) -> Iterator[Problem]:
    """T045: text that follows `{{r ... }}` in the same stretch of formatting loses it."""
    for tag in found.tags:
        run = unit(tag) if tag.prefix == "r" and tag.kind == "field" else None
        if run is None or tag.node is not tag.end_node or run.find(qn("w:rPr")) is None:
            continue
        if (tag.node.text or "")[tag.end :].strip():
            yield problem("T045", places.of(found.part, tag.node, tag.raw), tag=tag.raw)

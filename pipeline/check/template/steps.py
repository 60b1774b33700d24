"""Each tag by itself: can it be read, is it safe, are its gaps right, does its block end?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.bounds import LOOPS
from pipeline.catalogue import problem
from pipeline.check.template.blocks import Structure
from pipeline.check.template.expressions import CELL_WORDS, fault, reading, unknown_words
from pipeline.check.template.parts import Places, shorten
from pipeline.check.template.tags import TAG_LENGTH, Tag
from pipeline.problems import Level, Problem
from pipeline.word.xml import CELL


def tag_faults(found: Structure, places: Places, filters: frozenset[str], *, strict: bool) -> Iterator[Problem]:
    """T008, T010, T012, T013, T015-T017, T031, T039, T048 for every tag of a part; `strict` refuses every call."""
    for tag in found.tags:
        for finding in _of_tag(tag, filters):
            level = Level.ERROR if strict and finding.code == "T017" else finding.level
            yield replace(finding, place=places.of(found.part, tag.node, tag.raw), level=level)


def _of_tag(tag: Tag, filters: frozenset[str]) -> Iterator[Problem]:
    if len(tag.raw) > TAG_LENGTH:
        yield fault("T048", "long", tag=shorten(tag.raw, 30), length=len(tag.raw))
    elif tag.gapped:
        yield _gap(tag)
    elif tag.prefix and tag.kind != "remark" and ("%" in tag.code or "}" in tag.code):
        yield fault("T010", tag=tag.raw, mark="%" if "%" in tag.code else "}", prefix=tag.prefix)
    elif tag.kind == "step" and tag.code.partition(" ")[0] in CELL_WORDS:
        if next(tag.node.iterancestors(CELL), None) is None:
            yield fault("T006", "cell", tag=tag.raw)
    else:
        said = reading(tag)
        yield from said.findings
        if said.tree is not None:
            yield from unknown_words(said.tree, filters, tag.raw)


def _gap(tag: Tag) -> Problem:
    start, hard = tag.raw[:2] + tag.gapped, "\xa0" in tag.raw[: 5 + len(tag.gapped)]
    return fault("T008", "hard" if hard else "", tag=shorten(tag.raw), mark=tag.gapped, start=start)


def block_faults(found: Structure, places: Places) -> Iterator[Problem]:
    """T003, T004, T048: blocks that never end, ends without a start, too many loops inside one another."""
    for block in found.unclosed:
        what = "loop" if block.kind == "for" else "condition"
        opener = block.opener
        place, told = places.of(found.part, opener.node, opener.raw), shorten(opener.raw)
        yield problem("T003", place, what=what, tag=told, prefix=opener.prefix, kind=block.kind)
    for tag in found.stray:
        yield problem("T004", places.of(found.part, tag.node, tag.raw), tag=tag.raw)
    for block in found.blocks:
        around = sum(b.block.kind == "for" for b in block.around.chain()) if block.around else 0
        if block.kind == "for" and around >= LOOPS:
            opener = block.opener
            yield problem("T048", places.of(found.part, opener.node, opener.raw), tag=opener.raw, number=around + 1)
            return

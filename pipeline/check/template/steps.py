"""Each tag by itself: can it be read, is it safe, are its gaps right, does its block end?"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.bounds import LOOPS
from pipeline.check.template.blocks import Structure
from pipeline.check.template.expressions import CELL_WORDS, Finding, reading, unknown_words
from pipeline.check.template.places import Places, shorten
from pipeline.check.template.tags import TAG_LENGTH, Tag
from pipeline.problems import Problem, error, warning
from pipeline.word.xml import CELL


def tag_faults(found: Structure, places: Places, filters: frozenset[str], *, strict: bool) -> Iterator[Problem]:
    """T008, T010, T012, T013, T015-T017, T031, T039, T048 for every tag of a part; `strict` refuses every call."""
    for tag in found.tags:
        for finding in _of_tag(tag, filters):
            make = warning if finding.mild and not (strict and finding.code == "T017") else error
            yield make(finding.code, places.of(found.part, tag.node, tag.raw), finding.message, finding.cure)


def _of_tag(tag: Tag, filters: frozenset[str]) -> Iterator[Finding]:
    if len(tag.raw) > TAG_LENGTH:
        length = f"{len(tag.raw):,} characters long"
        yield Finding("T048", f"The tag “{shorten(tag.raw, 30)}” is {length}.", "Write it more simply.")
    elif tag.gapped:
        yield _gap(tag)
    elif tag.prefix and tag.kind != "remark" and ("%" in tag.code or "}" in tag.code):
        yield Finding(
            "T010", f"“{tag.raw}” holds “{'%' if '%' in tag.code else '}'}”, with which “{tag.prefix}” does not work.",
            f"Take out the “{'%' if '%' in tag.code else '}'}”.",
        )  # fmt: skip
    elif tag.kind == "step" and tag.code.partition(" ")[0] in CELL_WORDS:
        if next(tag.node.iterancestors(CELL), None) is None:
            message = f"“{tag.raw}” acts on a table cell, but stands in none."
            yield Finding("T006", message, "Move it into a table cell.")
    else:
        said = reading(tag)
        yield from said.findings
        if said.tree is not None:
            yield from unknown_words(said.tree, filters, tag.raw)


def _gap(tag: Tag) -> Finding:
    start, hard = tag.raw[:2] + tag.gapped, "\xa0" in tag.raw[: 5 + len(tag.gapped)]
    return Finding(
        "T008", f"“{shorten(tag.raw)}” has a {'hard space (from Ctrl+Shift+Space)' if hard else 'gap'} "
        f"around “{tag.gapped}”, so it is not understood.",
        f"Type “{start}” with no gap, then an ordinary space.",
    )  # fmt: skip


def block_faults(found: Structure, places: Places) -> Iterator[Problem]:
    """T003, T004, T048: blocks that never end, ends without a start, too many loops inside one another."""
    for block in found.unclosed:
        what = "loop" if block.kind == "for" else "condition"
        opener = block.opener
        yield error(
            "T003", places.of(found.part, opener.node, opener.raw),
            f"The {what} “{shorten(opener.raw)}” starts here and never ends.",
            f"Add “{{%{opener.prefix} end{block.kind} %}}” where it should end.",
        )  # fmt: skip
    for tag in found.stray:
        yield error(
            "T004", places.of(found.part, tag.node, tag.raw), f"“{tag.raw}” has no start before it to belong to.",
            "Delete it, or add the “for” or “if” that it should belong to.",
        )  # fmt: skip
    for block in found.blocks:
        around = sum(b.block.kind == "for" for b in block.around.chain()) if block.around else 0
        if block.kind == "for" and around >= LOOPS:
            yield error(
                "T048", places.of(found.part, block.opener.node, block.opener.raw),
                f"“{block.opener.raw}” is the {around + 1}th loop inside other loops.", "Use fewer loops.",
            )  # fmt: skip
            return

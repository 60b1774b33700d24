"""What a paper must hold, worked out from the context alone: every block by its mark, every text in its order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.blocks import Block, Context, Fact, Table
from pipeline.render.identity import name_of, row_key
from pipeline.render.printed import Printed, RowLoop


class Known(NamedTuple):
    """A mark's key, the table it is a row of, the whole text that a paragraph must hold, and where it comes from."""

    key: str
    table: str = ""
    text: str = ""
    sources: tuple[str, ...] = ()


@dataclass(slots=True)
class Expected:
    """`known` by mark name; the marks that must be there; the texts in the order they must be found in."""

    known: dict[str, Known] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unshown: list[Table] = field(default_factory=list)


def expected(context: Context, printed: Printed, *, marks: bool) -> Expected:
    """What the document must hold of this context, given what its template says it prints."""
    wanted = Expected()
    for name, loops in printed.sections:
        for block in context.sections.get(name, ()):
            if isinstance(block, Block):
                _expect_paragraph(wanted, block, marks=marks)
            elif block.rows:
                _expect_table(wanted, block, [loop for loop in loops if loop.list in ("", block.list)], marks=marks)
    return wanted


def canonical(block: Block) -> str:
    """The block's text with each reference as `[[bookmark name]]`, as it is read back from the paper."""
    if len(block.runs) == 1 and not block.runs[0].appendix:
        return block.runs[0].text
    return "".join([f"[[{name_of(run.appendix)}]]" if run.appendix else run.text for run in block.runs])


def _expect_paragraph(wanted: Expected, block: Block, *, marks: bool) -> None:
    name, text = name_of(block.key), canonical(block)
    wanted.known[name] = Known(block.key, "", text, sources(block.facts))
    wanted.texts.append(text)
    if marks:
        wanted.marks.append(name)


def _expect_table(wanted: Expected, table: Table, loops: list[RowLoop], *, marks: bool) -> None:
    if not loops:
        wanted.unshown.append(table)
    for loop in loops:
        for row in table.rows:
            texts = row.values
            wanted.texts += [text for name in loop.fields if (text := texts.get(name)) is not None]
    by_row = [loop for loop in loops if loop.rows]
    asked = tuple(dict.fromkeys([name for loop in by_row for name in loop.asked]))
    for row in table.rows:
        key = row_key(table.key, row.key)
        name, facts = name_of(key), row.facts
        said = sources([fact for field in asked if (fact := facts.get(field)) is not None])
        wanted.known[name] = Known(key, table.key, "", said)
        if marks and by_row:
            wanted.marks.append(name)


def sources(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Where facts come from, each once and in order: `Actions!G11`, or a file's name."""
    return tuple(dict.fromkeys([
        f"{at.sheet}!{at.cell}" if at.sheet and at.cell else at.short for fact in facts for at in fact.sources
    ]))  # fmt: skip


def known_in_template(keys: tuple[str, ...]) -> dict[str, Known]:
    """The marks of what the template itself says, by name."""
    return {name_of(key): Known(key) for key in keys}

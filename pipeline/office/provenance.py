"""Provenance: every figure, date and name of the paper, and the cells or letters it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from pipeline.baseline import Baseline
from pipeline.blocks import Block, Context, Fact, Table

HEADER = "header"


def facts_of(context: Context) -> Iterator[tuple[str, str, Fact]]:
    """Block key, the field's name in a table (else blank), and the fact, in the paper's order; the header's first."""
    for name, fact in context.field_facts.items():
        yield HEADER, name, fact
    for section in context.sections.values():
        for each in section:
            yield from facts_of_block(each)


def facts_of_block(block: Block | Table) -> Iterator[tuple[str, str, Fact]]:
    """The facts of one paragraph, or of every cell of a table."""
    if isinstance(block, Block):
        yield from ((block.key, "", fact) for fact in block.facts)
    else:
        yield from ((f"{block.key}/{row.key}", name, fact) for row in block.rows for name, fact in row.facts.items())


def facts_as_data(context: Context, baseline: Baseline) -> Iterator[dict[str, object]]:
    """All facts that the paper prints, one after the other, as the record keeps them; of a table's row, the fields that
    it shows.
    """
    written = {each.key: each.texts for each in baseline.blocks}
    for name, fact in context.field_facts.items():
        yield fact_as_data(HEADER, name, fact)
    for block in chain.from_iterable(context.sections.values()):
        if isinstance(block, Block):
            yield from (fact_as_data(block.key, "", fact) for fact in block.facts)
            continue
        for row in block.rows:
            key = f"{block.key}/{row.key}"
            shown = "\n".join(written[key]) if key in written else None
            for name, text in row.values.items():
                if shown is None or text in shown:
                    yield fact_as_data(key, name, row.facts[name])


def fact_as_data(key: str, name: str, fact: Fact) -> dict[str, object]:
    """One of them."""
    return {"block": key, "field": name, "how": fact.how, "sources": fact.sources, "text": fact.text}

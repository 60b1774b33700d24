"""Provenance: every figure, date and name of the paper, and the cells or letters it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.baseline import Baseline
from pipeline.blocks import Block, Context, Fact, Table
from pipeline.problems import Place

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


def facts_as_data(context: Context, baseline: Baseline) -> list[dict[str, Any]]:
    """All facts that the paper prints, as the record keeps them; of a table's row, the fields that it shows."""
    shown = {each.key: "\n".join(each.texts) for each in baseline.blocks}
    return [
        {
            "block": key,
            "field": name,
            "text": fact.text,
            "how": fact.how,
            "sources": [place_as_data(each) for each in fact.sources],
        }
        for key, name, fact in facts_of(context)
        if not name or fact.text in shown.get(key, fact.text)
    ]


def place_as_data(place: Place) -> list[str]:
    """A place as four texts: file, sheet, cell, near."""
    return [place.file, place.sheet, place.cell, place.near]

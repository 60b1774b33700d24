"""What a paper must hold, worked out from the context alone: every block by its mark, every text in its order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.baseline import mark_name
from pipeline.blocks import Block, Context, Row, Table
from pipeline.problems import Place
from pipeline.render.identity import name_of, row_key
from pipeline.render.printed import Printed, RowLoop


@dataclass(frozen=True, slots=True)
class Known:
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
    loops: dict[str, tuple[RowLoop, ...]] = {}
    for name, rows in printed.sections:
        loops[name] = loops.get(name, ()) + rows
        for block in context.sections.get(name, ()):
            if isinstance(block, Block):
                wanted.texts.append(canonical(block))
            elif block.rows:
                wanted.texts += _row_texts(block, rows)
    for name, blocks in context.sections.items():
        for block in blocks:
            _know(wanted, block, loops.get(name), marks=marks)
    return wanted


def canonical(block: Block) -> str:
    """The block's text with each reference as `[[bookmark name]]`, as it is read back from the paper."""
    if any(run.appendix for run in block.runs):
        return "".join(f"[[{name_of(run.appendix).decode()}]]" if run.appendix else run.text for run in block.runs)
    return block.text


def _row_texts(table: Table, loops: tuple[RowLoop, ...]) -> Iterator[str]:
    for loop in loops:
        if loop.list in ("", table.list):
            for row in table.rows:
                yield from (row.values[name] for name in loop.fields if name in row.values)


def _know(wanted: Expected, block: Block | Table, loops: tuple[RowLoop, ...] | None, *, marks: bool) -> None:
    if isinstance(block, Block):
        name = _add(wanted, Known(block.key, "", canonical(block), _sources(block)))
        if marks and loops is not None:
            wanted.marks.append(name)
        return
    shown = [loop for loop in loops or () if loop.list in ("", block.list)]
    if block.rows and loops is not None and not shown:
        wanted.unshown.append(block)
    by_row = any(loop.rows for loop in shown)
    for row in block.rows:
        name = _add(wanted, Known(row_key(block.key, row.key), block.key, "", _sources(row)))
        if marks and by_row:
            wanted.marks.append(name)


def _add(wanted: Expected, known: Known) -> str:
    name = name_of(known.key).decode()
    wanted.known[name] = known
    return name


def _sources(block: Block | Row) -> tuple[str, ...]:
    facts = block.facts if isinstance(block, Block) else block.facts.values()
    found = dict.fromkeys(source for fact in facts for source in fact.sources)
    return tuple(map(_short, found))


def _short(place: Place) -> str:
    return f"{place.sheet}!{place.cell}" if place.sheet and place.cell else place.short


def known_in_template(keys: tuple[str, ...]) -> dict[str, Known]:
    """The marks of what the template itself says, by name."""
    return {mark_name(key): Known(key) for key in keys}

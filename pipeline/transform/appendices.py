"""Appendices in order of first mention, and the letters relied on that are not appended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from pipeline.blocks import Block, Fact, Run, Table
from pipeline.kinds import Letter
from pipeline.language import Vocabulary, World
from pipeline.report import Report
from pipeline.transform.vocabulary import LETTERS

Sections = Mapping[str, Sequence[Block | Table]]
APPENDIX = "appendix/"


def mentioned(sections: Sections) -> list[str]:
    """Keys of the appendices that the paragraphs refer to, in order of first mention."""
    blocks = (each for section in sections.values() for each in section if isinstance(each, Block))
    return list(dict.fromkeys(run.appendix for block in blocks for run in block.runs if run.appendix))


def numbered(block: Block | Table, numbers: Mapping[str, int], label: str) -> Block | Table:
    """The block with its references reading `Appendix 2`; `label` is the council's word for an appendix."""
    if isinstance(block, Table) or not any(run.appendix for run in block.runs):
        return block
    return replace(block, runs=tuple(run._replace(text=reference(run, numbers, label)) for run in block.runs))


def reference(run: Run, numbers: Mapping[str, int], label: str) -> str:
    """What a run reads once the appendices are numbered."""
    return f"{label} {numbers[run.appendix]}" if run.appendix else run.text


def appendix_list(world: World, appended: Sequence[str]) -> tuple[Block, ...]:
    """The list at the end of the paper: the titles, from the log."""
    letters = {APPENDIX + each.ref: each for each in world.name(LETTERS)}
    blocks = []
    for letter in (letters[key] for key in appended):
        title = letter.appendix_title or letter.subject or letter.kind or letter.ref
        fact = Fact(title, (letter.place("appendix_title"),))
        blocks.append(Block(APPENDIX + letter.ref, (Run(title),), "appendix", (fact,)))
    return tuple(blocks)


def background_papers(
    report: Report, known: Vocabulary, world: World, sections: Sections, appended: Sequence[str]
) -> list[Letter]:
    """Letters that a statement rests on and that are not appended (Local Government Act 1972, section 100D)."""
    listed = frozenset(appended)
    rest = [each for each in world.name(LETTERS) if APPENDIX + each.ref not in listed]
    if not rest:
        return []
    counts = partial(may_rest_on_letters, report, known)
    used = {place for fact in all_facts(sections, counts) for place in fact.sources}
    return [each for each in rest if each.source in used or not used.isdisjoint(each.cells.values())]


def may_rest_on_letters(report: Report, known: Vocabulary, table: Table) -> bool:
    """Is it a table of letters, or may its rows stand in the letters' own file? Others rest on cells of their own."""
    if known.kind_of(" ".join(table.list.split())) == "letter":
        return True
    sources = report.sources
    others = {each.file.casefold() for role, each in sources.items() if role != "letters"}
    return "letters" not in sources or sources["letters"].file.casefold() in others


def all_facts(sections: Sections, counts: Callable[[Table], bool]) -> Iterator[Fact]:
    """Every fact of every paragraph, and of the tables that count."""
    for section in sections.values():
        for each in section:
            if isinstance(each, Block):
                yield from each.facts
            elif counts(each):
                for row in each.rows:
                    yield from row.facts.values()

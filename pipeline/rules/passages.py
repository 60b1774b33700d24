"""Passages: paragraphs to be judged by their words, wherever they stand: in the paper made, a comment or a draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pipeline.blocks import WORDING, Block, Context, Fact, Row, Table
from pipeline.kinds import Comment
from pipeline.problems import NOWHERE, Place
from pipeline.report import Report
from pipeline.rules.written_dates import sentences_of

TITLES = "appendices"
MADE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a reference that is made and not typed."""


class Passage(NamedTuple):
    """A paragraph: `text` as a reader sees it, `typed` without its references, which are made.

    `source` tells who wrote it: the wording sheet, a service in its comment, or people in the draft. `facts` know the
    cells behind its words; what has none `stands` at one place. A passage that `waits` keeps the place of a comment.
    """

    text: str
    source: Literal["wording", "comment", "draft"]
    section: str = ""
    key: str = ""
    typed: str = ""
    facts: tuple[Fact, ...] = ()
    stands: Place = NOWHERE
    in_table: bool = False
    waits: bool = False

    @property
    def comment(self) -> bool:
        """Did a service send it?"""
        return self.source == "comment"

    def place(self, words: str) -> Place:
        """Where some words of it were read from: by the fact that prints them where they first stand, else by their
        sentence; the sentence of the wording sheet, or the comment, for no words.
        """
        at = self.text.find(words) if words else -1
        facts = sorted((fact for fact in self.facts if fact.sources), key=lambda fact: fact.how == WORDING)
        there = (fact for fact in facts if at >= 0 and fact.covers(at, at + len(words)))
        wording = (fact for fact in facts if fact.how == WORDING)
        return next((fact.sources[0] for fact in (*there, *wording, *facts)), self.stands)


class Sentence(NamedTuple):
    """A sentence of a passage, which stands where that does."""

    passage: Passage
    text: str

    def place(self, words: str) -> Place:
        """Where some words of it were read from."""
        return self.passage.place(words)


def sentences(passages: Iterable[Passage]) -> Iterator[Sentence]:
    """Every sentence of some passages."""
    return (Sentence(passage, text) for passage in passages for text in sentences_of(passage.text))


def passages(report: Report, context: Context) -> Iterator[Passage]:
    """Every paragraph of the paper's sections in order; not the list of appendices, which is made from titles."""
    for name, blocks in context.sections.items():
        for block in blocks:
            if isinstance(block, Table):
                yield from (of_row(name, block, row) for row in block.rows if row.drawn)
            elif name != TITLES:
                yield of_block(name, block, sent_in=name in report.comments)


def of_block(section: str, block: Block, *, sent_in: bool) -> Passage:
    """A paragraph of a section, which a service sends or not."""
    source: Literal["comment", "wording"] = "comment" if sent_in and comes_as_comment(block) else "wording"
    plain = "".join([MADE if run.appendix else run.text for run in block.runs])
    return Passage(block.text, source, section, block.key, plain, block.facts, waits=block.style == "placeholder")


def of_row(section: str, table: Table, row: Row) -> Passage:
    """A row of a table that somebody sent."""
    text = "\t".join(filter(None, row.values.values()))
    return Passage(text, "comment", section, f"{table.key}/{row.key}", text, tuple(row.facts.values()))


def sent(comments: tuple[Comment, ...]) -> Iterator[Passage]:
    """Every paragraph of the comments as services sent them, in the paper or not."""
    for comment in comments:
        for paragraph in comment.paragraphs:
            text = "".join(run.text for run in paragraph.runs)
            yield Passage(text, "comment", comment.section, typed=text, stands=paragraph.source)


def comes_as_comment(block: Block) -> bool:
    """Was the paragraph sent as a Word file, or does its place wait for one? Wording leaves its own mark."""
    return not any(fact.how == WORDING for fact in block.facts)

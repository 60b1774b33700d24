"""The paragraphs of a paper, each knowing which cell, row or comment its words come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.blocks import Block, Context
from pipeline.problems import NOWHERE, Place
from pipeline.report import Report

TITLES = "appendices"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its section, whether a service sent it as a comment, the block, and what a reader sees of it."""

    section: str
    comment: bool
    block: Block
    text: str

    @property
    def typed(self) -> str:
        """The paragraph without its references to appendices, which are made and not typed."""
        return "".join("\N{OBJECT REPLACEMENT CHARACTER}" if run.appendix else run.text for run in self.block.runs)

    def place(self, words: str) -> Place:
        """Where some words of it were read from; the sentence of the wording sheet, or the comment, for no words."""
        facts = [fact for fact in self.block.facts if fact.sources]
        told = next((fact for fact in facts if words and words in fact.text), None)
        wording = next((fact for fact in facts if fact.how == "wording"), None)
        found = told or wording or next(iter(facts), None)
        return found.sources[0] if found else NOWHERE


def passages(report: Report, context: Context) -> Iterator[Passage]:
    """Every paragraph of the paper's sections in order; not the list of appendices, which is made from titles."""
    for name, blocks in context.sections.items():
        for block in blocks:
            if isinstance(block, Block) and name != TITLES:
                yield Passage(name, name in report.comments and comes_as_comment(block), block, block.text)


def comes_as_comment(block: Block) -> bool:
    """Was the paragraph sent as a Word file, or does its place wait for one? Wording leaves its own mark."""
    return not any(fact.how == "wording" for fact in block.facts)


def shortened(text: str) -> str:
    """A sentence cut after 70 characters."""
    return text if len(text) <= 70 else text[:69] + "…"

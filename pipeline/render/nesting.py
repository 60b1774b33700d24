"""Loops and conditions: which step closes which, and in which branch of them a tag stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.bounds import STEPS

OPENERS = frozenset({"for", "if"})
ENDS: dict[str, Literal["for", "if"]] = {"endfor": "for", "endif": "if"}


Tag = Any
"""A tag of the document or of what docxtpl made of it, of which only the first `word` of a step is asked."""


@dataclass(slots=True, eq=False)
class Block:
    """A loop or a condition: the steps that open, divide and close it, and the branch around it."""

    kind: Literal["for", "if"]
    steps: list[Tag]
    around: Branch | None
    closed: bool = False

    @property
    def opener(self) -> Tag:
        """The step that opens it."""
        return self.steps[0]


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """What stands between two steps of a block: `number` 0 is what the opening step lets through."""

    block: Block
    number: int
    depth: int = 1

    def chain(self) -> Iterator[Branch]:
        """This branch and all those around it, from the inside out."""
        branch: Branch | None = self
        while branch is not None:
            yield branch
            branch = branch.block.around

    def looped(self) -> Block | None:
        """The innermost loop around, if this can be repeated by one."""
        return next((b.block for b in self.chain() if b.block.kind == "for" and b.number == 0), None)


@dataclass(slots=True)
class Nesting:
    """Pairs steps as they come: `here` is the branch in which what comes next stands, `stray` steps have no opening."""

    here: Branch | None = None
    blocks: list[Block] = field(default_factory=list)
    stray: list[Tag] = field(default_factory=list)

    @property
    def unclosed(self) -> list[Block]:
        """Blocks that nothing closes."""
        return [block for block in self.blocks if not block.closed]

    def meet(self, tag: Tag) -> Branch | None:
        """Takes the next tag, and returns the branch in which it stands itself: a step of a block is not inside it."""
        if tag.word in OPENERS:
            return self._open(tag)
        if tag.word in ENDS:
            return self._close(tag)
        if tag.word in ("else", "elif"):
            return self._divide(tag)
        return self.here

    def _open(self, tag: Tag) -> Branch | None:
        around = self.here
        block = Block("for" if tag.word == "for" else "if", [tag], around)
        self.blocks.append(block)
        depth = around.depth + 1 if around else 1
        if depth <= STEPS:  # beyond, a block counts as never closed
            self.here = Branch(block, 0, depth)
        return around

    def _divide(self, tag: Tag) -> Branch | None:
        if self.here is None or not _may_divide(self.here.block, tag):
            self.stray.append(tag)
            return None
        block = self.here.block
        self.here = Branch(block, len(block.steps), self.here.depth)
        block.steps.append(tag)
        return block.around

    def _close(self, tag: Tag) -> Branch | None:
        around = self.here.chain() if self.here else iter(())
        block = next((branch.block for branch in around if branch.block.kind == ENDS[tag.word]), None)
        if block is None:
            self.stray.append(tag)
            return self.here
        block.steps.append(tag)
        block.closed, self.here = True, block.around
        return self.here


def _may_divide(block: Block, tag: Tag) -> bool:
    return not (tag.word == "elif" and block.kind == "for") and block.steps[-1].word != "else"

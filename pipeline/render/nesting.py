"""Loops and conditions: which step closes which, and in which branch of them a tag stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar

from pipeline.bounds import STEPS

OPENERS = frozenset({"for", "if"})
ENDS: dict[str, Literal["for", "if"]] = {"endfor": "for", "endif": "if"}


class Worded(Protocol):
    """A tag, of which only the first word of a step is asked."""

    @property
    def word(self) -> str:
        """`for`, `endif`… and blank for what is no step."""
        ...


T = TypeVar("T", bound=Worded)


@dataclass(slots=True, eq=False)
class Block(Generic[T]):
    """A loop or a condition: the steps that open, divide and close it, and the branch around it."""

    kind: Literal["for", "if"]
    steps: list[T]
    around: Branch[T] | None
    closed: bool = False

    @property
    def opener(self) -> T:
        """The step that opens it."""
        return self.steps[0]


@dataclass(frozen=True, slots=True, eq=False)
class Branch(Generic[T]):
    """What stands between two steps of a block: `number` 0 is what the opening step lets through."""

    block: Block[T]
    number: int
    depth: int = 1

    def chain(self) -> Iterator[Branch[T]]:
        """This branch and all those around it, from the inside out."""
        branch: Branch[T] | None = self
        while branch is not None:
            yield branch
            branch = branch.block.around

    def looped(self) -> Block[T] | None:
        """The innermost loop around, if this can be repeated by one."""
        return next((b.block for b in self.chain() if b.block.kind == "for" and b.number == 0), None)


@dataclass(slots=True)
class Nesting(Generic[T]):
    """Pairs steps as they come: `here` is the branch in which what comes next stands, `stray` steps have no opening."""

    here: Branch[T] | None = None
    blocks: list[Block[T]] = field(default_factory=list)
    stray: list[T] = field(default_factory=list)

    @property
    def unclosed(self) -> list[Block[T]]:
        """Blocks that nothing closes."""
        return [block for block in self.blocks if not block.closed]

    def meet(self, tag: T) -> Branch[T] | None:
        """Takes the next tag, and returns the branch in which it stands itself: a step of a block is not inside it."""
        if tag.word in OPENERS:
            return self._open(tag)
        if tag.word in ENDS:
            return self._close(tag)
        if tag.word in ("else", "elif"):
            return self._divide(tag)
        return self.here

    def _open(self, tag: T) -> Branch[T] | None:
        around = self.here
        block = Block("for" if tag.word == "for" else "if", [tag], around)
        self.blocks.append(block)
        depth = around.depth + 1 if around else 1
        if depth <= STEPS:  # beyond, a block counts as never closed
            self.here = Branch(block, 0, depth)
        return around

    def _divide(self, tag: T) -> Branch[T] | None:
        if self.here is None or not _may_divide(self.here.block, tag):
            self.stray.append(tag)
            return None
        block = self.here.block
        self.here = Branch(block, len(block.steps), self.here.depth)
        block.steps.append(tag)
        return block.around

    def _close(self, tag: T) -> Branch[T] | None:
        around = self.here.chain() if self.here else iter(())
        block = next((branch.block for branch in around if branch.block.kind == ENDS[tag.word]), None)
        if block is None:
            self.stray.append(tag)
            return self.here
        block.steps.append(tag)
        block.closed, self.here = True, block.around
        return self.here


def _may_divide(block: Block[T], tag: T) -> bool:
    return not (tag.word == "elif" and block.kind == "for") and block.steps[-1].word != "else"

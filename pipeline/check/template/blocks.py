"""Loops and conditions: which step closes which, and what of the document stands inside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from pipeline.check.template.parts import Part, paragraph_of
from pipeline.check.template.tags import Tag
from pipeline.word.xml import CELL, PARAGRAPH, ROW, RUN, Element

UNITS = {"tr": ROW, "tc": CELL, "p": PARAGRAPH, "r": RUN}
OPENERS = frozenset({"for", "if"})
DEPTH = 40
"""Blocks inside one another that are followed; beyond, a block counts as never closed."""
ENDS = {"endfor": "for", "endif": "if"}


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
class Structure:
    """The blocks of a part: `stray` steps have no opening, `unclosed` blocks no end. `branch` says what is in what."""

    part: Part
    tags: tuple[Tag, ...]
    blocks: list[Block] = field(default_factory=list)
    stray: list[Tag] = field(default_factory=list)
    branch: dict[Element | Tag, Branch] = field(default_factory=dict)

    @property
    def unclosed(self) -> list[Block]:
        """Blocks that nothing closes."""
        return [block for block in self.blocks if not block.closed]


def unit(tag: Tag) -> Element | None:
    """The row, cell, paragraph or run that a prefixed tag takes away; None if it has no prefix or stands in none."""
    if not tag.prefix or tag.attribute:
        return None
    return next((a for a in tag.node.iterancestors(UNITS[tag.prefix])), None)


def structure(part: Part, tags: tuple[Tag, ...]) -> Structure:
    """Pairs the steps of a part, and notes the innermost branch of every tag and of every element in it."""
    found = Structure(part, tags)
    walker = _Walker(found)
    at: dict[Element, list[Tag]] = {}
    for tag in tags:
        at.setdefault(tag.node, []).append(tag)
    if tags:
        for _, element in etree.iterwalk(part.root, events=("start",)):
            if walker.here is not None:
                found.branch[element] = walker.here
            for tag in at.get(element, ()):
                walker.meet(tag)
    return found


@dataclass(slots=True)
class _Walker:
    found: Structure
    here: Branch | None = None

    def meet(self, tag: Tag) -> None:
        word = tag.word
        if word in OPENERS:
            self._note(tag)
            self._open(tag)
        elif word in ENDS:
            self._close(tag, ENDS[word])
            self._note(tag)
        elif word in ("else", "elif"):
            self._divide(tag)
        else:
            self._note(tag)

    def _note(self, tag: Tag) -> None:
        if self.here is not None:
            self.found.branch[tag] = self.here

    def _open(self, tag: Tag) -> None:
        block = Block("for" if tag.word == "for" else "if", [tag], self.here)
        self.found.blocks.append(block)
        depth = self.here.depth + 1 if self.here else 1
        if depth <= DEPTH:
            self.here = Branch(block, 0, depth)

    def _divide(self, tag: Tag) -> None:
        block = self.here.block if self.here else None
        if block is None or (tag.word == "elif" and block.kind == "for") or self._has_else(block):
            self.found.stray.append(tag)
            return
        if block.around is not None:
            self.found.branch[tag] = block.around
        self.here = Branch(block, len(block.steps), self.here.depth if self.here else 1)
        block.steps.append(tag)

    @staticmethod
    def _has_else(block: Block) -> bool:
        return block.steps[-1].word == "else"

    def _close(self, tag: Tag, kind: str) -> None:
        branches = list(self.here.chain()) if self.here else []
        match = next((branch.block for branch in branches if branch.block.kind == kind), None)
        if match is None:
            self.found.stray.append(tag)
            return
        match.steps.append(tag)
        match.closed = True
        self.here = match.around


def stands_alone(tag: Tag) -> bool:
    """Is the tag all the text of its paragraph?"""
    paragraph = paragraph_of(tag.node)
    if paragraph is None:
        return False
    text = "".join(node.text or "" for node in paragraph.iter("{*}t") if paragraph_of(node) is paragraph)
    return text.strip() == tag.raw.strip()

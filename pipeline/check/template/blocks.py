"""What of the document stands inside which loop or condition."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from pipeline.check.template.parts import Part, paragraph_of
from pipeline.check.template.tags import Tag
from pipeline.render.nesting import Block, Branch, Nesting
from pipeline.word.xml import CELL, PARAGRAPH, ROW, RUN, Element

UNITS = {"tr": ROW, "tc": CELL, "p": PARAGRAPH, "r": RUN}


@dataclass(slots=True)
class Structure:
    """The loops and conditions of a part; `branch` says in which of them each tag and element stands."""

    part: Part
    tags: tuple[Tag, ...]
    nesting: Nesting = field(default_factory=Nesting)
    branch: dict[Element | Tag, Branch] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Block]:
        """All loops and conditions."""
        return self.nesting.blocks

    @property
    def whole(self) -> bool:
        """Does every block end, and every step belong to one?"""
        return not self.nesting.stray and not self.nesting.unclosed


def unit(tag: Tag) -> Element | None:
    """The row, cell, paragraph or run that a prefixed tag takes away; None if it has no prefix or stands in none."""
    if not tag.prefix or tag.attribute:
        return None
    return next((a for a in tag.node.iterancestors(UNITS[tag.prefix])), None)


def structure(part: Part, tags: tuple[Tag, ...]) -> Structure:
    """Pairs the steps of a part, and notes the innermost branch of every tag and of every element in it."""
    found, at = Structure(part, tags), dict[Element, list[Tag]]()
    for tag in tags:
        at.setdefault(tag.node, []).append(tag)
    for _, element in etree.iterwalk(part.root, events=("start",)) if tags else ():
        inside = [(element, found.nesting.here), *((tag, found.nesting.meet(tag)) for tag in at.get(element, ()))]
        found.branch.update((one, branch) for one, branch in inside if branch is not None)
    return found


def stands_alone(tag: Tag) -> bool:
    """Is the tag all the text of its paragraph?"""
    paragraph = paragraph_of(tag.node)
    if paragraph is None:
        return False
    text = "".join(node.text or "" for node in paragraph.iter("{*}t") if paragraph_of(node) is paragraph)
    return text.strip() == tag.raw.strip()

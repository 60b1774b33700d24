"""Cells, rows, tables and headers that could be left empty: Word calls a file with such a thing unreadable.

Each must keep something whatever the data: a cell, header, footnote or text box a line (a cell as the last thing in
it), a table a row, a row a cell. (Containment: ECMA-376 part 1, 17.4.37, 17.4.65, 17.4.78.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.catalogue import problem
from pipeline.check.template.blocks import Structure, unit
from pipeline.check.template.parts import Places
from pipeline.check.template.tags import Tag
from pipeline.problems import Place, Problem
from pipeline.render.nesting import ENDS, OPENERS
from pipeline.word.xml import CELL, PARAGRAPH, ROW, TABLE, Element, qn

_NOTHING = "nothing"
_CONTROL = qn("w:sdt")
_CONTENT = qn("w:sdtContent")
_NEEDS_LINE = {
    CELL: "table cell",
    qn("w:hdr"): "header",
    qn("w:ftr"): "footer",
    qn("w:footnote"): "footnote",
    qn("w:txbxContent"): "text box",
}


@dataclass(slots=True)
class _Node:
    """An item of a container, or a block of them (`branches` of items, `sure` if one branch is always taken)."""

    kind: str = ""
    branches: list[list[_Node]] = field(default_factory=list)
    sure: bool = False


def emptied(found: Structure, places: Places) -> Iterator[Problem]:
    """T019 and T020: whatever could lose all that it holds."""
    taken: dict[Element, Tag] = {}
    for tag in found.tags:
        whole = unit(tag)
        if whole is not None:
            taken[whole] = tag
    for container, tag in _containers(taken).items():
        endings = _endings(_items(container, taken, found))
        yield from _fault(container, endings, places.of(found.part, tag.node, tag.raw))


def _containers(taken: dict[Element, Tag]) -> dict[Element, Tag]:
    """What holds something that a tag takes away, and the first such tag in it."""
    parents: dict[Element, Tag] = {}
    for whole, tag in taken.items():
        parent = whole.getparent()
        while parent is not None and parent.tag in (_CONTENT, _CONTROL):
            parent = parent.getparent()
        if parent is not None:
            parents.setdefault(parent, tag)
    return parents


def _fault(container: Element, endings: set[str], place: Place) -> Iterator[Problem]:
    what = _NEEDS_LINE.get(container.tag)
    if what and _NOTHING in endings:
        yield problem("T019", place, what=what)
    elif container.tag == CELL and TABLE in endings:
        yield problem("T019", place, "table")
    elif container.tag == TABLE and _NOTHING in endings:
        yield problem("T020", place)
    elif container.tag == ROW and _NOTHING in endings:
        yield problem("T020", place, "row")


def _children(container: Element) -> Iterator[Element]:
    for child in container:
        if child.tag == _CONTROL:
            content = child.find(_CONTENT)
            yield from _children(content) if content is not None else ()
        else:
            yield child


def _items(container: Element, taken: dict[Element, Tag], found: Structure) -> list[_Node]:
    """The container's items, nested by the prefixed steps among them; unpaired steps count as plain items."""
    top = _Node("block", [[]], sure=True)
    stack = [top]
    for child in _children(container):
        tag = taken.get(child)
        if tag is None:
            if child.tag in (PARAGRAPH, TABLE, ROW, CELL):
                stack[-1].branches[-1].append(_Node(str(child.tag)))
        elif tag.word in OPENERS:
            block = _Node("block", [[]], sure=_assured(tag, found))
            stack[-1].branches[-1].append(block)
            stack.append(block)
        elif tag.word in ("else", "elif") and len(stack) > 1:
            stack[-1].branches.append([])
            stack[-1].sure = stack[-1].sure or tag.word == "else"
        elif tag.word in ENDS and len(stack) > 1:
            stack.pop()
        elif tag.kind == "field" and tag.prefix != "tr":
            stack[-1].branches[-1].append(_Node(PARAGRAPH))  # prints something of its own: a part-document
    return top.branches[0]


def _assured(opener: Tag, found: Structure) -> bool:
    """A loop that always has a turn: inside a condition on its own list, or over the rows of a table block.

    The context holds no table block without rows, so `block.list == 'name'` answers for `block.rows`.
    """
    if opener.word != "for" or " in " not in opener.code:
        return False
    listed = opener.code.split(" in ", 1)[1].strip()
    rows = re.match(r"(\w+)\.rows$", listed)
    table = re.compile(rf"{rows[1]}\.list\s*==\s*(['\"]).+\1$" if rows else r"(?!)")
    return any(listed == term or table.match(term) for term in _demanded(opener, found))


def _demanded(tag: Tag, found: Structure) -> Iterator[str]:
    """The terms of all conditions that must hold where a tag stands."""
    here = found.branch.get(tag)
    for branch in here.chain() if here else ():
        step = branch.block.steps[branch.number]
        test = step.code.partition(" ")[2]
        if step.word in ("if", "elif") and " or " not in test:
            yield from (term.strip() for term in test.split(" and "))


def _endings(items: list[_Node]) -> set[str]:
    """What can come last: kinds of items, and `nothing` if all can be absent."""
    possible = {_NOTHING}
    for item in items:
        ends = _block_endings(item) if item.kind == "block" else {item.kind}
        possible = (possible if _NOTHING in ends else set()) | (ends - {_NOTHING})
    return possible


def _block_endings(block: _Node) -> set[str]:
    ends = set().union(*(_endings(branch) for branch in block.branches))
    return ends if block.sure else ends | {_NOTHING}

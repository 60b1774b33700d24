"""The lists of a Word comment: which of their labels a paper would print as others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.opc import Element
from pipeline.read.comment_lines import Found, Line
from pipeline.word.numbering import Numbered, Numbering, formatted, labelled


def relabelled(lines: Sequence[Line], root: Element, numbering: Numbering) -> list[Line]:
    """The lines, each of a list whose label the paper would print as another told of with the label.

    The paper numbers the items of a list from its first one on: a list that starts again, or elsewhere than at its
    first number, whose items have items, or whose labels are words (“Option 2:”) reads otherwise there.
    """
    if not any(line.listed == "number" for line in lines):
        return list(lines)
    labels = {numbered.paragraph: numbered for numbered in labelled(root, numbering)}
    return [_told(line, labels, numbering, position) for line, position in zip(lines, _positions(lines), strict=True)]


def _positions(lines: Sequence[Line]) -> Iterator[int]:
    """How many items in a row each line ends; 0 for one that is no numbered item with words."""
    position = 0
    for line in lines:
        if line.text.strip():
            position = position + 1 if line.listed == "number" else 0
        yield position if line.text.strip() else 0


def _told(line: Line, labels: Mapping[Element, Numbered], numbering: Numbering, position: int) -> Line:
    numbered = labels[line.paragraph] if position and line.paragraph is not None else None
    if numbered is None or _is_kept(numbered, numbering, position):
        return line
    return line._replace(found=(*line.found, Found("label", numbered.label)))


def _is_kept(numbered: Numbered, numbering: Numbering, position: int) -> bool:
    """Is the label the plain number of the item's position in its list?"""
    if numbered.place is None or not numbered.label:
        return True
    level = numbering.lists[numbered.place[0]].levels[numbered.place[1]]
    signs = re.sub(r"%\d", "", level.text)
    if numbered.place[1] or any(sign.isalnum() for sign in signs):
        return False
    return numbered.label == re.sub(r"%\d", formatted(position, level.form), level.text)

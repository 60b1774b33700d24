"""What is taken out of a patched template before it is marked: what docxtpl left empty, marks of an earlier paper."""

from __future__ import annotations

from pipeline.blocks import MARK_PREFIX
from pipeline.opc import Element
from pipeline.word.xml import ID, NAME, RUN, TEXT, local, qn

_START, _END, _RUN_LOOK = map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:rPr"))


def clean(root: Element) -> None:
    """Takes out runs that docxtpl left without text, and marks of an earlier paper that the template was made from."""
    old = {start.get(ID) for start in root.iter(_START) if start.get(NAME, "").startswith(MARK_PREFIX)}
    marks = [mark for mark in root.iter(_START, _END) if mark.get(ID) in old]
    for element in [*filter(_is_without_text, root.iter(RUN)), *marks]:
        _remove(element)


def _is_without_text(run: Element) -> bool:
    """Does a run hold a text and nothing else, and that nothing?"""
    text = run.find(TEXT)
    alone = [local(leaf) for leaf in run if leaf.tag != _RUN_LOOK] == ["t"]
    return alone and text is not None and not text.text and not len(text)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)

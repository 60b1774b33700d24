"""What is taken out of a patched template before it is marked: what docxtpl left empty, marks of an earlier paper."""

from __future__ import annotations

from pipeline.blocks import MARK_PREFIX
from pipeline.opc import Element
from pipeline.word.xml import ID, NAME, RUN, TEXT, local, qn

_START, _END, _RUN_LOOK = map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:rPr"))


def clean(root: Element) -> None:
    """Takes out runs that docxtpl left without text, and marks of an earlier paper that the template was made from."""
    for run in [run for run in root.iter(RUN) if [local(leaf) for leaf in run if leaf.tag != _RUN_LOOK] == ["t"]]:
        text = run.find(TEXT)
        if text is not None and not text.text and not len(text):
            _remove(run)
    old = {start.get(ID) for start in root.iter(_START) if start.get(NAME, "").startswith(MARK_PREFIX)}
    for mark in [mark for mark in root.iter(_START, _END) if mark.get(ID) in old]:
        _remove(mark)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)

"""Our marks: the hidden bookmarks that tell which block a paragraph or row is; put back cleanly after a merge."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

from pipeline.baseline import MARK_PREFIX, mark_name
from pipeline.word.fields import reference
from pipeline.word.xml import ID, NAME, Element, make, qn

START, END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")
_CODE, _SIMPLE = map(qn, ("w:instrText", "w:fldSimple"))
# LibreOffice gives the bookmark of pasted text a new name that ends so.
_COPY = re.compile(r"_Copy_\d+$")


def our_mark(start: Element) -> str:
    """The name of a bookmark if it is one of our marks, also when an editor renamed it on pasting; else ``."""
    name = _COPY.sub("", start.get(NAME, ""))
    return name if name.startswith(MARK_PREFIX) else ""


def referred(body: Element) -> set[str]:
    """The marks that cross-references in the paper point at."""
    codes = [code.text or "" for code in body.iter(_CODE)] + [f.get(qn("w:instr"), "") for f in body.iter(_SIMPLE)]
    return {mark for code in codes if (mark := reference(code))}


def put_marks(body: Element, places: Mapping[str, tuple[Element, Element]]) -> None:
    """Marks every block afresh, by key: from its first paragraph to its last. Editors copy, split and strand marks.

    A stray mark stays where a cross-reference still points at it.
    """
    names = {mark_name(key) for key in places}
    stray = referred(body) - names
    doomed = [start for start in body.iter(START) if (mark := our_mark(start)) and mark not in stray]
    numbers = {start.get(ID) for start in doomed}
    _drop([*doomed, *(end for end in body.iter(END) if end.get(ID) in numbers)])
    _drop_orphans(body)
    used = [int(n) for e in body.iter(START) if (n := e.get(ID, "")).isdigit()]
    fresh = itertools.count(max(used, default=0) + 1)
    for key, (first, last) in places.items():
        number = next(fresh)
        start = make("w:bookmarkStart", id=number, name=mark_name(key))
        first.insert(1 if first.find(qn("w:pPr")) is not None else 0, start)
        last.append(make("w:bookmarkEnd", id=number))


def _drop_orphans(body: Element) -> None:
    """Removes our stray second starts of one name, and ends whose start is gone."""
    ours = [start for start in body.iter(START) if our_mark(start)]
    first = {start.get(NAME, ""): start for start in reversed(ours)}
    _drop(start for start in ours if first[start.get(NAME, "")] is not start)
    started = {start.get(ID) for start in body.iter(START)}
    _drop([end for end in body.iter(END) if end.get(ID) not in started])


def _drop(elements: Iterable[Element]) -> None:
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)

"""Our marks: the hidden bookmarks that tell which block a paragraph or row is; put back cleanly after a merge."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.blocks import MARK_PREFIX, mark_name
from pipeline.word.fields import reference
from pipeline.word.xml import ID, NAME, Element, make, qn, remove

START, END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")
_CODE, _SIMPLE, _LINK = map(qn, ("w:instrText", "w:fldSimple", "w:hyperlink"))
_INSTRUCTION, _ANCHOR = map(qn, ("w:instr", "w:anchor"))
_MARK = re.compile(rf"{MARK_PREFIX}[0-9a-f]{{12}}")
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


def under_names(text: str, names: Mapping[str, str]) -> str:
    """A text in which a mark goes by the new key of its block; `names` has the new keys by the old ones."""
    if MARK_PREFIX not in text:
        return text
    marks = {mark_name(old): mark_name(key) for old, key in names.items()}
    return _MARK.sub(lambda found: marks.get(found[0], found[0]), text)


def rename_marks(body: Element, names: Mapping[str, str]) -> None:
    """Gives our marks the names of their blocks' new keys, wherever something points at them too."""
    if not names:
        return
    for element in body.iter(START, _CODE, _SIMPLE, _LINK):
        if element.tag == _CODE:
            element.text = under_names(element.text or "", names)
        for name in (NAME, _INSTRUCTION, _ANCHOR):
            if value := element.get(name):
                element.set(name, under_names(value, names))


def put_mark(name: str, number: int, first: Element, last: Element) -> None:
    """Puts a mark round all from the paragraph `first` to `last`."""
    first.insert(1 if first.find(qn("w:pPr")) is not None else 0, make("w:bookmarkStart", id=number, name=name))
    last.append(make("w:bookmarkEnd", id=number))


def last_number(body: Element) -> int:
    """The highest number of a bookmark."""
    return max((int(number) for start in body.iter(START) if (number := start.get(ID, "")).isdigit()), default=0)


def put_marks(body: Element, places: Mapping[str, tuple[Element, Element]]) -> None:
    """Marks every block afresh, by key: from its first paragraph to its last. Editors copy, split and strand marks.

    A stray mark stays, once, where a cross-reference still points at it; ends whose start is gone go.
    """
    stray, first_of = referred(body) - {mark_name(key) for key in places}, dict[str, Element]()
    for start in list(body.iter(START)):
        mark, name = our_mark(start), start.get(NAME, "")
        if mark and (mark not in stray or first_of.setdefault(name, start) is not start):
            remove([start])
    started = {start.get(ID) for start in body.iter(START)}
    remove(end for end in body.iter(END) if end.get(ID) not in started)
    last = last_number(body)
    for number, (key, place) in enumerate(places.items(), last + 1):
        put_mark(mark_name(key), number, *place)

"""Fields: those a public copy may keep, written afresh; all others become the text they show.

A field's code is never printed, so anything may stand in it: a path, a name, a whole reference library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.publish.cleaning.package import is_public_link
from pipeline.word.xml import RUN, Element, qn

_CHAR, _CODE, _SIMPLE, _KIND = qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple"), qn("w:fldCharType")
_FORMAT = r"(?:\s+\\\*\s+(?:MERGEFORMAT|CHARFORMAT|Arabic|ARABIC|roman|ROMAN|Ordinal|CardText))*"
_NUMBERS = re.compile(rf"(PAGE|NUMPAGES|SECTION|SECTIONPAGES){_FORMAT}$", re.IGNORECASE)
_STYLE_TEXT = re.compile(rf'STYLEREF\s+"?(Heading [1-9]|[1-9]|Title)"?((?:\s+\\[lnprtw])*){_FORMAT}$', re.IGNORECASE)
_POINTER = re.compile(rf"(REF|PAGEREF)\s+(\w+)((?:\s+\\[hnprtw])*){_FORMAT}$", re.IGNORECASE)
_CONTENTS = re.compile(r'TOC((?:\s+\\[hzuwx]|\s+\\[on]\s+"[1-9]-[1-9]")*)$', re.IGNORECASE)
_LINK = re.compile(r'HYPERLINK\s+(\\l\s+)?"([^"]+)"((?:\s+\\[hn])*)$', re.IGNORECASE)

Rename = Callable[[str], str]


@dataclass
class Field:
    """A complex field: its structural elements, those of its code, and whether any of them was hidden text."""

    outer: Field | None
    marks: list[Element] = field(default_factory=list)
    coded: list[Element] = field(default_factory=list)
    shows: bool = False
    nested_in_code: bool = False

    @property
    def code(self) -> str:
        """The code as one text, blanks made single."""
        return " ".join("".join(each.text or "" for each in self.coded if each.tag == _CODE).split())

    def in_code(self) -> bool:
        """Is what comes now part of a code, its own or that of a field around it?"""
        return not self.shows or (self.outer is not None and self.outer.in_code())


def pointed_at(code: str) -> str:
    """The bookmark that a code refers to (REF, PAGEREF, HYPERLINK \\l), `` for none."""
    tidy = " ".join(code.split())
    if found := _POINTER.match(tidy):
        return found[2]
    found = _LINK.match(tidy)
    return found[2] if found and found[1] else ""


def kept_code(code: str, rename: Rename) -> str:
    """The code as the public copy has it, bookmarks by `rename` (`` where there is none); `` if it may not stay."""
    tidy = " ".join(code.split())
    if found := _NUMBERS.match(tidy):
        return f" {found[1].upper()} "
    if found := _STYLE_TEXT.match(tidy):
        return f' STYLEREF "{found[1]}"{found[2]} '
    if found := _CONTENTS.match(tidy):
        return f" TOC{found[1]} "
    return _kept_pointer(tidy, rename)


def _kept_pointer(code: str, rename: Rename) -> str:
    if found := _POINTER.match(code):
        name = rename(found[2])
        return f" {found[1].upper()} {name}{found[3]} " if name else ""
    found = _LINK.match(code)
    if found and found[1]:
        return f' HYPERLINK \\l "{rename(found[2])}" ' if rename(found[2]) else ""
    return f' HYPERLINK "{found[2]}" ' if found and is_public_link(found[2]) else ""


def fields_in(root: Element) -> list[Field]:
    """Every complex field of a story that both begins and ends, in the order in which they begin."""
    found: list[Field] = []
    inner: Field | None = None
    finished = _finished(root)
    for leaf in root.iter():
        if leaf.tag == _CHAR:
            kind = leaf.get(_KIND)
            if kind == "begin" and leaf in finished:
                inner = Field(inner, nested_in_code=inner is not None and inner.in_code())
                found.append(inner)
            if inner is None:
                continue
            inner.marks.append(leaf)
            inner.shows = inner.shows or kind == "separate"
            inner = inner.outer if kind == "end" else inner
        elif inner is not None and inner.in_code() and _is_leaf(leaf):
            inner.coded.append(leaf)
    return found


def _finished(root: Element) -> set[Element]:
    """The beginnings that have an end: an unfinished field must not swallow what follows it."""
    waiting, finished = [], set()
    for mark in root.iter(_CHAR):
        if mark.get(_KIND) == "begin":
            waiting.append(mark)
        elif mark.get(_KIND) == "end" and waiting:
            finished.add(waiting.pop())
    return finished


def codes_in(root: Element) -> list[str]:
    """The codes of all fields of a story, simple ones too."""
    simple = [each.get(qn("w:instr"), "") for each in root.iter(_SIMPLE)]
    return [each.code for each in fields_in(root)] + simple


def rewrite_fields(root: Element, rename: Rename, is_hidden: Callable[[Element], bool]) -> None:
    """Writes the code of each field that may stay afresh, and turns every other into its text, in place."""
    kept: set[Element] = set()
    for each in fields_in(root):
        plain = each.shows and not each.nested_in_code and all(part.tag == _CODE for part in each.coded)
        seen = not any(is_hidden(run) for mark in (*each.marks, *each.coded) if (run := mark.getparent()) is not None)
        if code := kept_code(each.code, rename) if plain and seen else "":
            kept.update(_recoded(each, code))
        else:
            for part in each.coded:
                remove(part)
    for mark in [each for each in root.iter(_CHAR, _CODE) if each not in kept]:
        remove(mark)
    _rewrite_simple(root, rename)


def _rewrite_simple(root: Element, rename: Rename) -> None:
    for simple in list(root.iter(_SIMPLE)):
        code = kept_code(simple.get(qn("w:instr"), ""), rename)
        for data in simple.findall(qn("w:fldData")):
            simple.remove(data)
        if code:
            simple.set(qn("w:instr"), code)
        else:
            unwrap(simple)


def unwrap(element: Element) -> None:
    """Puts the children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)


def remove(element: Element) -> None:
    """Takes an element out, and the run around it where that leaves it with nothing but its look."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.tag == RUN and all(child.tag == qn("w:rPr") for child in parent):
        remove(parent)


def _is_leaf(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == RUN and element.tag != qn("w:rPr")


def _recoded(one: Field, code: str) -> list[Element]:
    """Puts `code` into the first piece of a field's code; the marks and that piece, which stay."""
    for mark in one.marks:
        for data in list(mark):
            mark.remove(data)
    first = one.coded[0]
    first.text = code
    first.set(qn("xml:space"), "preserve")
    return [*one.marks, first]

"""Fields: those a public copy may keep, written afresh; all others become the text they show.

A field's code is never printed, so anything may stand in it: a path, a name, a whole reference library.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.publish.cleaning.parts import is_public_link
from pipeline.word.fields import CODE, LIVE, MARK, SIMPLE, kind_of
from pipeline.word.open_fields import Field
from pipeline.word.story import Story
from pipeline.word.xml import RUN, Element, qn

_FORMAT = r"(?:\s+\\\*\s+(?:MERGEFORMAT|CHARFORMAT|Arabic|ARABIC|roman|ROMAN|Ordinal|CardText))*"
_NUMBERS = re.compile(rf"(PAGE|NUMPAGES|SECTION|SECTIONPAGES){_FORMAT}$", re.IGNORECASE)
_STYLE_TEXT = re.compile(rf'STYLEREF\s+"?(Heading [1-9]|[1-9]|Title)"?((?:\s+\\[lnprtw])*){_FORMAT}$', re.IGNORECASE)
_POINTER = re.compile(rf"(REF|PAGEREF)\s+(\w+)((?:\s+\\[hnprtw])*){_FORMAT}$", re.IGNORECASE)
_CONTENTS = re.compile(r'TOC((?:\s+\\[hzuwx]|\s+\\[on]\s+"[1-9]-[1-9]")*)$', re.IGNORECASE)
_LINK = re.compile(r'HYPERLINK\s+(\\l\s+)?"([^"]+)"((?:\s+\\[hn])*)$', re.IGNORECASE)

Rename = Callable[[str], str]


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


def rewrite_fields(root: Element, rename: Rename, is_hidden: Callable[[Element], bool]) -> None:
    """Writes the code of each field that may stay afresh, and turns every other into its text, in place."""
    kept: set[Element] = set()
    for field in Story(root).fields:
        if code := kept_code(field.code, rename) if _is_plain(field, is_hidden) else "":
            kept.update(_recoded(field, code))
        else:
            for part in field.coded:
                remove(part)
    for mark in [mark for mark in root.iter(MARK, CODE) if mark not in kept]:
        remove(mark)
    _rewrite_simple(root, rename)


def _is_plain(field: Field, is_hidden: Callable[[Element], bool]) -> bool:
    """Is it complete, seen, and in no other's code, and is there nothing in its own but text?"""
    complete = bool(field.coded) and (field.shows or kind_of(field.code) in LIVE) and not field.nested_in_code
    runs = [run for part in (*field.marks, *field.coded) if (run := part.getparent()) is not None]
    return complete and {part.tag for part in field.coded} == {CODE} and not any(map(is_hidden, runs))


def _rewrite_simple(root: Element, rename: Rename) -> None:
    for simple in list(root.iter(SIMPLE)):
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


def _recoded(one: Field, code: str) -> list[Element]:
    """Puts `code` into the first piece of a field's code; the marks and that piece, which stay."""
    for mark in one.marks:
        for data in list(mark):
            mark.remove(data)
    first = one.coded[0]
    first.text = code
    first.set(qn("xml:space"), "preserve")
    return [*one.marks, first]

"""Fields and signs of a public copy: what shows and is not stored as text is written out; a code that may stay is
written afresh, and every other field becomes the text it shows.

A code is never printed, so anything may stand in it: a path, a name, a whole reference library. What a chosen word, a
tick or a sign comes from, a form or a font's private number, is nothing for the public either, and another program
would not show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy

from pipeline.publish.marks import remove
from pipeline.word.fields import CODE, LIVE, MARK, SIMPLE, kind_of, own_font
from pipeline.word.links import is_public_link
from pipeline.word.open_fields import Field
from pipeline.word.pieces import Piece
from pipeline.word.signs import ALTERNATIVES, is_symbol_font
from pipeline.word.story import Story
from pipeline.word.styles import Styles, is_hidden
from pipeline.word.xml import PARAGRAPH, RUN, SPACE, Element, first_of, make, properties, put, qn, unwrap

_FORMAT = r"(?:\s+\\\*\s+(?:MERGEFORMAT|CHARFORMAT|Arabic|ARABIC|roman|ROMAN|Ordinal|CardText))*"
_NUMBERS = re.compile(rf"(PAGE|NUMPAGES|SECTION|SECTIONPAGES){_FORMAT}$", re.IGNORECASE)
_STYLE_TEXT = re.compile(rf'STYLEREF\s+"?(Heading [1-9]|[1-9]|Title)"?((?:\s+\\[lnprtw])*){_FORMAT}$', re.IGNORECASE)
_POINTER = re.compile(rf"(REF|PAGEREF)\s+(\w+)((?:\s+\\[hnprtw])*){_FORMAT}$", re.IGNORECASE)
_CONTENTS = re.compile(r'TOC((?:\s+\\[hzuwx]|\s+\\[on]\s+"[1-9]-[1-9]")*)$', re.IGNORECASE)
_LINK = re.compile(r'HYPERLINK\s+(\\l\s+)?"([^"]+)"((?:\s+\\[hn])*)$', re.IGNORECASE)
_CODE_OF_SIMPLE = qn("w:instr")
_LOOK, _FONTS, _FORM_DATA = map(qn, ("w:rPr", "w:rFonts", "w:fldData"))
_FONT_OF_SIGNS = "Segoe UI Symbol"


def write_out(story: Story) -> None:
    """Puts what a story shows without storing it into the story as plain text, in place."""
    pieces = [piece for seen in story.paragraphs.values() for piece in seen.pieces if piece.kind == "written"]
    for piece in pieces:
        if piece.element.tag not in (MARK, SIMPLE):
            _put_sign(piece, story.styles)
            continue
        run = piece.element.getparent() if piece.element.tag == MARK else piece.element
        _put_before(run, piece.text)
        if piece.element.tag == SIMPLE:
            remove(piece.element)
    for leaf in _replaced(story.fields, {piece.element for piece in pieces}):
        remove(leaf)


def _replaced(fields: list[Field], written: set[Element]) -> Iterator[Element]:
    """What there is of the fields that are written out, and of those inside them."""
    gone: set[int] = set()
    for field in fields:
        if field.first in written or id(field.outer) in gone:
            gone.add(id(field))
            yield from (*field.marks, *field.coded, *field.unseen)


def _put_before(element: Element | None, text: str) -> None:
    """Puts a run with `text` before an element: in the look of its first run."""
    if element is None or not text:
        return
    look, run = next(element.iter(_LOOK), None), make("w:r")
    if look is not None:
        run.append(deepcopy(look))
    _drop_symbol_font(run)
    run.append(_text(text))
    element.addprevious(run)


def _put_sign(piece: Piece, styles: Styles) -> None:
    """Puts a sign, or the text of a run in a symbol font, as what it shows, into a font that has it."""
    holder = next(piece.element.iterancestors(ALTERNATIVES), piece.element)
    run, parent = next(holder.iterancestors(RUN), None), holder.getparent()
    if run is None or parent is None:
        return
    parent.replace(holder, _text(piece.text))
    _drop_symbol_font(run)
    paragraph = first_of(run, PARAGRAPH)
    font = None if paragraph is None else styles.of_run(run, paragraph, "rFonts")
    if font is not None and is_symbol_font(font.element.get(qn("w:ascii"), "")):
        put(properties(run, "w:rPr"), make("w:rFonts", ascii=_FONT_OF_SIGNS, hAnsi=_FONT_OF_SIGNS))


def _drop_symbol_font(run: Element) -> None:
    fonts = run.find(f"{_LOOK}/{_FONTS}")
    if fonts is not None and is_symbol_font(own_font(run)):
        remove(fonts)


def _text(words: str) -> Element:
    text = make("w:t")
    text.text = words
    text.set(SPACE, "preserve")
    return text


def pointed_at(code: str) -> str:
    """The bookmark that a code refers to (REF, PAGEREF, HYPERLINK \\l), `` for none."""
    tidy = " ".join(code.split())
    if found := _POINTER.match(tidy):
        return found[2]
    found = _LINK.match(tidy)
    return found[2] if found and found[1] else ""


def kept_code(code: str, names: Mapping[str, str]) -> str:
    """The code as the public copy has it, with the new names of bookmarks that stay; `` if it may not stay."""
    tidy = " ".join(code.split())
    if found := _NUMBERS.match(tidy):
        return f" {found[1].upper()} "
    if found := _STYLE_TEXT.match(tidy):
        return f' STYLEREF "{found[1]}"{found[2]} '
    if found := _CONTENTS.match(tidy):
        return f" TOC{found[1]} "
    if found := _POINTER.match(tidy):
        return f" {found[1].upper()} {names[found[2]]}{found[3]} " if found[2] in names else ""
    return f" HYPERLINK {target} " if (target := _kept_target(tidy, names)) else ""


def _kept_target(code: str, names: Mapping[str, str]) -> str:
    """Where a link leads that may stay, as its code says it."""
    found = _LINK.match(code)
    if found is None:
        return ""
    if found[1]:
        return f'\\l "{names[found[2]]}"' if found[2] in names else ""
    return f'"{found[2]}"' if is_public_link(found[2]) else ""


def rewrite_fields(story: Story, names: Mapping[str, str], styles: Styles) -> None:
    """Writes the code of each field that may stay afresh, and turns every other into its text, in place."""
    kept: set[Element] = set()
    for field in story.fields:
        if code := kept_code(field.code, names) if _is_plain(field, styles) else "":
            kept.update(_recoded(field, code))
        else:
            for part in field.coded:
                remove(part)
    for mark in [mark for mark in story.root.iter(MARK, CODE) if mark not in kept]:
        remove(mark)
    for simple in list(story.root.iter(SIMPLE)):
        _rewrite_simple(simple, names)


def _rewrite_simple(simple: Element, names: Mapping[str, str]) -> None:
    for data in simple.findall(_FORM_DATA):
        simple.remove(data)
    if code := kept_code(simple.get(_CODE_OF_SIMPLE, ""), names):
        simple.set(_CODE_OF_SIMPLE, code)
    else:
        unwrap(simple)


def _is_plain(field: Field, styles: Styles) -> bool:
    """Is it complete, seen, and in no other's code, and is there nothing in its own but text?"""
    complete = (field.shows or kind_of(field.code) in LIVE) and not field.nested_in_code
    runs = [run for part in (*field.marks, *field.coded) if (run := part.getparent()) is not None]
    return complete and {part.tag for part in field.coded} == {CODE} and not any(is_hidden(run, styles) for run in runs)


def _recoded(field: Field, code: str) -> list[Element]:
    """Puts `code` into the first piece of a field's code; the marks and that piece, which stay."""
    for mark in field.marks:
        for data in list(mark):
            mark.remove(data)
    first = field.coded[0]
    first.text = code
    first.set(SPACE, "preserve")
    return [*field.marks, first]

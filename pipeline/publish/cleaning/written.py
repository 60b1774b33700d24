"""What shows and is not stored as text, written out as text: a chosen word, a tick, a number, a sign of a symbol font.

What these come from, a form, a macro's name or a font's private number, is nothing for the public; and a PDF, a screen
reader or another program would not show it.
"""

from __future__ import annotations

from copy import deepcopy

from pipeline.publish.cleaning.fields import remove
from pipeline.word.fields import MARK, SIMPLE, own_font
from pipeline.word.open_fields import Field
from pipeline.word.pieces import Piece
from pipeline.word.signs import is_symbol_font
from pipeline.word.story import Story
from pipeline.word.styles import Styles
from pipeline.word.xml import MC, RUN, SPACE, Element, make, put, qn

_LOOK, _FONTS = qn("w:rPr"), qn("w:rFonts")
_ALTERNATIVES = f"{MC}AlternateContent"
_FONT_OF_SIGNS = "Segoe UI Symbol"


def write_out(root: Element, styles: Styles) -> None:
    """Puts what a story shows without storing it into the story as plain text, in place."""
    story = Story(root, styles)
    pieces = [each for seen in story.paragraphs.values() for each in seen.pieces if each.kind == "written"]
    for each in pieces:
        if each.element.tag == MARK:
            _before(each.element.getparent(), each.text)
        elif each.element.tag == SIMPLE:
            _before(each.element, each.text)
            remove(each.element)
        else:
            _sign(each, styles)
    gone: set[int] = set()
    written = {each.element for each in pieces}
    for one in story.fields:
        if one.first in written or id(one.outer) in gone:
            gone.add(id(one))
            _take_out(one)


def _take_out(one: Field) -> None:
    for leaf in (*one.marks, *one.coded, *one.unseen):
        remove(leaf)


def _before(element: Element | None, text: str) -> None:
    """Puts a run with `text` before an element: in the look of its first run."""
    if element is None or not text:
        return
    look = next(element.iter(_LOOK), None)
    run = make("w:r")
    if look is not None:
        run.append(deepcopy(look))
    _without_symbol_font(run)
    run.append(_text(text))
    element.addprevious(run)


def _sign(piece: Piece, styles: Styles) -> None:
    """Puts a sign, or the text of a run in a symbol font, as what it shows, into a font that has it."""
    leaf = piece.element
    holder = next(leaf.iterancestors(_ALTERNATIVES), leaf)
    run = next(holder.iterancestors(RUN), None)
    parent = holder.getparent()
    if run is None or parent is None:
        return
    parent.replace(holder, _text(piece.text))
    _without_symbol_font(run)
    paragraph = next(run.iterancestors(qn("w:p")), None)
    font = None if paragraph is None else styles.of_run(run, paragraph, "rFonts")
    if font is not None and is_symbol_font(font.element.get(qn("w:ascii"), "")):
        look = run.find(_LOOK)
        if look is None:
            look = make("w:rPr")
            run.insert(0, look)
        put(look, make("w:rFonts", ascii=_FONT_OF_SIGNS, hAnsi=_FONT_OF_SIGNS))


def _without_symbol_font(run: Element) -> None:
    fonts = run.find(f"{_LOOK}/{_FONTS}")
    if fonts is not None and is_symbol_font(own_font(run)):
        remove(fonts)


def _text(words: str) -> Element:
    text = make("w:t")
    text.text = words
    text.set(SPACE, "preserve")
    return text

"""What stands in a story of a Word file (its text, a header, notes, a comment), as a person sees it: the one reader.

A paragraph is read into pieces. Each has the text that is seen and the text that is kept in the file, by which words
are compared and merged: hidden text is kept and not seen, what a tick box or a drawing shows is seen and not kept, and
a reference to one of our marks is kept as `[[mark]]`, so that renumbering is no change. Tracked insertions are read as
accepted, deletions are neither seen nor kept. Tabs and breaks are characters, a soft hyphen is nothing. Text boxes are
paragraphs of their own. Lists' labels and fields that pages decide are not part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from pipeline.word.fields import (
    MARK,
    MARK_KIND,
    SIMPLE,
    Field,
    FieldText,
    Form,
    finished_in,
    font_in,
    form_of,
    kind_of,
    own_font,
    reference,
)
from pipeline.word.hiding import is_hidden_row, is_hidden_shape, is_toggled
from pipeline.word.pieces import Kind, Piece
from pipeline.word.signs import equation_signs, in_font, is_symbol_font, sign_of
from pipeline.word.styles import Found, Styles, is_on
from pipeline.word.xml import (
    CELL,
    MATH,
    MC,
    PARAGRAPH,
    ROW,
    RUN,
    TABLE,
    TEXT,
    VAL,
    W14,
    WRAPPERS,
    Element,
    local,
    qn,
)

State = Literal["", "hidden", "deleted"]

_PROPERTIES, _STYLE, _CHARACTER_STYLE, _VANISH, _FONTS = map(
    qn, ("w:rPr", "w:pStyle", "w:rStyle", "w:vanish", "w:rFonts")
)
_CONTROL, _RUBY, _BOX, _DELETED = map(qn, ("w:sdt", "w:ruby", "w:txbxContent", "w:delText"))
_ALTERNATIVES, _CHOICE, _FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
_REMOVED = frozenset(map(qn, ("w:del", "w:moveFrom")))
_CHARACTERS = {
    qn(name): text
    for name, text in (("w:tab", "\t"), ("w:ptab", "\t"), ("w:br", "\n"), ("w:cr", "\n"), ("w:noBreakHyphen", "\u2011"))
}
_SIGN, SHAPES = qn("w:sym"), tuple(map(qn, ("w:drawing", "w:pict", "w:object")))
_COUNTED = frozenset(map(qn, ("w:pgNum", "w:footnoteReference", "w:endnoteReference", "w:footnoteRef", "w:endnoteRef")))
_TODAY = frozenset(map(qn, ("w:dayShort", "w:dayLong", "w:monthShort", "w:monthLong", "w:yearShort", "w:yearLong")))
_ABOUT = "w:pPr w:rPr w:tblPr w:tblPrEx w:trPr w:tcPr w:sdtPr w:sdtEndPr w:tblGrid w:sectPr w:smartTagPr w:customXmlPr"
_PRIVATE_USE = re.compile("[\uf000-\uf0ff]")
_AN_OBJECT = "\ufffc"


def read(root: Element, styles: Styles) -> tuple[list[tuple[Element, list[Piece]]], list[Field]]:
    """The pieces of each paragraph in a story, in order, and its complex fields. A paragraph alone is a story too."""
    reader = _Reader(root, styles)
    return reader.paragraphs, reader.fields


class _Look(NamedTuple):
    hidden: bool
    font: str


class _Reader:
    """Walks down a story once. `state` is why nothing is seen where the walk is; `field` the innermost one open."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self.styles, self.finished = styles, finished_in(root)
        self.paragraphs: list[tuple[Element, list[Piece]]] = []
        self.fields: list[Field] = []
        self.field: Field | None = None
        self.nowhere: list[Piece] = []
        self.pieces = self.nowhere
        self.waiting: list[Element] = []
        self.paragraph_style, self.styled = "", root
        self.looks: dict[tuple[str, str], _Look] = {}
        self.look = self.look_of("")
        self.state: State = _state_around(root)
        self.drawn = False
        self.last, self.counts = 0, True
        self.numbered: Element | None = None
        if root.tag in WRAPPERS:
            self.pieces = []
            self.paragraphs.append((root, self.pieces))
        _STEPS.get(root.tag, _Reader.inside)(self, root)

    def inside(self, holder: Element) -> None:
        """All that stands in an element which itself shows nothing."""
        for child in holder:
            step = _STEPS.get(child.tag)
            if step is not None:
                step(self, child)
            elif len(child):
                (self.equation if str(child.tag).startswith(MATH) else self.inside)(child)

    def nothing(self, _: Element) -> None:
        """Properties: no text, though they may be large."""

    def under(self, state: State, holder: Element) -> None:
        before, self.state = self.state, self.state or state
        self.inside(holder)
        self.state = before

    def removed(self, holder: Element) -> None:
        self.under("deleted", holder)

    def table(self, table: Element) -> None:
        """A table, a row or a cell, which a control around it does not stand for."""
        self.waiting.clear()
        self.under("hidden" if table.tag == ROW and is_hidden_row(table) else "", table)

    def paragraph(self, paragraph: Element) -> None:
        outer = self.pieces, self.styled, self.paragraph_style, self.look
        self.pieces, self.styled = [], paragraph
        self.paragraphs.append((paragraph, self.pieces))
        self.paragraph_style = self.styles.style(paragraph)
        self.look = self.look_of("")
        if self.last and self.styles.is_heading(paragraph):
            self.counts = False
        for control in self.waiting:
            self.bound(control)
        self.waiting.clear()
        self.inside(paragraph)
        self.pieces, self.styled, self.paragraph_style, self.look = outer

    def control(self, control: Element) -> None:
        """A content control: around words, or around whole paragraphs, of which it concerns the first."""
        if self.pieces is not self.nowhere:
            self.bound(control)
        else:
            self.waiting.append(control)
        self.inside(control)
        if control in self.waiting:
            self.waiting.remove(control)

    def bound(self, control: Element) -> None:
        """Says of a control that it shows what another part of the file holds, and keeps no words of its own."""
        about, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
        if about is None or content is None:
            return
        is_bound = next(about.iter(qn("w:dataBinding"), f"{W14}checkbox"), None) is not None
        words = any((text.text or "").strip() for text in content.iter(TEXT))
        if is_bound and not words and next(content.iter(_SIGN, MARK, TABLE, *SHAPES), None) is None:
            named = about.find(qn("w:alias"))
            self.add("", control, "control", "" if named is None else named.get(VAL, ""))

    def alternatives(self, held: Element) -> None:
        """Of things kept in two ways the first, which a Word of today reads."""
        before, self.drawn = self.drawn, True
        for child in _chosen(held):
            _STEPS.get(child.tag, _Reader.leaf)(self, child)
        self.drawn = before

    def run(self, run: Element) -> None:
        state, properties = self.state, run.find(_PROPERTIES)
        look = self.look if properties is None else self.look_with(properties)
        self.state = state or ("hidden" if look.hidden else "")
        for leaf in run:
            if leaf.tag == MARK:
                self.mark(leaf)
            elif self.field is not None and self.field.hold(leaf):
                self.covered(leaf, self.field)
            elif leaf.tag == TEXT:
                self.words(leaf, look.font)
            else:
                self.leaf(leaf)
        self.state = state

    def look_of(self, character_style: str) -> _Look:
        """Whether the styles of a paragraph and of characters in it hide text, and the font they give."""
        key = self.paragraph_style, character_style
        if key not in self.looks:
            self.looks[key] = _Look(is_toggled(self.styles, "vanish", *key), _font(self.styles, *key))
        return self.looks[key]

    def look_with(self, properties: Element) -> _Look:
        styled, own, fonts = (properties.find(tag) for tag in (_CHARACTER_STYLE, _VANISH, _FONTS))
        look = self.look if styled is None else self.look_of(styled.get(VAL, ""))
        if own is None and fonts is None:
            return look
        return _Look(look.hidden if own is None else is_on(Found(own)), look.font if fonts is None else font_in(fonts))

    def leaf(self, leaf: Element) -> None:
        """What shows of a child of a run that is neither plain text nor a mark of a field."""
        tag = leaf.tag
        if tag in _CHARACTERS:
            self.add(_CHARACTERS[str(tag)], leaf)
        elif tag == TEXT:
            self.words(leaf, self.look.font)
        elif tag == _DELETED:
            self.add(leaf.text or "", leaf)
        elif tag == _SIGN or local(leaf) == "symEx":
            self.sign(leaf)
        elif tag in _COUNTED:
            self.add("", leaf, "layout")
        elif tag in _TODAY:
            self.add("", leaf, "field", "DATE")
        elif tag in SHAPES:
            self.shape(leaf)
        elif tag == _RUBY:
            self.ruby(leaf)
        elif tag == _ALTERNATIVES:
            self.alternatives(leaf)

    def words(self, leaf: Element, font: str) -> None:
        """The text of a run: in a symbol font, other signs than are stored."""
        text = leaf.text or ""
        if not _PRIVATE_USE.search(text) and not is_symbol_font(font):
            self.add(text, leaf)
        else:
            told, known = in_font(text, font)
            self.add(told, leaf, "written" if known else "symbol", "" if known else font, kept=text)

    def sign(self, leaf: Element) -> None:
        told, font, kept = sign_of(leaf)
        if told is None:
            self.add("", leaf, "symbol", font, kept=kept)
        else:
            self.add(told, leaf, "written")

    def ruby(self, ruby: Element) -> None:
        before, self.drawn = self.drawn, True
        for name in ("w:rubyBase", "w:rt"):
            for part in ruby.iterchildren(qn(name)):
                self.inside(part)
        self.drawn = before

    def equation(self, part: Element) -> None:
        before, state, self.drawn = self.drawn, self.state, True
        for text, sign in equation_signs(part):
            properties = sign.find(_PROPERTIES)
            hidden = (self.look if properties is None else self.look_with(properties)).hidden
            self.state = state or ("hidden" if hidden else "")
            self.add(text, sign)
        self.drawn, self.state = before, state

    def shape(self, shape: Element) -> None:
        """A drawing or object: words that are part of it, controls of other programs, and its text boxes."""
        if self.field is not None:
            self.field.tell(_AN_OBJECT)
        if is_hidden_shape(shape):
            self.hidden_boxes(shape)
            return
        for inside in shape.iter():
            if local(inside) == "textpath" and (words := inside.get("string", "").strip()):
                self.add("", shape, "control", words)
            elif inside.tag == qn("w:control"):
                self.add("", shape, "control", inside.get(qn("w:name"), ""))
        self.boxes(shape)

    def covered(self, leaf: Element, field: Field) -> None:
        """Part of a field's code, or of a result in the place of which it shows another."""
        if leaf.tag in SHAPES or leaf.tag == _ALTERNATIVES:
            self.hidden_boxes(leaf)
        elif leaf.tag == TEXT and not field.in_code:
            self.pieces.append(Piece("", "", leaf, "covered", leaf.text or "", field.outermost))

    def hidden_boxes(self, shape: Element) -> None:
        before, self.state = self.state, self.state or "hidden"
        self.boxes(shape)
        self.state = before

    def boxes(self, shape: Element) -> None:
        for child in _chosen(shape) if shape.tag == _ALTERNATIVES else shape:
            if child.tag == _BOX:
                self.box(child)
            elif isinstance(child.tag, str):
                self.boxes(child)

    def box(self, box: Element) -> None:
        """A text box: its paragraphs are no part of the one that it is anchored in."""
        outer = self.pieces, self.drawn
        self.pieces, self.drawn = self.nowhere, False
        self.inside(box)
        self.pieces, self.drawn = outer

    def mark(self, mark: Element) -> None:
        kind = mark.get(MARK_KIND)
        if kind == "begin":
            if mark in self.finished:
                field = self.begin(mark)
                field.marks.append(mark)
                self.fields.append(field)
        elif self.field is not None:
            self.field.marks.append(mark)
            if not self.field.is_complete:
                run = self.field.first.getparent()
                self.complete(self.field, form_of(self.field.first), "" if run is None else own_font(run))
            if kind == "separate":
                self.field.shows = True
            elif kind == "end":
                self.end(self.field, self.field.result if self.field.shows else None)

    def simple(self, simple: Element) -> None:
        """A field that Word keeps in one element, with its code as an attribute."""
        field = self.begin(simple, simple.get(qn("w:instr"), ""))
        self.complete(field)
        field.shows = True
        self.inside(simple)
        self.end(field, field.result if next(simple.iter(RUN), None) is not None else None)

    def begin(self, first: Element, code: str | None = None) -> Field:
        self.field = Field(self.field, first, (self.pieces, len(self.pieces), self.state), code)
        return self.field

    def complete(self, field: Field, form: Form | None = None, font: str = "") -> None:
        """The code of a field is whole: what it shows in the place of a result."""
        field.complete(form, font)
        if mark := reference(field.code):
            self.say(field, Piece("", "" if field.refers else f"[[{mark}]]", field.first, "reference"))
            field.refers = True
        if field.own and not field.is_unseen:
            self.say(field, self.said(field, field.own))

    def end(self, field: Field, result: str | None) -> None:
        amiss = field.end(result)
        if amiss and not field.is_unseen:
            self.say(field, self.said(field, amiss))
        elif field.is_counted:
            self.say(field, Piece("", "", field.first, "layout"))
        self.field = field.outer

    def said(self, field: Field, says: FieldText) -> Piece:
        """What a field shows, or has amiss, beside its result."""
        if says.kind == "text":
            return Piece(says.text, says.text, field.first, "written")
        if says.kind == "prompt":
            return Piece("", "", field.first, "prompt", says.text)
        if says.kind == "number" and (number := self.number()):
            return Piece(f"{number}{says.text}", f"{number}{says.text}", field.first, "written", kind_of(field.code))
        return Piece("", "", field.first, "field", kind_of(field.code))

    def number(self) -> int:
        """The next number that Word gives to a paragraph; 0 where that cannot be told."""
        if not self.counts or self.numbered is self.styled or self.styles.is_heading(self.styled):
            return 0
        self.numbered = self.styled
        self.last += 1
        return self.last

    def say(self, field: Field, piece: Piece) -> None:
        """Puts what a field shows, or tells of it, where the field begins."""
        pieces, at, state = field.place
        outer = field.outer
        kept = "" if self.drawn or (outer is not None and outer.refers) else piece.kept
        shown = _unseen(piece, state) if state else piece
        pieces.insert(at, shown._replace(kept="" if state == "deleted" else kept, field=field.outermost))

    def add(self, text: str, leaf: Element, kind: Kind = "text", about: str = "", kept: str | None = None) -> None:
        """Adds what shows at this place of the story."""
        kept, field = text if kept is None else kept, self.field
        if field is None and not self.state and not self.drawn:
            self.pieces.append(Piece(text, kept, leaf, kind, about))
            return
        if field is not None:
            field.tell(text)
            kind = "layout" if field.is_counted and kind == "text" else kind
        unkept = self.drawn or self.state == "deleted" or (field is not None and field.refers)
        piece = Piece(text, "" if unkept else kept, leaf, kind, about, None if field is None else field.outermost)
        self.pieces.append(_unseen(piece, self.state) if self.state else piece)


def _font(styles: Styles, paragraph_style: str, character_style: str) -> str:
    by_style = (styles.merged(style, _PROPERTIES).get("rFonts") for style in (character_style, paragraph_style))
    found = next(filter(None, by_style), None) or styles.defaults.get((_PROPERTIES, "rFonts"))
    return "" if found is None else found.element.get(qn("w:ascii"), "")


def _unseen(piece: Piece, state: State) -> Piece:
    return piece._replace(text="", kind=state or piece.kind, about=piece.text)


def _state_around(root: Element) -> State:
    for around in root.iterancestors():
        if around.tag in _REMOVED:
            return "deleted"
        if around.tag == ROW and is_hidden_row(around):
            return "hidden"
    return ""


def _chosen(alternatives: Element) -> Element:
    """What is shown of things kept in two ways: the first, which a Word of today reads."""
    found = alternatives.find(_CHOICE)
    found = alternatives.find(_FALLBACK) if found is None else found
    return alternatives if found is None else found


_STEPS: dict[object, Callable[[_Reader, Element], None]] = {
    PARAGRAPH: _Reader.paragraph,
    RUN: _Reader.run,
    SIMPLE: _Reader.simple,
    _BOX: _Reader.box,
    _CONTROL: _Reader.control,
    _ALTERNATIVES: _Reader.alternatives,
    **dict.fromkeys((TABLE, ROW, CELL), _Reader.table),
    **dict.fromkeys(_REMOVED, _Reader.removed),
    **dict.fromkeys(WRAPPERS - {_CONTROL}, _Reader.inside),
    **dict.fromkeys(map(qn, _ABOUT.split()), _Reader.nothing),
}

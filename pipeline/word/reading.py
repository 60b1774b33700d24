"""What stands in a story of a Word file (its text, a header, notes, a comment), as a person sees it: the one reader.

A paragraph is read into pieces. Each has the text that is seen and the text that is kept in the file, by which words
are compared and merged: hidden text is kept and not seen, what a tick box or a drawing shows is seen and not kept, and
a reference to one of our marks is kept as `[[mark]]`, so that renumbering is no change. Tracked insertions are read as
accepted, deletions are neither seen nor kept. Tabs and breaks are characters, a soft hyphen is nothing. Text boxes are
paragraphs of their own. Lists' labels and fields that pages decide are not part of the text.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.word.fields import MARK, SIMPLE
from pipeline.word.open_fields import REMOVED, Field, OpenFields, Place, State, state_around, unseen
from pipeline.word.pieces import Kind, Paragraph, Piece
from pipeline.word.signs import (
    ALTERNATIVES,
    BOX,
    CHARACTERS,
    COUNTED,
    SHAPES,
    SIGN,
    TODAY,
    boxes_in,
    chosen,
    equation_signs,
    has_signs,
    in_font,
    outside_the_text,
    shown_from_elsewhere,
    sign_of,
)
from pipeline.word.styles import LOOK, Looks, Styles, is_hidden_row, is_hidden_shape
from pipeline.word.xml import CELL, MATH, PARAGRAPH, ROW, RUN, TABLE, TEXT, WRAPPERS, Element, local, qn

_CONTROL, _RUBY, _DELETED = map(qn, ("w:sdt", "w:ruby", "w:delText"))
_ABOUT = "w:pPr w:rPr w:tblPr w:tblPrEx w:trPr w:tcPr w:sdtPr w:sdtEndPr w:tblGrid w:sectPr w:smartTagPr w:customXmlPr"
_AN_OBJECT = "\ufffc"


def read(root: Element, styles: Styles) -> tuple[dict[Element, Paragraph], list[Field]]:
    """The paragraphs of a story by their elements, in order, and its complex fields. A paragraph is a story too."""
    reader = _Reader(root, styles)
    found = {element: Paragraph(element, tuple(pieces)) for element, pieces in reader.paragraphs}
    return found, reader.fields.all


class _Reader:
    """Walks down a story, which may be a single paragraph, once: its paragraphs in pieces, and its fields.

    `state` is why nothing is seen where the walk is; `drawn`: it is in a drawing.
    """

    def __init__(self, root: Element, styles: Styles) -> None:
        self.styles, self.looks, self.fields = styles, Looks(styles), OpenFields(root, styles)
        self.paragraphs: list[tuple[Element, list[Piece]]] = []
        self.nowhere: list[Piece] = []
        self.pieces = self.nowhere
        self.waiting: list[Element] = []
        self.style, self.drawn, self.has_styles = "", False, styles.root is not None
        self.state: State = state_around(root)
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

    def removed(self, holder: Element) -> None:
        before, self.state = self.state, self.state or "deleted"
        self.inside(holder)
        self.state = before

    def table(self, table: Element) -> None:
        """A table, a row or a cell, which a control around it does not stand for."""
        self.waiting.clear()
        before = self.state
        if table.tag == ROW and not before and is_hidden_row(table):
            self.state = "hidden"
        self.inside(table)
        self.state = before

    def paragraph(self, paragraph: Element) -> None:
        outer = self.pieces, self.style, self.fields.paragraph
        self.pieces, self.style = [], self.styles.style(paragraph) if self.has_styles else ""
        self.paragraphs.append((paragraph, self.pieces))
        self.fields.enter(paragraph)
        for control in self.waiting:
            self.tell_of(control)
        self.waiting.clear()
        self.inside(paragraph)
        self.pieces, self.style, self.fields.paragraph = outer

    def control(self, control: Element) -> None:
        """A content control: around words, or around whole paragraphs, of which it concerns the first."""
        (self.waiting.append if self.pieces is self.nowhere else self.tell_of)(control)
        self.inside(control)
        if control in self.waiting:
            self.waiting.remove(control)

    def tell_of(self, control: Element) -> None:
        if (name := shown_from_elsewhere(control)) is not None:
            self.add("", control, "control", name)

    def run(self, run: Element) -> None:
        state, leaves = self.state, list(run)
        look = self.looks.of(self.style, next((leaf for leaf in leaves if leaf.tag == LOOK), None))
        if look.hidden and not state:
            self.state = "hidden"
        for leaf in leaves:
            tag, inner = leaf.tag, self.fields.inner
            if tag == MARK:
                self.fields.turn(leaf, self.place())
            elif inner is not None and inner.hold(leaf):
                self.covered(leaf, inner)
            elif tag == TEXT:
                self.words(leaf, look.font)
            else:
                self.leaf(leaf)
        self.state = state

    def place(self) -> Place:
        """Where a field begins that begins here."""
        return Place(self.pieces, len(self.pieces), self.state, self.drawn)

    def covered(self, leaf: Element, field: Field) -> None:
        """Part of a field's code, or of a result in the place of which it shows another."""
        if leaf.tag in SHAPES or leaf.tag == ALTERNATIVES:
            self.boxes(leaf, hidden=True)
        elif leaf.tag == TEXT and not field.in_code:
            self.pieces.append(Piece("", "", leaf, "covered", leaf.text or "", field.outermost))

    def leaf(self, leaf: Element) -> None:
        """What shows of a child of a run that is neither plain text nor a mark of a field."""
        if shows := _LEAVES.get(leaf.tag) or (_Reader.sign if local(leaf) == "symEx" else None):
            shows(self, leaf)

    def sign(self, leaf: Element) -> None:
        told, font, kept = sign_of(leaf)
        self.add(told or "", leaf, "symbol" if told is None else "written", font if told is None else "", kept)

    def words(self, leaf: Element, font: str) -> None:
        """The text of a run: in a symbol font, other signs than are stored."""
        text = leaf.text or ""
        if not has_signs(text, font):
            self.add(text, leaf)
        else:
            told, known = in_font(text, font)
            self.add(told, leaf, "written" if known else "symbol", "" if known else font, kept=text)

    def kept_apart(self, holder: Element) -> None:
        """What is seen beside the words, and is no part of their text: a reading aid, things kept in two ways."""
        before, self.drawn = self.drawn, True
        if holder.tag == _RUBY:
            for part in (*holder.iterchildren(qn("w:rubyBase")), *holder.iterchildren(qn("w:rt"))):
                self.inside(part)
        else:
            for child in chosen(holder):
                _STEPS.get(child.tag, _Reader.leaf)(self, child)
        self.drawn = before

    def equation(self, part: Element) -> None:
        before, state, self.drawn = self.drawn, self.state, True
        for text, sign in equation_signs(part):
            self.state = state or ("hidden" if self.looks.of(self.style, sign.find(LOOK)).hidden else "")
            self.add(text, sign)
        self.drawn, self.state = before, state

    def shape(self, shape: Element) -> None:
        """A drawing or object, which may hold text boxes."""
        if self.fields.inner is not None:
            self.fields.inner.tell(_AN_OBJECT)
        hidden = is_hidden_shape(shape)
        for words in () if hidden else outside_the_text(shape):
            self.add("", shape, "control", words)
        self.boxes(shape, hidden=hidden)

    def boxes(self, shape: Element, *, hidden: bool) -> None:
        before, self.state = self.state, self.state or ("hidden" if hidden else "")
        for box in boxes_in(shape):
            self.box(box)
        self.state = before

    def box(self, box: Element) -> None:
        """A text box: its paragraphs are no part of the one that it is anchored in."""
        outer = self.pieces, self.drawn
        self.pieces, self.drawn = self.nowhere, False
        self.inside(box)
        self.pieces, self.drawn = outer

    def simple(self, simple: Element) -> None:
        """A field that Word keeps in one element."""
        field = self.fields.begin_simple(simple, self.place())
        self.inside(simple)
        self.fields.end(field, field.result if next(simple.iter(RUN), None) is not None else None)

    def add(self, text: str, leaf: Element, kind: Kind = "text", about: str = "", kept: str | None = None) -> None:
        """Adds what shows at this place of the story."""
        kept, field = text if kept is None else kept, self.fields.inner
        if field is not None:
            self.add_in(field, Piece(text, kept, leaf, kind, about, field.outermost))
        elif self.state or self.drawn:
            self.pieces.append(self.as_seen(Piece(text, kept, leaf, kind, about)))
        else:
            self.pieces.append(Piece(text, kept, leaf, kind, about))

    def add_in(self, field: Field, piece: Piece) -> None:
        """Adds what shows of a field's result."""
        field.tell(piece.text)
        if field.is_counted and piece.kind == "text":
            piece = piece._replace(kind="layout")
        self.pieces.append(self.as_seen(piece._replace(kept="") if field.refers else piece))

    def as_seen(self, piece: Piece) -> Piece:
        """A piece where the walk is: what is drawn or deleted is not kept, what is hidden not seen."""
        return unseen(piece._replace(kept="") if self.drawn or self.state == "deleted" else piece, self.state)


_STEPS: dict[object, Callable[[_Reader, Element], None]] = {
    PARAGRAPH: _Reader.paragraph,
    RUN: _Reader.run,
    SIMPLE: _Reader.simple,
    BOX: _Reader.box,
    _CONTROL: _Reader.control,
    ALTERNATIVES: _Reader.kept_apart,
    **dict.fromkeys((TABLE, ROW, CELL), _Reader.table),
    **dict.fromkeys(REMOVED, _Reader.removed),
    **dict.fromkeys(WRAPPERS - {_CONTROL}, _Reader.inside),
    **dict.fromkeys(map(qn, _ABOUT.split()), lambda *_: None),
}

_LEAVES: dict[object, Callable[[_Reader, Element], None]] = {
    TEXT: lambda reader, leaf: reader.words(leaf, reader.looks.of(reader.style).font),
    _DELETED: lambda reader, leaf: reader.add(leaf.text or "", leaf),
    SIGN: _Reader.sign,
    **dict.fromkeys((ALTERNATIVES, _RUBY), _Reader.kept_apart),
    **dict.fromkeys(CHARACTERS, lambda reader, leaf: reader.add(CHARACTERS[str(leaf.tag)], leaf)),
    **dict.fromkeys(COUNTED, lambda reader, leaf: reader.add("", leaf, "layout")),
    **dict.fromkeys(TODAY, lambda reader, leaf: reader.add("", leaf, "field", "DATE")),
    **dict.fromkeys(SHAPES, _Reader.shape),
}

"""What a person sees of a Word paragraph, piece by piece, and what of it nobody can tell from the file.

The one function by which the words of a draft and of its public copy are compared. Hidden and deleted text is not seen,
nor is a field's code; a field shows its stored result, or what Word works out from its code or from the form behind
it. Tabs and breaks are characters, a soft hyphen is nothing. Text boxes are paragraphs of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.word.equations import equation_signs
from pipeline.word.field_text import LAYOUT, FieldText, beside_result, kind_of, without_result
from pipeline.word.fields import MARK, SIMPLE, fields_in, own_font
from pipeline.word.hiding import is_hidden, is_hidden_row, is_hidden_shape
from pipeline.word.pieces import SHAPES, SIGN, Piece, Shown, plain
from pipeline.word.styles import Styles
from pipeline.word.symbols import PRIVATE_USE, is_symbol_font, symbol
from pipeline.word.xml import (
    MATH,
    MC,
    PARAGRAPH,
    ROW,
    RUN,
    TEXT,
    VAL,
    W14,
    WRAPPERS,
    Element,
    paragraphs,
    qn,
)

_ALTERNATIVES, _CHOICE, _FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
_RUBY, _SDT = qn("w:ruby"), qn("w:sdt")
_REMOVED = frozenset(map(qn, ("w:del", "w:moveFrom")))


def shown(paragraph: Element, styles: Styles | None = None) -> Shown:
    """What is seen of one paragraph; `styles` are its document's, by which text may be hidden."""
    return shown_in(paragraph, styles).get(paragraph, Shown(()))


def shown_in(root: Element, styles: Styles | None = None) -> Mapping[Element, Shown]:
    """What is seen of each paragraph of a story, in order: fields may begin in one paragraph and end in another."""
    reading = _Reading(root, styles or Styles(None))
    return {each: Shown(tuple(reading.paragraph(each))) for each in paragraphs(root)}


@dataclass
class _Numbers:
    """The numbers of AUTONUM fields: one a paragraph, through text without a heading between them."""

    last: int = 0
    counts: bool = True
    paragraph: Element | None = None


@dataclass
class _Reading:
    root: Element
    styles: Styles
    numbers: _Numbers = field(default_factory=_Numbers)
    styled: Element = field(init=False)

    def __post_init__(self) -> None:
        every = fields_in(self.root)
        self.begins = {each.marks[0]: each for each in every if not each.is_unseen}
        self.unseen = {leaf for each in every for leaf in (*each.coded, *each.unseen)}
        self.counted = {leaf for each in every for leaf in each.counted}

    def paragraph(self, paragraph: Element) -> Iterator[Piece]:
        self.styled = paragraph
        if self.numbers.last and self.styles.is_heading(paragraph):
            self.numbers.counts = False
        if self.is_out_of_sight(paragraph):
            return
        for control in _opened_before(paragraph):
            yield from self.control(control)
        yield from self.inside(paragraph)

    def is_out_of_sight(self, paragraph: Element) -> bool:
        """Is it in a hidden row or shape, in a deletion, in hidden text, or in the code of a field?"""
        return any(
            each.tag in _REMOVED
            or (each.tag == ROW and is_hidden_row(each))
            or (each.tag in SHAPES and (each in self.unseen or is_hidden_shape(each)))
            or (each.tag == RUN and is_hidden(each, self.styles))
            for each in paragraph.iterancestors()
        )

    def inside(self, holder: Element) -> Iterator[Piece]:
        """What shows of the children of a paragraph, or of what only surrounds some of them."""
        for child in holder:
            if child.tag == RUN:
                yield from self.run(child)
            elif child.tag in WRAPPERS:
                yield from self.control(child) if child.tag == _SDT else ()
                yield from self.inside(child)
            elif child.tag == SIMPLE:
                yield from self.simple(child)
            elif child.tag == _ALTERNATIVES:
                yield from self.inside(_seen_of(child))
            elif isinstance(child.tag, str) and child.tag.startswith(MATH):
                yield from self.equation(child)

    def run(self, run: Element) -> Iterator[Piece]:
        if not is_hidden(run, self.styles):
            for leaf in run:
                found = () if leaf in self.unseen else self.leaf(leaf, run)
                yield from (_counted(each) for each in found) if leaf in self.counted else found

    def leaf(self, leaf: Element, run: Element) -> Iterator[Piece]:
        """What shows of one child of a run."""
        if leaf.tag == TEXT:
            yield from self.words(leaf, run)
        elif leaf.tag == MARK:
            yield from self.field(leaf) if leaf in self.begins else ()
        elif leaf.tag == _RUBY:
            for part in ("w:rubyBase", "w:rt"):
                found = leaf.find(qn(part))
                yield from () if found is None else self.inside(found)
        elif leaf.tag == _ALTERNATIVES:
            for each in _seen_of(leaf):
                yield from self.leaf(each, run)
        else:
            yield from plain(leaf)

    def words(self, leaf: Element, run: Element) -> Iterator[Piece]:
        """The text of a run: in a symbol font, other signs than are stored."""
        text = leaf.text or ""
        font = self.font(run)
        if not (is_symbol_font(font) or any(ord(each) in PRIVATE_USE for each in text)):
            yield Piece(text, leaf)
            return
        signs = [symbol(font, ord(each)) if ord(each) < 0x100 or ord(each) in PRIVATE_USE else each for each in text]
        told = "".join(each or "" for each in signs)
        if None in signs:
            yield Piece(told, leaf, "symbol", font)
        else:
            yield Piece(told, leaf, "written")

    def font(self, run: Element) -> str:
        """The font of a run, wherever it comes from."""
        if own := own_font(run):
            return own
        found = self.styles.of_run(run, self.styled, "rFonts")
        return "" if found is None else found.element.get(qn("w:ascii"), "")

    def field(self, begin: Element) -> Iterator[Piece]:
        found = self.begins[begin]
        yield from self.said(begin, found.own or found.amiss, found.code)

    def simple(self, simple: Element) -> Iterator[Piece]:
        code = simple.get(qn("w:instr"), "")
        if own := without_result(code):
            yield from self.said(simple, own, code)
            return
        result = tuple(self.inside(simple))
        stored = "".join(each.text for each in result) if next(simple.iter(RUN), None) is not None else None
        yield from self.said(simple, beside_result(code, stored), code)
        yield from map(_counted, result) if kind_of(code) in LAYOUT else result

    def said(self, element: Element, says: FieldText | None, code: str) -> Iterator[Piece]:
        """What a field shows, or has amiss, beside its result."""
        if kind_of(code) in LAYOUT and says is None:
            yield Piece("", element, "layout")
        if says is None:
            return
        if says.kind == "prompt":
            yield Piece("", element, "prompt", says.text)
        elif says.kind == "number" and (number := self.number()):
            yield Piece(f"{number}{says.text}", element, "written")
        elif says.kind == "text":
            yield Piece(says.text, element, "written")
        else:
            yield Piece("", element, "field", kind_of(code))

    def number(self) -> int:
        """The next number that Word gives to a paragraph; 0 where that cannot be told."""
        numbers = self.numbers
        if not numbers.counts or numbers.paragraph is self.styled or self.styles.is_heading(self.styled):
            return 0
        numbers.paragraph = self.styled
        numbers.last += 1
        return numbers.last

    def control(self, control: Element) -> Iterator[Piece]:
        """A content control that shows what another part of the file holds, and keeps no words of its own."""
        about, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
        if about is None or content is None:
            return
        bound = next(about.iter(qn("w:dataBinding"), f"{W14}checkbox"), None)
        words = any((each.text or "").strip() for each in content.iter(TEXT))
        if bound is not None and not words and next(content.iter(SIGN, MARK, qn("w:tbl"), *SHAPES), None) is None:
            named = about.find(qn("w:alias"))
            yield Piece("", control, "control", "" if named is None else named.get(VAL, ""))

    def equation(self, part: Element) -> Iterator[Piece]:
        for text, sign in equation_signs(part):
            if not is_hidden(sign, self.styles):
                yield Piece(text, sign)


def _counted(piece: Piece) -> Piece:
    """The same piece as part of a number that pages decide."""
    return replace(piece, kind="layout") if piece.kind == "text" else piece


def _seen_of(alternatives: Element) -> Element:
    """What is shown of things kept in two ways: the first, which a Word of today reads."""
    found = alternatives.find(_CHOICE)
    found = alternatives.find(_FALLBACK) if found is None else found
    return alternatives if found is None else found


def _opened_before(paragraph: Element) -> Iterator[Element]:
    """The content controls around whole paragraphs of which this is the first."""
    for holder in paragraph.iterancestors():
        if holder.tag not in WRAPPERS or next(holder.iter(PARAGRAPH), None) is not paragraph:
            return
        if holder.tag == _SDT:
            yield holder

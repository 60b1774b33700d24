"""The fields of a story while it is read: one may begin in a paragraph and end in another, and hold others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pipeline.word.fields import (
    CODE,
    LAYOUT,
    MARK,
    MARK_KIND,
    FieldText,
    Form,
    beside_result,
    form_of,
    kind_of,
    own_font,
    reference,
    without_result,
)
from pipeline.word.pieces import Piece
from pipeline.word.styles import LOOK, Styles, is_hidden_row
from pipeline.word.xml import ROW, Element, qn

State = Literal["", "hidden", "deleted"]
REMOVED = frozenset(map(qn, ("w:del", "w:moveFrom")))
"""Why something is not seen, `` where it is."""

_LONGEST_RESULT = 2000
NO_FORM = Form()


class Place(NamedTuple):
    """Where a field begins: among which pieces, before which of them, why nothing is seen there; is it in a drawing?"""

    pieces: list[Piece]
    at: int
    state: State
    drawn: bool


@dataclass(slots=True, eq=False)
class Field:
    """A field as it is read, from its `first` mark (or simple element) on.

    `marks`, the leaves of its code, and those of a result that does not show. `own` is what it shows in the place of a
    result. `is_unseen`: it stands in the code, or the unseen result, of a field around it. `refers`: its result is the
    number of one of our marks. `outermost` is the first mark of the outermost field around it.
    """

    outer: Field | None
    first: Element
    place: Place
    given: str | None = None
    marks: list[Element] = field(default_factory=list)
    coded: list[Element] = field(default_factory=list)
    unseen: list[Element] = field(default_factory=list)
    shows: bool = False
    is_complete: bool = False
    result: str = ""
    own: FieldText | None = None
    nested_in_code: bool = False
    is_unseen: bool = False
    is_counted: bool = False
    refers: bool = False
    outermost: Element = field(init=False)

    def __post_init__(self) -> None:
        self.outermost = self.first
        if self.outer is not None:
            self.nested_in_code, self.is_unseen = self.outer.in_code, self.outer.hides
            self.refers, self.outermost = self.outer.refers, self.outer.outermost

    @property
    def code(self) -> str:
        """The code as one text, blanks made single."""
        if self.given is not None:
            return self.given
        return " ".join("".join(leaf.text or "" for leaf in self.coded if leaf.tag == CODE).split())

    @property
    def in_code(self) -> bool:
        """Is what comes now part of a code, its own or that of a field around it?"""
        return not self.shows or self.nested_in_code

    @property
    def hides(self) -> bool:
        """Is what comes now seen by nobody?"""
        return self.in_code or self.own is not None or self.is_unseen

    def hold(self, leaf: Element) -> bool:
        """Takes a child of a run that stands in the field; whether that is seen by nobody."""
        if leaf.tag != LOOK and self.hides:
            (self.coded if self.in_code else self.unseen).append(leaf)
        return self.hides

    def tell(self, text: str) -> None:
        """Adds to the result: of a long one, its beginning is enough to know."""
        self.result = (self.result + text)[:_LONGEST_RESULT]

    def complete(self, form: Form, font: str) -> None:
        """Its code is whole now."""
        kind, self.is_complete = kind_of(self.code), True
        self.own = without_result(self.code, form, font if kind == "SYMBOL" else "")
        self.is_counted = kind in LAYOUT

    def end(self, result: str | None) -> FieldText | None:
        """What is amiss with the result that it shows, which is told to the field around it. None: it stores none."""
        amiss = None if self.own else beside_result(self.code, result, form_of(self.first))
        if self.outer is not None and not self.nested_in_code:
            self.outer.tell(self.own.text if self.own else self.result or ("0" if amiss else ""))
        return amiss


class OpenFields:
    """The fields of a story: `all` that are complex and both begin and end, and the innermost one that is open."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self.styles, self.finished = styles, _finished_in(root)
        self.all: list[Field] = []
        self.inner: Field | None = None
        self.last, self.counts = 0, True
        self.paragraph: Element | None = None
        self.numbered: Element | None = None

    def enter(self, paragraph: Element) -> None:
        """A paragraph begins: numbers count on from one to the next, not across a heading."""
        self.paragraph = paragraph
        if self.last and self.styles.is_heading(paragraph):
            self.counts = False

    def turn(self, mark: Element, place: Place) -> None:
        """Takes a mark of a complex field; an unfinished field must not swallow what follows it."""
        kind, inner = mark.get(MARK_KIND), self.inner
        if kind == "begin":
            if mark in self.finished:
                self.inner = Field(inner, mark, place, marks=[mark])
                self.all.append(self.inner)
        elif inner is not None:
            inner.marks.append(mark)
            if not inner.is_complete:
                run = inner.first.getparent()
                self.complete(inner, form_of(inner.first), "" if run is None else own_font(run))
            if kind == "separate":
                inner.shows = True
            elif kind == "end":
                self.end(inner, inner.result if inner.shows else None)

    def begin_simple(self, simple: Element, place: Place) -> Field:
        """Takes a field that is kept in one element, with its code as an attribute."""
        self.inner = Field(self.inner, simple, place, simple.get(qn("w:instr"), ""))
        self.complete(self.inner)
        self.inner.shows = True
        return self.inner

    def complete(self, field: Field, form: Form = NO_FORM, font: str = "") -> None:
        """The code of a field is whole: what it shows in the place of a result."""
        field.complete(form, font)
        if mark := reference(field.code):
            _put(field, Piece("", f"[[{mark}]]", field.first, "reference"))
            field.refers = True
        if field.own and not field.is_unseen:
            _put(field, self.said(field, field.own))

    def end(self, field: Field, result: str | None) -> None:
        """A field ends that shows this result; None where it has no room for one."""
        amiss = field.end(result)
        if amiss and not field.is_unseen:
            _put(field, self.said(field, amiss))
        elif field.is_counted:
            _put(field, Piece("", "", field.first, "layout"))
        self.inner = field.outer

    def said(self, field: Field, says: FieldText) -> Piece:
        """What a field shows, or has amiss, beside its result."""
        kind = kind_of(field.code)
        if says.kind == "text":
            return Piece(says.text, says.text, field.first, "written")
        if says.kind == "prompt":
            return Piece("", "", field.first, "prompt", says.text)
        if says.kind == "number" and (number := self.number()):
            return Piece(f"{number}{says.text}", f"{number}{says.text}", field.first, "written", kind)
        return Piece("", "", field.first, "field", kind)

    def number(self) -> int:
        """The next number that Word gives to a paragraph; 0 where that cannot be told."""
        paragraph = self.paragraph
        heading = paragraph is not None and self.styles.is_heading(paragraph)
        if not self.counts or heading or (paragraph is not None and paragraph is self.numbered):
            return 0
        self.numbered = paragraph
        self.last += 1
        return self.last


def _put(field: Field, piece: Piece) -> None:
    """Puts what a field shows, or tells of it, where the field begins."""
    pieces, at, state, drawn = field.place
    if drawn or state == "deleted" or (field.outer is not None and field.outer.refers):
        piece = piece._replace(kept="")
    pieces.insert(at, unseen(piece, state)._replace(field=field.outermost))


def unseen(piece: Piece, state: State) -> Piece:
    """The piece as it is where nothing is seen; as it is where it is."""
    return piece._replace(text="", kind=state, about=piece.text) if state else piece


def _finished_in(root: Element) -> set[Element]:
    """The beginnings that have an end: an unfinished field must not swallow what follows it."""
    waiting, finished = [], set()
    for mark in root.iter(MARK):
        if mark.get(MARK_KIND) == "begin":
            waiting.append(mark)
        elif mark.get(MARK_KIND) == "end" and waiting:
            finished.add(waiting.pop())
    return finished


def state_around(root: Element) -> State:
    """Why nothing is seen of what stands in an element: something around it is deleted, or a row that is hidden."""
    for around in root.iterancestors():
        if around.tag in REMOVED:
            return "deleted"
        if around.tag == ROW and is_hidden_row(around):
            return "hidden"
    return ""

"""A paragraph of a Word file as a person sees it, in pieces that lead back into the file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Literal, NamedTuple

from pipeline.word.xml import RUN, Element, marks_of, qn

Kind = Literal[
    "text", "written", "layout", "prompt", "field", "symbol", "control", "reference", "hidden", "covered", "deleted"
]

_CHANGES = tuple(map(qn, ("w:ins", "w:moveTo", "w:del", "w:moveFrom")))
_UNSETTLED = frozenset(("prompt", "field", "symbol", "control"))


class Piece(NamedTuple):
    """A piece of a paragraph, and the element it comes from: a child of a run, a simple field, a control.

    `text` is seen, `kept` is compared. A piece of kind `text` is stored as it shows; `written` shows and is not stored
    so; `layout` is a number that pages decide; a `prompt` asks to be filled in; of a `field`, `symbol` or `control`
    nobody can tell what it shows, and `about` names it. Not seen, with their words in `about`, are what is `hidden` or
    `deleted`, and a result `covered` by what its field shows instead. `field` is the first mark of the outermost field
    around it, or that simple field.
    """

    text: str
    kept: str
    element: Element
    kind: Kind = "text"
    about: str = ""
    field: Element | None = None

    @property
    def run(self) -> Element | None:
        """The run it stands in, None for a simple field, an equation or a control."""
        return next(self.element.iterancestors(RUN), None)

    @property
    def change(self) -> Element | None:
        """The tracked change around it (`w:ins`, `w:del` and the like), which names its author; None outside one."""
        return next(self.element.iterancestors(*_CHANGES), None)


class Paragraph(NamedTuple):
    """A paragraph in pieces, and its element, which leads back into the file."""

    element: Element
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What a person sees of it."""
        return "".join([piece.text for piece in self.pieces])

    @property
    def kept(self) -> str:
        """Its text as it is compared and merged."""
        return "".join([piece.kept for piece in self.pieces])

    @property
    def runs(self) -> dict[Element, str]:
        """What a person sees of each run in it."""
        found: dict[Element, str] = {}
        for piece in self.pieces:
            if (run := piece.run) is not None:
                found[run] = found.get(run, "") + piece.text
        return found

    @property
    def marks(self) -> list[str]:
        """The names of the bookmarks that begin in it."""
        return marks_of(self.element)

    @property
    def references(self) -> Iterator[tuple[str, str]]:
        """Each reference to one of our marks, and what it shows."""
        for number, piece in enumerate(self.pieces):
            if piece.kind == "reference":
                result = takewhile(lambda other: other.field is piece.field, self.pieces[number + 1 :])  # noqa: B023
                yield piece.kept.strip("[]"), "".join([other.text for other in result])

    @property
    def unsettled(self) -> tuple[Piece, ...]:
        """Prompts that nobody has filled in, and what nobody can tell."""
        return tuple(piece for piece in self.pieces if piece.kind in _UNSETTLED)

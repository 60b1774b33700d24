"""The pieces of what a paragraph shows, and what single things in a run show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.word.symbols import symbol
from pipeline.word.xml import Element, characters, local, qn

Kind = Literal["text", "written", "layout", "prompt", "field", "symbol", "control"]

SIGN, SHAPES = qn("w:sym"), tuple(map(qn, ("w:drawing", "w:pict", "w:object")))
_COUNTED = frozenset(map(qn, ("w:pgNum", "w:footnoteReference", "w:endnoteReference", "w:footnoteRef", "w:endnoteRef")))
_TODAY = frozenset(map(qn, ("w:dayShort", "w:dayLong", "w:monthShort", "w:monthLong", "w:yearShort", "w:yearLong")))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what a paragraph shows, and the element it comes from: a child of a run, a simple field, a control.

    `text` is stored as it shows; `written` shows and is not stored; `layout` is a number that pages decide; a `prompt`
    asks to be filled in; of a `field`, `symbol` or `control` nobody can tell what it shows, and `about` names it.
    """

    text: str
    element: Element
    kind: Kind = "text"
    about: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is seen of a paragraph."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(each.text for each in self.pieces)

    @property
    def unsettled(self) -> tuple[Piece, ...]:
        """Prompts that nobody has filled in, and what nobody can tell."""
        return tuple(each for each in self.pieces if each.kind not in {"text", "written", "layout"})


def plain(leaf: Element) -> Iterator[Piece]:
    """What a child of a run shows that is neither its text nor part of a field."""
    if leaf.tag == SIGN or local(leaf) == "symEx":
        yield _sign(leaf)
    elif leaf.tag in _COUNTED:
        yield Piece("", leaf, "layout")
    elif leaf.tag in _TODAY:
        yield Piece("", leaf, "field", "DATE")
    elif leaf.tag in SHAPES:
        yield from _drawn(leaf)
    elif text := characters(leaf):
        yield Piece(text, leaf)


def _sign(leaf: Element) -> Piece:
    """A character of a font, given by its number."""
    told = {str(name).rpartition("}")[2]: str(value) for name, value in leaf.attrib.items()}
    font, number = told.get("font", ""), told.get("char", "")
    try:
        found = symbol(font, int(number, 16))
    except ValueError:
        found = None
    return Piece("", leaf, "symbol", font) if found is None else Piece(found, leaf, "written")


def _drawn(leaf: Element) -> Iterator[Piece]:
    """Words that are part of a drawing, and controls of other programs: neither is text."""
    for each in leaf.iter():
        if local(each) == "textpath" and (words := each.get("string", "").strip()):
            yield Piece("", leaf, "control", words)
        elif each.tag == qn("w:control"):
            yield Piece("", leaf, "control", each.get(qn("w:name"), ""))

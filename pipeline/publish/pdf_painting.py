"""What a page of a PDF paints, in order: words, filled shapes and pictures, each with where it lands and how it looks.

The operators of a page, and of the forms in it, are followed as far as that goes (ISO 32000-1, annex A).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot
from typing import Any, NamedTuple

import pikepdf

from pipeline.publish.pdf_matrix import PLAIN, Matrix, Point, matrix_of, moved, moved_by, times

_FILLS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
_ENDS = _FILLS | {"S", "s", "n"}
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))
_LINES = frozenset(("BT", "Tm", "Td", "TD", "T*", "'", '"'))
_INKS = frozenset(("g", "rg", "k", "sc", "scn"))
_SPACES = frozenset(("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/CalGray", "/CalRGB", "/ICCBased"))
_SEE_THROUGH = ("/SMask", "/Mask", "/ImageMask")
_FAR = 1e9
_BLANKS = b"\0 \x03"
_DEPTH = 5
_LIFT = 0.25
"""Of the size of its letters: how far above its line a word has its middle."""
INVISIBLE = frozenset((3, 7))


class Words(NamedTuple):
    """Words that a page shows at once: from the middle of their first letter to where they end at the latest, in the
    page's units; the height of their letters (None: their font has measures of its own), their colour (six digits, ``
    where it cannot be told), how much of what lies behind they hide (1: all), and the mode of ISO 32000-1, 9.3.6.
    """

    start: Point
    end: Point
    size: float | None
    ink: str
    alpha: float
    mode: int


class Shape(NamedTuple):
    """Where a filled shape or picture lands, its colour (`` where it cannot be told), whether it hides all beneath."""

    left: float
    bottom: float
    right: float
    top: float
    ink: str = ""
    hides: bool = False
    is_picture: bool = False

    def covers(self, point: Point) -> bool:
        """Does a point lie in it?"""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top


class _State(NamedTuple):
    """What of the graphics state counts: where things land, how large letters are, and what is painted through."""

    matrix: Matrix = PLAIN
    size: float = 0.0
    has_measures: bool = True
    mode: int = 0
    leading: float = 0.0
    alpha: float = 1.0
    blends: bool = False
    ink: str = "000000"
    plain: bool = True

    @property
    def is_opaque(self) -> bool:
        return self.alpha >= 1 and not self.blends


def painted_by(page: Any) -> Iterator[Words | Shape]:
    """All that a page paints, in order."""
    return _Painting(page.resources, _State()).painted(page)


class _Painting:
    """Follows the operators of a page, or of a form in it."""

    def __init__(self, resources: Any, state: _State, depth: int = 0) -> None:
        self.resources, self.state, self.depth = resources, state, depth
        self.stack: list[_State] = []
        self.path: list[Point] = []
        self.is_boxes = True
        self.line = PLAIN

    def painted(self, stream: Any) -> Iterator[Words | Shape]:
        """What it paints, in order."""
        for each in pikepdf.parse_content_stream(stream):
            operator, operands = str(each.operator), list(each.operands)
            self.state = self.changed(operator, operands)
            if operator in _LINES:
                self.line = _next_line(operator, operands, self.line, self.state)
            self.drawn(operator, operands)
            yield from self.painted_at_once(operator, operands)
            if operator in _ENDS:
                self.path, self.is_boxes = [], True

    def painted_at_once(self, operator: str, operands: list[Any]) -> Iterator[Words | Shape]:
        """What one operator paints."""
        if operator in _FILLS and self.path:
            yield from self.filled()
        elif operator in _SHOWS:
            yield from self.words(operands[-1])
        elif operator == "INLINE IMAGE":
            yield self.picture(self.state.is_opaque)
        elif operator == "sh":
            yield Shape(-_FAR, -_FAR, _FAR, _FAR)
        elif operator == "Do" and self.depth < _DEPTH:
            yield from self.of_object(self.resources.get("/XObject", {}).get(str(operands[0])))

    def drawn(self, operator: str, operands: list[Any]) -> None:
        """The corners of the path so far; a curve's, or a slanting line's, are those of what it stays within."""
        if operator == "re":
            left, bottom, width, height = map(float, operands)
            right, top = left + width, bottom + height
            corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        elif operator in ("m", "l", "c", "v", "y"):
            flat = [float(each) for each in operands]
            corners = list(zip(flat[::2], flat[1::2], strict=True))
            self.is_boxes &= operator in ("m", "l")
        else:
            return
        self.path += [moved(corner, self.state.matrix) for corner in corners]

    def filled(self) -> Iterator[Shape]:
        """The boxes of a path, else all that it stays within, of which it may fill a part."""
        boxes = [self.path[at : at + 4] for at in range(0, len(self.path), 4)] if self.is_boxes else []
        if boxes and all(_is_box(each) for each in boxes):
            for each in boxes:
                yield _around(each, self.state.ink, self.state.is_opaque)
        else:
            yield _around(self.path, self.state.ink)

    def words(self, shown: Any) -> Iterator[Words]:
        """The words of one operator; none where it shows blanks only."""
        strings = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
        written = b"".join(bytes(each) for each in strings if isinstance(each, pikepdf.String))
        if written.strip(_BLANKS):
            state, (a, b, c, d, e, f) = self.state, times(self.line, self.state.matrix)
            size = state.size
            start = e + (a + c) * size * _LIFT, f + (b + d) * size * _LIFT
            end = start[0] + a * size * len(written), start[1] + b * size * len(written)
            height = abs(size) * hypot(c, d) if state.has_measures else None
            yield Words(start, end, height, "" if state.mode % 4 else state.ink, state.alpha, state.mode)

    def picture(self, hides: bool) -> Shape:
        corners = [moved(each, self.state.matrix) for each in ((0, 0), (1, 0), (0, 1), (1, 1))]
        return _around(corners, "", hides, is_picture=True)

    def changed(self, operator: str, operands: list[Any]) -> _State:
        """The state after an operator that changes it."""
        state = self.state
        match operator:
            case "q":
                self.stack.append(state)
            case "Q":
                state = self.stack.pop() if self.stack else state
            case "cm":
                state = state._replace(matrix=times(matrix_of(operands), state.matrix))
            case "gs":
                state = _through(state, self.resources.get("/ExtGState", {}).get(str(operands[0]), {}))
            case "cs":
                plain = str(operands[0]) in _SPACES or self.kind_of_space(str(operands[0])) in _SPACES
                state = state._replace(plain=plain, ink="000000" if plain else "")
            case _ if operator in _INKS:
                plain = state.plain or operator in ("g", "rg", "k")
                state = state._replace(plain=plain, ink=_ink(operands) if plain else "")
            case _:
                state = self.written(operator, operands)
        return state

    def written(self, operator: str, operands: list[Any]) -> _State:
        """The state after an operator that changes how letters are set."""
        state = self.state
        match operator:
            case "Tf":
                font = self.resources.get("/Font", {}).get(str(operands[0]), {})
                state = state._replace(size=float(operands[1]), has_measures=font.get("/Subtype") != "/Type3")
            case "TL":
                state = state._replace(leading=float(operands[0]))
            case "TD":
                state = state._replace(leading=-float(operands[1]))
            case "Tr":
                state = state._replace(mode=int(operands[0]))
        return state

    def kind_of_space(self, name: str) -> str:
        space = self.resources.get("/ColorSpace", {}).get(name, "")
        return str(space[0]) if isinstance(space, pikepdf.Array) else str(space)

    def of_object(self, thing: Any) -> Iterator[Words | Shape]:
        """What a form paints that is drawn here, or the picture."""
        if thing is None:
            return
        if thing.get("/Subtype") == "/Form":
            own = times(matrix_of(thing.get("/Matrix", PLAIN)), self.state.matrix)
            inside = _Painting(thing.get("/Resources", self.resources), self.state._replace(matrix=own), self.depth + 1)
            yield from inside.painted(thing)
        else:
            yield self.picture(self.state.is_opaque and not any(name in thing for name in _SEE_THROUGH))


def _through(state: _State, given: Any) -> _State:
    """How much shines through from here on; highlighters blend with what is there."""
    blends = str(given.get("/BM", "/Normal")) not in ("/Normal", "/Compatible")
    return state._replace(alpha=float(given.get("/ca", 1)), blends=blends)


def _ink(operands: Sequence[Any]) -> str:
    """A colour of grey, of red, green and blue, or of four inks (ISO 32000-1, 10.3); `` for any other."""
    try:
        given = [min(1.0, max(0.0, float(each))) for each in operands]
    except (TypeError, ValueError):
        return ""
    if len(given) == 4:
        given = [1 - min(1.0, each + given[3]) for each in given[:3]]
    given = given * 3 if len(given) == 1 else given
    return "".join(f"{round(each * 255):02X}" for each in given) if len(given) == 3 else ""


def _next_line(operator: str, operands: Any, line: Matrix, state: _State) -> Matrix:
    if operator in ("BT", "Tm"):
        return matrix_of(operands) if operands else PLAIN
    shift = (float(operands[0]), float(operands[1])) if operator in ("Td", "TD") else (0.0, -state.leading)
    return moved_by(shift, line)


def _is_box(corners: Sequence[Point]) -> bool:
    """Are four corners those of an upright box?"""
    return len(corners) == 4 and all(len({round(each[axis], 2) for each in corners}) <= 2 for axis in (0, 1))


def _around(corners: Sequence[Point], ink: str, hides: bool = False, *, is_picture: bool = False) -> Shape:
    across, up = zip(*corners, strict=True)
    return Shape(min(across), min(up), max(across), max(up), ink, hides, is_picture)

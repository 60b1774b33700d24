"""Words of a PDF that a page paints over: a box drawn on them hides them from the eye, and from nobody who copies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FILLS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
_ENDS = _FILLS | {"S", "s", "n"}
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))
_LINES = frozenset(("BT", "Tm", "Td", "TD", "T*", "'", '"'))
_DEPTH = 5
_LIFT = 0.25
"""Of the size of its letters: how far above its line a word has its middle."""
_INVISIBLE = 3


class _Box(NamedTuple):
    """A filled rectangle in the page's own units."""

    left: float
    bottom: float
    right: float
    top: float

    def covers(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class _State(NamedTuple):
    """What of the graphics state counts: where things land, how large letters are, and what is painted through."""

    matrix: Matrix = _PLAIN
    size: float = 0.0
    mode: float = 0
    leading: float = 0.0
    opaque: bool = True


def covered_pages(pdf: pikepdf.Pdf) -> list[int]:
    """The numbers, from 1, of the pages on which a filled box is painted over words that were painted before."""
    return [number for number, page in enumerate(pdf.pages, 1) if _covers_words(page)]


def _covers_words(page: Any) -> bool:
    words: list[tuple[float, float]] = []
    for painted in _Painting(page.resources, _State()).painted(page):
        if not isinstance(painted, _Box):
            words.append(painted)
        elif any(painted.covers(x, y) for x, y in words):
            return True
    return False


class _Painting:
    """Follows the operators of a page, or of a form in it (ISO 32000-1, annex A), as far as boxes and words go."""

    def __init__(self, resources: Any, state: _State, depth: int = 0) -> None:
        self.resources, self.state, self.depth = resources, state, depth
        self.stack: list[_State] = []
        self.boxes: list[_Box] = []
        self.line = _PLAIN

    def painted(self, stream: Any) -> Iterator[_Box | tuple[float, float]]:
        """What it paints, in order: the middle of the first letter of words, and filled boxes."""
        for each in pikepdf.parse_content_stream(stream):
            operator, operands = str(each.operator), list(each.operands)
            self.state = self.changed(operator, operands)
            if operator in _LINES:
                self.line = _next_line(operator, operands, self.line, self.state)
            if operator == "re":
                self.boxes.append(_box(operands, self.state.matrix))
            yield from self.painted_by(operator, operands)
            if operator in _ENDS:
                self.boxes = []

    def painted_by(self, operator: str, operands: list[Any]) -> Iterator[_Box | tuple[float, float]]:
        """What one operator paints."""
        if operator in _FILLS and self.state.opaque:
            yield from self.boxes
        if operator in _SHOWS and self.state.mode != _INVISIBLE:
            yield _at(_times(self.line, self.state.matrix), self.state.size)
        if operator == "Do" and self.depth < _DEPTH:
            yield from self.of_form(operands[0])

    def changed(self, operator: str, operands: list[Any]) -> _State:
        """The state after an operator that changes it."""
        state = self.state
        match operator:
            case "q":
                self.stack.append(state)
            case "Q":
                state = self.stack.pop() if self.stack else state
            case "cm":
                state = state._replace(matrix=_times(_matrix(operands), state.matrix))
            case "gs":
                state = state._replace(opaque=_is_opaque(self.resources, operands[0]))
            case "Tf":
                state = state._replace(size=float(operands[1]))
            case "TL":
                state = state._replace(leading=float(operands[0]))
            case "TD":
                state = state._replace(leading=-float(operands[1]))
            case "Tr":
                state = state._replace(mode=int(operands[0]))
        return state

    def of_form(self, name: Any) -> Iterator[_Box | tuple[float, float]]:
        """What a form paints that is drawn here; a picture paints nothing that counts."""
        form = self.resources.get("/XObject", {}).get(str(name))
        if form is not None and form.get("/Subtype") == "/Form":
            own = _times(_matrix(form.get("/Matrix", _PLAIN)), self.state.matrix)
            inside = _Painting(form.get("/Resources", self.resources), self.state._replace(matrix=own), self.depth + 1)
            yield from inside.painted(form)


def _is_opaque(resources: Any, name: Any) -> bool:
    """Does this graphics state paint over what is there? Highlighters let it shine through."""
    given = resources.get("/ExtGState", {}).get(str(name), {})
    return float(given.get("/ca", 1)) >= 1 and str(given.get("/BM", "/Normal")) in ("/Normal", "/Compatible")


def _next_line(operator: str, operands: Any, line: Matrix, state: _State) -> Matrix:
    if operator in ("BT", "Tm"):
        return _matrix(operands) if operands else _PLAIN
    moved = (float(operands[0]), float(operands[1])) if operator in ("Td", "TD") else (0.0, -state.leading)
    return _times((1.0, 0.0, 0.0, 1.0, *moved), line)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """The first transformation, then the other (ISO 32000-1, 8.3.4)."""
    (a, b, c, d, e, f), (g, h, i, j, k, m) = one, other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: Matrix, size: float) -> tuple[float, float]:
    """The middle of a word's first letter, near enough."""
    _, _, c, d, e, f = matrix
    a, b = matrix[:2]
    return e + (a + c) * size * _LIFT, f + (b + d) * size * _LIFT


def _box(operands: Any, matrix: Matrix) -> _Box:
    left, bottom, width, height = (float(number) for number in operands)
    corners = [
        _times((1.0, 0.0, 0.0, 1.0, x, y), matrix)[4:]
        for x, y in ((left, bottom), (left + width, bottom), (left, bottom + height), (left + width, bottom + height))
    ]
    across, up = zip(*corners, strict=True)
    return _Box(min(across), min(up), max(across), max(up))

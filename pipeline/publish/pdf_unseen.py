"""Words of a PDF that nobody sees on its pages, and anybody can copy from there: covered, pale, tiny, off the page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from pipeline.publish.pdf_painting import INVISIBLE, Shape, Words, painted_by
from pipeline.word.contrast import contrast

_LEAST_CONTRAST = 1.1
_LEAST_SIZE = 1.5  # points
_LEAST_ALPHA = 0.05
_WHOLE = 0.5  # of a page: a picture so large is the scan of one, and the words under it are what was read from it
_PAPER = "FFFFFF"


def unseen_words_of(pdf: pikepdf.Pdf) -> list[str]:
    """What of a PDF's words cannot be seen, each with its pages, from 1: “words stand under a box on page 2”."""
    found: dict[str, list[int]] = {}
    for number, page in enumerate(pdf.pages, 1):
        for why in dict.fromkeys(_unseen(page)):
            found.setdefault(why, []).append(number)
    return [f"{why} on {_said(pages)}" for why, pages in found.items()]


def unseen_in(content: bytes) -> list[str]:
    """As above, of the bytes of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return unseen_words_of(pdf)


def _said(pages: list[int]) -> str:
    return f"page {pages[0]}" if len(pages) == 1 else f"pages {', '.join(map(str, pages))}"


def _unseen(page: Any) -> Iterator[str]:
    """Why words of a page cannot be seen, as often as there are such."""
    edges = _edges(page)
    shapes: list[Shape] = []
    words: list[Words] = []
    invisible: list[Words] = []
    for each in painted_by(page):
        if isinstance(each, Shape):
            shapes.append(each)
            if each.hides and not _is_scan(each, edges) and any(each.covers(one.start) for one in words):
                yield f"words stand under a {'picture' if each.is_picture else 'box'}"
        elif each.mode in INVISIBLE:
            invisible.append(each)
        else:
            words.append(each)
            yield from _why(each, shapes, edges)
    if any(not any(shape.is_picture and shape.covers(one.start) for shape in shapes) for one in invisible):
        yield "words are written invisibly"


def _why(words: Words, before: list[Shape], edges: Shape) -> Iterator[str]:
    """Why words cannot be seen where they stand, over what was painted before."""
    if _is_off(words, edges):
        yield "words lie beyond the edges"
    elif words.size is not None and words.size < _LEAST_SIZE:
        yield "words are too small to be seen"
    elif words.alpha < _LEAST_ALPHA:
        yield "words are transparent"
    elif words.ink:
        behind = next((shape.ink for shape in reversed(before) if shape.covers(words.start)), _PAPER)
        if behind and contrast(words.ink, behind) < _LEAST_CONTRAST:
            yield "words have the colour of what lies behind them"


def _edges(page: Any) -> Shape:
    """What of a page is shown."""
    left, bottom, right, top = (float(each) for each in page.cropbox)
    return Shape(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _is_off(words: Words, edges: Shape) -> bool:
    """Does no part of the words lie within the edges?"""
    (left, right), (bottom, top) = (sorted(each) for each in zip(words.start, words.end, strict=True))
    return right < edges.left or left > edges.right or top < edges.bottom or bottom > edges.top


def _is_scan(shape: Shape, edges: Shape) -> bool:
    """Is it a picture of most of the page?"""
    width, height = (min(shape.right, edges.right) - max(shape.left, edges.left),
                     min(shape.top, edges.top) - max(shape.bottom, edges.bottom))  # fmt: skip
    whole = (edges.right - edges.left) * (edges.top - edges.bottom)
    return shape.is_picture and max(width, 0) * max(height, 0) >= _WHOLE * whole

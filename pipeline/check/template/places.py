"""Where something stands in a template, as an officer finds it: nearest heading, table, row, quoted text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.check.template.parts import Part, Template
from pipeline.problems import Place
from pipeline.word.styles import Styles
from pipeline.word.xml import PARAGRAPH, ROW, TABLE, TEXT, Element

QUOTE_LENGTH = 60


def shorten(text: str, length: int = QUOTE_LENGTH) -> str:
    """Text fit to be quoted in a message: one line, cut at a length, blanks and odd characters made plain."""
    start = text[: 8 * length]
    plain = " ".join("".join(char if char.isprintable() else " " for char in start).split())
    return plain if len(plain) <= length else plain[: length - 1].rstrip() + "…"


def own_text(paragraph: Element) -> str:
    """The text of a paragraph, without that of text boxes in it; deleted text does not count."""
    return "".join(node.text or "" for node in paragraph.iter(TEXT) if paragraph_of(node) is paragraph)


def paragraph_of(element: Element) -> Element | None:
    """The paragraph in which an element stands (itself, if it is one)."""
    return element if element.tag == PARAGRAPH else next(element.iterancestors(PARAGRAPH), None)


@dataclass(frozen=True, slots=True)
class Spot:
    """What is near a paragraph: the heading above it, and the table and row it stands in (0 for none)."""

    heading: str = ""
    table: int = 0
    row: int = 0


class Places:
    """The place of any element of any filled-in part, in words. Counts every part once, when it is first asked."""

    def __init__(self, template: Template) -> None:
        self._file = template.name
        self._styles = template.styles
        self._spots: dict[str, dict[Element, Spot]] = {}

    def of(self, part: Part, element: Element | None, quote: str = "") -> Place:
        """The place of an element; `quote` is what to look for there."""
        if part.name not in self._spots:
            self._spots[part.name] = dict(_walk(part.root, self._styles))
        spots = self._spots[part.name]
        around = (found for found in _upwards(element) if found in spots)
        spot = spots.get(next(around, None), Spot())  # type: ignore[arg-type]  # no paragraph: nothing is near
        quoted = f"at “{shorten(quote)}”" if quote.strip() else ""
        return Place(self._file, near=", ".join(filter(None, [part.where, *_words(spot), quoted])))

    def at_file(self, near: str = "") -> Place:
        """The file as a whole, or a place in it that is no paragraph ("in the document’s properties")."""
        return Place(self._file, near=near)


def _upwards(element: Element | None) -> Iterator[Element]:
    if element is not None:
        yield element
        yield from element.iterancestors()


def _words(spot: Spot) -> Iterator[str]:
    if spot.heading:
        yield f"under “{spot.heading}”"
    if spot.table:
        yield f"table {spot.table}"
    if spot.row:
        yield f"row {spot.row}"


def _walk(root: Element, styles: Styles) -> Iterator[tuple[Element, Spot]]:
    """Every paragraph, table and row with its spot. Tables are counted afresh under each heading, outermost only."""
    heading, count, row = "", 0, 0
    for element in root.iter(PARAGRAPH, TABLE, ROW):
        depth = sum(1 for _ in element.iterancestors(TABLE))
        if element.tag == TABLE and not depth:
            count, row = count + 1, 0
        elif element.tag == ROW and depth == 1:
            row += 1
        outside = element.tag == PARAGRAPH and not depth
        yield element, Spot(heading) if outside else Spot(heading, count, row)
        if outside and styles.is_heading(element) and (title := shorten(own_text(element))):
            heading, count = title, 0

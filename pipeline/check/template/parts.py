"""A template's parts: which of them are filled in, how they hang together, and where in them a thing stands."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.catalogue import problem
from pipeline.opc import Element, Relationship, Unsound, main_part, parse, relationships
from pipeline.problems import PaperError, Place, Problem
from pipeline.word.file import read_parts
from pipeline.word.numbering import Numbering
from pipeline.word.styles import Styles
from pipeline.word.xml import PARAGRAPH, ROW, TABLE, TEXT

_FILLED = {"header": "in the header", "footer": "in the footer", "footnotes": "in the footnotes"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is filled in. `where` is empty for the body, else "in the header" and the like."""

    name: str
    where: str
    root: Element


@dataclass(frozen=True)
class Template:
    """A template as read: its file's name, all its parts, and the links of each ("" for those of the file itself)."""

    name: str
    parts: Mapping[str, bytes]
    links: Mapping[str, tuple[Relationship, ...]]
    body: Part

    @cached_property
    def filled(self) -> tuple[Part, ...]:
        """The parts that are filled in, the body first."""
        found = {link.target: _FILLED[link.kind] for link in self.links[self.body.name] if link.kind in _FILLED}
        others = (Part(name, where, parse(self.parts[name])) for name, where in found.items() if name in self.parts)
        return (self.body, *others)

    @cached_property
    def styles(self) -> Styles:
        """The styles of the template."""
        return Styles(self.tree("styles"))

    @cached_property
    def numbering(self) -> Numbering:
        """Its lists."""
        return Numbering(self.tree("numbering"), self.styles)

    def related(self, kind: str) -> str:
        """The name of the part that the body's relation of this kind leads to, `` where there is none."""
        targets = (link.target for link in self.links[self.body.name] if link.kind == kind)
        return next((target for target in targets if target in self.parts), "")

    def tree(self, kind: str) -> Element | None:
        """The tree of the part that the body refers to as `kind`, None where there is none."""
        name = self.related(kind)
        return parse(self.parts[name], name) if name else None


def open_template(content: bytes, name: str) -> Template:
    """The template's parts, parsed. Raises PaperError: F2xx as `read_parts` does, T044 if they do not hold together."""
    parts = read_parts(content, name)
    try:
        main = main_part(parts)
        links = {source: relationships(parts, source) for source in ("", *parts)}
        template = Template(name, parts, links, Part(main, "", parse(parts[main], main)))
        if template.filled and template.styles and template.numbering and _opens(content):
            return template
    except Unsound as reason:
        raise PaperError(_broken(name)) from reason
    raise PaperError(_broken(name))


def _broken(name: str) -> Problem:
    return problem("T044", Place(name), name=name)


def _opens(content: bytes) -> bool:
    """Whether the library that fills templates can open it: it wants parts of which Word itself can do without."""
    import warnings

    import docx

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = docx.Document(io.BytesIO(content))
            return document.element.body is not None and bool(document.core_properties is not None)
    except Exception:  # a damaged file can fail anywhere in the library; every such file is the same to an officer
        return False


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

    def at_file(self) -> Place:
        """The file as a whole."""
        return Place(self._file)


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

"""The stories of a Word file (text, headers, notes, comments): their paragraphs, and where something stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.opc import main_part
from pipeline.patterns import Pattern
from pipeline.problems import Place
from pipeline.word.fields import SIMPLE
from pipeline.word.open_fields import Field
from pipeline.word.pieces import Paragraph
from pipeline.word.reading import read
from pipeline.word.styles import Styles, is_set
from pipeline.word.xml import PARAGRAPH, ROW, TABLE, Element, blocks, cells, first_of, qn

_STORY = Pattern(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_SECTION, *_REFERENCES = map(qn, ("w:sectPr", "w:headerReference", "w:footerReference"))
_NEAR = {
    "header": "page header",
    "footer": "page footer",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments in the margin",
}


def story_names(parts: Mapping[str, bytes]) -> list[str]:
    """Names of the parts that hold text, the main one first."""
    main = main_part(parts)
    return [name for name in (main,) if name] + sorted(name for name in parts if _STORY.fullmatch(name))


def shown_headers(main: Element, settings: Element | None) -> list[Element]:
    """The references to headers and footers that pages show: of first and even pages only where these are to differ."""
    sections = list(main.iter(_SECTION))
    shows = {
        "first": any(is_set(section, "w:titlePg") for section in sections),
        "even": is_set(settings, "w:evenAndOddHeaders"),
    }
    references = [each for section in sections for each in section.iterchildren(*_REFERENCES)]
    return [each for each in references if shows.get(each.get(qn("w:type"), "default"), True)]


def shortened(text: str, length: int = 60) -> str:
    """The start of a text on one line, for a message; `…` where more follows."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True)
class Story:
    """One story: its root (or a single paragraph), the styles of its document, its part's name and the file's.

    What is seen of it depends on the styles, what is kept does not.
    """

    root: Element
    styles: Styles = field(default_factory=lambda: Styles(None))
    part: str = ""
    file: str = ""
    _rows: dict[Element, int] = field(default_factory=dict)

    @cached_property
    def _read(self) -> tuple[Mapping[Element, Paragraph], list[Field]]:
        return read(self.root, self.styles)

    @property
    def body(self) -> Element:
        """The body of the text; the root of any other story."""
        body = self.root.find(qn("w:body"))
        return self.root if body is None else body

    @property
    def paragraphs(self) -> Mapping[Element, Paragraph]:
        """What stands in each paragraph, in order, as the file was when this was first asked for."""
        return self._read[0]

    @property
    def fields(self) -> list[Field]:
        """The complex fields that begin and end, in the order in which they begin."""
        return self._read[1]

    @property
    def codes(self) -> list[str]:
        """The codes of all fields, simple ones too."""
        simple = [each.get(qn("w:instr"), "") for each in self.root.iter(SIMPLE)]
        return [each.code for each in self.fields] + simple

    def kept(self, element: Element, apart: Collection[Element] = frozenset()) -> tuple[str, ...]:
        """The texts, as compared, of a paragraph (one) or of a table row (one a cell, which has a line a paragraph).

        Paragraphs of a row that are `apart` are none of its text.
        """
        if element.tag == PARAGRAPH:
            return (self.paragraphs[element].kept,)
        return tuple(["\n".join([each.kept for each in self.in_cell(cell, apart)]) for cell in cells(element)])

    def in_cell(self, cell: Element, apart: Collection[Element] = frozenset()) -> Iterator[Paragraph]:
        """The paragraphs of a cell, those of tables inside it too, without those that are `apart`."""
        known = self.paragraphs
        for block in blocks(cell):
            for paragraph in (block,) if block.tag == PARAGRAPH else block.iter(PARAGRAPH):
                if paragraph in known and paragraph not in apart:
                    yield known[paragraph]

    @property
    def kind(self) -> str:
        """`document`, `header`, `footer`, `footnotes`, `endnotes` or `comments`."""
        match = _STORY.fullmatch(self.part)
        return match[1] if match else "document"

    @cached_property
    def _spots(self) -> dict[Element, tuple[str, int]]:
        """Heading above and number of the table around, for every paragraph and table; built when first asked for."""
        heading, tables = "", 0
        spots: dict[Element, tuple[str, int]] = {}
        for element in self.root.iter(PARAGRAPH, TABLE):
            if element.tag == TABLE:
                tables += 1
                spots[element] = heading, tables
            elif first_of(element, TABLE) is None:
                heading = (self.styles.is_heading(element) and shortened(self._seen(element).text)) or heading
                spots[element] = heading, 0
        return spots

    def place(self, element: Element) -> Place:
        """Where `element` stands, by the heading above it, its table and its row."""
        return Place(self.file, near=", ".join(self._near(element)))

    def place_in_words(self, element: Element) -> Place:
        """Where `element` stands, and the words of its paragraph; of the last one before it that has any."""
        around = first_of(element, PARAGRAPH)
        while around is not None and not (text := self._seen(around).text.strip()):
            around = next(around.itersiblings(PARAGRAPH, preceding=True), None)
        place = self.place(element)
        if around is None or self.styles.is_heading(around):
            return place
        word = "in" if around is first_of(element, PARAGRAPH) else "after"
        said = f"{word} “{shortened(text)}”"
        return place._replace(near=", ".join(filter(None, (place.near, said))))

    def _seen(self, paragraph: Element) -> Paragraph:
        return self.paragraphs.get(paragraph, Paragraph(paragraph, ()))

    def _near(self, element: Element) -> Iterator[str]:
        if self.kind != "document":
            yield _NEAR[self.kind]
        table, row = first_of(element, TABLE), first_of(element, ROW)
        spot = self._spots.get(table if table is not None else self._paragraph(element))
        if spot and spot[0]:
            yield f"under “{spot[0]}”"
        if spot and spot[1]:
            yield f"table {spot[1]}"
        if row is not None and first_of(row, TABLE) is table:
            yield f"row {self._row_number(row)}"

    def _paragraph(self, element: Element) -> Element:
        """The paragraph that `element` is or stands in, or else the last one before it."""
        found = first_of(element, PARAGRAPH)
        if found is None:
            found = next(element.itersiblings(PARAGRAPH, preceding=True), None)
        return element if found is None else found

    def _row_number(self, row: Element) -> int:
        """From 1; counted once for all rows beside it, so that many problems in a long table stay cheap."""
        if row not in self._rows:
            table = first_of(row, TABLE)
            beside = [] if table is None else [each for each in table.iter(ROW) if first_of(each, TABLE) is table]
            self._rows.update({each: number for number, each in enumerate(beside, 1)})
        return self._rows.get(row, 1)


def seen(paragraph: Element, styles: Styles | None = None) -> Paragraph:
    """What stands in one paragraph, or a link or control in one, read without the text around it."""
    return Story(paragraph, styles or Styles(None)).paragraphs.get(paragraph, Paragraph(paragraph, ()))


def words_in(element: Element, between: str = "\n") -> str:
    """What a person sees of all paragraphs in an element, such as a control or a comment."""
    return between.join(each.text for each in Story(element).paragraphs.values())

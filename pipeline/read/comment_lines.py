"""The lines of a Word comment: its paragraphs and the rows of its tables, with what a paper cannot show of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from pipeline.blocks import Run
from pipeline.opc import Element
from pipeline.read.comment_data import Found, Line, ListStyle, Trouble
from pipeline.read.comment_notes import NotePart, Notes
from pipeline.read.comment_runs import Looks, printed
from pipeline.read.comment_tables import row_line
from pipeline.word.links import Links
from pipeline.word.numbering import Numbering
from pipeline.word.pieces import Paragraph, Piece
from pipeline.word.story import Story
from pipeline.word.styles import BODY_TEXT, Styles, is_set
from pipeline.word.xml import MATH, PARAGRAPH, ROW, TABLE, qn

_BOX, _CONTROL, _SIGN, _BREAK, _FALLBACK = map(qn, ("w:txbxContent", "w:sdt", "w:sym", "w:br", "mc:Fallback"))
_INSERTED, _DELETED = (tuple(map(qn, names)) for names in (("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")))
_OBJECTS: Mapping[str, Trouble] = {
    **dict.fromkeys(map(qn, ("w:drawing", "w:pict", "w:object")), "picture"),
    **dict.fromkeys(map(qn, ("w:footnoteReference", "w:endnoteReference")), "footnote"),
    qn("w:commentReference"): "comment",
    f"{MATH}oMath": "equation",
}
EMBEDDED = tuple(map(qn, ("w:altChunk", "w:subDoc")))
_PRINTED = ("inserted", "prompt", "highlighted", "link")
_LONG = 120  # characters: what is longer is no heading, whatever its style


class Text(NamedTuple):
    """A text of a file, and where its links lead, by the id of the relationship."""

    story: Story
    addresses: Mapping[str, str]


def lines_in(text: Text, numbering: Numbering, beside: Mapping[str, Text]) -> Iterator[Line]:
    """The lines of a text in order; those of text boxes after what the box is anchored in, and at the end the notes to
    which it refers, out of the texts `beside`.
    """
    notes = Notes()
    notes.take({kind: NotePart(each.story, reader_of(each, numbering, notes).line) for kind, each in beside.items()})
    reader, story = reader_of(text, numbering, notes), text.story
    tables = dict[Element | None, int]()
    for row, paragraphs in groupby(story.paragraphs.values(), key=_outermost_row):
        lines = {paragraph.element: reader.line(paragraph) for paragraph in paragraphs}
        if row is None:
            yield from lines.values()
            continue
        table = next(row.iterancestors(TABLE), None)
        is_first = table not in tables
        yield row_line(row, lines, tables.setdefault(table, len(tables) + 1), numbering.styles, is_first=is_first)
    yield from notes.below()


def reader_of(text: Text, numbering: Numbering, notes: Notes) -> _Reader:
    """What reads a text of a file."""
    codes = {field.first: field.code for field in text.story.fields}
    return _Reader(numbering.styles, numbering, Looks(numbering.styles, Links(codes, text.addresses)), notes)


def _outermost_row(paragraph: Paragraph) -> Element | None:
    """The row of a table in the text that it stands in; None for one in a text box beside it."""
    rows = list(paragraph.element.iterancestors(ROW))
    return rows[-1] if rows and next(rows[-1].iterancestors(_BOX), None) is None else None


@dataclass(frozen=True, slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    looks: Looks
    notes: Notes

    def line(self, paragraph: Paragraph) -> Line:
        """A paragraph for itself."""
        troubles = [self.trouble(piece) for piece in paragraph.pieces]
        listed = self.listed(paragraph.element)
        level = self.heading(paragraph, numbered=bool(listed))
        runs = tuple(self.runs(zip(paragraph.pieces, troubles, strict=True), in_heading=level > 0))
        line = Line(runs, (), "" if level else listed, paragraph.element, level)
        found = [*_of_mark(paragraph.element), *filter(None, troubles), *self.objects(paragraph)]
        if line.text.strip() and next(paragraph.element.iterancestors(_BOX), None) is not None:
            found.append(Found("text box", line.text))
        return line._replace(found=tuple(_run_together(found)))

    def runs(self, pieces: Iterable[tuple[Piece, Found | None]], *, in_heading: bool) -> Iterator[Run]:
        """What is printed of pieces, each with what is wrong with it."""
        for piece, trouble in pieces:
            if label := self.note(piece):
                yield Run(label, raised="superscript")
            elif piece.text and (trouble is None or trouble.what in _PRINTED):
                yield self.looks.run(piece, in_heading=in_heading)

    def objects(self, paragraph: Paragraph) -> Iterator[Found]:
        """What a paragraph holds besides words, but for notes that are carried."""
        told = {piece.element for piece in paragraph.pieces if self.note(piece)}
        return (Found(_OBJECTS[str(each.tag)]) for each in _held(paragraph.element) if each not in told)

    def note(self, piece: Piece) -> str:
        """The number of the note to which a piece refers; blank for any other, and for one that is not seen."""
        return self.notes.label(piece.element) if piece.kind == "layout" else ""

    def trouble(self, piece: Piece) -> Found | None:
        """What is wrong with a piece, the gravest first."""
        if piece.kind in ("deleted", "hidden", "prompt"):
            return Found(piece.kind, piece.about)
        if piece.kind == "symbol" or piece.element.tag == _SIGN:
            return Found("symbol")
        if piece.kind == "field" or (piece.kind == "written" and piece.about):
            return Found("field", piece.about)
        what = self.trouble_of_look(piece) if piece.text else ""
        return Found(what, printed(piece)) if what else None

    def trouble_of_look(self, piece: Piece) -> Trouble | Literal[""]:
        change = piece.change
        if self.looks.has(piece, "strike") or self.looks.has(piece, "dstrike"):
            return "struck"
        if change is not None and change.tag in _INSERTED:
            return "inserted"
        if any(is_set(control, "w:sdtPr", "w:showingPlcHdr") for control in piece.element.iterancestors(_CONTROL)):
            return "prompt"
        if piece.text.strip() and self.looks.has(piece, "highlight"):
            return "highlighted"
        return "link" if piece.text.strip() and self.looks.leads_nowhere(piece) else ""

    def listed(self, paragraph: Element) -> ListStyle:
        place = self.numbering.place_of(paragraph)
        if place is None:
            return ""
        levels = self.numbering.lists[place[0]].levels
        form = levels[place[1]].form if place[1] in levels else ""
        return "" if form == "none" else "bullet" if form == "bullet" else "number"

    def heading(self, paragraph: Paragraph, *, numbered: bool) -> int:
        """The level of a heading, 0 for none: by the name of its style, or by its place in the outline. A numbered
        sentence is an item of a list, whatever its style.
        """
        text = paragraph.text.strip()
        if not text or (numbered and (len(text) > _LONG or text.endswith((".", ";")))):
            return 0
        chain = self.styles.chain(self.styles.style(paragraph.element))
        names = [self.styles.names[style.get(qn("w:styleId"), "")].lower() for style in chain]
        named = next((name for name in names if name.startswith(("heading", "title"))), "")
        level = self.styles.level(paragraph.element)
        return level if level < BODY_TEXT else int(named[-1]) if named[-1:].isdecimal() else int(bool(named))


def _of_mark(paragraph: Element) -> Iterator[Found]:
    """Whether the break behind a paragraph was put in, or taken out, by a tracked change."""
    for change in paragraph.iterfind(f"{qn('w:pPr')}/{qn('w:rPr')}/*"):
        if change.tag in (*_INSERTED, *_DELETED):
            yield Found("inserted" if change.tag in _INSERTED else "deleted", "\n")


def _held(paragraph: Element) -> Iterator[Element]:
    """What stands in a paragraph, not in a text box in it, that is no text."""
    for held in paragraph.iter(*_OBJECTS):
        if (
            next(held.iterancestors(PARAGRAPH), None) is paragraph
            and next(held.iterancestors(qn("mc:Fallback")), None) is None
        ):
            yield held


def _run_together(found: list[Found]) -> Iterator[Found]:
    """Words of one kind that follow one another are one thing."""
    for what, same in groupby(found, key=lambda one: one.what):
        texts = [one.text for one in same]
        yield from (
            [Found(what, "".join(texts))] if what != "field" and all(texts) else [Found(what, text) for text in texts]
        )

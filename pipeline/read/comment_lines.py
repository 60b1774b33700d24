"""The lines of a Word comment: its paragraphs and the rows of its tables, with what a paper cannot show of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import Literal, NamedTuple

from pipeline.blocks import Run
from pipeline.opc import Element
from pipeline.word.numbering import Numbering
from pipeline.word.pieces import Paragraph, Piece
from pipeline.word.styles import Styles, is_on_in, is_set
from pipeline.word.xml import MATH, PARAGRAPH, ROW, TABLE, VAL, qn

ListStyle = Literal["", "bullet", "number"]
Trouble = Literal[
    "inserted",
    "deleted",
    "table",
    "comment",
    "footnote",
    "picture",
    "text box",
    "prompt",
    "hidden",
    "struck",
    "equation",
    "raised",
    "embedded",
    "heading",
    "symbol",
    "field",
    "highlighted",
    "label",
]

_BOX, _CONTROL, _SIGN, _BREAK, _FALLBACK = map(qn, ("w:txbxContent", "w:sdt", "w:sym", "w:br", "mc:Fallback"))
_INSERTED, _DELETED = (tuple(map(qn, names)) for names in (("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")))
_OBJECTS: Mapping[str, Trouble] = {
    **dict.fromkeys(map(qn, ("w:drawing", "w:pict", "w:object")), "picture"),
    **dict.fromkeys(map(qn, ("w:footnoteReference", "w:endnoteReference")), "footnote"),
    qn("w:commentReference"): "comment",
    f"{MATH}oMath": "equation",
}
EMBEDDED = tuple(map(qn, ("w:altChunk", "w:subDoc")))
_PRINTED = ("inserted", "prompt", "raised", "highlighted")


class Found(NamedTuple):
    """Something that cannot go into a paper as it is, and the words it is about."""

    what: Trouble
    text: str = ""


class Line(NamedTuple):
    """A paragraph, or a row of a table with a tab between its paragraphs; what was found in it; how it is listed."""

    runs: tuple[Run, ...]
    found: tuple[Found, ...] = ()
    listed: ListStyle = ""
    paragraph: Element | None = None

    @property
    def text(self) -> str:
        """Its text without its looks."""
        return "".join(run.text for run in self.runs)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with neighbours of one look made one, and empty ones left out."""
    result: list[Run] = []
    for run in runs:
        if result and (result[-1].bold, result[-1].italic) == (run.bold, run.italic):
            result[-1] = Run(result[-1].text + run.text, run.bold, run.italic)
        elif run.text:
            result.append(run)
    return tuple(result)


def trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs without blanks at the start and end of the paragraph."""
    left = list(runs)
    while left and not left[0].text.strip():
        left.pop(0)
    while left and not left[-1].text.strip():
        left.pop()
    if left:
        left[0] = Run(left[0].text.lstrip(), left[0].bold, left[0].italic)
        left[-1] = Run(left[-1].text.rstrip(), left[-1].bold, left[-1].italic)
    return tuple(left)


def lines_in(text: Iterable[Paragraph], numbering: Numbering) -> Iterator[Line]:
    """The lines of a text in order; those of text boxes after what the box is anchored in."""
    reader = _Reader(numbering.styles, numbering)
    table: Element | None = None
    for row, paragraphs in groupby(text, key=_outermost_row):
        lines = list(map(reader.line, paragraphs))
        if row is None:
            yield from lines
            continue
        filled = [line for line in lines if line.text.strip()]
        runs = chain.from_iterable((*([Run("\t")] if number else []), *line.runs) for number, line in enumerate(filled))
        found = [*chain.from_iterable(line.found for line in lines)]
        around = next(row.iterancestors(TABLE), None)
        joined = Line(tuple(runs), tuple(found))
        if filled and around is not table:
            table = around
            joined = Line(joined.runs, (*found, Found("table", joined.text)))
        yield joined


def _outermost_row(paragraph: Paragraph) -> Element | None:
    """The row of a table in the text that it stands in; None for one in a text box beside it."""
    rows = list(paragraph.element.iterancestors(ROW))
    return rows[-1] if rows and next(rows[-1].iterancestors(_BOX), None) is None else None


@dataclass(frozen=True, slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    looks: dict[tuple[Element, str], bool] = field(default_factory=dict)

    def line(self, paragraph: Paragraph) -> Line:
        """A paragraph for itself."""
        troubles = [self.trouble(piece) for piece in paragraph.pieces]
        runs = tuple(
            Run(_printed(piece), self.has(piece, "b"), self.has(piece, "i"))
            for piece, trouble in zip(paragraph.pieces, troubles, strict=True)
            if piece.text and (trouble is None or trouble.what in _PRINTED)
        )
        found = [*_of_mark(paragraph.element), *filter(None, troubles)]
        found += (Found(_OBJECTS[str(held.tag)]) for held in _held(paragraph.element))
        line = Line(runs, (), self.listed(paragraph.element))
        found += self.of_place(paragraph.element, line.text)
        return Line(runs, tuple(_run_together(found)), line.listed, paragraph.element)

    def of_place(self, paragraph: Element, text: str) -> Iterator[Found]:
        """What cannot go into a paper because of what its paragraph is, or where that stands."""
        if text.strip() and self.is_heading(paragraph):
            yield Found("heading", text)
        if text.strip() and next(paragraph.iterancestors(_BOX), None) is not None:
            yield Found("text box", text)

    def trouble(self, piece: Piece) -> Found | None:
        """What is wrong with a piece, the gravest first."""
        if piece.kind in ("deleted", "hidden", "prompt"):
            return Found(piece.kind, piece.about)
        if piece.kind == "symbol" or piece.element.tag == _SIGN:
            return Found("symbol")
        if piece.kind == "field" or (piece.kind == "written" and piece.about):
            return Found("field", piece.about)
        what = self.trouble_of_look(piece) if piece.text else ""
        return Found(what, _printed(piece)) if what else None

    def trouble_of_look(self, piece: Piece) -> Trouble | Literal[""]:
        change = piece.change
        if self.has(piece, "strike") or self.has(piece, "dstrike"):
            return "struck"
        if change is not None and change.tag in _INSERTED:
            return "inserted"
        if any(is_set(control, "w:sdtPr", "w:showingPlcHdr") for control in piece.element.iterancestors(_CONTROL)):
            return "prompt"
        if piece.text.strip() and self.has(piece, "highlight"):
            return "highlighted"
        return "raised" if _is_raised(piece.run) else ""

    def has(self, piece: Piece, look: str) -> bool:
        """Has the run of a piece a look, such as bold, by itself or by its styles?"""
        run = piece.run
        if run is None:
            return False
        if (run, look) not in self.looks:
            self.looks[run, look] = is_on_in(run, self.styles, look)
        return self.looks[run, look]

    def listed(self, paragraph: Element) -> ListStyle:
        place = self.numbering.place_of(paragraph)
        if place is None:
            return ""
        levels = self.numbering.lists[place[0]].levels
        form = levels[place[1]].form if place[1] in levels else ""
        return "" if form == "none" else "bullet" if form == "bullet" else "number"

    def is_heading(self, paragraph: Element) -> bool:
        """By the name of its style, or by its place in the outline."""
        names = (
            self.styles.names[style.get(qn("w:styleId"), "")]
            for style in self.styles.chain(self.styles.style(paragraph))
        )
        return self.styles.is_heading(paragraph) or any(name.lower().startswith(("heading", "title")) for name in names)


def _printed(piece: Piece) -> str:
    """What a paper prints of it: a page ends elsewhere in the paper."""
    if piece.element.tag == _BREAK and piece.element.get(qn("w:type")) in ("page", "column"):
        return " "
    return piece.text


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


def _is_raised(run: Element | None) -> bool:
    raised = None if run is None else run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return raised is not None and raised.get(VAL) in ("superscript", "subscript")


def _run_together(found: list[Found]) -> Iterator[Found]:
    """Words of one kind that follow one another are one thing."""
    for what, same in groupby(found, key=lambda one: one.what):
        texts = [one.text for one in same]
        yield from (
            [Found(what, "".join(texts))] if what != "field" and all(texts) else [Found(what, text) for text in texts]
        )

"""The runs of a Word comment: its words in the looks that a paper keeps, and where they lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.blocks import Raised, Run
from pipeline.opc import Element
from pipeline.word.links import Links, is_public_link
from pipeline.word.pieces import Piece
from pipeline.word.styles import Styles, is_on_in
from pipeline.word.xml import VAL, qn

_BREAK, _TYPE, _RAISED = qn("w:br"), qn("w:type"), f"{qn('w:rPr')}/{qn('w:vertAlign')}"


@dataclass(frozen=True, slots=True)
class Looks:
    """What a run looks like, as far as a paper keeps it: fonts, sizes and colours are the paper's own."""

    styles: Styles
    links: Links
    known: dict[tuple[Element, str], bool] = field(default_factory=dict)

    def run(self, piece: Piece, *, in_heading: bool) -> Run:
        """A piece as it is printed. The looks of a heading are the paper's."""
        address = self.links.of(piece)
        bold, underline = (not in_heading and self.has(piece, look) for look in ("b", "u"))
        return Run(
            printed(piece),
            bold,
            self.has(piece, "i"),
            underline=underline and not address,
            raised=raised(piece.run),
            link=address if is_public_link(address) else "",
        )

    def has(self, piece: Piece, look: str) -> bool:
        """Has the run of a piece a look, such as bold, by itself or by its styles?"""
        run = piece.run
        if run is None:
            return False
        if (run, look) not in self.known:
            self.known[run, look] = is_on_in(run, self.styles, look)
        return self.known[run, look]

    def leads_nowhere(self, piece: Piece) -> bool:
        """Is it a link that no reader of a paper could follow?"""
        address = self.links.of(piece)
        return bool(address) and not is_public_link(address)


def printed(piece: Piece) -> str:
    """What a paper prints of it: a page ends elsewhere in the paper."""
    if piece.element.tag == _BREAK and piece.element.get(_TYPE) in ("page", "column"):
        return " "
    return piece.text


def raised(run: Element | None) -> Raised:
    """Whether the words of a run stand above or below the line."""
    found = "" if run is None or (align := run.find(_RAISED)) is None else align.get(VAL, "")
    return found if found in ("superscript", "subscript") else ""  # type: ignore[return-value]


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with neighbours of one look made one, and empty ones left out."""
    result: list[Run] = []
    for run in runs:
        if result and result[-1][1:] == run[1:]:
            result[-1] = run._replace(text=result[-1].text + run.text)
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
        left[0] = left[0]._replace(text=left[0].text.lstrip())
        left[-1] = left[-1]._replace(text=left[-1].text.rstrip())
    return tuple(left)

"""The notes of a Word comment, at the foot of its pages or at its end: a paper has them below the section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.blocks import Run
from pipeline.opc import Element
from pipeline.read.comment_data import Line
from pipeline.word.pieces import Paragraph
from pipeline.word.story import Story
from pipeline.word.xml import ID, qn

_NOTES = tuple(map(qn, ("w:footnote", "w:endnote")))
REFERENCES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}


class NotePart(NamedTuple):
    """A part with notes: its text, and how a paragraph of it is read."""

    story: Story
    read: Callable[[Paragraph], Line]


class Notes:
    """The notes of a file by their part and number there, counted in the order in which the text refers to them."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, str], list[Line]] = {}
        self.numbers: dict[tuple[str, str], int] = {}

    def take(self, parts: Mapping[str, NotePart]) -> None:
        """Reads the notes of these parts."""
        for kind, part in parts.items():
            for paragraph in part.story.paragraphs.values():
                note = next(paragraph.element.iterancestors(*_NOTES), None)
                if note is not None and note.get(qn("w:type"), "normal") == "normal":
                    self.lines.setdefault((kind, note.get(ID, "")), []).append(part.read(paragraph))

    def label(self, reference: Element) -> str:
        """`[2]`, where the text refers to the second note; blank where the file does not hold it, or it is empty."""
        key = REFERENCES.get(str(reference.tag), ""), reference.get(ID, "")
        if not any(line.text.strip() for line in self.lines.get(key, ())):
            return ""
        return f"[{self.numbers.setdefault(key, len(self.numbers) + 1)}]"

    def below(self) -> Iterator[Line]:
        """The notes that were referred to, in order, each behind its number."""
        for key, number in self.numbers.items():
            filled = [line for line in self.lines[key] if line.text.strip()]
            yield from (_plain(line, f"[{number}] " if not at else "") for at, line in enumerate(filled))


def _plain(line: Line, label: str) -> Line:
    runs: Sequence[Run] = line.runs
    first = next((at for at, run in enumerate(runs) if run.text.strip()), 0)
    own = runs[first]._replace(text=runs[first].text.lstrip())
    shown = ((Run(label),) if label else ()) + (own, *runs[first + 1 :])
    return line._replace(runs=shown, listed="", heading=0, item=None, is_note=True)

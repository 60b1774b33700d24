"""A paragraph of a Word file, and things found in it that a paper cannot show, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.blocks import Run
from pipeline.read.word_styles import ListStyle

Trouble = Literal[
    "inserted", "deleted", "table", "comment", "footnote", "picture", "text box", "prompt", "hidden", "struck",
    "equation", "raised", "embedded", "heading", "symbol", "field",
]  # fmt: skip


@dataclass(slots=True, eq=False)
class Words:
    """A paragraph being read, or read; `boxes` are the paragraphs of text boxes anchored in it."""

    style: str = ""
    numbering: tuple[str, str] | None = None
    level: str = ""
    runs: list[Run] = field(default_factory=list)
    boxes: list[Words] = field(default_factory=list)
    listed: ListStyle = ""

    @property
    def text(self) -> str:
        """The paragraph's text without its looks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that cannot go into a paper as it is: what, the words it is about, and the paragraph it stands in."""

    what: Trouble
    text: str
    paragraph: Words

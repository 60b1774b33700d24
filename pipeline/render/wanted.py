"""What a paper must hold, for the proof to ask it for: its blocks by their marks, its texts in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.blocks import Block, Fact, Table, moved
from pipeline.render.text import name_of
from pipeline.render.views import Shown, View


class Known(NamedTuple):
    """A mark's key, the table it is a row of, and the whole text that a paragraph must hold."""

    key: str
    table: str = ""
    text: str = ""


class Wanted:
    """`known` by mark name, of which those with a `text` and those in `marks` must be there; the `texts` in the order
    they must be found in; `anywhere` what single fields print; `shown` the keys of the tables that some loop shows;
    `printed` the facts of each value, as they stand from its first words on; `blocks` the marks of paragraphs.
    """

    __slots__ = ("anywhere", "blocks", "known", "marks", "printed", "shown", "texts", "unshown")

    def __init__(self) -> None:
        self.known, self.marks = dict[str, Known](), dict[str, None]()
        self.texts, self.anywhere = list[str](), list[tuple[str, str]]()
        self.unshown, self.shown, self.blocks = list[Table](), set[str](), set[str]()
        self.printed = list[Sequence[Fact]]()

    def block(self, block: Block) -> tuple[Fact, ...]:
        """A paragraph; its text is one of those in order. Returns its facts."""
        text, facts = canonical(block)
        self.known[name_of(block.key)] = Known(block.key, "", text)
        self.texts.append(text)
        return facts

    def mark(self, view: View, template_key: str) -> None:
        """The mark of a row, of a paragraph, or of what is printed beside it."""
        key, table = view.marked(template_key), view.table or (view.key if isinstance(view.of, Table) else "")
        self.marks[name := name_of(key)] = None
        if isinstance(view.of, Block):
            self.blocks.add(name)
        if template_key or not isinstance(view.of, Block):
            self.known[name] = Known(key, table)

    def section(self, blocks: Iterable[Shown], *, marks: bool) -> None:
        """A section is over: each of its paragraphs must be there, each of its tables shown."""
        for shown in blocks:
            if isinstance(shown.of, Table):
                if shown.key not in self.shown:
                    self.unshown.append(shown.of)
                continue
            name = name_of(shown.key)
            if name not in self.known:
                self.block(shown.of)
            if marks:
                self.marks[name] = None


def canonical(block: Block) -> tuple[str, tuple[Fact, ...]]:
    """The block's text with each reference as `[[bookmark name]]`, as it is read back from the paper, and its facts."""
    if not any(run.appendix for run in block.runs):
        return block.text, block.facts
    runs = [(run.text, f"[[{name_of(run.appendix)}]]" if run.appendix else run.text) for run in block.runs]
    return "".join([text for _, text in runs]), tuple(moved(block.facts, runs))

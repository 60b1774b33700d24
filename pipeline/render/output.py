"""A part while it is written: its pieces, and what is known of a table's surroundings later than they are written.

What a tag of the layout prints (see `pipeline.render.layout`) is either known by then, or a place is kept for it among
the pieces, which then wait until it is filled.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from pipeline.bounds import OutOfBounds

MANY = 4096
"""Pieces, of about a hundred bytes each, that are put together from time to time."""
_KEEP, _LOOK = b"<w:keepNext/>", b"<w:pPr>%b</w:pPr>"
_SPACE = b' w:before="240"'  # twips: one line of 12 pt
_EMPTY = {
    b'<w:t xml:space="preserve"></w:t>': b'<w:t xml:space="preserve"/>',
    b"<w:t></w:t>": b"<w:t/>",
    b"<w:pPr></w:pPr>": b"<w:pPr/>",
}
_PADDING = 260  # twips: cell margins left and right, and a little air
_WORDS = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)|<w:(?:br|cr|tab)\b|</w:p>")
_NARROW, _WIDE = frozenset("iljtf.,'|!:;I()[]- "), frozenset("mwMW%@")


class Filled(NamedTuple):
    """A part that is filled, and where in its bytes the values begin that it prints, in order."""

    content: bytes
    starts: Sequence[int] = ()

    def with_usual(self, written: bytes, usual: bytes) -> Filled:
        """The same with something written in the usual, shorter way, within which no value begins."""
        first, *others = self.content.split(written)
        if not others:
            return self
        ends = [*accumulate((len(each) + len(written) for each in others), initial=len(first) + len(written))][:-1]
        shorter = len(written) - len(usual)
        starts = [start - shorter * bisect_right(ends, start) for start in self.starts]
        return Filled(usual.join((first, *others)), starts)


class Output:
    """A part of at most so many bytes; `put` takes a piece of it.

    `lead` is where a paragraph keeps a place for staying with a table below it, and what then stands there; `spaced`
    says that the paragraph which is written stands below a table.
    """

    def __init__(self, most: int) -> None:
        self.pieces, self.most, self.enough = list[bytes](), most, MANY
        self.put = self.pieces.append
        self.firm, self.size, self.gone = list[bytes](), 0, 0
        self.values, self.starts = list[int](), list[int]()
        self.lead: tuple[int, bytes] | None = None
        self.below = self.spaced = False
        self.columns: Columns | None = None
        self.drawings = 1000

    def settle(self, *, whole: bool = False) -> None:
        """Puts together what nothing changes any more. Raises OutOfBounds where it is too much.

        The last piece that is not empty is left, unless that is the `whole`: an empty text may begin with it.
        """
        waiting = self.columns.start if self.columns else self.lead[0] if self.lead else self.here
        number = waiting - self.gone
        while number and not whole:
            number -= 1
            if self.pieces[number]:
                break
        ready, values = self.pieces[:number], bisect_left(self.values, self.gone + number)
        ends = [*accumulate(map(len, ready), initial=0)]
        chunk = Filled(b"".join(ready), [ends[value - self.gone] for value in self.values[:values]])
        for written, usual in _EMPTY.items():
            chunk = chunk.with_usual(written, usual)
        self.firm.append(chunk.content)
        self.starts += [self.size + start for start in chunk.starts]
        self.size += len(chunk.content)
        del self.values[:values], self.pieces[:number]
        self.gone, self.enough = self.gone + number, len(self.pieces) + MANY
        if self.size + sum(map(len, self.pieces)) > self.most:
            raise OutOfBounds(f"with it, the paper would have more than {self.most:,} bytes")

    def whole(self) -> Filled:
        """All of it. Raises OutOfBounds where it is too much."""
        self.lead = self.columns = None
        self.settle(whole=True)
        return Filled(b"".join(self.firm), self.starts)

    def value(self, content: bytes) -> None:
        """Takes a value, of which it is noted where it stands."""
        self.values.append(self.here)
        self.put(content)

    @property
    def here(self) -> int:
        """The number of the next piece."""
        return self.gone + len(self.pieces)

    def hold(self) -> int:
        """Keeps a place for a piece, by its number."""
        self.put(b"")
        return self.here - 1

    def fill(self, place: int, piece: bytes) -> None:
        """Fills a place that was kept."""
        self.pieces[place - self.gone] = piece

    def block(self, _: str = "") -> None:
        """A paragraph begins, or anything else that stands between tables, or it ends."""
        self.lead, self.spaced, self.below = None, self.below, False

    def lead_in(self, _: str) -> None:
        """Where the look of a paragraph says that it is kept with the next one."""
        self.lead = self.hold(), _KEEP

    def above(self, others: str) -> None:
        """The spacing of a paragraph, of which it says these `others`."""
        if self.spaced or others:
            self.put(b"<w:spacing%b%b/>" % (others.encode(), _SPACE if self.spaced else b""))

    def look(self, _: str) -> None:
        """The whole look of a paragraph that has none in the template."""
        spacing = b"<w:spacing%b/>" % _SPACE if self.spaced else b""
        place = self.hold()
        self.fill(place, _LOOK % spacing if spacing else b"")
        self.lead = place, _LOOK % (_KEEP + spacing)

    def table(self, _: str) -> None:
        """A table begins."""
        if self.lead:
            self.fill(*self.lead)
        self.block()

    def table_ends(self, _: str) -> None:
        """A table is over."""
        self.below = True

    def drawing(self, _: str) -> None:
        """The number of a drawing."""
        self.drawings += 1
        self.put(b"%d" % self.drawings)

    def across(self, total: str) -> None:
        """Such a table begins, of this width in twips."""
        self.columns = Columns(self.here, int(total))

    def grid(self, _: str) -> None:
        """Where its columns are stated."""
        if self.columns:
            self.columns.grid = self.hold()

    def row(self, _: str) -> None:
        """A row begins."""
        if self.columns:
            self.columns.number = -1

    def cell(self, _: str) -> None:
        """A cell begins."""
        if self.columns:
            self.columns.number += 1
            self.columns.cells.append((self.columns.number, self.here))

    def width(self, _: str) -> None:
        """Where the width of a cell is stated."""
        if self.columns:
            self.columns.widths.append((self.columns.number, self.hold()))

    def fit(self, _: str) -> None:
        """The table is over: it gets as many columns as its cells need, each as wide as its longest word."""
        of, self.columns = self.columns, None
        if of is None or not of.cells:
            return
        needs = [_PADDING] * (1 + max(number for number, _ in of.cells))
        ends = [*(start for _, start in of.cells[1:]), self.here]
        for (number, start), end in zip(of.cells, ends, strict=True):
            text = b"".join(self.pieces[start - self.gone : end - self.gone])
            needs[number] = max(needs[number], longest(text) + _PADDING)
        widths = shared(of.total, needs)
        for number, place in of.widths:
            self.fill(place, b'<w:tcW w:w="%d" w:type="dxa"/>' % widths[number])
        if of.grid is not None:
            self.fill(of.grid, b"".join([b'<w:gridCol w:w="%d"/>' % width for width in widths]))


class Columns:
    """A table whose columns come from the data while it is written: where it starts, where its columns and the widths
    of cells are to be stated, and where each of its cells starts; cells and widths with the number of their column.
    """

    def __init__(self, start: int, total: int) -> None:
        self.start, self.total, self.number = start, total, -1
        self.grid: int | None = None
        self.cells, self.widths = list[tuple[int, int]](), list[tuple[int, int]]()


PRINTED: Mapping[str, Callable[[Output, str], None]] = {
    "block": Output.block,
    "lead": Output.lead_in,
    "above": Output.above,
    "look": Output.look,
    "table": Output.table,
    "below": Output.table_ends,
    "drawing": Output.drawing,
    "across": Output.across,
    "grid": Output.grid,
    "row": Output.row,
    "cell": Output.cell,
    "width": Output.width,
    "fit": Output.fit,
}
"""What a tag of the layout does, by its name."""


def longest(cell: bytes) -> int:
    """The width in twips that the longest word of a cell needs, at 12 pt."""
    text = b"".join([found[1] if found[1] is not None else b" " for found in _WORDS.finditer(cell)]).decode()
    return max(map(word_width, unescape(text).split()), default=0)


@lru_cache(maxsize=4096)
def word_width(word: str) -> int:
    """About what a word takes in bold Arial 12 pt, in twips: three widths of letters, capitals between."""
    ems = sum(
        0.28 if c in _NARROW else 0.86 if c in _WIDE else 0.68 if c.isupper() else 0.56 if c < "\u2e80" else 1.0
        for c in word
    )
    return round(ems * 240 * 1.08)


def shared(total: int, needed: Sequence[int]) -> list[int]:
    """Equal columns, but none below its need; where the needs exceed the page, shares in proportion to them."""
    if sum(needed) >= total:
        widths = [total * need // sum(needed) for need in needed]
    else:
        fixed: dict[int, int] = {}
        share = total // len(needed)
        while tight := [at for at, need in enumerate(needed) if at not in fixed and need > share]:
            fixed |= {at: needed[at] for at in tight}
            share = (total - sum(fixed.values())) // max(len(needed) - len(fixed), 1)
        widths = [fixed.get(at, share) for at in range(len(needed))]
    widths[-1] += total - sum(widths)
    return widths

"""What a template's statements do: write a paper's bytes, and say what the finished paper must then hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from pipeline.blocks import Fact
from pipeline.bounds import OutOfBounds
from pipeline.language import Frame, Run
from pipeline.render.places import number_sign
from pipeline.render.tags import Tag
from pipeline.render.text import attribute_bytes, run_bytes, runs_bytes, text_bytes
from pipeline.render.views import Numbers, View, end_of, kept_together, start_of
from pipeline.render.wanted import Wanted

MANY = 4096
"""Pieces, of about a hundred bytes each, that are put together from time to time."""
COUNT, SIGNS = 1, 2
"""Where a frame counts the views, and the values that were written with a number."""
SIGNED: dict[str, Callable[[str, bytes], bytes]] = {
    "text": lambda text, sign: sign + text_bytes(text), "run": run_bytes, "block": run_bytes,
}  # fmt: skip
PLAIN: dict[str, Callable[[str], bytes]] = {"code": text_bytes, "attribute": attribute_bytes}


class Failed(Exception):
    """A tag that cannot be filled in with what there is; the reason is its cause."""

    def __init__(self, tag: Tag) -> None:
        super().__init__()
        self.tag = tag


class Output:
    """A part while it is filled, of `most` bytes; `put` takes a piece of it."""

    __slots__ = ("most", "pieces", "put", "size")

    def __init__(self, most: int) -> None:
        self.pieces, self.size, self.most = list[bytes](), 0, most
        self.put = self.pieces.append

    def whole(self) -> bytes:
        """All that was put so far. Raises OutOfBounds where it is too much."""
        content = b"".join(self.pieces)
        self.pieces[:] = [content]
        if len(content) > self.most:
            raise OutOfBounds(f"with it, the paper would have more than {self.most:,} bytes")
        return content


Fill = Callable[[Frame, Output], None]
Tell = Callable[[Frame, Wanted], None]


class Piece(NamedTuple):
    """What is written in one go."""

    write: Callable[[Frame], bytes]
    tell: Tell | None = None


class Statement(NamedTuple):
    """A loop, a condition or a name that is set."""

    fill: Fill
    tell: Tell


Step = bytes | Piece | Statement


class Body(NamedTuple):
    """Statements one after another."""

    fills: Sequence[Fill]
    tells: Sequence[Tell]

    def fill(self, frame: Frame, out: Output) -> None:
        """Writes them."""
        for each in self.fills:
            each(frame, out)

    def tell(self, frame: Frame, wanted: Wanted) -> None:
        """Says what the paper must hold of them."""
        for each in self.tells:
            each(frame, wanted)


def body_of(steps: Iterable[Step]) -> Body:
    """Statements ready to be run: the template's own bytes and the pieces between them are written together."""
    fills, own = list[Fill](), b""
    steps, stretch = list(steps), list[tuple[bytes, Callable[[Frame], bytes]]]()
    for step in steps:
        if isinstance(step, bytes):
            own += step
        elif isinstance(step, Piece):
            stretch.append((own, step.write))
            own = b""
        else:
            fills += [*written(stretch, own), step.fill]
            stretch, own = [], b""
    tells = [step.tell for step in steps if not isinstance(step, bytes) and step.tell]
    return Body([*fills, *written(stretch, own)], tells)


def written(stretch: Sequence[tuple[bytes, Callable[[Frame], bytes]]], own: bytes) -> list[Fill]:
    """Own bytes and pieces in turn, as one step."""
    if not stretch:
        return [lambda _, out: out.put(own)] if own else []

    def fill(frame: Frame, out: Output) -> None:
        put = out.put
        for before, write in stretch:
            put(before)
            put(write(frame))
        put(own)

    return [fill]


def sign_of(frame: Frame) -> bytes:
    """The number of the value that is written next."""
    frame[SIGNS] += 1
    return number_sign(frame[SIGNS] - 1)


def hidden_value(tag: Tag, text: Callable[[Frame], str]) -> Piece:
    """What a tag prints in an attribute, or in what tells Word what to do."""
    write = PLAIN[tag.way]
    return Piece(guarded(tag, lambda frame: write(text(frame))))


def value(
    tag: Tag, text: Callable[[Frame], str], fact: Callable[[Frame], Fact], name: str, *, ordered: bool, signed: bool
) -> Piece:
    """What a tag prints, and the same as a fact. In a loop over a section it is `ordered` among the texts of the paper;
    where it is `signed`, its number is written before it.
    """
    write = SIGNED[tag.way]

    def bytes_of(frame: Frame) -> bytes:
        said = text(frame)
        return write(said, sign_of(frame) if said and signed else b"")

    def tell(frame: Frame, wanted: Wanted) -> None:
        if (said := fact(frame)).text:
            wanted.printed.append((said,) if said.sources else ())
        if not ordered:
            wanted.anywhere.append((name, said.text))
        elif said.text:
            wanted.texts.append(said.text)

    return Piece(guarded(tag, bytes_of), tell)


def block_runs(tag: Tag, slot: int, *, signed: bool) -> Piece:
    """A block with its formatting; where it is `signed`, its number is written before it."""

    def bytes_of(frame: Frame) -> bytes:
        runs = getattr(frame[slot].of, "runs", ())
        return runs_bytes(runs, sign_of(frame) if runs and signed else b"")

    def tell(frame: Frame, wanted: Wanted) -> None:
        if runs := getattr(block := frame[slot].of, "runs", None):
            wanted.printed.append(wanted.block(block))
        elif runs is not None:
            wanted.block(block)

    return Piece(guarded(tag, bytes_of), tell)


def mark_start(view: int, numbers: Numbers, repeated: int, key: str) -> Piece:
    """The start of a mark: of a view itself, or of what the template prints for each under a key of its own."""
    return Piece(
        lambda frame: start_of(frame[view], numbers, repeated, key),
        lambda frame, wanted: wanted.mark(frame[view], key),
    )


def mark_end(view: int, numbers: Numbers, repeated: int) -> Piece:
    """The end of that mark."""
    return Piece(lambda frame: end_of(frame[view], numbers, repeated))


def keep(view: int) -> Piece:
    """What keeps a row with the next, where it is to be kept."""
    return Piece(lambda frame: frame[view].keep)


def guarded(tag: Tag, run: Run) -> Run:
    """A value that a step asks for, or the tag at which it cannot be had."""

    def found(frame: Frame) -> Any:
        try:
            return run(frame)
        except Exception as reason:
            raise Failed(tag) from reason

    return found


class Loop(NamedTuple):
    """How a loop goes round: `items` of a frame, `enter` sets what stands for one of them; `turns` is the slot of what
    the turns are numbered by, 0 for none; `unset` are the slots of names that are set anew in each turn.
    """

    tag: Tag
    items: Callable[[Frame], Sequence[Any]]
    enter: Callable[[Frame, Any], None]
    turns: int
    unset: Sequence[int]
    body: Body
    otherwise: Body

    def each(self, frame: Frame) -> Iterable[None]:
        """The turns, each ready to be run."""
        items = self.items(frame)
        for at, item in enumerate(items):
            self.enter(frame, item)
            if self.turns:
                frame[self.turns] = Turn(at, len(items))
            for slot in self.unset:
                frame[slot] = None
            yield

    def fill(self, frame: Frame, out: Output) -> None:
        """Writes it."""
        fills, turned, before = self.body.fills, False, len(out.pieces)
        for _ in self.each(frame):
            turned = True
            for each in fills:
                each(frame, out)
            if len(out.pieces) > MANY:
                self.bound(out)
        if not turned:
            self.otherwise.fill(frame, out)
        elif len(out.pieces) > before:
            self.bound(out)

    def bound(self, out: Output) -> None:
        """Puts together what was written so far, unless that is too much."""
        try:
            out.whole()
        except OutOfBounds as reason:
            raise Failed(self.tag) from reason

    def tell(self, frame: Frame, wanted: Wanted) -> None:
        """Says what the paper must hold of it."""
        turned = False
        for _ in self.each(frame):
            turned = True
            self.body.tell(frame, wanted)
        if not turned:
            self.otherwise.tell(frame, wanted)


class Turn:
    """The turns of a loop as a record: `loop.first`, `loop.index`."""

    def __init__(self, at: int, length: int) -> None:
        self.values = {
            "index": at + 1, "index0": at, "revindex": length - at, "revindex0": length - at - 1, "length": length,
            "first": at == 0, "last": at == length - 1,
        }  # fmt: skip


def choice(branches: Sequence[tuple[Run, Body]], otherwise: Body) -> Statement:
    """The first branch whose test holds."""

    def taken(frame: Frame) -> Body:
        return next((body for test, body in branches if test(frame)), otherwise)

    return Statement(
        lambda frame, out: taken(frame).fill(frame, out), lambda frame, wanted: taken(frame).tell(frame, wanted)
    )


def assigned(slot: int, run: Run) -> Statement:
    """A name that is set."""

    def put(frame: Frame, _: Any) -> None:
        frame[slot] = run(frame)

    return Statement(put, put)


def entering(slot: int, view: int, *, texts: bool) -> Callable[[Frame, Any], None]:
    """How one of a loop's items is set: a view in a slot beside the record that it shows, or its `texts` in both."""

    def plain(frame: Frame, item: Any) -> None:
        frame[slot] = item

    def viewed(frame: Frame, item: View) -> None:
        frame[slot], frame[view] = item.record, item

    def by_text(frame: Frame, item: View) -> None:
        frame[slot] = frame[view] = item

    return plain if not view else by_text if texts else viewed


def kept(items: Callable[[Frame], Sequence[View]], fields: Sequence[str]) -> Callable[[Frame], Sequence[View]]:
    """Rows of which those of a group are kept together."""

    def run(frame: Frame) -> Sequence[View]:
        kept_together(found := items(frame), fields)
        return found

    return run

"""What a template's statements do: write a paper's bytes, and say what the finished paper must then hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from pipeline.language import Frame, Run
from pipeline.render.output import Output
from pipeline.render.tags import Tag
from pipeline.render.wanted import Wanted

COUNT = 1
"""Where a frame counts the views."""


class Failed(Exception):
    """A tag that cannot be filled in with what there is; the reason is its cause."""

    def __init__(self, tag: Tag) -> None:
        super().__init__()
        self.tag = tag


Fill = Callable[[Frame, Output], None]
Tell = Callable[[Frame, Wanted], None]


class Piece(NamedTuple):
    """What a tag writes in one go; whether that is a `value`, of which the paper says where it stands."""

    tag: Tag
    write: Callable[[Frame], bytes]
    tell: Tell | None = None
    value: bool = False


class Statement(NamedTuple):
    """A loop, a condition, a name that is set, or something of the layout, of which nothing is to be told."""

    fill: Fill
    tell: Tell | None = None


Step = bytes | Piece | Statement
Stretch = Sequence[tuple[bytes, Piece]]


class Body(NamedTuple):
    """Statements one after another: how each is written, and what the paper must hold of each."""

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


NOTHING = Body((), ())


def body_of(steps: Iterable[Step]) -> Body:
    """Statements ready to be run: the template's own bytes and the pieces between them are written together."""
    fills, own = list[Fill](), b""
    steps, stretch = list(steps), list[tuple[bytes, Piece]]()
    for step in steps:
        if isinstance(step, bytes):
            own += step
        elif isinstance(step, Piece):
            stretch.append((own, step))
            own = b""
        else:
            fills += [*written(stretch, own), step.fill]
            stretch, own = [], b""
    tells = [step.tell for step in steps if not isinstance(step, bytes) and step.tell]
    return Body([*fills, *written(stretch, own)], tells)


def written(stretch: Stretch, own: bytes) -> list[Fill]:
    """Own bytes and pieces in turn, as one step."""
    if not stretch:
        return [lambda _, out: out.put(own)] if own else []
    pieces = [(before, piece.write, piece.value, piece.tag) for before, piece in stretch]

    def fill(frame: Frame, out: Output) -> None:
        put, tag = out.put, pieces[0][3]
        try:
            for before, write, value, tag in pieces:  # noqa: B007 (the tag at which it fails)
                put(before)
                if (content := write(frame)) and value:
                    out.value(content)
                else:
                    put(content)
        except Exception as reason:
            raise Failed(tag) from reason
        put(own)

    return [fill]


def choice(branches: Sequence[tuple[Tag, Run, Body]], otherwise: Body) -> Statement:
    """The first branch whose test holds."""

    def taken(frame: Frame) -> Body:
        tag = branches[0][0]
        try:
            for tag, test, body in branches:  # noqa: B007 (the tag at which it fails)
                if test(frame):
                    return body
        except Exception as reason:
            raise Failed(tag) from reason
        return otherwise

    def fill(frame: Frame, out: Output) -> None:
        for each in taken(frame).fills:
            each(frame, out)

    return Statement(fill, lambda frame, wanted: taken(frame).tell(frame, wanted))


def assigned(tag: Tag, slot: int, run: Run) -> Statement:
    """A name that is set."""

    def put(frame: Frame, _: Any) -> None:
        try:
            frame[slot] = run(frame)
        except Exception as reason:
            raise Failed(tag) from reason

    return Statement(put, put)

"""What a tag prints: a value, a block, a mark; as bytes, and as what the finished paper must then hold."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.blocks import Fact, Row
from pipeline.language import Frame, Run, cell_text, places
from pipeline.render.output import Output
from pipeline.render.places import number_sign
from pipeline.render.steps import SIGNS, Piece, Statement
from pipeline.render.tags import Tag
from pipeline.render.text import attribute_bytes, mark_end, mark_start, run_bytes, runs_bytes, text_bytes
from pipeline.render.views import Numbers
from pipeline.render.wanted import Wanted

SIGNED: dict[str, Callable[[str, bytes], bytes]] = {
    "text": lambda text, sign: sign + text_bytes(text), "run": run_bytes, "block": run_bytes,
}  # fmt: skip
PLAIN: dict[str, Callable[[str], bytes]] = {"code": text_bytes, "attribute": attribute_bytes}


def sign_of(frame: Frame) -> bytes:
    """The number of the value that is written next."""
    frame[SIGNS] += 1
    return number_sign(frame[SIGNS] - 1)


def hidden_value(tag: Tag, text: Callable[[Frame], str]) -> Piece:
    """What a tag prints in an attribute, or in what tells Word what to do."""
    write = PLAIN[tag.way]
    return Piece(tag, lambda frame: write(text(frame)))


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

    return Piece(tag, bytes_of, tell)


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

    return Piece(tag, bytes_of, tell)


def own(tag: Tag, view: int, numbers: Numbers, what: str, repeated: int, key: str) -> Piece:
    """A tag of this package's own: the start or end of a view's mark, or of the `repeated`th one that the template
    prints for it under a `key` of its own; or what keeps a row with the next.
    """
    first, stride = numbers.first + repeated, numbers.stride

    def start(frame: Frame) -> bytes:
        shown = frame[view]
        return mark_start(first + shown.number * stride, shown.marked(key))

    if what == "start":
        return Piece(tag, start, lambda frame, wanted: wanted.mark(frame[view], key))
    if what == "end":
        return Piece(tag, lambda frame: mark_end(first + frame[view].number * stride))
    return Piece(tag, lambda frame: frame[view].keep)


def layout(printed: Callable[[Output, str], None], said: str) -> Statement:
    """What stands around a table."""
    return Statement(lambda _, out: printed(out, said))


def text_of(run: Run) -> Callable[[Frame], str]:
    """How a value is printed."""

    def text(frame: Frame) -> str:
        value = run(frame)
        return value if isinstance(value, str) else cell_text(value, frame[0].formats)

    return text


def row_text(view: int, name: str) -> Callable[[Frame], str]:
    """What a table's row prints of one of its fields."""
    return lambda frame: frame[view].values[name]


def fact_of(text: Callable[[Frame], str], name: str) -> Callable[[Frame], Fact]:
    """A text with the cells that were asked for it."""

    def fact(frame: Frame) -> Fact:
        said, trace = frame[0].traced(text, frame)
        return Fact(said, *places(trace), name=name)

    return fact


def row_fact(view: int, name: str) -> Callable[[Frame], Fact]:
    """What a table's row, or a group of rows, prints of one of its fields, with its cells."""

    def fact(frame: Frame) -> Fact:
        of = frame[view].of
        if isinstance(of, Row):
            return of.facts.get(name) or Fact(of.values[name], ())
        return Fact(of.values[name], (of.place(name),), name=name)

    return fact

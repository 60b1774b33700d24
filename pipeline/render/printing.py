"""What a tag prints: a value, a block, a mark; as bytes, and as what the finished paper must then hold."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.blocks import Fact, Row
from pipeline.language import Frame, Run, cell_text, places
from pipeline.render.listed import number_of_block, style_of_block
from pipeline.render.output import Output
from pipeline.render.steps import Piece, Statement
from pipeline.render.tags import Tag
from pipeline.render.text import attribute_bytes, mark_end, mark_start, name_of, run_bytes, runs_bytes, text_bytes
from pipeline.render.views import Numbers
from pipeline.render.wanted import Wanted

WAYS: dict[str, Callable[[str], bytes]] = {"text": text_bytes, "run": run_bytes, "block": run_bytes}
PLAIN: dict[str, Callable[[str], bytes]] = {"code": text_bytes, "attribute": attribute_bytes}


def row_value(tag: Tag, view: int, field: str, said: str) -> Piece:
    """What a tag prints of a field of a table's row, or of a group of rows."""
    return value(tag, row_text(view, field), row_fact(view, field), said, ordered=True)


def any_value(tag: Tag, run: Run, name: str, said: str, *, ordered: bool) -> Piece:
    """What a tag prints of an expression, which is the name alone of a value or has none."""
    text = text_of(run)
    return value(tag, text, fact_of(text, name), said, ordered=ordered)


def value(tag: Tag, text: Callable[[Frame], str], fact: Callable[[Frame], Fact], name: str, *, ordered: bool) -> Piece:
    """What a tag prints, and the same as a fact; one of a loop over a section is `ordered` among the paper's texts. In
    an attribute, or in what tells Word what to do, it is no fact.
    """
    if tag.way in PLAIN:
        plain = PLAIN[tag.way]
        return Piece(tag, lambda frame: plain(text(frame)))
    write = WAYS[tag.way]

    def tell(frame: Frame, wanted: Wanted) -> None:
        if (said := fact(frame)).text:
            wanted.printed.append((said._replace(start=-before_words(said.text)),) if said.sources else ())
        if not ordered:
            wanted.anywhere.append((name, said.text))
        elif said.text:
            wanted.texts.append(said.text)

    return Piece(tag, lambda frame: write(text(frame)), tell, value=True)


def before_words(text: str) -> int:
    """How many line breaks and tabs, which are elements of their own, stand before the words of a text."""
    return len(text) - len(text.lstrip("\n\t"))


def block_runs(tag: Tag, slot: int) -> Piece:
    """A block with its formatting."""

    def bytes_of(frame: Frame) -> bytes:
        return runs_bytes(getattr(frame[slot].of, "runs", ()))

    def tell(frame: Frame, wanted: Wanted) -> None:
        runs = getattr(block := frame[slot].of, "runs", None)
        if runs is not None:
            facts = wanted.block(block)
            first = next((run for run in runs if run.text or run.appendix), None)
            if first is not None:
                before = len(f"[[{name_of(first.appendix)}]]") if first.appendix else before_words(first.text)
                wanted.printed.append([fact._replace(start=fact.start - before) for fact in facts] if before else facts)

    return Piece(tag, bytes_of, tell, value=True)


def own(tag: Tag, view: int, numbers: Numbers, what: str, repeated: int, key: str) -> Piece:
    """A tag of this package's own: the start or end of a view's mark, or of the `repeated`th one that the template
    prints for it under a `key` of its own; the style or number of a paragraph; or what keeps a row with the next.
    """
    first, stride = numbers.first + repeated, numbers.stride

    def start(frame: Frame) -> bytes:
        shown = frame[view]
        return mark_start(first + shown.number * stride, shown.marked(key))

    if what == "start":
        return Piece(tag, start, lambda frame, wanted: wanted.mark(frame[view], key))
    if what == "end":
        return Piece(tag, lambda frame: mark_end(first + frame[view].number * stride))
    if what == "style":
        return Piece(tag, lambda frame: style_of_block(frame[view], key))
    if what == "list":
        return Piece(tag, lambda frame: number_of_block(frame[view], repeated, key))
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

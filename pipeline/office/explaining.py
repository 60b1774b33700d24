"""From words on the page to the cells behind them, and from the tracker to its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

from pipeline.blocks import Block, Context, Fact, Row
from pipeline.office.material import Asked, gather, order_of
from pipeline.problems import PaperError, Place, error
from pipeline.read import Lookup
from pipeline.text import folded
from pipeline.transform import transform


@dataclass(frozen=True, slots=True)
class Source:
    """A place that a statement rests on, and what stands there."""

    place: str
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A stretch of the paper, where it stands, how it was worked out, and the places it rests on."""

    text: str
    where: str
    how: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """Each place where a text of the paper stands."""

    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of the paper, where it stands, the places it rests on, and how it was worked out."""

    text: str
    where: str
    sources: tuple[Place, ...]
    how: str = ""


def explain(text: str, report: str | None = None, **asked: Unpack[Asked]) -> Explained:
    """Where `text` of the paper came from: each place it stands, with its cells and what they hold. Writes nothing.

    Raises PaperError (E101) where the paper as the program writes it does not say so.
    """
    material = gather(order_of(report, **asked))
    settings, inputs = material.report, material.inputs
    context = transform(settings, inputs.records, inputs.sentences, material.dates).context
    lookup = Lookup(material.order.folder, settings.folder)
    answers = tuple(
        Answer(
            found.text,
            found.where,
            found.how,
            tuple(Source(str(place), lookup.value(place)) for place in found.sources),
        )
        for found in statements_of(context, text)
    )
    if not answers:
        message = f"“{text}” is not in this paper as the program writes it."
        cure = "Type it as the paper prints it, or it is an officer's own words."
        raise PaperError(error("E101", Place(material.order.report), message, cure))
    return Explained(text, answers)


def statements_of(context: Context, wanted: str) -> list[Statement]:
    """Every statement that prints `wanted`: figures and names that are just that, else those that hold it, else the
    paragraphs in which the words stand, with all that those rest on. Each once, where a paragraph says it twice.
    """
    word = plain(wanted)
    known = list(dict.fromkeys(statements(context)))
    exact = [each for each in known if plain(each.text) == word]
    holding = [each for each in known if word in plain(each.text)]
    return exact or holding or list(paragraphs(context, word))


def plain(text: str) -> str:
    """Text to compare by: case, blanks and curly quotes do not matter."""
    return folded(text).replace("’", "'").replace("“", '"').replace("”", '"')


def statements(context: Context) -> Iterator[Statement]:
    """Every figure, date and name printed, in the paper's order."""
    for name, fact in context.field_facts.items():
        yield Statement(fact.text, f"the header block, {name}", fact.sources, fact.how)
    for section, block in blocks(context):
        if isinstance(block, Block):
            where = f"{section}: {opening(block.text)}"
            yield from (Statement(fact.text, where, fact.sources, fact.how) for fact in block.facts if fact.text)
        else:
            yield from of_row(section, block)


def of_row(section: str, row: Row) -> Iterator[Statement]:
    """Every cell of a table row."""
    where = f"{section}: table row {row.key}"
    return (Statement(fact.text, f"{where}, {name}", fact.sources, fact.how) for name, fact in row.facts.items())


def paragraphs(context: Context, word: str) -> Iterator[Statement]:
    """Every paragraph that holds the words, with all that it rests on."""
    for section, block in blocks(context):
        if isinstance(block, Block) and word in plain(block.text):
            yield Statement(opening(block.text), f"{section}", *together(block.facts))


def together(facts: Sequence[Fact]) -> tuple[tuple[Place, ...], str]:
    """The places of several facts, each once, and their reckonings."""
    places = dict.fromkeys(place for fact in facts for place in fact.sources)
    return tuple(places), "; ".join(dict.fromkeys(fact.how for fact in facts if fact.how and fact.how != "wording"))


def blocks(context: Context) -> Iterator[tuple[str, Block | Row]]:
    """Every paragraph and table row with the name of its section."""
    for name, section in context.sections.items():
        for each in section:
            if isinstance(each, Block):
                yield title(name), each
            else:
                yield from ((title(name), row) for row in each.rows)


def title(section: str) -> str:
    """A section's name as a person reads it."""
    return section.replace("_", " ").capitalize()


def opening(text: str) -> str:
    """The first words of a paragraph."""
    return text if len(text) <= 80 else text[:79].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class Figures:
    """The tracker's actions by area: how many there are, complete, open, overdue, and the percentage complete."""

    as_at: dt.date
    areas: Mapping[str, Mapping[str, int]]


def figures(report: str | None = None, **asked: Unpack[Asked]) -> Figures:
    """The actions of the tracker counted by area: what to type into the Progress sheet with the next update."""
    from pipeline.transform.figures import figures as counted
    from pipeline.transform.figures import tracker_frame

    material = gather(order_of(report, **asked))
    frame = tracker_frame(material.inputs.records, material.dates)
    return Figures(material.dates.as_at, counted(frame).to_dict(orient="index"))  # type: ignore[arg-type]

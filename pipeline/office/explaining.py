"""Explaining: from words on the page back to the cells and letters behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.blocks import Block, Context, Fact, Row
from pipeline.problems import Place


@dataclass(frozen=True, slots=True)
class Answer:
    """A stretch of the paper, where it stands, the places it rests on, and how it was worked out."""

    text: str
    where: str
    sources: tuple[Place, ...]
    how: str = ""


def explain(context: Context, wanted: str) -> list[Answer]:
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
    return " ".join(text.split()).casefold().replace("’", "'").replace("“", '"').replace("”", '"')


def statements(context: Context) -> Iterator[Answer]:
    """Every figure, date and name printed, in the paper's order."""
    for name, fact in context.field_facts.items():
        yield Answer(fact.text, f"the header block, {name}", fact.sources, fact.how)
    for section, block in blocks(context):
        if isinstance(block, Block):
            where = f"{section}: {opening(block.text)}"
            yield from (Answer(fact.text, where, fact.sources, fact.how) for fact in block.facts if fact.text)
        else:
            yield from of_row(section, block)


def of_row(section: str, row: Row) -> Iterator[Answer]:
    """Every cell of a table row."""
    where = f"{section}: table row {row.key}"
    return (Answer(fact.text, f"{where}, {name}", fact.sources, fact.how) for name, fact in row.facts.items())


def paragraphs(context: Context, word: str) -> Iterator[Answer]:
    """Every paragraph that holds the words, with all that it rests on."""
    for section, block in blocks(context):
        if isinstance(block, Block) and word in plain(block.text):
            yield Answer(opening(block.text), f"{section}", *together(block.facts))


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


def answers_as_data(found: Sequence[Answer], value: Callable[[Place], str]) -> list[dict[str, object]]:
    """The answers as plain data, each source with what stands there."""
    return [
        {
            "text": each.text,
            "where": each.where,
            "how": each.how,
            "sources": [{"place": str(place), "value": value(place)} for place in each.sources],
        }
        for each in found
    ]

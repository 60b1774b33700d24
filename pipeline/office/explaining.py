"""From words on the page to the cells behind them, and from the tracker to its figures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, Unpack

from pipeline.blocks import WORDING, Block, Context, Fact, Table, sources_of
from pipeline.office.material import Asked, gather, order_of
from pipeline.office.standing import Standing
from pipeline.problems import PaperError, Place, error
from pipeline.read import Lookup

LONGEST = 80
"""Characters of a paragraph or a fact that are told."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place that a statement rests on, and what stands there."""

    place: Place
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A stretch of the paper, the sentence or the cell it stands in, how it was worked out, and the places it rests on.

    `beside` are those that the rest of its sentence rests on.
    """

    text: str
    where: str
    how: str
    sources: tuple[Source, ...]
    beside: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """Each place where a text of the paper stands."""

    text: str
    answers: tuple[Answer, ...]


def explain(text: str, report: str | None = None, **asked: Unpack[Asked]) -> Explained:
    """Where `text` of the paper came from: each place it stands, with its cells and what they hold. Writes nothing.

    Raises PaperError (E101) where the paper as the program writes it does not say so.
    """
    standing, wanted = Standing(material := gather(order_of(report, **asked))), pattern_of(text)
    value = Lookup(material.order.folder, material.report.folder).value
    found = chain(stretches_of(standing.context, wanted), of_template(standing, wanted))
    answers = tuple(answer(stretch, value) for stretch in found)
    if not answers:
        message = f"“{text}” is not in this paper as the program writes it."
        cure = "Type it as the paper prints it, or it is an officer's own words."
        raise PaperError(error("E101", Place(material.order.report), message, cure))
    return Explained(text, tuple(dict.fromkeys(answers)))


class Stretch(NamedTuple):
    """A stretch of the paper, where it stands, the facts it is part of, and those of the rest of its sentence."""

    text: str
    where: str
    facts: Sequence[Fact]
    beside: Sequence[Fact] = ()


def answer(stretch: Stretch, value: Callable[[Place], str]) -> Answer:
    """The answer for a stretch; `value` is what stands at a place."""
    behind = sources_of(stretch.facts)
    beside = [place for place in sources_of(stretch.beside) if place not in behind]
    sources, others = (tuple(Source(place, value(place)) for place in places) for places in (behind, beside))
    how = "; ".join(dict.fromkeys(fact.how for fact in stretch.facts if fact.how and fact.how != WORDING))
    return Answer(stretch.text, stretch.where, how, sources, others)


def stretches_of(context: Context, asked: re.Pattern[str]) -> Iterator[Stretch]:
    """Each place where the words stand: the header block's first, then in the paper's order."""
    for name, fact in context.field_facts.items():
        if asked.search(fact.text):
            yield Stretch(fact.text, f"the header block, {name}", [fact])
    for section, blocks in context.sections.items():
        for block in blocks:
            if isinstance(block, Block):
                found = asked.finditer(block.text)
                yield from (in_paragraph(title(section), block, *match.span()) for match in found)
            else:
                yield from in_table(title(section), block, asked)


def of_template(standing: Standing, asked: re.Pattern[str]) -> Iterator[Stretch]:
    """Each place where the template alone prints the words, such as a total below a table."""
    try:
        rendered = standing.rendered
    except PaperError:
        return  # a template that cannot be filled, which is told when it is
    told = {block.key for block in chain.from_iterable(standing.context.sections.values())}
    for written in (*rendered.baseline.blocks, *rendered.beside):
        for fact in written.facts if written.key not in told else ():
            if not fact.name and asked.search(fact.text):
                yield Stretch(fact.text, f"the template: {opening(' '.join(written.texts))}", [fact])


def in_table(section: str, table: Table, asked: re.Pattern[str]) -> Iterator[Stretch]:
    """Every cell of a table in which the words stand."""
    for row in table.rows:
        for name, text in row.values.items():
            if asked.search(text):
                yield Stretch(text, f"{section}: table row {row.key}, {name}", [row.facts[name]])


def in_paragraph(section: str, block: Block, start: int, end: int) -> Stretch:
    """A stretch of a paragraph: of the fact that prints it, or of the facts and the wording that do together."""
    facts, sentences = facts_and_wording(fact for fact in block.facts if fact.overlaps(start, end))
    where = f"{section}: {' '.join(sentence.text for sentence in sentences) or opening(block.text)}"
    beside = list(within(sentences, block.facts))
    whole = next((fact for fact in facts if fact.covers(start, end)), None)
    if whole is None:
        return Stretch(block.text[start:end], where, [*facts, *sentences], beside)
    return Stretch(whole.text if len(whole.text) <= LONGEST else block.text[start:end], where, [whole], beside)


def within(sentences: Sequence[Fact], facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts that stand in one of some sentences."""
    return (fact for fact in facts if any(one.overlaps(fact.start, fact.end) for one in sentences))


def facts_and_wording(found: Iterable[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The facts that are figures, dates or names, and those that are the wording round them."""
    all_facts = list(found)
    return [fact for fact in all_facts if fact.how != WORDING], [fact for fact in all_facts if fact.how == WORDING]


def pattern_of(wanted: str) -> re.Pattern[str]:
    """Whole words as they may be typed: case, blanks and curly quotes do not matter."""
    words = r"\s+".join(re.escape(word) for word in wanted.split())
    alike = re.sub("['’]", "['’]", re.sub('["“”]', '["“”]', words))
    before, after = (r"\b" if edge.isalnum() else "" for edge in (wanted.strip()[:1], wanted.strip()[-1:]))
    return re.compile(before + alike + after, re.IGNORECASE)


def title(section: str) -> str:
    """A section's name as a person reads it."""
    return section.replace("_", " ").capitalize()


def opening(text: str) -> str:
    """The first words of a paragraph."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


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

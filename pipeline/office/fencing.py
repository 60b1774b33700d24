"""The fence around rows that may not be public: what of them is looked for, and what is openly known beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.blocks import Block, Context, Table
from pipeline.office.material import Material
from pipeline.opc import Package, Unsound
from pipeline.patterns import Pattern
from pipeline.problems import Place, Problem
from pipeline.publish.agenda_item import described, descriptions
from pipeline.publish.fence import Fence, fence_round
from pipeline.read import QUOTED


def fence_around(material: Material, context: Context | None = None) -> Fence:
    """What of the rows that may not be public is to be looked for in what goes out. Comments of services are looked
    through like a draft: what they say is not known to be open.
    """
    return fence_round(material.inputs.withheld, partial(openly_known, material, context))


def unquoted_where(problem: Problem, around: Fence) -> Problem:
    """A problem as it is, or with no word of the text quoted where it would say what a withheld row says."""
    place = problem.place
    if around.said_in(place.near) or around.said_in(problem.message):
        near = IN_TEXT.sub("“…”", place.near)
        place = place._replace(near=QUOTED.sub("“…”", near) if around.said_in(near) else near)
        return replace(problem, message=QUOTED.sub("“…”", problem.message), place=place)
    return problem


IN_TEXT = Pattern(r"(?<=\bin )“[^“”]*”|(?<=\bafter )“[^“”]*”")


def openly_known(material: Material, context: Context | None) -> Iterator[str]:
    """The texts of open records, wording, settings and template, and what a paper says by them."""
    report, inputs = material.report, material.inputs
    yield from (*report.fields.values(), report.appendix_label, *texts_of_template(report.template))
    yield from (each["description"] for each in described(descriptions()))
    yield from chain.from_iterable(report.words.get("status", {}).values())
    yield from (text for sentence in inputs.sentences for text in (sentence.text, sentence.section))
    for record in chain.from_iterable(inputs.records.of(kind) for kind, each in report.kinds.items() if each.kept):
        yield from texts_among((record.key, *record.values.values()))
    if context is None:
        return
    yield from context.fields.values()
    for name, section in context.sections.items():
        if name not in report.comments:
            yield from said_by(section)


def texts_among(values: Iterable[object]) -> Iterator[str]:
    """The texts and numbers among values of a record."""
    for value in values:
        if isinstance(value, str | int | float):
            yield str(value)
        elif isinstance(value, tuple) and not isinstance(value, Place):
            yield from map(str, value)


def said_by(section: Iterable[Block | Table]) -> Iterator[str]:
    """The texts of a section."""
    for each in section:
        if isinstance(each, Block):
            yield each.text
        else:
            yield from (value for row in each.rows for value in row.values.values())


def texts_of_template(template: Path) -> tuple[str, ...]:
    """What a template says; nothing where it cannot be read, which is told of elsewhere."""
    from pipeline.publish.withheld_words import texts_of_word

    try:
        return tuple(texts_of_word(Package(template.read_bytes())))
    except (OSError, Unsound):
        return ()

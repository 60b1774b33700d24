"""What is openly known when a paper is made: the other side of the fence around rows that may not be public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from zipfile import BadZipFile

from pipeline.blocks import Block, Context, Table
from pipeline.problems import Place
from pipeline.publish.exempt import described, descriptions
from pipeline.publish.fence import Fence, fence
from pipeline.read.inputs import Inputs
from pipeline.records import KINDS
from pipeline.report import Report
from pipeline.revise.outcome import Outcome


def fence_around(report: Report, inputs: Inputs, context: Context | None = None) -> Fence:
    """What of the rows that may not be public is to be looked for in what goes out. Comments of services are looked
    through like a draft: what they say is not known to be open.
    """
    return fence(inputs.withheld, partial(openly_known, report, inputs, context))


def unsaid(outcomes: Sequence[Outcome], around: Fence) -> tuple[Outcome, ...]:
    """What became of each block, without a word of those that say what a withheld row says, or that were made of it."""
    keys = {each.key for rows in around.phrases.values() for each in rows if each.key}
    return tuple(
        replace(each, key="", old=UNSAID, new="", officer="", sources=())
        if each.key.rpartition("/")[2] in keys or any(map(around.said_in, (each.old, each.new, each.officer)))
        else each
        for each in outcomes
    )


UNSAID = "(what a row says that may not be public)"


def openly_known(report: Report, inputs: Inputs, context: Context | None) -> Iterator[str]:
    """The texts of open records, wording, settings and template, and what a paper says by them."""
    yield from (*report.fields.values(), report.appendix_label, *texts_of_template(report.template))
    yield from (each["description"] for each in described(descriptions()))
    yield from chain.from_iterable(report.status_words.values())
    yield from (text for each in inputs.sentences for text in (each.text, each.section))
    for record in chain.from_iterable(getattr(inputs.records, kind) for kind in KINDS):
        values = (getattr(record, each.name) for each in fields(record) if each.name != "cells")
        yield from texts_among((*values, *record.others.values()))
    if context is None:
        return
    yield from context.fields.values()
    for name, section in context.sections.items():
        if name not in report.comments:
            yield from said_by(section)


def texts_among(values: Iterable[object]) -> Iterator[str]:
    """The texts and numbers among values of a record."""
    for each in values:
        if isinstance(each, str | int):
            yield str(each)
        elif isinstance(each, tuple) and not isinstance(each, Place):
            yield from map(str, each)


def said_by(section: Iterable[Block | Table]) -> Iterator[str]:
    """The texts of a section."""
    for each in section:
        if isinstance(each, Block):
            yield each.text
        else:
            yield from (value for row in each.rows for value in row.values.values())


@lru_cache(maxsize=16)
def words_of_template(content: bytes) -> tuple[str, ...]:
    """What a template says; once for all papers of a run."""
    from pipeline.publish.going_out import texts_of_word

    return tuple(texts_of_word(content))


def texts_of_template(template: Path) -> tuple[str, ...]:
    """What a template says; nothing where it cannot be read, which is told of elsewhere."""
    try:
        return words_of_template(template.read_bytes())
    except (OSError, ValueError, KeyError, BadZipFile):
        return ()

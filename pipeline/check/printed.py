"""What a template and the wording print, and the columns that it can come from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.problems import Problem, warning
from pipeline.records import Record, Sentence

MARKUP = re.compile(r"<[^>]*>")
TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
LOOP = re.compile(r"\bfor\s+\w+\s+in\s+(\w+)")
FIELD = re.compile(r"\b(?:row|action|letter|workshop|workstream)\.(\w+)|\beach\(\s*'(\w+)'|\[(\w+)\]")


@dataclass(frozen=True, slots=True)
class Layout:
    """The sections that a template loops over, and the fields of records that it prints."""

    sections: frozenset[str]
    fields: frozenset[str]


def layout_of(parts: Mapping[str, bytes]) -> Layout:
    """What the parts of a template print. Tags cut into pieces by Word count as they read."""
    named = (name for name in parts if name.startswith("word/") and name.endswith(".xml"))
    texts = [MARKUP.sub("", parts[name].decode("utf-8", "replace")) for name in named]
    tags = " ".join(tag for text in texts for tag in TAG.findall(text))
    return Layout(frozenset(LOOP.findall(tags)), frozenset(fields_in(tags)))


def fields_in(text: str) -> Iterator[str]:
    """The fields of records that tags name."""
    return (name for found in FIELD.findall(text) for name in found if name)


def missing_columns(
    kept: Mapping[str, Sequence[Record]],
    headings: Mapping[str, Mapping[str, str]],
    layout: Layout,
    sentences: Sequence[Sentence],
) -> Iterator[Problem]:
    """I213: a column whose values the paper prints, in a table that has no such column.

    `kept` are the records by the kind that they are kept as, `headings` the usual heading of each field that a table of
    the kind may leave out.
    """
    for kind, records in kept.items():
        for name, heading in headings.get(kind, {}).items() if records else ():
            there = any(name in each.cells or getattr(each, name, None) for each in records)
            if not there and (name in layout.fields or is_said(name, sentences)):
                place = records[0].source
                yield warning(
                    "I213",
                    type(place)(place.file, place.sheet),
                    f"The paper prints what stands under “{heading}”, and the sheet has no such heading.",
                    f"Name the column “{heading}”, or list its heading in report.toml.",
                )


def is_said(name: str, sentences: Sequence[Sentence]) -> bool:
    """Does a sentence print this field of records?"""
    told = (each.text for each in sentences if name in each.text)
    return any(name in fields_in(" ".join(TAG.findall(text))) for text in told)

"""What the report needs of its template: styles, sections, and the fields that nobody prints."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalogue import problem
from pipeline.check.template.parts import Template
from pipeline.check.template.places import Places
from pipeline.check.template.vocabulary import Vocabulary
from pipeline.problems import Problem

_BULLETS = ("bullet", "none")


def missing(template: Template, vocabulary: Vocabulary, used: set[str], places: Places) -> Iterator[Problem]:
    """T034, T035, T040: styles that are not there, sections without a place, names that are never used."""
    have = {name.casefold() for name in template.styles.names.values()}
    for style in sorted(vocabulary.styles):
        if style.casefold() not in have:
            yield problem("T034", places.at_file(), style=style)
    for section in vocabulary.required_sections:
        if section not in used:
            yield problem("T035", places.at_file(), section=section)
    for name in sorted((vocabulary.fields or frozenset()) | vocabulary.sections):
        if name not in used and name not in vocabulary.required_sections:
            yield problem("T040", places.at_file(), name=name)


def bullet_numbers(template: Template) -> frozenset[str]:
    """The list ids whose first level is a bullet."""
    lists = template.numbering.lists.items()
    return frozenset(key for key, found in lists if found.levels and min(found.levels.items())[1].form in _BULLETS)

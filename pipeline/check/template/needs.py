"""What the report needs of its template: styles, sections, and the fields that nobody prints."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.template.parts import Template
from pipeline.check.template.places import Places
from pipeline.check.template.vocabulary import Vocabulary
from pipeline.problems import Problem, error, note

_BULLETS = ("bullet", "none")


def missing(template: Template, vocabulary: Vocabulary, used: set[str], places: Places) -> Iterator[Problem]:
    """T034, T035, T040: styles that are not there, sections without a place, names that are never used."""
    have = {name.casefold() for name in template.styles.names.values()}
    for style in sorted(vocabulary.styles):
        if style.casefold() not in have:
            yield error(
                "T034", places.at_file(), f"The style “{style}” is missing; the program gives it to what it writes.",
                f"Make a style named “{style}” in the template (Home > Styles > New Style).",
            )  # fmt: skip
    for section in vocabulary.required_sections:
        if section not in used:
            yield error(
                "T035", places.at_file(), f"There is no place for the section “{section}”, which the paper must have.",
                f"Add a heading and the loop “{{%p for block in {section} %}}” under it.",
            )  # fmt: skip
    for name in sorted((vocabulary.fields or frozenset()) | vocabulary.sections):
        if name not in used and name not in vocabulary.required_sections:
            yield note(
                "T040", places.at_file(), f"“{name}” is known for this paper, and the template never uses it.",
                "Add it if readers should see it.",
            )  # fmt: skip


def bullet_numbers(template: Template) -> frozenset[str]:
    """The list ids whose first level is a bullet."""
    lists = template.numbering.lists.items()
    return frozenset(key for key, found in lists if found.levels and min(found.levels.items())[1].form in _BULLETS)

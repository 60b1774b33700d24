"""What the report needs of its template: styles, sections, and the fields that nobody prints."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.check.template.parts import Template, parse
from pipeline.check.template.places import Places
from pipeline.check.template.vocabulary import Vocabulary
from pipeline.problems import Problem, error, note
from pipeline.word.xml import VAL, qn

_STYLE, _CALLED, _NUMBER = qn("w:style"), qn("w:name"), qn("w:num")


def missing(template: Template, vocabulary: Vocabulary, used: set[str], places: Places) -> Iterator[Problem]:
    """T034, T035, T040: styles that are not there, sections without a place, names that are never used."""
    have = style_names(template)
    for style in sorted(vocabulary.styles):
        if style.casefold() not in {name.casefold() for name in have}:
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


def style_names(template: Template) -> frozenset[str]:
    """The names of all styles, as Word shows them."""
    root = _part(template, "styles")
    found = (style.find(_CALLED) for style in root.iter(_STYLE)) if root is not None else ()
    return frozenset(name.get(VAL, "") for name in found if name is not None)


def bullet_numbers(template: Template) -> frozenset[str]:
    """The list ids whose first level is a bullet."""
    root = _part(template, "numbering")
    if root is None:
        return frozenset()
    kinds = {
        design.get(qn("w:abstractNumId"), ""): next((f.get(VAL, "") for f in design.iter(qn("w:numFmt"))), "")
        for design in root.iter(qn("w:abstractNum"))
    }
    used = {number.get(qn("w:numId"), ""): number.find(qn("w:abstractNumId")) for number in root.iter(_NUMBER)}
    return frozenset(n for n, d in used.items() if d is not None and kinds.get(d.get(VAL, "")) in ("bullet", "none"))


def _part(template: Template, kind: str) -> etree._Element | None:
    try:
        return parse(template.parts[template.related(kind)])
    except (KeyError, etree.XMLSyntaxError, ValueError):
        return None

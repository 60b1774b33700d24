"""Everything that will go wrong in a Word template: all problems of one file, each with its place and one cure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.catalogue import problem
from pipeline.check.template import beside, boundaries, containers, elsewhere, leftovers, repeated, steps
from pipeline.check.template.blocks import Structure, structure
from pipeline.check.template.expressions import known_filters
from pipeline.check.template.names import Names
from pipeline.check.template.parts import Part, Places, Template, open_template
from pipeline.check.template.tags import Scan, scan
from pipeline.check.template.vocabulary import Vocabulary
from pipeline.problems import Level, PaperError, Place, Problem
from pipeline.word.accessibility import accessibility_problems
from pipeline.word.file import WordFile

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


ALIKE = 50
"""Problems of one code that are told one by one; the rest is counted."""

_ORDER = (Level.ERROR, Level.WARNING, Level.NOTE)

TAGS = 20_000
"""Tags in one template: far more than any paper has, and what can still be read in seconds."""


def check_template(content: bytes, name: str, fields: Vocabulary | None = None) -> list[Problem]:
    """All that is wrong with the template `content`, a file called `name`; an empty list if nothing is.

    `fields` is what the report gives to its template; without it no name can be called unknown. Errors mean that the
    template would fail or lose text; warnings that the paper may look wrong; notes inform. Whatever the bytes are, the
    answer is a list: a file that cannot be read is a problem like any other. Never runs anything of the template.
    """
    try:
        template = open_template(content, name)
    except PaperError as refused:
        return list(refused.problems)
    places = Places(template)
    scans = [(part, scan(part)) for part in _with_properties(template)]
    if sum(len(found.tags) for _, found in scans) > TAGS:
        return [problem("T052", Place(name), "tags", name=name, most=TAGS)]
    problems = list(_of_parts(template, scans, places, fields))
    if alone(scans) and not problems:
        problems.append(leftovers.no_fields(template, places))
    problems += _of_file(template, places)
    return bounded(dict.fromkeys(problems), name)  # Word keeps a second copy of each text box for old programs


def _with_properties(template: Template) -> Iterator[Part]:
    yield from template.filled
    for where, element in elsewhere.property_parts(template):
        yield Part(where, where, element)


def _of_parts(
    template: Template, scans: list[tuple[Part, Scan]], places: Places, vocabulary: Vocabulary | None
) -> Iterator[Problem]:
    names = Names(vocabulary or Vocabulary(), places)
    filters, strict = known_filters(vocabulary), bool(vocabulary and vocabulary.knows_names)
    bullets = bullet_numbers(template)
    same = frozenset(elsewhere.property_texts(template).values())
    for part, found in scans:
        shape = structure(part, found.tags)
        yield from leftovers.unpaired(part, found.slips, places)
        yield from steps.tag_faults(shape, places, filters, strict=strict)
        yield from steps.block_faults(shape, places)
        yield from names.problems(shape)
        yield from _structural(shape, found, places)
        yield from repeated.numbered(shape, places, bullets)
        yield from leftovers.changes(part, places)
        yield from leftovers.hidden(part, found, places)
        yield from leftovers.bound(part, found, places, same)
        yield from leftovers.foreign(part, found, places, alone=alone(scans))
    if vocabulary is not None and not alone(scans):
        yield from missing(template, vocabulary, names.used, places)


def alone(scans: list[tuple[Part, Scan]]) -> bool:
    """Is there no tag of ours in the template?"""
    return not any(tag.kind != "remark" for _, found in scans for tag in found.tags)


def _structural(shape: Structure, found: Scan, places: Places) -> Iterator[Problem]:
    crossed = list(boundaries.crossings(shape, places))
    yield from crossed
    yield from beside.lost_beside(shape, found, places)
    yield from beside.trims(shape, places)
    yield from repeated.repeated(shape, places)
    yield from repeated.formatted_beside(shape, places)
    if not (crossed or shape.stray or shape.unclosed):  # otherwise what is inside what cannot be told
        yield from containers.emptied(shape, places)


def _of_file(template: Template, places: Places) -> Iterator[Problem]:
    yield from leftovers.comments(template, places)
    yield from elsewhere.unfilled(template, places)
    yield from elsewhere.properties(template, places)
    yield from elsewhere.links(template, places)
    yield from elsewhere.unshown(template, places)
    yield from accessible(template, titled="{{" in elsewhere.property_texts(template).get("title", ""))


def accessible(template: Template, *, titled: bool) -> Iterator[Problem]:
    """What would keep readers from every paper made from it, as warnings; a title that is a tag (`titled`) is one."""
    for found in accessibility_problems(WordFile(template.parts, template.name), published=False):
        if not (titled and found.code == "P501"):
            yield replace(found, level=max(found.level, Level.WARNING, key=_ORDER.index))


def bounded(problems: Iterable[Problem], name: str) -> list[Problem]:
    """At most fifty problems of each code, and a count of the rest; errors first, otherwise in order."""
    kept: list[Problem] = []
    counts: dict[str, int] = {}
    for each in problems:
        counts[each.code] = counts.get(each.code, 0) + 1
        if counts[each.code] <= ALIKE:
            kept.append(each)
    more = [
        problem("T052", Place(name), count=count - ALIKE, code=code) for code, count in counts.items() if count > ALIKE
    ]
    return [*sorted(kept, key=lambda each: _ORDER.index(each.level)), *more]

"""Everything that will go wrong in a Word template: all problems of one file, each with its place and one cure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from pipeline.catalogue import problem
from pipeline.check.template import beside, boundaries, containers, elsewhere, leftovers, repeated
from pipeline.check.template.blocks import Structure, structure
from pipeline.check.template.parts import Part, Places, Template, open_template, shorten
from pipeline.check.template.tags import TAG_LENGTH, Scan, Tag, scan
from pipeline.check.template.trial import tried
from pipeline.problems import Level, PaperError, Place, Problem
from pipeline.render.compile import compile_part
from pipeline.render.docxtpl import unfilled
from pipeline.render.names import Offer
from pipeline.render.unreadable import CELL_WORDS
from pipeline.render.views import Numbers
from pipeline.word.accessibility import accessibility_problems
from pipeline.word.file import WordFile
from pipeline.word.xml import CELL

_BULLETS = ("bullet", "none")


def missing(template: Template, offer: Offer, used: Collection[str], places: Places) -> Iterator[Problem]:
    """T034, T035, T040: styles that are not there, sections without a place, names that are never used."""
    have = {name.casefold() for name in template.styles.names.values()}
    for style in sorted(offer.styles):
        if style.casefold() not in have:
            yield problem("T034", places.at_file(), style=style)
    for section in offer.required:
        if section not in used:
            yield problem("T035", places.at_file(), section=section)
    for name in sorted({*offer.fields, *(each.name for each in offer.sections)}.difference(used, offer.required)):
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


def check_template(content: bytes, name: str, offer: Offer | None = None) -> list[Problem]:
    """All that is wrong with the template `content`, a file called `name`; an empty list if nothing is.

    `offer` is what the report offers its template; without it no name can be called unknown. Errors mean that the
    template would fail or lose text; warnings that the paper may look wrong; notes inform. Whatever the bytes are, the
    answer is a list: a file that cannot be read is a problem like any other. What has no error is filled as a trial.
    """
    try:
        template = open_template(content, name)
    except PaperError as refused:
        return list(refused.problems)
    places = Places(template)
    scans = [(part, scan(part)) for part in template.filled]
    if sum(len(found.tags) for _, found in scans) > TAGS:
        return [problem("T052", Place(name), "tags", name=name, most=TAGS)]
    problems = list(_of_parts(template, scans, places, offer))
    if alone(scans) and not problems:
        problems.append(leftovers.no_fields(template, places))
    problems += _of_file(template, places)
    if offer and all(each.level is not Level.ERROR for each in problems):
        problems += tried(content, name, offer)
    return bounded(dict.fromkeys(problems), name)  # Word keeps a second copy of each text box for old programs


def _of_parts(
    template: Template, scans: list[tuple[Part, Scan]], places: Places, offer: Offer | None
) -> Iterator[Problem]:
    used, bullets = set[str](), bullet_numbers(template)
    for part, found in scans:
        shape = structure(part, found.tags)
        yield from leftovers.unpaired(part, found.slips, places)
        yield from typed(shape, places)
        yield from compiled(shape, places, offer, used)
        yield from _structural(shape, found, places)
        yield from repeated.numbered(shape, places, bullets)
        yield from leftovers.changes(part, places)
        yield from leftovers.hidden(part, found, places)
        yield from leftovers.highlighted(part, places)
        yield from leftovers.bound(part, found, places)
        yield from leftovers.foreign(part, found, places, alone=alone(scans))
    if offer is not None and not alone(scans):
        yield from missing(template, offer, used, places)


def compiled(shape: Structure, places: Places, offer: Offer | None, used: set[str]) -> Iterator[Problem]:
    """What the compiling of a part's tags finds, each at its tag; `used` takes the names that they ask for."""
    tags = {id(made := tag.compiled): (made, tag) for tag in shape.tags if tag.kind != "remark" and not too_long(tag)}
    found = compile_part([made for made, _ in tags.values()], offer, Numbers(0, 1))
    used |= found.used
    for made, fault in found.problems:
        tag = tags[id(made)][1]
        if not tag.gapped:
            yield replace(fault, place=places.of(shape.part, tag.node, tag.raw))


def too_long(tag: Tag) -> bool:
    """Is a tag longer than any that people write?"""
    return len(tag.raw) > TAG_LENGTH


def typed(shape: Structure, places: Places) -> Iterator[Problem]:
    """T006, T008, T010, T048: tags that docxtpl does not understand as they are typed."""
    for tag in shape.tags:
        place = places.of(shape.part, tag.node, tag.raw)
        if too_long(tag):
            yield problem("T048", place, "long", tag=shorten(tag.raw, 30), length=len(tag.raw))
        elif tag.gapped:
            start, hard = tag.raw[:2] + tag.gapped, "\xa0" in tag.raw[: 5 + len(tag.gapped)]
            yield problem("T008", place, "hard" if hard else "", tag=shorten(tag.raw), mark=tag.gapped, start=start)
        elif mark := _mark_within(tag):
            yield problem("T010", place, tag=tag.raw, mark=mark, prefix=tag.prefix)
        elif tag.word in CELL_WORDS and next(tag.node.iterancestors(CELL), None) is None:
            yield problem("T006", place, "cell", tag=tag.raw)


def _mark_within(tag: Tag) -> str:
    """The mark within a tag with a prefix at which docxtpl would take it to end, `` if none."""
    if not tag.prefix or tag.kind == "remark":
        return ""
    return next((mark for mark in "%}" if mark in tag.code), "")


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
    if shape.whole and not crossed:  # otherwise what is inside what cannot be told
        yield from containers.emptied(shape, places)


def _of_file(template: Template, places: Places) -> Iterator[Problem]:
    yield from leftovers.comments(template, places)
    yield from unfilled(template.parts, template.name)
    yield from elsewhere.links(template, places)
    yield from elsewhere.unshown(template, places)
    yield from accessible(template)


def accessible(template: Template) -> Iterator[Problem]:
    """What would keep readers from every paper made from it, as warnings; a title of its own every paper has (P501)."""
    for found in accessibility_problems(WordFile(template.parts, template.name), published=False):
        if found.code != "P501":
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

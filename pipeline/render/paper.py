"""A context and a compiled template become a paper: filled, read back, proven, and only then bytes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import NamedTuple

from pipeline.baseline import FORMAT, Baseline, Written
from pipeline.blocks import Context, Table
from pipeline.bounds import PART, OutOfBounds
from pipeline.formats import Formats
from pipeline.language import Frame, World
from pipeline.opc import Deflated, deflated, write
from pipeline.problems import PaperError, Place, error
from pipeline.render.cache import CAPITALS
from pipeline.render.compile import Template, place, shortened
from pipeline.render.drawn import drawn_table
from pipeline.render.lists import Numbers, with_lists
from pipeline.render.names import section_key
from pipeline.render.output import Filled, Output
from pipeline.render.proof import Expected, prove_package, prove_parts
from pipeline.render.properties import CORE, STYLES, Properties, core_xml
from pipeline.render.steps import Failed
from pipeline.render.tags import Tag
from pipeline.render.text import NotInWord
from pipeline.render.views import NO_LISTS, views
from pipeline.render.wanted import Wanted
from pipeline.word.baselines import baseline_xml

Frames = Mapping[str, Frame]
"""What each part of a template is filled from, by its name."""


class Rendered(NamedTuple):
    """A proven paper: the .docx as bytes, what it says block by block, and what prints facts `beside` the blocks."""

    content: bytes
    baseline: Baseline
    beside: tuple[Written, ...]


def render(template: Template, context: Context, properties: Properties, world: World | None = None) -> Rendered:
    """The paper, proven before it is handed over. The same arguments give the same bytes.

    `world` is that in which the context was said; without one, only what stands in the context can be asked for.
    Raises PaperError: T155, T156, T159 where what there is cannot be filled in, P901-P910 where the proof fails.
    """
    numbers, lists = with_lists(context, template.patched.ready, template.document)
    frames = frames_of(template, context, world, numbers)
    filled = fill(template, frames)
    blocks, beside = prove(template, context, filled, frames)
    baseline = Baseline(blocks, {**properties.about, "format": FORMAT})
    own = {name: deflated(part) for name, part in lists.items()}
    parts = {**_parts(template, properties, filled, baseline), **own}
    content = write(parts)
    prove_package(content, parts, template.patched.ready)
    return Rendered(content, baseline, beside)


def render_unproven(template: Template, context: Context, properties: Properties, world: World | None = None) -> bytes:
    """The same paper without the proof and with an empty baseline: for measuring what the proof costs."""
    filled = fill(template, frames_of(template, context, world))
    return write(_parts(template, properties, filled, Baseline((), properties.about)))


def frames_of(template: Template, context: Context, world: World | None = None, numbers: Numbers = NO_LISTS) -> Frames:
    """What each part of a template is filled from: a frame of all that its tags may ask; `numbers` are those of lists
    that keep their own labels.
    """
    world = world or World(Formats(), {}, template.offer.vocabulary.definition)
    sections = views(context, numbers)
    for shown in chain.from_iterable(sections.values()):
        if isinstance(shown.of, Table) and shown.of.is_drawn:
            shown.drawn = drawn_table(shown, template.patched.house, template.numbers, numbers)
    world.names |= {f"={name}": text for name, text in context.fields.items()}
    world.places |= {f"={name}": fact.sources for name, fact in context.field_facts.items()}
    world.names |= {section_key(each.name): sections.get(each.name, []) for each in template.offer.sections}
    count = sum(1 + len(each.rows) for blocks in sections.values() for each in blocks)
    return {name: [world, count, *[None] * part.slots] for name, part in template.parts.items()}


def fill(template: Template, frames: Frames) -> dict[str, Filled]:
    """Every part that has tags, filled, by its name; the document first.

    Raises PaperError (T155, T156, T159).
    """
    return {name: _printed(template, name, frames[name]) for name in template.parts}


def prove(
    template: Template, context: Context, filled: Mapping[str, Filled], frames: Frames
) -> tuple[tuple[Written, ...], tuple[Written, ...]]:
    """The blocks of a filled paper, and what prints facts beside them; `frames` are what each part was filled from.

    Raises PaperError (P901-P910), with all that is wrong.
    """
    parts = {name: Wanted() for name in template.parts}
    for name, part in template.parts.items():
        part.body.tell(frames[name], parts[name])
    patched = template.patched
    expected = Expected(template.name, parts, template.known, patched.sections, patched.sources, context.fields)
    return prove_parts(expected, filled)


def _printed(template: Template, name: str, frame: Frame) -> Filled:
    out = Output(PART)
    try:
        template.parts[name].body.fill(frame, out)
        return out.whole()
    except Failed as failed:
        raise explained(failed.__cause__, failed.tag, template.name) from failed


def explained(reason: BaseException | None, tag: Tag, name: str) -> PaperError:
    """The problem of a tag whose names and fields there are."""
    where, said = place(name, tag), shortened(tag.raw)
    if isinstance(reason, OutOfBounds):
        return PaperError(error("T159", where, f"“{said}” cannot be filled in: {reason}.", "Write it more simply."))
    if isinstance(reason, NotInWord):
        message = f"The text “{_cut(reason.text)}” holds a character that no Word file can hold ({reason.character})."
        return PaperError(error("T156", where, message, "Retype the text where it comes from."))
    message, cure = (
        f"“{said}” cannot be filled in.",
        "Check that it is used as the field, section or filter that it is.",
    )
    return PaperError(error("T155", where, message, cure))


def _cut(text: str) -> str:
    shown = "".join(character if character.isprintable() else "□" for character in text)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def _parts(
    template: Template, properties: Properties, filled: Mapping[str, Filled], baseline: Baseline
) -> dict[str, Deflated]:
    """All parts of the paper by name: those that are the same in every paper, and those that are made for each."""
    try:
        core = core_xml(properties)
    except NotInWord as reason:
        what = (
            f"The paper's title, subject or author holds a character that no Word file can hold ({reason.character})."
        )
        raise PaperError(error("T156", Place(file=template.name), what, "Retype it.")) from reason
    ready = dict(template.patched.ready)
    capitals = ready.pop(CAPITALS, None)
    if capitals and properties.heading_style == "capitals":
        ready[STYLES] = capitals
    made = {name: deflated(part.content) for name, part in filled.items()}
    return {**ready, **made, template.patched.baseline: deflated(baseline_xml(baseline)), CORE: deflated(core)}

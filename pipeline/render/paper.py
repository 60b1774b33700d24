"""A context and a compiled template become a paper: filled, read back, proven, and only then bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.baseline import FORMAT, Baseline, Written
from pipeline.blocks import Context
from pipeline.bounds import PART, OutOfBounds
from pipeline.opc import Deflated, Unsound, deflated, parse, serialise, write
from pipeline.problems import PaperError, Place, error
from pipeline.render.compile import Filters, Part, Template, compile_template
from pipeline.render.faults import explained
from pipeline.render.layout import lay_out
from pipeline.render.patch import CAPITALS
from pipeline.render.proof import prove, prove_package
from pipeline.render.properties import CORE, STYLES, Properties, core_xml
from pipeline.render.text import NotInWord
from pipeline.render.views import views
from pipeline.word.baseline_part import baseline_xml
from pipeline.word.xml import DRAWING


@dataclass(frozen=True, slots=True)
class Rendered:
    """A proven paper: the .docx as bytes, and what it says block by block."""

    content: bytes
    baseline: Baseline


def render(template: Template, context: Context, properties: Properties) -> Rendered:
    """The paper, proven before it is handed over. The same arguments give the same bytes.

    Raises PaperError: T150-T159 where the template and the context do not fit, P901-P910 where the proof fails.
    """
    filled = fill(template, views(context, template.numbers), context)
    baseline = Baseline(prove(template, context, filled), {**properties.about, "format": FORMAT})
    parts = _parts(template, properties, filled, baseline)
    content = write(parts)
    prove_package(content, parts)
    return Rendered(content, baseline)


def render_unproven(template: Template, context: Context, properties: Properties) -> bytes:
    """The same paper without the proof and with an empty baseline: for measuring what the proof costs."""
    filled = fill(template, views(context, template.numbers), context)
    return write(_parts(template, properties, filled, Baseline((), properties.about)))


def fill(template: Template, named: dict[str, object], context: Context) -> dict[str, bytes]:
    """Every part that has tags, filled and laid out, by its name; the document first.

    `named` are the context's names as a template sees them. Raises PaperError (T150-T159).
    """
    return {part.name: _finished(template, part, _printed(template, part, named, context)) for part in template.parts}


def _printed(template: Template, part: Part, named: dict[str, object], context: Context) -> bytes:
    made, size, pieces = part.context(named), 0, list[bytes]()
    part.begin()
    try:
        for piece in part.pieces(made):
            size += len(piece)
            if size > PART:
                raise OutOfBounds(f"with it, the paper would have more than {PART:,} bytes")
            pieces.append(piece)
    except Exception as reason:
        raise explained(reason, template, part, context) from reason
    return b"".join(pieces)


def _finished(template: Template, part: Part, content: bytes) -> bytes:
    """A part as it stands in the paper; where it is no XML it is left to the proof to say so."""
    try:
        root = parse(content)
    except Unsound:
        return content
    if part is template.parts[0]:
        for number, drawing in enumerate(root.iter(f"{DRAWING}docPr"), 1001):
            drawing.set("id", str(number))
        if template.patched.marks:
            lay_out(root, template.spaced)
    return serialise(root)


def _parts(
    template: Template, properties: Properties, filled: Mapping[str, bytes], baseline: Baseline
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
    made = {name: deflated(content) for name, content in filled.items()}
    return {**ready, **made, template.patched.baseline: deflated(baseline_xml(baseline)), CORE: deflated(core)}


__all__ = ["Filters", "Properties", "Rendered", "Template", "Written", "compile_template", "render", "render_unproven"]

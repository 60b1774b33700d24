"""A context and a compiled template become a paper: filled, read back, proven, and only then bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from pipeline.baseline import FORMAT, Baseline, Written
from pipeline.blocks import Context
from pipeline.bounds import PART, OutOfBounds
from pipeline.opc import Deflated, Deflating, deflated, write
from pipeline.problems import PaperError, Place, error
from pipeline.render.compile import Filters, Part, Template, compile_template
from pipeline.render.faults import explained
from pipeline.render.layout import behind_paragraphs, laid_out
from pipeline.render.patch import CAPITALS
from pipeline.render.proof import prove, prove_package
from pipeline.render.properties import CORE, STYLES, Properties, core_xml
from pipeline.render.text import NotInWord
from pipeline.render.views import views
from pipeline.word.baseline_part import baseline_chunks

_DRAWING = re.compile(rb'(<wp:docPr [^>]*?\bid=")\d+(")')
_EMPTY_TEXTS = ((b'<w:t xml:space="preserve"></w:t>', b'<w:t xml:space="preserve"/>'), (b"<w:t></w:t>", b"<w:t/>"))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A proven paper: the .docx as bytes, and what it says block by block."""

    content: bytes
    baseline: Baseline


def render(template: Template, context: Context, properties: Properties) -> Rendered:
    """The paper, proven before it is handed over. The same arguments give the same bytes.

    Raises PaperError: T150-T159 where the template and the context do not fit, P901-P910 where the proof fails.
    """
    squeezed = {part.name: Deflating() for part in template.parts}
    filled = fill(template, views(context, template.numbers), context)
    blocks = prove(template, context, {name: squeezed[name].passing(chunks) for name, chunks in filled.items()})
    baseline = Baseline(blocks, {**properties.about, "format": FORMAT})
    ready = {name: each.finished() for name, each in squeezed.items()}
    return Rendered(_package(template, properties, ready, baseline), baseline)


def render_unproven(template: Template, context: Context, properties: Properties) -> bytes:
    """The same paper without the proof and with an empty baseline: for measuring what the proof costs."""
    filled = fill(template, views(context, template.numbers), context)
    ready = {name: deflated(chunks) for name, chunks in filled.items()}
    made = _changing(template, properties, ready, Baseline((), properties.about))
    return write({**_ready(template, properties), **made})


def fill(template: Template, named: dict[str, object], context: Context) -> dict[str, Iterator[bytes]]:
    """Every part that has tags, filled, by its name; the document first. Each is made while its chunks are asked for.

    `named` are the context's names as a template sees them. The chunks raise PaperError (T150-T159).
    """
    return {part.name: _filled(template, part, named, context) for part in template.parts}


def _filled(template: Template, part: Part, named: dict[str, object], context: Context) -> Iterator[bytes]:
    """The chunks of a part, cut behind paragraphs."""
    chunks = behind_paragraphs(_printed(template, part, named, context))
    if part is template.parts[0]:
        if template.patched.drawings:
            chunks = _numbered(chunks)
        if template.patched.marks:
            chunks = laid_out(chunks, template.spaced)
    return chunks if template.patched.marks else map(_as_docxtpl, chunks)


def _printed(template: Template, part: Part, named: dict[str, object], context: Context) -> Iterator[bytes]:
    made, size = part.context(named), 0
    part.begin()
    try:
        for piece in part.pieces(made):
            size += len(piece)
            if size > PART:
                raise OutOfBounds(f"with it, the paper would have more than {PART:,} bytes")
            yield piece
    except Exception as reason:
        raise explained(reason, template, part, context) from reason


def _numbered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same with a number of its own for every drawing."""
    numbers = count(1001)
    for chunk in chunks:
        yield _DRAWING.sub(lambda found: b"%b%d%b" % (found[1], next(numbers), found[2]), chunk)


def _as_docxtpl(xml: bytes) -> bytes:
    """Empty texts as docxtpl's parser and serialiser leave them."""
    for written, parsed in _EMPTY_TEXTS:
        xml = xml.replace(written, parsed)
    return xml


def _package(template: Template, properties: Properties, ready: Mapping[str, Deflated], baseline: Baseline) -> bytes:
    """The file, proven to hold what was put in."""
    parts = {**_ready(template, properties), **_changing(template, properties, ready, baseline)}
    content = write(parts)
    prove_package(content, parts)
    return content


def _changing(
    template: Template, properties: Properties, ready: Mapping[str, Deflated], baseline: Baseline
) -> dict[str, Deflated]:
    """The parts that are made for each paper, by name."""
    try:
        core = core_xml(properties)
    except NotInWord as reason:
        what = (
            f"The paper's title, subject or author holds a character that no Word file can hold ({reason.character})."
        )
        raise PaperError(error("T156", Place(file=template.name), what, "Retype it.")) from reason
    return {**ready, template.patched.baseline: deflated(baseline_chunks(baseline)), CORE: deflated([core])}


def _ready(template: Template, properties: Properties) -> dict[str, Deflated]:
    """The parts that are the same in every paper with these properties."""
    parts = dict(template.patched.ready)
    capitals = parts.pop(CAPITALS, None)
    return {**parts, STYLES: capitals} if capitals and properties.heading_style == "capitals" else parts


__all__ = ["Filters", "Properties", "Rendered", "Template", "Written", "compile_template", "render", "render_unproven"]

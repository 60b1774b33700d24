"""A context and a compiled template become a paper: filled, read back, proven, and only then bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from pipeline.baseline import Baseline, Written
from pipeline.blocks import Context
from pipeline.problems import PaperError, Place, error
from pipeline.render.compile import Filters, Template, compile_template
from pipeline.render.faults import explained
from pipeline.render.layout import laid_out
from pipeline.render.proof import prove, prove_package
from pipeline.render.properties import CORE, STYLES, Properties, core_xml
from pipeline.render.text import NotInWord
from pipeline.render.views import views
from pipeline.word.baseline_part import baseline_xml
from pipeline.word.zipped import Deflated, pack, zip_bytes

_DRAWING = re.compile(rb'(<wp:docPr [^>]*?\bid=")\d+(")')
_EMPTY_TEXTS = ((b'<w:t xml:space="preserve"></w:t>', b'<w:t xml:space="preserve"/>'), (b"<w:t></w:t>", b"<w:t/>"))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A proven paper: the .docx as bytes, and what it says block by block."""

    content: bytes
    baseline: Baseline


def render(template: Template, context: Context, properties: Properties) -> Rendered:
    """The paper, proven before it is handed over. The same arguments give the same bytes.

    Raises PaperError: T150-T158 where the template and the context do not fit, P901-P910 where the proof fails.
    """
    filled = fill(template, context)
    blocks = prove(template, context, filled)
    baseline = Baseline(blocks, dict(properties.about))
    parts = _changing(template, filled, properties, baseline_xml(baseline))
    content = zip_bytes(pack(parts.items(), template.patched.fixed))
    prove_package(content, template.patched.fixed, parts)
    return Rendered(content, baseline)


def render_unproven(template: Template, context: Context, properties: Properties) -> bytes:
    """The same paper without the proof and with an empty baseline: for measuring what the proof costs."""
    parts = _changing(template, fill(template, context), properties, baseline_xml(Baseline((), properties.about)))
    return zip_bytes(pack(parts.items(), template.patched.fixed))


def fill(template: Template, context: Context) -> dict[str, bytes]:
    """Every part that has tags, filled, by its name; the document first. Raises PaperError (T150-T158)."""
    return fill_named(template, views(context, template.numbers), context)


def fill_named(template: Template, named: dict[str, object], context: Context) -> dict[str, bytes]:
    """The same for names that are already as the template sees them."""
    filled = {}
    for part in template.parts:
        try:
            filled[part.name] = b"".join(part.pieces(part.context(named)))
        except Exception as reason:
            raise explained(reason, template, part, context) from reason
    document = template.parts[0].name
    filled[document] = _finished(template, filled[document])
    if not template.patched.marks:
        filled = {name: _as_docxtpl(xml) for name, xml in filled.items()}
    return filled


def _finished(template: Template, xml: bytes) -> bytes:
    if template.patched.drawings:
        numbers = count(1001)
        xml = _DRAWING.sub(lambda found: b"%b%d%b" % (found[1], next(numbers), found[2]), xml)
    return laid_out(xml, template.spaced) if template.patched.marks else xml


def _as_docxtpl(xml: bytes) -> bytes:
    """Empty texts as docxtpl's parser and serialiser leave them."""
    for written, parsed in _EMPTY_TEXTS:
        xml = xml.replace(written, parsed)
    return xml


def _changing(
    template: Template, filled: Mapping[str, bytes], properties: Properties, baseline: bytes
) -> dict[str, bytes | Deflated]:
    """The parts that differ from paper to paper, by name."""
    try:
        core = core_xml(properties)
    except NotInWord as reason:
        what = (
            f"The paper's title, subject or author holds a character that no Word file can hold ({reason.character})."
        )
        raise PaperError(error("T156", Place(file=template.name), what, "Retype it.")) from reason
    styles = template.patched.styles
    chosen = {STYLES: styles[properties.heading_style == "capitals"]} if styles else {}
    return {**filled, template.patched.baseline: baseline, CORE: core, **chosen}


__all__ = ["Filters", "Properties", "Rendered", "Template", "Written", "compile_template", "render", "render_unproven"]

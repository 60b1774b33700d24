"""A template patched by docxtpl, once: its tags cleaned of Word's markup, and everything else made ready to copy.

The only module that loads docxtpl and python-docx, and only where a template is met for the first time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.catalogue import problem
from pipeline.opc import OFFICE, Deflated, Unsound, deflated_small, linked, main_part, parse, related, without
from pipeline.patterns import Pattern
from pipeline.problems import Level, PaperError, Place, Problem, error
from pipeline.render.cache import CAPITALS, Patched
from pipeline.render.capitals import with_capitals
from pipeline.render.house import house_of
from pipeline.render.properties import APP, APP_PART, CORE, STYLES
from pipeline.render.shading import with_shading_in_place
from pipeline.render.tags import Tag, element, pieces, section_tag, statement, tokens
from pipeline.word.baselines import with_baseline_part
from pipeline.word.file import read_parts
from pipeline.word.styles import Styles

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

    from pipeline.render.marks import Marked

_DROPPED = {
    "docProps/thumbnail.jpeg",
    "docProps/thumbnail.emf",
    "docProps/thumbnail.wmf",
    "docProps/custom.xml",
    "word/stylesWithEffects.xml",
}
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_LINK = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_VALUE = re.compile(r'(?<![\w:])([\w:]+)="([^"]*)"')
_TAG = re.compile(r"\{\{|\{%|\{#")
_BOOKMARK = re.compile(r'<w:bookmark(?:Start|End)\s[^>]*w:id="(\d+)"')
_HEADING = Pattern("heading ([1-9])", re.IGNORECASE)
_SPACED = re.compile(
    rb'<w:style\b[^>]*w:styleId="([^"]+)"(?:(?!</w:style>).)*?<w:spacing [^>]*w:before="(\d+)"', re.DOTALL
)
_DRAWING = re.compile(r'(<wp:docPr\s[^>]*?\bid=")\d+(")')
_TAG_WHOLE = Pattern(r"\{\{.{1,200}?\}\}|\{%.{1,200}?%\}", re.DOTALL)
_UNFILLED = (
    (Pattern(r"word/endnotes\.xml$"), "the endnotes", True),
    (Pattern(r"word/comments\w*\.xml$"), "a comment", False),
    (Pattern(r"word/charts/[^/]+\.xml$"), "a chart", True),
    (Pattern(r"word/diagrams/[^/]+\.xml$"), "a SmartArt picture", True),
    (Pattern(r"word/glossary/[^/]+\.xml$"), "a building block", False),
)
_SPACE = 120  # twips before a heading that already part it well enough from a table above


def patched(content: bytes, name: str, *, marks: bool) -> Patched:
    """A template's bytes, patched. Raises PaperError (F2xx, T024, T152) where it cannot be a template."""
    parts = read_parts(content, name)
    document = main_part(parts)
    xml = _patched_by_docxtpl(content, name)
    if wrong := [each for each in unfilled(parts, name) if each.level is Level.ERROR]:
        raise PaperError(wrong)
    xml[document] = _DRAWING.sub(r"\1{{ _cp_drawing }}\2", xml[document])
    first = 1 + max([0, *map(int, _BOOKMARK.findall(xml[document]))])
    try:
        body = _marked(xml[document], first, parts.get(STYLES, b"")) if marks else None
    except Unsound as reason:
        raise _damaged(name) from reason
    sources = _sources(xml | {document: body.source} if body else xml, document)
    ready, baseline = _ready_parts(parts, {part: text.encode() for part, text in xml.items()}, set(sources))
    return Patched(
        sources=sources,
        keys=body.keys if body else (),
        first=body.first if body else first,
        stride=body.stride if body else 1,
        sections=_sections(xml[document]),
        baseline=baseline,
        marks=marks,
        ready=ready,
        house=house_of(parse(parts[document]), Styles(parse(parts[STYLES]) if STYLES in parts else None)),
    )


def _sources(xml: Mapping[str, str], document: str) -> dict[str, list[str | Tag]]:
    """The document, and what else has tags, in pieces."""
    others = {part: pieces(text) for part, text in xml.items() if part != document and _TAG.search(text)}
    return {document: pieces(xml[document])} | others


def _marked(source: str, first: int, styles: bytes) -> Marked:
    """The document with its marks, laid out by the template's styles."""
    from pipeline.render.marks import marked

    names = Styles(parse(styles)).names.items() if styles else ()
    found = {style: int(level[1]) for style, name in names if (level := _HEADING.fullmatch(name))}
    note = [style for style, name in names if name.casefold() == "footnote text"]
    return marked(source, first, _spaced(styles), {**found, **dict.fromkeys(note, 0)})


def _spaced(styles: bytes) -> set[str]:
    """The styles that have space above of their own."""
    return {name.decode() for name, before in _SPACED.findall(styles) if int(before) >= _SPACE}


def _sections(xml: str) -> tuple[str, ...]:
    """Each section break and reference to a header or footer that stands outside loops and conditions, in order."""
    found, depth = [], 0
    for token in tokens(xml):
        if token.startswith("{%"):
            word = statement(token).split(None, 1)[0] if statement(token) else ""
            depth += (word in ("for", "if")) - (word in ("endfor", "endif"))
        elif not depth and element(token).rstrip("/") in ("w:sectPr", "w:headerReference", "w:footerReference"):
            values = ((key.rpartition(":")[2], value) for key, value in _VALUE.findall(token))
            found.append(section_tag(element(token).rstrip("/").partition(":")[2], values))
    return tuple(found)


def _patched_by_docxtpl(content: bytes, name: str) -> dict[str, str]:
    """The document, headers, footers and footnotes: each as one string whose tags Jinja can read."""
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate
    from lxml import etree

    try:
        template = DocxTemplate(io.BytesIO(content))
        template.init_docx()
        found = {template.docx.part.partname.lstrip("/"): _document(template)}
        for uri in (DocxTemplate.HEADER_URI, DocxTemplate.FOOTER_URI):
            for _, part in template.get_headers_footers(uri):
                found.setdefault(part.partname.lstrip("/"), _beside(template, part.blob))
        for part in template.docx.part.package.parts:
            if part.content_type.endswith("wordprocessingml.footnotes+xml"):
                found.setdefault(part.partname.lstrip("/"), _beside(template, part.blob))
    except (etree.LxmlError, OpcError, KeyError, ValueError, AttributeError, TypeError) as reason:
        raise _damaged(name) from reason
    return found


def _damaged(name: str) -> PaperError:
    what = f"“{name}” cannot be read as a template: a part of it is damaged."
    return PaperError(error("T152", Place(file=name), what, "Open it in Word, save it, and try again."))


def _document(template: DocxTemplate) -> str:
    """The whole document part, its body grafted as docxtpl does after rendering, so that the same bytes come out."""
    from docx.opc.oxml import serialize_part_xml
    from lxml import etree

    root = template.docx._element
    _without_prompts(root)
    root.replace(root.body, etree.fromstring(etree.tostring(root.body, encoding="unicode")))
    whole = serialize_part_xml(root).decode("utf-8")
    start, end = whole.index("<w:body"), whole.rindex("</w:body>") + len("</w:body>")
    return whole[:start] + with_shading_in_place(template.patch_xml(whole[start:end])) + whole[end:]


def _without_prompts(root: Any) -> None:
    """A tag typed into a content control is filled: the control asks for nothing any more, in no grey letters."""
    for control in root.iter("{*}sdt"):
        if _TAG.search("".join(text.text or "" for text in control.iter("{*}t"))):
            asks = [
                *control.iter("{*}showingPlcHdr"),
                *(style for style in control.iter("{*}rStyle") if _is_grey(style)),
            ]
            for element in asks:
                element.getparent().remove(element)


def _is_grey(style: Any) -> bool:
    return any(value == "PlaceholderText" for value in style.values())


def _beside(template: DocxTemplate, blob: bytes) -> str:
    """A header, a footer or the footnotes, patched, with the declaration that python-docx writes."""
    from docx.opc.oxml import parse_xml, serialize_part_xml

    root = parse_xml(blob)  # type: ignore[arg-type]  # takes bytes, whatever it declares
    _without_prompts(root)
    declaration, text = serialize_part_xml(root).decode("utf-8").split("\n", 1)
    return f"{declaration}\n{with_shading_in_place(template.patch_xml(text))}"


def unfilled(parts: Mapping[str, bytes], name: str) -> Iterator[Problem]:
    """T024: tags in parts that are left as they are; an error where readers of a paper would see them."""
    for pattern, what, seen in _UNFILLED:
        for part in filter(pattern.match, sorted(parts)):
            if found := _TAG_WHOLE.search(_texts(parts[part])):
                tag = found[0] if len(found[0]) <= 60 else found[0][:59] + "…"
                place = Place(name, near=f"in {what}, at “{tag}”")
                yield problem("T024", place, "" if seen else "unseen", tag=tag, what=what)


def _texts(content: bytes) -> str:
    if b"{" not in content:
        return ""
    try:
        return "".join(node.text or "" for node in parse(content).iter("{*}t", "{*}v", "{*}lpwstr", "{*}lpstr"))
    except Unsound:
        return ""


def _ready_parts(
    parts: Mapping[str, bytes], patched_xml: Mapping[str, bytes], filled: set[str]
) -> tuple[dict[str, Deflated], str]:
    """Everything that is the same in every paper, deflated, and the name of the part for the baseline."""
    parts, baseline = with_baseline_part(_with_properties(without({**parts, **patched_xml}, _DROPPED.__contains__)))
    ready = {name: deflated_small(part) for name, part in parts.items() if name not in {*filled, baseline, CORE}}
    if STYLES in parts:
        ready[CAPITALS] = deflated_small(with_capitals(parts[STYLES]))
    return ready, baseline


def _with_properties(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts with places for our own core and application properties, whatever the template had."""
    own = {part for kind in ("core-properties", "extended-properties") for part in related(parts, "", kind)}
    parts = without(parts, lambda name: name.startswith("docProps/") or name in own)
    parts = linked(parts, "", CORE_LINK, CORE, CORE_TYPE)
    parts = linked(parts, "", f"{OFFICE}extended-properties", APP_PART, APP_TYPE)
    return {**parts, CORE: b"", APP_PART: APP}

"""Parts that are not filled in, the document's properties, headers that are never shown, and links out of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.catalogue import problem
from pipeline.check.template.parts import Places, Template, shorten
from pipeline.check.template.tags import scan
from pipeline.opc import Element, Relationship, Unsound, parse
from pipeline.problems import Problem
from pipeline.word.story import shown_headers
from pipeline.word.xml import local, make, qn

_TAG = re.compile(r"\{\{.{1,200}?\}\}|\{%.{1,200}?%\}", re.DOTALL)
_LINK_TAG = re.compile(r"\{\{|\{%|%7B%7B|%7B%25", re.IGNORECASE)
_UNFILLED = (
    (re.compile(r"word/endnotes\.xml$"), "the endnotes", True),
    (re.compile(r"word/comments\w*\.xml$"), "a comment", False),
    (re.compile(r"word/charts/[^/]+\.xml$"), "a chart", True),
    (re.compile(r"word/diagrams/[^/]+\.xml$"), "a SmartArt picture", True),
    (re.compile(r"word/glossary/[^/]+\.xml$"), "a building block", False),
    (re.compile(r"docProps/(custom|app)\.xml$"), "the document’s properties", False),
)
_FILLED_PROPERTIES = {"title": "Title", "subject": "Subject", "creator": "Author", "description": "Comments",
                      "identifier": "Identifier", "language": "Language"}  # fmt: skip
_OTHER_PROPERTIES = {"keywords": "Tags", "category": "Category", "contentStatus": "Status"}
PROPERTY_LENGTH = 255
_ACTIVE = {"oleObject": "an embedded object of another program", "control": "an ActiveX control",
           "aFChunk": "an embedded file that Word takes in when it opens the paper", "frame": "a web frame",
           "vbaProject": "a macro", "attachedTemplate": "a link to another template"}  # fmt: skip


def unfilled(template: Template, places: Places) -> Iterator[Problem]:
    """T024: tags in parts that the filling program leaves as they are; an error where readers would see them."""
    for name, content in sorted(template.parts.items()):
        found = next(((what, seen) for pattern, what, seen in _UNFILLED if pattern.match(name)), None)
        tag = _first_tag(content) if found else ""
        if found and tag:
            what, seen = found
            place = places.at_file(f"in {what}, at “{shorten(tag)}”")
            yield problem("T024", place, "" if seen else "unseen", tag=shorten(tag), what=what)


def _first_tag(content: bytes) -> str:
    if b"{" not in content:
        return ""
    try:
        texts = [node.text or "" for node in parse(content).iter("{*}t", "{*}v", "{*}lpwstr", "{*}lpstr")]
    except Unsound:
        return ""
    found = _TAG.search("".join(texts))
    return found[0] if found else ""


def property_texts(template: Template) -> dict[str, str]:
    """The document's properties, by the local name of each."""
    try:
        root = parse(template.parts[_core(template)])
    except (KeyError, Unsound):
        return {}
    return {local(node): node.text or "" for node in root}


def _core(template: Template) -> str:
    return next((link.target for link in template.links[""] if link.kind == "core-properties"), "docProps/core.xml")


def property_parts(template: Template) -> Iterator[tuple[str, Element]]:
    """Each property that is filled in and has a mark in it: its place in words, and its text as a part of its own."""
    for key, text in property_texts(template).items():
        if key in _FILLED_PROPERTIES and ("{" in text or "}" in text):
            element, run, node = make("w:p"), make("w:r"), make("w:t")
            node.text = text
            run.append(node)
            element.append(run)
            yield f"in the document’s properties (“{_FILLED_PROPERTIES[key]}”)", element


def properties(template: Template, places: Places) -> Iterator[Problem]:
    """T024 and T027: properties that are not filled in, or too long."""
    for key, text in property_texts(template).items():
        if key in _OTHER_PROPERTIES and _TAG.search(text):
            where = f"in the document’s properties (“{_OTHER_PROPERTIES[key]}”), at “{shorten(text)}”"
            yield problem("T024", places.at_file(where), "property", text=shorten(text))
        if key in _FILLED_PROPERTIES and len(text) > PROPERTY_LENGTH:
            place = places.at_file(f"in the document’s properties (“{_FILLED_PROPERTIES[key]}”)")
            yield problem("T027", place, length=len(text), most=PROPERTY_LENGTH)


def links(template: Template, places: Places) -> Iterator[Problem]:
    """T024, T041, T042: whatever Word would fetch or run when somebody opens the paper."""
    every: dict[tuple[str, str], Relationship] = {}
    for link in (link for found in template.links.values() for link in found):
        every.setdefault((link.kind, link.target), link)
    for link in every.values():
        if link.kind in _ACTIVE and (link.external or link.kind != "attachedTemplate"):
            yield _active(link, places)
        elif link.external:
            yield from _link(link.kind, link.target, places)


def _active(link: Relationship, places: Places) -> Problem:
    detail = f" (“{shorten(link.target)}”)" if link.external else ""
    way = "attached" if link.kind == "attachedTemplate" else ""
    return problem("T042", places.at_file(), way, what=_ACTIVE[link.kind], detail=detail)


def _link(kind: str, target: str, places: Places) -> Iterator[Problem]:
    if _LINK_TAG.search(target):
        yield problem("T024", places.at_file(), "link", target=shorten(target))
    elif kind != "hyperlink" or not re.match(r"(?:https?|mailto):|#", target, re.IGNORECASE):
        way = {"hyperlink": "page", "image": "picture"}.get(kind, "")
        yield problem("T041", places.at_file(), way, target=shorten(target))


def unshown(template: Template, places: Places) -> Iterator[Problem]:
    """T026: tags in a header or footer that no page shows."""
    links = {link.id: link.target for link in template.links[template.body.name]}
    shown = shown_headers(template.body.root, template.tree("settings"))
    seen = {links.get(reference.get(qn("r:id"), ""), "") for reference in shown}
    for part in template.filled:
        tags = scan(part).tags if part.where in ("in the header", "in the footer") and part.name not in seen else ()
        if tags:
            place, shown_in = places.of(part, tags[0].node, tags[0].raw), part.where.removeprefix("in the ")
            yield problem("T026", place, tag=tags[0].raw, part=shown_in)

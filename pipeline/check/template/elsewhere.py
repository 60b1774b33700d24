"""Headers that are never shown, and links out of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.catalogue import problem
from pipeline.check.template.parts import Places, Template, shorten
from pipeline.check.template.tags import scan
from pipeline.opc import Relationship
from pipeline.problems import Problem
from pipeline.word.story import shown_headers
from pipeline.word.xml import qn

_LINK_TAG = re.compile(r"\{\{|\{%|%7B%7B|%7B%25", re.IGNORECASE)
_ACTIVE = {"oleObject": "an embedded object of another program", "control": "an ActiveX control",
           "aFChunk": "an embedded file that Word takes in when it opens the paper", "frame": "a web frame",
           "vbaProject": "a macro", "attachedTemplate": "a link to another template"}  # fmt: skip


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

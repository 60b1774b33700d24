"""A Word file as parts and relationships: the parts of known kinds that its main part reaches."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from pipeline.word.package import document_part
from pipeline.word.xml import Element

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

STORY_KINDS = frozenset({"officeDocument", "header", "footer", "footnotes", "endnotes"})
BY_ID = frozenset({"header", "footer", "image", "hyperlink"})
KINDS: Mapping[str, str] = {
    "officeDocument": f"{_WORD}.document.main+xml",
    "styles": f"{_WORD}.styles+xml",
    "numbering": f"{_WORD}.numbering+xml",
    "settings": f"{_WORD}.settings+xml",
    "fontTable": f"{_WORD}.fontTable+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "footnotes": f"{_WORD}.footnotes+xml",
    "endnotes": f"{_WORD}.endnotes+xml",
    "header": f"{_WORD}.header+xml",
    "footer": f"{_WORD}.footer+xml",
}
PICTURES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp",
    "tif": "image/tiff", "tiff": "image/tiff", "emf": "image/x-emf", "wmf": "image/x-wmf", "svg": "image/svg+xml",
}  # fmt: skip


class Relation(NamedTuple):
    """A relationship: `kind` is the last word of its type; `target` a part's name, or an address if external."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass
class Part:
    """A part that is kept: its kind, its tree (or bytes, of a picture), and what it refers to."""

    name: str
    kind: str
    root: Element | None
    content: bytes = b""
    relations: dict[str, Relation] = field(default_factory=dict)

    @property
    def root_or_fail(self) -> Element:
        """The tree of a part that is no picture; asked of a picture it is a fault of ours (ValueError)."""
        if self.root is None:
            raise ValueError(f"{self.name} is a picture")
        return self.root


def parsed(content: bytes) -> Element:
    """The tree of a part, without comments and processing instructions; entities are never resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(content, parser)


def relations(parts: Mapping[str, bytes], name: str) -> dict[str, Relation]:
    """The relationships of the part `name` by id (`` for the package itself)."""
    folder, file = posixpath.split(name)
    content = parts.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    if content is None:
        return {}
    found = {}
    for each in parsed(content):
        external = each.get("TargetMode") == "External"
        target, kind = each.get("Target", ""), each.get("Type", "").rpartition("/")[2]
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        found[each.get("Id", "")] = Relation(each.get("Id", ""), kind, target, external)
    return found


def is_public_link(address: str) -> bool:
    """Is it an address that any reader could follow: http, https or mailto, with no name and password in it?"""
    try:
        address_parts = urlsplit(address)
    except ValueError:
        return False
    if address_parts.scheme.lower() == "mailto":
        return True
    return address_parts.scheme.lower() in {"http", "https"} and "@" not in address_parts.netloc


def loaded(parts: Mapping[str, bytes]) -> list[Part]:
    """The main part first, then every part of a known kind that it reaches, each once."""
    found: dict[str, Part] = {}
    waiting = [(document_part(dict(parts)), "officeDocument")]
    while waiting:
        name, kind = waiting.pop(0)
        if name in found or name not in parts:
            continue
        links = {
            each.id: each
            for each in relations(parts, name).values()
            if (each.kind in KINDS and not each.external)
            or (each.kind == "image" and not each.external and extension(each.target) in PICTURES)
            or (each.kind == "hyperlink" and each.external and is_public_link(each.target))
        }
        root = None if kind == "image" else parsed(parts[name])
        found[name] = Part(name, kind, root, parts[name] if kind == "image" else b"", links)
        waiting += [(each.target, each.kind) for each in links.values() if not each.external]
    return list(found.values())


def extension(name: str) -> str:
    """`png` of `word/media/Image1.PNG`."""
    return posixpath.splitext(name)[1].lstrip(".").lower()

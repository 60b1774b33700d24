"""How the parts of a packed file hang together: relationships and content types (ECMA-376 part 2, clauses 6.5, 7.2).

All take any mapping of parts by name: a package as it was opened, or a dict of parts that are being changed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from pipeline.opc.xml import Element, parse, serialise

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES_PART = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

Parts = Mapping[str, bytes]


class Relationship(NamedTuple):
    """A link from a part (or the package) to `target`: a part by its name, or an address where it is external."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of its type: `styles`, `worksheet`, `hyperlink`."""
        return self.type.rpartition("/")[2]


class ContentTypes(NamedTuple):
    """Content types by file ending, and by part name."""

    defaults: Mapping[str, str]
    overrides: Mapping[str, str]

    def of(self, part: str) -> str:
        """The content type of a part, "" where none is given."""
        ending = part.rpartition("/")[2].rpartition(".")[2].lower()
        return self.overrides.get(part) or self.defaults.get(ending, "")


def relationships_part(source: str) -> str:
    """The name of the part that holds the relationships of `source` ("" for those of the package)."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships(parts: Parts, source: str = "") -> tuple[Relationship, ...]:
    """The relationships of a part ("" for the package), in order. Raises Unsound where they cannot be read."""
    name = relationships_part(source)
    if name not in parts:
        return ()
    root = parse(parts[name], name)
    return tuple(_relationship(parts, source, element) for element in root if element.get("Target") is not None)


def _relationship(parts: Parts, source: str, element: Element) -> Relationship:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not external:
        target = _part_at(parts, posixpath.join("/", posixpath.dirname(source), target.replace("\\", "/")))
    return Relationship(element.get("Id", ""), element.get("Type", ""), target, external)


def _part_at(parts: Parts, path: str) -> str:
    name = posixpath.normpath(path).lstrip("/")
    return name if name in parts else unquote(name)


def related(parts: Parts, source: str, kind: str) -> list[str]:
    """The parts that `source` refers to as `kind` and that are there, each once. Raises Unsound."""
    links = relationships(parts, source)
    targets = (link.target for link in links if link.kind == kind and not link.external)
    return list(dict.fromkeys(target for target in targets if target in parts))


def main_part(parts: Parts) -> str:
    """The part with the text or the sheets, "" where there is none. Raises Unsound."""
    return next(iter(related(parts, "", "officeDocument")), "")


def content_types(parts: Parts) -> ContentTypes:
    """The content types of a package; none where it does not say. Raises Unsound where they cannot be read."""
    root = parse(parts[TYPES_PART], TYPES_PART) if TYPES_PART in parts else ()
    given = [(element.get("Extension"), element.get("PartName"), element.get("ContentType", "")) for element in root]
    return ContentTypes(
        {ending.lower(): kind for ending, _, kind in given if ending},
        {part.lstrip("/"): kind for _, part, kind in given if part},
    )


def relationships_xml(source: str, links: Iterable[Relationship]) -> bytes:
    """The part that holds the relationships of `source`."""
    root = parse(f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode())
    folder = posixpath.join("/", posixpath.dirname(source))
    for link in links:
        target = link.target if link.external else posixpath.relpath(f"/{link.target}", folder)
        made = etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=link.id, Type=link.type, Target=target)
        if link.external:
            made.set("TargetMode", "External")
    return serialise(root)


def content_types_xml(types: ContentTypes) -> bytes:
    """The part that holds the content types."""
    root = parse(f'<Types xmlns="{_TYPES}"/>'.encode())
    for ending, kind in types.defaults.items():
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=ending, ContentType=kind)
    for part, kind in types.overrides.items():
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=kind)
    return serialise(root)


def linked(parts: Parts, source: str, type_: str, name: str, content_type: str = "") -> dict[str, bytes]:
    """The parts, with a relationship of that type from `source` to the part `name`, and its content type where it has
    one of its own; the part itself is the caller's to put in.
    """
    links = relationships(parts, source)
    taken = {link.id for link in links}
    free = next(f"rId{number}" for number in range(1, len(links) + 2) if f"rId{number}" not in taken)
    more = (*links, Relationship(free, type_, name))
    out = {**parts, relationships_part(source): relationships_xml(source, more)}
    if content_type:
        types = content_types(parts)
        out[TYPES_PART] = content_types_xml(types._replace(overrides={**types.overrides, name: content_type}))
    return out


def without(parts: Parts, unwanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The parts without those whose name is unwanted: nothing links to them and no content type names them any more."""
    kept = {name: content for name, content in parts.items() if not unwanted(name)}
    for source in ["", *kept]:
        links = relationships(kept, source)
        left = [link for link in links if link.external or not unwanted(link.target)]
        if len(left) < len(links):
            kept[relationships_part(source)] = relationships_xml(source, left)
    return _without_types(kept, unwanted)


def _without_types(parts: dict[str, bytes], unwanted: Callable[[str], bool]) -> dict[str, bytes]:
    types = content_types(parts)
    overrides = {name: kind for name, kind in types.overrides.items() if not unwanted(name)}
    if len(overrides) == len(types.overrides):
        return parts
    return {**parts, TYPES_PART: content_types_xml(types._replace(overrides=overrides))}

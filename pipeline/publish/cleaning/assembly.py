"""A new package of what is left after cleaning, under new names.

Nothing is carried over because it was there: a part survives only if it is of a known kind and is still referred to.
Part names and relationship ids are given afresh, since they can carry the names of files.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from lxml import etree

from pipeline.publish.cleaning.package import BY_ID, KINDS, PICTURES, Part, Relation, extension
from pipeline.word.xml import NAMESPACES, Element

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_OFFICE = NAMESPACES["r"]


def assembled(kept: Iterable[Part], core: bytes) -> dict[str, bytes]:
    """A new package of the parts that are still referred to, under neutral names, with `core` as its properties."""
    every = list(kept)
    reached = _reached(every)
    names = _neutral_names(reached)
    out: dict[str, bytes] = {}
    for part in reached:
        new = names[part.name]
        if part.root is None:
            out[new] = part.content
            continue
        links = _renumbered(part.root, _links_in_use(part))
        out[new] = serialised(part.root)
        if links:
            folder, file = posixpath.split(new)
            out[f"{folder}/_rels/{file}.rels"] = _relationships(links, names, folder)
    main = names[reached[0].name]
    out["docProps/core.xml"] = core
    out["_rels/.rels"] = _package_relationships(main)
    out["[Content_Types].xml"] = _content_types(reached, names)
    return out


def used_ids(root: Element) -> set[str]:
    """The relationship ids that a tree still refers to."""
    prefix = f"{{{_OFFICE}}}"
    return {str(value) for each in root.iter() for name, value in each.attrib.items() if str(name).startswith(prefix)}


def serialised(root: Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _links_in_use(part: Part) -> list[Relation]:
    if part.root is None:
        return []
    used = used_ids(part.root)
    return [each for each in part.relations.values() if each.kind not in BY_ID or each.id in used]


def _reached(every: list[Part]) -> list[Part]:
    by_name = {part.name: part for part in every}
    reached, waiting = {}, [every[0]]
    while waiting:
        part = waiting.pop(0)
        if part.name not in reached:
            reached[part.name] = part
            waiting += [by_name[each.target] for each in _links_in_use(part) if each.target in by_name]
    return list(reached.values())


def _neutral_names(reached: Iterable[Part]) -> dict[str, str]:
    counts: dict[str, int] = {}
    names = {}
    for part in reached:
        counts[part.kind] = counts.get(part.kind, 0) + 1
        number = counts[part.kind]
        if part.kind == "image":
            names[part.name] = f"word/media/image{number}.{extension(part.name)}"
        elif part.kind == "officeDocument":
            names[part.name] = "word/document.xml"
        else:
            names[part.name] = f"word/{part.kind}{number if number > 1 or part.kind in BY_ID else ''}.xml"
    return names


def _renumbered(root: Element, links: list[Relation]) -> list[Relation]:
    """Gives a part's relationships new ids, in the tree too, and drops ids that point nowhere."""
    renamed = {each.id: f"rId{number}" for number, each in enumerate(links, 1)}
    prefix = f"{{{_OFFICE}}}"
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if str(name).startswith(prefix):
                if value in renamed:
                    element.set(name, renamed[value])
                else:
                    del element.attrib[name]
    return [each._replace(id=renamed[each.id]) for each in links]


def _relationships(links: Iterable[Relation], names: Mapping[str, str], folder: str) -> bytes:
    root = etree.fromstring(f'<Relationships xmlns="{_RELATIONSHIPS}"/>')
    for each in links:
        target = each.target if each.external else posixpath.relpath(names[each.target], folder)
        made = etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=each.id, Type=f"{_OFFICE}/{each.kind}")
        made.set("Target", target)
        if each.external:
            made.set("TargetMode", "External")
    return serialised(root)


def _package_relationships(main: str) -> bytes:
    root = etree.fromstring(f'<Relationships xmlns="{_RELATIONSHIPS}"/>')
    for number, (kind, target) in enumerate(((f"{_OFFICE}/officeDocument", main), (_CORE, "docProps/core.xml")), 1):
        etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=f"rId{number}", Type=kind, Target=target)
    return serialised(root)


def _content_types(reached: Iterable[Part], names: Mapping[str, str]) -> bytes:
    root = etree.fromstring(f'<Types xmlns="{_TYPES}"/>')
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    defaults |= {extension(part.name): PICTURES[extension(part.name)] for part in reached if part.kind == "image"}
    for ending, kind in defaults.items():
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=ending, ContentType=kind)
    overrides = {f"/{names[part.name]}": KINDS[part.kind] for part in reached if part.kind in KINDS}
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    for name, kind in overrides.items():
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=name, ContentType=kind)
    return serialised(root)

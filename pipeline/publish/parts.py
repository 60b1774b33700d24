"""The parts of a Word file that its public copy may have, and a new package of those that are left, under new names.

Nothing is carried over because it was there: a part stays only if it is of a known kind and the text still leads to
it. Names of parts and ids of relationships are given afresh, since they can carry the names of files.
"""

from __future__ import annotations

import datetime as dt
import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.opc import (
    OFFICE,
    TYPES_PART,
    ContentTypes,
    Element,
    Parts,
    Relationship,
    content_types_xml,
    parse,
    relationships,
    relationships_part,
    relationships_xml,
    serialise,
)
from pipeline.publish.pictures import bare_picture
from pipeline.word.file import WordFile
from pipeline.word.links import is_public_link
from pipeline.word.xml import NAMESPACES

LANGUAGE = "en-GB"
MAIN = "officeDocument"
STORIES = frozenset({MAIN, "header", "footer", "footnotes", "endnotes"})
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OF_WORD = (*STORIES - {MAIN}, "styles", "numbering", "settings", "fontTable")
_KINDS = {
    MAIN: f"{_WORD}.document.main+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    **{kind: f"{_WORD}.{kind}+xml" for kind in _OF_WORD},
}
_PICTURES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "svg": "image/svg+xml",
}
_BY_ID = frozenset({"header", "footer", "image", "hyperlink"})
_ID = f"{{{NAMESPACES['r']}}}"
CORE_PART = "docProps/core.xml"
_CORE_LINK = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title/><dc:language/>'
    b'<dcterms:created xsi:type="dcterms:W3CDTF"/><dcterms:modified xsi:type="dcterms:W3CDTF"/></cp:coreProperties>'
)


@dataclass(frozen=True)
class Part:
    """A part that may stay: its kind (the last word of the relationship that leads to it), its tree, its links."""

    name: str
    kind: str
    root: Element
    links: tuple[Relationship, ...]


def loaded(file: WordFile) -> list[Part]:
    """The main part first, then every part of XML of a known kind that it leads to, each once."""
    kinds = {file.main: MAIN}
    found = []
    for name in (waiting := list(kinds)):
        links = tuple(link for link in relationships(file.parts, name) if _may_stay(link, file.parts))
        found.append(Part(name, kinds[name], file.root(name), links))
        new = {link.target: link.kind for link in links if link.kind in _KINDS and link.target not in kinds}
        kinds |= new
        waiting += new
    return found


def root_of(kept: Iterable[Part], kind: str) -> Element | None:
    """The tree of the first part of a kind."""
    return next((part.root for part in kept if part.kind == kind), None)


def extension(name: str) -> str:
    """`png` of `word/media/Image1.PNG`."""
    return posixpath.splitext(name)[1].lstrip(".").lower()


def assembled(kept: Sequence[Part], pictures: Parts, core: bytes) -> dict[str, bytes]:
    """A new package of the parts and pictures that are still referred to, with `core` as its properties."""
    kinds = _reached(kept)
    names = _neutral_names(kinds)
    out = {names[name]: bare_picture(pictures[name]) for name, kind in kinds.items() if kind == "image"}
    for part in (part for part in kept if part.name in kinds):
        name, links = names[part.name], _renumbered(part.root, _in_use(part))
        out[name] = serialise(part.root)
        if links:
            new = [link if link.external else link._replace(target=names[link.target]) for link in links]
            out[relationships_part(name)] = relationships_xml(name, new)
    top = (Relationship("rId1", OFFICE + MAIN, names[kept[0].name]), Relationship("rId2", _CORE_LINK, CORE_PART))
    out[CORE_PART], out[relationships_part("")] = core, relationships_xml("", top)
    out[TYPES_PART] = content_types_xml(_types(kinds, names))
    return out


def core_properties(title: str, when: dt.datetime) -> bytes:
    """The core properties: title, language, and `when` as the time of making; nobody's name. A naive time is UTC."""
    root = parse(_CORE)
    stamp = f"{when.astimezone(dt.UTC) if when.tzinfo else when:%Y-%m-%dT%H:%M:%SZ}"
    for element, text in zip(root, (title, LANGUAGE, stamp, stamp), strict=True):
        element.text = text
    return serialise(root)


def _may_stay(link: Relationship, parts: Parts) -> bool:
    if link.external:
        return link.kind == "hyperlink" and is_public_link(link.target)
    known = link.kind in _KINDS or (link.kind == "image" and extension(link.target) in _PICTURES)
    return known and link.target in parts


def _in_use(part: Part) -> list[Relationship]:
    """The links that the tree of a part still refers to, or that are referred to by their kind alone."""
    used = {value for each in part.root.iter() for name, value in each.attrib.items() if str(name).startswith(_ID)}
    return [link for link in part.links if link.kind not in _BY_ID or link.id in used]


def _reached(kept: Sequence[Part]) -> dict[str, str]:
    """The parts and pictures that the main part still leads to, with their kinds, in the order of the links."""
    by_name = {part.name: part for part in kept}
    kinds = {kept[0].name: MAIN}
    for name in (waiting := list(kinds)):
        links = _in_use(by_name[name]) if name in by_name else ()
        new = {link.target: link.kind for link in links if not link.external and link.target not in kinds}
        kinds |= new
        waiting += new
    return kinds


def _neutral_names(kinds: Mapping[str, str]) -> dict[str, str]:
    counts: Counter[str] = Counter()
    names = {}
    for name, kind in kinds.items():
        counts[kind] += 1
        number = counts[kind] if counts[kind] > 1 or kind in _BY_ID else ""
        picture = f"word/media/image{number}.{extension(name)}"
        names[name] = picture if kind == "image" else f"word/{'document' if kind == MAIN else kind}{number}.xml"
    return names


def _renumbered(root: Element, links: Sequence[Relationship]) -> list[Relationship]:
    """Gives a part's relationships new ids, in the tree too, and drops ids that point nowhere."""
    renamed = {link.id: f"rId{number}" for number, link in enumerate(links, 1)}
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if str(name).startswith(_ID) and value in renamed:
                element.set(name, renamed[value])
            elif str(name).startswith(_ID):
                del element.attrib[name]
    return [link._replace(id=renamed[link.id], type=OFFICE + link.kind) for link in links]


def _types(kinds: Mapping[str, str], names: Mapping[str, str]) -> ContentTypes:
    endings = {extension(name) for name, kind in kinds.items() if kind == "image"}
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    overrides = {names[name]: _KINDS[kind] for name, kind in kinds.items() if kind in _KINDS}
    return ContentTypes(
        defaults | {ending: _PICTURES[ending] for ending in sorted(endings)}, overrides | {CORE_PART: _CORE_TYPE}
    )

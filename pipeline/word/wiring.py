"""How the parts of a Word file hang together: content types and relationships, as text, without a parser's cost."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.word.package import document_part

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_LINK = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_LINK = re.compile(r"<(?:\w+:)?Relationship\s[^>]*?/?>")
_TYPE = re.compile(r"<(?:\w+:)?(?:Default|Override)\s[^>]*?/?>")
_ATTRIBUTE = re.compile(r"""(?<![\w:])([\w:]+)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')""")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship. Its texts are as they stand in the XML, entities and all."""

    id: str
    type: str
    target: str
    external: bool = False


def attributes(tag: str) -> dict[str, str]:
    """The attributes of one XML tag, as they stand there."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def links_part(part: str) -> str:
    """The part that holds a part's relationships: `word/_rels/document.xml.rels`; of the package for the empty name."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def links_of(parts: Mapping[str, bytes], part: str) -> tuple[Link, ...]:
    """The relationships of a part, in order; none where it has none."""
    text = parts.get(links_part(part), b"").decode("utf-8-sig", "replace")
    found = (attributes(tag) for tag in _LINK.findall(text))
    return tuple(
        Link(one.get("Id", ""), one.get("Type", ""), one.get("Target", ""), one.get("TargetMode") == "External")
        for one in found
    )


def target(part: str, link: Link) -> str:
    """The name of the part that a relationship of `part` leads to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), link.target)).lstrip("/")


def links_xml(links: tuple[Link, ...]) -> bytes:
    """A relationships part."""
    rows = (
        f'<Relationship Id="{link.id}" Type="{link.type}" Target="{link.target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if link.external else ''}/>"
        for link in links
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{"".join(rows)}</Relationships>'.encode()


def free_id(links: tuple[Link, ...], stem: str) -> str:
    """A relationship id that no other has."""
    taken = {link.id for link in links}
    return next(name for name in (f"{stem}{number}" for number in range(1, len(links) + 2)) if name not in taken)


def content_types(parts: Mapping[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """Content types by file ending, and by part name (without the leading stroke)."""
    text = parts.get("[Content_Types].xml", b"").decode("utf-8-sig", "replace")
    found = [attributes(tag) for tag in _TYPE.findall(text)]
    defaults = {one["Extension"]: one.get("ContentType", "") for one in found if "Extension" in one}
    overrides = {one["PartName"].lstrip("/"): one.get("ContentType", "") for one in found if "PartName" in one}
    return defaults, overrides


def content_types_xml(defaults: Mapping[str, str], overrides: Mapping[str, str]) -> bytes:
    """The content types part."""
    rows = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items()]
    rows += [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()]
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{_HEAD}<Types xmlns="{space}">{"".join(rows)}</Types>'.encode()


def without(parts: Mapping[str, bytes], unwanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The parts without those whose name is unwanted: nothing links to them and no content type names them any more."""
    kept = {name: content for name, content in parts.items() if not unwanted(name)}
    gone = parts.keys() - kept.keys()
    for name in ["", *kept]:
        links = links_of(kept, name)
        left = tuple(link for link in links if link.external or target(name, link) not in gone)
        if len(left) < len(links):
            kept[links_part(name)] = links_xml(left)
    defaults, overrides = content_types(parts)
    if gone & overrides.keys():
        kept["[Content_Types].xml"] = content_types_xml(
            defaults, {name: kind for name, kind in overrides.items() if name not in gone}
        )
    return kept


def main_part(parts: Mapping[str, bytes]) -> str:
    """The part that holds the text: `word/document.xml` as a rule."""
    return document_part(dict(parts))

"""Which part of a packed Office file leads to which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.read.packages import Package, resolve
from pipeline.read.xml import KNOWN_BYTES, leaf, parse


class Link(NamedTuple):
    """A relationship: the last word of its type, and the part it leads to."""

    kind: str
    part: str


def links_of(package: Package, part: str) -> Mapping[str, Link]:
    """The relationships of a part ("" for the package) by their id. Those that lead out of the file are left alone."""
    folder, _, file = part.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels".lstrip("/")
    if not package.has(rels):
        return {}
    if package.size(rels) > KNOWN_BYTES:
        return _links_in(package.chunks(rels), part, package.name)
    return known_links(package.read(rels), part, package.name)


@lru_cache(maxsize=256)
def known_links(content: bytes, part: str, name: str) -> Mapping[str, Link]:
    """The links in a part, worked out once: files made by one program are mostly put together alike."""
    return _links_in((content,), part, name)


def _links_in(chunks: Iterable[bytes], part: str, name: str) -> Mapping[str, Link]:
    found: dict[str, Link] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = Link(kind, resolve(part, attributes.get("Target", "")))

    parse(chunks, name, start, name_of=leaf)
    return found


def part_of(links: Mapping[str, Link], kind: str) -> str:
    """The part of the first relationship of a kind, "" where there is none."""
    return next((link.part for link in links.values() if link.kind == kind), "")


def main_part(package: Package, usual: str) -> str:
    """The package's main part, `usual` where its relationships name none that is there."""
    part = part_of(links_of(package, ""), "officeDocument")
    return part if package.has(part) else usual

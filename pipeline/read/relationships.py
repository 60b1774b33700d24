"""Which part of a packed Office file leads to which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.read.packages import Package, resolve
from pipeline.read.xml import leaf, parse


class Link(NamedTuple):
    """A relationship: the last word of its type, and the part it leads to."""

    kind: str
    part: str


def links_of(package: Package, part: str) -> dict[str, Link]:
    """The relationships of a part ("" for the package) by their id. Those that lead out of the file are left alone."""
    folder, _, file = part.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels".lstrip("/")
    found: dict[str, Link] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = Link(kind, resolve(part, attributes.get("Target", "")))

    if package.has(rels):
        parse(package.chunks(rels), package.name, start, name_of=leaf)
    return found


def part_of(links: Mapping[str, Link], kind: str) -> str:
    """The part of the first relationship of a kind, "" where there is none."""
    return next((link.part for link in links.values() if link.kind == kind), "")


def main_part(package: Package, usual: str) -> str:
    """The package's main part, `usual` where its relationships name none that is there."""
    part = part_of(links_of(package, ""), "officeDocument")
    return part if package.has(part) else usual

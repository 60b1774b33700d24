"""The notes on the cells of a sheet, as Excel keeps them beside it: an officer may say there that a row is exempt."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.read.packages import Package
from pipeline.read.relationships import links_of, part_of
from pipeline.read.xml import feed, leaf, parser_for
from pipeline.sheets.xlsx_sheet import parse_address

LONGEST = 2000
"""Characters of one note; no more is kept."""


def notes_of(package: Package, sheet: str) -> Mapping[tuple[int, int], str]:
    """The text of each note of the sheet in the part `sheet`, by row and column, the words of its author's name too.

    A conversation of the newer kind has a note of the older kind beside it with its words. Raises PaperError (I113,
    I114, I117) where the part cannot be read.
    """
    part = part_of(links_of(package, sheet), "comments")
    found: dict[tuple[int, int], list[str]] = {}
    pieces: list[str] = []

    def start(full: str, attributes: dict[str, str]) -> None:
        nonlocal pieces
        if leaf(full) == "comment":
            at = parse_address(attributes.get("ref", ""))
            pieces = found.setdefault(at, []) if at else []

    def characters(data: str) -> None:
        if len(pieces) < LONGEST:
            pieces.append(data)

    if package.has(part):
        parser = parser_for(package.name)
        parser.StartElementHandler = start
        parser.CharacterDataHandler = characters
        feed(parser, package.chunks(part), package.name)
    return {at: "".join(said)[:LONGEST] for at, said in found.items()}

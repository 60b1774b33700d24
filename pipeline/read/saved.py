"""When an Office file was last saved, as it says itself: a copy on another disk still tells it."""

from __future__ import annotations

import datetime as dt

from pipeline.problems import PaperError
from pipeline.read.packages import Package
from pipeline.read.relationships import links_of, part_of
from pipeline.read.xml import feed, leaf, parser_for

_MODIFIED = "modified"


def saved_on(package: Package) -> dt.date | None:
    """The day of a packed Office file's property “modified”; None where it has none that can be read."""
    try:
        said = text_of(package, part_of(links_of(package, ""), "core-properties"), _MODIFIED)
        return dt.date.fromisoformat(said.strip()[:10])
    except (PaperError, ValueError):
        return None


def text_of(package: Package, part: str, element: str) -> str:
    """The text of an element of a small part, "" where there is none. Raises PaperError as `parse` does."""
    parser, inside, texts = parser_for(package.name), [False], [""]

    def opening(name: str, _: object) -> None:
        inside[0] = leaf(name) == element

    def closing(_: str) -> None:
        inside[0] = False

    def text(piece: str) -> None:
        if inside[0]:
            texts.append(piece)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opening, closing, text
    feed(parser, package.chunks(part), package.name)
    return "".join(texts)

"""The baseline: what the generator wrote last time, block by block, kept inside the paper and beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from pipeline.blocks import Fact, sources_of
from pipeline.problems import Place

Offer = Literal["", "made", "refused"]
NAMESPACE = "urn:committee-papers:baseline:1"
_CELL = re.compile(r"(.+)!([A-Z]{1,3}\d+)")
FORMAT = "2"
"""What `about` says as `format` of a baseline whose texts are read by the room of Word; without it they are older."""
FROM = "from"
"""What `about` says of the file that a draft was made from: a piece of its hash. So a copy of one draft is not taken
for a copy of another of the same facts.
"""


class Written(NamedTuple):
    """One block as it was written: a paragraph (one text) or a table row (a text a cell).

    A cross-reference stands in the text as `[[bookmark name]]`, so that renumbering is no change. `texts` are those
    that the paper last took, blank where nobody knows. `told`: what the facts gave since, a text for each, where the
    paper has not taken it (blank where they no longer call for the block); `stood`: what stood there when that was
    told, blank where nothing was; `offer` says whether it was offered as a tracked change. `was` are hashes of what the
    block said in earlier drafts (see `pipeline.revise.ledger`). `facts` are those behind what the facts gave last.
    """

    key: str
    texts: tuple[str, ...]
    table: str = ""
    facts: tuple[Fact, ...] = ()
    told: tuple[str, ...] = ()
    offer: Offer = ""
    stood: tuple[str, ...] = ()
    was: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[Place, ...]:
        """The cells and letters that it rests on."""
        return sources_of(self.facts)


def facts_of_0_1_0(sources: Iterable[str]) -> tuple[Fact, ...]:
    """What a block of a version before 0.2.0 rests on: `Actions!G11` without its file, or a letter's file."""
    found = ((source, _CELL.fullmatch(source)) for source in sources if source)
    return tuple(Fact("", (Place("", cell[1], cell[2]) if cell else Place(source),)) for source, cell in found)


@dataclass(frozen=True, slots=True)
class Baseline:
    """All blocks in document order, and what they were made from (`about`: as_at, template hash, version...).
    `printed` are hashes of what blocks said that it no longer has.
    """

    blocks: tuple[Written, ...]
    about: Mapping[str, str] = field(default_factory=dict)
    printed: tuple[str, ...] = ()

    def as_told(self) -> Baseline:
        """The same as the facts had it then, whether or not the paper took it."""
        known = (block._replace(texts=block.told or block.texts, told=(), offer="", stood=()) for block in self.blocks)
        return replace(self, blocks=tuple(block for block in known if any(block.texts)))

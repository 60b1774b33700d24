"""What may not be public any more: blocks of records that are withheld now, and words that may be quoted nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.kinds import Withheld
from pipeline.problems import Place

NOT_QUOTED = "(what a row says that may not be public)"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Where the records stand that are withheld, by their keys, with which blocks' keys end; `says` is true of a text
    that says something of one.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    says: Callable[[str], object] = lambda _: False

    def has(self, key: str) -> bool:
        """Is a block of this key about a record that is withheld?"""
        return bool(self.at(key))

    def at(self, key: str) -> str:
        """The first cell of the withheld row that a block of this key is about; blank where it is about none."""
        parts = key.split("/")
        ends = ("/".join(parts[n:]) for n in range(1, len(parts)))
        return next((str(self.places[end]) for end in ends if end in self.places), "")

    def holds(self, texts: Iterable[str]) -> bool:
        """Do the texts say what a withheld record says?"""
        return any(self.says(text) for text in texts if text)

    def quotable(self, text: str) -> str:
        """The text, or that it is not quoted."""
        return NOT_QUOTED if self.holds([text]) else text


NOTHING = Hidden()


def hidden(withheld: Iterable[Withheld], says: Callable[[str], object]) -> Hidden:
    """What is withheld; `says` tells whether a text says something of it."""
    rows = tuple(withheld)
    return Hidden({row.key: row.source for row in rows if row.key}, says) if rows else NOTHING

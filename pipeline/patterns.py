"""Regular expressions that cost nothing until they are needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property


class Pattern:
    """A regular expression, compiled when it is first needed, and looked for only in texts that hold one of its cues.

    Each match holds one of `cues`: to look for a few letters costs a fiftieth of most expressions, and most texts have
    none. Where case is ignored they are looked for in the text with its case folded; none may have an i, for which an
    expression takes a dotless ı too, which folds to nothing else.
    """

    def __init__(self, expression: str, flags: int = 0, cues: Iterable[str] = ()) -> None:
        self.expression, self.flags, self.cues = expression, flags, tuple(cues)
        self.ignores_case = bool(flags & re.IGNORECASE)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself, for all but searching."""
        return re.compile(self.expression, self.flags)

    def may_be_in(self, text: str) -> bool:
        """Does a text hold one of the cues?"""
        seen = text.casefold() if self.ignores_case else text
        return not self.cues or any(map(seen.__contains__, self.cues))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self.compiled.search(text) if self.may_be_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text, in order."""
        return self.compiled.finditer(text) if self.may_be_in(text) else iter(())

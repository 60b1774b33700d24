"""Regular expressions that cost nothing until they are needed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any


class Pattern:
    """A regular expression of texts, compiled when it is first asked for: a command compiles only what it needs.

    It may have `cues`, letters of which each match holds some. It is searched for only in texts that hold one of them:
    to look for a few letters costs a fiftieth of most expressions, and most texts have none. Where case is ignored
    they are looked for in the text with its case folded; none may have an i, for which an expression takes a dotless ı
    too, which folds to nothing else.
    """

    def __init__(self, expression: str, flags: int = 0, cues: Iterable[str] = ()) -> None:
        self.expression, self.flags, self.cues = expression, flags, tuple(cues)
        self.ignores_case = bool(flags & re.IGNORECASE)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression as the library has it."""
        return re.compile(self.expression, self.flags)

    def may_be_in(self, text: str) -> bool:
        """Does a text hold one of the cues?"""
        if not self.cues:
            return True
        seen = text.casefold() if self.ignores_case else text
        return any(map(seen.__contains__, self.cues))

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match in a text."""
        return self.compiled.search(text, start) if self.may_be_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text, in order."""
        return self.compiled.finditer(text) if self.may_be_in(text) else iter(())

    def findall(self, text: str) -> list[Any]:
        """The text, or the groups, of every match."""
        return self.compiled.findall(text) if self.may_be_in(text) else []

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match at a place of a text."""
        return self.compiled.match(text, start)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that is all of a text, or all of it between two places."""
        return self.compiled.fullmatch(text, start, end)

    def sub(self, put: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced."""
        return self.compiled.sub(put, text)

    def split(self, text: str) -> list[str | Any]:
        """The texts between the matches, and the groups of these."""
        return self.compiled.split(text)

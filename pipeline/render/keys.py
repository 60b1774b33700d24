"""The loops of a template, and the keys that its own paragraphs and rows go by."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.render.tags import statement
from pipeline.render.text import mark_end, mark_start

_FOR = re.compile(r"for\s+(\w+)\s+in\s+(\w+)(\.rows)?\b([^.].*)?$", re.DOTALL)
_BY = re.compile(r"\|\s*by\b")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop that a tag opens: `kind` is `section` (over blocks), `rows` (of a table), `groups` of rows, or `other`."""

    kind: str
    variable: str
    at: int


class Keys:
    """Keys given out so far: `fixed` in order, those `repeated` for each block in order, and how often each slug."""

    def __init__(self, first_number: int) -> None:
        self.first_number = first_number
        self.fixed: list[str] = []
        self.repeated: list[str] = []
        self._seen: Counter[str] = Counter()

    def for_static(self, words: str) -> tuple[str, str]:
        """The mark, start and end, of something that is printed once."""
        number = self.first_number + len(self.fixed)
        self.fixed.append(self._key(words))
        return mark_start(number, self.fixed[-1]).decode(), mark_end(number).decode()

    def for_repeated(self, words: str, variable: str) -> tuple[str, str]:
        """The tags that print the mark of something that is printed once for each value of a loop's variable."""
        self.repeated.append(self._key(words))
        number, key = len(self.repeated), self.repeated[-1]
        return f'{{{{ {variable}|_cp_start({number}, "{key}") }}}}', f"{{{{ {variable}|_cp_end({number}) }}}}"

    def _key(self, words: str) -> str:
        name = slug(words)
        self._seen[name] += 1
        return f"template/{self._seen[name]}-{name}"


def direct(variable: str) -> tuple[str, str]:
    """The tags that print the own mark of a loop's block or row."""
    return f"{{{{ {variable}._cp_start }}}}", f"{{{{ {variable}._cp_end }}}}"


def loop_of(token: str, at: int, outer: tuple[Loop, ...]) -> Loop:
    """The loop that a `{% for … %}` opens; `at` is the number of the tag."""
    found = _FOR.match(statement(token))
    if not found:
        return Loop("other", "", at)
    variable, over, rows, more = found[1], found[2], found[3], found[4]
    kind = next((loop.kind for loop in reversed(outer) if loop.variable == over), "")
    if rows and kind in ("section", "groups"):
        return Loop("groups" if _BY.search(more or "") else "rows", variable, at)
    return Loop("other" if rows or kind else "section", variable, at)


def slug(text: str) -> str:
    """`area-of-focus`: the words of a text, at most 40 characters, for a key that a person can read."""
    return "-".join(_WORD.findall(text.lower()))[:40].strip("-") or "blank"

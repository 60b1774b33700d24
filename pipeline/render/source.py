"""A patched template as a stream of tokens: Jinja tags, XML tags and the text between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_STEP, _FIELD, _REMARK = r"\{%(?:(?!\{%).)*?%\}", r"\{\{(?:(?!\{\{).)*?\}\}", r"\{#(?:(?!\{#).)*?#\}"
_TOKEN = re.compile(rf"{_STEP}|{_FIELD}|{_REMARK}|<(?:{_FIELD}|{_STEP}|[^<>])*>|(?:(?!\{{[%{{#])[^<])+", re.DOTALL)
_FOR = re.compile(r"for\s+(\w+)\s+in\s+(\w+)(\.rows)?(\s+if\s.+)?$", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop that a tag opens: `kind` is `section` (over blocks), `rows` (of a table) or `other`."""

    kind: str
    variable: str
    at: int


def tokens(source: str) -> Iterator[str]:
    """The tokens, which joined are the source again. A stray `<` or `{` is a token of its own."""
    end = 0
    for token in _TOKEN.finditer(source):
        if token.start() > end:
            yield source[end : token.start()]
        yield token[0]
        end = token.end()
    if end < len(source):
        yield source[end:]


def element(token: str) -> str:
    """`w:p` for a start tag, `/w:p` for an end tag, `w:p/` for an empty element; empty for any other token."""
    if not token.startswith("<") or token.startswith(("<?", "<!")):
        return ""
    name = token[1:-1].split(None, 1)[0].rstrip("/") if token[1:-1].strip() else ""
    return f"{name}/" if token.endswith("/>") else name if not token.startswith("</") else token[1:-1].strip()


def statement(token: str) -> str:
    """What a tag says, without its brackets and blank control: `for row in block.rows`."""
    return token[2:-2].strip("-+ \t\n")


def loop_of(token: str, at: int, outer: tuple[Loop, ...]) -> Loop:
    """The loop that a `{% for … %}` opens; `at` is where the tag stands among the tokens."""
    found = _FOR.match(statement(token))
    if not found:
        return Loop("other", "", at)
    variable, over, rows = found[1], found[2], found[3]
    if rows:
        known = any(loop.kind == "section" and loop.variable == over for loop in outer)
        return Loop("rows" if known else "other", variable, at)
    return Loop("other" if any(loop.variable == over for loop in outer) else "section", variable, at)


def slug(text: str) -> str:
    """`area-of-focus`: the words of a text, at most 40 characters, for a key that a person can read."""
    return "-".join(_WORD.findall(text.lower()))[:40].strip("-") or "blank"


def section_tag(name: str, values: Iterable[tuple[str, str]]) -> str:
    """A section break, or a reference in one, as one text: `headerReference id=rId7 type=default`."""
    return " ".join((name, *sorted(f"{key}={value}" for key, value in values)))

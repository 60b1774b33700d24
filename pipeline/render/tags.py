"""A patched template as a stream of tokens, and its tags by where they stand, and where an officer finds them.

docxtpl prints any value anywhere. Here a tag inside `<w:t>` prints text, one in an attribute prints an attribute's
text, and one between runs (`{{r … }}`) prints runs: whatever the author typed, no text is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.patterns import Pattern
from pipeline.render.text import NO_CHARACTERS

_STEP, _FIELD, _REMARK = r"\{%(?:(?!\{%).)*?%\}", r"\{\{(?:(?!\{\{).)*?\}\}", r"\{#(?:(?!\{#).)*?#\}"
_TOKEN = Pattern(rf"{_STEP}|{_FIELD}|{_REMARK}|<(?:{_FIELD}|{_STEP}|[^<>])*>|(?:(?!\{{[%{{#])[^<])+", re.DOTALL)
ACROSS = "across"
"""The attribute of a table whose columns come from the data, until it is laid out."""
_IN_ATTRIBUTE = Pattern(rf"({_STEP}|{_FIELD}|{_REMARK})", re.DOTALL)
_HEADING = Pattern(r'<w:pStyle w:val="(?:Heading|Title|Kop|berschrift)', re.IGNORECASE)
_TEXT, _CODES = "w:t", ("w:delText", "w:instrText")
_WORD = re.compile(r"\w+")
_OPENINGS = ("{{", "{%", "{#")
_ESCAPED = {"&quot;": '"', "&apos;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&"}
_TYPED_BRACKETS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))  # docxtpl's way to write a bracket


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


def section_tag(name: str, values: Iterable[tuple[str, str]]) -> str:
    """A section break, or a reference in one, as one text: `headerReference id=rId7 type=default`."""
    return " ".join((name, *sorted(f"{key}={value}" for key, value in values)))


class Tag(NamedTuple):
    """A tag: its opening bracket, what it says, how it was typed, and the heading that it stands under.

    `way` is where it prints: in a `text`, as a `run` between runs, in an `attribute`, as a `block` of its own, or in a
    `code` that tells Word what to do. The letters of its `prefix` are docxtpl's, as long as they are known.
    """

    kind: str
    code: str
    raw: str
    way: str = "text"
    heading: str = ""
    prefix: str = ""

    @property
    def word(self) -> str:
        """The first word of a step: `for`, `endif`…"""
        return word_of(self.code) if self.kind == "{%" else ""


def word_of(code: str) -> str:
    """The first word of what a step says."""
    found = _WORD.match(code)
    return found[0] if found else ""


def pieces(source: str) -> list[str | Tag]:
    """A patched part as its own text and its tags in turn, remarks left out, blanks taken away as the tags want it."""
    found: list[str | Tag] = [""]
    place, trimmed = _Place(), False
    for token in tokens(source):
        for part in _parted(token):
            if part.startswith(_OPENINGS) and len(part) > 3:
                if part[2] == "-":
                    found[-1] = str(found[-1]).rstrip()
                trimmed = part[-3] == "-"
                if not part.startswith("{#"):
                    found += [_tag(part, "attribute" if part is not token else place.way, place.heading), ""]
            else:
                found[-1] = str(found[-1]) + (_meant(part).lstrip() if trimmed else _meant(part))
                trimmed = trimmed and not part.strip()
        place.passed(token)
    return found


def _parted(token: str) -> list[str]:
    """A token; an element with tags in its attributes as what stands between them, and the tags."""
    return _IN_ATTRIBUTE.compiled.split(token) if token.startswith("<") and "{" in token else [token]


def _tag(token: str, way: str, heading: str) -> Tag:
    said = statement(token)
    typed = re.sub(r"\|_cp_\w+(\([^)]*\))?", "", said)
    return Tag(token[:2], _plain(said), f"{token[:2]} {typed} {token[-2:]}", way, heading)


def _plain(said: str) -> str:
    """What a tag says, as it was typed."""
    for escaped, meant in _ESCAPED.items() if "&" in said else ():
        said = said.replace(escaped, meant)
    return said


def _meant(text: str) -> str:
    """A template's own text, docxtpl's way to write a bracket undone, without what numbers are written in."""
    for typed, meant in _TYPED_BRACKETS:
        text = text.replace(typed, meant)
    return text.translate(NO_CHARACTERS)


class _Place:
    """Where a tag stands: in which element, and under which heading."""

    def __init__(self) -> None:
        self.heading, self.inside, self.paragraphs = "", "", 0
        self.collected: list[str] | None = None

    @property
    def way(self) -> str:
        """How a tag prints here."""
        inside = "text" if self.inside == _TEXT else "code" if self.inside else ""
        return inside or ("run" if self.paragraphs else "block")

    def passed(self, token: str) -> None:
        """Takes the next token."""
        if not token.startswith("<"):
            self.passed_text(token)
            return
        if _HEADING.match(token):
            self.collected = []
        name = element(token)
        self.paragraphs += (name == "w:p") - (name == "/w:p")
        if name == "/w:p" and self.collected:
            self.heading, self.collected = "".join(self.collected).strip() or self.heading, None
        if name in (_TEXT, *_CODES):
            self.inside = name
        elif name.startswith("/") and name[1:] == self.inside:
            self.inside = ""

    def passed_text(self, token: str) -> None:
        """Takes a token that is no mark of XML: in a heading, the heading's words."""
        if self.collected is not None and self.inside == _TEXT and not token.startswith(_OPENINGS):
            self.collected.append(token)

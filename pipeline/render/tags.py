"""A patched template as a stream of tokens, and its tags by where they stand, and where an officer finds them.

docxtpl prints any value anywhere. Here a tag inside `<w:t>` prints text, one in an attribute prints an attribute's
text, and one between runs (`{{r … }}`) prints runs: whatever the author typed, no text is lost. Each tag is given a
line of its own in the source, so that a fault in line 7 is a fault in the seventh tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_STEP, _FIELD, _REMARK = r"\{%(?:(?!\{%).)*?%\}", r"\{\{(?:(?!\{\{).)*?\}\}", r"\{#(?:(?!\{#).)*?#\}"
_TOKEN = re.compile(rf"{_STEP}|{_FIELD}|{_REMARK}|<(?:{_FIELD}|{_STEP}|[^<>])*>|(?:(?!\{{[%{{#])[^<])+", re.DOTALL)
ACROSS = "across"
"""The attribute of a table whose columns come from the data, until it is laid out."""
_IN_ATTRIBUTE = re.compile(r"\{\{((?:(?!\{\{).)*?)\}\}", re.DOTALL)
_HEADING = re.compile(r'<w:pStyle w:val="(?:Heading|Title|Kop|berschrift)', re.IGNORECASE)
_TEXT, _OUTSIDE = ("w:t",), ("w:delText", "w:instrText")


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


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it was typed, and the heading of the template that it stands under."""

    text: str
    heading: str


@dataclass(frozen=True, slots=True)
class Source:
    """A part ready for Jinja: its source, and its tags by line number."""

    text: str
    tags: dict[int, Tag]


def placed(source: str, blocks: frozenset[str] = frozenset()) -> Source:
    """The source with every printing tag fitted to its place, and a line break inside every tag.

    `blocks` are the variables of loops over sections, whose text can be printed without a detour.
    """
    out: list[str] = []
    tags: dict[int, Tag] = {}
    line, inside, heading = 1, "", _Heading()
    for token in tokens(source):
        written = token
        if token.startswith("<"):
            inside = heading.after(token, inside)
            written = _IN_ATTRIBUTE.sub(r"{{ (\1)|_cp_attribute }}", token) if "{{" in token else token
        elif token.startswith(("{{", "{%")):
            tags[line] = Tag(_as_typed(token), heading.text)
            written = _fitted(token, inside, blocks)
        else:
            heading.words(token, inside)
        out.append(written)
        line += written.count("\n")
    return Source("".join(out), tags)


class _Heading:
    """The text of the last heading that was passed."""

    def __init__(self) -> None:
        self.text = ""
        self.collected: list[str] | None = None

    def after(self, token: str, inside: str) -> str:
        """Which of `w:t` and the like is open after an XML tag."""
        if _HEADING.match(token):
            self.collected = []
        name = element(token)
        if name == "/w:p" and self.collected:
            self.text, self.collected = "".join(self.collected).strip() or self.text, None
        if name in (*_TEXT, *_OUTSIDE):
            return name
        return "" if name.startswith("/") and name[1:] == inside else inside

    def words(self, text: str, inside: str) -> None:
        if self.collected is not None and inside == "w:t":
            self.collected.append(text)


def _as_typed(token: str) -> str:
    inner = re.sub(r"\|_cp_\w+(\([^)]*\))?", "", statement(token))
    return f"{token[:2]} {inner} {token[-2:]}"


def _fitted(token: str, inside: str, blocks: frozenset[str]) -> str:
    """The tag with a line break before its end; dashes that control blanks stay where they were."""
    start = token[:2] + ("-" if token[2] == "-" else "")
    end = ("-" if token[-3] == "-" else "") + token[-2:]
    said = statement(token)
    if token.startswith("{{") and not inside and "_cp_" not in token:
        name = said.removesuffix(".text")
        said = f"{name}._cp_runs" if name != said and name in blocks else f"({said})|_cp_run"
    return f"{start} {said}\n{end}"

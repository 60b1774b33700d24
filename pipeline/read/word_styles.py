"""What a Word file's styles and numbering say of a paragraph or run: bold, italic, heading, bullet, number, hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from pipeline.read.packages import Package
from pipeline.read.xml import KNOWN_BYTES, parse
from pipeline.sheets.elements import whole

ListStyle = Literal["", "bullet", "number"]
Looks = dict[str, bool]

TOGGLES = ("b", "i", "vanish", "strike", "dstrike")
_CHAIN = 12
_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)


@lru_cache(maxsize=4096)
def word_name(full: str) -> str:
    """The name without its namespace where it is WordprocessingML's own, else with it."""
    for space in _SPACES:
        if full.startswith(space):
            return full[len(space) :]
    return full


def value_of(attributes: dict[str, str], name: str = "val") -> str:
    """An attribute by its name without its namespace."""
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), "")


def is_on(attributes: dict[str, str]) -> bool:
    """Is a property that is on or off on? It is where nothing is said."""
    return value_of(attributes) not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Style:
    """One style: what it is based on, the looks it turns on or off, its list and whether it is a heading."""

    name: str = ""
    based_on: str = ""
    looks: Looks = field(default_factory=dict)
    numbering: tuple[str, str] | None = None
    heading: bool = False


@dataclass(slots=True)
class Styles:
    """All styles by id, and the format of each level of each list."""

    styles: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    levels: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)

    def chain(self, style: str) -> list[Style]:
        """A style and those it is based on, nearest first."""
        found: list[Style] = []
        while style in self.styles and len(found) < _CHAIN:
            found.append(self.styles[style])
            style = found[-1].based_on
        return found

    def look(self, name: str, paragraph: str, character: str) -> bool:
        """Do the two styles together turn a look on? Each turns the other's over (ECMA-376 part 1, 17.7.3)."""
        sides = (self.chain(paragraph or self.default), self.chain(character))
        return sum(next((style.looks[name] for style in side if name in style.looks), False) for side in sides) == 1

    def list_style(self, paragraph: str, numbering: tuple[str, str] | None) -> ListStyle:
        """How a paragraph is listed, by its own numbering (list, level) or its style's."""
        if numbering is None:
            numbering = next((style.numbering for style in self.chain(paragraph) if style.numbering), None)
        if numbering is None or numbering[0] in ("", "0"):
            return ""
        levels = self.levels.get(self.lists.get(numbering[0], ""), {})
        shape = levels.get(numbering[1] or "0", "decimal")
        return {"bullet": "bullet", "none": ""}.get(shape, "number")  # type: ignore[return-value]

    def is_heading(self, paragraph: str) -> bool:
        """Is the style a heading or title, by its name or its place in the outline?"""
        return any(style.heading for style in self.chain(paragraph))


def read_styles(package: Package, styles: str, numbering: str) -> Styles:
    """The styles and lists of a Word file, from its two parts (either may be missing). Raises PaperError as `parse`."""
    parts = package.read(styles), package.read(numbering), package.name
    return known_styles(*parts) if package.size(styles) + package.size(numbering) <= KNOWN_BYTES else _styles_in(*parts)


@lru_cache(maxsize=64)
def known_styles(styles: bytes, numbering: bytes, name: str) -> Styles:
    """The same from what the parts hold, worked out once: Word gives most of its files the same styles."""
    return _styles_in(styles, numbering, name)


def _styles_in(styles: bytes, numbering: bytes, name: str) -> Styles:
    found = Styles()
    if styles:
        reader = _StyleReader(found)
        parse((_without_table_styles(styles),), name, reader.start, reader.end, word_name)
    if numbering:
        lists = _ListReader(found)
        parse((numbering,), name, lists.start, lists.end, word_name)
    return found


def _without_table_styles(part: bytes) -> bytes:
    """Table styles are nine tenths of many files and change no paragraph."""
    return part if b"<!" in part else re.sub(rb'(?s)<w:style w:type="table".*?</w:style>', b"", part)


class _StyleReader:
    def __init__(self, found: Styles) -> None:
        self.found = found
        self.now: Style | None = None
        self.level = ""
        self.conditional = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self.now = Style()
            identity = value_of(attributes, "styleId")
            self.found.styles[identity] = self.now
            if value_of(attributes, "type") == "paragraph" and value_of(attributes, "default") in ("1", "true", "on"):
                self.found.default = identity
        elif name == "tblStylePr":
            self.conditional = True
        elif self.now is not None and not self.conditional:
            self.detail(self.now, name, attributes)

    def detail(self, style: Style, name: str, attributes: dict[str, str]) -> None:
        if name == "name":
            style.name = value_of(attributes)
            style.heading = style.name.lower().startswith(("heading", "title"))
        elif name == "basedOn":
            style.based_on = value_of(attributes)
        elif name in TOGGLES:
            style.looks[name] = is_on(attributes)
        elif name == "ilvl":
            self.level = value_of(attributes)
        elif name == "numId":
            style.numbering = (value_of(attributes), self.level)
        elif name == "outlineLvl":
            style.heading = whole(value_of(attributes)) < 9

    def end(self, name: str) -> None:
        if name == "style":
            self.now, self.level = None, ""
        elif name == "tblStylePr":
            self.conditional = False


class _ListReader:
    def __init__(self, found: Styles) -> None:
        self.found = found
        self.abstract = self.number = self.level = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "abstractNum":
            self.abstract = value_of(attributes, "abstractNumId")
        elif name == "lvl":
            self.level = value_of(attributes, "ilvl")
        elif name == "numFmt" and self.abstract:
            self.found.levels.setdefault(self.abstract, {})[self.level] = value_of(attributes)
        elif name == "num":
            self.number = value_of(attributes, "numId")
        elif name == "abstractNumId" and self.number:
            self.found.lists[self.number] = value_of(attributes)

    def end(self, name: str) -> None:
        if name == "abstractNum":
            self.abstract = ""
        elif name == "num":
            self.number = ""

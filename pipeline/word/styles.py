"""What a paragraph or run looks like once its styles are followed, and what Word keeps and does not print.

Order as Word applies it (ECMA-376 part 1, 17.7.2), nearest first: the run or paragraph itself, its character style,
its paragraph style with all that is based on, the table's style, the defaults of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.patterns import Pattern
from pipeline.word.xml import VAL, Element, local, qn

_PPR, LOOK, _PSTYLE, _RSTYLE = map(qn, ("w:pPr", "w:rPr", "w:pStyle", "w:rStyle"))
_STYLE, _STYLE_ID, _BASED_ON = map(qn, ("w:style", "w:styleId", "w:basedOn"))
_OFF = frozenset(("0", "false", "off", "none"))
BODY_TEXT = 10
_UNSET, _UNTOLD = 10, 12
"""Points: Word's own size where nobody sets one, and what is taken for one that cannot be read."""
_POINTS = Pattern(r"(\d+(?:\.\d+)?)pt")
_OF_A_RUN = tuple(map(qn, ("w:rStyle", "w:vanish", "w:rFonts")))
_UNSEEN_SHAPE = Pattern(r"visibility\s*:\s*hidden", re.IGNORECASE)
DEFAULTS = "the document’s defaults"


class Found(NamedTuple):
    """A formatting property, and the name of the style that sets it (`` where the text itself does)."""

    element: Element
    style: str = ""

    @property
    def value(self) -> str:
        """Its main attribute, `` where there is none."""
        return self.element.get(VAL, "")


def is_on(found: Found | None) -> bool:
    """Is a switch such as bold set? It is when it stands there without saying off."""
    return found is not None and found.value not in _OFF


def is_set(element: Element | None, *path: str) -> bool:
    """Is a switch such as `w:titlePg`, at the end of a path of names, there without saying off?"""
    found = first_child(element, *map(qn, path))
    return found is not None and is_on(Found(found))


def first_child(element: Element | None, *path: str) -> Element | None:
    """The element at the end of `path`, or None."""
    for step in path:
        for child in () if element is None else element:
            if child.tag == step:
                element = child
                break
        else:
            return None
    return element


def points_of(size: Found | None) -> float:
    """A size in points: kept as half-points, or written with its unit (`10.5pt`)."""
    if size is None:
        return _UNSET
    written = _POINTS.fullmatch(size.value)
    if written:
        return float(written[1])
    return int(size.value) / 2 if size.value.isdecimal() else _UNTOLD


@dataclass(frozen=True)
class Styles:
    """The styles of one document. `root` is its styles part, None where there is none."""

    root: Element | None
    _merged: dict[tuple[str, str], dict[str, Found]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Element]:
        """Style elements by their id."""
        found = () if self.root is None else self.root.iterfind(_STYLE)
        return {style.get(_STYLE_ID, ""): style for style in found}

    @cached_property
    def default(self) -> str:
        """The id of the style that a paragraph without one has."""
        for name, style in self.by_id.items():
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on"):
                return name
        return ""

    @cached_property
    def names(self) -> dict[str, str]:
        """Style names, as Word's list shows them, by id."""
        named = {key: first_child(style, qn("w:name")) for key, style in self.by_id.items()}
        return {key: key if name is None else name.get(VAL, key) for key, name in named.items()}

    def chain(self, style: str) -> Iterator[Element]:
        """The style and all that it is based on, nearest first; a circle ends where it closes."""
        seen: set[str] = set()
        while style in self.by_id and style not in seen:
            seen.add(style)
            element = self.by_id[style]
            yield element
            based_on = element.find(_BASED_ON)
            style = "" if based_on is None else based_on.get(VAL, "")

    def merged(self, style: str, kind: str) -> dict[str, Found]:
        """All properties (`kind` is the tag of pPr or rPr) that a style gives, by their name without prefix."""
        if (style, kind) not in self._merged:
            given: dict[str, Found] = {}
            for element in self.chain(style):
                properties = element.find(kind)
                for child in () if properties is None else properties:
                    given.setdefault(local(child), Found(child, self.names[element.get(_STYLE_ID, "")]))
            self._merged[style, kind] = given
        return self._merged[style, kind]

    @cached_property
    def defaults(self) -> dict[tuple[str, str], Found]:
        """The document's own defaults, by kind of property and name."""
        held = first_child(self.root, qn("w:docDefaults"))
        found: dict[tuple[str, str], Found] = {}
        for kind, path in ((_PPR, "w:pPrDefault"), (LOOK, "w:rPrDefault")):
            properties = first_child(held, qn(path), kind)
            for child in () if properties is None else properties:
                found[kind, local(child)] = Found(child, DEFAULTS)
        return found

    def of_paragraph(self, paragraph: Element, name: str) -> Found | None:
        """A paragraph property, e.g. `jc`, wherever it comes from."""
        direct = first_child(paragraph, _PPR, qn(f"w:{name}"))
        if direct is not None:
            return Found(direct)
        return self.merged(self.style(paragraph), _PPR).get(name) or self.defaults.get((_PPR, name))

    def of_run(self, run: Element, paragraph: Element, name: str) -> Found | None:
        """A run property, e.g. `sz`, wherever it comes from but the style of a table around it."""
        properties = run.find(LOOK)
        if properties is not None:
            direct = properties.find(qn(f"w:{name}"))
            if direct is not None:
                return Found(direct)
            styled = properties.find(_RSTYLE)
            if styled is not None and name in (given := self.merged(styled.get(VAL, ""), LOOK)):
                return given[name]
        return self.merged(self.style(paragraph), LOOK).get(name) or self.defaults.get((LOOK, name))

    def style(self, paragraph: Element) -> str:
        """The id of a paragraph's style, the default one where it names none."""
        named = first_child(paragraph, _PPR, _PSTYLE)
        return self.default if named is None else named.get(VAL, "")

    def level(self, paragraph: Element) -> int:
        """1 to 9 for a heading of that level, 10 for body text."""
        found = self.of_paragraph(paragraph, "outlineLvl")
        return int(found.value) + 1 if found and found.value.isdecimal() else BODY_TEXT

    def is_heading(self, paragraph: Element) -> bool:
        """Is it a real heading, one that Word's navigation shows?"""
        return self.level(paragraph) < BODY_TEXT

    def is_numbered(self, paragraph: Element) -> bool:
        """Does Word itself number it (or give it a bullet)?"""
        found = self.of_paragraph(paragraph, "numPr")
        number = None if found is None else found.element.find(qn("w:numId"))
        return number is not None and number.get(VAL) != "0"


def is_hidden(run: Element, styles: Styles) -> bool:
    """Is a run hidden text?"""
    return is_on_in(run, styles, "vanish")


def is_on_in(run: Element, styles: Styles, name: str) -> bool:
    """Is a switch such as `b` on in a run? Its own property decides, else its styles."""
    properties = first_child(run, LOOK)
    own, named = first_child(properties, qn(f"w:{name}")), first_child(properties, _OF_A_RUN[0])
    if own is not None:
        return is_on(Found(own))
    paragraph = next(run.iterancestors(qn("w:p")), None)
    style = "" if paragraph is None else styles.style(paragraph)
    return is_toggled(styles, name, style, "" if named is None else named.get(VAL, ""))


def is_toggled(styles: Styles, name: str, paragraph_style: str, character_style: str) -> bool:
    """Do a paragraph's and a character style together set a switch such as bold? Where both do, they turn it off."""
    by_paragraph, by_run = (is_on(styles.merged(style, LOOK).get(name)) for style in (paragraph_style, character_style))
    by_default = is_on(styles.defaults.get((LOOK, name))) and not (by_run or by_paragraph)
    return (by_run != by_paragraph) or by_default


def is_hidden_row(row: Element) -> bool:
    """Is a row of a table hidden?"""
    return is_set(row, "w:trPr", "w:hidden")


def is_hidden_shape(shape: Element) -> bool:
    """Is a drawing switched off, with all that it holds?"""
    held = [each for each in shape.iter() if isinstance(each.tag, str)]
    switched_off = any(each.tag.endswith("}docPr") and each.get("hidden") in {"1", "true", "on"} for each in held)
    return switched_off or any(_UNSEEN_SHAPE.search(each.get("style", "")) for each in held)


class Look(NamedTuple):
    """What matters of a run to a reader: is it hidden, and the font by which its signs are read."""

    hidden: bool
    font: str


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks that styles give, remembered by the ids of a paragraph's and a character style."""

    styles: Styles
    known: dict[tuple[str, str], Look] = field(default_factory=dict)

    def of(self, paragraph_style: str, properties: Element | None = None) -> Look:
        """The look of a run with these properties in a paragraph of this style."""
        if properties is None or not len(properties):
            return self.by_styles(paragraph_style, "")
        styled, own, fonts = (properties.find(tag) for tag in _OF_A_RUN)
        look = self.by_styles(paragraph_style, "" if styled is None else styled.get(VAL, ""))
        if own is None and fonts is None:
            return look
        hidden = look.hidden if own is None else is_on(Found(own))
        return Look(hidden, look.font if fonts is None else font_in(fonts))

    def by_styles(self, paragraph_style: str, character_style: str) -> Look:
        """The look that two styles give."""
        key = paragraph_style, character_style
        if key not in self.known:
            hidden = is_toggled(self.styles, "vanish", *key)
            given = (self.styles.merged(style, LOOK).get("rFonts") for style in (character_style, paragraph_style))
            fonts = next(filter(None, given), None) or self.styles.defaults.get((LOOK, "rFonts"))
            self.known[key] = Look(hidden, "" if fonts is None else fonts.element.get(qn("w:ascii"), ""))
        return self.known[key]


def font_in(fonts: Element) -> str:
    """The font that a `w:rFonts` names."""
    return fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or ""

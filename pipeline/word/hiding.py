"""Switches such as bold, and what Word keeps in the file and does not print: hidden text, rows, shapes.

Styles toggle switches in one another, unlike most formatting (ECMA-376 part 1, 17.7.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.patterns import Pattern
from pipeline.word.styles import Found, Styles, first_child, is_on, is_set
from pipeline.word.xml import VAL, Element, qn

LOOK = qn("w:rPr")
_OF_A_RUN = tuple(map(qn, ("w:rStyle", "w:vanish", "w:rFonts")))
_UNSEEN_SHAPE = Pattern(r"visibility\s*:\s*hidden", re.IGNORECASE)


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


def hides_tables(styles: Styles) -> bool:
    """Does any table style hide text, in whole or for some of its rows?"""
    tables = (each for each in styles.by_id.values() if each.get(qn("w:type")) == "table")
    return any(is_on(Found(each)) for table in tables for each in table.iter(qn("w:vanish")))


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

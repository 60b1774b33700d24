"""Where a paragraph of the template prints blocks, of which some are sub-headings or keep labels of their own.

Such a block has the style of a heading, or the number of its list, in place of what the paragraph has in the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.blocks import Block
from pipeline.opc import Element
from pipeline.render.views import Shown, number_in
from pipeline.word.xml import PARAGRAPH, VAL, make, properties, put, qn, style_of

_STYLE, _NUMBERED, _LIST, _LEVEL = map(qn, ("w:pStyle", "w:numPr", "w:numId", "w:ilvl"))
_PARTED = "|"
Places = Mapping[Element, str]
"""Paragraphs that print blocks, and the variable of the loop of each."""


def hold_places(places: Places) -> None:
    """Gives each paragraph a style and a number, where Word wants them, for tags to stand in their place."""
    for paragraph in places:
        look = properties(paragraph, "w:pPr")
        for name in ("w:pStyle", "w:numPr"):
            if look.find(qn(name)) is None:
                put(look, make(name))


def fill_places(root: Element, places: Places, tag: Callable[[str], Element], headings: Mapping[str, int]) -> None:
    """Puts tags there. `headings` has the levels of styles: those below the heading above a paragraph are for
    sub-headings in it, and that of level 0 is for notes.
    """
    above, note = 0, next((style for style, level in headings.items() if not level), "")
    for paragraph in root.iter(PARAGRAPH):
        above = headings.get(style_of(paragraph)) or above
        if variable := places.get(paragraph, ""):
            deeper = [style for style, level in sorted(headings.items(), key=lambda each: each[1]) if level > above]
            look = properties(paragraph, "w:pPr")
            styles = _PARTED.join((style_of(paragraph), note, *deeper))
            _replace(look, _STYLE, tag(f'{{{{ {variable}|_cp_style(0, "{styles}") }}}}'))
            number, level = (_value(look.find(f"{_NUMBERED}/{each}")) for each in (_LIST, _LEVEL))
            _replace(look, _NUMBERED, tag(f'{{{{ {variable}|_cp_list({number}, "{level}") }}}}'))


def _replace(look: Element, name: str, tag: Element) -> None:
    if (held := look.find(name)) is not None:
        look.replace(held, tag)


def _value(element: Element | None) -> int:
    said = "" if element is None else element.get(VAL, "")
    return int(said) if said.isdecimal() else 0


def style_of_block(shown: Shown, styles: str) -> bytes:
    """The style of a block: that of the template's paragraph, of a heading as deep as the paper has them, or of notes,
    which is that of ordinary text where there is none.
    """
    own, note, *deeper = styles.split(_PARTED)
    depth = _depth(shown)
    style = note if _is_note(shown) else deeper[min(depth, len(deeper)) - 1] if depth and deeper else own
    return b'<w:pStyle w:val="%b"/>' % style.encode() if style else b""


def number_of_block(shown: Shown, number: int, level: str) -> bytes:
    """The number of a block: that of its list, or that of the template's paragraph; a heading has its style's, a note
    none.
    """
    own = number_in(number, int(level)) if number and not (_depth(shown) or _is_note(shown)) else b""
    return shown.listed or own


def _is_note(shown: Shown) -> bool:
    return isinstance(shown.of, Block) and shown.of.style == "note"


def _depth(shown: Shown) -> int:
    return shown.of.depth if isinstance(shown.of, Block) else 0

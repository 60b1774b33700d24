"""What the styles of a paper say about a paragraph or a run: is it a heading, is it hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.word.xml import VAL, Element, qn, style_of

_OFF = {"0", "false", "off"}
_BASED_ON, _STYLE, _STYLE_ID = qn("w:basedOn"), qn("w:style"), qn("w:styleId")
_VANISH, _OUTLINE = f"{qn('w:rPr')}/{qn('w:vanish')}", f"{qn('w:pPr')}/{qn('w:outlineLvl')}"


def is_on(element: Element | None) -> bool:
    """Is an on-off property there and not switched off?"""
    return element is not None and element.get(VAL, "1").lower() not in _OFF


@dataclass(frozen=True)
class Styles:
    """The styles of one paper by id. An empty one stands for a paper without a styles part."""

    by_id: dict[str, Element] = field(default_factory=dict)
    hidden_by_default: bool = False

    def heading(self, paragraph: Element) -> bool:
        """Has it an outline level, its own or its style's?"""
        own = paragraph.find(_OUTLINE)
        found = [own] if own is not None else [style.find(_OUTLINE) for style in self._chain(style_of(paragraph))]
        level = next((each for each in found if each is not None), None)
        return level is not None and level.get(VAL, "9") != "9"

    def hides(self, style: str) -> bool:
        """Does a style say that its text is hidden? The nearest word in the chain of styles counts."""
        said = (each.find(_VANISH) for each in self._chain(style))
        return is_on(next((each for each in said if each is not None), None))

    def hides_tables(self) -> bool:
        """Does any table style hide text, in whole or for some of its rows?"""
        tables = (each for each in self.by_id.values() if each.get(qn("w:type")) == "table")
        return any(is_on(found) for table in tables for found in table.iter(qn("w:vanish")))

    def hidden(self, run: Element) -> bool:
        """Is a run hidden text? Its own property decides; else styles toggle one another (ECMA-376 part 1, 17.7.3)."""
        own = run.find(_VANISH)
        if own is not None:
            return is_on(own)
        named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        paragraph = next(run.iterancestors(qn("w:p")), None)
        by_run = named is not None and self.hides(named.get(VAL, ""))
        by_paragraph = paragraph is not None and self.hides(style_of(paragraph) or self._default())
        return (by_run != by_paragraph) or (self.hidden_by_default and not (by_run or by_paragraph))

    def _default(self) -> str:
        ids = (
            name
            for name, style in self.by_id.items()
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true", "on"}
        )
        return next(ids, "")

    def _chain(self, style: str) -> Iterator[Element]:
        met: set[str] = set()
        while style in self.by_id and style not in met:
            met.add(style)
            yield self.by_id[style]
            based = self.by_id[style].find(_BASED_ON)
            style = "" if based is None else based.get(VAL, "")


def styles_of(root: Element | None) -> Styles:
    """The styles in the tree of a styles part."""
    if root is None:
        return Styles()
    default = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{_VANISH}")
    return Styles({each.get(_STYLE_ID, ""): each for each in root.iter(_STYLE)}, is_on(default))

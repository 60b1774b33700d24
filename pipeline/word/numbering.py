"""The numbers that Word prints before paragraphs ("1.", "(a)", "Appendix 2"), worked out as Word does.

ECMA-376 part 1, 17.9: a list (`w:num`) has its levels from a design (`w:abstractNum`), and goes on counting where the
last list of the same design stopped, unless it is to start again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from pipeline.opc import Element
from pipeline.patterns import Pattern
from pipeline.word.styles import Styles
from pipeline.word.xml import VAL, paragraphs, qn

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_A_NUMBER = Pattern("[0-9]{1,5}")
_FORMS = frozenset({"decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"})
_NUMBER, _LEVEL = "pPr/numPr/numId", "pPr/numPr/ilvl"


class Level(NamedTuple):
    """One level of a list: `text` such as `Appendix %1`, where counting starts, `form` as Word names it (`decimal`).

    `style` is the id of the paragraph style that gives this level. `is_plain`: its numbers are written and begin again
    as is usual, so that they can be told for certain.
    """

    text: str
    start: int
    form: str
    style: str
    is_plain: bool


class NumberedList(NamedTuple):
    """A list: the design that it counts on with, its levels from 0, and where levels start again when it begins."""

    design: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]

    @property
    def is_outline(self) -> bool:
        """Does it number sections and the paragraphs in them (`%1.%2`)?"""
        return any("%1.%2" in level.text for level in self.levels.values())

    def is_kept(self, level: int) -> bool:
        """Can another list show the labels of a level, be they numbers or words?"""
        text = self.levels[level].text if level in self.levels else ""
        return not re.search(r"%\d", text) or self.is_certain(level)

    def is_certain(self, level: int) -> bool:
        """Is a label one that can be told for certain: no bullet, no number in words, no unusual way of counting?"""
        text = self.levels[level].text if level in self.levels else ""
        used = [self.levels.get(int(digit) - 1) for digit in re.findall(r"%(\d)", text)]
        return bool(used) and all(each is not None and each.is_plain for each in used)


class Numbered(NamedTuple):
    """A paragraph, the label printed before it (`` for none), the id of its list and its level, if it is in one, and
    how far the list has counted there, level by level.
    """

    paragraph: Element
    label: str
    place: tuple[str, int] | None
    counts: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True)
class Numbering:
    """The lists of a document, from the root of its numbering part (None where there is none) and its styles."""

    root: Element | None
    styles: Styles

    @cached_property
    def lists(self) -> Mapping[str, NumberedList]:
        """The lists by id; not those whose design is not there."""
        if self.root is None:
            return {}
        designs = _designs(self.root)
        named = {each.get(qn("w:numId"), ""): each for each in self.root.iter(qn("w:num"))}
        found = {key: (each, _value(each, "abstractNumId")) for key, each in named.items()}
        return {
            key: NumberedList(design, {**designs[design], **_levels(each)}, _restarts(each))
            for key, (each, design) in found.items()
            if design in designs
        }

    @cached_property
    def _by_style(self) -> dict[str, tuple[str, int]]:
        return {}

    def place_of(self, paragraph: Element) -> tuple[str, int] | None:
        """The id of the list of a paragraph and its level, by its own numbering or its style's; None for no list."""
        style = self.styles.style(paragraph)
        if style not in self._by_style:
            self._by_style[style] = self._place_of_style(style)
        number, level = self._by_style[style]
        number = _value(paragraph, _NUMBER, number)
        return (number, _number(_value(paragraph, _LEVEL), level)) if number in self.lists else None

    def _place_of_style(self, style: str) -> tuple[str, int]:
        for element in self.styles.chain(style):
            if number := _value(element, _NUMBER):
                levels = self.lists[number].levels.items() if number in self.lists else ()
                given = next((at for at, level in levels if level.style == style), 0)
                return number, _number(written) if (written := _value(element, _LEVEL)) else given
        return "", 0


def labelled(root: Element, numbering: Numbering) -> Iterator[Numbered]:
    """Each paragraph of a story with its label, in order; one that is deleted has none and is not counted."""
    counts, begun = dict[str, dict[int, int]](), set[str]()
    for paragraph in paragraphs(root):
        place = numbering.place_of(paragraph)
        if place is None or paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
            yield Numbered(paragraph, "", place)
            continue
        found = numbering.lists[place[0]]
        count = counts.setdefault(found.design, {})
        if place[0] not in begun:
            begun.add(place[0])
            count |= {level: start - 1 for level, start in found.restarts.items()}
        yield Numbered(paragraph, next_label(found.levels, place[1], count), place, dict(count))


def formatted(number: int, form: str) -> str:
    """A number in Word's `decimal`, `lowerLetter`, `upperLetter`, `lowerRoman` or `upperRoman`."""
    if form.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif form.endswith("Roman"):
        text = ""
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
    else:
        return str(number)
    return text.upper() if form.startswith("upper") else text


def next_label(levels: Mapping[int, Level], level: int, count: dict[int, int]) -> str:
    """Counts on at a level, and starts all deeper ones again; the label that this makes."""
    if level not in levels:
        return ""
    count[level] = count.get(level, levels[level].start - 1) + 1
    for deeper in [at for at in count if at > level]:
        del count[deeper]

    def shown(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        start, form = (levels[at].start, levels[at].form) if at in levels else (1, "decimal")
        return formatted(count.get(at, start), form)

    return re.sub(r"%(\d)", shown, levels[level].text)


def _designs(root: Element) -> dict[str, dict[int, Level]]:
    """The levels of each design; those of a list style where a design only names one (17.9.21)."""
    found = {each.get(qn("w:abstractNumId"), ""): each for each in root.iter(qn("w:abstractNum"))}
    styled = {_value(each, "styleLink"): each for each in found.values() if each.find(qn("w:styleLink")) is not None}
    return {key: _levels(styled.get(_value(each, "numStyleLink"), each)) for key, each in found.items()}


def _levels(design: Element) -> dict[int, Level]:
    return {_number(level.get(qn("w:ilvl"), "")): _level(level) for level in design.iter(qn("w:lvl"))}


def _level(element: Element) -> Level:
    start, form = _value(element, "start", "1"), _value(element, "numFmt", "decimal")
    unusual = form not in _FORMS or any(element.find(qn(f"w:{name}")) is not None for name in ("isLgl", "lvlRestart"))
    return Level(_value(element, "lvlText"), _number(start, 1), form, _value(element, "pStyle"), not unusual)


def _restarts(number: Element) -> dict[int, int]:
    overrides = [(each, _value(each, "startOverride")) for each in number.iter(qn("w:lvlOverride"))]
    return {_number(each.get(qn("w:ilvl"), "")): _number(start, 1) for each, start in overrides if start}


def _value(parent: Element, path: str, default: str = "") -> str:
    found = parent.find("/".join(qn(f"w:{name}") for name in path.split("/")))
    return default if found is None else found.get(VAL, default)


def _number(written: str, default: int = 0) -> int:
    """A number as Word keeps one, of up to five digits; the default for what is none."""
    return int(written) if _A_NUMBER.fullmatch(written) else default

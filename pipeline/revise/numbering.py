"""The numbers that Word prints before paragraphs ("Appendix 2"), worked out as Word does, for references to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from pipeline.revise.paper import Paper
from pipeline.revise.units import START, our_mark
from pipeline.word.stories import read_styles
from pipeline.word.xml import VAL, Element, paragraphs, qn, style_of, visible_text

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` such as `Appendix %1`, where counting starts, and how the number is written."""

    text: str
    start: int
    form: str
    style: str


@dataclass(slots=True)
class Lists:
    """A paper's lists: their levels by abstract list, the abstract list of each list, and the list of each style."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    based_on: dict[str, str] = field(default_factory=dict)

    def of_style(self, style: str) -> tuple[str, int] | None:
        """The list and level that a style gives, also by the style it is based on."""
        name, seen = style, set[str]()
        while name and name not in seen:
            seen.add(name)
            if name in self.styles:
                number, level = self.styles[name]
                return number, self._level(number, style) if level is None else level
            name = self.based_on.get(name, "")
        return None

    def is_outline(self, number: str) -> bool:
        """Does a list number sections and the paragraphs in them (`%1.%2`)?"""
        return any("%1.%2" in level.text for level in self.levels.get(self.abstract.get(number, ""), {}).values())

    def _level(self, number: str, style: str) -> int:
        levels = self.levels.get(self.abstract.get(number, ""), {})
        return next((n for n, level in levels.items() if level.style == style), 0)


def _value(parent: Element | None, path: str, default: str = "") -> str:
    found = None if parent is None else parent.find("/".join(qn(f"w:{name}") for name in path.split("/")))
    return default if found is None else found.get(VAL, default)


def _level(element: Element) -> Level:
    start = _value(element, "start", "1")
    return Level(
        _value(element, "lvlText"), int(start), _value(element, "numFmt", "decimal"), _value(element, "pStyle")
    )


def read_lists(paper: Paper) -> Lists:
    """The lists of a paper, from its numbering and style parts."""
    lists = Lists()
    numbering, styles = paper.tree("numbering"), paper.tree("styles")
    for abstract in () if numbering is None else numbering.iter(qn("w:abstractNum")):
        levels = {int(level.get(qn("w:ilvl"), "0")): _level(level) for level in abstract.iter(qn("w:lvl"))}
        lists.levels[abstract.get(qn("w:abstractNumId"), "")] = levels
    for number in () if numbering is None else numbering.iter(qn("w:num")):
        name = number.get(qn("w:numId"), "")
        lists.abstract[name] = _value(number, "abstractNumId")
        lists.restarts[name] = {
            int(override.get(qn("w:ilvl"), "0")): int(start)
            for override in number.iter(qn("w:lvlOverride"))
            if (start := _value(override, "startOverride"))
        }
    for style in () if styles is None else styles.iter(qn("w:style")):
        name = style.get(qn("w:styleId"), "")
        lists.based_on[name] = _value(style, "basedOn")
        if number_id := _value(style, "pPr/numPr/numId"):
            level = _value(style, "pPr/numPr/ilvl")
            lists.styles[name] = number_id, int(level) if level else None
    return lists


def _list_of(paragraph: Element, lists: Lists) -> tuple[str, int] | None:
    from_style = lists.of_style(style_of(paragraph))
    number = _value(paragraph, "pPr/numPr/numId", from_style[0] if from_style else "")
    level = _value(paragraph, "pPr/numPr/ilvl", str(from_style[1]) if from_style else "0")
    return (number, int(level)) if number in lists.abstract else None


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


class _Counter:
    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.counts: dict[str, dict[int, int]] = {}
        self.seen: set[str] = set()

    def label(self, number: str, level: int) -> str:
        abstract = self.lists.abstract[number]
        levels, counts = self.lists.levels.get(abstract, {}), self.counts.setdefault(abstract, {})
        if number not in self.seen:
            self.seen.add(number)
            counts.update({at: start - 1 for at, start in self.lists.restarts[number].items()})
        if level not in levels:
            return ""
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = levels[at].form if at in levels else "decimal"
            return formatted(counts.get(at, levels[at].start if at in levels else 1), form)

        return re.sub(r"%(\d)", shown, levels[level].text).rstrip(".")


def labels(paper: Paper, marks: Collection[str]) -> dict[str, str]:
    """What a reference to each of `marks` shows: the number of the first paragraph under it, as the paper stands."""
    found = dict[str, str]()
    for paragraph, label, _ in _numbered(paper) if marks else ():
        for start in paragraph.iter(START) if label else ():
            if (mark := our_mark(start)) in marks:
                found.setdefault(mark, label)
    return found


def places(paper: Paper) -> dict[Element, str]:
    """Where a reader finds each paragraph: its own number, else the last one above it, as the paper stands.

    Paragraphs that somebody typed count, so a row is found by the number that is printed above it. An item of a list of
    its own is told from its like in other sections: item 1 of 2 is `2(1)`. Under a heading without a number, such as
    that of the background papers, it is the heading's words: a bullet is no number.
    """
    styles, found = read_styles(paper.parts), dict[Element, str]()
    section = heading = place = ""
    for paragraph, label, is_outline in _numbered(paper):
        shown = label
        if is_outline:
            section, heading = label.partition(".")[0], ""
        elif (section or heading) and styles.is_heading(paragraph):
            shown = heading = label or visible_text(paragraph).strip()
            section = ""
        elif label.isalnum() and (section or heading):
            shown = f"{section}({label})" if section else f"{heading} ({label})"
        place = shown if any(map(str.isalnum, shown)) else place
        found[paragraph] = place
    return found


def _numbered(paper: Paper) -> Iterator[tuple[Element, str, bool]]:
    """Each paragraph, its number (`` without one), and whether that is one of the sections and their paragraphs."""
    lists = read_lists(paper)
    counter = _Counter(lists)
    for paragraph in paragraphs(paper.body):
        place = _list_of(paragraph, lists)
        deleted = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None
        label = counter.label(*place) if place and not deleted else ""
        yield paragraph, label, bool(label and place and lists.is_outline(place[0]))

"""The numbers that Word prints before paragraphs ("1.", "(a)", "Appendix 2"), worked out as Word does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.word.xml import VAL, Element, paragraphs, qn, style_of

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_A_NUMBER = re.compile("[0-9]{1,5}")
FORMS = frozenset({"decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` such as `Appendix %1`, where counting starts, and how the number is written.

    `is_plain`: its numbers are written and begin again as is usual, so that they can be told for certain.
    """

    text: str
    start: int
    form: str
    style: str
    is_plain: bool = True


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


def _number(told: str, default: int = 0) -> int:
    """A number as Word keeps one, of up to five digits; the default for what is none."""
    return int(told) if _A_NUMBER.fullmatch(told) else default


def _level(element: Element) -> Level:
    start, form = _value(element, "start", "1"), _value(element, "numFmt", "decimal")
    unusual = form not in FORMS or any(element.find(qn(f"w:{each}")) is not None for each in ("isLgl", "lvlRestart"))
    return Level(_value(element, "lvlText"), _number(start, 1), form, _value(element, "pStyle"), not unusual)


def read_lists(numbering: Element | None, styles: Element | None) -> Lists:
    """The lists of a document, from its numbering and style parts."""
    lists = Lists()
    for abstract in () if numbering is None else numbering.iter(qn("w:abstractNum")):
        levels = {_number(level.get(qn("w:ilvl"), "")): _level(level) for level in abstract.iter(qn("w:lvl"))}
        lists.levels[abstract.get(qn("w:abstractNumId"), "")] = levels
    for number in () if numbering is None else numbering.iter(qn("w:num")):
        name = number.get(qn("w:numId"), "")
        lists.abstract[name] = _value(number, "abstractNumId")
        lists.restarts[name] = {
            _number(override.get(qn("w:ilvl"), "")): _number(start, 1)
            for override in number.iter(qn("w:lvlOverride"))
            if (start := _value(override, "startOverride"))
        }
    for style in () if styles is None else styles.iter(qn("w:style")):
        name = style.get(qn("w:styleId"), "")
        lists.based_on[name] = _value(style, "basedOn")
        if number_id := _value(style, "pPr/numPr/numId"):
            level = _value(style, "pPr/numPr/ilvl")
            lists.styles[name] = number_id, _number(level) if level else None
    return lists


def list_of(paragraph: Element, lists: Lists) -> tuple[str, int] | None:
    """The list and level of a paragraph, by its own numbering or its style's; None where it is in none."""
    from_style = lists.of_style(style_of(paragraph))
    number = _value(paragraph, "pPr/numPr/numId", from_style[0] if from_style else "")
    level = _value(paragraph, "pPr/numPr/ilvl", str(from_style[1]) if from_style else "0")
    return (number, _number(level)) if number in lists.abstract else None


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


class Counter:
    """Counts a document’s numbered paragraphs, which are told to it in order."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.counts: dict[str, dict[int, int]] = {}
        self.seen: set[str] = set()

    def label(self, number: str, level: int) -> str:
        """The label of the next paragraph, at this level of this list, as it is printed: `1.`, `(a)`."""
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

        return re.sub(r"%(\d)", shown, levels[level].text)


def labelled(root: Element, lists: Lists) -> Iterator[tuple[Element, str, tuple[str, int] | None]]:
    """Each paragraph of a story, the label printed before it (`` for none), and its list and level."""
    counter = Counter(lists)
    for paragraph in paragraphs(root):
        place = list_of(paragraph, lists)
        deleted = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None
        yield paragraph, counter.label(*place) if place and not deleted else "", place


def certain_label(lists: Lists, number: str, level: int) -> bool:
    """Is a label one that can be told for certain: no bullet, no number in words, no unusual way of counting?"""
    levels = lists.levels.get(lists.abstract[number], {})
    used = [levels.get(int(each) - 1) for each in re.findall(r"%(\d)", levels[level].text)] if level in levels else []
    return bool(used) and all(each is not None and each.is_plain for each in used)

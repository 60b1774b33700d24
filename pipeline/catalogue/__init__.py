"""The catalogue: what each code says and how it is put right, at which level, why it matters, and right and wrong.

One entry a code, in the file that its first two characters name. Besides `title`, `level`, `why`, `wrong`
and `right`, an entry has what is told (`says`, `cure`), texts that these are put together from, and other ways to tell
it: tables whose texts, title or level take the place of the entry's own. A name in braces is filled in with what was
found.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import tomli

from pipeline.dates import When
from pipeline.formats import DateStyle, day, listed, when
from pipeline.nearest import ASKED
from pipeline.problems import Level, Place, Problem

__all__ = ["Entry", "entries", "problem", "rules", "told"]

TEXTS = Path(__file__).parent


class Entry(NamedTuple):
    """One code: its usual level, why it is a problem, and an example. A `fixed` level cannot be changed by settings.

    `texts` are what is told, by name; `ways` are the other ways to tell it, each with the texts that differ.
    """

    title: str
    level: str
    why: str
    wrong: str
    right: str
    fixed: bool = False
    texts: Mapping[str, str] = {}
    ways: Mapping[str, Mapping[str, str]] = {}

    @property
    def other_levels(self) -> dict[str, str]:
        """The levels at which it is raised besides, each with where that is so."""
        return {way["level"]: way["where"] for way in self.ways.values() if "level" in way}


@cache
def entries(family: str) -> Mapping[str, Entry]:
    """The entries of the codes that begin so: `I4`, or all for `*`."""
    found: dict[str, Entry] = {}
    for path in sorted(TEXTS.glob(f"{family}.toml")):
        found |= {code: entry_of(told) for code, told in tomli.loads(path.read_text(encoding="utf-8")).items()}
    return MappingProxyType(dict(sorted(found.items())))


def entry_of(told: Mapping[str, Any]) -> Entry:
    """An entry as its table in the catalogue has it."""
    known = {name: told[name] for name in Entry._fields if name in told}
    rest = {name: each for name, each in told.items() if name not in known}
    ways = {name: each for name, each in rest.items() if isinstance(each, dict)}
    return Entry(**known, texts={name: each for name, each in rest.items() if name not in ways}, ways=ways)


def rules() -> Mapping[str, Entry]:
    """Every entry by its code, in the order of the codes."""
    return entries("*")


def problem(code: str, place: Place, way: str = "", /, **words: object) -> Problem:
    """The problem of a code at a place, in one of the catalogue's ways to tell it; `words` are for the names in it."""
    return told(code, place, way, words.__getitem__)


def told(code: str, place: Place, way: str, words: Callable[[str], object], style: DateStyle = "plain") -> Problem:
    """The same where `words` gives what a name stands for, or raises LookupError; dates are printed in `style`.

    A cure that knows of a near word asks whether that is meant, in words of the entry's own if it has some (`meant`).
    """
    entry = entries(code[:2])[code]
    texts = {**entry.texts, **entry.ways[way]} if way else entry.texts
    tell = partial(Telling(texts, words, style).vformat, args=(), kwargs={})
    cure = texts.get("meant", ASKED) if knows_near(words) else texts.get("cure", "")
    return Problem(code, tell(texts["says"]), tell(cure), place, Level(texts.get("level", entry.level)))


def knows_near(words: Callable[[str], object]) -> bool:
    """Is there a word that is probably meant?"""
    try:
        return bool(words("near"))
    except LookupError:
        return False


class Telling(string.Formatter):
    """Fills a text of the catalogue: other texts of its entry by their names, dates in a report's style, `Actions!D10`
    for a place, `a, b and c` for a list, and `{text:…70}` for a text cut after 70 characters.
    """

    def __init__(self, texts: Mapping[str, str], words: Callable[[str], object], style: DateStyle) -> None:
        self.texts, self.words, self.style = texts, words, style

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> object:
        """What a name stands for."""
        name = str(key)
        return self.vformat(self.texts[name], (), {}) if name in self.texts else self.words(name)

    def format_field(self, value: object, format_spec: str) -> str:
        """A value as a message prints it."""
        if isinstance(value, dt.date):
            return day(value, self.style)
        if isinstance(value, When):
            return when(value, self.style)
        if isinstance(value, Place):
            return value.short
        if isinstance(value, list):
            return listed(self.format_field(each, format_spec) for each in value)
        if format_spec.startswith("…"):
            return shortened(str(value), int(format_spec[1:]))
        return format(value, format_spec)


def shortened(text: str, length: int) -> str:
    """A text cut after so many characters."""
    return text if len(text) <= length else text[: length - 1] + "…"

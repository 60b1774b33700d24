"""The rules for text from officers' files, in one place: what is cleaned, what is warned of, and what counts as alike.

Cleaned without a word: line ends of every kind become one, blanks at either end go. Cleaned with a warning: control
characters become a blank; marks that turn the reading direction, and code points that are no characters, go. Where the
wording puts a text into a sentence, a line end, a tab and several blanks become one blank.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_LINE_END = "\r\n|[\r\u2028\u2029]"
_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x9f]"
_DIRECTION = "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
_LAST_TWO = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_NO_CHARACTER = f"[\ufdd0-\ufdef{_LAST_TWO}]"
_SURROGATE = "[\ud800-\udfff]"
_BLANKS = re.compile(r"[\s\u200b\u2060\ufeff]+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"))
_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "‛": "'", "ʼ": "'", "′": "'", "`": "'", "“": '"', "”": '"', "„": '"', "\xad": None}
)
_EDGE = "".join(chr(code) for code in (*range(0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x2060,
                                         0x3000, 0xFEFF))  # fmt: skip


class Cleaned(NamedTuple):
    """A text after the rules, and what was found: control characters, direction marks, what is no character, halves."""

    text: str
    control: bool = False
    direction: bool = False
    no_character: bool = False
    half: bool = False


def clean(text: str) -> Cleaned:
    """`text` after the rules above. `half`: it holds half of a character; such a text must be refused, not printed."""
    if text.isprintable():
        return Cleaned(text.strip(_EDGE))
    cleaned = scrub(text)
    return cleaned._replace(text=cleaned.text.strip(_EDGE))


def scrub(text: str) -> Cleaned:
    """As `clean`, but with the blanks at either end: for a piece of a paragraph."""
    if text.replace("\n", " ").isprintable():
        return Cleaned(text)
    lines = re.sub(_LINE_END, "\n", text)
    plain, controls = re.subn(_CONTROL, " ", lines)
    plain, turns = re.subn(_DIRECTION, "", plain)
    plain, gaps = re.subn(_NO_CHARACTER, "", plain)
    return Cleaned(plain, bool(controls), bool(turns), bool(gaps), bool(re.search(_SURROGATE, plain)))


def without_edges(text: str) -> str:
    """`text` without blanks of any kind at its ends."""
    return text.strip(_EDGE)


def is_blank(text: str) -> bool:
    """Does the text show nothing?"""
    return not text.strip(_EDGE)


@lru_cache(maxsize=8192)
def match_key(text: str) -> str:
    """What `text` is matched by, never printed: case, kinds of quote, hyphen and blank do not count."""
    folded = unicodedata.normalize("NFKC", text.translate(_DASHES).translate(_QUOTES)).casefold()
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", folded)).strip()


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """`text` in small letters with single blanks: how names and commands are matched that people type."""
    return " ".join(text.split()).casefold()


def excerpt(text: str, longest: int = 40) -> str:
    """`text` on one line for a message, cut to 40 characters: a message names a value, it does not print it."""
    line = _BLANKS.sub(" ", "".join(char if char.isprintable() else " " for char in text[: longest * 4])).strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"

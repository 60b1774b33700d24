"""Headings and words by which officers mark rows that may not be public, however they spell or phrase them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from pathlib import Path

import tomli

from pipeline.nearest import much_alike
from pipeline.patterns import Pattern
from pipeline.text import folded

UNTOLD = "?"
PARAGRAPH_GIVEN = Pattern(r"(?:yes,?\s*)?(?:exempt,?\s*)?\(?(?:para(?:graph)?s?\.?\s*)?(\d{1,2})\)?", re.IGNORECASE)
SPELT_OUT = Pattern(r"\bpara", re.IGNORECASE)


class Sense(Enum):
    """What a heading asks of a row: the paragraph by which it is exempt, whether it is private, public, or which."""

    PARAGRAPH = "paragraph"
    PRIVATE = "private"
    PUBLIC = "public"
    EITHER = "either"


STRONG = Pattern(
    r"\b(?:exempt\w*|confidential\w*|withh[eo]ld\w*|sch(?:edule)? 12 ?a?|not (?:for |to be |be )?publi\w+"
    r"|do not publish|non public|unpublished|exclu\w+ (?:of )?(?:the )?(?:press and )?(?:the )?public|public excluded"
    r"|in confidence|(?:lga|local government act) 1972|eithriedig|cyfrinachol)\b"
)
WEAK = Pattern(
    r"\b(?:private|restricted|part (?:2|ii|two|b)|sensitive|closed|pinks?|secret|internal only|privileged|redact\w*"
    r"|embargo\w*|exclu(?:de|ded|sion)|dnp|nfp)\b"
)
BY_LAW = Pattern(r"\b(?:exempt\w*|sch(?:edule)? 12 ?a?)\b")
MARKING_WORDS = {
    name: frozenset(words.split())
    for name, words in tomli.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).items()
}
MARKED, AROUND, ELSEWHERE, CARRIERS = (MARKING_WORDS[name] for name in ("marking", "around", "elsewhere", "carriers"))
PUBLIC = Pattern(
    r"(?:(?:is|it|can|may|to|ok|okay|for|be|in|open|available|release|released|made|publicly|this"
    r"|row|item|letter|entry) )*"
    r"(?:the )?(?:public|publish|publication|publishable|(?<=be )published)"
    r"(?: item| session| y n| yes no)?"
)
OPENLY = frozenset(("public", "open", "1", "i", "a", "green", "white"))
"""The last three: by the letter of the part, and by the colour of the paper; closed ones are pink."""
PRIVATELY = frozenset(("private", "exempt", "closed", "2", "ii", "b", "pink"))
BOTH = OPENLY | PRIVATELY | {"confidential", "restricted", "part", "or", "and", "session"}
_BEFORE = (
    r"(?:(?:this|the|row|item|letter|entry|log|sheet|it|is|are|contains?|please|strictly|private|and|commercial(?:ly)?"
    r"|legally|highly) )*"
)
_AFTER = (
    r"(?: (?:items?|information|info|rows?|letters?|log|list|sheet|tracker|section|from|under|by|virtue|of|the|to|as"
    r"|and|or|until|only|in|within|para\w*|\d+[a-z]?|part|i|ii|sch|schedule|lga|local|government|act|amended"
    r"|publication"
    r"|public|press|private|confidential|exempt|do|not|for|share|circulate|publish|yet"
    r"|january|february|march|april|may|june|july|august|september|october|november|december))*"
)
SHUT = Pattern(
    _BEFORE + r"(?:confidential|exempt(?:ed)?|not for (?:the )?public(?:ation| release)?|not (?:to be )?publi(?:c|shed)"
    r"|do not publish|withheld|in confidence|keep out of (?:the )?(?:public )?(?:papers?|reports?|domain)"
    r"|eithriedig|cyfrinachol)" + _AFTER
)
BEGINS = Pattern(
    _BEFORE + r"(?:not (?:for publication|to be published)|exempt (?:under|by virtue|from publication)) \w.*"
)
FAINT = Pattern(
    r"(?:private|restricted|closed|part (?:2|ii|two|b)|official sensitive|(?:strictly )?internal(?: use)?(?: only)?"
    r"|(?:officers?|members?) only|(?:top )?secret|redacted|embargoed|pink)(?: (?:items?|session|and confidential))?"
)
BRACKETS = Pattern(r"[(\[]([^()\[\]]{1,60})[)\]]")
LABEL = Pattern(r"\s*(?!\s)([^:–—(\n]{1,40})\s{0,9}[:–—(]|\s*(?!\s)([^-\n]{1,40}) - ")
_LONG = "xempt exmpt xemt xcempt xepmt onfiden for~publi not~publi be~published withh keep~out eithriedig cyfrinachol"
_SHORT = "private estricted part~ closed sensitive internal officer member secret redact embargo pink"
STEMS: Mapping[str, int] = {
    **{stem.replace("~", " "): 200 for stem in _LONG.split()},
    **{stem.replace("~", " "): 40 for stem in _SHORT.split()},
}
"""What a text that marks its row has in it, and how long such a text is at the most."""
LONGEST_MARK = max(STEMS.values())


MISSPELT = {"exempt": 0.8, "confidential": 0.87, "publication": 0.87, "restricted": 0.87, "private": 0.87}
"""Words of marking that are known though mistyped, with how much of them must be there."""


SAY_OPEN: Mapping[Sense, frozenset[str]] = {
    Sense.PARAGRAPH: frozenset(("", "no", "open")),
    Sense.PRIVATE: frozenset(("", "no", "open", "public")),
    Sense.PUBLIC: frozenset(("yes", "y", "public", "open", "true")),
    Sense.EITHER: OPENLY,
}
"""The closed list of words that make a row open, by what the heading asks."""


@lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """The words and figures of a text, small, with one blank between; misspelt marks as they are meant."""
    return " ".join(map(meant, re.findall(r"[a-z]+|\d+[a-z]?", text.casefold())))


@lru_cache(maxsize=4096)
def meant(word: str) -> str:
    """`exempt` for `exmpt`, and the like; else the word itself."""
    if word in MARKED or len(word) < 5:
        return word
    return next((mark for mark, least in MISSPELT.items() if much_alike(mark, word, least)), word)


@lru_cache(maxsize=4096)
def sense_of(heading: str) -> Sense | None:
    """What a heading asks of rows that may not be public; None for a heading that is about something else.

    A heading that speaks of exempt things in words that are not known is taken for a mark: what it says of a row cannot
    be told, and the row is withheld.
    """
    words = plain_words(heading)
    if PUBLIC.fullmatch(words):
        return Sense.PUBLIC
    if names_both(frozenset(words.split())):
        return Sense.EITHER
    others = set(words.split()) - AROUND - MARKED
    if STRONG.search(words) and not others & ELSEWHERE and "number of" not in words:
        return Sense.PARAGRAPH if BY_LAW.search(words) else Sense.PRIVATE
    return Sense.PRIVATE if WEAK.search(words) and not others else None


def names_both(words: frozenset[str]) -> bool:
    """Do the words of a heading name both what is public and what is not, and nothing else?"""
    return words <= BOTH and bool(words & OPENLY) and bool(words & PRIVATELY)


def speaks_of_exempt(heading: str) -> bool:
    """Is the heading, misspelt or in other words, one for rows that may not be published?"""
    return sense_of(heading) is not None


def said(text: str, sense: Sense) -> str:
    """What a cell under such a heading says of its row: a paragraph's number, `?` for withheld by none that can be
    told, blank for an open row. Only a closed list of words makes a row open.
    """
    word = folded(text)
    if sense is Sense.EITHER:
        word = plain_words(word).removeprefix("part ")
    if word in SAY_OPEN[sense]:
        return ""
    paragraph = PARAGRAPH_GIVEN.fullmatch(word) if sense in (Sense.PARAGRAPH, Sense.PRIVATE) else None
    return paragraph[1] if paragraph and (sense is Sense.PARAGRAPH or SPELT_OUT.search(word)) else UNTOLD


@lru_cache(maxsize=4096)
def marks_itself(text: str, *, faintly: bool = False) -> bool:
    """Does a cell say of itself that its row is not public: “EXEMPT”, “Not for publication: …”, “… (confidential)”?

    `faintly`: words such as “Private” count too, where nothing else says what the column is for.
    """
    label = LABEL.match(text)
    parts = [text, *((label[1] or label[2],) if label else ()), *BRACKETS.findall(text)]
    said = [plain_words(part) for part in parts if len(part) <= LONGEST_MARK]
    return any(SHUT.fullmatch(words) or BEGINS.match(words) or (faintly and FAINT.fullmatch(words)) for words in said)


@lru_cache(maxsize=1024)
def carries(heading: str) -> bool:
    """Is it a column in which a word such as “Private” speaks of the whole row? So is one without a heading."""
    words = frozenset(plain_words(heading).split())
    return not words or bool(words & CARRIERS and words <= CARRIERS | AROUND)


def quotable(text: str) -> str:
    """The text under a mark as a message may quote it: only where all of it is words of marking."""
    words = plain_words(text).split()
    known = AROUND | MARKED | {"open", "none", "nil", "true", "false", "unsure", "tbc"}
    short = all(word in known or len(word) <= 2 for word in words)
    return text[:40] if short else "…"

"""The fence: what rows that may not be public say is looked for in everything that is about to become public.

Looked for are texts of four words and more, and runs of their words; names; references; and amounts of four digits and
more. What is openly known is not looked for: an open record, the wording or the template that says the same is no leak.
Texts are compared word by word, without regard to case, blanks, hyphens and quotation marks. The work grows with the
length of the texts, not with their length times the number of rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import tomli

from pipeline.records import Withheld

Phrase = tuple[str, ...]
WORD = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+")
SENTENCE = re.compile(r"(?<=[.;:!?])\s+|\n")
REFERENCE = re.compile(r"[A-Za-z]{1,8}(?:[-/_.][A-Za-z]{1,8})?[-/_.]?\d{2,}[\w.]*|[A-Z]{2,8} \d{2,}[\w.]*")
WITHIN = re.compile(r"\b[A-Z]{2,8}[-/]\d{2,}\b")
CAPITALS = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
BETWEEN_NAMES = re.compile(r"[/;,&\n]|\band\b")
YEAR = re.compile(r"(?:19|20)\d\d")
LEAST, LONGEST = 4, 8
UNMISTAKABLE = 12
"""So many letters together are met by chance in no two words."""
RUNS: Mapping[int, tuple[int, int]] = {4: (2, 5), 6: (1, 4), 8: (0, 0)}
"""The runs of a longer text that are looked for, by their number of words: how many of these words must be known from
nowhere else, and how long such words are. Shorter runs of common words are met by chance.
"""
NAMES = ("sender", "recipient", "lead", "attended_by", "cleared_by", "name", "body", "short_name")
DULL = ("status_words", "rag", "direction", "section", "text_hash", "time")
"""Fields whose short texts name nothing."""
_LISTS = tomli.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
OFFICES, CALENDAR = (frozenset(_LISTS[name].split()) for name in ("offices", "calendar"))


@dataclass(frozen=True, slots=True)
class Fence:
    """What is looked for: phrases, each with the rows that say it, and the lengths of phrases by their first word."""

    phrases: Mapping[Phrase, Sequence[Withheld]]
    lengths: Mapping[str, Collection[int]]

    def said_in(self, text: str) -> tuple[Withheld, ...]:
        """The withheld rows of which a text says something, each once."""
        said = (each for each in self.matches(words_of(text)) if len(each) > 1 or stands_as_name(each[0], text))
        return tuple({id(row): row for each in said for row in self.phrases[each]}.values())

    def said_run_together_in(self, text: str) -> tuple[Withheld, ...]:
        """The same for a text whose blanks are not to be relied on, as that of a PDF; of long phrases only."""
        said, rows = "".join(words_of(text)), dict[int, Withheld]()
        beginnings: dict[str, list[tuple[str, Phrase]]] = {}
        for phrase in self.phrases:
            if len(run := "".join(phrase)) >= UNMISTAKABLE:
                beginnings.setdefault(run[:UNMISTAKABLE], []).append((run, phrase))
        for start in range(len(said) - UNMISTAKABLE + 1):
            for run, phrase in beginnings.get(said[start : start + UNMISTAKABLE], ()):
                if said.startswith(run, start):
                    rows |= {id(row): row for row in self.phrases[phrase]}
        return tuple(rows.values())

    def matches(self, words: Sequence[str]) -> Iterator[Phrase]:
        """Every phrase among the words."""
        for start, word in enumerate(words):
            for length in self.lengths.get(word, ()):
                phrase = tuple(words[start : start + length])
                if phrase in self.phrases:
                    yield phrase


NO_FENCE = Fence({}, {})


def fence(withheld: Iterable[Withheld], openly: Callable[[], Iterable[str]]) -> Fence:
    """What is to be looked for of withheld rows; `openly` gives the texts of what is openly known, if it is needed."""
    rows = tuple(withheld)
    if not rows:
        return NO_FENCE
    spoken = [words_of(text) for text in openly()]
    known = frozenset(chain.from_iterable(spoken))
    phrases: dict[Phrase, list[Withheld]] = {}
    for row in rows:
        for phrase in dict.fromkeys(phrases_of(row, known)):
            phrases.setdefault(phrase, []).append(row)
    suspected = fence_of(phrases)
    said = {phrase for words in spoken for phrase in suspected.matches(words)}
    return fence_of({phrase: told for phrase, told in phrases.items() if phrase not in said})


def fence_of(phrases: Mapping[Phrase, Sequence[Withheld]]) -> Fence:
    """The fence of these phrases."""
    lengths: dict[str, set[int]] = {}
    for phrase in phrases:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return Fence(phrases, lengths)


def words_of(text: str) -> list[str]:
    """The words and numbers of a text as they are compared: 45,000.00 and 45000 are one."""
    plain = unicodedata.normalize("NFKC", text).replace("\xad", "").casefold()
    return [number(word) if word[0].isdigit() else word for word in WORD.findall(plain)]


def stands_as_name(word: str, text: str) -> bool:
    """Is a single word written as a name, or a number? “Parks” may be a name; “parks” is none."""
    return word[0].isdigit() or any(
        each[0].isupper() and each.casefold() == word for each in WORD.findall(unicodedata.normalize("NFKC", text))
    )


def number(word: str) -> str:
    """A number without commas, and without noughts behind the point."""
    plain = word.replace(",", "")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def phrases_of(row: Withheld, known: Collection[str]) -> Iterator[Phrase]:
    """What is looked for of one row; `known` are the words of what is openly known."""
    dull = {str(getattr(row.record, field, "")).casefold() for field in DULL}
    for text in row.texts.values():
        for each in SENTENCE.split(text):
            yield from of_text(words_of(each), known)
        yield from of_signs(text)
        if text.casefold() not in dull and " " in text:
            yield from of_name(text if text.count(" ") < LEAST - 1 else "", known, least=5)
            for name in (each for each in CAPITALS.findall(text) if " " in each):
                yield from of_name(name, known)
    for field in NAMES:
        for name in BETWEEN_NAMES.split(str(getattr(row.record, field, ""))):
            yield from of_name(name, known)


def of_text(words: Sequence[str], known: Collection[str]) -> Iterator[Phrase]:
    """A text of four words and more: whole, or where it is long the runs of its words."""
    if LEAST <= len(words) <= LONGEST and not all(word in CALENDAR or word[0].isdigit() for word in words):
        yield tuple(words)
    for length, (wanted, long) in RUNS.items():
        new = [len(word) >= long and word not in known and word.isalpha() for word in words]
        for start in range(len(words) - length + 1):
            if sum(new[start : start + length]) >= wanted:
                yield tuple(words[start : start + length])


def of_signs(text: str) -> Iterator[Phrase]:
    """The references and the amounts of a text."""
    for reference in [text] if REFERENCE.fullmatch(text) else WITHIN.findall(text):
        words = words_of(reference)
        if not CALENDAR.intersection(words):
            yield tuple(words)
    for word in words_of(text):
        if word[0].isdigit() and len(word.partition(".")[0]) >= LEAST and not YEAR.fullmatch(word):
            yield (word,)


def of_name(name: str, known: Collection[str], least: int = 3) -> Iterator[Phrase]:
    """A name, unless offices, openly known words and such of fewer letters than `least` are all of it."""
    words = words_of(name)
    new = (word for word in words if len(word) >= least and word.isalpha() and word not in OFFICES | CALENDAR)
    if 0 < len(words) <= LONGEST and any(word not in known for word in new):
        yield tuple(words)

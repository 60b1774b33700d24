"""What of a row that may not be public is looked for in everything that is about to become public, as phrases.

Looked for are texts of four words and more, and runs of their words; names, the surname first or behind an initial or a
title too; references, addresses and long numbers; and amounts of four digits and more, £0.4m as £400,000. What is
openly known is not looked for: an open record, the wording or the template that says the same is no leak. Texts are
compared word by word, without regard to case, accents, blanks, hyphens and quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import tomli

from pipeline.kinds import STANDARD, Withheld
from pipeline.patterns import Pattern

Phrase = tuple[str, ...]
WORD = Pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+")
SENTENCE = Pattern(r"(?<=[.;:!?])\s+|\n")
POSSESSIVE = Pattern(r"(?<=\w)['’]s\b")
SPACED = Pattern(r"(?<=£)\d{1,3}(?: \d{3}){1,4}(?![\d,])")
SCALED = Pattern(
    r"(?:[£€$] ?(\d[\d,]{0,14}(?:\.\d{1,6})?) ?(k|m|mn|bn|thousand|million|billion)"
    r"|(?<![\d.,])(\d[\d,]{0,14}(?:\.\d{1,6})?) ?(thousand|million|billion))\b"
)
SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
REFERENCE = Pattern(r"[A-Za-z]{1,8}(?:[-/_.][A-Za-z]{1,8})?[-/_.]?\d{2,}[\w.]*|[A-Z]{2,8} \d{2,}[\w.]*")
WITHIN = Pattern(
    r"\b[A-Z]{2,8}[-/]\d{2,}\b|\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{3,100}"
)
"""References, national insurance numbers, postcodes and e-mail addresses within a text."""
LONG_NUMBER = Pattern(r"(?<!\d)\d{3,8}(?: \d{3,8}){1,3}(?!\d)")
CAPITALS = Pattern(r"(?:[A-Z](?:\.|[\w’'-]*) ?)+")
"""Words in capitals and initials that stand side by side."""
FULL_NAME = Pattern(r" |(?!^)\.(?!$)")
"""More than one word or initial."""
BETWEEN_NAMES = Pattern(r"[/;,&\n]|\band\b")
YEAR = Pattern(r"(?:19|20)\d\d")
LEAST, LONGEST = 4, 8
UNMISTAKABLE, NUMBER = 12, 9
"""So many letters together are met by chance in no two words; so many letters and digits, six of them digits, too."""
RUNS: Mapping[int, tuple[int, int]] = {4: (2, 5), 6: (1, 4), 8: (0, 0)}
"""The runs of a longer text that are looked for, by their number of words: how many of these words must be known from
nowhere else, and how long such words are. Shorter runs of common words are met by chance.
"""
DULL = {
    name: [each.name for each in kind.fields.values() if each.dull or each.choices or each.words]
    for name, kind in STANDARD.items()
}
"""The fields of each kind of record whose short texts name nothing."""
NAMES = {name: [each.name for each in kind.fields.values() if each.names] for name, kind in STANDARD.items()}
"""The fields that name people and offices."""
_LISTS = tomli.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
OFFICES, CALENDAR, TITLES = (frozenset(_LISTS[name].split()) for name in ("offices", "calendar", "titles"))


def words_of(text: str) -> list[str]:
    """The words and numbers of a text as they are compared: 45,000.00 and 45000 are one."""
    plain = SPACED.sub(lambda found: found[0].replace(" ", ""), POSSESSIVE.sub("", unaccented(text).casefold()))
    return [number(word) if word[0].isdigit() else word for word in WORD.findall(SCALED.sub(unscaled, plain))]


def unaccented(text: str) -> str:
    """A text without accents, and without characters that are not seen."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    return "".join(each for each in plain if each.isascii() or unicodedata.category(each) not in ("Mn", "Cf"))


def unscaled(amount: re.Match[str]) -> str:
    """£0.4m as £400000."""
    figures, scale = (amount[1], amount[2]) if amount[1] else (amount[3], amount[4])
    return f"{Decimal(figures.replace(',', '')).scaleb(SCALES[scale]):f}"


def is_unmistakable(run: str) -> bool:
    """Is a phrase long enough to be told without its blanks?"""
    return len(run) >= UNMISTAKABLE or (len(run) >= NUMBER and sum(map(str.isdigit, run)) >= 6)


def is_meant(phrase: Phrase, text: str) -> bool:
    """Is a phrase met on purpose? A word alone or behind an initial is, as a number or a name: “Parks”, not “parks”."""
    if len(phrase) > 2 or (len(phrase) == 2 and len(phrase[0]) > 1) or phrase[-1][0].isdigit():
        return True
    return any(word[0].isupper() and word.casefold() == phrase[-1] for word in WORD.findall(unaccented(text)))


def number(word: str) -> str:
    """A number without commas, and without noughts behind the point."""
    plain = word.replace(",", "")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def phrases_of(row: Withheld, known: Collection[str]) -> Iterator[Phrase]:
    """What is looked for of one row; `known` are the words of what is openly known."""
    dull = {str(getattr(row.record, field, "")).casefold() for field in DULL.get(row.kind, ())}
    for text in row.texts.values():
        for each in SENTENCE.split(text):
            yield from of_text(words_of(each), known)
        yield from of_signs(text)
        if text.casefold() not in dull and " " in text:
            yield from of_name(text if text.count(" ") < LEAST - 1 else "", known, least=5)
            for name in filter(FULL_NAME.search, map(str.strip, CAPITALS.findall(unaccented(text)))):
                yield from of_name(name, known)
    for field in NAMES.get(row.kind, ()):
        for name in BETWEEN_NAMES.split(str(getattr(row.record, field, ""))):
            yield from of_name(name, known)


def whole_texts(row: Withheld) -> Iterator[Phrase]:
    """The sentences of a row, each whole."""
    for text in row.texts.values():
        yield from (tuple(words_of(sentence)) for sentence in SENTENCE.split(text))


def of_text(words: Sequence[str], known: Collection[str]) -> Iterator[Phrase]:
    """A text of four words and more: whole, or where it is long the runs of its words."""
    if LEAST <= len(words) <= LONGEST and not all(word in CALENDAR or word[0].isdigit() for word in words):
        yield tuple(words)
    for length, (wanted, long) in RUNS.items():
        new = [is_new(word, long, known) for word in words]
        for start in range(len(words) - length + 1):
            if sum(new[start : start + length]) >= wanted:
                yield tuple(words[start : start + length])


def is_new(word: str, least: int, known: Collection[str]) -> bool:
    """Is it a word of so many letters that is not openly known?"""
    return len(word) >= least and word not in known and word.isalpha()


def of_signs(text: str) -> Iterator[Phrase]:
    """The references and the amounts of a text."""
    for reference in [text] if REFERENCE.fullmatch(text) else WITHIN.findall(text):
        words = words_of(reference)
        if not CALENDAR.intersection(words):
            yield tuple(words)
    for figures in map(words_of, LONG_NUMBER.findall(text)):
        if sum(map(len, figures)) >= NUMBER and not all(map(YEAR.fullmatch, figures)):
            yield tuple(figures)
    yield from ((word,) for word in words_of(text) if is_amount(word))


def is_amount(word: str) -> bool:
    """Is it a number of four digits and more, and no year?"""
    return word[0].isdigit() and len(word.partition(".")[0]) >= LEAST and not YEAR.fullmatch(word)


def of_name(name: str, known: Collection[str], least: int = 3) -> Iterator[Phrase]:
    """A name, unless offices, openly known words and such of fewer letters than `least` are all of it."""
    words = words_of(name)
    if 0 < len(words) <= LONGEST and any(
        is_new(word, least, known) for word in words if word not in OFFICES | CALENDAR
    ):
        yield tuple(words)
        if len(words) > 1 and words[-1] not in known:
            yield from of_person(words)


def of_person(words: Sequence[str]) -> Iterator[Phrase]:
    """The other ways of writing a name of two or three words, if it is a person's."""
    given, last = [word for word in words[:-1] if word not in TITLES], words[-1]
    if len(words) > 3 or len(last) < LEAST or not all(map(str.isalpha, words)) or last in OFFICES | CALENDAR:
        return
    if given:
        yield (*given, last)
        yield (last, *given)
        if given[0][0] not in "ai":
            yield (given[0][0], last)
    yield from ((title, last) for title in TITLES)

"""The fence: what rows say that may not be public, today or earlier, is looked for in what is about to become public.

Of today's rows the phrases themselves are known. Of what was withheld once, and stands in no file any more, only hashes
are, keyed by a secret file of the report's: with that a phrase can be known again, without it none can be guessed.
What a person let stand, in one text, is let through in that text alone. More rows cost no more.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate, chain, groupby

from pipeline.kinds import Withheld
from pipeline.publish.phrases import NUMBER, Phrase, is_meant, is_unmistakable, phrases_of, whole_texts, words_of

BEGIN = 6
"""The digits of the hash of a phrase's first word."""
SIX = 6
"""The words of the runs that are remembered of a longer text."""


def sign_of(key: bytes, words: Sequence[str]) -> str:
    """A phrase by its hash under a key (HMAC-SHA-256), with its number of words, and that of its first word before it:
    so that of a paper only runs that begin like one of them need be hashed.
    """
    return f"{hash_of(key, words[:1])[:BEGIN]}-{len(words)}-{hash_of(key, words)[:16]}"


def hash_of(key: bytes, words: Sequence[str]) -> str:
    """The hash of words under a key."""
    return hmac.digest(key, " ".join(words).encode(), "sha256").hex()


@dataclass(frozen=True)
class Remembered:
    """What was withheld once: the rows, known by where they stood, by the signs of what they said under the `key`."""

    key: bytes = b""
    rows: Mapping[str, Withheld] = field(default_factory=dict)

    def without(self, signs: Collection[str]) -> Remembered:
        """The same without some of it."""
        return Remembered(self.key, {sign: row for sign, row in self.rows.items() if sign not in signs})

    def matches(self, words: Sequence[str]) -> Iterator[Phrase]:
        """Every phrase among the words that was withheld once."""
        for start, word in enumerate(words if self.rows else ()):
            for length in self.lengths_from(word):
                phrase = tuple(words[start : start + length])
                if len(phrase) == length and sign_of(self.key, phrase) in self.rows:
                    yield phrase

    @cached_property
    def lengths_from(self) -> Callable[[str], Collection[int]]:
        """The lengths of the phrases that may begin with a word; hashed once, however often it is met."""
        lengths = self.lengths
        return cache(lambda word: lengths.get(hash_of(self.key, (word,))[:BEGIN], ()))

    @cached_property
    def lengths(self) -> Mapping[str, Collection[int]]:
        """The lengths of the phrases by the hash of their first word."""
        found: dict[str, set[int]] = {}
        for first, length, _ in (sign.split("-") for sign in self.rows):
            found.setdefault(first, set()).add(int(length))
        return found


@dataclass(frozen=True)
class Fence:
    """What is looked for: phrases, each with the rows that say it, and what was withheld once. `let_stand` has what a
    person let stand: signs of phrases by the sign of the text in which they do.
    """

    phrases: Mapping[Phrase, Sequence[Withheld]]
    remembered: Remembered = field(default_factory=Remembered)
    let_stand: Mapping[str, Collection[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.phrases or self.remembered.rows)

    def said_in(self, *texts: str) -> tuple[Withheld, ...]:
        """The withheld rows of which any of the texts says something, each once."""
        return self.rows_of(phrase for text in texts for phrase in self.found_in(text))

    def found_in(self, text: str) -> Iterator[Phrase]:
        """What a text says of them, but for what a person let stand in a paragraph of it."""
        for part, let in self.parts_of(text):
            words = words_of(part)
            for phrase in chain(self.matches(words), self.remembered.matches(words)):
                if is_meant(phrase, part) and not (let and self.sign(phrase) in let):
                    yield phrase

    def parts_of(self, text: str) -> Iterator[tuple[str, Collection[str]]]:
        """Each paragraph in which a person let something stand, with the signs of that; and all the others, as one."""
        others = []
        for line in text.split("\n") if self.let_stand else [text]:
            if let := self.let_stand.get(self.sign(words_of(line))) if self.let_stand else None:
                yield line, let
            else:
                others.append(line)
        yield "\n".join(others), ()

    def sign(self, words: Sequence[str]) -> str:
        """By what a phrase or a text is known again without being kept."""
        return sign_of(self.remembered.key, words)

    def said_run_together_in(self, text: str) -> tuple[Withheld, ...]:
        """The same for a text whose blanks are not to be relied on, as that of a PDF; of long phrases only."""
        said = "".join(words_of(text))
        return self.rows_of(self.run_together(said, range(len(said)), range(len(said) + 1)))

    def without_what_stands(self) -> Fence:
        """The same without all that a person let stand anywhere: for a file made from one that was looked through."""
        let = frozenset(chain.from_iterable(self.let_stand.values()))
        phrases = {phrase: rows for phrase, rows in self.phrases.items() if not let or self.sign(phrase) not in let}
        return Fence(phrases, self.remembered.without(let))

    def rows_of(self, phrases: Iterable[Phrase]) -> tuple[Withheld, ...]:
        """The rows that say any of the phrases, each once: today's, else that which did once."""
        known = (self.phrases.get(phrase) or [self.remembered.rows[self.sign(phrase)]] for phrase in phrases)
        return tuple({id(row): row for rows in known for row in rows}.values())

    def matches(self, words: Sequence[str]) -> Iterator[Phrase]:
        """Every phrase among the words, and every long one among them where they are parted or joined elsewhere."""
        for start, word in enumerate(words):
            for length in self.lengths.get(word, ()):
                phrase = tuple(words[start : start + length])
                if phrase in self.phrases:
                    yield phrase
        bounds = [0, *accumulate(map(len, words))]
        yield from self.run_together("".join(words), bounds[:-1], frozenset(bounds))

    def run_together(self, said: str, starts: Iterable[int], ends: Collection[int]) -> Iterator[Phrase]:
        """The long phrases in a text without blanks that begin and end at given places."""
        for start in starts:
            for run in self.beginnings.get(said[start : start + NUMBER], ()):
                if start + len(run) in ends and said.startswith(run, start):
                    yield self.runs[run]

    @cached_property
    def lengths(self) -> Mapping[str, Collection[int]]:
        """The lengths of the phrases by their first word."""
        found: dict[str, set[int]] = {}
        for phrase in self.phrases:
            found.setdefault(phrase[0], set()).add(len(phrase))
        return found

    @cached_property
    def runs(self) -> Mapping[str, Phrase]:
        """The long phrases, by their letters without blanks."""
        return {run: phrase for phrase in self.phrases if is_unmistakable(run := "".join(phrase))}

    @cached_property
    def beginnings(self) -> Mapping[str, Sequence[str]]:
        """Those, by how they begin."""
        return {start: [*runs] for start, runs in groupby(sorted(self.runs), key=lambda run: run[:NUMBER])}

    def to_remember(self) -> Mapping[str, Withheld]:
        """The signs of what is to be known again once no file has it, each with the row that says it: texts, names,
        references and amounts whole, of a longer text its runs of six words.
        """
        whole = {id(row): frozenset(whole_texts(row)) for rows in self.phrases.values() for row in rows}
        runs = (SIX - 2, SIX + 2)
        lasting = (
            (phrase, row)
            for phrase, rows in self.phrases.items()
            for row in rows
            if len(phrase) not in runs or phrase in whole[id(row)]
        )
        return {self.sign(phrase): row for phrase, row in lasting}


NO_FENCE = Fence({})


def fence_round(
    withheld: Iterable[Withheld],
    openly: Callable[[], Iterable[str]],
    remembered: Remembered | None = None,
    let_stand: Mapping[str, Collection[str]] | None = None,
) -> Fence:
    """What is to be looked for of withheld rows and of what was withheld once; `openly` gives the texts of what is
    openly known, if it is needed: what stands there is looked for nowhere.
    """
    rows, once = tuple(withheld), remembered or Remembered()
    if not (rows or once.rows):
        return NO_FENCE
    spoken = [words_of(text) for text in openly()]
    known = frozenset(chain.from_iterable(spoken))
    phrases: dict[Phrase, list[Withheld]] = {}
    for row in rows:
        for phrase in dict.fromkeys(phrases_of(row, known)):
            phrases.setdefault(phrase, []).append(row)
    suspected = Fence(phrases, once)
    said = {phrase for words in spoken for phrase in suspected.matches(words)}
    open_by_now = {sign_of(once.key, phrase) for words in spoken for phrase in once.matches(words)}
    closed = {phrase: told for phrase, told in phrases.items() if phrase not in said}
    return Fence(closed, once.without(open_by_now), let_stand or {})

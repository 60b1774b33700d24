"""Text compared word by word: what is the same, what changed, whether two people's changes can stand together, and how
alike two texts are.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pipeline.patterns import Pattern

TOKEN = Pattern(r"\[\[\w+\]\]|\w+(?:[.,:/]\w+)*%?|\s+|[^\w\s]")
_FIGURE = Pattern(
    r"\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|thousand|million|first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven"
    r"|twelf|\w+teen|\w+tie|hundred|thousand)th)$",
    re.IGNORECASE,
)
_SENTENCE_ENDS = frozenset(".?!;")
# What Word changes by itself while somebody types: quotation marks, dashes, spaces that do not break.
_AUTOCORRECTED = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00ad": None, "\u200b": None}
)
_WORDS_BETWEEN = 2
_PHRASE = 6
"""So many words are no sentence: the first is a name if it has a capital."""
_LONG = 4000
_COMMON, _FEW, _MOSTLY = 12, 4, 0.8


class Edit(NamedTuple):
    """A change to a text: characters `start` to `end` become `text`."""

    start: int
    end: int
    text: str


class Change(NamedTuple):
    """Tokens `start` to `end` of one text become the tokens `new` (which are `first` to `last` of the other)."""

    start: int
    end: int
    new: tuple[str, ...]
    first: int
    last: int


def normalised(text: str) -> str:
    """The text as it is compared: one space for any white space, plain quotation marks and hyphens."""
    return " ".join(text.translate(_AUTOCORRECTED).split())


def as_compared(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts as they are compared with others."""
    return tuple(map(normalised, texts))


def line(texts: Iterable[str]) -> str:
    """The texts of a block in one line: of a row, its cells."""
    return " | ".join(texts)


def tokens(text: str) -> list[str]:
    """Words, figures (`1,250.50`, `97%`), references, punctuation marks and stretches of white space, in order."""
    return TOKEN.findall(text)


def words(text: str) -> list[str]:
    """The tokens of the normalised text without white space."""
    return [token for token in tokens(normalised(text)) if not token.isspace()]


def _comparable(token: str) -> str:
    return " " if token.isspace() else token.translate(_AUTOCORRECTED)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(old) * len(new) > _LONG * _LONG:
        return [("replace", 0, len(old), 0, len(new))]
    return difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def changes(old: Sequence[str], new: Sequence[str], *, exact: bool = False) -> list[Change]:
    """The fewest token changes from `old` to `new`; changes with only white space between them are one.

    Unless `exact`, quotation marks, dashes and white space are the same in whatever form.
    """
    same_old, same_new = (list(old), list(new)) if exact else (list(map(_comparable, old)), list(map(_comparable, new)))
    found: list[tuple[int, int, int, int]] = []
    for kind, i1, i2, j1, j2 in _opcodes(same_old, same_new):
        if kind == "equal":
            continue
        if found and not "".join(same_old[found[-1][1] : i1]).strip():
            found[-1] = (found[-1][0], i2, found[-1][2], j2)
        else:
            found.append((i1, i2, j1, j2))
    return [Change(i1, i2, tuple(new[j1:j2]), j1, j2) for i1, i2, j1, j2 in found]


def offsets(parts: Sequence[str]) -> list[int]:
    """Where each token starts, in characters, and at the end where the last one ends."""
    places = [0]
    for part in parts:
        places.append(places[-1] + len(part))
    return places


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """The changes that turn `old` into `new`, word by word, in order."""
    before = tokens(old)
    at = offsets(before)
    return tuple(Edit(at[c.start], at[c.end], "".join(c.new)) for c in changes(before, tokens(new)))


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with these edits made."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def similarity(one: Sequence[str], other: Sequence[str], least: float = 0.0) -> float:
    """How alike two lists of words are, 0 to 1. Below `least` the answer may be 0: it is not worked out."""
    if not one or not other:
        return float(not one and not other)
    total = len(one) + len(other)
    bound = 2 * sum((Counter(one) & Counter(other)).values()) / total
    if bound < least or len(one) * len(other) > _LONG * _LONG:
        return bound if bound >= least else 0.0
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def values(text: str) -> frozenset[str]:
    """The words of a text that say most: figures, and names, which a capital tells but at the start of a sentence."""
    found = words(text)
    before = ["." if len(found) > _PHRASE else "", *found]
    names = {
        word for word, ahead in zip(found, before, strict=False) if word[0].isupper() and ahead not in _SENTENCE_ENDS
    }
    return frozenset(names.union(word for word in found if _FIGURE.search(word) and not word.startswith("[[")))


def _has_figure(parts: Sequence[str]) -> bool:
    return any(_FIGURE.search(part) for part in parts)


def token_changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Every change of tokens from `old` to `new` by itself, whatever lies between it and the next."""
    codes = _opcodes(list(map(_comparable, old)), list(map(_comparable, new)))
    return [Change(i1, i2, tuple(new[j1:j2]), j1, j2) for kind, i1, i2, j1, j2 in codes if kind != "equal"]


def clash(base: Sequence[str], theirs: Change, ours: Change) -> bool:
    """Whether two changes are too near each other to be combined: nobody may read a value that neither side wrote."""
    first, second = sorted((theirs, ours), key=lambda c: (c.start, c.end))
    between = base[first.end : second.start]
    if first.end > second.start or sum(not part.isspace() for part in between) < _WORDS_BETWEEN:
        return True
    if any(part in _SENTENCE_ENDS for part in between):
        return False
    return all(_has_figure([*base[c.start : c.end], *c.new]) for c in (theirs, ours))


def _same(one: Change, other: Change) -> bool:
    return (one.start, one.end, one.new) == (other.start, other.end, other.new)


def three_way(base: str, theirs: str, ours: str) -> tuple[Edit, ...] | None:
    """Our changes to `base` as edits of *their* text; None where any of them lies too near one of theirs.

    Too near: overlapping, fewer than two words apart, or both about figures within one sentence.
    """
    before, officer = tokens(base), tokens(theirs)
    edited = changes(before, officer)
    wanted = [ours for ours in changes(before, tokens(ours)) if not any(_same(ours, their) for their in edited)]
    if any(clash(before, their, our) for their in edited for our in wanted):
        return None
    at, placed = offsets(officer), []
    for change in wanted:
        shift = sum((t.last - t.first) - (t.end - t.start) for t in edited if t.end <= change.start)
        placed.append(Edit(at[change.start + shift], at[change.end + shift], "".join(change.new)))
    return tuple(placed)


def took(base: str, theirs: str, ours: str) -> bool:
    """Whether every word that we changed in `base` is changed in their text too, which holds the new value there and
    not the old; what else they changed does not matter.
    """
    before, officer, wanted = words(base), words(theirs), words(ours)
    edited = [code[1:] for code in _opcodes(before, officer) if code[0] != "equal"]
    changed = [code[1:] for code in _opcodes(before, wanted) if code[0] != "equal"]
    return all(
        any(
            first <= start and end <= last and _replaces(officer[at:to], before[start:end], wanted[new:newer])
            for first, last, at, to in edited
        )
        for start, end, new, newer in changed
    )


def _replaces(there: Sequence[str], old: Sequence[str], new: Sequence[str]) -> bool:
    return _holds(there, new) and not (old and _holds(there, old))


def _holds(there: Sequence[str], part: Sequence[str]) -> bool:
    return any(list(there[n : n + len(part)]) == list(part) for n in range(len(there) - len(part) + 1))


class Likeness:
    """Compares normalised texts; remembers their words."""

    def __init__(self) -> None:
        self.bags: dict[str, list[str]] = {}

    def bag(self, text: str) -> list[str]:
        """The words of a text."""
        if text not in self.bags:
            self.bags[text] = words(text)
        return self.bags[text]

    def __call__(self, one: str, other: str, least: float = 0.0) -> float:
        """0 to 1: the share of words that the two have in common, in order."""
        return 1.0 if one == other else similarity(self.bag(one), self.bag(other), least)

    def contains(self, whole: str, part: str) -> bool:
        """Whether most words of `part` stand in `whole`."""
        bag = self.bag(part)
        common = (Counter(bag) & Counter(self.bag(whole))).total()
        return part in whole or (len(bag) > _FEW and common >= _MOSTLY * len(bag))

    def likely_among(self, texts: Sequence[str]) -> Callable[[str], list[int]]:
        """What finds, for a text, the numbers of the few among `texts` that share most of its rare words."""
        holders: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for word in set(self.bag(text)):
                holders[word].append(number)

        def likely(text: str) -> list[int]:
            rare = (holders.get(word, ()) for word in set(self.bag(text)))
            shared = Counter(number for found in rare if len(found) <= _COMMON for number in found)
            return [number for number, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_FEW]]

        return likely

"""What an office should find in its paper: an oracle that reads no ledger, and knows only what people and facts did.

A paper is looked at as paragraphs and rows. Each of the board's values, and each word that somebody typed in the place
of one, is a word of its own, so that it can be told of any text on which facts it rests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.chance.board import MADE_UP, Row

SLOTS = ("first", "last")
Slot = tuple[int, str]
"""The number of a row, and which of its two values."""


@dataclass(frozen=True)
class Unit:
    """A paragraph or row: the made-up words that a reader sees, and whether tracked changes wait in it."""

    words: frozenset[str]
    waits: bool = False


@dataclass(frozen=True)
class History:
    """`values` are all that the rows ever had, with whose they are; `printed` those that a draft printed, and `secret`
    those that a build read as withheld and that are not open. `saw`: on which value rests a word that somebody typed in
    its place. `kept`: the words that a person let stand on record, with the values of the facts against which.
    `typed_old`: values typed by hand after they were no longer so. `renamed`: rows whose reference was corrected, which
    the paper may take for another row's: then it has no facts against which to keep anything.
    """

    values: Mapping[str, Slot] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()
    secret: frozenset[str] = frozenset()
    saw: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[tuple[frozenset[str], frozenset[str]]] = frozenset()
    typed_old: frozenset[str] = frozenset()
    renamed: frozenset[int] = frozenset()

    def of_row(self, number: int) -> frozenset[str]:
        """All values that a row ever had."""
        return frozenset(value for value, (row, _) in self.values.items() if row == number)

    def at(self, slot: Slot) -> frozenset[str]:
        """All that ever stood in a place: its values, and the words typed over them."""
        values = {value for value, home in self.values.items() if home == slot}
        return frozenset(values | {word for word, value in self.saw.items() if value in values})

    def rests_on(self, word: str) -> str:
        """The value that a word in its place rests on: itself for a value, blank for a word typed elsewhere."""
        return word if word in self.values else self.saw.get(word, "")


def called(history: History, number: int, row: Row) -> History:
    """The files give these values for a row from now on."""
    return replace(history, values={**history.values, row.first: (number, "first"), row.last: (number, "last")})


def renamed(history: History, number: int) -> History:
    """Somebody corrected the reference of a row."""
    return replace(history, renamed=history.renamed | {number})


def typed_over(history: History, word: str, old: str) -> History:
    """Somebody typed a word in place of a value, or of a word in its place."""
    return replace(history, saw={**history.saw, word: history.rests_on(old)})


def typed_again(history: History, value: str) -> History:
    """Somebody typed a value that is no longer so."""
    return replace(history, typed_old=history.typed_old | {value})


def kept(history: History, facts: Iterable[str], words: Iterable[str]) -> History:
    """A person let these words stand against these facts, on record."""
    return replace(history, kept=history.kept | {(made_up_in(facts), made_up_in(words))})


def forgot(history: History) -> History:
    """What people settled is on record no longer."""
    return replace(history, kept=frozenset())


def built(history: History, rows: Sequence[Row]) -> History:
    """A build read the rows, and printed what is open."""
    open_ = {value for row in rows if row.is_called_for for value in (row.first, row.last)}
    secret = {value for n, row in enumerate(rows) if row.is_withheld for value in history.of_row(n)}
    shown = {value for row in rows if not row.is_withheld for value in (row.first, row.last)}
    return replace(
        history,
        printed=history.printed | open_,
        secret=(history.secret | (secret & (history.printed | here(rows)))) - shown,
    )


def here(rows: Iterable[Row]) -> frozenset[str]:
    """The values that stand in the files, open or not."""
    return frozenset(value for row in rows if row.there for value in (row.first, row.last))


def made_up_in(texts: Iterable[str]) -> frozenset[str]:
    """The made-up words of some texts."""
    return frozenset(word for text in texts for word in MADE_UP.findall(text))


def now(rows: Sequence[Row]) -> Mapping[Slot, str]:
    """What the paper is to say in each place; nothing for a row that it has no call for."""
    return {(n, slot): getattr(row, slot) for n, row in enumerate(rows) if row.is_called_for for slot in SLOTS}


def faults(
    history: History, rows: Sequence[Row], units: Iterable[Unit], differences: Collection[frozenset[str]] = ()
) -> Iterator[tuple[str, str]]:
    """What is wrong with a paper, by the word: what is withheld; a value of the past, or words that rest on one, of
    which no difference tells. `differences`: the made-up words of each, with those of its facts.
    """
    wanted = now(rows)
    for unit in units:
        for word in unit.words & history.secret or unit.words:
            about = {word, history.rests_on(word)}
            if unit.waits or any(about & words for words in differences) or is_kept(history, wanted, word):
                continue
            if word in history.secret:
                yield "withheld", word
            elif word in history.printed and wanted.get(history.values[word]) != word:
                yield "stale", word
            elif rests_on_the_past(history, wanted, unit, word):
                yield "rests on what is no longer so", word


def rests_on_the_past(history: History, wanted: Mapping[Slot, str], unit: Unit, word: str) -> bool:
    """Was a word typed in place of a value that is no longer so, and does the value of today not stand beside it?"""
    value = history.saw.get(word, "")
    today = wanted.get(history.values[value], "") if value else ""
    return bool(value) and value != today and today not in unit.words


def is_kept(history: History, wanted: Mapping[Slot, str], word: str) -> bool:
    """Does a person on record let a word stand against these very facts?"""
    value = history.rests_on(word)
    number = history.values[value][0] if value else -1
    facts = facts_of(wanted, number)
    without = number in history.renamed
    return any(word in words and (against == facts or (without and not against)) for against, words in history.kept)


def facts_of(wanted: Mapping[Slot, str], number: int) -> frozenset[str]:
    """What the paper is to say of a row."""
    return frozenset(text for (row, _), text in wanted.items() if row == number)


def is_settled(history: History, rows: Sequence[Row], number: int) -> bool:
    """Did a person let any words stand against what the files say of a row?"""
    facts = facts_of(now(rows), number)
    return any(against == facts for against, _ in history.kept)

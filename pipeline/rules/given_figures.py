"""The figures that a paper's facts give, each with its cell, and those that the last paper gave in their places."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from pipeline.blocks import WORDING, Context, Row, Table
from pipeline.dates import MONTHS
from pipeline.formats import words
from pipeline.problems import NOWHERE, Place
from pipeline.rules.passages import Passage
from pipeline.rules.written_dates import mentions, sentences_of
from pipeline.rules.written_figures import Figure, figures

_WORD = re.compile(r"[a-z]{4,}")
_COMMON = frozenset(
    ("from", "with", "that", "this", "have", "been", "were", "will", "which", "there", "their", "over", "cost", "costs",
     "spent", "spend", "total", "budget", "complete", "cent")
)  # fmt: skip
"""Words that any sentence with figures may have."""
_MEASURED = ("amount", "percentage")
_SIGNS = frozenset("£%")
_DAYS = 3
_MONTH_NAMES = frozenset(month.lower() for month in MONTHS)


class Known(NamedTuple):
    """A figure that the paper gives by its facts: the words beside it, and the cell that it rests on."""

    figure: Figure
    words: frozenset[str]
    place: Place


class KnownDay(NamedTuple):
    """A day that the paper names by its facts: the words beside it, and the cell that it rests on."""

    day: dt.date
    words: frozenset[str]
    place: Place

    def is_near(self, day: dt.date) -> bool:
        """Is it the other but for a slip: three days at the most in the same month, or the same day of another year?"""
        same_month = (day.year, day.month) == (self.day.year, self.day.month)
        same_day = (day.month, day.day) == (self.day.month, self.day.day)
        return day != self.day and (
            (same_month and abs(day - self.day).days <= _DAYS) or (same_day and day != self.day)
        )


class Given(NamedTuple):
    """What a paper's facts give `now`; and what the last paper gave in the same places and is `gone`, each figure with
    the one that stands there now.
    """

    now: tuple[Known, ...] = ()
    gone: tuple[tuple[Figure, Known], ...] = ()
    days: tuple[KnownDay, ...] = ()

    def has(self, figure: Figure) -> bool:
        """Does the paper give this figure, of the same thing where it counts or numbers one?"""
        return any(known.figure.name == figure.name and known.figure.gives(figure) for known in self.now)

    def in_place_of(self, figure: Figure, words: frozenset[str]) -> Known | None:
        """What stands now where the last paper had this figure; None where it had not, or the paper has it still."""
        for was, now in self.gone:
            about = now.words & words if figure.kind in _MEASURED else was.name == figure.name
            if about and was.gives(figure) and not self.has(figure):
                return now
        return None

    def same(self, figure: Figure) -> list[Known]:
        """The paper's figures of what this one counts."""
        return [known for known in self.now if known.figure.kind == figure.kind and known.figure.name == figure.name]


def words_of(text: str) -> frozenset[str]:
    """The words of a text that say what it is about."""
    return frozenset(_WORD.findall(text.lower())) - _COMMON


def given(
    passages: Iterable[Passage],
    context: Context,
    cells: Iterable[tuple[Row, Collection[str]]],
    groups: Collection[str],
    before: Mapping[str, str],
) -> Given:
    """The figures of a paper's own `passages`, of its tables, of which the different things in the columns `groups` are
    counted, and of the `cells` that it prints of their rows; `before` has the texts of the last paper's blocks.
    """
    own = tuple(passages)
    told = {passage.key: tuple(_of_passage(passage)) for passage in own}
    tables = [block for section in context.sections.values() for block in section if isinstance(block, Table)]
    rows = {row.key: tuple(_of_row(row, names)) for row, names in cells}
    counts = chain.from_iterable(_counts(table, groups) for table in tables)
    by_key = {**told, **rows}
    gone = chain.from_iterable(_gone(figures(before.get(key, "")), now) for key, now in by_key.items())
    days = chain.from_iterable(map(_days_of, own))
    return Given((*chain.from_iterable(by_key.values()), *counts), tuple(gone), tuple(days))


def _of_passage(passage: Passage) -> Iterator[Known]:
    about = words_of(passage.text)
    for figure in figures(passage.text):
        yield Known(figure, about, _place_of(figure.start, figure.text, passage))


def _days_of(passage: Passage) -> Iterator[KnownDay]:
    for sentence in sentences_of(passage.text):
        about = words_of(sentence) - _MONTH_NAMES
        for date in mentions(sentence):
            if date.first and date.first == date.last:
                at = passage.text.find(sentence) + date.start
                yield KnownDay(date.first, about, _place_of(at, date.text, passage))


def _place_of(start: int, words: str, passage: Passage) -> Place:
    """The cell of the fact that gives these words of a passage, which stand there, else of its sentence."""
    facts = (fact for fact in passage.facts if fact.sources and fact.overlaps(start, start + len(words)))
    return next((fact.sources[0] for fact in facts if fact.how != WORDING), passage.place(""))


def _of_row(row: Row, names: Iterable[str]) -> Iterator[Known]:
    """The amounts and percentages of a row's cells, which is about what its other cells say."""
    said = {name: row.values[name] for name in names}
    texts = {name: text for name, text in said.items() if not _SIGNS.isdisjoint(text)}
    if texts:
        about = words_of(" ".join(said.values()))
        for name, text in texts.items():
            measured = [figure for figure in figures(text) if figure.kind in _MEASURED]
            place = _cell_of([row], name) if measured else NOWHERE
            yield from (Known(figure, about, place) for figure in measured)


def _cell_of(rows: Iterable[Row], name: str) -> Place:
    """The first cell that a field of some rows rests on."""
    facts = (row.facts.get(name) for row in rows)
    return next((fact.sources[0] for fact in facts if fact and fact.sources), NOWHERE)


def _counts(table: Table, groups: Collection[str]) -> Iterator[Known]:
    """How many different things a table is about: six areas."""
    for name in groups:
        rows = {text: row for row in reversed(table.rows) if (text := row.values.get(name))}
        if len(rows) > 1:
            figure = Figure("count", f"{words(len(rows))} {name}s", 0, Decimal(len(rows)), name=f"{name}s")
            yield Known(figure, frozenset(), _cell_of(rows.values(), name))


def _gone(was: Iterable[Figure], now: tuple[Known, ...]) -> Iterator[tuple[Figure, Known]]:
    """The figures that a block had and has no more, each with the one of the same kind and thing that it has now."""
    for figure in was:
        like = [known for known in now if (known.figure.kind, known.figure.name) == (figure.kind, figure.name)]
        if len(like) == 1 and not like[0].figure.gives(figure):
            yield figure, like[0]

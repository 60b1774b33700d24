"""Facts: what wording may ask of a record, each answer leaving a trace of the cells it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.kinds import Record
from pipeline.problems import NOWHERE, Place


class Answer(NamedTuple):
    """A value, the cells behind it, and how it was worked out."""

    value: object
    sources: tuple[Place, ...] = ()
    how: str = ""


class Derived(NamedTuple):
    """A field that follows from a record and what else is known: its value, what it rests on, how it is worked out."""

    value: Callable[[Any], object]
    sources: Callable[[Any], tuple[Place, ...]]
    how: Callable[[Any], str] = lambda _: ""


def cells(*names: str) -> Callable[[Record], tuple[Place, ...]]:
    """Says of a record where these fields of its own stand."""
    return lambda record: tuple([record.place(name) for name in names])


class Answers(Mapping[str, Answer]):
    """A record's own fields, and what follows from them, which goes before.

    Each is answered when it is asked for: most fields of most rows never are.
    """

    __slots__ = ("_derived", "_record")

    def __init__(self, record: Record, derived: Mapping[str, Derived]) -> None:
        self._record, self._derived = record, derived

    def value(self, name: str) -> object:
        """The value alone; raises KeyError where there is no such field."""
        if derived := self._derived.get(name):
            return derived.value(self._record)
        if name in self._record.unasked:
            raise KeyError(name)
        return self._record.values[name]

    def __getitem__(self, name: str) -> Answer:
        return Answer(self.value(name), *self.behind(name))

    def behind(self, name: str) -> tuple[tuple[Place, ...], str]:
        """The cells that a field's value rests on and how it was worked out, without the value."""
        derived = self._derived.get(name)
        if derived is None:
            return (self._record.place(name),), ""
        return derived.sources(self._record), derived.how(self._record)

    def __iter__(self) -> Iterator[str]:
        return (
            each for each in dict.fromkeys((*self._record.values, *self._derived)) if each not in self._record.unasked
        )

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Trace:
    """Remembers which cells were asked for since it was last emptied."""

    def __init__(self) -> None:
        self.places: dict[Place, None] = {}
        self.hows: dict[str, None] = {}
        self.blanks: dict[Place, str] = {}

    def note(self, answer: Answer) -> None:
        """One more answer was given."""
        self.places.update(dict.fromkeys(answer.sources))
        if answer.how:
            self.hows[answer.how] = None

    def take(self) -> tuple[tuple[Place, ...], str]:
        """All places and reckonings since last time, in the order they were met; forgets them."""
        taken = tuple(self.places), "; ".join(self.hows)
        self.places, self.hows = {}, {}
        return taken

    def note_blank(self, name: str, answer: Answer) -> None:
        """A field was asked for, and nothing stands in its cell."""
        if answer.sources and answer.sources[-1] != NOWHERE:
            self.blanks[answer.sources[-1]] = name

    def take_blanks(self) -> dict[Place, str]:
        """The blank cells asked for since last time, each with its field's name; forgets them."""
        taken, self.blanks = self.blanks, {}
        return taken


class Facts:
    """One record as wording sees it: fields only. Nothing here can be called, and nothing else can be reached."""

    __slots__ = ("_answers", "_key", "_kind", "_trace")

    def __init__(self, kind: str, key: str, answers: Mapping[str, Answer], trace: Trace) -> None:
        self._kind, self._key, self._answers, self._trace = kind, key, answers, trace

    def __getattr__(self, name: str) -> object:
        try:
            answer = self._answers[name]
        except KeyError:
            raise AttributeError(name) from None
        self._trace.note(answer)
        if answer.value is None or answer.value in ("", ()):
            self._trace.note_blank(name, answer)
        return answer.value

    def __str__(self) -> str:
        return f"[{self._kind}]"


def kind_of(facts: Facts) -> str:
    """What a sentence calls one of these: `letter`, `workshop`, `action`..."""
    return facts._kind


def key_of(facts: Facts) -> str:
    """The record's lasting name."""
    return facts._key


def told(facts: Facts) -> Iterator[tuple[str, object]]:
    """Every field with its value alone, without leaving a trace."""
    answers = facts._answers
    for name in answers:
        yield name, answers.value(name) if isinstance(answers, Answers) else answers[name].value


def answers_of(facts: Facts) -> Mapping[str, Answer]:
    """Every field that may be asked for, without leaving a trace."""
    return facts._answers


def value_of(facts: Facts, name: str) -> object:
    """A field's value alone, without leaving a trace; raises KeyError where there is no such field."""
    answers = facts._answers
    return answers.value(name) if isinstance(answers, Answers) else answers[name].value


def plain(facts: Facts, name: str) -> object:
    """The same; None where there is no such field."""
    try:
        return value_of(facts, name)
    except KeyError:
        return None


class Items(list[Facts]):
    """A list as wording sees it: to count it is to rest on every one of its records."""

    def __init__(self, items: Iterable[Facts], trace: Trace) -> None:
        super().__init__(items)
        self._trace = trace

    def __bool__(self) -> bool:
        return super().__len__() > 0

    def __len__(self) -> int:
        for item in self:
            self._trace.note(Answer(None, next((each.sources for each in answers_of(item).values()), ())))
        return super().__len__()

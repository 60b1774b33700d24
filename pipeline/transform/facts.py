"""Facts: what wording may ask of a record, each answer leaving a trace of the cells it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.problems import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, the cells behind it, and how it was worked out. A callable value is worked out when asked for."""

    value: object
    sources: tuple[Place, ...] = ()
    how: str = ""


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
        answer = self._answers.get(name)
        if answer is None:
            raise AttributeError(name)
        self._trace.note(answer)
        value = answer.value() if callable(answer.value) else answer.value
        if value is None or value in ("", ()):
            self._trace.note_blank(name, answer)
        return value

    def __str__(self) -> str:
        return f"[{self._kind}]"


def kind_of(facts: Facts) -> str:
    """What a sentence calls one of these: `letter`, `workshop`, `action`..."""
    return facts._kind


def key_of(facts: Facts) -> str:
    """The record's lasting name."""
    return facts._key


def answers_of(facts: Facts) -> Mapping[str, Answer]:
    """Every field that may be asked for, without leaving a trace."""
    return facts._answers


def plain(facts: Facts, name: str) -> object:
    """A field's value without leaving a trace; None where there is no such field."""
    answer = facts._answers.get(name)
    if answer is None:
        return None
    return answer.value() if callable(answer.value) else answer.value


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

"""The world of one paper: records, names and dates, each made when it is asked for, with a trace of the cells asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from pipeline.bounds import OutOfBounds
from pipeline.formats import Formats
from pipeline.language.types import Code, Finding, Frame, Type
from pipeline.problems import NOWHERE, Place

LOOKED_AT = 2_000_000
"""Records that all expressions of one paper may look at: a table of 10,000 rows, each beside 200 others."""
DEEPEST = 40
"""Records that a field may lead through, one from another: some 500 calls of Python, which stops at 1,000."""
BLANKS = (None, "", ())


class Definition(NamedTuple):
    """A list or a derived field, ready to be worked out in a frame of so many slots, or what is wrong with it.

    `of` is the list that it narrows.
    """

    code: Code
    slots: int = 0
    of: str = ""
    findings: tuple[Finding, ...] = ()

    def run(self, world: World, record: Any = None) -> Any:
        """What it comes to in a world, of a record where it is a field of one."""
        frame: Frame = [world, record, *[None] * self.slots]
        return self.code.run(frame)


class Asked(NamedTuple):
    """A field that was asked of a record, or of every one of a list. Its cells are made only where they are shown.

    A derived field has a trail of its own in `behind`: entries of the same kind, and in words how it is worked out.
    Trails are shared, so that a chain of 5,000 replies is not remembered 12,500,000 times.
    """

    record: Any
    name: str
    value: Any = None
    behind: tuple[Trail, ...] | None = None


Trail = Asked | str | Place
"""An entry of a trace: what was asked, how something is worked out, or the cell of a name that stands for no record."""


class World:
    """All that an expression may reach. `trace` lists what was asked for, None while nobody wants to know.

    `names` are known from the start or made once, in the order in which they are asked for. `places` are the cells that
    names rest on which stand for no record.
    """

    __slots__ = ("_answers", "_depth", "_indexes", "_left", "definitions", "formats", "names", "places", "trace")

    def __init__(self, formats: Formats, names: Mapping[str, Any], definitions: Callable[[str], Definition]) -> None:
        self.formats, self.names, self.definitions = formats, dict(names), definitions
        self._indexes: dict[tuple[int, str], tuple[list[Any], dict[Any, list[int]]]] = {}
        self.places: dict[str, Sequence[Place]] = {}
        self.trace: list[Trail] | None = None
        self._answers: dict[tuple[str, str], dict[int, Asked]] = {}
        self._left, self._depth = LOOKED_AT, 0

    def name(self, name: str) -> Any:
        """What a name or a list stands for."""
        if name not in self.names:
            chain, at = [name], self.definitions(name).of
            while at and at not in self.names:
                chain, at = [*chain, at], self.definitions(at).of
            for each in reversed(chain):  # a list of a list of a list would else be as deep as Python goes
                self.names[each] = self.untraced(partial(self.definitions(each).run, self))
        return self.names[name]

    def spend(self, steps: int) -> None:
        """Takes note of so many records looked at. Raises OutOfBounds once they are too many."""
        self._left -= steps
        if self._left < 0:
            raise OutOfBounds("with it, more rows would be looked at than a paper may")

    def index(self, items: list[Any], key: Callable[[Any], Any], by: str) -> Mapping[Any, list[int]]:
        """At which places of a list each key stands; made once for a list and what it is made `by`."""
        known = self._indexes.get((id(items), by))
        if known is None:
            self.spend(len(items))
            known = self._indexes[id(items), by] = (items, dict[Any, list[int]]())
            for at, each in enumerate(items):
                known[1].setdefault(key(each), []).append(at)
        return known[1]

    def traced(self, run: Callable[..., Any], *given: Any) -> tuple[Any, list[Trail]]:
        """A value, and what was asked for in working it out."""
        outer, found = self.trace, list[Trail]()
        self.trace = found
        try:
            return run(*given), found
        finally:
            self.trace = outer

    def untraced(self, run: Callable[[], Any]) -> Any:
        """A value that leaves no trace."""
        outer, self.trace = self.trace, None
        try:
            return run()
        finally:
            self.trace = outer

    def kept(self, field: tuple[str, str], record: Any, answer: Callable[[World, Any], Asked]) -> Asked:
        """A derived field of a record, worked out once; one that leads to itself is nothing.

        Where it leads through more records than Python can follow, the last that was reached is worked out first.
        """
        known = self._answers.setdefault(field, {})
        waiting = [record]
        while (found := known.get(id(record))) is None:
            try:
                self.worked_out(known, waiting[-1], answer)
                waiting.pop()
            except TooDeep as deep:
                if self._depth:
                    raise
                if any(each is deep.record for each in waiting):  # it leads to itself over many others
                    known[id(deep.record)] = Asked(deep.record, field[1], None, ())
                else:
                    waiting.append(deep.record)
        return found

    def worked_out(self, known: dict[int, Asked], record: Any, answer: Callable[[World, Any], Asked]) -> None:
        """Works out a derived field of a record. Raises TooDeep where that leads too far."""
        if id(record) in known:
            return
        if self._depth >= DEEPEST:
            raise TooDeep(record)
        self.spend(1)
        known[id(record)] = Asked(record, "", None, ())
        self._depth += 1
        try:
            known[id(record)] = answer(self, record)
        except BaseException:
            del known[id(record)]
            raise
        finally:
            self._depth -= 1


class TooDeep(Exception):
    """A record that is too many others away from the one that was asked."""

    def __init__(self, record: Any) -> None:
        super().__init__()
        self.record = record


def places(trace: Iterable[Trail]) -> tuple[tuple[Place, ...], str]:
    """The cells of a trace, each once and in order, and how its values were worked out."""
    cells: dict[Place, None] = {}
    hows: dict[str, None] = {}
    for entry in spread(trace):
        if isinstance(entry, str):
            hows[entry] = None
        elif isinstance(entry, Place):
            cells[entry] = None
        elif isinstance(entry.record, list):
            cells.update(dict.fromkeys(each.place(entry.name) for each in entry.record))
        else:
            cells[entry.record.place(entry.name)] = None
    return tuple(cells), "; ".join(hows)


def spread(trace: Iterable[Trail]) -> Iterator[Trail]:
    """The entries of a trace and of the trails in it, each trail once."""
    left, met = [*trace][::-1], set[int]()
    while left:
        entry = left.pop()
        if not isinstance(entry, Asked) or entry.behind is None:
            yield entry
        elif id(entry) not in met:
            met.add(id(entry))
            left.extend(reversed(entry.behind))


def blanks(trace: Sequence[Trail]) -> list[tuple[str, Place]]:
    """The fields asked for in which nothing stands, each with its cell, in order."""
    found = []
    for entry in trace:
        if isinstance(entry, Asked) and not isinstance(entry.record, list) and entry.value in BLANKS:
            cells, _ = places([entry])
            if cells and cells[-1] != NOWHERE:
                found.append((entry.name, cells[-1]))
    return found


class Rule(NamedTuple):
    """How a field follows from a record: as an expression, or by a function of a world and the record, of type `gives`.

    `rests` are the cells it rests on, where they are not those that the expression asks; `how` is how it is worked out.
    """

    text: str = ""
    rests: tuple[str, ...] = ()
    how: str = ""
    by: Callable[[World, Any], Any] | None = None
    gives: Type | None = None


def every(kind: str) -> str:
    """By what key the world knows all records of a kind, in their order."""
    return f"every {kind}"


@dataclass(slots=True)
class Derived:
    """A derived field, compiled; `definition` is None while it is. Where it asks no cell it rests on the `key`.

    `reaches` says that it asks more than its record's own fields.
    """

    kind: str
    name: str
    rule: Rule
    key: str
    type: Type | None
    definition: Definition | None = None
    reaches: bool = True

    def value(self, world: World, record: Any) -> Any:
        """The value alone, where nobody wants to know its cells."""
        if self.reaches or self.definition is None:
            return self.answer(world, record).value
        return self.definition.run(world, record)

    def answer(self, world: World, record: Any) -> Asked:
        """The value and the cells it rests on, worked out once where more than its record's own fields are asked."""
        if not self.reaches:
            return self.worked_out(world, record)
        return world.kept((self.kind, self.name), record, self.worked_out)

    def worked_out(self, world: World, record: Any) -> Asked:
        """The value and the cells it rests on."""
        assert self.definition is not None  # noqa: S101 (compiled before anything is run)
        value, trace = world.traced(self.definition.run, world, record)
        if self.rule.rests:
            said = (how for how in trace if isinstance(how, str))
            trace = [*(Asked(record, name) for name in self.rule.rests), *said]
        elif not trace:
            trace = [Asked(record, self.key)]
        return Asked(record, self.name, value, (*trace, *([self.rule.how] if self.rule.how else [])))

"""Records: the rows of the officers' files, typed, each value knowing the cell it was read from; apart from them rows
that may not be public.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from pipeline.problems import NOWHERE, Place, row_of

R = TypeVar("R", bound="Record")
NO_CELLS: Mapping[str, Place] = {}
NO_VALUES: Mapping[str, object] = {}


class Record:
    """A row: `key` names it for good, `cells` says where each field was read, `values` has what it holds.

    `values` has every field of the row's kind in the order of its table, blanks and the columns that a report adds
    among them. The types of the standard kinds read the fields that Python asks for as attributes (`rows.py`); their
    `blanks` are what a field holds that is not given, and of their `unasked` no sentence may ask. A record does not
    change; see `changed`.
    """

    __slots__ = ("cells", "key", "source", "values")
    blanks: Mapping[str, object] = NO_VALUES
    unasked: frozenset[str] = frozenset()
    key: str
    source: Place
    cells: Mapping[str, Place]
    values: Mapping[str, Any]

    def __init__(
        self,
        *,
        key: str,
        source: Place = NOWHERE,
        cells: Mapping[str, Place] = NO_CELLS,
        values: Mapping[str, object] = NO_VALUES,
        **named: object,
    ) -> None:
        if named and not named.keys() <= self.blanks.keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(named.keys() - self.blanks.keys())}")
        _KEY(self, key)
        _SOURCE(self, source)
        _CELLS(self, cells)
        _VALUES(self, {**self.blanks, **values, **named})

    def __setattr__(self, name: str, value: object = None) -> None:
        raise AttributeError(f"a record does not change: {name}")

    __delattr__ = __setattr__

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Record)
            and type(self) is type(other)
            and (self.key, self.source, self.cells, self.values) == (other.key, other.source, other.cells, other.values)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        fields = (f"{name}={value!r}" for name, value in {"key": self.key, **self.values}.items())
        return f"{type(self).__name__}({', '.join(fields)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (type(self), self.key, self.source, self.cells, self.values)

    @property
    def added(self) -> Mapping[str, Any]:
        """What it holds in the columns that a report adds to its kind."""
        return {name: value for name, value in self.values.items() if name not in self.blanks}

    def place(self, name: str) -> Place:
        """The cell of one field, or the row where the field has no cell of its own."""
        try:
            return self.cells[name]
        except KeyError:
            return self.source


_KEY, _SOURCE, _CELLS, _VALUES = (
    getattr(Record, name).__set__ for name in ("key", "source", "cells", "values")
)  # setting a slot through its own descriptor is the quickest way into what does not change


def _remade(kind: type[R], key: str, source: Place, cells: Mapping[str, Place], values: Mapping[str, object]) -> R:
    """A record that was pickled."""
    return kind(key=key, source=source, cells=dict(cells), values=values)


def changed(record: R, *, cells: Mapping[str, Place] | None = None, **values: object) -> R:
    """The record with other values in some of its fields, and other cells if they are given."""
    return type(record)(
        key=record.key,
        source=record.source,
        cells=record.cells if cells is None else cells,
        values={**record.values, **values},
    )


class Withheld(NamedTuple):
    """A row of any kind that may not be public. Of it may be said where it stands and by which paragraph, and no more.

    `kind` and `key` name it as they would name the record (see `pipeline.kinds`); `key` is blank, and `record` None,
    where the row makes none. `source` is its first cell, `mark` the cell that says so. `paragraph` is that of
    Schedule 12A (Local Government Act 1972), `?` where it cannot be told. `texts` has what every filled cell of the
    row says, by heading, other columns among them; the marks themselves are left out. `seen_on`: the day on which it
    was withheld, of one that is known by hashes alone.
    """

    kind: str
    key: str
    source: Place
    mark: Place
    paragraph: str
    texts: Mapping[str, str]
    record: Record | None = None
    seen_on: str = ""

    @property
    def row(self) -> int:
        """Excel's own number of the row."""
        return row_of(self.source)

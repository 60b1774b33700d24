"""Where a paper's words come from, told in words: the record that a row is, its columns, and what happened to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pipeline.formats import day, listed
from pipeline.kinds import Field, Kind, Record
from pipeline.language import places
from pipeline.office.material import Material
from pipeline.problems import Place, column_of, row_of
from pipeline.read import columns_for
from pipeline.report import WORDING_FILE
from pipeline.transform import Transformed, vocabulary

EVENT, END = "event", "end"
"""The derived fields of a kind that say what a record brought, and why it is no longer spoken of."""
FEW = 3
"""So many rows are each called by their name; of more, one column is told with all its cells."""

Row = tuple[str, str, int]
"""File, sheet and number of a row."""


class Known(NamedTuple):
    """A record, and the kind that it is of."""

    kind: Kind
    record: Record


@dataclass(frozen=True)
class Sources:
    """What the officers' files have behind the facts of a paper."""

    material: Material
    transformed: Transformed

    @cached_property
    def rows(self) -> Mapping[Row, Known]:
        """Every open record and every sentence of the wording by the row that it was read from."""
        inputs, kinds = self.material.inputs, self.material.report.kinds
        known = (Known(kind, record) for kind in kinds.values() for record in inputs.records.of(kind.name))
        spoken = (Known(kinds["sentences"], sentence) for sentence in inputs.sentences)
        return {row_at(each.record.source): each for each in (*spoken, *known)}

    @cached_property
    def by_key(self) -> Mapping[str, Known]:
        """The records by their keys, with which the keys of their blocks end."""
        return {each.record.key: each for each in self.rows.values() if each.kind.name != "sentences"}

    def known(self, place: Place) -> Known | None:
        """The record in whose row a cell stands."""
        return self.rows.get(row_at(place)) if place.cell else None

    def named_places(self, of: Iterable[Place]) -> Iterator[tuple[str, str]]:
        """Files, each with the places in one of its sheets in words: `action BV-141, columns “Activity” (C9) and
        “Deadline” (D9)`.
        """
        sheets: dict[tuple[str, str], list[Place]] = {}
        for place in dict.fromkeys(of):
            sheets.setdefault((place.file, place.sheet if place.cell else place.near), []).append(place)
        for cells in sheets.values():
            # of a paragraph of a file its number is enough: its words are quoted elsewhere
            yield cells[0].file, self._in_sheet(cells) if cells[0].cell else cells[0].near.partition(" (“")[0]

    def lines(self, of: Iterable[Place]) -> tuple[str, ...]:
        """Places in words: `tracker.xlsx, sheet Actions, action BV-141, column “Activity” (C9)`."""
        return tuple(", ".join(filter(None, each)) for each in self.named_places(of))

    def in_words(self, of: Iterable[Place]) -> str:
        """The same in one line."""
        return "; ".join(self.lines(of))

    def file(self, name: str) -> Path:
        """The file of that name: one of the inputs, the wording, or the report's settings."""
        report = self.material.report
        of_report = {WORDING_FILE: report.folder / WORDING_FILE, report.settings_file: report.settings}
        return of_report.get(name, self.material.order.folder / name)

    def _in_sheet(self, cells: list[Place]) -> str:
        rows: dict[Row, list[Place]] = {}
        for cell in cells:
            rows.setdefault(row_at(cell), []).append(cell)
        few = [self._in_row(each) for each in rows.values()] if len(rows) <= FEW else []
        alike = len(rows) > 1 and len(cells) == len(rows) and len(set(map(column_of, cells))) == 1
        parts = [self._of_rows(cells)] if few and alike else few or self._in_columns(cells)
        return f"sheet {cells[0].sheet}, {' and '.join(parts)}"

    def _of_rows(self, cells: list[Place]) -> str:
        """One column of several records, each by its name."""
        column = self.column(cells[0])
        rows = (self.known(cell) for cell in cells)
        names = (
            f"{self.named(known) if known else 'the row'} ({cell.cell})"
            for known, cell in zip(rows, cells, strict=True)
        )
        return f"column “{column.headings[0]}” of {listed(names)}" if column and column.headings else listed(names)

    def _in_row(self, cells: list[Place]) -> str:
        known = self.known(cells[0])
        columns = [self._column(cell, cell.cell) for cell in cells]
        many = "columns" if len(columns) > 1 else "column"
        shown = f"{many} {listed(columns)}" if known and all("“" in each for each in columns) else listed(columns)
        return ", ".join(filter(None, (self.named(known) if known else "", shown)))

    def _in_columns(self, cells: list[Place]) -> Iterator[str]:
        columns: dict[str, list[Place]] = {}
        for cell in cells:
            columns.setdefault(column_of(cell), []).append(cell)
        for found in columns.values():
            yield f"column {self._column(found[0], ranges(found))}"

    def _column(self, cell: Place, shown: str) -> str:
        column = self.column(cell)
        return f"“{column.headings[0]}” ({shown})" if column and column.headings else f"cell {shown}"

    def column(self, cell: Place) -> Field | None:
        """The column in which a cell stands; None where it fills no field."""
        if (known := self.known(cell)) is None:
            return None
        name = next((name for name, its in known.record.cells.items() if its == cell), "")
        return next((each for each in columns_for(self.material.report, known.kind.name) if each.name == name), None)

    def named(self, known: Known) -> str:
        """A record by its own name: `letter COR-044`, `workshop 17 January 2017`, `area Housing of update 3`."""
        kind, record = known
        if kind.name == "sentences":
            return f"sentence “{record.key}”"
        last, *others = reversed(kind.key)
        more = "".join(f" of {name.replace('_', ' ')} {self._shown(record.values.get(name))}" for name in others)
        return f"{kind.item} {self._shown(record.values.get(last))}{more}"

    def _shown(self, value: object) -> str:
        return day(value, self.material.report.formats.dates) if type(value) is dt.date else str(value)

    def events(self, of: Iterable[Place]) -> tuple[str, ...]:
        """What happened, as cells behind facts that have changed tell it: `letter COR-044 came on 10 January 2017`."""
        cells = dict.fromkeys(of)
        happened = (self._told(known, EVENT) for cell in cells if (known := self.known(cell)))
        return tuple(dict.fromkeys(said for said, rests in happened if said and not rests.isdisjoint(cells)))

    def end_of(self, key: str) -> tuple[str, tuple[Place, ...]]:
        """Why a block that the facts no longer call for is gone, by the record that its key names, and the cells that
        say so: where the block's own facts stood then, another record may stand by now.
        """
        known = next((self.by_key[end] for end in ends_of(key) if end in self.by_key), None)
        said, cells = self._told(known, END) if known else ("", frozenset())
        return said, tuple(sorted(cells))

    def _told(self, known: Known, name: str) -> tuple[str, frozenset[Place]]:
        """What a record says of itself in a derived field, and the cells that it rests on; blank where its kind has no
        such field, or there is nothing to say.
        """
        its = vocabulary(self.material.report)
        if name not in its.rules.get(known.kind.item, {}):
            return "", frozenset()
        asked = its.derived(known.kind.item, name).answer(self.transformed.world, known.record)
        return (
            (f"{self.named(known)} {asked.value}", frozenset(places([asked])[0])) if asked.value else ("", frozenset())
        )


def ends_of(key: str) -> Iterator[str]:
    """What a block's key may call its record by."""
    parts = key.split("/")
    return ("/".join(parts[n:]) for n in range(1, len(parts)))


def row_at(place: Place) -> Row:
    """The row of a cell."""
    return place.file, place.sheet, row_of(place)


def ranges(cells: Iterable[Place]) -> str:
    """Cells of one column, those below each other together: `A2 to A5, A9`."""
    runs: list[list[Place]] = []
    for cell in sorted(cells, key=row_of):
        if runs and row_of(cell) == row_of(runs[-1][-1]) + 1:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return ", ".join(run[0].cell if len(run) == 1 else f"{run[0].cell} to {run[-1].cell}" for run in runs)

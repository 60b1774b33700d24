"""What is behind the words of a paper, told in words: workbook, row, column, and the record that the row is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.blocks import Fact, sources_of
from pipeline.formats import day
from pipeline.kinds import Record
from pipeline.office.material import Material
from pipeline.problems import Place
from pipeline.read import columns_for

if TYPE_CHECKING:
    from pipeline.revise.outcome import Difference


@dataclass(frozen=True, slots=True)
class Behind:
    """What the officers' files have behind the facts of a paper."""

    material: Material

    def cells(self, facts: Iterable[Fact]) -> tuple[str, ...]:
        """Where facts come from, each place once."""
        return tuple(map(self.told, sources_of(facts)))

    def told(self, place: Place) -> str:
        """A place in words: `tracker.xlsx, sheet Actions, row 9, column “Activity” (C9), action BV-141`."""
        if not place.cell:
            return str(place)
        row = place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        name, record, heading = next(self.read_at(place), ("", None, ""))
        column = f"column “{heading}” ({place.cell})" if heading else f"cell {place.cell}"
        return ", ".join(
            filter(None, (place.file, f"sheet {place.sheet}", f"row {row}", column, self.named(name, record)))
        )

    def named(self, kind: str, record: Record | None) -> str:
        """The record that a row is: `letter COR-044 of 10 January 2017`."""
        if record is None or not record.key:
            return ""
        on = record.values.get("date")
        dated = f" of {day(on, self.material.report.date_style)}" if type(on) is dt.date else ""
        return f"{self.material.report.kinds[kind].item} {record.key}{dated}"

    def read_at(self, place: Place) -> Iterator[tuple[str, Record, str]]:
        """Kind, record and column of the row in which a cell stands; blank where it is no field's."""
        for name in self.material.report.kinds:
            for record in self.material.inputs.records.of(name):
                if is_row_of(record.source, place):
                    field = next((field for field, cell in record.cells.items() if cell == place), "")
                    yield name, record, self.heading(name, field)

    def heading(self, kind: str, field: str) -> str:
        """The heading of the column that fills a field."""
        columns = columns_for(self.material.report, kind)
        return next((column.headings[0] for column in columns if column.name == field and column.headings), "")

    def corrections(self, difference: Difference) -> tuple[str, ...]:
        """Which cell to change to what, where the words in the draft say a fact's own text otherwise."""
        return tuple(
            f"If the draft is right, change {self.told(fact.sources[0])} to “{words}”."
            for fact in difference.behind
            if len(fact.sources) == 1 and not fact.how and fact.cell < len(difference.words)
            if (words := in_place_of(fact, difference.facts[fact.cell], difference.words[fact.cell]))
        )


def in_place_of(fact: Fact, now: str, there: str) -> str:
    """What words have in the place of a fact of a text; blank where they part from the text in more than that."""
    before, after = now[: fact.start], now[fact.end :]
    around = there.startswith(before) and there.endswith(after) and len(there) >= len(before + after)
    return there[len(before) : len(there) - len(after)].strip() if around else ""


def is_row_of(source: Place, place: Place) -> bool:
    """Does a cell stand in the row that a record was read from?"""
    rows = {each.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for each in (source, place)}
    return (source.file, source.sheet) == (place.file, place.sheet) and len(rows) == 1

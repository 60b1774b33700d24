"""What is behind the words of a paper, told in words: workbook, row, column, and the record that the row is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.blocks import Context, Fact
from pipeline.formats import day
from pipeline.kinds import Record
from pipeline.office.material import Material
from pipeline.office.provenance import facts_of
from pipeline.problems import Place
from pipeline.read import columns_for

if TYPE_CHECKING:
    from pipeline.revise.outcome import Difference


class Behind:
    """The facts behind the blocks of a paper."""

    def __init__(self, material: Material, context: Context) -> None:
        self.material = material
        self.facts: dict[str, list[Fact]] = {}
        for key, _, fact in facts_of(context):
            self.facts.setdefault(key, []).append(fact)

    def cells(self, key: str, texts: Sequence[str]) -> tuple[str, ...]:
        """Where the facts in some texts of a block come from, each place once."""
        found = (fact for fact in self.facts.get(key, ()) if any(fact.text in text for text in texts))
        return tuple(dict.fromkeys(self.told(place) for fact in found for place in fact.sources))

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
        pairs = zip(difference.facts, difference.words, strict=False)
        return tuple(told for now, there in pairs for told in self.corrected(difference.key, now, there))

    def corrected(self, key: str, now: str, there: str) -> Iterator[str]:
        """The cells to change for one text of a block: where all but one fact's text stands in the words as it was."""
        for fact in self.facts.get(key, ()):
            if len(fact.sources) == 1 and fact.text and not fact.how and now.count(fact.text) == 1:
                before, after = now.split(fact.text)
                middle = there[len(before) : len(there) - len(after)]
                around = there.startswith(before) and there.endswith(after) and len(there) >= len(before + after)
                if around and middle.strip() and middle != fact.text:
                    yield f"If the draft is right, change {self.told(fact.sources[0])} to “{middle.strip()}”."


def is_row_of(source: Place, place: Place) -> bool:
    """Does a cell stand in the row that a record was read from?"""
    rows = {each.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for each in (source, place)}
    return (source.file, source.sheet) == (place.file, place.sheet) and len(rows) == 1

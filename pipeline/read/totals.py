"""Rows of a sheet in which officers add up the others: they are no records, and what they say is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.kinds import Kind, unit_of
from pipeline.problems import Problem, warning
from pipeline.read.table import Table, TableRow
from pipeline.text import match_key

TOTALS = frozenset(("total", "totals", "subtotal", "grand total", "overall", "sum"))
_ADDED = ("money", "number", "whole")


def is_total(text: str) -> bool:
    """Does a text say that its row is a total: “Total”, “Housing total”, “Total for Parks”?"""
    key = match_key(text)
    return key in TOTALS or key.startswith("total ") or key.endswith((" total", " subtotal"))


def total_rows(kind: Kind, table: Table) -> frozenset[int]:
    """The rows that are totals: a text in them says so, and they lack what names a row, or it is that text."""
    return frozenset(
        row.number
        for row in table.rows
        if any(row.values.get(name) in (None, "") or is_total(str(row.values[name])) for name in kind.key)
        and any(isinstance(value, str) and is_total(value) for value in row.values.values())
    )


def wrong_totals(kind: Kind, table: Table, totals: frozenset[int], *, private: bool) -> Iterator[Problem]:
    """I371: a total that is neither the sum of all rows above it nor of those since the total before. What they come to
    is not told where rows among them are `private`.
    """
    names = [name for name, field in kind.fields.items() if field.type in _ADDED and name in table.headings.columns]
    above, since = list[TableRow](), list[TableRow]()
    for row in table.rows:
        if row.number not in totals:
            above.append(row)
            since.append(row)
            continue
        for name in names:
            if not is_the_sum(row.values.get(name), name, above, since):
                yield wrong_total(row, name, sum_of(above, name), private=private)
        since = []


def is_the_sum(typed: Decimal | int | None, name: str, *ranges: Sequence[TableRow]) -> bool:
    """Is a figure, as far as it shows, the sum of a column in any of these ranges of rows? Nothing is right anyhow."""
    if typed is None:
        return True
    rounded = unit_of(typed).rounded
    return any(rounded(Decimal(typed)) == rounded(sum_of(rows, name)) for rows in ranges)


def sum_of(rows: Sequence[TableRow], name: str) -> Decimal:
    """What a column comes to in some rows."""
    values: Iterator[Mapping[str, Decimal | int | None]] = (row.values for row in rows if not row.struck)
    return sum((Decimal(one) for each in values if (one := each.get(name)) is not None), Decimal())


def wrong_total(row: TableRow, name: str, found: Decimal, *, private: bool) -> Problem:
    """The problem of a total, at its cell."""
    typed = row.values[name]
    come_to = "something else" if private else unit_of(typed).text(found)
    message = f"“{typed}” is typed for a total, and the rows above it come to {come_to}."
    return warning("I371", row.place(name), message, "Correct the total, or the row that is wrong.")

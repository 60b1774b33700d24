"""Rules on the kinds of record that a report adds."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.kinds import Field, Kind
from pipeline.nearest import nearest
from pipeline.rules.case import Case, rule
from pipeline.rules.engine import Findings, found
from pipeline.rules.near import plain


@rule("I373")
def a_reference_that_leads_nowhere(case: Case) -> Findings:
    for kind, field in references(case):
        keys = [record.key for record in case.records.of(field.to)]
        known = {plain(key) for key in (*keys, *(row.key for row in case.withheld if row.kind == field.to))}
        for record in case.records.of(kind.name):
            named = str(record.values[field.name])
            if named and plain(named) not in known:
                item, near = case.report.kinds[field.to].item, nearest(named, keys)
                yield found(field.name, of=record, named=named, item=item, to=field.to, near=near)


@rule("I485")
def nothing_in_the_last_paper(case: Case) -> Findings:
    for kind in case.report.kinds.values():
        for name, field in kind.from_last_paper.items():
            words = {"name": name, "field": field, "item": kind.item}
            if case.last_paper is None:
                yield found(case.sheet_of(kind.name), **words)
            elif not any(each[-1] == field for each in case.last_paper.printed):
                yield found(case.sheet_of(kind.name), "unprinted", day=case.last_paper.meeting_on, **words)


def references(case: Case) -> Iterator[tuple[Kind, Field]]:
    """Every field that names a record of another kind."""
    for kind in case.report.kinds.values():
        yield from ((kind, field) for field in kind.fields.values() if field.type == "reference")

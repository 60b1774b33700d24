"""What a report says must hold of every row of a kind, and the rows of which it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.bounds import OutOfBounds
from pipeline.kinds import Kind, name_of_check
from pipeline.language import Asked, Trail, Type, Vocabulary, World, every, places
from pipeline.problems import Place, Problem, listed, warning
from pipeline.report import Report


def broken_checks(report: Report, known: Vocabulary, world: World) -> Iterator[Problem]:
    """I370: each row of which a check does not hold, at the first cell that it asks; once for one that asks no row."""
    for kind in report.kinds.values():
        for name, text in kind.checks.items():
            try:
                told = dict.fromkeys(broken(kind, name_of_check(name), known, world))
            except OutOfBounds as fault:
                place = Place(report.settings_file, near=f"[kinds.{kind.name}.checks] {name}")
                yield warning("I370", place, f"“{name}” could not be seen to: {fault}.", "Ask less in the check.")
                continue
            for cells in filter(None, told):
                message = f"“{name}” does not hold: {text} ({listed(cells)})."
                yield warning("I370", cells[0], message, "Correct the cells, or accept it with your reason.")


def broken(kind: Kind, name: str, known: Vocabulary, world: World) -> Iterator[tuple[Place, ...]]:
    """The cells of each row of which a check does not hold; one that asks for a blank figure or date is not judged."""
    check = known.derived(kind.item, name)
    for record in world.names[every(kind.item)]:
        asked = check.answer(world, record)
        own = list(asked_of(record, asked.behind or ()))
        if not asked.value and not any(is_blank(each, known.field_type(kind.item, each.name)) for each in own):
            yield places(asked.behind or ())[0]
        if not own:
            return  # it asks no row: it is the same for all


def asked_of(record: Any, trail: Iterable[Trail]) -> Iterator[Asked]:
    """What was asked of one record itself."""
    return (each for each in trail if isinstance(each, Asked) and each.record is record)


def is_blank(asked: Asked, its: Type | None) -> bool:
    """Is nothing known where a figure or a date could be, or what follows from one? A blank text is known to be so."""
    return asked.value is None and not (its and its.is_record)

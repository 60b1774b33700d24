"""Records: frozen, of the fields of their kind's table, typed for whoever asks for a field in Python."""

from __future__ import annotations

import datetime as dt
import pickle
import typing
from decimal import Decimal

import pytest

from pipeline import kinds
from pipeline.dates import When
from pipeline.kinds import STANDARD, TYPES, Action, Choice, Letter, Record, Records, changed
from pipeline.problems import Place

HOLDS = {
    "text": str, "lines": tuple[str, ...], "day": dt.date, "when": When, "whole": int, "percent": Decimal,
    "yes_no": bool, "choice": Choice,
}  # fmt: skip
TYPED = [(name, field) for name, kind in TYPES.items() for field in kind.__annotations__]


@pytest.mark.parametrize(("name", "field"), TYPED)
def test_python_reads_a_field_as_the_type_that_its_table_says(name: str, field: str) -> None:
    its, told = STANDARD[name].fields[field], typing.get_type_hints(TYPES[name])[field]
    allowed = {HOLDS[its.type], HOLDS[its.type] | None, typing.Literal["in", "out"] if its.choices else None}
    assert told in allowed
    assert (type(None) in typing.get_args(told)) == (its.blank is None and field not in STANDARD[name].needs), told


def test_a_record_has_every_field_of_its_table_whether_it_is_given_or_not() -> None:
    letter = Letter(key="1", ref="COR-1", points=("one",))
    assert list(letter.values) == list(STANDARD["letters"].fields)
    assert (letter.ref, letter.points, letter.update, letter.subject) == ("COR-1", ("one",), None, "")
    with pytest.raises(TypeError, match="Letter has no reff"):
        Letter(key="1", reff="COR-1")


def test_a_record_does_not_change() -> None:
    action = Action(key="1", ref="A-1", status=Choice("Done", "complete"))
    with pytest.raises(AttributeError):
        action.ref = "A-2"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del action.key  # type: ignore[misc]
    other = changed(action, ref="A-2")
    assert (action.ref, other.ref, other.status.meaning, action == other) == ("A-1", "A-2", "complete", False)


def test_a_record_crosses_from_one_process_to_another() -> None:
    action = Action(key="1", status=Choice("Done", "complete"), cells={"ref": Place("tracker.xlsx", "Actions", "A2")})
    back = pickle.loads(pickle.dumps(action))
    assert back == action
    assert (back.status.meaning, back.place("ref").cell) == ("complete", "A2")


def test_records_of_a_kind_are_found_by_its_name() -> None:
    own = Record(key="1", values={"source": "a field may have any name"})
    records = Records(actions=(Action(key="1"),), own={"budgets": (own,)})
    assert records.of("actions") == records.actions
    assert records.of("budgets") == (own,)
    assert records.of("no such kind") == ()


def test_the_room_offers_what_it_says() -> None:
    assert all(hasattr(kinds, name) for name in kinds.__all__)

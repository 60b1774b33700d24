"""The vocabulary of a report: what its kinds of record say of their fields."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.formats import FILTER_NAMES, Formats
from pipeline.kinds import When, kinds_with
from pipeline.report import ListSettings
from pipeline.transform.facts import Answer, Facts, Trace
from pipeline.transform.lists import BUILT_IN, slug
from pipeline.transform.vocabulary import vocabulary
from pipeline.vocabulary import FILTERS, Type
from tests.builders import report

OWN = {"first letter": ListSettings("letter received", {"sender": ("Nobody",)})}
KNOWN = vocabulary(report(OWN, comments=("finance",)))


def test_every_list_has_a_kind_with_fields() -> None:
    assert set(KNOWN.lists) == {*BUILT_IN, *OWN, "finance comment", "background paper"}
    assert all(KNOWN.kinds[kind] for kind in KNOWN.lists.values())
    assert KNOWN.lists["first letter"] == "letter"


def test_every_list_is_a_name_too() -> None:
    singles = {"last_update", "next_update"}
    for name, kind in KNOWN.lists.items():
        assert KNOWN.names[slug(name)] == Type(kind, many=slug(name) not in singles)


@pytest.mark.parametrize(("kind", "field", "expected"), [
    ("letter", "date", Type("day")), ("letter", "points", Type("text", many=True)),
    ("letter", "update", Type("update")),
    ("letter", "reply", Type("letter")), ("letter", "appendix", Type("reference")),
    ("action", "deadline", Type("when")),
    ("update", "final", Type("flag")), ("update", "considered_at", Type("meeting")),
    ("workshop", "number", Type("number")),
    ("area", "percent", Type("text")), ("comment", "text", Type("text")),
])  # fmt: skip
def test_a_field_has_the_type_of_what_it_prints(kind: str, field: str, expected: Type) -> None:
    assert KNOWN.kinds[kind][field] == expected


def test_columns_that_the_settings_add_are_fields() -> None:
    kinds = kinds_with({"actions": {"fields": {"ward": "text"}}})
    assert vocabulary(replace(report(), kinds=kinds)).kinds["action"]["ward"] == Type("text")
    assert "ward" not in KNOWN.kinds["action"]


def test_a_table_can_print_all_fields_but_those_that_lead_on() -> None:
    assert {"area", "deadline"} <= KNOWN.row_fields("action open")
    assert "reply" not in KNOWN.row_fields("letter received")
    assert KNOWN.row_fields("no such list") == frozenset()


def test_what_may_stand_for_nobody_is_safe_only_where_its_list_holds_something() -> None:
    assert {"last update", "progress", "final update submitted"} <= KNOWN.singles["last_update"]
    assert "next update" in KNOWN.singles["next_update"]
    assert "earlier meeting" in KNOWN.singles["last_meeting"]
    assert not {"action", "workshop", "letter received"} & KNOWN.singles["last_update"]
    assert "last update" not in KNOWN.singles["next_update"]


def item() -> Facts:
    """A record with a field."""
    return Facts("letter", "1", {"name": Answer("A")}, Trace())


DAY = dt.date(2017, 1, 23)
SAMPLES: dict[str, object] = {
    "text": "word", "number": 3, "day": DAY, "when": When("month", DAY, DAY), "flag": True, "record": item(),
    "reference": "Appendix 1",
}  # fmt: skip
ARGUMENTS: dict[str, tuple[str, ...]] = {"plural": ("is", "are"), "each": ("name",), "fill": ("[name]",)}


def test_every_filter_is_described() -> None:
    assert set(FILTERS) == FILTER_NAMES


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_takes_and_gives_what_is_said_of_it(name: str) -> None:
    described, write = FILTERS[name], Formats().filters()[name]
    for what in described.takes:
        for value in ([SAMPLES[what]] if described.shape != "many" else []) + (
            [[SAMPLES[what]]] if described.shape != "one" or described.counts else []
        ):
            given = write(value, *ARGUMENTS.get(name, ()))
            if described.gives in ("text", "number"):
                many = described.lists or (described.shape == "any" and isinstance(value, list))
                values = given if many else [given]
                assert {type(each) for each in values} == {str if described.gives == "text" else int}


@pytest.mark.parametrize(("name", "what"), [("day", "text"), ("month", "number"), ("nth", "text"), ("words", "day")])
def test_a_filter_refuses_what_it_is_not_said_to_take(name: str, what: str) -> None:
    assert what not in FILTERS[name].takes
    with pytest.raises(ValueError, match="is not a"):
        Formats().filters()[name](SAMPLES[what])

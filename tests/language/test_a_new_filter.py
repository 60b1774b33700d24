"""A new filter is one function: the check of wording, the sentences and the templates know it by that alone."""

from __future__ import annotations

import pytest

from pipeline.formats import Formats
from pipeline.language import OPERATIONS, filters, operation
from tests.language.library import said, wrong


@pytest.fixture(autouse=True)
def _forgotten_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPERATIONS, "shouted", OPERATIONS["day"])
    del OPERATIONS["shouted"]


def test_a_new_filter_is_one_function() -> None:
    assert wrong("{{ name | shouted }}!")[0].startswith("W115 There is no filter “shouted”.")

    @operation("shouted", "in capitals", frozenset(("text",)), shape="one")
    def shouted(_: Formats, value: object) -> str:
        return str(value).upper()

    assert said("{{ name | shouted }}").text == "TOWN LIBRARY"
    assert wrong("{{ today | shouted }}") != []
    assert filters(Formats())["shouted"]("quietly") == "QUIETLY"

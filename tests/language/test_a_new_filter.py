"""A new filter is one function: the check of wording, the sentences and the templates know it by that alone."""

from __future__ import annotations

import pytest

from pipeline.blocks import Context
from pipeline.formats import Formats
from pipeline.language import OPERATIONS, operation
from pipeline.render import render
from tests.documents import new_document
from tests.language.library import said, wrong
from tests.reader import read_paper
from tests.render.made import PROPERTIES, compiled, saved


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
    document = new_document()
    document.add_paragraph("Of {{ title | shouted }}.")
    paper = Context({"title": "plans"}, {})
    made = render(compiled(saved(document), paper), paper, PROPERTIES).content
    assert read_paper(made).strip() == "Of PLANS."

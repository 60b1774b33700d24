"""A reference in another column means the row of that reference, however it is typed; nothing is dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office import check, office
from tests.reader import read_paper


@pytest.mark.parametrize("typed", ["cor-038", " COR-038 ", "Cor\u2011038", "COR-038\u00a0"])
def test_a_reply_is_known_by_its_letter_in_any_spelling(typed: str, tmp_path: Path) -> None:
    desk = office(tmp_path)
    sound = read_paper(desk.paper("2017-01-23"))
    desk.put("correspondence.xlsx", "Log", I5=typed)
    assert read_paper(desk.paper("2017-01-23")) == sound


def test_a_reference_that_differs_in_more_is_an_error(tmp_path: Path) -> None:
    desk = office(tmp_path)
    desk.put("correspondence.xlsx", "Log", I5="COR038")
    assert "I441" in [each.code for each in check(desk.order("2017-01-23"))]

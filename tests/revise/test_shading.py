"""A status that has changed never stands on the colour of the old one, whoever typed in its row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests import hands, validators
from tests.office import Office, office

MEETING, NOW = "2026-11-17", dt.datetime(2026, 11, 6, 9, tzinfo=dt.UTC)
RED, GREEN, YELLOW = "F6CFCB", "D5EBD0", "FFFF00"


@pytest.fixture
def desk(tmp_path: Path) -> Office:
    return office(tmp_path, "performance-scorecard")


def ratings(path: Path) -> dict[str, tuple[str, list[str]]]:
    """What each measure's rating says, and its colour."""
    rows = docx.Document(str(path)).tables[1].rows
    cells = {row.cells[0].text: row.cells[-1] for row in rows}
    return {name: (cell.text, cell._tc.xpath("./w:tcPr/w:shd/@w:fill")) for name, cell in cells.items()}


def of(path: Path, beginning: str) -> tuple[str, list[str]]:
    return next(rating for name, rating in ratings(path).items() if name.startswith(beginning))


def shaded(path: Path, beginning: str, fill: str, *columns: int) -> None:
    """Cells of a measure's row that somebody shades in Word."""
    paper = docx.Document(str(path))
    row = next(row for row in paper.tables[1].rows if row.cells[0].text.startswith(beginning))
    for column in columns:
        properties: Any = row.cells[column]._tc.get_or_add_tcPr()
        for old in properties.findall(qn("w:shd")):
            properties.remove(old)
        shading = properties.makeelement(qn("w:shd"), {qn("w:val"): "clear", qn("w:fill"): fill})
        properties.find(qn("w:tcW")).addnext(shading)
    paper.save(str(path))


def rated_anew(desk: Office, path: Path) -> Path:
    """The next draft once temporary accommodation is Green and lettings are Red; somebody typed in the draft before."""
    hands.typed(path, "Council homes let within 28 days", "Council homes (all) let within 28 days")
    desk.put("scorecard.xlsx", "Scorecard", H6="Green", H7="Red")
    return desk.build(MEETING, now=NOW).path


def test_the_colour_goes_with_the_word_in_rows_that_somebody_edited_and_in_those_that_nobody_did(desk: Office) -> None:
    first = desk.build(MEETING, now=NOW).path
    assert of(first, "Households") == ("Red", [RED])
    made = rated_anew(desk, first)
    assert of(made, "Households") == ("Green", [GREEN])
    assert of(made, "Council homes (all)") == ("Red", [RED])
    assert validators.audit_problems(made.read_bytes()) == []


def test_what_somebody_shaded_beside_it_stays(desk: Office) -> None:
    first = desk.build(MEETING, now=NOW).path
    shaded(first, "Households", YELLOW, 0)
    made = rated_anew(desk, first)
    name = next(row.cells[0] for row in docx.Document(str(made)).tables[1].rows if "Households" in row.cells[0].text)
    assert name._tc.xpath("./w:tcPr/w:shd/@w:fill") == [YELLOW]
    assert of(made, "Households") == ("Green", [GREEN])


def test_a_word_that_somebody_typed_keeps_its_colour_while_it_stands(desk: Office) -> None:
    first = desk.build(MEETING, now=NOW).path
    paper = docx.Document(str(first))
    row = next(row for row in paper.tables[1].rows if row.cells[0].text.startswith("Households"))
    row.cells[-1].paragraphs[0].runs[0].text = "Red (improving)"
    paper.save(str(first))
    desk.put("scorecard.xlsx", "Scorecard", H6="Green")
    made = desk.build(MEETING, now=NOW)
    assert of(made.path, "Households") == ("Red (improving)", [RED])
    assert "C170" in {each.code for each in made.problems}


def test_a_row_that_is_shaded_as_one_stays_so(desk: Office) -> None:
    first = desk.build(MEETING, now=NOW).path
    shaded(first, "Households", RED, 1, 2)
    made = rated_anew(desk, first)
    row = next(row for row in docx.Document(str(made)).tables[1].rows if row.cells[0].text.startswith("Households"))
    assert [cell._tc.xpath("./w:tcPr/w:shd/@w:fill") for cell in row.cells[1:]] == [[], [], [], [], [GREEN]]


def test_without_it_the_old_colour_would_stay(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.revise.carry_out.shade", lambda *_: None)
    assert of(rated_anew(desk, desk.build(MEETING, now=NOW).path), "Households") == ("Green", [RED])

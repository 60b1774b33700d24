"""A workbook saved again: formulas keep their saved values, and nothing says who saved it or when."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import cast

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.starter.saving import saved_values, workbook_bytes

FORMULAS = {
    "A1": ("=1/3", 1 / 3),
    "A2": ("=1=1", True),
    "A3": ('="R"&"&D <1>"', "R&D <1>"),
    "A4": ("=1/0", "#DIV/0!"),
    "A5": ("=DATE(2017,1,23)", dt.datetime(2017, 1, 23)),
    "A6": ("=2+2", 4),
}


def filled() -> Workbook:
    book = Workbook()
    book.properties.modified = dt.datetime(2017, 1, 12)
    sheet = cast("Worksheet", book.active)
    for cell, (formula, _) in FORMULAS.items():
        sheet[cell] = formula
    sheet["A5"].number_format = "dd/mm/yyyy"
    sheet["B1"] = "plain"
    return book


def written(values: dict[str, object]) -> bytes:
    return workbook_bytes(filled(), {"Sheet": values})


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_keeps_its_saved_value_of_whatever_kind(cell: str) -> None:
    content = written({name: value for name, (_, value) in FORMULAS.items()})
    assert load_workbook(io.BytesIO(content))["Sheet"][cell].value == FORMULAS[cell][0]
    assert load_workbook(io.BytesIO(content), data_only=True)["Sheet"][cell].value == FORMULAS[cell][1]


def test_saved_values_are_those_of_the_formulas_alone() -> None:
    values = {name: value for name, (_, value) in FORMULAS.items()}
    assert saved_values(written(dict(values))) == {"Sheet": values}


def test_without_the_values_they_are_lost_which_is_what_this_is_for() -> None:
    content = workbook_bytes(filled(), {})
    assert saved_values(content) == {"Sheet": dict.fromkeys(FORMULAS)}


def test_neither_a_program_nor_the_time_of_saving_is_left_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(written({}))) as package:
        assert b"openpyxl" not in package.read("docProps/app.xml").lower()
        assert b"2017-01-12T00:00:00Z</dcterms:modified>" in package.read("docProps/core.xml")
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"

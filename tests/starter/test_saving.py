"""A workbook saved again: formulas keep their saved values, and nothing says who saved it or when."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import cast

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.starter import Column, add_drop_downs

FORMULAS = {
    "A1": ("1/3", "", "0.3333333333333333", 1 / 3),
    "A2": ("1=1", "b", "1", True),
    "A3": ('"R"&amp;"&amp;D &lt;1&gt;"', "str", "R&amp;D &lt;1&gt;", "R&D <1>"),
    "A4": ("1/0", "e", "#DIV/0!", "#DIV/0!"),
    "A5": ("DATE(2017,1,23)", "", "42758", dt.datetime(2017, 1, 23)),
    "A6": ("2+2", "", "4", 4),
}
"""Each formula, the type and text of its saved value as Excel writes them, and that value."""


@pytest.fixture(scope="module")
def saved_again() -> bytes:
    """A workbook as Excel saved it, after a note was put on its heading."""
    book = Workbook()
    sheet = cast("Worksheet", book.active)
    for cell in FORMULAS:
        sheet[cell] = "=0"
    sheet["A5"].number_format = "dd/mm/yyyy"
    sheet["B1"] = "plain"
    written, valued = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(valued, "w") as new:
        for name in old.namelist():
            new.writestr(name, as_excel_has_it(name, old.read(name).decode()))
    return add_drop_downs(valued.getvalue(), [Column("", ("plain",), "A note.")])


def as_excel_has_it(name: str, part: str) -> str:
    """The sheet with its formulas and their values, the properties with the day on which it was saved."""
    if name == "docProps/core.xml":
        return re.sub(r"[^>]*(?=</dcterms:modified>)", "2017-01-12T00:00:00Z", part)
    return with_values(part) if "/sheet1" in name else part


def with_values(sheet: str) -> str:
    for cell, (formula, kind, value, _) in FORMULAS.items():
        start = sheet.index(f'<c r="{cell}"')
        end = sheet.index("</c>", start)
        style = ' s="1"' if cell == "A5" else ""
        typed = f' t="{kind}"' if kind else ""
        sheet = f'{sheet[:start]}<c r="{cell}"{style}{typed}><f>{formula}</f><v>{value}</v>{sheet[end:]}'
    return sheet


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_keeps_its_saved_value_of_whatever_kind(cell: str, saved_again: bytes) -> None:
    formula = load_workbook(io.BytesIO(saved_again))["Sheet"][cell].value
    assert str(formula).startswith("=")
    assert load_workbook(io.BytesIO(saved_again), data_only=True)["Sheet"][cell].value == FORMULAS[cell][3]


def test_saved_by_openpyxl_alone_the_values_are_lost_which_is_what_this_is_for(saved_again: bytes) -> None:
    out = io.BytesIO()
    load_workbook(io.BytesIO(saved_again)).save(out)
    assert load_workbook(out, data_only=True)["Sheet"]["A6"].value is None


def test_neither_a_program_nor_the_time_of_saving_is_left_in_the_file(saved_again: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(saved_again)) as package:
        assert b"openpyxl" not in package.read("docProps/app.xml").lower()
        assert b"2017-01-12T00:00:00Z</dcterms:modified>" in package.read("docProps/core.xml")
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"

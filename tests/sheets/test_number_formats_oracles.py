"""Number formats against three programs that others wrote: what ours shows, at least one of them shows too.

Needs `npm install ssf numfmt` in this folder's repository, and LibreOffice with Calc: skipped, and said, without them.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from openpyxl.styles import styleable

from pipeline.sheets import shown, shows
from tests.sheets.cells_shown import TABLES
from tests.validators import REPO

pytestmark = pytest.mark.deep

Pair = tuple[str, float | str]
Pairs = tuple[Pair, ...]
NUMBERS = (
    0, 1, -1, 0.5, -0.5, 5, 12, -12.5, 0.965, 0.9652, -0.031, 1.005, 2.675, 1234.5, -1234.5, 1234567.891, -1234567.891,
    412345678, 0.004, -0.004, 99.995, 999.5, 0.1 + 0.2, 999999, 1 / 3, 100, -2005.00999999999, 100250.5, 1e-7,
    2.5, -99.5, 1250000,
)  # fmt: skip
DAYS = (61, 42800, 42800.75, 42735.999999, 43000.4999942, 36526.123456, 2958465, 44196.0416666, 42760.390625)
TIMES = (0.25, 0.5, 0.75, 0.999988, 1.5, 31.5, 0.0123, 0.390625)
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop></item></oor:items>"""
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"


SETTLED: dict[Pair, str] = {
    (code, 0.1 + 0.2): "2/7, since Excel keeps 15 digits, and of 0.3 it takes the last continued fraction that fits"
    for code in ("# ?/?", "?/?")
}
"""The pairs of which both npm packages show another than ours: what is shown, and why."""


def pairs() -> Pairs:
    """Every format of the tables with numbers, or days, or times, and each cell of the tables."""
    found: list[Pair] = []
    for code, cells in (each for table in TABLES.values() for each in table):
        values = {"time": TIMES, "date": DAYS, "month": DAYS, "year": DAYS}.get(shows(code), NUMBERS)
        found += [(code, value) for value in (*values, *(value for value, _ in cells))]
    return tuple(dict.fromkeys(found))


def bare(text: str) -> str:
    """A text without blanks, and without a point that no decimals follow: ours leaves those out of a sentence."""
    return re.sub(r"\.(?![0-9])", "", re.sub(r"\s+", "", text))


def agreeing(asked: Pairs, answers: list[str]) -> set[Pair]:
    """The pairs of which ours shows what others show."""
    pairs_and_theirs = zip(asked, answers, strict=True)
    return {pair for pair, theirs in pairs_and_theirs if bare(shown(*pair).text) == bare(theirs)}


def explained(code: str) -> bool:
    """Is the format of a kind that numfmt alone shows otherwise: a German separator, a fraction that is a whole one?

    In Excel the separators are the computer's, whatever the currency; and Excel carries a fraction of two halves.
    """
    return "[$€-407]" in code or "?/" in code


@cache
def node_answers() -> dict[str, list[str]]:
    """What ssf and numfmt show; a skip where node or they are missing."""
    modules, node = REPO / "node_modules", shutil.which("node")
    if node is None or not (modules / "ssf").is_dir() or not (modules / "numfmt").is_dir():
        pytest.skip("node, or npm's ssf and numfmt, are not installed here")
    script = Path(__file__).with_name("ask_node.mjs")
    asked = json.dumps(pairs())
    found = subprocess.run(
        [node, str(script), str(modules.resolve())], input=asked, capture_output=True, text=True, check=True
    )
    answers: dict[str, list[str]] = json.loads(found.stdout)
    return answers


@cache
def libreoffice_answers() -> list[str]:
    """What LibreOffice shows, by way of its csv files; a skip where Calc is missing."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here")
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_workbook(folder / "pairs.xlsx")
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        profile = f"-env:UserInstallation={user.parent.resolve().as_uri()}"
        command = [program, profile, "--headless", "--convert-to", AS_SHOWN, "--outdir", scratch]
        subprocess.run([*command, str(folder / "pairs.xlsx")], capture_output=True, timeout=300, check=False)
        if not (folder / "pairs.csv").is_file():
            pytest.skip("the LibreOffice installed here has no Calc")
        with (folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
            found = {int(row): text for text, row, *_ in csv.reader(file)}
    return [found[row] for row in range(1, len(pairs()) + 1)]


def write_workbook(path: Path) -> None:
    """One pair a row, in a column wide enough for any text, and its row's number."""
    known = styleable.BUILTIN_FORMATS_REVERSE
    styleable.BUILTIN_FORMATS_REVERSE = {"General": 0}  # or h:mm would be saved as format 20, another here
    try:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.column_dimensions["A"].width = 250
        for row, (code, value) in enumerate(pairs(), 1):
            cell = sheet.cell(row, 1, value)
            cell.number_format = code
            sheet.cell(row, 2, row)
        book.save(path)
    finally:
        styleable.BUILTIN_FORMATS_REVERSE = known


@pytest.mark.parametrize(("name", "least"), [("ssf", 0.85), ("numfmt", 0.97)])
def test_npm_shows_nearly_always_the_same(name: str, least: float) -> None:
    assert len(agreeing(pairs(), node_answers()[name])) > least * len(pairs())


def test_numfmt_shows_the_same_but_for_what_is_explained() -> None:
    same = agreeing(pairs(), node_answers()["numfmt"])
    assert [pair for pair in pairs() if pair not in same and not explained(pair[0])] == []


def test_where_both_npm_packages_agree_ours_is_the_same_but_for_what_is_settled() -> None:
    asked, ssf, numfmt = pairs(), node_answers()["ssf"], node_answers()["numfmt"]
    assert len(asked) > 3000
    agreed = [(pair, one) for pair, one, other in zip(asked, ssf, numfmt, strict=True) if bare(one) == bare(other)]
    assert len(agreed) > 0.85 * len(asked)
    other_than_ours = {pair for pair, theirs in agreed if bare(shown(*pair).text) != bare(theirs)}
    assert other_than_ours == set(SETTLED)
    assert all(shown(*pair).text == why.partition(",")[0] for pair, why in SETTLED.items())


@pytest.mark.libreoffice
def test_libreoffice_shows_nearly_always_the_same() -> None:
    same = agreeing(pairs(), libreoffice_answers())
    assert len(same) > 0.95 * len(pairs())


@pytest.mark.libreoffice
def test_ours_is_never_alone() -> None:
    others = [libreoffice_answers(), *node_answers().values()]
    with_us = set.union(*(agreeing(pairs(), answers) for answers in others))
    assert [pair for pair in pairs() if pair not in with_us] == []


def test_a_wrong_answer_would_be_seen() -> None:
    asked: Pairs = (("0%", 0.97), ("£#,##0", -5.0), ('"OS-"00', 11), ("dd/mm/yyyy", 42760))
    assert agreeing(asked, ["0.97", "-5", "11", "25/01/2017"]) == {("dd/mm/yyyy", 42760)}

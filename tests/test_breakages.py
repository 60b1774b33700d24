"""What an officer reads when a file of the sample is broken in some small way: the whole screen of `check`.

It stands in `breakages/screens.txt`. Run with UPDATE_GOLDEN=1 (and -n 0, -m "deep or not deep") to write it anew, and
read it as an officer would before keeping it: placed where it is wrong, plain, grouped by file, with the right cure.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import commands
from tests.breakages.officers import BREAKAGES, sound
from tests.lines import lines_in, written_down
from tests.office import Office, office, templates_checked_once

NOTES = re.compile(r", \d+ notes?\b")
"""How many notes there are, which nobody sees without -v, hangs on more than what was broken."""
SCREENS = Path(__file__).parent / "breakages" / "screens.txt"
EACH_TIME = 6
"""One of so many is broken each time, all of them in the long proof."""


def screen(desk: Office) -> list[str]:
    """The lines that `check` shows, without the name of the folder, the day, and how many notes there are."""
    folders = [each for name in ("templates", "inputs", "outputs") for each in (f"--{name}", str(desk.folder / name))]
    asked = ["check", desk.report, "--meeting", "2017-01-23", "--today", "2017-01-13", *folders]
    said = CliRunner().invoke(commands, asked).output
    lines = NOTES.sub("", said.replace(str(desk.folder), "…")).splitlines()
    return [line.rstrip() for line in lines if line.strip() and not line.startswith("Today is taken to be ")]


def is_told(line: str) -> bool:
    return line.lstrip().startswith(("error", "warning"))


@pytest.fixture(autouse=True)
def templates_once(monkeypatch: pytest.MonkeyPatch) -> None:
    templates_checked_once(monkeypatch)


@pytest.mark.parametrize(
    "name",
    [each if n % EACH_TIME == 0 else pytest.param(each, marks=pytest.mark.deep) for n, each in enumerate(BREAKAGES)],
)
def test_a_breakage_is_told_so(name: str, tmp_path: Path) -> None:
    desk = sound(office(tmp_path))
    BREAKAGES[name](desk)
    found = screen(desk)
    if os.environ.get("UPDATE_GOLDEN"):
        written_down(SCREENS, {name: found})
    assert found == lines_in(SCREENS)[name]


def test_unbroken_it_says_nothing_against_the_paper(tmp_path: Path) -> None:
    said = screen(sound(office(tmp_path)))
    assert [line for line in said if is_told(line)] == []


def test_there_are_thirty_and_each_is_told() -> None:
    told = lines_in(SCREENS)
    assert len(BREAKAGES) >= 30
    assert sorted(told) == sorted(BREAKAGES)
    assert [name for name, lines in told.items() if not any(map(is_told, lines))] == []

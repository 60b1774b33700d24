"""A quick start: what a command does not need is not loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.office import ROOT, Office, office

HEAVY = {
    "pandas", "numpy", "openpyxl", "docx", "docxtpl", "distributed", "pikepdf", "holidays", "rich", "rapidfuzz",
}  # fmt: skip
REST = {"jinja2", "lxml", "pipeline.office.drafting", "pipeline.problems", "zipfile"}
LISTING = """
import json, sys
told, commands = sys.argv[1], json.loads(sys.argv[2])
from pipeline.__main__ import main
loaded = []
for command in commands:
    sys.argv = ["committee-papers", *command]
    try:
        main()
    except SystemExit:
        pass
    finally:
        loaded.append(sorted({*sys.modules, *(name.partition(".")[0] for name in sys.modules)}))
open(told, "w", encoding="utf-8").write(json.dumps(loaded))
"""
PAPER = ("best-value-board", "--meeting", "2017-01-23")
BUILD = ("build", *PAPER, "-q")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office whose template has been met before."""
    made = office(tmp_path_factory.mktemp("office"))
    loaded(made, *BUILD)
    return made


def loaded(desk: Office, *arguments: str) -> set[str]:
    """The modules and packages that a command had loaded at its end."""
    return loaded_by_each(desk, arguments)[0]


def loaded_by_each(desk: Office, *commands: tuple[str, ...]) -> list[set[str]]:
    """What was loaded at the end of each of some commands, done one after the other by one process."""
    told = desk.folder / "loaded.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COMMITTEE_PAPERS_CACHE": str(desk.folder / "cache")}
    command = [sys.executable, "-c", LISTING, str(told), json.dumps(commands)]
    done = subprocess.run(command, env=environment, cwd=desk.folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return [set(each) for each in json.loads(told.read_text(encoding="utf-8"))]


def test_the_daily_commands_load_no_heavy_library(desk: Office) -> None:
    explain = ("explain", "97%", "--report", *PAPER)
    build, *others, check = loaded_by_each(desk, BUILD, ("due",), ("status",), explain, ("check", *PAPER))
    assert build & {"asyncio", "concurrent.futures", "unittest"} == set()
    assert [each & HEAVY for each in (build, *others)] == [set()] * 4
    assert check & HEAVY == {"docx", "pikepdf"}, "the template is opened as build, the appendices as publish would"


def test_a_template_met_for_the_first_time_loads_what_patches_it(tmp_path: Path) -> None:
    assert {"docx", "docxtpl", "lxml"} <= loaded(office(tmp_path), *BUILD)


def test_figures_are_counted_by_pandas(desk: Office) -> None:
    assert {"pandas", "numpy"} <= loaded(desk, "figures", "best-value-board", "--meeting", "2017-01-23")


def test_help_and_version_load_next_to_nothing(tmp_path: Path) -> None:
    for loaded_then in loaded_by_each(Office(tmp_path), ("--version",), (), ("--help",), ("-h",)):
        assert loaded_then & (HEAVY | REST) == set()


def test_the_version_is_said_before_any_library_is_loaded(tmp_path: Path) -> None:
    assert loaded(Office(tmp_path), "--version") & {"click", "dataclasses", "inspect"} == set()


def test_a_commands_help_loads_what_tells_of_it_and_no_more(tmp_path: Path) -> None:
    assert loaded(Office(tmp_path), "build", "--help") & (HEAVY | (REST - {"pipeline.problems"})) == set()

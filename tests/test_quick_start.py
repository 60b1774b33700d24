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
import atexit, json, sys
def tell():
    loaded = {name for name in sys.modules} | {name.partition(".")[0] for name in sys.modules}
    open(sys.argv_told, "w", encoding="utf-8").write(json.dumps(sorted(loaded)))
sys.argv_told = sys.argv.pop(1)
atexit.register(tell)
from pipeline.__main__ import main
main()
"""
BUILD = ("build", "best-value-board", "--meeting", "2017-01-23", "-q")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office whose template has been met before."""
    made = office(tmp_path_factory.mktemp("office"))
    loaded(made, *BUILD)
    return made


def loaded(desk: Office, *arguments: str) -> set[str]:
    """The modules and packages that a command had loaded at its end."""
    told = desk.folder / "loaded.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COMMITTEE_PAPERS_CACHE": str(desk.folder / "cache")}
    command = [sys.executable, "-c", LISTING, str(told), *arguments]
    done = subprocess.run(command, env=environment, cwd=desk.folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return set(json.loads(told.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "arguments",
    [
        BUILD,
        ("check", "best-value-board", "--meeting", "2017-01-23"),
        ("explain", "97%", "--report", "best-value-board", "--meeting", "2017-01-23"),
        ("due",),
        ("status",),
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_the_daily_commands_load_no_heavy_library(desk: Office, arguments: tuple[str, ...]) -> None:
    heavy = HEAVY - {"docx"} if arguments[0] == "check" else HEAVY  # the template is opened as build would open it
    assert loaded(desk, *arguments) & heavy == set()


def test_a_build_loads_no_xml_library_either(desk: Office) -> None:
    assert loaded(desk, *BUILD) & {"lxml", "asyncio", "concurrent.futures", "unittest"} == set()


def test_a_template_met_for_the_first_time_loads_what_patches_it(tmp_path: Path) -> None:
    assert {"docx", "docxtpl", "lxml"} <= loaded(office(tmp_path), *BUILD)


def test_figures_are_counted_by_pandas(desk: Office) -> None:
    assert {"pandas", "numpy"} <= loaded(desk, "figures", "best-value-board", "--meeting", "2017-01-23")


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",), ("--version",)])
def test_help_and_version_load_next_to_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert loaded(Office(tmp_path), *arguments) & (HEAVY | REST) == set()


def test_the_version_is_said_before_any_library_is_loaded(tmp_path: Path) -> None:
    assert loaded(Office(tmp_path), "--version") & {"click", "dataclasses", "inspect"} == set()


def test_a_commands_help_loads_what_tells_of_it_and_no_more(tmp_path: Path) -> None:
    assert loaded(Office(tmp_path), "build", "--help") & (HEAVY | (REST - {"pipeline.problems"})) == set()

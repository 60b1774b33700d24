"""The README tells the truth: its commands exist, its tree is on the disk, and CI runs what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import VERSION
from pipeline.cli import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_module_and_its_help(name: str) -> None:
    from click.testing import CliRunner

    from pipeline.cli import commands

    shown = CliRunner().invoke(commands, [name, "--help"])
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) > 4


def test_every_folder_of_the_tree_is_on_the_disk() -> None:
    tree = README.split("## How it is made")[1].split("Imports run one way")[0]
    rooms = re.findall(r"^ +(?:pipeline/ +)?(\w+/|\w+\.py) ", tree, re.MULTILINE)
    assert len(rooms) > 8
    assert [room for room in rooms if not ((ROOT / room).exists() or (ROOT / "pipeline" / room).exists())] == []


def test_continuous_integration_runs_the_readmes_own_test_command() -> None:
    (command,) = (line.strip() for line in README.splitlines() if line.startswith("    python3") and "pytest" in line)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_top_level_holds_nothing_but_what_it_should() -> None:
    allowed = {"pipeline", "templates", "inputs", "outputs", "tests", "pyproject.toml", "README.md"}
    here = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert here - {"node_modules", "dist", "uv.lock"} <= allowed


def test_the_changelog_tells_of_this_version_first_and_the_readme_leads_to_it() -> None:
    told = re.findall(r"^## ([\d.]+)", (ROOT / "pipeline" / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert told[0] == VERSION
    assert "(pipeline/CHANGELOG.md)" in README

"""The README tells the truth: its commands exist, its tree is on the disk, and CI runs what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import VERSION
from pipeline.cli import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOW_IT_IS_MADE = (ROOT / "pipeline" / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")


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


def test_every_room_of_the_program_is_drawn_and_every_room_drawn_is_there() -> None:
    drawn = re.findall(r"(?:^|\s{2,})(\w+)/ ", HOW_IT_IS_MADE.split("Imports run one way")[0], re.MULTILINE)
    there = {path.parent.name for path in (ROOT / "pipeline").glob("*/__init__.py")}
    assert sorted(drawn) == sorted(there)


@pytest.mark.parametrize("page", [HOW_IT_IS_MADE, CONTRIBUTING], ids=["how it is made", "contributing"])
def test_every_file_that_is_named_is_there(page: str) -> None:
    named = set(re.findall(r"`((?:pipeline|tests|templates)/[\w/.-]+|[a-z]+/\w+\.(?:py|toml))`", page))
    assert len(named) > 5
    assert [
        name for name in sorted(named) if not any((root / name).exists() for root in (ROOT, ROOT / "pipeline"))
    ] == []


def test_the_example_of_a_rule_is_the_rule() -> None:
    entry = re.search(r"(?ms)^    \[I405\]\n.*?^    right = [^\n]*\n", CONTRIBUTING)
    assert entry is not None
    assert entry[0].replace("    ", "") in (ROOT / "pipeline/catalogue/I4.toml").read_text(encoding="utf-8")


def test_continuous_integration_runs_the_readmes_own_test_command() -> None:
    (command,) = (line.strip() for line in README.splitlines() if line.startswith("    python3") and "pytest" in line)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_picture_is_there_small_and_described() -> None:
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", README)
    assert {Path(file).stem for _, file in pictures} == {"paper", "edits-kept", "difference", "problem"}
    for description, file in pictures:
        assert len(description) > 40
        assert 10_000 < (ROOT / file).stat().st_size < 150_000


def test_the_top_level_holds_nothing_but_what_it_should() -> None:
    allowed = {"pipeline", "templates", "inputs", "outputs", "tests", "pyproject.toml", "README.md"}
    here = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert here - {"node_modules", "dist", "uv.lock"} <= allowed


def test_the_changelog_tells_of_this_version_first_and_the_readme_leads_to_it() -> None:
    told = re.findall(r"^## ([\d.]+)", (ROOT / "pipeline" / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert told[0] == VERSION.partition(".dev")[0]
    assert "(pipeline/CHANGELOG.md)" in README

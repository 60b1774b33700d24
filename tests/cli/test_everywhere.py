"""What every command knows: --json, -q, -v and --today."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from pipeline.cli import COMMANDS, commands
from pipeline.cli import run as carried_out

FLAGS = {"--json", "--quiet", "-q", "--verbose", "-v", "--today"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_knows_them(name: str) -> None:
    found = commands.get_command(click.Context(commands), name)
    assert found is not None
    assert {name for option in found.params for name in option.opts} >= FLAGS


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """The exit code of a command, and what it said on either stream."""
    code = carried_out(list(words))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_quiet_says_nothing_where_nothing_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "init", "-q") == (0, "", "")
    assert run(capsys, "rule", "C170", "-q") == (0, "", "")
    code, out, _ = run(capsys, "rule", "C170")
    assert (code, "C170" in out) == (0, True)


@pytest.mark.parametrize("words", [["init"], ["rule"], ["rule", "C170"], ["schedule", "--print", "cron"]])
def test_data_alone_stands_on_the_standard_output(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *words, "--json", "--today", "2017-01-10")
    assert code == 0
    assert json.loads(out)
    assert err == "Today is taken to be Tuesday 10 January 2017.\n"


def test_a_figure_below_nought_can_be_asked_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(capsys, "init", "-q", "--report", "recommendation-tracker")
    code, _, err = run(capsys, "explain", "--today", "2026-12-20", "--", "-2005")
    assert (code, "“-2005”" in err) == (1, True)

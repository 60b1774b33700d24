"""The files to double-click: plain ASCII with Windows line ends, every label there, every command in the program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline.starter import make_starter

NAMES = ("Make the paper.cmd", "Check the files.cmd")


@cache
def launchers() -> dict[str, bytes]:
    """The files to double-click of a starter folder."""
    with TemporaryDirectory() as folder:
        make_starter(Path(folder), "recommendation-tracker")
        return {path.name: path.read_bytes() for path in Path(folder).glob("*.cmd")}


def lines(name: str) -> list[str]:
    return launchers()[name].decode("ascii").split("\r\n")


def test_there_is_one_to_make_the_paper_and_one_to_check_the_files() -> None:
    assert set(launchers()) == set(NAMES)
    assert 'call %PROGRAM% build --open "%REPORT%"' in lines(NAMES[0])
    assert 'call %PROGRAM% check "%REPORT%"' in lines(NAMES[1])


@pytest.mark.parametrize("name", NAMES)
def test_it_is_ascii_with_windows_line_ends_only(name: str) -> None:
    content = launchers()[name]
    assert content.isascii()
    assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r") > 20
    assert content.endswith(b"\r\n")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_to_fill_in(name: str) -> None:
    assert [line for line in lines(name) if "@" in line] == ["@echo off"]


@pytest.mark.parametrize("name", NAMES)
def test_every_place_that_is_jumped_to_is_there_once(name: str) -> None:
    text = "\n".join(lines(name))
    wanted = set(re.findall(r"(?:goto |call :)(\w+)", text))
    labels = re.findall(r"^:(\w+)$", text, re.MULTILINE)
    assert len(wanted) >= 8
    assert wanted <= set(labels)
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", NAMES)
def test_it_works_on_a_shared_folder_and_keeps_its_window_open(name: str) -> None:
    text = lines(name)
    assert text.index('set "ROOT=%~dp0"') < text.index('pushd "%ROOT%" || goto no_folder')
    assert text[-3:] == ["pause >nul", "exit /b %CODE%", ""]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_an_exclamation_mark_or_a_bracket_does_no_harm(name: str) -> None:
    text = "\n".join(lines(name))
    assert "DisableDelayedExpansion" in text
    assert not re.search(r"\bif\b[^\n]*\($", text, re.MULTILINE)


def runs(text: str) -> list[str]:
    """What a launcher starts, or looks for, that lies or may lie in the folder it stands in."""
    found = re.findall(r"(?:where (?!\"\$PATH:)\S+)|(?:\b(?:py|python) (?!-I )\S+)|(?:\S*committee-papers\.exe)", text)
    early = text.partition("NoDefaultCurrentDirectoryInExePath=1")[0]
    return found + re.findall(r"^(?:call|where|py|python)\b", early, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_no_program_that_lies_beside_it_is_run(name: str) -> None:
    text = "\n".join(line for line in lines(name) if not line.startswith(("rem ", "echo ")))
    assert 'set "NoDefaultCurrentDirectoryInExePath=1"' in text
    assert runs(text) == []


@pytest.mark.parametrize(
    "line",
    [
        'if exist ".venv\\Scripts\\committee-papers.exe" set "PROGRAM=x"',
        "py -m pipeline",
        "where committee-papers >nul",
    ],
)
def test_one_that_would_be_is_seen(line: str) -> None:
    assert runs(f'set "NoDefaultCurrentDirectoryInExePath=1"\n{line}')

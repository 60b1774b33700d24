"""The files that an officer double-clicks on Windows, each made from `launcher.cmd` for one command."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

COMMANDS = {"Make the paper.cmd": "build --open", "Check the files.cmd": "check"}


def launchers() -> Mapping[str, bytes]:
    """Name and content of each launcher: ASCII, with the line ends that Windows needs, whatever a checkout has."""
    lines = (Path(__file__).parent / "launcher.cmd").read_text(encoding="ascii").splitlines()
    return {
        name: "".join(f"{line}\r\n" for line in filled(lines, name.removesuffix(".cmd"), command)).encode("ascii")
        for name, command in COMMANDS.items()
    }


def filled(lines: list[str], title: str, command: str) -> list[str]:
    """The lines of a launcher with its title and its command put in."""
    return [line.replace("@TITLE@", title).replace("@COMMAND@", command) for line in lines]

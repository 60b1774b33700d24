"""Expected lines in a text file: a heading `# what is wrong`, and below it what is said of it, a line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path


def lines_in(path: Path) -> dict[str, list[str]]:
    """The lines of each heading; none where there is no such file."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.startswith("# "):
            lines = found.setdefault(line[2:], [])
        elif line:
            lines.append(line)
    return found


def written_down(path: Path, changed: Mapping[str, Sequence[str]]) -> None:
    """Writes the lines of some headings anew, new ones at the end."""
    known = {**lines_in(path), **changed}
    text = "\n\n".join("\n".join((f"# {heading}", *lines)) for heading, lines in known.items())
    path.write_text(text + "\n", encoding="utf-8")

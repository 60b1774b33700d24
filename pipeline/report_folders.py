"""The folders under `templates/`: which are reports, which were meant to be, and which are plainly something else."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.nearest import nearest

SETTINGS = "report.toml"
_OFFICE = (".docx", ".docm", ".dotx", ".doc", ".xlsx", ".xlsm", ".xls")


def reports_in(templates: Path) -> tuple[str, ...]:
    """Names of the reports that can be built: the folders that hold a `report.toml`, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in templates.glob(f"*/{SETTINGS}")))


def meant_as_reports(templates: Path) -> tuple[str, ...]:
    """The same with the folders that a report was meant to be in, and that `load_report` has a word to say about.

    Left out in silence, they would be papers that nobody misses until the meeting. A folder is meant as a report where
    it holds a settings file of whatever name, a Word file or a workbook, or cannot be looked into.
    """
    try:
        with os.scandir(templates) as entries:
            folders = [Path(entry.path) for entry in entries if entry.is_dir() and not entry.name.startswith(".")]
    except FileNotFoundError:
        return ()
    found = {folder.name for folder in folders if meant_as_report(folder)}
    return tuple(sorted(found.union(reports_in(templates))))


def meant_as_report(folder: Path) -> bool:
    """Does the folder hold anything of a report, as far as can be seen?"""
    try:
        return any(is_of_a_report(name) for name in files_in(folder))
    except PermissionError:
        return True
    except OSError:
        return False


def is_of_a_report(name: str) -> bool:
    """Is a file of this name a report's settings, template or wording, or such a one renamed?"""
    known = name.casefold()
    return not known.startswith("readme") and (known.endswith(_OFFICE) or ".toml" in known)


def files_in(folder: Path) -> Sequence[str]:
    """Names of what stands in a folder, but for hidden files and those of programs that have others open."""
    return sorted(name for name in os.listdir(folder) if not name.startswith((".", "~$")))  # noqa: PTH208 (names only)


def settings_renamed(folder: Path) -> str:
    """The file in a folder without a `report.toml` that is one but for its name, such as `report.toml.txt`: Windows
    hides the last part. Empty where there is none.
    """
    try:
        names = {name.casefold(): name for name in files_in(folder)}
    except OSError:
        return ""
    near = next((name for name in names if ".toml" in name), None) or nearest(SETTINGS, names, 0.7)
    return names[near] if near else ""

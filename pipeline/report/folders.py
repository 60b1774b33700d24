"""The folders under `templates/`: which are reports, which were meant to be, and what their settings files hold."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli

from pipeline.nearest import nearest
from pipeline.problems import NeedsPerson, PaperError, Place, Problem, error

SETTINGS = "report.toml"
PART = "exempt"
"""The folder of a report's exempt part, and the end of that part's name."""
_OFFICE = (".docx", ".docm", ".dotx", ".doc", ".xlsx", ".xlsm", ".xls")


def reports_in(templates: Path) -> tuple[str, ...]:
    """Names of the reports that can be built: the folders that hold a `report.toml`, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in templates.glob(f"*/{SETTINGS}")))


def is_part(folder: Path) -> bool:
    """Is a folder the exempt part of the report above it?"""
    return folder.name == PART and not (folder / SETTINGS).exists() and (folder.parent / SETTINGS).exists()


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
        return any(is_of_a_report(name) for name in names_shown(folder))
    except PermissionError:
        return True
    except OSError:
        return False


def is_of_a_report(name: str) -> bool:
    """Is a file of this name a report's settings, template or wording, or such a one renamed?"""
    known = name.casefold()
    return not known.startswith("readme") and (known.endswith(_OFFICE) or ".toml" in known)


def names_shown(folder: Path) -> Sequence[str]:
    """Names of what stands in a folder, but for hidden files and those of programs that have others open."""
    return sorted(name for name in os.listdir(folder) if not name.startswith((".", "~$")))  # noqa: PTH208 (names only)


def settings_renamed(folder: Path) -> str:
    """The file in a folder without a `report.toml` that is one but for its name, such as `report.toml.txt`: Windows
    hides the last part. Empty where there is none.
    """
    try:
        names = {name.casefold(): name for name in names_shown(folder)}
    except OSError:
        return ""
    near = next((name for name in names if ".toml" in name), None) or nearest(SETTINGS, names, 0.7)
    return names[near] if near else ""


def settings_text(folder: Path) -> str:
    """What stands in a report's settings file. Raises PaperError (S101, S102) and NeedsPerson (S105)."""
    place = Place(f"{folder.name}/{SETTINGS}")
    try:
        return (folder / SETTINGS).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PaperError(missing(folder, place)) from None
    except OSError as fault:
        raise NeedsPerson(closed(fault, folder, place)) from None
    except UnicodeDecodeError:
        cure = "Open it in Notepad and save it with the encoding UTF-8."
        raise PaperError(error("S102", place, "“report.toml” holds characters that cannot be read.", cure)) from None


def missing(folder: Path, place: Place) -> Problem:
    """S101: there is no settings file, or one of another name."""
    cure = "Copy “report.toml” from a report that works and change it, or move this folder elsewhere."
    if near := settings_renamed(folder):
        cure = f"Rename “{near}” to “report.toml”. File Explorer shows whole names under View, File name extensions."
    return error("S101", place, f"There is no “report.toml” in {folder}.", cure)


def closed(fault: OSError, folder: Path, place: Place) -> Problem:
    """S105: the settings file is there and cannot be opened."""
    if os.path.isdir(folder / "report.toml"):  # noqa: PTH112 (no error where the folder is closed to everybody)
        return error("S105", place, "“report.toml” is a folder, not a file.", "Put the file itself in its place.")
    cure = "Close it if it is open somewhere; else ask IT for the right to read it and its folder."
    return error("S105", place, f"“report.toml” may not be opened ({fault.strerror}).", cure)


FAULTS = (
    ("Cannot overwrite", "is given twice", "Keep one of the two."),
    ("Cannot declare", "is given twice", "Keep one of the two."),
    ("Unescaped '\\'", "holds a backslash", "Write / in place of \\."),
    (
        "Expected '=' after",
        "has no equals sign, or a name of several words without quotes",
        'Write it as in title = "Improvement Update".',
    ),
    ("Unclosed array", "comes before the list above it is closed", "Add the square bracket at the end of that list."),
    (
        "Invalid value",
        "has a value that cannot be read",
        "Put texts in straight double quotes; write true or false, and numbers, without them.",
    ),
    ("Illegal character", "opens a text that is never closed", "Put a straight double quote at each end of the text."),
    ("Expected newline", "goes on after its value", "Put texts in straight double quotes, one setting a line."),
)


def parsed(text: str, place: Place) -> Mapping[str, Any]:
    """The tables of a settings file; raises PaperError (S103)."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as fault:
        raise PaperError(unread(fault, text, place)) from None


def unread(fault: tomli.TOMLDecodeError, text: str, place: Place) -> Problem:
    """S103: the line of the settings file that could not be read, quoted, and the likeliest cure."""
    at = re.search(r"at line (\d+)", str(fault))
    lines = [line for line in text.splitlines()[: int(at[1]) if at else None] if line.strip()]
    line = lines[-1].partition(" #")[0].strip()[:60] if lines else ""
    usual = ("cannot be read", "Put texts in straight double quotes, one setting a line.")
    what, cure = next(((what, cure) for start, what, cure in FAULTS if str(fault).startswith(start)), usual)
    number = at[1] if at else len(text.splitlines())
    return error("S103", place, f"“{line}” (line {number}) {what}.", cure)

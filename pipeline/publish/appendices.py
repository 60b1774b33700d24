"""The appendices of a paper, collected under their numbers. An exempt one is listed and never opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.problems import NOWHERE, Place, Problem, error, warning
from pipeline.store import existing, safe_name

_PDF, _UNTOLD = b"%PDF-", "?"


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix as the paper numbers it. `file` is its bare name in the appendices folder, as the log gives it.

    `exempt` is the paragraph of Schedule 12A by which it is kept from the public, blank for an open one, `?` where it
    is not known which.
    """

    number: int
    title: str
    file: str = ""
    exempt: str = ""
    place: Place = NOWHERE
    label: str = "Appendix"

    @property
    def name(self) -> str:
        """The name under which it is published: `Appendix 1 - Letter of 3 January.pdf`."""
        return safe_name(f"{self.label} {self.number} - {self.title}", ".pdf")

    @property
    def listed(self) -> str:
        """How the paper's list names it; of an exempt one its title and why it is not there, and no more."""
        return f"{self.title} (exempt by virtue of paragraph {self.exempt})" if self.exempt else self.title


def collected(appendices: Iterable[Appendix], folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The open appendices' bytes by published name, and what stands in the way: F107-F109, C120-C123.

    Only PDF files are published, and as they are. The file of an exempt appendix is not looked for, let alone opened.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for each in appendices:
        if each.exempt:
            problems += _exempt_problems(each)
            continue
        found = _content(each, folder)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        problems += _double(each, files)
        files[each.name] = found
    return files, problems


def _exempt_problems(one: Appendix) -> list[Problem]:
    if one.exempt != _UNTOLD:
        return []
    message = f"{one.label} {one.number} is kept back, and it is not said by which paragraph."
    return [error("C120", one.place, message, "Enter the number of the paragraph of Schedule 12A.")]


def _content(one: Appendix, folder: Path) -> bytes | Problem:
    if not one.file.strip():
        message = f"{one.label} {one.number}, “{one.title}”, has no file."
        return error("C121", one.place, message, "Enter the name of its file.")
    path = existing(folder, one.file, one.place)
    if isinstance(path, Problem):
        return path
    try:
        content = path.read_bytes()
    except OSError:
        return error(
            "C123",
            one.place,
            f"“{one.file}” cannot be read.",
            "Close it in other programs, or ask IT for the right to read it.",
        )
    if not content.startswith(_PDF):
        return error("C122", one.place, f"“{one.file}” is not a PDF.", "Save it as a PDF, and enter that file's name.")
    return content


def _double(one: Appendix, files: dict[str, bytes]) -> list[Problem]:
    if one.name.casefold() not in {name.casefold() for name in files}:
        return []
    return [warning("C124", one.place, f"Two appendices would be called “{one.name}”.", "Give one another title.")]

"""Problems: what somebody should put right, where it stands, and one way to do it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How much a problem matters: an error stops publication, a warning wants a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(NamedTuple):
    """A spot in an officer's file: a cell of a workbook, or a spot in a Word file told by what is near it.

    The same type says where a statement comes from (a source) and where a problem stands. A named tuple, because a
    paper knows thousands of them: one is made in a third of a dataclass's time.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    near: str = ""

    def __str__(self) -> str:
        return self.with_cells([self.cell] if self.cell else [])

    def with_cells(self, cells: Sequence[str]) -> str:
        """The place in words, with these cells in place of its own."""
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        found = f"cell{'s' if len(cells) > 1 else ''} {', '.join(cells)}" if cells else ""
        return ", ".join(part for part in (self.file, sheet, found, self.near) if part)

    @property
    def short(self) -> str:
        """`Actions!G11`, or the file's name where there is no sheet: for lists where the file is plain."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else str(self)


NOWHERE = Place()


def row_of(place: Place) -> int:
    """The number of a cell's row; 0 for a place that is no cell."""
    return int(place.cell.partition(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)


def column_of(place: Place) -> str:
    """The letters of a cell's column; blank for a place that is no cell."""
    return place.cell.rstrip("0123456789")


def listed(places: Iterable[Place]) -> str:
    """Several places in words, the cells of one sheet together: `a.xlsx, sheet Log, cells B2, C2; letter.docx`."""
    cells: dict[Place, list[str]] = {}
    for place in places:
        cells.setdefault(place._replace(cell=""), []).extend([place.cell] if place.cell else [])
    return "; ".join(sheet.with_cells(found) for sheet, found in cells.items())


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: `code` (see `committee-papers rule CODE`), place, what is wrong, one cure."""

    code: str
    message: str
    cure: str
    place: Place = NOWHERE
    level: Level = Level.ERROR

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place != NOWHERE else ""
        return f"{self.level} {self.code}  {where}{self.message} {self.cure}".rstrip()


def error(code: str, place: Place, message: str, cure: str) -> Problem:
    """A problem that stops publication."""
    return Problem(code, message, cure, place, Level.ERROR)


def warning(code: str, place: Place, message: str, cure: str) -> Problem:
    """A problem that a person should look at."""
    return Problem(code, message, cure, place, Level.WARNING)


def note(code: str, place: Place, message: str, cure: str = "") -> Problem:
    """Something worth knowing; nothing need be done."""
    return Problem(code, message, cure, place, Level.NOTE)


class PaperError(Exception):
    """The one exception an officer can meet: every problem found, never only the first."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class NeedsPerson(PaperError):
    """A person must act before the command can go on: a locked file, an edit in conflict."""

    exit_code = 3


class BrokenInstallation(PaperError):
    """The machine, not the council's files, is at fault: a full disk, a missing program."""

    exit_code = 4

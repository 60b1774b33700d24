"""A folder for a board that is new to the program, from the council's own workbook and a few answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.problems import PaperError, Place, error
from pipeline.text import match_key

if TYPE_CHECKING:
    from pipeline.read.own_kinds import OwnKind
    from pipeline.starter.questions import NewBoard, Question

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Founded:
    """The files of a new report, and what could not be told from its workbook, for a person to look at."""

    report: str
    files: tuple[Path, ...]
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prospect:
    """A workbook that a board is to be made from: its name, its bytes, its sheets as kinds of record, and the names of
    those that are no tables.
    """

    name: str
    file: str
    content: bytes
    kinds: tuple[OwnKind, ...]
    others: tuple[str, ...]

    def questions(self, answers: Answers, today: dt.date) -> Iterator[Question]:
        """All that is asked; what is asked of sheets depends on the answers before."""
        from pipeline.starter.questions import of_paper, of_sheets

        yield from of_paper(self.name, self.kinds, today)
        yield from of_sheets(self.kinds, answers)


def prospect(name: str, file: Path) -> Prospect:
    """The workbook that a report of that name is to be made from.

    Raises PaperError: F125 for a name that is no folder's, F126 where no sheet is a table, F2… where it cannot be read.
    """
    from pipeline.read import open_source
    from pipeline.read.own_kinds import own_kinds
    from pipeline.read.profile import profile_of
    from pipeline.sheets.reading import read
    from pipeline.store import safe_name

    if not name or safe_name(name) != name:
        cure = f"Take another, such as “{safe_name(name) or 'budget'}”."
        raise PaperError(error("F125", Place(name), "This cannot be the name of a folder.", cure))
    source = open_source(file)
    sheets = profile_of(read(source.content, source.name)).sheets
    kinds = tuple(own_kinds(sheets))
    if not kinds:
        cure = "Give a workbook in which a row of headings stands above the rows."
        raise PaperError(error("F126", Place(file.name), "No sheet looks like a table.", cure))
    tables = {kind.sheet for kind in kinds}
    others = tuple(sheet.name for sheet in sheets if sheet.name not in tables)
    return Prospect(name, source.name, source.content, kinds, others)


def found(folder: Path, given: Prospect, answers: Answers, today: dt.date) -> Founded:
    """Writes the report's folders below `folder`; questions that `answers` leaves out take what the workbook suggests.

    Raises PaperError (F127) with every answer that will not do, NeedsPerson (F123) where a file is in the way: nothing
    is written then.
    """
    from pipeline.starter import put_down, shipped_supplement
    from pipeline.starter.new_board import files_of
    from pipeline.starter.questions import board_of

    answers = complete(given, answers, today)
    board = board_of(given.kinds, answers)
    files = files_of(board, given.name, (given.file, given.content), shipped_supplement())
    written = put_down(folder, files.items())
    return Founded(given.name, written, tuple(untold(board, given.others)))


def complete(given: Prospect, answers: Answers, today: dt.date) -> dict[str, str]:
    """An answer to every question. Raises PaperError (F127) with all that will not do, or that nobody asked."""
    from pipeline.nearest import did_you_mean
    from pipeline.starter.questions import of_paper

    known = {each.key: each.answer for each in of_paper(given.name, given.kinds, today)} | dict(answers)
    asked = {each.key: each for each in given.questions(known, today)}
    known = {key: known.get(key, each.answer) for key, each in asked.items()}
    wrong = [(key, *told) for key, each in asked.items() if (told := each.wrong_with(known[key]))]
    wrong += said_twice(asked.values(), known)
    wrong += [(key, "Nothing of that name is asked.", did_you_mean(key, asked)) for key in answers if key not in asked]
    if wrong:
        raise PaperError([error("F127", Place(key), *told) for key, *told in wrong])
    return known


def said_twice(asked: Iterable[Question], answers: Answers) -> Iterator[tuple[str, str, str]]:
    """The answers that would call the rows of two sheets by one name: the question, what is wrong, how to mend it."""
    taken = dict[str, str]()
    for key in (each.key for each in asked if each.words):
        first = taken.setdefault(match_key(answers[key]), key)
        if first != key and first.rpartition(".")[0] != key.rpartition(".")[0]:
            yield key, f"“{answers[key]}” is the answer to {first} too.", "Call the rows of each sheet by another name."


def answers_in(file: Path) -> dict[str, str]:
    """The answers in a file, by the keys of their questions: `title`, and under the table `[Jobs]` `Jobs.group`.

    Raises PaperError (S102) where it is not written as settings are.
    """
    from pipeline.report.folders import parsed

    told = parsed(file.read_bytes().decode("utf-8-sig", errors="replace"), Place(file.name))
    sheets = {name: each for name, each in told.items() if isinstance(each, dict)}
    flat = {key: value for key, value in told.items() if key not in sheets}
    flat |= {f"{name}.{key}": value for name, each in sheets.items() for key, value in each.items()}
    return {key: ", ".join(map(str, value)) if isinstance(value, list) else str(value) for key, value in flat.items()}


def untold(board: NewBoard, others: Iterable[str]) -> Iterator[str]:
    """What a workbook does not tell, and a person must; `others` are its sheets that are no tables."""
    yield from (f"{sheet}: no row of it looks like headings, and it is left out" for sheet in others)
    for kind in (sheet.kind for sheet in board.sheets):
        yield from (f"{kind.sheet}, {heading}: it stands over two columns, and is left out" for heading in kind.twice)
        for name, column in kind.columns.items():
            if kind.types[name] == "choice" and name != kind.group:
                yield f"{kind.sheet}, {column.heading}: which of its words mean done, late or open"
            elif kind.types[name] in ("whole", "number"):
                yield f"{kind.sheet}, {column.heading}: what its figures count (a total would add them up)"
    yield "report.toml: whose report it is, whom to ask, and whether the law binds the body"
    yield "wording.xlsx: what the meeting is asked to decide, and what the figures mean"

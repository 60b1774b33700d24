"""What a person reads: problems as lines, grouped by file; or the same as data with --json."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import chain, groupby
from pathlib import Path
from typing import TextIO, TypeGuard

import click

from pipeline.problems import Level, PaperError, Place, Problem, column_of, row_of

COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "blue"}
ORDER = list(Level)
WIDTH, INDENT, MOST_NARROW = 100, 16, 40
"""Columns of a screen, of what stands before a problem's message, and of the least that is left to it."""
MOST_ALIKE, MOST_CELLS = 10, 12
COMMAND = "committee-papers "
LONG = 1_000_000
"""Bytes of a file of what was said, after which it is begun anew."""


class Both(io.TextIOBase):
    """A stream whose words go to a file too. `stream` is None where nobody looks on, as under a task of Windows."""

    def __init__(self, stream: TextIO | None, file: TextIO) -> None:
        self.stream, self.file = stream, file

    def write(self, text: str) -> int:
        """Writes the text to both."""
        if self.stream is not None:
            self.stream.write(text)
        self.file.write(text)
        self.file.flush()
        return len(text)

    def flush(self) -> None:
        """Hands on what was written."""
        if self.stream is not None:
            self.stream.flush()

    def isatty(self) -> bool:
        """Does somebody look on?"""
        return self.stream is not None and self.stream.isatty()


def said_in(path: Path, now: dt.datetime) -> None:
    """Keeps what is said from here on in a file too, under the time; the file is begun anew once it is long.

    `run` puts the streams back. A file that cannot be written is told of, and the work goes on.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        long = path.exists() and path.stat().st_size > LONG
        file = path.open("w" if long else "a", encoding="utf-8", errors="replace")
        file.write(f"\n{now:%Y-%m-%d %H:%M}\n")
        file.flush()
    except OSError as reason:
        click.echo(f"What is said cannot be kept in “{path}”: {reason.strerror}.", err=True)
        return
    sys.stdout, sys.stderr = Both(sys.stdout, file), Both(sys.stderr, file)


def asked_for(name: str) -> bool:
    """Was the command asked to be `quiet`, or `verbose`?"""
    command = click.get_current_context(silent=True)
    return bool(command and command.meta.get(name))


def say(text: str = "") -> None:
    """Prints what is no problem, unless problems alone are wanted."""
    if not asked_for("quiet"):
        click.echo(text)


def paint(text: str, level: Level) -> str:
    """The text in the colour of its level, unless NO_COLOR asks for none."""
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=COLOURS[level])


def counted(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning, 0 notes`."""
    numbers = [(sum(problem.level is level for problem in problems), str(level)) for level in ORDER]
    return ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for number, name in numbers)


def show_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Every problem, file by file, errors first: code, spot, what is wrong, and the cure on a line of its own."""
    by_place = sorted(problems, key=lambda problem: in_reading_order(problem.place))
    ordered = sorted(by_place, key=lambda problem: (problem.place.file, ORDER.index(problem.level)))
    for file, group in groupby(ordered, key=lambda problem: problem.place.file):
        click.echo(f"\n{file or 'The paper'}", err=err)
        for problem, cells in of_one_cause(group):
            spot = problem.place._replace(file="").with_cells(few(cells))
            level = paint(f"{problem.level:<8}", problem.level)
            text = folded(f"{spot + ': ' if spot else ''}{problem.message}", err=err)
            click.echo(f"  {level}{problem.code}  {text}", err=err)
            if problem.cure:
                click.echo(f"{'':{INDENT}}{folded(problem.cure, err=err)}", err=err)


def of_one_cause(problems: Iterable[Problem]) -> Iterator[tuple[Problem, list[str]]]:
    """Problems with the cells that they stand in: what is the same in several cells of a sheet once. Of one code in a
    sheet no more than ten that say different things are told, and then in which cells the others are.
    """
    cells = with_cells(problems)
    alike: dict[object, list[Problem]] = {}
    for problem, own in cells.items():
        alike.setdefault((problem.level, problem.code, problem.place.sheet) if own else problem, []).append(problem)
    more = {rest[0]: rest for kind in alike.values() if len(rest := kind[MOST_ALIKE:]) > 1}
    untold = frozenset(chain.from_iterable(more.values()))
    for problem, own in cells.items():
        if problem in more:
            others = [cell for other in more[problem] for cell in cells[other]]
            yield replace(problem, message=f"{len(more[problem]):,} more of the same kind.", cure=""), others
        elif problem not in untold:
            yield problem, own


def with_cells(problems: Iterable[Problem]) -> dict[Problem, list[str]]:
    """Problems that say the same of a sheet once, without a cell, with all the cells in which they stand."""
    cells: dict[Problem, list[str]] = {}
    for problem in problems:
        same = replace(problem, place=problem.place._replace(cell=""))
        cells.setdefault(same, []).extend([problem.place.cell] if problem.place.cell else [])
    return cells


def few(cells: list[str]) -> list[str]:
    """The first of many cells, and how many more there are."""
    return cells if len(cells) <= MOST_CELLS + 1 else [*cells[:MOST_CELLS], f"and {len(cells) - MOST_CELLS:,} more"]


def in_reading_order(place: Place) -> tuple[str, int, int, str, str]:
    """What places of one file are sorted by: a sheet's cells row by row, D9 before D11."""
    column = column_of(place)
    return place.sheet, row_of(place), len(column), column, place.near


def folded(text: str, *, err: bool) -> str:
    """The text in lines of at most WIDTH columns where a person looks on; whole elsewhere, and where it holds a
    command, which is to be copied.
    """
    lines = [text] if COMMAND in text else in_lines(text, INDENT, err=err)
    return f"\n{'':{INDENT}}".join(lines)


def in_lines(text: str, indent: int, *, err: bool = False) -> list[str]:
    """The text in lines that leave `indent` columns free where a person looks on; whole elsewhere."""
    if not (sys.stderr if err else sys.stdout).isatty():
        return [text]
    import shutil
    import textwrap

    width = min(WIDTH, shutil.get_terminal_size().columns) - indent
    return textwrap.wrap(text, max(width, MOST_NARROW), break_long_words=False, break_on_hyphens=False)


def without_notes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems but for notes, unless these are wanted."""
    return (problem for problem in problems if problem.level is not Level.NOTE or asked_for("verbose"))


JSON_NAMES = {"number": "draft", "path": "paper", "came_from": "goes_on_from", "fault": ""}
"""What a field of the office's data is called for machines, where that is not its own name; blank: not at all."""


def as_data(value: object) -> object:
    """Data of the office as JSON has it: a dataclass by its fields, its place by the parts of it beside them."""
    if not is_dataclass(value):
        return str(value)
    data: dict[str, object] = {}
    for name in (field.name for field in fields(value)):
        part = getattr(value, name)
        if isinstance(part, Place):
            data |= part._asdict()
        elif shown := JSON_NAMES.get(name, name):
            data[shown] = [place._asdict() for place in part] if are_places(part) else part
    return data


def are_places(value: object) -> TypeGuard[tuple[Place, ...]]:
    """Are these places?"""
    return isinstance(value, tuple) and bool(value) and all(isinstance(item, Place) for item in value)


def show_json(data: Mapping[str, object], result: object = None) -> None:
    """Data and nothing else on the standard output; with a `result` of the office, its fields beside the rest."""
    whole = {**data, **(as_data(result) if result is not None else {})}  # type: ignore[dict-item]
    click.echo(json.dumps(whole, indent=2, ensure_ascii=False, default=as_data))


def show_failure(found: PaperError, *, as_json: bool) -> None:
    """Why a command did not go through."""
    if as_json:
        show_json({"done": False, "problems": found.problems})
        return
    worst = min(found.problems, key=lambda problem: ORDER.index(problem.level))
    show_problems(
        (problem for problem in found.problems if Level.NOTE is not problem.level or worst.level is Level.NOTE),
        err=True,
    )
    click.echo(f"\n{counted(found.problems)}. Look one up: committee-papers rule {worst.code}", err=True)


def show_fault(fault: Exception) -> int:
    """A fault of the program's own: one line here, the rest in a file to send in. Returns the exit code."""
    import tempfile
    import traceback

    handle, name = tempfile.mkstemp(prefix="committee-papers-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        traceback.print_exception(fault, file=log)
    click.echo(
        f"The program failed, and this is not your files' fault. Please send this file in: {Path(name)}", err=True
    )
    return 4

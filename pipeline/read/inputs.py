"""Everything that one paper is made from: the officers' files, read once each, into records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.kinds import STANDARD, Comment, Record, Records, Sentence
from pipeline.nearest import nearest
from pipeline.problems import Level, PaperError, Place, Problem, error, warning
from pipeline.read.gate import open_source
from pipeline.read.labels import find_sheet, labelled_value, sheet_of
from pipeline.read.records import keep_apart, make_sentences, names_left_out
from pipeline.read.report_columns import columns_for, columns_of, exempt_headings, own_columns
from pipeline.read.suspicions import Table, column_of, suspicions, whole_columns
from pipeline.read.tables import read_table
from pipeline.read.withholding import Body, masked, row_of, untold, withheld_rows
from pipeline.report import CommentSettings, Report, SourceSettings
from pipeline.sheets import Workbook, column_letters, read
from pipeline.store import sha256_of
from pipeline.text import match_key
from pipeline.withheld import Withheld

ACCEPTANCES = STANDARD["acceptances"]
POSITION_LABELS = ("Position at", "Position as at", "As at")


@dataclass(slots=True)
class Desk:
    """The files of one paper as they are opened: each read once, its hash kept, its problems gathered."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    workbooks: dict[str, Workbook | None] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    unread: dict[str, Mapping[str, Place]] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)

    def content(self, name: str) -> bytes | None:
        """A file's bytes; None, with the problem noted, where it cannot be read."""
        try:
            opened = open_source(self.folder / name, name)
        except PaperError as found:
            self.problems.extend(found.problems)
            return None
        self.problems.extend(opened.problems)
        self.hashes[name] = sha256_of(opened.content)
        return opened.content

    def workbook(self, name: str, report: Report) -> Workbook | None:
        """A workbook, with the sheets that any record of the report is kept in."""
        if name not in self.workbooks:
            sheets = sorted({each.sheet for each in report.sources.values() if each.file == name})
            self.workbooks[name] = self.open_workbook(name, [] if "" in sheets else sheets)
        return self.workbooks[name]

    def open_workbook(self, name: str, sheets: Sequence[str]) -> Workbook | None:
        """Reads a workbook or an export; None, with the problem noted, where it cannot be read."""
        content = self.content(name)
        if content is None:
            return None
        try:
            found = read(content, name, sheets=sheets or None)
        except PaperError as refused:
            self.problems.extend(refused.problems)
            return None
        self.problems.extend(found.problems)
        return found


@dataclass(frozen=True, slots=True)
class Inputs:
    """The records of one paper, its sentences, every problem met in reading, and the hash of each file read.

    `unread` are the headings that name no field, by kind of record, with their cells. `withheld` are the rows that may
    not be public: no record, sentence or problem says anything of them but where they stand.
    """

    records: Records
    sentences: tuple[Sentence, ...]
    problems: tuple[Problem, ...]
    hashes: Mapping[str, str]
    unread: Mapping[str, Mapping[str, Place]] = field(default_factory=dict)
    withheld: tuple[Withheld, ...] = ()


def read_inputs(report: Report, folder: Path) -> Inputs:
    """Everything of `folder` that the report's settings name, and the report's wording. Never raises for bad files.

    Raises PaperError where there is no such folder.
    """
    if not folder.is_dir():
        raise PaperError(no_folder(folder))
    desk = Desk(folder)
    sources = dict(report.sources)
    if (folder / ACCEPTANCES.file).exists():
        sources[ACCEPTANCES.name] = SourceSettings(ACCEPTANCES.file)
    found = {name: tuple(read_role(desk, report, name, each)) for name, each in sources.items()}
    read: dict[str, Any] = {name: rows for name, rows in found.items() if name in STANDARD}
    read["own"] = {name: rows for name, rows in found.items() if name not in STANDARD}
    read["comments"] = tuple(read_comments(desk, report))
    read["position_at"] = position_at(desk, report)
    read["left_out"] = frozenset(desk.left_out)
    sentences, wording_problems, wording_hash = read_wording(report)
    hashes = {**desk.hashes, "wording.xlsx": wording_hash}
    problems = (*desk.problems, *wording_problems)
    return Inputs(Records(**read), sentences, problems, hashes, desk.unread, tuple(desk.withheld))


def no_folder(folder: Path) -> Problem:
    """The problem of a report without inputs."""
    place = f"{folder.parent.name}/{folder.name}"
    message = f"There is no folder “{place}”, from which the paper would be made."
    return error(
        "I101", Place(place), message, "Make it, and put the workbooks into it; or name another with --inputs."
    )


def read_role(desk: Desk, report: Report, name: str, settings: SourceSettings) -> Sequence[Record]:
    """The records of one role that may be public, from where the settings say that they are kept. The others are put
    with what the desk withholds.
    """
    workbook = desk.workbook(settings.file, report)
    sheet = sheet_of(workbook, settings.sheet, desk.problems) if workbook else None
    if workbook is None or sheet is None:
        return ()
    kind, columns = report.kinds[name], columns_for(report, name)
    table = read_table(sheet, columns, workbook.name)
    body = Body(
        workbook.name, sheet, table.headings, own_columns(report, name, table.headings), exempt_headings(report, name)
    )
    marks = withheld_rows(body) if kind.kept else {}
    table = replace(table, problems=masked(table.problems, marks))
    looked_at = Table(kind, columns, sheet, workbook.name, table)
    desk.unread[name] = looked_at.others
    spare = {column_letters(at) for field, at in table.headings.columns.items() if kind.fields[field].spare}
    found = masked([*whole_columns(looked_at), *suspicions(looked_at), *untold(table, marks)], marks)
    desk.problems.extend(milder(each) if column_of(each.place) in spare else each for each in found)
    repeated = {row_of(each.place) for each in found if each.code == "I218"}
    rows = [row for row in table.rows if row.number not in repeated]
    desk.left_out |= names_left_out(kind, rows, marks)
    kept = keep_apart(kind, rows, body, {row: mark for row, mark in marks.items() if row not in repeated})
    desk.withheld.extend(kept.withheld)
    return kept.records


def milder(problem: Problem) -> Problem:
    """An error as a warning, for a column that no statement rests on."""
    return replace(problem, level=Level.WARNING) if problem.level is Level.ERROR else problem


def position_at(desk: Desk, report: Report) -> Any:
    """The day that stands beside “Position at” above the tracker's headings, if any."""
    settings = report.sources.get("actions")
    workbook = desk.workbooks.get(settings.file) if settings else None
    if workbook is None or settings is None:
        return None
    wanted = match_key(settings.sheet)
    sheet = next((each for each in workbook.sheets if match_key(each.name) == wanted and each.read), None)
    if sheet is None:
        return None
    if found := labelled_value(sheet, POSITION_LABELS, workbook.name):
        return as_day_beside(found, desk.problems)
    if sheet.rows:
        desk.problems.append(no_position(Place(workbook.name, sheet.name)))
    return None


def no_position(place: Place) -> Problem:
    """The problem of a tracker that does not tell of which day it is."""
    message = "The sheet does not say on which day it was last gone through, so nobody can tell how old it is."
    return warning("I479", place, message, "Type “Position at” above the headings, and the day in the cell beside it.")


def as_day_beside(found: Any, problems: list[Problem]) -> Any:
    """The day in a labelled cell; None, with a warning, where it holds none."""
    from pipeline.read.days import as_day

    wrong: list[Problem] = []
    day = as_day(found.cell, found.place, wrong)
    problems.extend(map(milder, wrong))
    return day


def read_comments(desk: Desk, report: Report) -> list[Comment]:
    """The comments that have come; for one that has not, a problem."""
    comments = []
    for name, settings in report.comments.items():
        if not (desk.folder / settings.file).exists():
            desk.problems.append(not_come(settings, desk.folder))
            continue
        content = desk.content(settings.file)
        if content is not None:
            comments += read_one_comment(desk, content, settings, name)
    return comments


def read_one_comment(desk: Desk, content: bytes, settings: CommentSettings, name: str) -> list[Comment]:
    """The comment in a Word file, as a list of one; none, with the problem noted, where it cannot be read."""
    from pipeline.read.comments import read_comment

    try:
        comment, problems = read_comment(content, settings.file, name)
    except PaperError as found:
        desk.problems.extend(found.problems)
        return []
    desk.problems.extend(problems)
    return [comment] if comment.paragraphs else []


def not_come(settings: CommentSettings, folder: Path) -> Problem:
    """The problem of a comment that has not been sent, or was saved under another name."""
    place, path = Place(settings.file), folder / settings.file
    there = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    near = nearest(
        path.stem, [name for name in there if name.lower().endswith((".docx", ".doc")) and name[0] not in "~."]
    )
    hint = f" Did you mean “{near}”?" if near and path.stem.casefold() in near.casefold() else ""
    message = f"“{settings.title}”: the file has not come, and the draft says so in its place.{hint}"
    cure = f"Ask for it, and save it as “{path.name}” in “{path.parent.name}”."
    return error("I604", place, message, cure) if settings.required else warning("I604", place, message, cure)


def read_wording(report: Report) -> tuple[tuple[Sentence, ...], tuple[Problem, ...], str]:
    """The sentences of the report, the problems of the wording sheet, and the file's hash."""
    desk = Desk(report.folder)
    content = desk.content("wording.xlsx")
    sentences, problems = sentences_in(content) if content is not None else ((), ())
    return sentences, (*desk.problems, *problems), desk.hashes.get("wording.xlsx", "")


@lru_cache(maxsize=64)
def sentences_in(content: bytes) -> tuple[tuple[Sentence, ...], tuple[Problem, ...]]:
    """The sentences of a wording workbook and its problems; read once for all papers of a run."""
    problems: list[Problem] = []
    try:
        workbook = read(content, "wording.xlsx", sheets=["Wording"])
    except PaperError as found:
        return (), found.problems
    problems.extend(workbook.problems)
    sheet = find_sheet(workbook, ["Wording"], problems)
    if sheet is None:
        return (), tuple(problems)
    table = read_table(sheet, columns_of(STANDARD["sentences"]), workbook.name)
    problems.extend(table.problems)
    return tuple(make_sentences(table.rows)), tuple(problems)

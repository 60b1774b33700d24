"""Everything that one paper is made from: the officers' files, read once each, into records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from pipeline.kinds import STANDARD, Comment, Record, Records, Sentence, Withheld
from pipeline.nearest import did_you_mean
from pipeline.problems import Level, PaperError, Place, Problem, column_of, error, row_of, warning
from pipeline.read.columns import columns_for, columns_of, exempt_headings, own_columns
from pipeline.read.dates import as_day
from pipeline.read.gate import open_source
from pipeline.read.lookup import labelled_value, sheet_named
from pipeline.read.records import keep_apart, make_sentences, names_left_out
from pipeline.read.suspicions import suspicions, whole_columns
from pipeline.read.tables import Table, read_table
from pipeline.read.values import Reading, read_cell
from pipeline.read.withholding import Body, masked, untold, withheld_rows
from pipeline.report import CommentSettings, Report, SourceSettings
from pipeline.sheets import Workbook, column_letters, read
from pipeline.store import sha256_of
from pipeline.text import match_key

ACCEPTANCES = STANDARD["acceptances"]
_WORD = (".docx", ".doc")
POSITION_LABELS = ("Position at", "Position as at", "As at")


@dataclass(slots=True)
class Files:
    """The files of one paper as they are opened: each read once, its hash kept, and what is wrong with it."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    workbooks: dict[str, Workbook | None] = field(default_factory=dict)

    def content(self, name: str) -> bytes | None:
        """A file's bytes; None, with the problem noted, where it cannot be read."""
        try:
            source = open_source(self.folder / name, name)
        except PaperError as refused:
            self.problems.extend(refused.problems)
            return None
        self.problems.extend(source.problems)
        self.hashes[name] = sha256_of(source.content)
        return source.content

    def workbook(self, name: str, report: Report) -> Workbook | None:
        """A workbook or an export, with the sheets that any record of the report is kept in; None, with the problem
        noted, where it cannot be read.
        """
        if name not in self.workbooks:
            wanted = sorted({source.sheet for source in report.sources.values() if source.file == name})
            content = self.content(name)
            self.workbooks[name] = None if content is None else self._read(content, name, wanted)
        return self.workbooks[name]

    def _read(self, content: bytes, name: str, wanted: Sequence[str]) -> Workbook | None:
        try:
            workbook = read(content, name, sheets=None if "" in wanted else wanted or None)
        except PaperError as refused:
            self.problems.extend(refused.problems)
            return None
        self.problems.extend(workbook.problems)
        return workbook


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


class KindRead(NamedTuple):
    """What the officers keep of one kind of record: the records that may be public, the rows that may not, what is
    wrong, the names of rows that give no record, and the headings that name no field, with their cells.
    """

    records: tuple[Record, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: frozenset[str] = frozenset()
    unread: Mapping[str, Place] = MappingProxyType({})


def read_inputs(report: Report, folder: Path) -> Inputs:
    """Everything of `folder` that the report's settings name, and the report's wording. Bad files are problems; raises
    PaperError where there is no such folder.
    """
    if not folder.is_dir():
        raise PaperError(no_folder(folder))
    files = Files(folder)
    sources = dict(report.sources)
    if (folder / ACCEPTANCES.file).exists():
        sources[ACCEPTANCES.name] = SourceSettings(ACCEPTANCES.file)
    kinds = {name: read_kind(files, report, name, source) for name, source in sources.items()}
    comments, of_comments = read_comments(files, report)
    position, of_position = position_at(files, report)
    standard: dict[str, Any] = {name: kind.records for name, kind in kinds.items() if name in STANDARD}
    records = Records(
        **standard,
        own={name: kind.records for name, kind in kinds.items() if name not in STANDARD},
        comments=comments,
        position_at=position,
        left_out=frozenset().union(*(kind.left_out for kind in kinds.values())),
    )
    sentences, of_wording, wording_hash = read_wording(report)
    of_kinds = chain.from_iterable(kind.problems for kind in kinds.values())
    return Inputs(
        records,
        sentences,
        (*files.problems, *of_kinds, *of_comments, *of_position, *of_wording),
        {**files.hashes, "wording.xlsx": wording_hash},
        {name: kind.unread for name, kind in kinds.items()},
        tuple(chain.from_iterable(kind.withheld for kind in kinds.values())),
    )


def no_folder(folder: Path) -> Problem:
    """The problem of a report without inputs."""
    place = f"{folder.parent.name}/{folder.name}"
    message = f"There is no folder “{place}”, from which the paper would be made."
    return error(
        "I101", Place(place), message, "Make it, and put the workbooks into it; or name another with --inputs."
    )


def read_kind(files: Files, report: Report, name: str, settings: SourceSettings) -> KindRead:
    """The records of one kind, from where the settings say that they are kept."""
    workbook = files.workbook(settings.file, report)
    if workbook is None:
        return KindRead()
    try:
        sheet = sheet_named(workbook, settings.sheet)
    except PaperError as refused:
        return KindRead(problems=refused.problems)
    return records_of(report, name, read_table(sheet, columns_for(report, name)))


def records_of(report: Report, name: str, table: Table) -> KindRead:
    """What a table of one kind of record gives."""
    kind, headings = report.kinds[name], table.headings
    own, exempt = own_columns(report, name, headings), exempt_headings(report, name)
    body = Body(table.sheet, headings, own, exempt)
    marks = withheld_rows(body) if kind.kept else {}
    table = replace(table, problems=masked(table.problems, marks))
    found = masked([*whole_columns(table), *suspicions(kind, table), *untold(table, marks)], marks)
    spare = {column_letters(at) for field, at in headings.columns.items() if kind.fields[field].spare}
    repeated = {row_of(problem.place) for problem in found if problem.code == "I218"}
    rows = [row for row in table.rows if row.number not in repeated]
    kept = keep_apart(kind, rows, body, {row: mark for row, mark in marks.items() if row not in repeated})
    return KindRead(
        kept.records,
        kept.withheld,
        tuple(milder(problem) if column_of(problem.place) in spare else problem for problem in found),
        frozenset(names_left_out(kind, rows, marks)),
        {text: table.sheet.place(headings.row, index) for text, index in headings.others.items()},
    )


def milder(problem: Problem) -> Problem:
    """An error as a warning, for a column that no statement rests on."""
    return replace(problem, level=Level.WARNING) if problem.level is Level.ERROR else problem


def position_at(files: Files, report: Report) -> tuple[dt.date | None, tuple[Problem, ...]]:
    """The day that stands beside “Position at” above the tracker's headings, if any, and what is wrong with it."""
    settings = report.sources.get("actions")
    workbook = files.workbooks.get(settings.file) if settings else None
    wanted, sheets = (match_key(settings.sheet), workbook.sheets) if settings and workbook else ("", ())
    sheet = next((sheet for sheet in sheets if match_key(sheet.name) == wanted and sheet.read), None)
    if sheet is None:
        return None, ()
    if found := labelled_value(sheet, POSITION_LABELS):
        day = read_cell(found.cell, as_day, Reading())
        return day.value, tuple(map(milder, day.at(found.place)))
    told = "The sheet does not say on which day it was last gone through, so nobody can tell how old it is."
    cure = "Type “Position at” above the headings, and the day in the cell beside it."
    return None, (warning("I479", sheet.place(), told, cure),) if sheet.rows else ()


def read_comments(files: Files, report: Report) -> tuple[tuple[Comment, ...], tuple[Problem, ...]]:
    """The comments that have come, and what is wrong with them; for one that has not come, a problem."""
    found = [read_one_comment(files, settings, name) for name, settings in report.comments.items()]
    comments = tuple(comment for comment, _ in found if comment and comment.paragraphs)
    return comments, tuple(chain.from_iterable(problems for _, problems in found))


def read_one_comment(files: Files, settings: CommentSettings, name: str) -> tuple[Comment | None, Sequence[Problem]]:
    """The comment in a Word file and what is wrong with it; no comment where it cannot be read, or has not come."""
    if not (files.folder / settings.file).exists():
        return None, [not_come(settings, files.folder)]
    content = files.content(settings.file)
    if content is None:
        return None, ()
    from pipeline.read.comments import read_comment

    try:
        return read_comment(content, settings.file, name)
    except PaperError as refused:
        return None, refused.problems


def not_come(settings: CommentSettings, folder: Path) -> Problem:
    """The problem of a comment that has not been sent, or was saved under another name."""
    place, path = Place(settings.file), folder / settings.file
    there = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    beside = [name for name in there if name.lower().endswith(_WORD) and name[0] not in "~."]
    hint = did_you_mean(path.stem, [name for name in beside if path.stem.casefold() in name.casefold()], "")
    message = f"“{settings.title}”: the file has not come, and the draft says so in its place. {hint}".rstrip()
    raised = error if settings.required else warning
    return raised("I604", place, message, f"Ask for it, and save it as “{path.name}” in “{path.parent.name}”.")


def read_wording(report: Report) -> tuple[tuple[Sentence, ...], tuple[Problem, ...], str]:
    """The sentences of the report, the problems of the wording sheet, and the file's hash."""
    files = Files(report.folder)
    content = files.content("wording.xlsx")
    sentences, problems = sentences_in(content) if content is not None else ((), ())
    return sentences, (*files.problems, *problems), files.hashes.get("wording.xlsx", "")


@lru_cache(maxsize=64)
def sentences_in(content: bytes) -> tuple[tuple[Sentence, ...], tuple[Problem, ...]]:
    """The sentences of a wording workbook and its problems; read once for all papers of a run."""
    try:
        workbook = read(content, "wording.xlsx", sheets=["Wording"])
        table = read_table(sheet_named(workbook, "Wording"), columns_of(STANDARD["sentences"]))
    except PaperError as refused:
        return (), refused.problems
    return tuple(make_sentences(table.rows)), (*workbook.problems, *table.problems)

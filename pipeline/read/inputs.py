"""Everything that one paper is made from: the officers' files, read once each, into records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from pipeline.kinds import EXEMPT, STANDARD, Kind, Letter, Record, Records, Sentence, Withheld
from pipeline.problems import NOWHERE, Level, PaperError, Place, Problem, column_of, error, row_of, warning
from pipeline.read.comment_files import read_comments
from pipeline.read.dates import as_day
from pipeline.read.files import Files
from pipeline.read.lookup import labelled_value, sheet_named
from pipeline.read.marks import UNTOLD
from pipeline.read.records import make_records, make_sentences, names_left_out, without_private_links
from pipeline.read.suspicions import headings_again, suspicions, whole_columns
from pipeline.read.table import Table, columns_for, columns_of, exempt_headings, own_columns
from pipeline.read.tables import read_table
from pipeline.read.totals import total_rows, wrong_totals
from pipeline.read.values import Reading, read_cell
from pipeline.read.withholding import Body, Mark, doubts, masked, texts_of, withheld_rows
from pipeline.report import Report, SourceSettings
from pipeline.sheets import Sheet, column_letters
from pipeline.sheets.reading import read

ACCEPTANCES, WORDING = STANDARD["acceptances"], STANDARD["sentences"]
POSITION_LABELS = ("Position at", "Position as at", "As at")


_known: WeakKeyDictionary[Sheet, dict[tuple[Report, str], KindRead]] = WeakKeyDictionary()
"""What sheets gave, as long as they themselves are known: one build asks for the calendar twice."""


class Inputs(NamedTuple):
    """The records of one paper, its sentences, every problem met in reading, and the hash of each file read.

    `unread` are the headings that name no field, by kind of record, with their cells. `withheld` are the rows that may
    not be public: no record, sentence or problem says anything of them but where they stand.
    """

    records: Records
    sentences: tuple[Sentence, ...]
    problems: tuple[Problem, ...]
    hashes: Mapping[str, str]
    unread: Mapping[str, Mapping[str, Place]] = {}
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
    kinds = {name: read_kind(files, report, name, source) for name, source in sources_in(report, folder).items()}
    comments, of_comments = read_comments(files, report)
    position, where, of_position = position_at(files, report)
    sentences, of_wording, wording_hash = read_wording(report)
    of_kinds = chain.from_iterable(kind.problems for kind in kinds.values())
    withheld = tuple(chain.from_iterable(kind.withheld for kind in kinds.values()))
    paragraphs = tuple(map(exempt_by, withheld))
    if report.is_exempt:
        kinds, withheld = {name: turned(report.kinds[name], kind) for name, kind in kinds.items()}, ()
    records = replace(records_of_all(kinds), exempt=paragraphs)
    return Inputs(
        replace(records, comments=comments, position_at=position, position_cell=where),
        sentences,
        (*files.problems, *of_kinds, *of_comments, *of_position, *of_wording),
        {**files.hashes, WORDING.file: wording_hash},
        {name: kind.unread for name, kind in kinds.items()},
        withheld,
    )


def sources_in(report: Report, folder: Path) -> Mapping[str, SourceSettings]:
    """Where each kind of record is kept: as the settings say, and acceptances where their file is there. They are of
    the public paper's problems, not of its exempt part's.
    """
    if report.is_exempt or not (folder / ACCEPTANCES.file).exists():
        return report.sources
    return {**report.sources, ACCEPTANCES.name: SourceSettings(ACCEPTANCES.file)}


def turned(kind: Kind, found: KindRead) -> KindRead:
    """What an exempt part has of a kind: in place of the rows that may be public those that may not, where a paragraph
    says so. What rows speak of among the others is not at fault. Kinds without a word on who may read them stay.
    """
    if EXEMPT not in kind.fields:
        return found
    rows = tuple(row.record for row in found.withheld if row.record and row.paragraph != UNTOLD)
    return found._replace(records=rows, left_out=found.left_out | {row.key for row in found.records})


def exempt_by(row: Withheld) -> tuple[str, dt.date | None]:
    """By which paragraph a row may not be public; of a letter its day."""
    return row.paragraph, row.record.date if isinstance(row.record, Letter) else None


def records_of_all(kinds: Mapping[str, KindRead]) -> Records:
    """The records of all kinds together."""
    standard: dict[str, Any] = {name: kind.records for name, kind in kinds.items() if name in STANDARD}
    own = {name: kind.records for name, kind in kinds.items() if name not in STANDARD}
    return Records(**standard, own=own, left_out=frozenset().union(*(kind.left_out for kind in kinds.values())))


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
    known = _known.setdefault(sheet, {})
    if (report, name) not in known:
        known[report, name] = records_of(report, name, sheet)
    return known[report, name]


def records_of(report: Report, name: str, sheet: Sheet) -> KindRead:
    """What a sheet with one kind of record gives. Headings that are put a second time give nothing."""
    table = read_table(sheet, columns_for(report, name))
    kind, headings, again = report.kinds[name], table.headings, headings_again(table)
    body = Body(table.sheet, headings, own_columns(kind, headings), exempt_headings(report, name))
    marks = {row: mark for row, mark in withheld_rows(body).items() if row not in again} if kind.kept else {}
    table = table._replace(problems=masked(table.problems, marks))
    found = masked([*whole_columns(table, again), *suspicions(kind, table), *doubts(table, marks)], marks)
    totals = total_rows(kind, table) if kind.own else frozenset()
    found = (
        *(each for each in found if row_of(each.place) not in totals),
        *wrong_totals(kind, table, totals, private=bool(marks)),
    )
    rest = again | totals
    table = table._replace(rows=tuple(row for row in table.rows if row.number not in rest))
    made = dict(make_records(kind, table.rows, {row: mark.paragraph for row, mark in marks.items()}))
    return KindRead(
        open_records(kind, table, made, marks),
        tuple(withheld(kind, body, row, mark, made.get(row)) for row, mark in sorted(marks.items())),
        tuple(without_spare_errors(kind, table, found)),
        names_left_out(kind, table.rows, marks),
        {text: table.sheet.place(headings.row, index) for text, index in headings.others.items()},
    )


def open_records(kind: Kind, table: Table, made: Mapping[int, Record], marks: Mapping[int, Mark]) -> tuple[Record, ...]:
    """The records that may be public, in the sheet's order; no letter among them names one that may not."""
    records = tuple(record for row, record in made.items() if row not in marks)
    if kind.name != "letters" or not marks:
        return records
    letters = [record for record in records if isinstance(record, Letter)]
    return without_private_links(letters, [row for row in table.rows if row.number in marks])


def withheld(kind: Kind, body: Body, row: int, mark: Mark, record: Record | None) -> Withheld:
    """One row that may not be public."""
    return Withheld(
        kind=kind.name,
        key=record.key if record else "",
        source=record.source if record else body.sheet.place(row, min(body.headings.columns.values())),
        mark=mark.place,
        paragraph=mark.paragraph,
        texts=texts_of(body, row),
        record=record,
    )


def without_spare_errors(kind: Kind, table: Table, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, errors as warnings in columns that no statement rests on."""
    columns = table.headings.columns.items()
    spare = {column_letters(index) for field, index in columns if kind.fields[field].spare}
    return (milder(problem) if column_of(problem.place) in spare else problem for problem in problems)


def milder(problem: Problem) -> Problem:
    """An error as a warning, for a column that no statement rests on."""
    return replace(problem, level=Level.WARNING) if problem.level is Level.ERROR else problem


def position_at(files: Files, report: Report) -> tuple[dt.date | None, Place, tuple[Problem, ...]]:
    """The day that stands beside “Position at” above the tracker's headings, its cell, and what is wrong with it."""
    settings = report.sources.get("actions")
    workbook = files.workbooks.get(settings.file) if settings else None
    if settings is None or workbook is None:
        return None, NOWHERE, ()
    try:
        sheet = sheet_named(workbook, settings.sheet)
    except PaperError:
        return None, NOWHERE, ()  # which is told of with its rows
    if found := labelled_value(sheet, POSITION_LABELS):
        day = read_cell(found.cell, as_day, Reading())
        return day.value, found.place, tuple(map(milder, day.at(found.place)))
    message = "The sheet does not say on which day it was last gone through, so nobody can tell how old it is."
    cure = "Type “Position at” above the headings, and the day in the cell beside it."
    return None, sheet.place(), (warning("I479", sheet.place(), message, cure),) if sheet.rows else ()


def read_wording(report: Report) -> tuple[tuple[Sentence, ...], tuple[Problem, ...], str]:
    """The sentences of the report, the problems of the wording sheet, and the file's hash."""
    files = Files(report.folder)
    content = files.content(WORDING.file)
    sentences, problems = sentences_in(content) if content is not None else ((), ())
    return sentences, (*files.problems, *problems), files.hashes.get(WORDING.file, "")


@lru_cache(maxsize=64)
def sentences_in(content: bytes) -> tuple[tuple[Sentence, ...], tuple[Problem, ...]]:
    """The sentences of a wording workbook and its problems; read once for all papers of a run."""
    try:
        workbook = read(content, WORDING.file, sheets=[WORDING.sheet])
        table = read_table(sheet_named(workbook, WORDING.sheet), columns_of(WORDING))
    except PaperError as refused:
        return (), refused.problems
    return tuple(make_sentences(table.rows)), (*workbook.problems, *table.problems)

"""What a problem's code means, and how a workbook looks to the program: both whatever report there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.problems import PaperError, Place, Problem, error

if TYPE_CHECKING:
    from pipeline.read.profile import ColumnProfile, SheetProfile
    from pipeline.report import Report


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """A problem's code: its usual level, others and when it has them, why it is one, an example of wrong and right."""

    code: str
    title: str
    level: str
    other_levels: Mapping[str, str]
    why: str
    wrong: str
    right: str


def rules() -> dict[str, ExplainedRule]:
    """Every code that a problem can have."""
    from pipeline.catalogue import rules as catalogue

    return {
        code: ExplainedRule(code, rule.title, rule.level, rule.other_levels, rule.why, rule.wrong, rule.right)
        for code, rule in sorted(catalogue().items())
    }


def rule(code: str) -> ExplainedRule:
    """What a problem's code means; raises PaperError (F132) for no such code."""
    found = rules().get(code.upper())
    if found is None:
        cure = "Copy it from the list of problems, or type no code to see them all."
        raise PaperError(error("F132", Place("committee-papers rule"), f"There is no rule “{code}”.", cure))
    return found


@dataclass(frozen=True, slots=True)
class InspectedColumn:
    """One column: its letters, its heading, what is in its cells, how many are filled, and what is odd about it."""

    letters: str
    heading: str
    kind: str
    filled: int
    remark: str


@dataclass(frozen=True, slots=True)
class InspectedSheet:
    """One sheet: whether it can be seen, where its headings stand, the rows below, and what nobody sees at a glance."""

    name: str
    state: str
    heading_row: int
    rows: int
    columns: tuple[InspectedColumn, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """How a workbook looks to the program, and the settings that it suggests for report.toml."""

    file: str
    sheets: tuple[InspectedSheet, ...]
    settings: tuple[str, ...]
    problems: tuple[Problem, ...]


def inspect(file: Path) -> Inspected:
    """How a workbook (.xlsx, .csv) looks to the program; of one in a report's inputs, the report's own kinds of row and
    headings are known. Raises PaperError where it cannot be read.
    """
    from pipeline.read import open_source
    from pipeline.read.profile import profile_of
    from pipeline.read.suggest import settings_for
    from pipeline.sheets.reading import read

    source = open_source(file)
    book = profile_of(read(source.content, source.name))
    settings = tuple(settings_for(book, source.name, report_of(file), status_meanings()))
    return Inspected(book.name, tuple(map(sheet_of, book.sheets)), settings, (*source.problems, *book.problems))


def status_meanings() -> dict[str, str]:
    """What the words of a status mean in the reports that come with the program, by their keys for a comparison."""
    from pipeline.report import load_report, reports_in
    from pipeline.starter import shipped_folder
    from pipeline.text import match_key

    templates = shipped_folder() / "templates"
    tables = (load_report(templates / name).words.get("status", {}) for name in reports_in(templates))
    return {match_key(word): meaning for table in tables for meaning, words in table.items() for word in words}


def report_of(file: Path) -> Report | None:
    """The report in whose folder of inputs a file lies; None where there is none that can be read."""
    from pipeline.report import load_report

    inputs = next((folder for folder in file.resolve().parents if folder.parent.name == "inputs"), None)
    folder = inputs.parent.parent / "templates" / inputs.name if inputs else None
    try:
        return load_report(folder) if folder and folder.is_dir() else None
    except PaperError:
        return None


def sheet_of(sheet: SheetProfile) -> InspectedSheet:
    """A sheet's profile as plain data."""
    columns = tuple(
        InspectedColumn(column.letters, column.heading, column.summary.kind, column.filled, remark_on(column))
        for column in sheet.columns
    )
    return InspectedSheet(sheet.name, sheet.state, sheet.heading_row, sheet.rows, columns, tuple(remarks(sheet)))


def remarks(sheet: SheetProfile) -> Iterator[str]:
    """What an officer may not see at a glance."""
    counted = {
        "blank rows between": sheet.blank_rows,
        "hidden rows, read like the others": sheet.hidden_rows,
        "rows struck out, left out of papers": sheet.struck_rows,
        "more columns, not shown": sheet.more_columns,
    }
    yield from (f"{number} {what}" for what, number in counted.items() if number)
    if sheet.titles:
        yield f"above them: {'; '.join(filter(None, sheet.titles))[:100]}"


def remark_on(column: ColumnProfile) -> str:
    """A column's kind, and what is odd about it."""
    sorts = ", ".join(f"{number} {sort}" for sort, number in column.summary.sorts.items())
    kind = f"{column.summary.kind} ({sorts})" if sorts else "blank"
    merged = f"{column.merged} merged, filled down" if column.merged else ""
    return "; ".join(filter(None, (kind, merged, "hidden" if column.hidden else "")))

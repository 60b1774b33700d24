"""`inspect`: how a workbook looks to the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, show_json, show_problems

if TYPE_CHECKING:
    from pipeline.read.profile import ColumnProfile, SheetProfile, WorkbookProfile
    from pipeline.report import Report


@click.command("inspect")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.data
def command(file: Path, *, as_json: bool) -> int:
    """Show how the workbook FILE looks to the program, and the settings it suggests for report.toml.

    Reads .xlsx and .csv, and changes nothing. Of a file in a report's inputs folder, the report's own kinds of row and
    headings are known.
    """
    from pipeline import sheets
    from pipeline.read import open_source
    from pipeline.read.profile import profile
    from pipeline.read.suggest import settings_text, suggestions

    source = open_source(file)
    book = profile(sheets.read(source.content, source.name))
    settings = [settings_text(source.name, each) for each in suggestions(book, report_of(file))]
    if as_json:
        show_json(as_plain(book, settings))
        return 0
    for sheet in book.sheets:
        tell(sheet)
    show_problems([*source.problems, *book.problems])
    if settings:
        click.echo("\nFor report.toml:\n")
        click.echo("\n\n".join(settings))
    else:
        click.echo(f"\n{source.name}: no sheet looks like a tracker, a log or a calendar.")
    return 0


def report_of(file: Path) -> Report | None:
    """The report in whose folder of inputs a file lies; None where there is none that can be read."""
    from pipeline.problems import PaperError
    from pipeline.report import load_report

    inputs = next((each for each in file.resolve().parents if each.parent.name == "inputs"), None)
    folder = inputs.parent.parent / "templates" / inputs.name if inputs else None
    try:
        return load_report(folder) if folder and folder.is_dir() else None
    except PaperError:
        return None


def tell(sheet: SheetProfile) -> None:
    """One sheet: where its headings stand, then its columns."""
    state = "" if sheet.state == "visible" else f" ({sheet.state})"
    click.echo(f"\nSheet {sheet.name}{state}")
    if not sheet.heading_row:
        click.echo("  no row looks like headings")
        return
    click.echo(f"  headings in row {sheet.heading_row}, {sheet.rows} rows below")
    for fact in remarks(sheet):
        click.echo(f"  {fact}")
    for column in sheet.columns:
        click.echo(f"    {column.letters:<4}{column.heading[:34]:<36}{described(column)}")


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
        yield f"above them: {'; '.join(each for each in sheet.titles if each)[:100]}"


def described(column: ColumnProfile) -> str:
    """A column's kind, and what is odd about it."""
    sorts = ", ".join(f"{number} {sort}" for sort, number in column.summary.sorts.items())
    more = [f"{column.merged} merged, filled down" if column.merged else "", "hidden" if column.hidden else ""]
    return "; ".join(part for part in (f"{column.summary.kind} ({sorts})" if sorts else "blank", *more) if part)


def as_plain(book: WorkbookProfile, settings: list[str]) -> dict[str, Any]:
    """The same for machines."""
    return {
        "file": book.name,
        "sheets": [
            {
                "name": sheet.name,
                "state": sheet.state,
                "heading_row": sheet.heading_row,
                "rows": sheet.rows,
                "columns": [
                    {"letters": each.letters, "heading": each.heading, "kind": each.summary.kind, "filled": each.filled}
                    for each in sheet.columns
                ],
            }
            for sheet in book.sheets
        ],
        "settings": settings,
        "problems": [as_data(each) for each in book.problems],
    }

"""`check`: everything that stands between the files and a published paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, counted, show_json, show_problems
from pipeline.problems import Level, PaperError, Problem
from pipeline.revise.differences import is_unsettled
from pipeline.store import drafts_in

if TYPE_CHECKING:
    from pipeline.office.checking import Gathered

LATE = "C140"


@click.command("check")
@click.argument("report", required=False)
@options.dates
@options.folders
@click.option("--annotate", is_flag=True, help="Write a copy of each workbook with the problems on their cells.")
@options.voice
def command(report: str | None, *, annotate: bool, as_json: bool, quiet: bool, verbose: bool, **asked: Any) -> int:
    """List what is wrong in REPORT's files, wording and template, in the paper they make, and in its newest draft.
    Writes nothing.

    Notes are shown with -v. Every code can be looked up: committee-papers rule CODE
    """
    from pipeline.office.drafting import Order
    from pipeline.office.questions import check

    order = Order(report=options.the_report(asked["templates"], report), now=options.now(), **asked)
    try:
        gathered, problems = check(order)
    except PaperError as found:
        order = options.of_the_last_meeting(order, found)
        gathered, problems = check(order)
    copies, refused = write_copies(gathered, problems) if annotate else ([], [])
    shown = [each for each in problems if verbose or each.level is not Level.NOTE]
    if as_json:
        show_json({"report": order.report, "problems": [as_data(each) for each in problems], "copies": copies,
                   "not_copied": refused})  # fmt: skip
    else:
        show_problems(shown)
        if copies:
            click.echo("\nChecked copies:")
        for path in copies:
            click.echo(f"  {path}")
        for each in refused:
            click.echo(f"\n{each}")
        if not quiet:
            drafted = bool(drafts_in(gathered.drafts))
            click.echo(f"\n{counted(problems)}. {verdict(problems, drafted=drafted)}")
    return exit_code(problems)


def exit_code(problems: list[Problem]) -> int:
    """3 where a person must settle something, 1 where an error stands, else 0."""
    if is_unsettled(problems):
        return 3
    return 1 if any(each.level is Level.ERROR for each in problems) else 0


def verdict(problems: list[Problem], *, drafted: bool = True) -> str:
    """What the count means; `drafted`: there is a draft of the paper."""
    codes = [each.code for each in problems if each.level is Level.ERROR]
    if codes and set(codes) == {LATE}:
        return "The paper can be published only as a late item, with its reasons."
    if codes:
        code = codes[0]
        return f"The paper cannot be published yet. Look one up: committee-papers rule {code}"
    if not drafted:
        return "Nothing stands against publication, once the paper is drafted, with: committee-papers build"
    return "Nothing stands against publication."


def write_copies(gathered: Gathered, problems: list[Problem]) -> tuple[list[Path], list[str]]:
    """A checked copy of each workbook with a problem at a cell, in the report's folder of outputs; and what to say
    of those that cannot be copied.
    """
    from pipeline.check.workbook_copy import NotCopied, by_cell, checked_copy
    from pipeline.office.fencing import fence_around
    from pipeline.store import save_copy

    withheld, around = gathered.inputs.withheld, fence_around(gathered)
    written, refused = list[Path](), list[str]()
    for file in sorted({each.place.file for each in problems}):
        own = [each for each in problems if each.place.file == file]
        folder = gathered.report.folder if file == "wording.xlsx" else gathered.folder
        source = folder / file
        if by_cell(own) and source.suffix.lower() in (".xlsx", ".xlsm") and source.is_file():
            rows = {(each.source.sheet, each.row) for each in withheld if each.source.file == file}
            try:
                content = checked_copy(source.read_bytes(), own, rows, lambda text: bool(around.said_in(text)))
            except NotCopied as why:
                refused.append(f"There is no checked copy of “{file}”: {why}. Its problems are in the list above.")
                continue
            name = f"{source.stem} (checked).xlsx"
            written.append(save_copy(gathered.outputs / gathered.report.name / "checked", name, content))
    return written, refused

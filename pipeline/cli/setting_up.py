"""Commands beside the papers: a starter folder, a look over the installation, at a workbook, at a problem's code."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import office
from pipeline.cli.options import FILE, FOLDERS, command
from pipeline.cli.talk import paint, say, show_json, show_problems
from pipeline.problems import Level

if TYPE_CHECKING:
    from pipeline.office.founding import Prospect
    from pipeline.office.lookups import InspectedSheet

LEVELS = {"ok": Level.NOTE, "look": Level.WARNING, "wrong": Level.ERROR}


@command(
    (
        click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path()),
        click.option("--report", help="Write this one of the sample reports only."),
        click.option("--new", metavar="NAME", help="Write a new report of that name, from your own workbook."),
        click.option("--from", "workbook", type=FILE, help="With --new: the workbook, .xlsx or .csv."),
        click.option("--answers", type=FILE, help="With --new: a file of answers, instead of being asked."),
    )
)
def init(folder: Path, report: str | None, new: str | None, *, as_json: bool, **asked: Any) -> int:
    """The workbooks have drop-downs. Nothing that is in FOLDER already is touched.

    With --new, a report for another board is made from its own workbook: settings, sentences to start from, a house
    template and a calendar. You are asked a few questions, each with an answer that Enter takes. It builds at once.
    """
    if (new is None) != (asked["workbook"] is None):
        raise click.UsageError("Give --new NAME and --from WORKBOOK together.")
    if new is not None:
        return begin(folder, new.strip(), as_json=as_json, **asked)
    from pipeline.starter import make_starter

    written = make_starter(folder, report)
    if as_json:
        show_json({"done": True, "files": written})
        return 0
    say(f"{len(written)} files written to {folder.resolve()}")
    say("Start with “Start here.docx”, or double-click “Make the paper.cmd”.")
    return 0


def begin(
    folder: Path, name: str, *, workbook: Path, answers: Path | None, now: dt.datetime, as_json: bool, **_: Any
) -> int:
    """Makes a new report, with the answers of a file, or of whoever sits at the screen."""
    given, today = office.prospect(name, workbook), now.date()
    said = office.answers_in(answers) if answers else asked_of(given, today) if sys.stdin.isatty() else {}
    made = office.found(folder, given, said, today)
    if as_json:
        show_json({"done": True}, made)
        return 0
    say(f"The report “{made.report}” is made:")
    for path in made.files:
        say(f"  {path}")
    say("What the workbook does not tell, and you may:")
    for line in made.untold:
        say(f"  {line}")
    say(f"Look at it with: committee-papers build {made.report}")
    return 0


def asked_of(given: Prospect, today: dt.date) -> dict[str, str]:
    """The answers of whoever sits at the screen; Enter takes what the workbook suggests."""
    said: dict[str, str] = {}
    while question := next((each for each in given.questions(said, today) if each.key not in said), None):
        if question.among:
            say(f"  one of: {', '.join(question.among)}")
        answer = click.prompt(question.asks, default=question.answer or None)
        if told := question.wrong_with(answer):
            say("  " + " ".join(told))
        else:
            said[question.key] = answer
    return said


@command((click.argument("file", type=FILE),))
def inspect(file: Path, *, as_json: bool, **_: Any) -> int:
    """Reads FILE, .xlsx or .csv, and changes nothing. Of a file in a report's inputs folder, the report's own kinds of
    row and headings are known. The settings are for report.toml.
    """
    inspected = office.inspect(file)
    if as_json:
        show_json({}, inspected)
        return 0
    for sheet in inspected.sheets:
        tell_sheet(sheet)
    show_problems(inspected.problems)
    if inspected.settings:
        say("\nFor report.toml:\n")
        say("\n\n".join(inspected.settings))
    else:
        say(f"\n{inspected.file}: no sheet looks like a table.")
    return 0


def tell_sheet(sheet: InspectedSheet) -> None:
    """One sheet: where its headings stand, then its columns."""
    state = "" if sheet.state == "visible" else f" ({sheet.state})"
    say(f"\nSheet {sheet.name}{state}")
    if not sheet.heading_row:
        say("  no row looks like headings")
        return
    say(f"  headings in row {sheet.heading_row}, {sheet.rows} rows below")
    for remark in sheet.remarks:
        say(f"  {remark}")
    for column in sheet.columns:
        say(f"    {column.letters:<4}{column.heading[:34]:<36}{column.remark}")


@command((click.argument("code", required=False),))
def rule(code: str | None, *, as_json: bool, **_: Any) -> int:
    """The example shows wrong and right. Without a CODE, all are listed."""
    if code is None and as_json:
        show_json({"rules": list(office.rules().values())})
        return 0
    if code is None:
        for known in office.rules().values():
            say(f"{known.code}  {known.level:<8}{known.title}")
        return 0
    found = office.rule(code)
    if as_json:
        show_json({}, found)
        return 0
    say(f"{found.code} ({found.level}): {found.title}\n\n{found.why}\n")
    for level, where in found.other_levels.items():
        say(f"It is {'an' if level == 'error' else 'a'} {level} where {where}.\n")
    say(f"  wrong  {found.wrong}\n  right  {found.right}")
    return 0


@command(FOLDERS)
def doctor(*, as_json: bool, **asked: Any) -> int:
    """Exit code 4 where the machine is at fault, 1 where a report's files are, else 0."""
    examined = office.doctor(**asked)
    if as_json:
        show_json({"done": True}, examined)
        return examined.code
    for finding in examined.findings:
        verdict = paint(f"{finding.verdict:<6}", LEVELS[finding.verdict])
        tell = click.echo if finding.verdict != "ok" else say
        tell(f"{verdict}{finding.about}: {finding.seen}")
        if finding.cure:
            tell(f"{'':6}{finding.cure}")
    return examined.code

"""Commands that ask about a paper: what stands against it, where its words come from, what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import office
from pipeline.cli.options import FILE, NEW_FILE, PAPER, command, or_of_the_last_meeting
from pipeline.cli.talk import counted, say, show_json, show_problems, without_notes
from pipeline.formats import day

if TYPE_CHECKING:
    from pipeline.office.comparing import Compared
    from pipeline.office.explaining import Answer

CHANGE_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@command(
    PAPER,
    (click.option("--annotate", is_flag=True, help="Write a copy of each workbook with the problems on their cells."),),
)
def check(report: str | None, *, as_json: bool, **asked: Any) -> int:
    """Looks at REPORT's files, wording and template, at the paper they make, and at its newest draft. Writes nothing.

    Notes are shown with -v. Every code can be looked up: committee-papers rule CODE
    """
    checked = or_of_the_last_meeting(office.check, report, **asked)
    if as_json:
        show_json({}, checked)
        return checked.code
    show_problems(without_notes(checked.problems))
    if checked.copies:
        say("\nChecked copies:")
    for path in checked.copies:
        say(f"  {path}")
    for refused in checked.not_copied:
        click.echo(f"\n{refused}")
    say(f"\n{counted(checked.problems)}. {checked.verdict}")
    return checked.code


@command(
    (
        click.argument("file", type=FILE),
        click.option("--annotate", type=NEW_FILE, metavar="COPY", help="Write a copy with comments at the spots."),
    ),
)
def check_template(file: Path, *, annotate: Path | None, as_json: bool, **_: Any) -> int:
    """Each problem of the Word template FILE is told with its heading, table and row. A template that stands in a
    report's folder is checked against what that report gives it.
    """
    checked = office.check_template(file, annotate=annotate)
    if as_json:
        show_json({}, checked)
        return checked.code
    show_problems(without_notes(checked.problems))
    say(f"\n{file.name}: {counted(checked.problems)}.")
    return checked.code


@command((click.argument("text"), click.option("--report", help="The report, where there are several.")), PAPER[1:])
def explain(text: str, *, report: str | None, as_json: bool, **asked: Any) -> int:
    """TEXT is a figure ("97%"), a date, a name, or words of a sentence; it is traced cell by cell."""
    if not text.strip():
        raise click.UsageError("Give the words to explain, as the paper prints them.")
    explained = office.explain(text, report, **asked)
    if as_json:
        show_json({}, explained)
        return 0
    for answer in explained.answers:
        tell_answer(answer)
    return 0


def tell_answer(answer: Answer) -> None:
    """One chain: what is printed, in which sentence, from which cells and beside what others, reckoned how."""
    say(f"\n“{in_a_line(answer.text)}”" if answer.text else "")
    say(f"  in    {answer.where}")
    for word, sources in (("from", answer.sources), ("with", answer.beside)):
        for source in sources:
            say(f"  {word}  {source.place}" + (f"  “{in_a_line(source.value)}”" if source.value else ""))
    if answer.how:
        say(f"  how   {answer.how}")


def in_a_line(text: str) -> str:
    """A cell of several lines on one."""
    return " / ".join(text.splitlines())


@command(PAPER)
def figures(report: str | None, *, as_json: bool, **asked: Any) -> int:
    """These are what to type into the Progress sheet of REPORT with the next update. Progress in a paper is what was
    submitted, never counted again from today's tracker.
    """
    counts = office.figures(report, **asked)
    if as_json:
        show_json({}, counts)
        return 0
    import pandas as pd

    say(f"Actions of the plan as at {day(counts.as_at)}:\n")
    table = pd.DataFrame.from_dict(dict(counts.areas), orient="index").rename(columns={"percent": "%"})
    say(table.to_string() if len(table) else "There are none.")
    return 0


@command(
    PAPER,
    (
        click.option("--old", type=FILE, help="Compare this draft..."),
        click.option("--new", type=FILE, help="...with this one, instead of the last two meetings' papers."),
    ),
)
def diff(report: str | None, *, old: Path | None, new: Path | None, as_json: bool, **asked: Any) -> int:
    """Each change of REPORT's paper is told with its reason. A Word file with tracked changes is written beside the
    draft: accept all gives the new paper, reject all the old.
    """
    if (old is None) != (new is None):
        raise click.UsageError("Give both --old and --new, or neither.")
    compared = office.diff(report, old=old, new=new, **asked)
    if as_json:
        show_json({}, compared)
    else:
        tell_compared(compared)
    return 0


def tell_compared(compared: Compared) -> None:
    """Every change in the paper's order, then the file."""
    say(f"{len(compared.changes)} changes since {compared.since}:\n")
    for change in compared.changes:
        say(f"{CHANGE_SIGNS[change.kind]} {change.near}")
        for sign, text in (("was", change.old), ("is", change.new)):
            if text:
                say(f"    {sign:<5}{text}")
        if change.reason:
            say(f"    from {change.reason}")
    say(f"\nAs tracked changes: {compared.redline}")

"""`due`: whatever the calendar makes due, unattended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, counted, show_json, show_problems
from pipeline.formats import day

DONE = {"first": "made", "next": "made, edits kept", "replaced": "brought up to date"}


@click.command("due")
@click.argument("reports", nargs=-1)
@options.folders
@options.data
def command(reports: tuple[str, ...], *, templates: Path, inputs: Path, outputs: Path, as_json: bool) -> int:
    """Draft every paper that is due, of all reports or of REPORTS. Says nothing when there is nothing to do.

    A paper is due from its first-draft day to its meeting, until it is published. Run this daily: missed days are made
    up for by themselves. Exit code 3 where another run is in hand, a draft is open, or edits are in conflict; errors in
    the files that a draft could be made with are for `check` and `status` to tell.
    """
    names = options.the_reports(templates, reports)
    from pipeline.build import Order
    from pipeline.due import draft_due
    from pipeline.files import only_one
    from pipeline.runlog import write_log

    now = options.now()
    with only_one(outputs, "due"):
        orders = (Order(report=name, templates=templates, inputs=inputs, outputs=outputs, now=now) for name in names)
        results = [draft_due(order) for order in orders]
        log = write_log(outputs, now, results)
    if as_json:
        show_json({"done": True, "log": str(log) if log else None, "reports": [data_of(each) for each in results]})
    else:
        for result in results:
            tell(result, log)
    return max((result.code for result in results), default=0)


def tell(result: Any, log: Path | None) -> None:
    """Drafts that were written, in a line each; what went wrong, in full."""
    for each in result.attempts:
        name = f"{result.report}, meeting of {day(each.meeting_on)}" if each.meeting_on else result.report
        if each.action in DONE:
            click.echo(f"{name}: draft {each.number} {DONE[each.action]}; {counted(each.problems)}.\n  {each.path}")
            if each.taken_from:
                click.echo(f"  It goes on from the draft in the folder {each.taken_from}: that meeting was moved.")
            if each.code:
                click.echo("  Edits are in conflict with new facts: look at the comments in the draft.")
        elif each.fault:
            click.echo(
                f"{name}: the program failed, and this is not your files' fault. Please send in: {log}", err=True
            )
        elif each.code:
            click.echo(f"{name}: no draft." if each.meeting_on else f"{name}:", err=True)
            show_problems(each.problems, err=True)


def data_of(result: Any) -> dict[str, Any]:
    """One report's papers for machines."""
    return {
        "report": result.report,
        "code": result.code,
        "papers": [
            {
                "meeting_on": each.meeting_on,
                "action": each.action,
                "draft": each.number or None,
                "paper": each.path or None,
                "goes_on_from": each.taken_from or None,
                "code": each.code,
                "failed": bool(each.fault),
                "problems": [as_data(problem) for problem in each.problems],
            }
            for each in result.attempts
        ],
    }

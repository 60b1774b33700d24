"""Papers of many reports in one run: what is due, and how a run is carried out and told of."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import (
    FOLDERS,
    NEW_FILE,
    REPORTS,
    WORKERS,
    command,
)
from pipeline.cli.talk import asked_for, counted, said_in, say, show_json, show_problems
from pipeline.formats import day

if TYPE_CHECKING:
    from pipeline.unattended.results import Attempt
    from pipeline.unattended.runs import Run

DRAFTED = {"first": "made", "next": "made, edits kept", "replaced": "brought up to date"}


@command(
    (REPORTS, *FOLDERS),
    WORKERS,
    (click.option("--log", type=NEW_FILE, help="Keep what is said in this file too."),),
)
def due(reports: tuple[str, ...], *, log: Path | None, **asked: Any) -> int:
    """All reports are looked at, or REPORTS. Says nothing when there is nothing to do.

    A paper is due from its first-draft day to its meeting, until it is published. Run this daily: missed days are made
    up for by themselves. Exit code 3 where another run is in hand, a draft is open, or somebody's words and the facts
    part, which is told once; errors in the files that a draft could be made with are for `check` and `status` to tell.
    """
    if log:
        said_in(log, asked["now"])
    from pipeline.unattended.attempts import due as drafted

    return show_run(drafted, *reports, nightly=True, **asked)


def show_run(act: Callable[..., Run], *reports: str, as_json: bool, nightly: bool = False, **asked: Any) -> int:
    """Carries out a run with a progress bar where somebody looks on, and tells of it, of a `nightly` one what happened
    and no sum; the exit code is the worst.

    Raises Abort where the run was stopped, once what was done until then is told.
    """
    from pipeline.office.material import the_reports
    from pipeline.unattended.runs import Workers

    names, by = the_reports(asked["templates"], reports), Workers(asked.pop("jobs"), asked.pop("cluster"))
    shown = not (nightly or as_json or asked_for("quiet")) and len(names) > 1 and sys.stderr.isatty()
    with progress(len(names), shown=shown) as advance:
        run = act(*names, by=by, advance=advance, **asked)
    if as_json:
        results = [{"report": report.report, "code": report.code, "papers": report.papers} for report in run.reports]
        show_json({"done": not run.stopped, "log": str(run.log) if run.log else None, "reports": results})
    else:
        tell_run(run)
        if not nightly:
            say(run.summary())
    if run.stopped:
        done = f"{len(run.reports):,} of {run.wanted:,} reports were done."
        click.echo(f"{done} What was done is in: {run.log}", err=True)
        raise click.Abort
    return run.code


@contextmanager
def progress(number: int, *, shown: bool) -> Iterator[Callable[[int], object]]:
    """A bar with the rate and the time left; nothing where none is wanted."""
    if not shown:
        yield lambda _: None
        return
    started = time.monotonic()

    def rate(_: object) -> str:
        return f"{bar.pos / max(time.monotonic() - started, 0.001):.1f} reports a second"

    bar = click.progressbar(  # named before it is entered: it is drawn once while it is, and asks for the rate then
        length=number, label="Drafting", show_pos=True, show_eta=True, item_show_func=rate, file=sys.stderr
    )
    with bar:
        yield bar.update


def tell_run(run: Run) -> None:
    """Every paper."""
    for result in run.reports:
        for paper in result.papers:
            meeting = f", meeting of {day(paper.meeting_on)}" if paper.meeting_on else ""
            tell_attempt(f"{result.report}{meeting}", paper, run.log)


def tell_attempt(name: str, paper: Attempt, log: Path | None) -> None:
    """A draft that was written, in a line; what went wrong, in full."""
    if paper.action in DRAFTED or (paper.action == "unchanged" and paper.code):
        became = DRAFTED.get(paper.action, "is as it was")
        say(f"{name}: draft {paper.number} {became}; {counted(paper.problems)}.\n  {paper.path}")
        if paper.came_from:
            say(f"  It goes on from the draft in the folder {paper.came_from}: that meeting was moved.")
        if paper.code:
            say("  A person must look at it before it can be published:")
            show_problems(paper.unsettled)
    elif paper.action == "removed":
        show_problems(paper.problems)
    elif paper.fault:
        click.echo(f"{name}: the program failed, and this is not your files' fault. Please send in: {log}", err=True)
    elif paper.code:
        click.echo(f"{name}: no draft." if paper.meeting_on else f"{name}:", err=True)
        show_problems(paper.problems, err=True)

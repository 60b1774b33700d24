"""Commands that draft papers: one, all of them, or whatever is due."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import office
from pipeline.cli.options import (
    FILE,
    FOLDERS,
    JSON,
    NEW_FILE,
    OUTPUT,
    PAPER,
    REPORTS,
    WORKERS,
    command,
    or_of_the_last_meeting,
)
from pipeline.cli.talk import counted, said_in, show_json, show_problems, without_notes
from pipeline.formats import day, listed, long_day

if TYPE_CHECKING:
    from pipeline.office.drafting import Built
    from pipeline.revise.outcome import Outcome
    from pipeline.unattended.results import Attempt
    from pipeline.unattended.runs import Run

MADE = {
    "first": "made",
    "next": "made, with the edits of the draft before it kept",
    "replaced": "brought up to date",
    "unchanged": "up to date already; nothing was written",
}
PARTED = {
    "same words": "Different words in one place: the first stand, the others follow as tracked changes",
    "edited and deleted": "Edited by one, deleted by another: it stands, struck out as a tracked change",
    "both kept": "Different versions that cannot be one: both stand, the later as a tracked change",
    "columns": "A table to which one gave other columns: what others typed in it follows as a tracked change",
    "moved": "Moved to different places: it stands at the first",
}
"""By why people's words part: what the joined draft has there."""
BECAME = {
    "updated": "brought up to date",
    "kept": "edited by an officer, kept",
    "offered": "edited, and changed by new facts elsewhere: offered as a tracked change",
    "conflict": "edited where the facts changed: the edited text kept, to be settled by a person (see below)",
    "gone": "deleted by an officer, left out",
    "added": "new",
    "removed": "no longer said",
    "withheld": "taken out: the row is now exempt",
}
DONE = {"first": "made", "next": "made, edits kept", "replaced": "brought up to date"}


@command(
    PAPER,
    (
        click.option("--draft", type=FILE, help="The draft to go on from."),
        click.option("--without", type=FILE, help="Set a copy aside."),
        click.option("--by", metavar="NAME", default="", help="Who says so: needed with --without."),
        click.option(
            "--review", is_flag=True, help="Write a copy too, whose comments name the cells behind each statement."
        ),
        click.option("--all", "every", is_flag=True, help="Draft the papers of all reports."),
    ),
    WORKERS,
    (click.option("--open", "open_it", is_flag=True, help="Open the draft in Word."),),
    OUTPUT,
)
def build(report: str | None, *, every: bool, open_it: bool, **asked: Any) -> int:
    """With --all, the papers of all reports: one that cannot be made stops no other, and a run that was stopped is
    taken up where it was when it is started again.
    """
    if every or asked["jobs"] > 1 or asked["cluster"]:
        return build_all(alone=bool(report or open_it), every=every, **asked)
    del asked["jobs"], asked["cluster"]
    as_json, quiet, verbose = (asked.pop(name) for name in ("as_json", "quiet", "verbose"))
    asked["by"] = asked["by"].strip()
    if bool(asked["without"]) != bool(asked["by"]):
        raise click.UsageError("--without goes with --by NAME, and --by with --without.")
    built = or_of_the_last_meeting(office.build, report, **asked)
    if as_json:
        show_json({"done": True}, built)
    else:
        if not quiet:
            tell_set_aside(asked["without"], asked["by"])
        tell_built(built, quiet=quiet, verbose=verbose)
    if open_it:
        click.launch(str(built.path))
    return built.code


def build_all(*, alone: bool, every: bool, verbose: bool, **asked: Any) -> int:  # noqa: ARG001 (every draft is told of)
    """The papers of all reports; `alone` says that something was asked for that goes with one paper only."""
    given = [asked.pop(name) for name in ("draft", "without", "by", "review")]
    if not every or alone or any(given):
        raise click.UsageError(
            "--all goes with neither REPORT, --draft, --without, --review nor --open; "
            "--jobs and --cluster go with --all."
        )
    from pipeline.unattended import attempts

    return show_run(attempts.build_all, **asked)


def tell_set_aside(without: Path | None, by: str) -> None:
    """That a copy was set aside, on record, and by whom."""
    if without:
        click.echo(f"On record, by {by}: set aside, and nothing more is said of “{without.name}”.")


def tell_built(built: Built, *, quiet: bool, verbose: bool) -> None:
    """What was read, what was made, where it is, and what to look at."""
    if not quiet:
        for line in run_lines(built):
            click.echo(line)
    show_problems(built.problems if verbose else without_notes(built.problems))
    if not quiet:
        click.echo(f"\n{counted(built.problems)}.")


def run_lines(built: Built) -> Iterator[str]:
    """What was read, what was made, and where it is."""
    yield built.title
    yield f"Facts as at {day(built.as_at)}; to be published by {long_day(built.publish_on)}."
    for file, parts in built.read.items():
        yield f"  {file:<26}{listed(parts)}"
    yield f"Draft {built.number} {MADE[built.action]}:"
    yield from (f"  {path}" for path in (built.path, built.review, built.note) if path)
    if built.came_from:
        yield f"It goes on from the draft in the folder {built.came_from.parent.name}, which stays as it is:"
        yield f"  {built.came_from}"
    yield from joined_lines(built)
    yield from outcome_lines(built.outcomes)


def joined_lines(built: Built) -> Iterator[str]:
    """Whose copies were joined to the draft, and where people wrote different words."""
    if not built.joined:
        return
    yield "What was typed in copies is in it:"
    yield from (f"  {copy.path.name}{f', saved by {copy.saved_by}' if copy.saved_by else ''}" for copy in built.joined)
    for parted in built.parted:
        yield f"  {PARTED[parted.why]}:"
        yield from (f"      {who}: {f'“{text}”' if text else 'deleted'}" for who, text in parted.texts)


def outcome_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """How many paragraphs and rows went which way. What a person must settle is told as problems."""
    exempt = sum(outcome.reason == "withheld" for outcome in outcomes)
    numbers = Counter[str](outcome.action for outcome in outcomes)
    numbers["conflict"] -= exempt
    if exempt:
        yield f"  {exempt:>3} edited, and the row is now exempt: to be taken out by hand (see below)"
    yield from (f"  {numbers[action]:>3} {became}" for action, became in BECAME.items() if numbers[action])


@command(
    (REPORTS, *FOLDERS),
    WORKERS,
    JSON,
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

    return show_run(drafted, *reports, quiet=True, **asked)


def show_run(act: Callable[..., Run], *reports: str, as_json: bool, quiet: bool, **asked: Any) -> int:
    """Carries out a run with a progress bar where somebody looks on, and tells of it; the exit code is the worst.

    Raises Abort where the run was stopped, once what was done until then is told.
    """
    from pipeline.office.material import the_reports
    from pipeline.unattended.runs import Workers

    names, by = the_reports(asked["templates"], reports), Workers(asked.pop("jobs"), asked.pop("cluster"))
    shown = not (quiet or as_json) and len(names) > 1 and sys.stderr.isatty()
    with progress(len(names), shown=shown) as advance:
        run = act(*names, by=by, advance=advance, **asked)
    if as_json:
        results = [{"report": report.report, "code": report.code, "papers": report.papers} for report in run.reports]
        show_json({"done": not run.stopped, "log": str(run.log) if run.log else None, "reports": results})
    else:
        tell_run(run, quiet=quiet)
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


def tell_run(run: Run, *, quiet: bool) -> None:
    """Every paper, and their sum."""
    for result in run.reports:
        for paper in result.papers:
            meeting = f", meeting of {day(paper.meeting_on)}" if paper.meeting_on else ""
            tell_attempt(f"{result.report}{meeting}", paper, run.log)
    if not quiet:
        click.echo(run.summary())


def tell_attempt(name: str, paper: Attempt, log: Path | None) -> None:
    """A draft that was written, in a line; what went wrong, in full."""
    if paper.action in DONE or (paper.action == "unchanged" and paper.code):
        became = DONE.get(paper.action, "is as it was")
        click.echo(f"{name}: draft {paper.number} {became}; {counted(paper.problems)}.\n  {paper.path}")
        if paper.came_from:
            click.echo(f"  It goes on from the draft in the folder {paper.came_from}: that meeting was moved.")
        if paper.code:
            click.echo("  A person must look at it before it can be published:")
            show_problems(paper.unsettled)
    elif paper.fault:
        click.echo(f"{name}: the program failed, and this is not your files' fault. Please send in: {log}", err=True)
    elif paper.code:
        click.echo(f"{name}: no draft." if paper.meeting_on else f"{name}:", err=True)
        show_problems(paper.problems, err=True)

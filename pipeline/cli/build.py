"""`build`: the next draft of a paper."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, counted, show_json, show_problems
from pipeline.problems import Level, PaperError, Problem

if TYPE_CHECKING:
    from pipeline.office.drafting import Built, Order
    from pipeline.revise.outcome import Outcome

MADE = {
    "first": "made",
    "next": "made, with the edits of the draft before it kept",
    "replaced": "brought up to date",
    "unchanged": "up to date already; nothing was written",
}
ALONE = ("draft", "keep", "without", "by")


@click.command("build")
@click.argument("report", required=False)
@options.dates
@options.folders
@click.option("--draft", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The draft to go on from.")
@click.option("--keep", metavar="BLOCK", default="", help="Let the edited words of BLOCK stand against the facts.")
@click.option("--without", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Set a copy aside.")
@click.option("--by", metavar="NAME", default="", help="Who says so: needed with --keep and --without.")
@click.option("--review", is_flag=True, help="Write a copy too, whose comments name the cells behind each statement.")
@click.option("--all", "every", is_flag=True, help="Draft the papers of all reports.")
@options.hands
@click.option("--open", "open_it", is_flag=True, help="Open the draft in Word.")
@options.voice
def command(report: str | None, *, every: bool, as_json: bool, quiet: bool, verbose: bool, **asked: Any) -> int:
    """Draft the paper of REPORT for a meeting, keeping every edit made in Word.

    With --all, the papers of all reports: one that cannot be made stops no other, and a run that was stopped is taken
    up where it was when it is started again.
    """
    jobs, cluster, review, open_it = (asked.pop(name) for name in ("jobs", "cluster", "review", "open_it"))
    if every or jobs > 1 or cluster:
        alone = [asked.pop(name) for name in ALONE]
        if not every or report or review or open_it or any(alone):
            raise click.UsageError("--all goes with neither REPORT, --draft, --keep, --without, --review nor --open; "
                                   "--jobs and --cluster go with --all.")  # fmt: skip
        return build_all(jobs, cluster, asked, as_json=as_json, quiet=quiet)
    from pipeline.office.drafting import Order

    asked["by"] = asked["by"].strip()
    if bool(asked["keep"] or asked["without"]) != bool(asked["by"]):
        raise click.UsageError("--keep and --without go with --by NAME, and --by with one of them.")
    order = Order(report=options.the_report(asked["templates"], report), now=options.now(), **asked)
    try:
        built, copy = one_paper(order, review=review)
    except PaperError as found:
        order = options.of_the_last_meeting(order, found)
        built, copy = one_paper(order, review=review)
    if as_json:
        show_json(result(built, copy))
    else:
        if not quiet:
            tell_decided(order)
        tell(built, copy, quiet=quiet, verbose=verbose)
    if open_it:
        click.launch(str(built.path))
    return exit_code(built)


def one_paper(order: Order, *, review: bool) -> tuple[Built, Path | None]:
    """The next draft on disk, and its review copy if one is asked for."""
    from pipeline.office.drafting import build
    from pipeline.office.moved import moved_to
    from pipeline.store import only_one

    with only_one(order.outputs, f"build {order.report}"):
        built = build(moved_to(order))
        gc.freeze()  # the paper lives until the command ends: nobody need look for rings in it
        return built, make_review(built, order.now) if review else None


def build_all(jobs: int, cluster: str, asked: dict[str, Any], *, as_json: bool, quiet: bool) -> int:
    """The papers of all reports; the exit code is the worst of theirs."""
    from pipeline.cli.many import Asked, drafted
    from pipeline.unattended.attempts import draft

    names = options.the_reports(asked["templates"], ())
    return drafted(draft, "build", names, Asked(jobs, cluster, asked), as_json=as_json, quiet=quiet)


def make_review(built: Built, now: dt.datetime) -> Path:
    """The review copy beside the draft."""
    from pipeline.office.comparing import review_copy
    from pipeline.store import load

    return review_copy(load(built.path, built.number), built.made.context, built.made.rendered.baseline, now)


def exit_code(built: Built) -> int:
    """3 where a person must settle something, 1 where an error stands, else 0. The draft is there in every case."""
    if built.unsettled:
        return 3
    return 1 if any(each.level is Level.ERROR for each in built.made.problems) else 0


def tell_decided(order: Order) -> None:
    """What the order put on record: words kept against the facts, a copy set aside, and by whom."""
    if order.keep:
        click.echo(f"On record, by {order.by}: “{order.keep}” stays as it was edited.")
    if order.without:
        click.echo(f"On record, by {order.by}: set aside, and nothing more is said of “{order.without.name}”.")


def tell(built: Built, copy: Path | None, *, quiet: bool, verbose: bool) -> None:
    """What was read, what was made, where it is, and what to look at."""
    from pipeline.cli.sums import read_lines, when_line

    problems = [*shown(built.made.problems, verbose=verbose), *built.unsettled]
    if not quiet:
        fields = built.made.context.fields
        click.echo(f"{fields['title']}: {', '.join(filter(None, (fields['board'], fields['date'])))}")
        click.echo(when_line(built.gathered.dates))
        for line in read_lines(built.gathered):
            click.echo(line)
        click.echo(f"Draft {built.number} {MADE[built.action]}:")
        click.echo(f"  {built.path}")
        for beside in (copy, built.note):
            if beside:
                click.echo(f"  {beside}")
        if built.came_from:
            click.echo(f"It goes on from the draft in the folder {built.came_from.parent.name}, which stays as it is:")
            click.echo(f"  {built.came_from}")
        show_outcomes(built.outcomes)
    show_problems(problems)
    if not quiet:
        click.echo(f"\n{counted([*built.made.problems, *built.unsettled])}.")


def shown(problems: Sequence[Problem], *, verbose: bool) -> list[Problem]:
    """The problems to print: notes only where they are asked for."""
    return [each for each in problems if verbose or each.level is not Level.NOTE]


def show_outcomes(outcomes: Sequence[Outcome]) -> None:
    """What became of the officers' edits, in as many lines as half a minute allows."""
    from pipeline.cli.sums import outcome_lines

    for line in outcome_lines(outcomes):
        click.echo(line)


def result(built: Built, copy: Path | None) -> dict[str, Any]:
    """The same as data."""
    from pipeline.cli.sums import outcome_as_data

    dates = built.gathered.dates
    return {
        "done": True,
        "report": built.gathered.report.name,
        "meeting_on": dates.meeting_on,
        "publish_on": dates.publish_on,
        "as_at": dates.as_at,
        "draft": built.number,
        "action": built.action,
        "paper": str(built.path),
        "review": str(copy) if copy else None,
        "note": str(built.note) if built.note else None,
        "outcomes": [outcome_as_data(each) for each in built.outcomes],
        "goes_on_from": str(built.came_from) if built.came_from else None,
        "problems": [as_data(each) for each in (*built.made.problems, *built.unsettled)],
    }

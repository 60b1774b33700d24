"""Many papers in one command: who does the work, how far it is, and what became of each."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, counted, show_json, show_problems
from pipeline.formats import day
from pipeline.problems import Level
from pipeline.revise.differences import UNSETTLED

if TYPE_CHECKING:
    from pipeline.office.drafting import Order
    from pipeline.unattended.attempts import Attempt, Result
    from pipeline.unattended.batch import Hands, Work
    from pipeline.unattended.stopping import Stopped

DONE = {"first": "made", "next": "made, edits kept", "replaced": "brought up to date"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who does the work (see `options.hands`), and what all orders have in common: folders, and a meeting or a day."""

    jobs: int
    cluster: str
    order: Mapping[str, Any]


def drafted(work: Work, name: str, reports: Sequence[str], asked: Asked, *, as_json: bool, quiet: bool) -> int:
    """Carries out one order for each report, tells of it and logs it; the exit code is the worst of theirs.

    Raises Abort where the run was stopped, once what was done until then is told and logged.
    """
    from pipeline.office.drafting import Order
    from pipeline.store import only_one
    from pipeline.unattended.batch import Hands
    from pipeline.unattended.runlog import remember, write_log
    from pipeline.unattended.stopping import held_off

    now, outputs, common = options.now(), asked.order["outputs"], dict(asked.order)
    if asked.cluster:
        common |= {each: common[each].absolute() for each in ("templates", "inputs", "outputs")}
    with only_one(outputs, name), held_off() as stopped:
        orders = [Order(report=report, now=now, **common) for report in reports]
        results = carry_out(work, orders, Hands(asked.jobs, asked.cluster), stopped, quiet=quiet or as_json)
        log = write_log(outputs, now, results, name, len(orders))
        if name == "due":
            remember(outputs, now.date(), results)
    whole = len(results) == len(reports)
    if as_json:
        show_json({"done": whole, "log": str(log) if log else None, "reports": [data_of(each) for each in results]})
    else:
        for result in results:
            tell(result, log)
        if not quiet:
            click.echo(summed(results))
    if not whole:
        click.echo(f"{len(results):,} of {len(reports):,} reports were done. What was done is in: {log}", err=True)
        raise click.Abort
    return max((code_of(result) if name == "build" else result.code for result in results), default=0)


def code_of(result: Result) -> int:
    """The exit code of one report's papers, 1 at least where an error stands in one: as `build` has it."""
    stands = any(problem.level is Level.ERROR for each in result.attempts for problem in each.problems)
    return max(result.code, int(stands))


def summed(results: Sequence[Result]) -> str:
    """`1,000 papers: 998 written, 1 up to date already, 1 failed.`"""
    attempts = [each for result in results for each in result.attempts]
    written = sum(each.action in DONE for each in attempts)
    settled = sum(each.action in ("unchanged", "published") for each in attempts)
    rest = len(attempts) - written - settled
    told = f"{len(attempts):,} papers: {written:,} written, {settled:,} up to date already"
    return f"{told}, {rest:,} failed." if rest else f"{told}."


def carry_out(work: Work, orders: Sequence[Order], by: Hands, stopped: Stopped, *, quiet: bool) -> list[Result]:
    """The results of all orders, in their order, with a progress bar where somebody looks on; of a run that was
    stopped, those that there are.
    """
    from pipeline.unattended.batch import in_order, run

    results: list[Result] = []
    shown = not quiet and len(orders) > 1 and sys.stderr.isatty()
    with suppress(KeyboardInterrupt), progress(len(orders), shown=shown) as advance:
        for some in run(work, orders, by, stopped):
            results += some
            advance(len(some))
    return in_order(results, orders)


@contextmanager
def progress(number: int, *, shown: bool) -> Iterator[Callable[[int], None]]:
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


def tell(result: Result, log: Path | None) -> None:
    """Drafts that were written, in a line each; what went wrong, in full."""
    for each in result.attempts:
        name = f"{result.report}, meeting of {day(each.meeting_on)}" if each.meeting_on else result.report
        if each.action in DONE:
            click.echo(f"{name}: draft {each.number} {DONE[each.action]}; {counted(each.problems)}.\n  {each.path}")
            if each.taken_from:
                click.echo(f"  It goes on from the draft in the folder {each.taken_from}: that meeting was moved.")
            if each.code:
                click.echo("  A person must look at it before it can be published:")
                show_problems(problem for problem in each.problems if problem.code in UNSETTLED)
        elif each.fault:
            click.echo(
                f"{name}: the program failed, and this is not your files' fault. Please send in: {log}", err=True
            )
        elif each.code:
            click.echo(f"{name}: no draft." if each.meeting_on else f"{name}:", err=True)
            show_problems(each.problems, err=True)


def data_of(result: Result) -> dict[str, Any]:
    """One report's papers for machines."""
    return {"report": result.report, "code": result.code, "papers": [paper_of(each) for each in result.attempts]}


def paper_of(each: Attempt) -> dict[str, Any]:
    """One paper for machines."""
    return {
        "meeting_on": each.meeting_on,
        "action": each.action,
        "draft": each.number or None,
        "paper": each.path or None,
        "goes_on_from": each.taken_from or None,
        "code": each.code,
        "failed": bool(each.fault),
        "problems": [as_data(problem) for problem in each.problems],
    }

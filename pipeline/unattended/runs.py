"""Many reports in one run: one after the other, by several processes of this machine, or by a cluster's.

The results are the same bytes whichever way. Reports are small work, and so they go out in parcels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Unpack

from pipeline.office.material import Asked, Order, the_reports
from pipeline.store import only_one
from pipeline.unattended.results import Result, failed, remember, write_log
from pipeline.unattended.resuming import Work, resumed
from pipeline.unattended.workers import Stopped, cluster, held_off, never, workers

WRITTEN = ("first", "next", "replaced")
WORTH_A_PROCESS = 12
"""Reports for each process below which starting it costs more than it saves."""
LARGEST_PARCEL = 25
PARCELS_EACH = 8
"""Parcels for each process, so that all end at about the same time and progress can be seen."""
GLANCE = 0.1
"""Seconds between two looks at whether the run was stopped, while nothing comes in."""


@dataclass(frozen=True, slots=True)
class Run:
    """What became of every report, in the order asked for, and where that is logged. One that was `stopped` lacks those
    that nobody had begun.
    """

    reports: tuple[Result, ...]
    log: Path | None
    wanted: int
    code: int

    @property
    def stopped(self) -> bool:
        """Was it stopped before it came to all reports?"""
        return len(self.reports) < self.wanted

    def summary(self) -> str:
        """`1,000 papers: 998 written, 1 up to date already, 1 failed.`"""
        actions = [paper.action for report in self.reports for paper in report.papers if paper.action != "removed"]
        written = sum(action in WRITTEN for action in actions)
        settled = sum(action in ("unchanged", "published") for action in actions)
        rest = len(actions) - written - settled
        message = f"{len(actions):,} papers: {written:,} written, {settled:,} up to date already"
        return f"{message}, {rest:,} failed." if rest else f"{message}."


Advance = Callable[[int], object]
"""Is called with how many reports have been done since it was called last."""


def nobody(_: int) -> None:
    """For a run that nobody looks at."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work: so many processes of this machine, or the cluster whose scheduler is at `cluster`."""

    jobs: int = 1
    cluster: str = ""


ALONE = Workers()


def carried_out(
    work: Work, command: str, named: Sequence[str], by: Workers, advance: Advance, **asked: Unpack[Asked]
) -> Run:
    """Carries out one order for each report, and logs it. A second interrupt ends it with what there is."""
    common = Order(report="", **asked)
    if by.cluster:
        folders = {name: getattr(common, name).absolute() for name in ("templates", "inputs", "outputs")}
        common = replace(common, **folders)
    orders = [replace(common, report=name) for name in the_reports(common.templates, named)]
    results = list[Result]()
    with only_one(common.outputs, command), held_off() as stopped:
        with suppress(KeyboardInterrupt):
            for some in run(work, orders, by, stopped):
                results += some
                advance(len(some))
        results = in_order(results, orders)
        log = write_log(common.outputs, common.now, results, command, len(orders))
        if command == "due":
            remember(common.outputs, common.today, results)
    codes = (result.strict_code if command == "build" else result.code for result in results)
    return Run(tuple(results), log, len(orders), max(codes, default=0))


def run(
    work: Work, orders: Sequence[Order], by: Workers = ALONE, stopped: Stopped = never
) -> Iterator[Sequence[Result]]:
    """The results of `work` for every order, some at a time as they come, in no fixed order; `in_order` sorts them.

    `work` never raises, and is a function that another process can find by its name. What a dead process left undone is
    a failed result. Once it has `stopped`, the papers in hand are done, and orders that nobody has begun have no result
    (on a cluster, which does not tell what it has begun, none that is still out). The caller holds the outputs folder.
    Raises BrokenInstallation (F150, F151) where the cluster cannot be had.
    """
    jobs = min(by.jobs, len(orders) // WORTH_A_PROCESS)
    alone = 0 if by.cluster else len(orders) if jobs < 2 else 1
    for order in orders[:alone]:
        if stopped():
            return
        yield [resumed(work, order)]
    if not orders[alone:]:
        return
    if by.cluster:
        with cluster(by.cluster) as (executor, number):
            yield from shared_out(executor, parcels(orders, number), work, stopped)
        return
    with workers(jobs) as executor:
        yield from shared_out(executor, parcels(orders[alone:], jobs), work, stopped)


def in_order(results: Sequence[Result], orders: Sequence[Order]) -> list[Result]:
    """The results in the order of their orders, one to a report; none for an order that was not carried out."""
    known = {result.report: result for result in results}
    return [known[order.report] for order in orders if order.report in known]


def parcels(orders: Sequence[Order], number: int) -> list[Sequence[Order]]:
    """The orders in parcels for so many processes."""
    size = max(1, min(LARGEST_PARCEL, len(orders) // (number * PARCELS_EACH)))
    return [orders[start : start + size] for start in range(0, len(orders), size)]


def shared_out(
    executor: Executor, parcels: Sequence[Sequence[Order]], work: Work, stopped: Stopped
) -> Iterator[Sequence[Result]]:
    """The results of an executor, a parcel at a time as they come."""
    out = {executor.submit(done, work, parcel): parcel for parcel in parcels}
    try:
        while out:
            if stopped():
                out = {future: parcel for future, parcel in out.items() if not future.cancel()}
            for future in wait(out, GLANCE, FIRST_COMPLETED).done:
                yield results_of(future, out.pop(future), stopped)
    finally:
        for future in out:
            future.cancel()


def done(work: Work, orders: Sequence[Order]) -> list[Result]:
    """One parcel, done in another process."""
    return [resumed(work, order) for order in orders]


def results_of(future: Future[list[Result]], orders: Sequence[Order], stopped: Stopped) -> Sequence[Result]:
    """A parcel's results; failed ones where the process or the machine that had it is gone, but none where the run was
    stopped, and the process with it.
    """
    try:
        return future.result()
    except Exception as fault:
        if stopped():
            return []
        return [Result(order.report, (failed(fault, order.meeting),)) for order in orders]

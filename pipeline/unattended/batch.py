"""Many papers: one after the other, by several processes of this machine, or by a Dask cluster's.

The results are the same bytes whichever way. Every way is an executor of `concurrent.futures`; papers are small, and so
they go out in parcels.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from pipeline.office.drafting import Order
from pipeline.problems import BrokenInstallation, Place, error
from pipeline.unattended.attempts import Result, failed
from pipeline.unattended.resuming import resumed
from pipeline.unattended.stopping import Stopped, never
from pipeline.unattended.workers import begin

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Work = Callable[[Order], Result]

WORTH_A_PROCESS = 12
"""Papers for each process below which starting it costs more than it saves."""
LARGEST_PARCEL = 25
PARCELS_EACH = 8
"""Parcels for each process, so that all end at about the same time and progress can be seen."""
GLANCE = 0.1
"""Seconds between two looks at whether the run was stopped, while nothing comes in."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does the work: so many processes of this machine, or the cluster whose scheduler is at `cluster`."""

    jobs: int = 1
    cluster: str = ""


ALONE = Hands()


def run(
    work: Work, orders: Sequence[Order], hands: Hands = ALONE, stopped: Stopped = never
) -> Iterator[Sequence[Result]]:
    """The results of `work` for every order, some at a time as they come, in no fixed order; `in_order` sorts them.

    `work` never raises, and is a function that another process can find by its name. What a dead process left undone is
    a failed result. Once it has `stopped`, the papers in hand are done, and orders that nobody has begun have no result
    (on a cluster, which does not tell what it has begun, none that is still out). The caller holds the outputs folder.
    Raises BrokenInstallation (F150, F151) where the cluster cannot be had.
    """
    jobs = min(hands.jobs, len(orders) // WORTH_A_PROCESS)
    alone = 0 if hands.cluster else len(orders) if jobs < 2 else 1
    for order in orders[:alone]:
        if stopped():
            return
        yield [resumed(work, order)]
    if orders[alone:]:
        with executor_of(Hands(jobs, hands.cluster)) as (executor, number):
            yield from by(executor, parcels(orders[alone:], number), work, stopped)


def in_order(results: Sequence[Result], orders: Sequence[Order]) -> list[Result]:
    """The results in the order of their orders, one to a report; none for an order that was not carried out."""
    known = {each.report: each for each in results}
    return [known[order.report] for order in orders if order.report in known]


def parcels(orders: Sequence[Order], number: int) -> list[Sequence[Order]]:
    """The orders in parcels for so many processes."""
    size = max(1, min(LARGEST_PARCEL, len(orders) // (number * PARCELS_EACH)))
    return [orders[start : start + size] for start in range(0, len(orders), size)]


def by(
    executor: Executor, parcels: Sequence[Sequence[Order]], work: Work, stopped: Stopped
) -> Iterator[Sequence[Result]]:
    """The results of an executor, a parcel at a time as they come."""
    ready: SimpleQueue[Future[list[Result]]] = SimpleQueue()
    out = {executor.submit(done, work, parcel): parcel for parcel in parcels}
    for each in out:
        each.add_done_callback(ready.put)
    try:
        while out:
            if stopped():
                out = {each: parcel for each, parcel in out.items() if not each.cancel()}
            if future := next_of(ready, out):
                yield results_of(future, out.pop(future), stopped)
    except BaseException:
        for future in out:
            future.cancel()
        raise


def next_of(
    ready: SimpleQueue[Future[list[Result]]], out: Container[Future[list[Result]]]
) -> Future[list[Result]] | None:
    """What comes next of all that is out; None where nothing has come for a moment, or what came was called back."""
    try:
        found = ready.get(timeout=GLANCE)
    except Empty:
        return None
    return found if found in out else None


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
        return [Result(each.report, (failed(fault, each.meeting),)) for each in orders]


@contextmanager
def executor_of(hands: Hands) -> Iterator[tuple[Executor, int]]:
    """The executor, and how many processes it has."""
    if hands.cluster:
        with cluster(hands.cluster) as found:
            yield found
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(hands.jobs, initializer=begin, initargs=(gc.get_threshold(),)) as executor:
        yield executor, hands.jobs


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor of the Dask scheduler at an address such as `tcp://10.0.0.5:8786`, and how many workers it has."""
    place = Place(address)
    try:
        from distributed import Client
    except ImportError:
        cure = "Install it with: pip install 'committee-papers[cluster]'"
        raise BrokenInstallation(error("F150", place, "Dask is not installed here.", cure)) from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as fault:
        cure = "Start the scheduler, or correct the address given with --cluster."
        raise BrokenInstallation(error("F151", place, "No Dask scheduler answers at this address.", cure)) from fault
    with client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            cure = "Start workers for it: dask worker ADDRESS"
            raise BrokenInstallation(error("F151", place, "The Dask scheduler has no workers.", cure))
        yield client.get_executor(retries=1), workers  # type: ignore[no-untyped-call]

"""A Dask cluster that shares in a run: for whoever outgrows one machine. Needs the extra `cluster`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from pipeline.problems import BrokenInstallation, Place, error


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor of the scheduler at an address such as `tcp://10.0.0.5:8786`, and how many workers it has.

    Raises BrokenInstallation (F150, F151) where it cannot be had.
    """
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

"""`due`: whatever the calendar makes due, unattended."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.talk import said_in


@click.command("due")
@click.argument("reports", nargs=-1)
@options.folders
@options.hands
@options.data
@click.option("--log", type=click.Path(dir_okay=False, path_type=Path), help="Keep what is said in this file too.")
def command(
    reports: tuple[str, ...], *, jobs: int, cluster: str, as_json: bool, log: Path | None, **folders: Path
) -> int:
    """Draft every paper that is due, of all reports or of REPORTS. Says nothing when there is nothing to do.

    A paper is due from its first-draft day to its meeting, until it is published. Run this daily: missed days are made
    up for by themselves. Exit code 3 where another run is in hand, a draft is open, or edits are in conflict; errors in
    the files that a draft could be made with are for `check` and `status` to tell.
    """
    if log:
        said_in(log, options.now())
    names = options.the_reports(folders["templates"], reports)
    from pipeline.cli.many import Asked, drafted
    from pipeline.unattended.due import draft_due

    return drafted(draft_due, "due", names, Asked(jobs, cluster, folders), as_json=as_json, quiet=True)

"""`diff`: what changed since the last paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.talk import show_json

if TYPE_CHECKING:
    from pipeline.office.comparing import Compared

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@click.command("diff")
@click.argument("report", required=False)
@click.option("--old", type=FILE, help="Compare this draft...")
@click.option("--new", type=FILE, help="...with this one, instead of the last two meetings' papers.")
@options.dates
@options.folders
@options.data
def command(report: str | None, *, old: Path | None, new: Path | None, as_json: bool, **asked: Any) -> int:
    """Show what changed in REPORT's paper since the last meeting's, with the reason of each change.

    A Word file with tracked changes is written beside the draft: accept all gives the new paper, reject all the old.
    """
    from pipeline.office.comparing import compare_files, since_last
    from pipeline.office.drafting import Order, gather
    from pipeline.office.fencing import hidden_in

    if (old is None) != (new is None):
        raise click.UsageError("Give both --old and --new, or neither.")
    order = Order(report=options.the_report(asked["templates"], report), now=options.now(), **asked)
    gathered = gather(order)
    records, secret = gathered.inputs.records, hidden_in(gathered)
    if old and new:
        compared = compare_files(old, new, records, order.now, secret)
    else:
        compared = since_last(order.outputs, order.report, gathered.dates.meeting_on, records, order.now, secret)
    if as_json:
        show_json(as_data(compared))
    else:
        tell(compared)
    return 0


def tell(compared: Compared) -> None:
    """Every change in the paper's order, then the file."""
    click.echo(f"{len(compared.changes)} changes since {compared.since}:\n")
    for change, reason in compared.changes:
        click.echo(f"{SIGNS[change.kind]} {change.place}")
        for sign, text in (("was", change.old), ("is", change.new)):
            if text:
                click.echo(f"    {sign:<5}{text}")
        if reason:
            click.echo(f"    from {reason}")
    click.echo(f"\nAs tracked changes: {compared.path}")


def as_data(compared: Compared) -> dict[str, Any]:
    """The same for machines."""
    changes = [
        {"key": each.key, "kind": each.kind, "near": each.place, "old": each.old, "new": each.new, "reason": reason}
        for each, reason in compared.changes
    ]
    return {"since": compared.since, "changes": changes, "redline": str(compared.path)}

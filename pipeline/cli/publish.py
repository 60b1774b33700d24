"""`publish`: the public copy of a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, show_json, show_problems
from pipeline.problems import Level

if TYPE_CHECKING:
    from pipeline.office.drafting import Order
    from pipeline.office.publication import Published


@click.command("publish")
@click.argument("report", required=False)
@options.late
@options.dates
@options.folders
@click.option("--draft", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The draft to publish.")
@click.option(
    "--withdraw", "reason", metavar="REASON", help="Withdraw what is published, and say why. Nothing is deleted."
)
@options.voice
def command(
    report: str | None,
    *,
    reason: str | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **asked: Any,
) -> int:
    """Make the public copy of REPORT's draft, once nothing stands against it.

    The copy has no comment, tracked change, hidden text or private property; its PDF is made where LibreOffice is
    installed, its appendices are collected under their numbers. Each publication is kept as a version of its own.
    """
    from pipeline.office.drafting import Order
    from pipeline.office.publication import publish
    from pipeline.publish.late import LATE_REASONS
    from pipeline.store import only_one

    reasons = {name: asked.pop(name) for name in LATE_REASONS}
    order = Order(report=options.the_report(asked["templates"], report), now=options.now(), **asked)
    with only_one(order.outputs, f"publish {order.report}"):
        if reason is not None:
            return take_back(order, reason, as_json=as_json)
        made = publish(order, reasons)
    if as_json:
        problems = [as_data(each) for each in made.problems]
        show_json(
            {
                "done": True,
                "fresh": made.fresh,
                "seal": made.seal,
                "version": made.version,
                "folder": str(made.folder),
                "files": made.files,
                "problems": problems,
            }
        )
        return 0
    if not quiet:
        tell(made)
    show_problems(
        each for each in made.problems if verbose or each.level is not Level.NOTE or each.code.startswith("C1")
    )
    return 0


def tell(made: Published) -> None:
    """What was published, and where."""
    from pipeline.publish.verify import SEAL_SHOWN

    already = "" if made.fresh else " already, and nothing has changed since"
    click.echo(f"Published as version {made.version}{already}: {made.folder}")
    for name in made.files:
        click.echo(f"  {name}")
    click.echo(
        f"  Seal: {made.seal[:SEAL_SHOWN]} (kept elsewhere, it shows with “verify --seal” that nothing was rewritten)"
    )


def take_back(order: Order, reason: str, *, as_json: bool) -> int:
    """Withdraws what stands published."""
    from pipeline.office.drafting import gather
    from pipeline.publish.verify import SEAL_SHOWN
    from pipeline.store.publications import withdraw

    if not reason.strip():
        raise click.UsageError("Say after --withdraw why the paper is withdrawn.")
    entry = withdraw(gather(order).drafts, at=order.now, reason=reason.strip())
    if as_json:
        show_json({"done": True, "withdrawn": entry.version, "seal": entry.seal()})
        return 0
    click.echo(f"Version {entry.version} is withdrawn. Its files stay where they are, and the history says so.")
    click.echo(f"  Seal: {entry.seal()[:SEAL_SHOWN]}")
    return 0

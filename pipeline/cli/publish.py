"""`publish`: the public copy of a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, show_json, show_problems
from pipeline.problems import Level


@click.command("publish")
@click.argument("report", required=False)
@options.dates
@options.folders
@click.option("--draft", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The draft to publish.")
@click.option(
    "--withdraw", "reason", metavar="REASON", help="Withdraw what is published, and say why. Nothing is deleted."
)
@options.voice
def command(report: str | None, *, reason: str | None, as_json: bool, quiet: bool, verbose: bool, **asked: Any) -> int:
    """Make the public copy of REPORT's draft, once nothing stands against it.

    The copy has no comment, tracked change, hidden text or private property; its PDF is made where LibreOffice is
    installed, its appendices are collected under their numbers. Each publication is kept as a version of its own.
    """
    from pipeline.build import Order
    from pipeline.files import only_one
    from pipeline.publication import publish

    order = Order(report=options.the_report(asked["templates"], report), now=options.now(), **asked)
    with only_one(order.outputs, f"publish {order.report}"):
        if reason:
            return take_back(order, reason)
        made = publish(order)
    if as_json:
        problems = [as_data(each) for each in made.problems]
        show_json(
            {
                "done": True,
                "version": made.version,
                "folder": str(made.folder),
                "files": made.files,
                "problems": problems,
            }
        )
        return 0
    if not quiet:
        click.echo(f"Published as version {made.version}: {made.folder}")
        for name in made.files:
            click.echo(f"  {name}")
    show_problems(
        each for each in made.problems if verbose or each.level is not Level.NOTE or each.code.startswith("C1")
    )
    return 0


def take_back(order: Any, reason: str) -> int:
    """Withdraws what stands published."""
    from pipeline.build import gather
    from pipeline.publication import paper_folder
    from pipeline.publish.history import withdraw

    entry = withdraw(paper_folder(order, gather(order)), at=order.now, reason=reason)
    click.echo(f"Version {entry.version} is withdrawn. Its files stay where they are, and the history says so.")
    return 0

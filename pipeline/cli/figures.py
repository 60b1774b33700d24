"""`figures`: the tracker counted by area and status."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.talk import show_json
from pipeline.formats import day


@click.command("figures")
@click.argument("report", required=False)
@options.dates
@options.folders
@options.data
def command(report: str | None, *, as_json: bool, **asked: Any) -> int:
    """Count the actions of REPORT's tracker by area: what to type into the Progress sheet with the next update.

    Progress in a paper is what was submitted, never counted again from today's tracker: this is where the next
    update's figures come from.
    """
    from pipeline.office.drafting import Order, gather

    order = Order(report=options.the_report(asked["templates"], report), now=options.now(), **asked)
    gathered = gather(order)
    from pipeline.transform.figures import figures, tracker_frame

    frame = tracker_frame(gathered.inputs.records, gathered.dates)
    table = figures(frame)
    if as_json:
        show_json({"as_at": gathered.dates.as_at, "areas": table.to_dict(orient="index")})
        return 0
    click.echo(f"Actions of the plan as at {day(gathered.dates.as_at)}:\n")
    click.echo(
        table.rename(columns={"percent": "%"}).rename_axis(None).to_string() if len(table) else "There are none."
    )
    return 0

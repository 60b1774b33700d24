"""`supplement`: what became known after publication."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, show_json, show_problems


@click.command("supplement")
@click.argument("report", required=False)
@options.late
@options.dates
@options.folders
@options.data
def command(report: str | None, *, urgency: str, lateness: str, as_json: bool, **asked: Any) -> int:
    """Make a short paper that says what is now known, and which paragraphs of REPORT's published paper it replaces."""
    from pipeline.office.drafting import Order
    from pipeline.office.supplementing import supplement
    from pipeline.problems import Level
    from pipeline.store import only_one

    order = Order(report=options.the_report(asked["templates"], report), now=options.now(), **asked)
    with only_one(order.outputs, f"supplement {order.report}"):
        made = supplement(order, {"urgency": urgency, "lateness": lateness})
    if as_json:
        problems = [as_data(each) for each in made.problems]
        files = [str(each) for each in made.files]
        show_json(
            {"done": True, "paper": str(made.path), "files": files, "replaced": made.replaced, "problems": problems}
        )
        return 0
    click.echo(f"A supplement to {made.replaced} paragraphs or rows: {made.path}")
    for path in made.files[1:]:
        click.echo(f"  {path.name}")
    show_problems(each for each in made.problems if each.level is not Level.NOTE or each.code.startswith("C1"))
    return 0

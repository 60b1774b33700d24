"""`verify`: proof that a published paper was not altered."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, show_json, show_problems


@click.command("verify")
@click.argument("report", required=False)
@click.option("--seal", help="The seal that “publish” printed: proves that the history since then is the same.")
@options.dates
@options.folders
@options.data
def command(report: str | None, *, seal: str | None, as_json: bool, **asked: Any) -> int:
    """Prove that nothing published of REPORT's paper was altered since: every file against its manifest and history."""
    from pipeline.office.drafting import Order, gather
    from pipeline.publish.verify import sealed, verify
    from pipeline.store.publications import history

    order = Order(report=options.the_report(asked["templates"], report), now=options.now(), **asked)
    folder = gather(order).drafts
    acts = history(folder)
    problems = [*verify(folder), *(sealed(acts, seal) if seal else ())]
    if as_json:
        show_json({"sound": not problems, "acts": len(acts), "problems": [as_data(each) for each in problems]})
        return 1 if problems else 0
    show_problems(problems)
    for each in acts:
        click.echo(
            f"{each.at[:16].replace('T', ' ')}  version {each.version} {each.action}"
            + (f": {each.reason}" if each.reason else "")
        )
    click.echo(
        "Altered since it was published."
        if problems
        else f"{folder}: nothing was altered."
        if acts
        else f"{folder}: nothing is published."
    )
    return 1 if problems else 0

"""`rule`: what a problem's code means, with an example."""

from __future__ import annotations

import click

from pipeline.cli import options
from pipeline.cli.talk import show_json
from pipeline.problems import PaperError, Place, error


@click.command("rule")
@click.argument("code", required=False)
@options.data
def command(code: str | None, *, as_json: bool) -> int:
    """Explain the problem CODE, with an example of wrong and right. Without a code, list them all."""
    from pipeline.rules.catalogue import rules

    known = rules()
    if code is None:
        for name, each in sorted(known.items()):
            click.echo(f"{name}  {each.level:<8}{each.title}")
        return 0
    rule = known.get(code.upper())
    if rule is None:
        cure = "Copy it from the list of problems, or type no code to see them all."
        raise PaperError(error("F132", Place("committee-papers rule"), f"There is no rule “{code}”.", cure))
    if as_json:
        show_json({"code": code.upper(), "title": rule.title, "level": rule.level, "why": rule.why,
                   "wrong": rule.wrong, "right": rule.right})  # fmt: skip
        return 0
    click.echo(f"{code.upper()} ({rule.level}): {rule.title}\n\n{rule.why}\n")
    click.echo(f"  wrong  {rule.wrong}\n  right  {rule.right}")
    return 0

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
    from pipeline.catalogue import rules

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
        told = ("title", "level", "other_levels", "why", "wrong", "right")
        show_json({"code": code.upper()} | {name: getattr(rule, name) for name in told})
        return 0
    click.echo(f"{code.upper()} ({rule.level}): {rule.title}\n\n{rule.why}\n")
    for level, where in rule.other_levels.items():
        click.echo(f"It is {'an' if level == 'error' else 'a'} {level} where {where}.\n")
    click.echo(f"  wrong  {rule.wrong}\n  right  {rule.right}")
    return 0

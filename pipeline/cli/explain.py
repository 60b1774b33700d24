"""`explain`: where a figure, a date or a sentence of the paper came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.talk import show_json
from pipeline.problems import PaperError, Place, error


@click.command("explain")
@click.argument("text")
@click.option("--report", help="The report, where there are several.")
@options.dates
@options.folders
@options.data
def command(text: str, *, report: str | None, as_json: bool, **asked: Any) -> int:
    """Tell where TEXT came from, cell by cell: a figure ("97%"), a date, a name, or words of a sentence."""
    from pipeline.office.drafting import Order
    from pipeline.office.questions import explain

    if not text.strip():
        raise click.UsageError("Give the words to explain, as the paper prints them.")
    order = Order(report=options.the_report(asked["templates"], report), now=options.now(), **asked)
    answers = explain(order, text)
    if not answers:
        place = Place(order.report)
        message = f"“{text}” is not in this paper as the program writes it."
        cure = "Type it as the paper prints it, or it is an officer's own words."
        raise PaperError(error("E101", place, message, cure))
    if as_json:
        show_json({"text": text, "answers": answers})
    else:
        for answer in answers:
            tell(answer)
    return 0


def tell(answer: Mapping[str, Any]) -> None:
    """One chain: what is printed, in which paragraph, from which cells, reckoned how."""
    click.echo(f"\n“{in_a_line(answer['text'])}”" if answer["text"] else "")
    click.echo(f"  in    {answer['where']}")
    for line in sources_of(answer["sources"]):
        click.echo(f"  from  {line}")
    if answer["how"]:
        click.echo(f"  how   {answer['how']}")


def sources_of(sources: Sequence[Mapping[str, str]]) -> list[str]:
    """Each source as a line: its place and what stands there."""
    return [f"{each['place']}" + (f"  “{in_a_line(each['value'])}”" if each["value"] else "") for each in sources]


def in_a_line(text: str) -> str:
    """A cell of several lines on one."""
    return " / ".join(text.splitlines())

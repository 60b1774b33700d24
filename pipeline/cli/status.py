"""`status`: how each report stands today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.talk import as_data, paint, show_json, show_problems
from pipeline.problems import Level

if TYPE_CHECKING:
    from pipeline.office.standing import Paper, Standing


@click.command("status")
@click.argument("reports", nargs=-1)
@options.folders
@options.data
def command(reports: tuple[str, ...], *, templates: Path, inputs: Path, outputs: Path, as_json: bool) -> int:
    """Tell for every report, or for REPORTS, what is next, what is missing and what is late. Writes nothing.

    Exit code 1 where anything is late, or a report's files cannot be read.
    """
    from pipeline.office.drafting import Order
    from pipeline.office.standing import standing

    now = options.now()
    orders = (
        Order(report=name, templates=templates, inputs=inputs, outputs=outputs, now=now)
        for name in options.the_reports(templates, reports)
    )
    found = [standing(order) for order in orders]
    if as_json:
        show_json({"done": True, "today": now.date(), "reports": [data_of(each) for each in found]})
    else:
        for number, each in enumerate(found):
            click.echo("" if number else None, nl=bool(number))
            tell(each)
    return max((each.code for each in found), default=0)


def tell(standing: Standing) -> None:
    """One report, in lines that can be read down their first word."""
    click.echo(f"{standing.report}: {standing.title}" if standing.title else standing.report)
    for paper in standing.papers:
        for label, text in lines_of(paper):
            click.echo(line(label, text))
    for text in standing.undone:
        click.echo(line("LATE", text))
    for text in standing.look:
        click.echo(line("look", text))
    show_problems(standing.problems)


def line(label: str, text: str) -> str:
    """A labelled line; what is late in the colour of an error."""
    shown = f"{label:<10}"
    return f"  {paint(shown, Level.ERROR) if label == 'LATE' else shown}{text}"


def lines_of(paper: Paper) -> Iterator[tuple[str, str]]:
    """What there is to say of one meeting's paper, each with its label."""
    from pipeline.office.diary import long_day

    plan = paper.plan
    yield "meeting", f"{long_day(plan.meeting.date)}{', ' + plan.meeting.body if plan.meeting.body else ''}"
    if paper.published:
        yield "published", f"version {paper.published.version}, {paper.published.at[:16].replace('T', ' ')}"
    else:
        yield "publish", f"by {long_day(plan.publish_on)}"
    yield "draft", draft_line(paper)
    for each in paper.missing:
        yield "missing", f"{each.title}: {'has not come' if not each.come else each.state}"
    for text in paper.late:
        yield "LATE", text
    for text in paper.look:
        yield "look", text


def draft_line(paper: Paper) -> str:
    """The draft there is, or when one is due."""
    from pipeline.formats import day
    from pipeline.office.diary import long_day
    from pipeline.store import as_day

    if paper.draft is None:
        return f"none yet; due on {long_day(paper.plan.first_draft_on)}"
    known = as_day(str(paper.draft.record.get("as_at")))
    facts = f", facts as at {day(known)}" if known else ""
    edits = ", edited since it was made" if paper.draft.edited else ""
    return f"{paper.draft.number}{facts}{edits}\n{'':12}{paper.draft.path}"


def data_of(standing: Standing) -> dict[str, Any]:
    """One report for machines."""
    return {
        "report": standing.report,
        "title": standing.title,
        "late": any(each.late for each in standing.papers),
        "undone": list(standing.undone),
        "papers": [paper_data(each) for each in standing.papers],
        "look": list(standing.look),
        "problems": [as_data(each) for each in standing.problems],
    }


def paper_data(paper: Paper) -> dict[str, Any]:
    """One meeting's paper for machines."""
    plan, draft = paper.plan, paper.draft
    return {
        "meeting_on": plan.meeting.date,
        "publish_on": plan.publish_on,
        "milestones": {each.name: each.day for each in plan.milestones},
        "draft": draft.number if draft else None,
        "paper": str(draft.path) if draft else None,
        "as_at": draft.record.get("as_at") if draft else None,
        "edited": bool(draft and draft.edited),
        "published": paper.published.version if paper.published else None,
        "missing": [{"title": each.title, "state": each.state, "required": each.required} for each in paper.missing],
        "late": list(paper.late),
        "look": list(paper.look),
    }

"""`timetable`: the dates on the way to a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import options
from pipeline.cli.talk import show_json, show_problems
from pipeline.problems import PaperError, Place

if TYPE_CHECKING:
    from pipeline.office.diary import Diary, Plan


@click.command("timetable")
@click.argument("report", required=False)
@click.option("--meeting", type=options.Day(), help="The meeting's date. By default the next in the calendar.")
@click.option("--all", "every", is_flag=True, help="Every meeting to come.")
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Write the dates to this new file, for Outlook and other calendars; - prints them.",
)
@options.folders
@options.data
def command(
    report: str | None, *, meeting: dt.date | None, every: bool, ics: Path | None, as_json: bool, **folders: Path
) -> int:
    """List the dates on the way to the next meeting of REPORT, and how its clear days are counted."""
    from pipeline.office.diary import read_diary
    from pipeline.report import load_report

    templates, today = folders["templates"], options.now().date()
    name = options.the_report(templates, report)
    diary = read_diary(load_report(templates / name), folders["inputs"] / name)
    plans = wanted(diary, today, meeting, every=every)
    if as_json:
        show_json({"report": name, "meetings": [data_of(each) for each in plans]})
    elif ics == Path("-"):
        click.echo(calendar_of(diary, plans, today).encode(), nl=False)
    else:
        for plan in plans:
            tell(diary, plan)
        show_problems(diary.errors, err=True)
    if ics and ics != Path("-"):
        from pipeline.store import write_new

        write_new(ics, calendar_of(diary, plans, today).encode())
        click.echo(f"Written to {ics}. Open it to add the dates to your calendar.", err=as_json)
    return 1 if diary.errors else 0


def wanted(diary: Diary, today: dt.date, meeting: dt.date | None, *, every: bool) -> Sequence[Plan]:
    """The meetings asked for, by date one that the calendar lacks too; raises PaperError where it has none to come."""
    from pipeline.kinds import Meeting
    from pipeline.office.diary import plan
    from pipeline.publish.timetable import none_to_come

    if meeting:
        closed = diary.closed
        return (
            diary.plan(meeting) or plan(diary.report, Meeting(key=meeting.isoformat(), body="", date=meeting), closed),
        )
    plans = diary.to_come(today)
    if not plans:
        place = Place(diary.report.sources["meetings"].file if "meetings" in diary.report.sources else "report.toml")
        raise PaperError((*diary.errors, none_to_come(place)))
    return plans if every else plans[:1]


def tell(diary: Diary, plan: Plan) -> None:
    """The dates, one a line, and the sum of clear days."""
    from pipeline.office.diary import long_day, sum_of_days

    body = f", {plan.meeting.body}" if plan.meeting.body else ""
    click.echo(f"{diary.report.title}{body}\n")
    for each in plan.milestones:
        click.echo(f"  {each.label:<16}{long_day(each.day)}")
    click.echo(f"\n{rule_line(diary)}\n")
    for line in sum_of_days(diary.report, plan):
        click.echo(f"  {line}")
    click.echo()


def rule_line(diary: Diary) -> str:
    """How many clear days are asked for, and by what."""
    from pipeline.publish.clear_days import RULES

    report = diary.report
    rule = RULES[report.nation]
    if not report.statutory:
        return f"{report.clear_days} clear days, followed by choice:"
    said = f"{report.clear_days} clear days ({rule.law}):"
    return said if report.clear_days >= rule.days else f"{said} but the law asks for {rule.days}. See report.toml."


def calendar_of(diary: Diary, plans: Sequence[Plan], today: dt.date) -> str:
    """The text of an .ics file with every date of these meetings."""
    from pipeline.formats import day
    from pipeline.publish.timetable import events, ics

    report = diary.report
    entries = [
        each
        for plan in plans
        for each in events(
            f"{report.title}, {day(plan.meeting.date, report.date_style)}",
            f"{report.name}/{plan.meeting.date.isoformat()}",
            plan.milestones,
        )
    ]
    return ics(entries, today)


def data_of(plan: Plan) -> dict[str, object]:
    """One meeting's dates for machines."""
    return {
        "meeting_on": plan.meeting.date,
        "publish_on": plan.publish_on,
        "milestones": {each.name: each.day for each in plan.milestones},
    }

"""Commands on many papers and many days: how all stands, the dates to come, the daily task."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import office
from pipeline.cli.options import FOLDERS, MEETING, NEW_FILE, REPORT, REPORTS, command
from pipeline.cli.talk import paint, say, show_json, show_problems
from pipeline.formats import day, long_day
from pipeline.problems import Level
from pipeline.unattended.schedules import KINDS, saved, steps, task_of, units

if TYPE_CHECKING:
    from pipeline.office.diary import PlannedMeeting, Timetable
    from pipeline.office.overview import PaperStatus, ReportStatus

WRONG = ("LATE", "look")


@command((REPORTS, *FOLDERS))
def status(reports: tuple[str, ...], *, as_json: bool, **asked: Any) -> int:
    """All reports are told of, or REPORTS. Writes nothing.

    Exit code 1 where anything is late, or a report's files cannot be read.
    """
    found = office.status(*reports, **asked)
    if as_json:
        show_json({"done": True}, found)
        return found.code
    for number, report in enumerate(found.reports):
        if number:
            say()
        tell_report(report)
    return found.code


def tell_report(report: ReportStatus) -> None:
    """One report, in lines that can be read down their first word."""
    lines = [line for paper in report.papers for line in paper_lines(paper)]
    lines += [*(("LATE", text) for text in report.undone), *(("look", text) for text in report.look)]
    teller(wrong=bool(report.problems) or any(label in WRONG for label, _ in lines))(
        f"{report.report}: {report.title}" if report.title else report.report
    )
    for label, text in lines:
        shown = f"{label:<10}"
        teller(wrong=label in WRONG)(f"  {paint(shown, Level.ERROR) if label == 'LATE' else shown}{text}")
    show_problems(report.problems)


def teller(*, wrong: bool) -> Callable[[str], None]:
    """What prints a line: one of something wrong always, another unless problems alone are wanted."""
    return click.echo if wrong else say


def paper_lines(paper: PaperStatus) -> Iterator[tuple[str, str]]:
    """What there is to say of one meeting's paper, each with its label."""
    yield "meeting", f"{long_day(paper.meeting_on)}{', ' + paper.body if paper.body else ''}"
    if paper.published:
        yield "published", f"version {paper.published}, {paper.published_at[:16].replace('T', ' ')}"
    else:
        yield "publish", f"by {long_day(paper.publish_on)}"
    yield "draft", draft_line(paper)
    for missing in paper.missing:
        yield "missing", f"{missing.title}: {missing.state if missing.come else 'has not come'}"
    yield from (("LATE", text) for text in paper.late)
    yield from (("look", text) for text in paper.look)


def draft_line(paper: PaperStatus) -> str:
    """The draft there is, or when one is due."""
    if paper.number is None:
        return f"none yet; due on {long_day(paper.first_draft_on)}"
    facts = f", facts as at {day(dt.date.fromisoformat(paper.as_at))}" if paper.as_at else ""
    edits = ", edited since it was made" if paper.edited else ""
    return f"{paper.number}{facts}{edits}\n{'':12}{paper.path}"


@command(
    (
        REPORT,
        MEETING,
        click.option("--all", "every", is_flag=True, help="Every meeting to come."),
        click.option(
            "--ics",
            type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
            help="Write the dates to this new file, for Outlook and other calendars; - prints them.",
        ),
        *FOLDERS,
    ),
)
def timetable(report: str | None, *, every: bool, ics: Path | None, as_json: bool, **asked: Any) -> int:
    """The next meeting of REPORT is told of, and how its clear days are counted."""
    found = office.timetable(report, every=every, **asked)
    if as_json:
        show_json({"report": found.report, "meetings": found.meetings})
    elif ics == Path("-"):
        click.echo(found.calendar.encode(), nl=False)
    else:
        for meeting in found.meetings:
            tell_meeting(found, meeting)
        show_problems(found.problems, err=True)
    if ics and ics != Path("-"):
        from pipeline.store import write_new

        write_new(ics, found.calendar.encode())
        if not as_json:
            say(f"Written to {ics}. Open it to add the dates to your calendar.")
    return found.code


def tell_meeting(found: Timetable, meeting: PlannedMeeting) -> None:
    """The dates, one a line, and the sum of clear days."""
    say(f"{found.title}{', ' + meeting.body if meeting.body else ''}\n")
    for name, on in meeting.milestones.items():
        say(f"  {name.replace('_', ' ').strip().capitalize():<16}{long_day(on)}")
    say(f"\n{found.rule}\n")
    for line in meeting.count:
        say(f"  {line}")
    say()


def time_of_day(ctx: click.Context, param: click.Parameter, value: str) -> dt.time:
    """A time of day typed as 06:30."""
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})", value.strip())
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return dt.time(int(found[1]), int(found[2]))
    raise click.BadParameter(f"“{value}” is not a time of day. Type it as 06:30.", ctx, param)


@command(
    (
        click.option("--print", "kind", type=click.Choice(tuple(KINDS)), required=True, help="For which."),
        click.option("--at", callback=time_of_day, default="06:30", show_default=True, help="The time of day."),
        click.option("--folder", help="The folder that holds templates, inputs and outputs. By default this one."),
        click.option("--save", type=NEW_FILE, help="Write it to this new file instead."),
    )
)
def schedule(kind: str, *, at: dt.time, folder: str | None, save: Path | None, as_json: bool, **asked: Any) -> int:
    """The task runs `due` every day, makes up for missed runs, and never runs twice at once."""
    try:
        task = task_of(kind, folder, at, asked["now"].date())
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from None
    made = units(kind, task)
    written = list(saved(made, save)) if save else []
    told = [text for text in steps(kind, task) if not (save and "--save" in text)]
    if as_json:
        show_json({"done": True, "steps": told, "task": made, "files": written})
        return 0
    for text in (*told, ""):
        click.echo(text, err=True)
    for path in written:
        say(f"Written to {path}")
    if not save:
        print_task(made)
    return 0


def print_task(made: Mapping[str, str]) -> None:
    """The texts of a task, each under its ending where there are several."""
    for ending, text in made.items():
        click.echo(f"# {ending.removeprefix('.')}\n" if len(made) > 1 else "", nl=len(made) > 1)
        click.echo(text, nl=False)

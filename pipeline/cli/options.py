"""Options that several commands share, in groups: what they come to is what the office's functions take."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.problems import PaperError

Command = Callable[..., Any]
Option = Callable[[Command], Command]
Group = tuple[Option, ...]
Result = TypeVar("Result")


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A date typed as 2017-01-23 or 23/01/2017."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day; fails with the forms that work."""
        if isinstance(value, dt.date):
            return value
        written = value.strip().replace(".", "/")
        parts = written.split("-") if "-" in written else written.split("/")[::-1]
        if len(parts) == 3 and len(parts[0]) == 4 and all(part.isascii() and part.isdigit() for part in parts):
            with suppress(ValueError):
                return dt.date(*map(int, parts))
        return self.fail(f"“{value}” is not a date. Type it as 2017-01-23 or 23/01/2017.", param, ctx)


def the_time(ctx: click.Context, _: click.Parameter, today: dt.date | None) -> dt.datetime:
    """The clock, asked once a command; a day that stands in for today is said, where data goes elsewhere. Where nobody
    vouches for the day, `clock` says so.
    """
    from pipeline.office.clock import now, vouched_for

    ctx.params["clock"] = vouched_for(today)
    if today:
        click.echo(f"Today is taken to be {today:%A} {today.day} {today:%B %Y}.", err=True)
    return now(today)


def wanted(ctx: click.Context, option: click.Parameter, on: bool) -> None:
    """Keeps with the command how much it is to show."""
    ctx.meta[option.name or ""] = on


def folder(name: str) -> Option:
    """One of the three folders, by default the one of that name here."""
    kind = click.Path(file_okay=False, path_type=Path)
    return click.option(f"--{name}", type=kind, default=Path(name), show_default=True, help=f"The folder of {name}.")


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
REPORT = click.argument("report", required=False)
REPORTS = click.argument("reports", nargs=-1)
MEETING = click.option("--meeting", type=Day(), help="The meeting's date. By default the next in the calendar.")
TODAY = click.option(
    "--today", "now", type=Day(), callback=the_time, metavar="DATE", help="Take this day for today, to try things out."
)
AS_AT = click.option(
    "--as-at", type=Day(), help="Facts known by this day. By default the earlier of today and publication."
)
FOLDERS = (folder("templates"), folder("inputs"), folder("outputs"))
PAPER = (REPORT, MEETING, AS_AT, *FOLDERS)
BY = (click.option("--by", metavar="NAME", default="", help="Who says so. Asked once on a screen, and remembered."),)
WORKERS = (
    click.option(
        "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to share the work among."
    ),
    click.option("--cluster", metavar="ADDRESS", default="", help="Share the work out on a Dask cluster: its address."),
)
EVERYWHERE: Group = (
    TODAY,
    click.option("--json", "as_json", is_flag=True, help="Print data for other programs, and nothing else."),
    click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=wanted, help="Show nothing but problems."),
    click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=wanted, help="Show notes too."),
)
"""What every command knows. `talk` asks how much is to be shown."""


def who(name: str) -> str:
    """Who says so: the name given; else the one that was given last time on this computer, or is asked for where
    somebody sits at the screen.
    """
    if not name and sys.stdin.isatty():
        name = name_of_last_time() or asked_name()
    if not name:
        raise click.UsageError('Say who says so: --by "YOUR NAME".')
    return name


def asked_name() -> str:
    """The name that a person gives, kept on this computer for the next time."""
    name: str = click.prompt("Your name", default=name_of_last_time() or None).strip()
    kept = kept_name()
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(name, encoding="utf-8")
    return name


def name_of_last_time() -> str:
    """The name that was given last; blank where none was."""
    kept = kept_name()
    return kept.read_text(encoding="utf-8").strip() if kept.is_file() else ""


def kept_name() -> Path:
    """Where that is kept."""
    return Path(click.get_app_dir("committee-papers"), "name.txt")


def command(*groups: Group) -> Callable[[Command], click.Command]:
    """A command with these options, in this order, and those that all have. Its first line of help is the command
    line's (see `main.COMMANDS`), what its docstring says comes below it.
    """

    def made(function: Command) -> click.Command:
        for option in (option for group in reversed((*groups, EVERYWHERE)) for option in reversed(group)):
            function = option(function)
        return click.command()(function)

    return made


def or_of_the_last_meeting(act: Callable[..., Result], report: str | None, **asked: Any) -> Result:
    """What an act gives, for the last meeting where all are over and whoever sits at the terminal says so.

    The samples' meetings are over at some time, and nobody who double-clicks a file can type `--meeting`.
    """
    try:
        return act(report, **asked)
    except PaperError as found:
        over = "F141" in {problem.code for problem in found.problems}
        if not (over and sys.stdin.isatty() and sys.stdout.isatty()):
            raise
        from pipeline.formats import long_day
        from pipeline.office.diary import read_diary
        from pipeline.office.material import order_of

        last = max(read_diary(order_of(report, templates=asked["templates"], inputs=asked["inputs"])).days)
        if not click.confirm(f"All meetings in the calendar are over. Go on with the last, {long_day(last)}?"):
            raise
        return act(report, **{**asked, "meeting": last})

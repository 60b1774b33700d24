"""Options that several commands share, and the order they make."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.problems import PaperError, Place, error

if TYPE_CHECKING:
    from pipeline.office.drafting import Order

Command = Callable[..., Any]


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


def folder_option(name: str) -> Callable[[Command], Command]:
    """One of the three folders, by default the one of that name here."""
    kind = click.Path(file_okay=False, path_type=Path)
    return click.option(f"--{name}", type=kind, default=Path(name), show_default=True, help=f"The folder of {name}.")


def folders(command: Command) -> Command:
    """--templates, --inputs and --outputs."""
    for name in ("outputs", "inputs", "templates"):
        command = folder_option(name)(command)
    return command


def late(command: Command) -> Command:
    """--urgency and --lateness, the reasons for a late item."""
    for name, help_text in (
        ("lateness", "Why it was not published in time. Needed once the clear days have passed."),
        ("urgency", "Why the item cannot wait for the next meeting. Needed once the clear days have passed."),
    ):
        command = click.option(f"--{name}", metavar="REASON", default="", help=help_text)(command)
    return command


def dates(command: Command) -> Command:
    """--meeting and --as-at."""
    for option in (
        click.option(
            "--as-at", type=Day(), help="Facts known by this day. By default the earlier of today and publication."
        ),
        click.option("--meeting", type=Day(), help="The meeting's date. By default the next in the calendar."),
    ):
        command = option(command)
    return command


def hands(command: Command) -> Command:
    """--jobs and --cluster."""
    for option in (
        click.option(
            "--cluster", metavar="ADDRESS", default="", help="Share the work out on a Dask cluster: its address."
        ),
        click.option(
            "--jobs",
            type=click.IntRange(1, 256),
            default=1,
            show_default=True,
            help="Processes to share the work among.",
        ),
    ):
        command = option(command)
    return command


def voice(command: Command) -> Command:
    """--json, -q and -v."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Show notes too."),
        click.option("-q", "--quiet", is_flag=True, help="Show nothing but problems."),
    ):
        command = option(command)
    return data(command)


def data(command: Command) -> Command:
    """--json."""
    return click.option("--json", "as_json", is_flag=True, help="Print data for other programs, and nothing else.")(
        command
    )


def the_report(templates: Path, name: str | None) -> str:
    """The report asked for, or the only one there is; raises PaperError with the reports there are."""
    from pipeline.report_folders import meant_as_reports, reports_in

    known = reports_in(templates) or meant_as_reports(templates)
    if name in known or (name and (templates / name).is_dir()):
        return str(name)
    if name is None and len(known) == 1:
        return known[0]
    place = Place(str(templates))
    if not known:
        cure = "Go to the folder that holds “templates”, or make one with: committee-papers init"
        raise PaperError(error("F131", place, "There is no report in this folder.", cure))
    from pipeline.settings import did_you_mean

    said = f"There is no report “{name}”." if name else "There are several reports."
    cure = did_you_mean(name, known) if name else f"Name one: {', '.join(known)}."
    raise PaperError(error("F131", place, said, cure))


def the_reports(templates: Path, asked: Sequence[str]) -> list[str]:
    """The reports asked for, else all, and folders that were meant to be reports; raises PaperError where one is not
    there, or none at all.
    """
    from pipeline.report_folders import meant_as_reports

    if asked:
        return [the_report(templates, name) for name in dict.fromkeys(asked)]
    return list(meant_as_reports(templates)) or [the_report(templates, None)]


def of_the_last_meeting(order: Order, found: PaperError) -> Order:
    """The order for the last meeting, where all are over and whoever sits at the terminal says so; else raises `found`.

    The samples' meetings are over at some time, and nobody who double-clicks a file can type `--meeting`.
    """
    if "F141" in {each.code for each in found.problems} and sys.stdin.isatty() and sys.stdout.isatty():
        from pipeline.office.diary import long_day, read_diary
        from pipeline.report import load_report

        diary = read_diary(load_report(order.templates / order.report), order.inputs / order.report)
        last = max(diary.days)
        if click.confirm(f"All meetings in the calendar are over. Go on with the last, {long_day(last)}?"):
            return replace(order, meeting=last)
    raise found


def now() -> dt.datetime:
    """The clock, asked once a command; SOURCE_DATE_EPOCH stands in for it where a build must be repeated."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if fixed and fixed.isdigit():
        return dt.datetime.fromtimestamp(int(fixed), dt.UTC)
    return dt.datetime.now().astimezone()

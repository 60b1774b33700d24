"""What one paper is made from: what is asked for, the report's settings and records, and the three dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, Unpack

from pipeline.catalogue import problem
from pipeline.dates import Dates
from pipeline.nearest import did_you_mean
from pipeline.office.clock import Clock, now, refuse_wrong_clock
from pipeline.problems import Level, PaperError, Place, Problem, error
from pipeline.publish.clear_days import closed_days, last_day_for
from pipeline.publish.timetable import none_to_come
from pipeline.read import Inputs, read_inputs
from pipeline.report import PART, Report, load_report, meant_as_reports, reports_in
from pipeline.store import ever_published, meeting_folder, meeting_folders

REMEMBERED_DAYS = 31
"""How long after its day a folder is looked into that the calendar no longer has a meeting for."""


class Asked(TypedDict, total=False):
    """Which paper is meant, for every function of the office: the three folders (those of these names where the program
    runs), the meeting (the next in the calendar), the day of the facts (the earlier of today and publication), the
    draft (the newest), and the time (the clock's); `clock` tells whose word that is.
    """

    templates: Path
    inputs: Path
    outputs: Path
    meeting: dt.date | None
    as_at: dt.date | None
    draft: Path | None
    now: dt.datetime
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: which report, from where to where, for which meeting. `now` is the only clock.

    `without` is a copy of the paper that is set aside, `by` who says so.
    """

    report: str
    templates: Path = Path("templates")
    inputs: Path = Path("inputs")
    outputs: Path = Path("outputs")
    now: dt.datetime = field(default_factory=now)
    clock: Clock = "a person's word"
    meeting: dt.date | None = None
    as_at: dt.date | None = None
    draft: Path | None = None
    without: Path | None = None
    by: str = ""

    @property
    def today(self) -> dt.date:
        """The day."""
        return self.now.date()

    @property
    def folder(self) -> Path:
        """The report's own inputs, which its exempt part shares."""
        return self.inputs / self.report.removesuffix(f"/{PART}")

    @property
    def settings(self) -> Report:
        """The report's settings; raises PaperError where they cannot be used."""
        return load_report(self.templates / self.report)


def order_of(report: str | None = None, **asked: Unpack[Asked]) -> Order:
    """The order for the report of that name, or for the only one there is; raises PaperError (F131) for no such one."""
    return Order(report=the_report(asked.get("templates", Path("templates")), report), **asked)


def the_report(templates: Path, name: str | None) -> str:
    """The report asked for, or the only one there is; raises PaperError (F131) with the reports there are."""
    known = reports_in(templates) or meant_as_reports(templates)
    if name in known or (name and (templates / name).is_dir()):
        return str(name)
    if name is None and len(known) == 1:
        return known[0]
    place = Place(str(templates))
    if not known:
        cure = "Go to the folder that holds “templates”, or make one with: committee-papers init"
        raise PaperError(error("F131", place, "There is no report in this folder.", cure))
    said = f"There is no report “{name}”." if name else "There are several reports."
    cure = did_you_mean(name, known) if name else f"Name one: {', '.join(known)}."
    raise PaperError(error("F131", place, said, cure))


def the_reports(templates: Path, asked: Sequence[str] = ()) -> list[str]:
    """The reports asked for, else all, and folders that were meant to be reports; raises PaperError (F131) where one is
    not there, or none at all.
    """
    if asked:
        return [the_report(templates, name) for name in dict.fromkeys(asked)]
    return list(meant_as_reports(templates)) or [the_report(templates, None)]


@dataclass(frozen=True, slots=True)
class Material:
    """What was read for one paper, and its three dates."""

    order: Order
    report: Report
    inputs: Inputs
    dates: Dates

    @property
    def outputs(self) -> Path:
        """The folder of all of the report's papers."""
        return self.order.outputs / self.report.name

    @property
    def folder(self) -> Path:
        """The folder of the paper's drafts."""
        return meeting_folder(self.order.outputs, self.report.name, self.dates.meeting_on)

    @property
    def closed(self) -> dict[dt.date, str]:
        """The days that do not count before the meeting, and why."""
        return closed_days(self.report.nation, self.dates.meeting_on, self.inputs.records.closed_days)

    @property
    def meetings(self) -> frozenset[dt.date]:
        """The days of all meetings in the calendar."""
        return frozenset(meeting.date for meeting in self.inputs.records.meetings)


def gather(order: Order) -> Material:
    """Settings and records of the report, and the three dates. Raises PaperError where no meeting can be told, or the
    clock is far from what the outputs know (F136).
    """
    report = order.settings
    refuse_wrong_clock(order.clock, order.today, order.outputs / order.report)
    inputs = read_inputs(report, order.folder)
    return Material(order, report, inputs, choose_dates(report, inputs, order))


def refuse_exempt(order: Order) -> None:
    """Raises PaperError (C148) where the order is for an exempt part: no road leads from it to the public."""
    if order.settings.is_exempt:
        raise PaperError(problem("C148", Place(order.report)))


def choose_dates(report: Report, inputs: Inputs, order: Order) -> Dates:
    """The meeting asked for, else the next in the calendar; publication and facts follow from it.

    Facts are as at the earlier of today and the day of publication, unless the order says otherwise.
    """
    if not (order.meeting or inputs.records.meetings) and (unread := facts_unread(report, inputs.problems)):
        raise PaperError(unread)
    meeting_on = order.meeting or next_meeting(report, inputs, order.today)
    closed = closed_days(report.nation, meeting_on, inputs.records.closed_days)
    publish_on = last_day_for(inputs.records.meeting(meeting_on), report.clear_days, closed)
    return Dates(meeting_on, publish_on, order.as_at or min(order.today, publish_on))


def facts_unread(report: Report, problems: Sequence[Problem]) -> list[Problem]:
    """Facts whose file, sheet or heading cannot be read: a paper without them would say that there are none."""
    files = {source.file for name, source in report.sources.items() if name != "clearances"}
    wrong = (problem for problem in problems if problem.level is Level.ERROR and problem.place.file in files)
    return [problem for problem in wrong if problem.code.startswith(("I1", "I201", "I203", "I204"))]


def next_meeting(report: Report, inputs: Inputs, today: dt.date) -> dt.date:
    """The first meeting from today on. Raises PaperError where the calendar has none: with F141 where all are over,
    with I605 where there never was one, unless its file says why; and with all else that is wrong in the files.
    """
    days = sorted(meeting.date for meeting in inputs.records.meetings)
    if day := next((day for day in days if day >= today), None):
        return day
    place = calendar_of(report)
    found = [problem for problem in inputs.problems if problem.level is Level.ERROR]
    if days:
        raise PaperError([*found, none_to_come(place)])
    none = error("I605", place, "There is no meeting in the calendar.", "Add one, or give its date with --meeting.")
    raise PaperError(found if any(problem.place.file == place.file for problem in found) else [*found, none])


def calendar_of(report: Report) -> Place:
    """The file of the report's meetings."""
    return Place(report.sources["meetings"].file if "meetings" in report.sources else "report.toml")


def abandoned(order: Order, meetings: Container[dt.date]) -> tuple[Path, ...]:
    """The folders of days that are none of the calendar's `meetings`, to come, or within 31 days past where nothing was
    ever published: the meeting was moved, or its day was a slip.
    """
    first, outputs = order.today - dt.timedelta(days=REMEMBERED_DAYS), order.outputs / order.report
    gone = ((day, path) for day, path in meeting_folders(outputs).items() if day >= first and day not in meetings)
    return tuple(path for day, path in gone if day > order.today or not ever_published(path))


def given_up(material: Material) -> tuple[Path, ...]:
    """The folders of days that the calendar no longer has (see `abandoned`): who goes on typing there is told of with
    the paper of the next meeting; none for the paper of another.
    """
    next_on = min((day for day in material.meetings if day >= material.order.today), default=None)
    return abandoned(material.order, material.meetings) if material.dates.meeting_on == next_on else ()


def read_of(material: Material) -> dict[str, tuple[str, ...]]:
    """What was read of each file: `9 actions`, `not come`."""
    records, by_file = material.inputs.records, dict[str, list[str]]()
    for name, source in material.report.sources.items():
        item = "progress figure" if name == "progress" else material.report.kinds[name].item
        by_file.setdefault(source.file, []).append(some(len(records.of(name)), item))
    come = {comment.section for comment in records.comments}
    for name, comment in material.report.comments.items():
        by_file.setdefault(comment.file, []).append("read" if name in come else "not come")
    return {file: tuple(parts) for file, parts in by_file.items()}


def some(number: int, item: str) -> str:
    """`9 actions`, `1 letter`."""
    return f"{number} {item.replace('_', ' ')}{'' if number == 1 else 's'}"

"""Whether each report is fit to be drafted: settings, template, calendar, and the next meeting with its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from pipeline.office.diary import long_day, read_diary
from pipeline.office.installation import Finding, look, of_problem, ok
from pipeline.problems import PaperError
from pipeline.report import Report, load_report
from pipeline.report_folders import meant_as_reports


def reports(templates: Path, inputs: Path, today: dt.date) -> Iterator[Finding]:
    """Every report in turn; one line where there is none."""
    names = meant_as_reports(templates)
    if not names:
        cure = "Go to the folder that holds “templates”, or make one with: committee-papers init"
        yield look("reports", f"none in “{templates}”", cure)
    for name in names:
        try:
            report = load_report(templates / name)
        except PaperError as found:
            yield from (of_problem(name, each) for each in found.problems)
            continue
        yield template(report)
        yield from calendar(report, inputs / name, today)


def template(report: Report) -> Finding:
    """Whether the report's template can be filled; `check-template` tells more."""
    from pipeline.office.drafting import template_of

    try:
        template_of(report)
    except PaperError as found:
        return of_problem(report.name, found.problems[0])
    return ok(report.name, "settings and template can be used")


def calendar(report: Report, folder: Path, today: dt.date) -> Iterator[Finding]:
    """The calendar's errors, and the next meeting."""
    diary = read_diary(report, folder)
    yield from (of_problem(report.name, each) for each in diary.errors)
    plans = diary.to_come(today)
    if plans:
        meeting, publish = long_day(plans[0].meeting.date), long_day(plans[0].publish_on)
        yield ok(report.name, f"next meeting {meeting}, to be published by {publish}")
    elif not diary.errors:
        yield look(report.name, "no meeting to come", "Add the next meetings to the calendar.")

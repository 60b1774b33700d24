"""Late items: what is published when the clear days have passed, and what the law then asks to be said.

Source: Local Government Act 1972, section 100B(4): an item may be considered only where it was open to inspection for
the clear days before the meeting (a), or where by reason of special circumstances, which are minuted, the chairman is
of the opinion that it is a matter of urgency (b).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.catalogue import problem
from pipeline.dates import Dates
from pipeline.kinds import ClosedDay
from pipeline.nations import law_of
from pipeline.problems import NOWHERE, Problem
from pipeline.publish.clear_days import closed_days, publication_day
from pipeline.report import Report
from pipeline.store import Draft
from pipeline.store.publications import Entry, published_from

LATE_REASONS = ("urgency", "lateness")
NO_REASONS: Mapping[str, str] = {}


def given(reasons: Mapping[str, str]) -> dict[str, str]:
    """The reasons that say something."""
    return {name: text.strip() for name, text in reasons.items() if text.strip()}


def reasons_held(folder: Path, draft: Draft) -> dict[str, str]:
    """The reasons that this very draft was published with, where that publication stands: they are not asked again."""
    return {name: text for name, text in published_from(folder, draft).items() if name in LATE_REASONS}


def last_day(report: Report, dates: Dates, council: Iterable[ClosedDay]) -> dt.date:
    """The last day to publish: the report's own, and where the law binds, none that is later than the law's."""
    days = law_of(report.nation).clear_days
    if not report.statutory or report.clear_days >= days:
        return dates.publish_on
    return publication_day(dates.meeting_on, days, closed_days(report.nation, dates.meeting_on, council))


def late_problems(late: Mapping[str, str]) -> list[Problem]:
    """What the law asks of a late item and is not given (C140): why it is urgent, and why it is late."""
    return [problem("C140", NOWHERE, name, name=name) for name in LATE_REASONS if name not in given(late)]


def asked_of_a_late_item(publish_on: dt.date, reasons: Mapping[str, str], *, statutory: bool) -> list[Problem]:
    """What is asked of an item published after its last day: its reasons where the law binds (C140), and a warning that
    they are wanting where the rule is followed by choice (C141).
    """
    missing = late_problems(reasons)
    return missing if statutory or not missing else [_after("C141", publish_on)]


def _after(code: str, publish_on: dt.date) -> Problem:
    return problem(code, NOWHERE, weekday=f"{publish_on:%A}", last=publish_on)


def publishing_late(
    today: dt.date,
    publish_on: dt.date,
    meeting_on: dt.date,
    acts: Iterable[Entry],
    reasons: Mapping[str, str],
    *,
    statutory: bool,
) -> list[Problem]:
    """What stands against publishing a paper today: nothing until `publish_on`, the last day for it.

    After it, a body that the law binds needs its reasons (C140), and one that follows the rule by choice is warned
    (C141). A paper that was out in time, and never withdrawn since, is changed by a supplement, rather than by another
    version (C142): what that says was not open to inspection for the clear days, so that the law asks for reasons here
    too. After the meeting there is only a record to be put right (C143).
    """
    if today <= publish_on:
        return []
    in_time = out_in_time(acts, publish_on)
    bound = late_problems(reasons) if statutory else []
    if today > meeting_on:
        missing = bound if not in_time else []
        way, weekday = "again" if in_time else "", f"{meeting_on:%A}"
        return [*missing, problem("C143", NOWHERE, way, weekday=weekday, meeting=meeting_on)]
    if in_time:
        return [*bound, _after("C142", publish_on)]
    return asked_of_a_late_item(publish_on, reasons, statutory=statutory)


def facts_of_another_day(today: dt.date, dates: Dates) -> list[Problem]:
    """What stands against publishing facts as at a day to come (C144: nobody can know them yet), and what is to be said
    of facts older than they need be (C145).
    """
    if dates.as_at > today:
        return [problem("C144", NOWHERE, as_at=dates.as_at)]
    older = dates.as_at < min(today, dates.publish_on)
    return [problem("C145", NOWHERE, as_at=dates.as_at)] if older else []


def of_what_stands(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a draft that is published as it is: without those of a new version (C140, C142, C143)."""
    return [each for each in problems if each.code not in ("C140", "C142", "C143")]


def out_in_time(acts: Iterable[Entry], publish_on: dt.date) -> bool:
    """Is the item open to the public since `publish_on` or before? Not where it was withdrawn since: it was gone."""
    in_time = False
    for each in acts:
        in_time = each.action != "withdrawn" and (in_time or dt.date.fromisoformat(each.at[:10]) <= publish_on)
    return in_time

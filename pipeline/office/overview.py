"""How each report stands today: what is next, what is there, what is missing, what is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Unpack

from pipeline.formats import long_day
from pipeline.office.clock import refuse_wrong_clock
from pipeline.office.diary import CLEARANCE, COMMENTS_DUE, Diary, Plan, failures, read_diary
from pipeline.office.differences import Open, parting
from pipeline.office.gate import against
from pipeline.office.material import Asked, Order, the_reports
from pipeline.office.moved import left_behind
from pipeline.office.passages import saying
from pipeline.office.standing import Standing, standing_of
from pipeline.problems import NOWHERE, PaperError, Problem
from pipeline.publish.clearance import State
from pipeline.publish.timetable import none_to_come
from pipeline.revise.copies import path_in_outputs
from pipeline.store import (
    Draft,
    current_draft,
    history,
    meeting_folder,
    open_in,
    published,
    refusal,
)


@dataclass(frozen=True, slots=True)
class Missing:
    """A section that another service writes, and what it lacks: `missing`, `not cleared` or why it counts no more."""

    title: str
    state: str
    required: bool

    @property
    def come(self) -> bool:
        """Is the text there, cleared or not?"""
        return self.state != State.MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStatus:
    """One meeting's paper. `late` and `look` are sentences; what is late makes the report's code 1. `problems` are what
    stands against publishing it, as `check` tells, but for those of the template; `differences` are where people's
    words and the facts part, as `settle` tells. There are none of a paper that is not in hand yet.
    """

    meeting_on: dt.date
    publish_on: dt.date
    milestones: Mapping[str, dt.date]
    number: int | None
    path: Path | None
    as_at: str | None
    edited: bool
    published: int | None
    missing: tuple[Missing, ...] = ()
    late: tuple[str, ...] = ()
    look: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    differences: tuple[Open, ...] = ()
    body: str
    first_draft_on: dt.date
    published_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStatus:
    """One report: its papers in hand, or else the next; `problems` are why it cannot be told, `code` the exit code.

    `undone` is what the daily task could not do, a sentence each; it makes the code 1, as what is late does.
    """

    report: str
    title: str = ""
    late: bool = False
    undone: tuple[str, ...] = ()
    papers: tuple[PaperStatus, ...] = ()
    look: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    code: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """Every report asked for, as it stands on a day."""

    today: dt.date
    reports: tuple[ReportStatus, ...]

    @property
    def code(self) -> int:
        """The worst of the reports' codes."""
        return max((report.code for report in self.reports), default=0)


def status(*reports: str, **asked: Unpack[Asked]) -> Status:
    """How every report stands, or those named: what is next, what is missing and what is late. Writes nothing.

    Raises PaperError (F131) for a report that is not there.
    """
    orders = [Order(report=name, **asked) for name in the_reports(asked.get("templates", Path("templates")), reports)]
    return Status(orders[0].today, tuple(map(status_of, orders)))


def status_of(order: Order) -> ReportStatus:
    """How the report of the order stands on its day. What keeps it from being told is told instead."""
    undone = tuple(failures(order))
    try:
        refuse_wrong_clock(order.clock, order.today, order.outputs / order.report)
        diary = read_diary(order)
        plans = diary.in_hand(order.today) or diary.to_come(order.today)[:1]
        papers = tuple(paper(order, plan) for plan in plans)
        look = tuple(looks(order, diary))
    except (PaperError, OSError) as fault:
        found = fault if isinstance(fault, PaperError) else refusal(fault)
        if found is None:
            raise
        return ReportStatus(report=order.report, undone=undone, problems=found.problems, code=found.exit_code)
    late = any(each.late for each in papers)
    return ReportStatus(
        report=order.report,
        title=diary.report.title,
        late=late,
        undone=undone,
        papers=papers,
        look=look,
        problems=diary.errors,
        code=int(bool(undone or diary.errors or late)),
    )


def looks(order: Order, diary: Diary) -> Iterator[str]:
    """What a person should look at that belongs to no meeting of the calendar."""
    if not diary.to_come(order.today):
        yield f"{none_to_come(NOWHERE).message} Add the next ones."
    for folder in left_behind(order, diary):
        day = long_day(dt.date.fromisoformat(folder.name))
        yield (
            f"There are drafts for {day}, and the calendar has no meeting on that day. "
            f"If it was moved, “build” goes on from what was typed in them: {folder}"
        )


def paper(order: Order, plan: Plan) -> PaperStatus:
    """How one meeting's paper stands. Raises PaperError where its drafts or its inputs cannot be told."""
    folder = meeting_folder(order.outputs, order.report, plan.meeting.date)
    draft, done = current_draft(folder), published(folder)
    found = PaperStatus(
        meeting_on=plan.meeting.date,
        publish_on=plan.publish_on,
        milestones={milestone.name: milestone.day for milestone in plan.milestones},
        number=draft.number if draft else None,
        path=draft.path if draft else None,
        as_at=draft.record.get("as_at") if draft else None,
        edited=bool(draft and draft.edited),
        published=done.version if done else None,
        body=plan.meeting.body,
        first_draft_on=plan.first_draft_on,
        published_at=done.at if done else "",
    )
    if not plan.in_hand(order.today):
        return found
    standing = standing_of(replace(order, meeting=plan.meeting.date))
    found = replace(found, problems=tuple(against(standing)))
    if done:
        return replace(found, look=tuple(news(standing)))
    missing, (differences, parted) = tuple(missing_of(standing)), parting(standing)
    return replace(
        found,
        missing=missing,
        late=tuple(late(plan, order.today, draft, missing)),
        look=(
            *taken_back(folder),
            *reminders(plan, order.today, draft),
            *parted,
            *lacking(standing),
            *saying([problem for problem in found.problems if problem.code == "C163"]),
        ),
        differences=differences,
    )


def missing_of(standing: Standing) -> Iterator[Missing]:
    """The sections that have not come or are not cleared, as the report asks for them."""
    for section in standing.clearances:
        if section.state is not State.CLEARED:
            settings = standing.report.comments[section.section]
            yield Missing(settings.title, str(section.state), settings.required)


def late(plan: Plan, today: dt.date, draft: Draft | None, missing: Sequence[Missing]) -> Iterator[str]:
    """What should have been done before today. A day itself is still in time."""
    if draft is None and today > plan.first_draft_on:
        yield f"The first draft was due on {long_day(plan.first_draft_on)}."
    for section in missing:
        if section.required and (day := plan.day(CLEARANCE if section.come else COMMENTS_DUE)) and today > day:
            done = (
                f"to be cleared by {long_day(day)}: it is {section.state}"
                if section.come
                else f"to come by {long_day(day)}"
            )
            yield f"“{section.title}” was {done}."
    if today > plan.publish_on:
        yield f"The paper was to be published by {long_day(plan.publish_on)}."


def taken_back(folder: Path) -> Iterator[str]:
    """That the paper was published once, and is withdrawn."""
    acts = [act for act in history(folder) if act.action != "redacted"]
    if acts and acts[-1].action == "withdrawn":
        day = long_day(dt.date.fromisoformat(acts[-1].at[:10]))
        yield f"Version {acts[-1].version} was withdrawn on {day}: {acts[-1].reason}"


def reminders(plan: Plan, today: dt.date, draft: Draft | None) -> Iterator[str]:
    """What should be known while it is still in time."""
    if today == plan.publish_on:
        yield "Today is the last day to publish."
    if draft and (program := open_in(draft.path)):
        yield f"“{draft.path.name}” is open in {program}: no draft can follow on it until it is closed."


def lacking(standing: Standing) -> Iterator[str]:
    """The copies whose words the draft lacks."""
    folder = standing.material.folder
    for copy in standing.copies(standing.draft):
        name, by = path_in_outputs(copy.path, folder), f" by {copy.saved_by}" if copy.saved_by else ""
        wrong = {"": f"was edited{by}, and the draft lacks words of it", "closed": "cannot be read"}
        yield f"“{name}” {wrong.get(copy.doubt, 'may be a copy, or an older state of one')}. “copies” says what to do."


def news(standing: Standing) -> Iterator[str]:
    """Files changed since the public was told last: there may be something to say in a supplement."""
    known = standing.told_public.get("inputs")
    if isinstance(known, dict):
        hashes = standing.material.inputs.hashes
        changed = sorted(name for name, digest in hashes.items() if known.get(name) != digest)
        if changed:
            yield f"Changed since the public was told: {', '.join(changed)}. See: committee-papers supplement"

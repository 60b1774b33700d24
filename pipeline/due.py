"""What the calendar makes due: every paper that should be drafted by today, each report on its own.

A paper is due from its first-draft day to the day of its meeting, unless it is published. Nothing is remembered from
one day to the next but the drafts themselves, so days on which nobody ran this are caught up by themselves.
"""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.build import Order, build
from pipeline.diary import read_diary
from pipeline.drafts import Draft, meeting_folder
from pipeline.moved import taken_on
from pipeline.problems import PaperError, Problem
from pipeline.publish.history import published
from pipeline.report import load_report

SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What became of one paper: `action` as in the build, or `failed`; `code` is the exit code it asks for.

    `fault` tells where the program itself went wrong.
    """

    meeting_on: dt.date | None = None
    action: str = "failed"
    number: int = 0
    path: str = ""
    taken_from: str = ""
    code: int = 0
    problems: tuple[Problem, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""

    @property
    def silent(self) -> bool:
        """Is there nothing to tell?"""
        return self.action in ("unchanged", "published") and not self.code


@dataclass(frozen=True, slots=True)
class Result:
    """One report's papers, as plain data that can be sent between processes and machines."""

    report: str
    attempts: tuple[Attempt, ...] = ()

    @property
    def code(self) -> int:
        """The worst exit code of its papers."""
        return max((each.code for each in self.attempts), default=0)


def draft_due(order: Order) -> Result:
    """Drafts whatever is due of one report, today being the day of `order.now`. Never raises but to stop the run.

    An error in the calendar makes an attempt of its own, since it may hide a meeting; the others are drafted all the
    same. So it is with papers: one that fails leaves the next alone.
    """
    today = order.now.date()
    try:
        diary = read_diary(load_report(order.templates / order.report), order.inputs / order.report)
        moved = taken_on(order.outputs, diary, today)
    except Exception as fault:
        return Result(order.report, (failed(fault),))
    hidden = (Attempt(problems=diary.errors, code=1),) if diary.errors else ()
    due = (plan.meeting.date for plan in diary.to_come(today) if plan.in_hand(today) or plan.meeting.date in moved)
    return Result(order.report, (*hidden, *(attempt(replace(order, meeting=day), moved.get(day)) for day in due)))


def attempt(order: Order, moved: Draft | None) -> Attempt:
    """One paper drafted, from a draft of the day that its meeting was moved from where there is one."""
    try:
        if order.meeting and published(meeting_folder(order.outputs, order.report, order.meeting)):
            return Attempt(meeting_on=order.meeting, action="published")
        return drafted(replace(order, draft=moved.path if moved else None))
    except Exception as fault:
        return failed(fault, order.meeting)


def drafted(order: Order) -> Attempt:
    """One paper's draft; raises PaperError as `build` does."""
    built = build(order)
    conflict = any(each.action == "conflict" for each in built.outcomes)
    return Attempt(
        meeting_on=order.meeting,
        action=built.action,
        number=built.number,
        path=str(built.path),
        taken_from=order.draft.parent.name if order.draft else "",
        code=3 if conflict and built.action != "unchanged" else 0,
        problems=built.made.problems,
        hashes=dict(built.gathered.inputs.hashes),
    )


def failed(fault: Exception, meeting_on: dt.date | None = None) -> Attempt:
    """A paper, or the report itself, that did not go through."""
    if isinstance(fault, PaperError):
        return Attempt(meeting_on=meeting_on, problems=fault.problems, code=fault.exit_code)
    return Attempt(meeting_on=meeting_on, fault=told(fault), code=4)


def told(fault: Exception) -> str:
    """Where a fault of the program's own arose, without more of its message than may stand in a log."""
    steps = traceback.extract_tb(fault.__traceback__)
    lines = [f"{each.filename}, line {each.lineno}, in {each.name}" for each in steps]
    return "\n".join((*lines, f"{type(fault).__name__}: {str(fault)[:SHOWN]}"))

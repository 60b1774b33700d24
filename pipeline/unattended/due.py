"""What the calendar makes due: every paper that should be drafted by today, each report on its own.

A paper is due from its first-draft day to the day of its meeting, unless it is published. Nothing is remembered from
one day to the next but the drafts themselves, so days on which nobody ran this are caught up by themselves.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.office.diary import read_diary
from pipeline.office.drafting import Order
from pipeline.office.moved import taken_on
from pipeline.report import load_report
from pipeline.store import Draft, meeting_folder
from pipeline.store.publications import published
from pipeline.unattended.attempts import Attempt, Result, drafted, failed


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

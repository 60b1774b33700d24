"""Papers drafted that nobody waits for: all of them, or whatever is due, each report's whatever comes of the others.

Orders go out and results come back as plain data, between processes and machines too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Unpack

from pipeline.catalogue import problem
from pipeline.office.clock import refuse_wrong_clock
from pipeline.office.diary import read_diary
from pipeline.office.drafting import Built, drafted
from pipeline.office.material import Asked, Order
from pipeline.office.moved import moved_to, taken_on
from pipeline.office.retaining import removed
from pipeline.problems import Place, Problem
from pipeline.store import RECORDS, Draft, as_day, kept_json, meeting_folder, published, put_json, sha256_of
from pipeline.unattended.results import Attempt, Result, failed
from pipeline.unattended.runs import ALONE, Advance, Run, Workers, carried_out, nobody

TOLD = "told.json"
"""Beside a paper's records: what `due` told of that a person must settle."""


def draft(order: Order) -> Result:
    """The paper of one order, drafted. Never raises but to stop the run."""
    try:
        return Result(order.report, (attempt(moved_to(order)),))
    except Exception as fault:
        return Result(order.report, (failed(fault, order.meeting),))


def draft_due(order: Order) -> Result:
    """Drafts whatever is due of one report, today being the day of `order.now`. Never raises but to stop the run.

    A paper is due from its first-draft day to the day of its meeting, unless it is published. Nothing is remembered
    from one day to the next but the drafts themselves, so days on which nobody ran this are caught up by themselves. An
    error in the calendar makes an attempt of its own, since it may hide a meeting; the others are drafted all the same.
    So it is with papers: one that fails leaves the next alone.
    """
    today = order.today
    try:
        refuse_wrong_clock(order.clock, today, order.outputs / order.report)
        diary = read_diary(order)
        moved = taken_on(order, diary)
    except Exception as fault:
        return Result(order.report, (failed(fault),))
    hidden = (Attempt(problems=diary.errors, code=1),) if diary.errors else ()
    due = (plan.meeting.date for plan in diary.to_come(today) if plan.in_hand(today) or plan.meeting.date in moved)
    papers = [*hidden, *(due_paper(order, day, moved.get(day)) for day in due)]
    return Result(order.report, (*papers, *over_time(order)))


def over_time(order: Order) -> Iterator[Attempt]:
    """What was kept as long as the report's settings say, removed, by meeting."""
    try:
        for over in removed(order, "committee-papers due") if any(order.settings.retention.values()) else ():
            told = problem("F135", Place(over.meeting), many=len(over.files), what=over.what, days=over.days)
            yield Attempt(meeting_on=as_day(over.meeting), action="removed", problems=(told,))
    except Exception as fault:
        yield failed(fault)


def due_paper(order: Order, day: dt.date, moved: Draft | None) -> Attempt:
    """One paper drafted, from a draft of the day that its meeting was moved from where there is one."""
    try:
        if published(meeting_folder(order.outputs, order.report, day)):
            return Attempt(meeting_on=day, action="published")
        return attempt(replace(order, meeting=day, draft=moved.path if moved else None), once=True)
    except Exception as fault:
        return failed(fault, day)


def attempt(order: Order, *, once: bool = False) -> Attempt:
    """One paper's draft; raises PaperError as `build` does. `once`: what a person must settle is told of one night."""
    built = drafted(order)
    unsettled = untold(built) if once else built.unsettled
    return Attempt(
        meeting_on=built.meeting_on,
        action=built.action,
        number=built.number,
        path=str(built.path),
        came_from=order.draft.parent.name if order.draft else None,
        code=3 if unsettled else 0,
        unsettled=unsettled,
        problems=built.problems,
        inputs=built.inputs,
    )


def untold(built: Built) -> tuple[Problem, ...]:
    """What a person must settle that was not told of by `due` before, as it is now; it is told of by this."""
    kept = built.path.parent / RECORDS / TOLD
    before = kept_json(kept) or {}
    signs = [
        *(difference.sign for difference in built.differences),
        *map(sign_of, built.unsettled[len(built.differences) :]),
    ]
    if signs != before.get("told", []):
        put_json(kept, {"format": 1, "told": signs})
    return tuple(
        problem for problem, sign in zip(built.unsettled, signs, strict=True) if sign not in before.get("told", ())
    )


def sign_of(problem: Problem) -> str:
    """By what a problem is known that was told of."""
    return sha256_of(repr((problem.code, problem.place.file, problem.message)).encode())


def due(*reports: str, by: Workers = ALONE, advance: Advance = nobody, **asked: Unpack[Asked]) -> Run:
    """Drafts every paper that is due, of all reports or of those named, and keeps what could not be done."""
    return carried_out(draft_due, "due", reports, by, advance, **asked)


def build_all(*reports: str, by: Workers = ALONE, advance: Advance = nobody, **asked: Unpack[Asked]) -> Run:
    """Drafts the next paper of all reports, or of those named: one that cannot be made stops no other."""
    return carried_out(draft, "build", reports, by, advance, **asked)

"""Rules on the tracker's rows: what is complete, what is late, what has no end."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.formats import when
from pipeline.problems import Problem, note, warning
from pipeline.records import Action, Status
from pipeline.rules.records.case import Case, is_open


def name_of(action: Action) -> str:
    """What a message calls an action: its reference, else the start of its activity."""
    return action.ref or action.activity[:60]


def completion(case: Case) -> Iterator[Problem]:
    """I402, I403: complete without a date, in a tracker that has such a column, and a date without complete."""
    has_column = any("completed_on" in each.cells or each.completed_on for each in case.actions)
    for each in case.actions:
        if each.status is Status.COMPLETE and not each.completed_on and has_column:
            yield warning(
                "I402",
                each.place("completed_on"),
                f"“{name_of(each)}” is “{each.status_words.strip()}”, but has no date on which it was completed.",
                "Enter the date.",
            )
        if each.completed_on and each.status is not Status.COMPLETE:
            yield warning(
                "I403",
                each.place("status"),
                f"“{name_of(each)}” was completed on {case.day(each.completed_on)}, but is “{each.status_words}”.",
                "Change the status, or take the date out.",
            )


def completed_later(case: Case) -> Iterator[Problem]:
    """I404: completed after the day that the paper speaks from."""
    for each in case.actions:
        if each.status is Status.COMPLETE and each.completed_on and each.completed_on > case.dates.as_at:
            yield note(
                "I404",
                each.place("completed_on"),
                f"“{name_of(each)}” was completed on {case.day(each.completed_on)}, "
                f"after {case.day(case.dates.as_at)}, so this paper counts it as open.",
            )


def overdue(case: Case) -> Iterator[Problem]:
    """I405: open, and all of its deadline past by `as_at`."""
    for each in case.actions:
        if is_open(each, case.dates.as_at) and each.deadline and each.deadline.before(case.dates.as_at):
            yield warning(
                "I405",
                each.place("deadline"),
                f"“{name_of(each)}” was due {due(each, case)} and is still open.",
                "Enter when it was completed, or the new deadline.",
            )


def due(action: Action, case: Case) -> str:
    """`by 31 January 2017`, or `in January 2017`."""
    assert action.deadline is not None  # noqa: S101
    return ("in " if action.deadline.precision == "month" else "by ") + when(action.deadline, case.report.date_style)


def endless(case: Case) -> Iterator[Problem]:
    """I406, I407: no deadline, or open words for one, and no review date, or one that has passed."""
    has_column = any("deadline" in each.cells for each in case.actions)
    for each in case.actions:
        if not is_open(each, case.dates.as_at) or not (has_column or each.deadline):
            continue
        if each.deadline and each.deadline.precision != "open":
            continue
        if each.review_on is None:
            has = f"is “{each.deadline.words}”" if each.deadline else "has no deadline"
            yield warning(
                "I406",
                each.place("deadline"),
                f"“{name_of(each)}” {has}, and no date is given on which it will be looked at again.",
                "Give a review date, or a deadline.",
            )
        elif each.review_on.before(case.dates.as_at):
            yield warning(
                "I407",
                each.place("review_on"),
                f"“{name_of(each)}” was to be looked at again by {when(each.review_on, case.report.date_style)}.",
                "Enter the next review date.",
            )


def beyond_update(case: Case) -> Iterator[Problem]:
    """I408: open, of the plan, and all of its deadline after the next update is due (R17)."""
    following = case.next_update
    if following is None or following.due is None or following.due < case.dates.as_at:
        return
    for each in case.actions:
        late = each.deadline is not None and each.deadline.first is not None and each.deadline.first > following.due
        if late and each.in_plan is not False and is_open(each, case.dates.as_at):
            yield warning(
                "I408",
                each.place("deadline"),
                f"“{name_of(each)}” is due {due(each, case)}, after update {following.number}, "
                f"which is due on {case.day(following.due)}.",
                "Correct the deadline, or say “No” under “In plan?”.",
            )


RULES = (completion, completed_later, overdue, endless, beyond_update)

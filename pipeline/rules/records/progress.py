"""Rules on the figures submitted with an update."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.problems import Problem, error, note, warning
from pipeline.records import Action, Progress, Status
from pipeline.rules.near import plain
from pipeline.rules.records.case import Case, is_open


def counts(case: Case) -> Iterator[Problem]:
    """I414: more complete than there are."""
    for each in case.records.progress:
        if each.complete > each.actions:
            yield error(
                "I414",
                each.place("complete"),
                f"“{each.area}” has {each.complete} actions complete, of {each.actions}.",
                "Correct one of the two numbers.",
            )


def percentages(case: Case) -> Iterator[Problem]:
    """I415, I416: a percentage (of 100) beside the counts that differs from them by more than rounding (R15)."""
    for each in case.records.progress:
        if each.percent is None or each.actions <= 0 or each.complete > each.actions:
            continue
        exact = 100 * each.complete / each.actions
        if each.percent >= 100 and each.complete < each.actions:
            yield error(
                "I416",
                each.place("percent"),
                f"“{each.area}” stands at 100%, but {each.complete} of {each.actions} actions are complete.",
                "Take the percentage out; it is worked out from the counts.",
            )
        elif abs(each.percent - exact) > 0.5 + 1e-9:
            yield warning(
                "I415",
                each.place("percent"),
                f"“{each.area}” stands at {round(each.percent, 1):g}%, "
                f"but {each.complete} of {each.actions} is {exact:.1f}%.",
                "Correct the percentage or the counts; the paper prints what the counts give.",
            )


def twice(case: Case) -> Iterator[Problem]:
    """I420: an area twice in the figures of one update."""
    seen: dict[tuple[int, str], Progress] = {}
    for each in case.records.progress:
        earlier = seen.setdefault((each.update, plain(each.area)), each)
        if earlier is not each:
            yield error(
                "I420",
                each.place("area"),
                f"“{each.area}” stands twice in the figures of update {each.update}, first at "
                f"{earlier.place('area').short}.",
                "Take one of the rows out.",
            )


def known_updates(case: Case) -> Iterator[Problem]:
    """I419, I421: figures of an unknown update, and a submitted update that has none although others do."""
    numbers = {each.number for each in case.records.updates}
    for number in sorted({each.update for each in case.records.progress} - numbers):
        first = next(each for each in case.records.progress if each.update == number)
        yield error(
            "I419",
            first.place("update"),
            f"There are figures of update “{number}”, which the list of updates does not have.",
            "Correct the number, or add the update to its list.",
        )
    last = case.last_update
    if last and case.records.progress and not case.figures:
        yield warning(
            "I421",
            last.place("number"),
            f"Update {last.number} was submitted, but there are no figures of it.",
            "Enter the figures that were submitted with it.",
        )


def figures_to_come(case: Case) -> Iterator[Problem]:
    """I495: figures of an update that was not submitted by the day that the paper speaks from."""
    last = case.last_update.number if case.last_update else 0
    waiting = {each.number for each in case.records.updates if each.number > last}
    for number in sorted(waiting):
        if first := next((each for each in case.records.progress if each.update == number), None):
            yield note(
                "I495",
                first.place("update"),
                f"There are figures of update {number}, which was not submitted by {case.day(case.dates.as_at)}, "
                "so this paper does not print them.",
            )


def nothing_to_do(case: Case) -> Iterator[Problem]:
    """I422: an area without a single action, whose percentage means nothing."""
    for each in case.figures:
        if each.actions == 0 and each.complete == 0:
            yield warning(
                "I422",
                each.place("actions"),
                f"“{each.area}” has no actions, and the paper would print 0% of none.",
                "Enter how many there are, or take the row out.",
            )


def one_heading(case: Case) -> Iterator[Problem]:
    """I423: two areas under one heading of the table."""
    seen: dict[str, Progress] = {}
    for each in case.figures:
        first = seen.setdefault(plain(each.heading or each.area), each)
        if first is each or plain(first.area) == plain(each.area):
            continue
        wrong, right = (first, each) if plain(each.heading or each.area) == plain(each.area) else (each, first)
        yield warning(
            "I423",
            wrong.place("heading"),
            f"“{wrong.heading or wrong.area}” heads the columns of two areas, “{right.area}” "
            f"({right.place('area').short}) and “{wrong.area}”.",
            f"Write a short form of “{wrong.area}” here.",
        )


def against_tracker(case: Case) -> Iterator[Problem]:
    """I417, I418: actions of the plan that were open when the update was submitted, against what the figures leave.

    Only areas that are not complete: I412 speaks of the others. Rows withdrawn, or complete without a date, may have
    been open or not.
    """
    last = case.last_update
    if last is None or last.submitted is None or not case.actions:
        return
    in_plan = [each for each in case.actions if each.in_plan is not False]
    open_then = Counter(plain(each.area) for each in in_plan if was_open(each, case) is True)
    figures = {plain(each.area) for each in case.figures}
    misnamed = any(area not in figures for area in open_then)  # I410 or I413 speaks of it
    perhaps = Counter(plain(each.area) for each in in_plan if was_open(each, case) is None)
    for each in case.figures:
        if case.left_out(each.area):
            continue
        left, area = each.actions - each.complete, plain(each.area)
        if 0 < left < open_then[area]:
            yield warning("I417", each.place("complete"), difference(each, left, open_then[area], case), CURE)
        if left > open_then[area] + perhaps[area] and not misnamed:
            yield note("I418", each.place("complete"), difference(each, left, open_then[area], case), KEPT)


CURE = "Correct the figures, or say “No” under “In plan?” for what came after the plan."
KEPT = "Nothing need be done if finished rows are taken off the tracker."


def difference(row: Progress, left: int, tracker: int, case: Case) -> str:
    """What the figures leave against what the tracker has."""
    last = case.last_update
    on = case.day(last.submitted) if last and last.submitted else ""
    return f"The figures leave {left} of “{row.area}” open on {on}; the tracker has {tracker}."


def was_open(action: Action, case: Case) -> bool | None:
    """Was the action open or paused when the last update was submitted? None where the tracker cannot tell."""
    last = case.last_update
    if last is None or last.submitted is None or action.status is Status.WITHDRAWN:
        return None
    if action.status is Status.COMPLETE and action.completed_on is None:
        return None
    return action.status is Status.PAUSED or is_open(action, last.submitted)


RULES = (counts, percentages, twice, known_updates, figures_to_come, nothing_to_do, one_heading, against_tracker)

"""Rules on the tracker: what is complete, late or without an end, and figures that agree with it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.kinds import Action, Progress
from pipeline.rules.case import Case, rule
from pipeline.rules.engine import Findings, Verdict, firsts, found, repeated
from pipeline.rules.near import alike, plain, variants


@rule("I402", "records.actions", "completed_on")
def complete_without_a_date(action: Action, case: Case) -> Verdict:
    if action.status.meaning == "complete" and not action.completed_on and case.dates_are_kept:
        return found(status=action.status.strip())
    return None


@rule("I403", "records.actions", "status")
def a_date_but_not_complete(action: Action, _: Case) -> Verdict:
    return bool(action.completed_on) and action.status.meaning != "complete"


@rule("I404", "records.actions", "completed_on")
def completed_later(action: Action, case: Case) -> Verdict:
    return action.status.meaning == "complete" and bool(action.completed_on and action.completed_on > case.as_at)


@rule("I405", "open_actions", "deadline")
def overdue(action: Action, case: Case) -> Verdict:
    return case.is_overdue(action)


@rule("I406", "open_actions", "deadline")
def without_an_end(action: Action, case: Case) -> Verdict:
    return endless(action, case) and not action.review_on and found(None, "" if action.deadline else "blank")


@rule("I407", "open_actions", "review_on")
def review_passed(action: Action, case: Case) -> Verdict:
    return endless(action, case) and bool(action.review_on and action.review_on.before(case.as_at))


def endless(action: Action, case: Case) -> bool:
    """Has the action open words for a deadline, or none in a tracker of deadlines?"""
    return action.deadline.precision == "open" if action.deadline else case.deadlines_are_kept


@rule("I408", "open_actions", "deadline")
def beyond_the_next_update(action: Action, case: Case) -> Verdict:
    update, deadline = case.next_update, action.deadline
    if update is None or update.due is None or update.due < case.as_at or action.in_plan is False:
        return None
    late = deadline is not None and deadline.first is not None and deadline.first > update.due
    return found(update=update) if late else None


@rule("I410")
def an_area_in_two_spellings(case: Case) -> Findings:
    used = [(row.area, row.place("area")) for row in case.records.progress]
    used += [(row.area, row.place("area")) for row in case.records.actions]
    cells = list(dict.fromkeys(used))  # a cell that is filled down was typed once
    beside = " ".join(f"{plain(action.lead)} {plain(action.activity)}" for action in case.records.actions)
    named = {name for name in dict(cells) if plain(name) in beside}
    said = [(name, place) for name, place in cells if name in named]
    for variant in variants([*cells, *said], short=True):
        way = "rarer" if variant.rarer else ""
        yield found(variant.place, way, spelt=variant.name, usual=variant.usual, usual_place=variant.usual_place)


@rule("I411", "figures", "heading")
def an_area_under_another_name(area: Progress, _: Case) -> Verdict:
    return bool(area.heading) and plain(area.heading) != plain(area.area)


@rule("I412", "open_actions", "status")
def open_in_a_complete_area(action: Action, case: Case) -> Verdict:
    return action.in_plan is not False and plain(action.area) in case.complete_areas


@rule("I413")
def an_area_without_figures(case: Case) -> Findings:
    figures = [figure.area for figure in case.figures]
    planned = (action for action in case.open_actions if action.in_plan)
    for action in firsts(planned, lambda action: plain(action.area)).values() if figures else ():
        if not case.left_out(action.area) and not any(alike(action.area, area) for area in figures):
            yield found("area", of=action)


@rule("I414", "records.progress", "complete")
def more_complete_than_there_are(area: Progress, _: Case) -> Verdict:
    return area.complete > area.actions


@rule("I415", "records.progress", "percent")
def a_percentage_of_its_own(area: Progress, _: Case) -> Verdict:
    if area.percent is None or not area.actions or area.complete > area.actions or all_but_complete(area):
        return None
    exact, typed = 100 * area.complete / area.actions, float(area.percent)
    return found(typed=round(typed, 1), exact=exact) if abs(typed - exact) > 0.5 + 1e-9 else None


@rule("I416", "records.progress", "percent")
def a_hundred_per_cent_of_not_all(area: Progress, _: Case) -> Verdict:
    return all_but_complete(area)


def all_but_complete(area: Progress) -> bool:
    """Is 100% typed beside counts that leave an action open?"""
    return area.percent is not None and area.percent >= 100 and area.complete < area.actions


@rule("I419")
def figures_of_an_unknown_update(case: Case) -> Findings:
    by_update = firsts(case.records.progress, lambda figures: figures.update)
    for number in sorted(by_update.keys() - case.update_by_number):
        yield found("update", of=by_update[number])


@rule("I421")
def an_update_without_figures(case: Case) -> Verdict:
    last = case.last_update
    return last is not None and bool(case.records.progress) and not case.figures and found("number", of=last)


@rule("I495")
def figures_to_come(case: Case) -> Findings:
    last = case.last_update.number if case.last_update else 0
    by_update = firsts(case.records.progress, lambda figures: figures.update)
    for number in sorted(number for number in by_update.keys() & case.update_by_number if number > last):
        yield found("update", of=by_update[number])


@rule("I422", "figures", "actions")
def an_area_without_actions(area: Progress, _: Case) -> Verdict:
    return area.actions == 0 and area.complete == 0


@rule("I423")
def one_heading_for_two_areas(case: Case) -> Findings:
    for row, first in repeated(case.figures, lambda area: plain(area.heading or area.area)):
        if plain(first.area) != plain(row.area):
            own = plain(row.heading or row.area) == plain(row.area)
            wrong, right = (first, row) if own else (row, first)
            printed, place = wrong.heading or wrong.area, right.place("area")
            yield found("heading", of=wrong, printed=printed, right=right.area, right_place=place)


@rule("I417")
def more_open_than_the_figures_leave(case: Case) -> Findings:
    for area, left, tracker in against_the_tracker(case):
        if 0 < left < tracker:
            yield found("complete", of=area, left=left, tracker=tracker)


@rule("I418")
def fewer_open_than_the_figures_leave(case: Case) -> Findings:
    misnamed = case.open_at_update.keys() - {plain(figure.area) for figure in case.figures}  # I410 or I413 speaks of it
    for area, left, tracker in () if misnamed else against_the_tracker(case):
        if left > tracker + case.perhaps_open_at_update[plain(area.area)]:
            yield found("complete", of=area, left=left, tracker=tracker)


def against_the_tracker(case: Case) -> Iterator[tuple[Progress, int, int]]:
    """Each area with the actions that its figures leave, and those of the plan that were open by the tracker.

    I412 speaks of areas that are complete. Rows withdrawn, or complete without a date, may have been open or not.
    """
    last = case.last_update
    for area in case.figures if last and last.submitted and case.records.actions else ():
        if not case.left_out(area.area):
            yield area, area.actions - area.complete, case.open_at_update[plain(area.area)]


def same_action(action: Action) -> object:
    """What two actions that are one have in common."""
    return plain(action.area), plain(action.activity)


rule.twice("I420", "records.progress", "area", lambda area: (area.update, plain(area.area)))
rule.twice("I409", "open_actions", "activity", same_action, lambda row, first: row.ref == first.ref)

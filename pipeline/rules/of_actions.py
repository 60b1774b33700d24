"""Rules on the tracker: what is complete, late or without an end, and figures that agree with it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.kinds import Action, Progress
from pipeline.rules.board import Board, firsts, of_records, repeated
from pipeline.rules.engine import Findings, Verdict, found
from pipeline.rules.near import alike, plain, variants


@of_records("I402", "records.actions", "completed_on")
def complete_without_a_date(action: Action, board: Board) -> Verdict:
    if action.status.meaning == "complete" and not action.completed_on and board.dates_are_kept:
        return found(status=action.status.strip())
    return None


@of_records("I403", "records.actions", "status")
def a_date_but_not_complete(action: Action, _: Board) -> Verdict:
    return bool(action.completed_on) and action.status.meaning != "complete"


@of_records("I404", "records.actions", "completed_on")
def completed_later(action: Action, board: Board) -> Verdict:
    return action.status.meaning == "complete" and bool(action.completed_on and action.completed_on > board.as_at)


@of_records("I405", "open_actions", "deadline")
def overdue(action: Action, board: Board) -> Verdict:
    return board.is_overdue(action)


@of_records("I406", "open_actions", "deadline")
def without_an_end(action: Action, board: Board) -> Verdict:
    return endless(action, board) and not action.review_on and found(None, "" if action.deadline else "blank")


@of_records("I407", "open_actions", "review_on")
def review_passed(action: Action, board: Board) -> Verdict:
    return endless(action, board) and bool(action.review_on and action.review_on.before(board.as_at))


def endless(action: Action, board: Board) -> bool:
    """Has the action open words for a deadline, or none in a tracker of deadlines?"""
    return action.deadline.precision == "open" if action.deadline else board.deadlines_are_kept


@of_records("I408", "open_actions", "deadline")
def beyond_the_next_update(action: Action, board: Board) -> Verdict:
    update, deadline = board.next_update, action.deadline
    if update is None or update.due is None or update.due < board.as_at or action.in_plan is False:
        return None
    late = deadline is not None and deadline.first is not None and deadline.first > update.due
    return found(update=update) if late else None


@of_records("I410")
def an_area_in_two_spellings(board: Board) -> Findings:
    used = [(row.area, row.place("area")) for row in board.records.progress]
    used += [(row.area, row.place("area")) for row in board.records.actions]
    for each in variants(used, short=True):
        way = "rarer" if each.rarer else ""
        yield found(each.place, way, spelt=each.name, usual=each.usual, usual_place=each.usual_place)


@of_records("I411", "figures", "heading")
def an_area_under_another_name(area: Progress, _: Board) -> Verdict:
    return bool(area.heading) and plain(area.heading) != plain(area.area)


@of_records("I412", "open_actions", "status")
def open_in_a_complete_area(action: Action, board: Board) -> Verdict:
    return action.in_plan is not False and plain(action.area) in board.complete_areas


@of_records("I413")
def an_area_without_figures(board: Board) -> Findings:
    figures = [each.area for each in board.figures]
    planned = (each for each in board.open_actions if each.in_plan)
    for action in firsts(planned, lambda each: plain(each.area)).values() if figures else ():
        if not board.left_out(action.area) and not any(alike(action.area, area) for area in figures):
            yield found("area", of=action)


@of_records("I414", "records.progress", "complete")
def more_complete_than_there_are(area: Progress, _: Board) -> Verdict:
    return area.complete > area.actions


@of_records("I415", "records.progress", "percent")
def a_percentage_of_its_own(area: Progress, _: Board) -> Verdict:
    if area.percent is None or not area.actions or area.complete > area.actions or all_but_complete(area):
        return None
    exact = 100 * area.complete / area.actions
    return found(typed=round(area.percent, 1), exact=exact) if abs(area.percent - exact) > 0.5 + 1e-9 else None


@of_records("I416", "records.progress", "percent")
def a_hundred_per_cent_of_not_all(area: Progress, _: Board) -> Verdict:
    return all_but_complete(area)


def all_but_complete(area: Progress) -> bool:
    """Is 100% typed beside counts that leave an action open?"""
    return area.percent is not None and area.percent >= 100 and area.complete < area.actions


@of_records("I420")
def an_area_twice(board: Board) -> Findings:
    for row, first in repeated(board.records.progress, lambda each: (each.update, plain(each.area))):
        yield found("area", of=row, first=first.place("area"))


@of_records("I419")
def figures_of_an_unknown_update(board: Board) -> Findings:
    by_update = firsts(board.records.progress, lambda each: each.update)
    for number in sorted(by_update.keys() - board.update_by_number):
        yield found("update", of=by_update[number])


@of_records("I421")
def an_update_without_figures(board: Board) -> Verdict:
    last = board.last_update
    return last is not None and bool(board.records.progress) and not board.figures and found("number", of=last)


@of_records("I495")
def figures_to_come(board: Board) -> Findings:
    last = board.last_update.number if board.last_update else 0
    by_update = firsts(board.records.progress, lambda each: each.update)
    for number in sorted(number for number in by_update.keys() & board.update_by_number if number > last):
        yield found("update", of=by_update[number])


@of_records("I422", "figures", "actions")
def an_area_without_actions(area: Progress, _: Board) -> Verdict:
    return area.actions == 0 and area.complete == 0


@of_records("I423")
def one_heading_for_two_areas(board: Board) -> Findings:
    for row, first in repeated(board.figures, lambda each: plain(each.heading or each.area)):
        if plain(first.area) != plain(row.area):
            own = plain(row.heading or row.area) == plain(row.area)
            wrong, right = (first, row) if own else (row, first)
            printed, place = wrong.heading or wrong.area, right.place("area")
            yield found("heading", of=wrong, printed=printed, right=right.area, right_place=place)


@of_records("I417")
def more_open_than_the_figures_leave(board: Board) -> Findings:
    for area, left, tracker in against_the_tracker(board):
        if 0 < left < tracker:
            yield found("complete", of=area, left=left, tracker=tracker)


@of_records("I418")
def fewer_open_than_the_figures_leave(board: Board) -> Findings:
    misnamed = board.open_at_update.keys() - {plain(each.area) for each in board.figures}  # I410 or I413 speaks of it
    for area, left, tracker in () if misnamed else against_the_tracker(board):
        if left > tracker + board.perhaps_open_at_update[plain(area.area)]:
            yield found("complete", of=area, left=left, tracker=tracker)


def against_the_tracker(board: Board) -> Iterator[tuple[Progress, int, int]]:
    """Each area with the actions that its figures leave, and those of the plan that were open by the tracker.

    I412 speaks of areas that are complete. Rows withdrawn, or complete without a date, may have been open or not.
    """
    last = board.last_update
    for area in board.figures if last and last.submitted and board.records.actions else ():
        if not board.left_out(area.area):
            yield area, area.actions - area.complete, board.open_at_update[plain(area.area)]


@of_records("I409")
def an_action_in_two_rows(board: Board) -> Findings:
    for row, first in repeated(board.open_actions, lambda each: (plain(each.area), plain(each.activity))):
        if first.ref != row.ref:
            yield found("activity", of=row, first=first, first_place=first.place("activity"))

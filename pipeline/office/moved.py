"""Meetings that moved: drafts whose day is no longer in the calendar, and the meeting that takes them on.

The old folder stays as it is. Where officers typed in its newest draft, the paper of the meeting that took its place
goes on from that draft, so that no edit is left behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.catalogue import problem
from pipeline.office.diary import Diary, Plan, read_diary
from pipeline.office.material import Material, Order, abandoned
from pipeline.problems import Place, Problem
from pipeline.store import (
    Draft,
    current_draft,
    drafts_in,
    history,
    meeting_folder,
    meeting_folders,
    read_record,
    refuse_if_lost,
)
from pipeline.text import folded


def stranded(order: Order, diary: Diary) -> list[Path]:
    """Folders of drafts whose meeting the calendar no longer has (see `abandoned`)."""
    return [folder for folder in abandoned(order, diary.days) if drafts_in(folder)]


def left_behind(order: Order, diary: Diary) -> Iterator[Path]:
    """Those of them whose newest draft no other meeting's paper has gone on from."""
    return (folder for folder in stranded(order, diary) if not went_on(folder, max(drafts_in(folder))))


def taken_on(order: Order, diary: Diary) -> dict[dt.date, Draft]:
    """For each meeting that takes a stranded draft's edits on, by its day: that draft, which is taken on once.

    It is the first meeting to come that the calendar did not have when the draft was made, or where none is new, the
    first; of those that have no drafts, or only such as the stranded one went on from. Raises NeedsPerson (F130) as
    `current_draft` does.
    """
    found: dict[dt.date, Draft] = {}
    for folder in stranded(order, diary):
        draft = current_draft(folder)
        refuse_if_lost(folder, draft)
        if draft is not None and draft.holds_edits and not went_on(folder, draft.number):
            for day in days_after(order, diary, draft)[:1]:
                found.setdefault(day, draft)
    return found


def days_after(order: Order, diary: Diary, draft: Draft) -> list[dt.date]:
    """The meetings to come whose paper can go on from a draft, those first that the calendar did not have then."""
    plans = (plan for plan in diary.to_come(order.today) if takes(order, plan, draft.path.parent))
    known = draft.record.get("calendar", ())
    return sorted((plan.meeting.date for plan in plans), key=lambda day: day.isoformat() in known)


def moved_to(order: Order) -> Order:
    """The order, going on from the draft of a day that the calendar no longer has, where the paper of its meeting takes
    that on; as it is where it names a draft, or there is none.
    """
    if order.draft:
        return order
    diary = read_diary(order)
    found = taken_on(order, diary)
    day = order.meeting or next((plan.meeting.date for plan in diary.to_come(order.today)), None)
    return replace(order, draft=found[day].path) if day in found else order


def of_another_body(material: Material, record: Mapping[str, object]) -> Iterator[Problem]:
    """F137: drafts for a body that meets on another day by now, in the folder of a day that was given to another. Told
    with the paper of that day, whose draft's `record` is given, and with the first draft of that body's own.

    A body that the calendar has no more had its name corrected.
    """
    order, records = material.order, material.inputs.records
    bodies = {meeting.date: meeting.body or "" for meeting in records.meetings if meeting.date >= order.today}
    own = material.dates.meeting_on
    known = {own: record} if record else {day: newest_record(order, day) for day in bodies}
    names = {folded(body) for body in bodies.values()}
    for day, body in bodies.items():
        was = str(known.get(day, {}).get("body") or "")
        is_ours = own == day or folded(bodies.get(own, "")) == folded(was)
        if was and body and is_ours and folded(was) != folded(body) and folded(was) in names:
            folder = meeting_folder(order.outputs, order.report, day).name
            yield problem("F137", Place(folder), folder=folder, was=was, now=body)


def newest_record(order: Order, day: dt.date) -> Mapping[str, object]:
    """The record of a day's newest draft; empty where it has none."""
    folder = meeting_folder(order.outputs, order.report, day)
    return read_record(folder, max(drafts)) if (drafts := drafts_in(folder)) else {}


def went_on(folder: Path, number: int) -> bool:
    """Has another meeting's paper gone on from the draft of that number in `folder`?"""
    others = (other for other in meeting_folders(folder.parent).values() if other != folder)
    return any((folder.name, number) in origins(other) for other in others)


def takes(order: Order, plan: Plan, folder: Path) -> bool:
    """Can this meeting's paper go on from the drafts in `folder`, with nothing of its own left out?"""
    own = meeting_folder(order.outputs, order.report, plan.meeting.date)
    if history(own):
        return False
    return not drafts_in(own) or own.name in all_origins(folder)


def all_origins(folder: Path) -> set[str]:
    """The names of the folders that the drafts in one went on from, and those in these, however often it was moved."""
    found, waiting = set[str](), [folder.name]
    while waiting:
        names = {str(meeting) for meeting, _ in origins(folder.with_name(waiting.pop()))} - found
        found |= names
        waiting += names
    return found


def origins(folder: Path) -> set[tuple[object, object]]:
    """Meeting and number of every draft that a draft in `folder` went on from."""
    records = (read_record(folder, number) for number in drafts_in(folder))
    known = (record.get("after") for record in records)
    return {(each.get("meeting"), each.get("draft")) for each in known if isinstance(each, dict)}

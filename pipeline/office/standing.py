"""How each report stands today: what is next, what is there, what is missing, what is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.office.diary import CLEARANCE, COMMENTS_DUE, Diary, Plan, long_day, read_diary
from pipeline.office.moved import left_behind
from pipeline.problems import PaperError, Problem
from pipeline.publish.timetable import NONE_TO_COME
from pipeline.report import load_report
from pipeline.store import Draft, current_draft, meeting_folder, open_in, read_record, refusal, still
from pipeline.store.publications import Entry, history, published

if TYPE_CHECKING:
    from pipeline.office.checking import Gathered
    from pipeline.office.drafting import Order


@dataclass(frozen=True, slots=True)
class Missing:
    """A section that another service writes, and what it lacks: `missing`, `not cleared` or why it counts no more."""

    title: str
    state: str
    required: bool

    @property
    def come(self) -> bool:
        """Is the text there, cleared or not?"""
        return self.state != "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One meeting's paper. `late` and `look` are sentences; what is late makes `status` end with 1."""

    plan: Plan
    draft: Draft | None = None
    published: Entry | None = None
    missing: tuple[Missing, ...] = ()
    late: tuple[str, ...] = ()
    look: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One report: its papers in hand, or else the next; `problems` are why it cannot be told, `code` the exit code.

    `undone` is what the daily task could not do, a sentence each; it makes `status` end with 1, as what is late does.
    """

    report: str
    title: str = ""
    papers: tuple[Paper, ...] = ()
    look: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    code: int = 0


def standing(order: Order) -> Standing:
    """How the report of the order stands on the day of `order.now`. What keeps it from being told is told instead."""
    undone = tuple(failures(order.outputs, order.report, order.now.date()))
    try:
        report = load_report(order.templates / order.report)
        diary = read_diary(report, order.inputs / order.report)
        papers = tuple(paper(order, plan) for plan in to_tell(diary, order.now.date()))
        look = tuple(looks(order, diary))
    except (PaperError, OSError) as fault:
        found = fault if isinstance(fault, PaperError) else refusal(fault)
        if found is None:
            raise
        return Standing(report=order.report, undone=undone, problems=found.problems, code=found.exit_code)
    return Standing(
        report=order.report,
        title=report.title,
        papers=papers,
        look=look,
        undone=undone,
        problems=diary.errors,
        code=1 if undone or diary.errors or any(each.late for each in papers) else 0,
    )


def failures(outputs: Path, report: str, today: dt.date) -> Iterator[str]:
    """What the daily task could not do of a report, and has not done since."""
    for each in still(outputs, report, today):
        paper = f"draft the paper of {long_day(each.meeting_on)}" if each.meeting_on else "do all of this report"
        since = long_day(each.since)
        yield f"The daily task has not been able to {paper} since {since}: {'; '.join(each.problems)}"


def to_tell(diary: Diary, today: dt.date) -> tuple[Plan, ...]:
    """The meetings whose papers are in hand; where there are none, the next."""
    return diary.in_hand(today) or diary.to_come(today)[:1]


def looks(order: Order, diary: Diary) -> Iterator[str]:
    """What a person should look at that belongs to no meeting of the calendar."""
    today = order.now.date()
    if not diary.to_come(today):
        yield f"{NONE_TO_COME} Add the next ones."
    for folder in left_behind(order.outputs, diary, today):
        day = long_day(dt.date.fromisoformat(folder.name))
        yield (
            f"There are drafts for {day}, and the calendar has no meeting on that day. "
            f"If it was moved, “build” goes on from what was typed in them: {folder}"
        )


def paper(order: Order, plan: Plan) -> Paper:
    """How one meeting's paper stands. Raises PaperError where its drafts or its inputs cannot be told."""
    today = order.now.date()
    folder = meeting_folder(order.outputs, order.report, plan.meeting.date)
    draft, done = current_draft(folder), published(folder)
    if not plan.in_hand(today):
        return Paper(plan=plan, draft=draft, published=done)
    from pipeline.office.drafting import gather

    gathered = gather(replace(order, meeting=plan.meeting.date))
    if done:
        return Paper(plan=plan, draft=draft, published=done, look=tuple(news(gathered, folder, draft)))
    missing = tuple(missing_of(gathered))
    return Paper(
        plan=plan,
        draft=draft,
        missing=missing,
        late=tuple(late(plan, today, draft, missing)),
        look=(*taken_back(folder), *reminders(plan, today, draft), *unsettled(order, folder, draft)),
    )


def missing_of(gathered: Gathered) -> Iterator[Missing]:
    """The sections that have not come or are not cleared, as the report asks for them."""
    from pipeline.office.checking import clearance_of
    from pipeline.publish.clearance import State

    for each in clearance_of(gathered)[0]:
        if each.state is not State.CLEARED:
            settings = gathered.report.comments[each.section]
            yield Missing(settings.title, str(each.state), settings.required)


def late(plan: Plan, today: dt.date, draft: Draft | None, missing: tuple[Missing, ...]) -> Iterator[str]:
    """What should have been done before today. A day itself is still in time."""
    if draft is None and today > plan.first_draft_on:
        yield f"The first draft was due on {long_day(plan.first_draft_on)}."
    comments, clearance = plan.day(COMMENTS_DUE), plan.day(CLEARANCE)
    for each in missing:
        if not each.come and each.required and comments and today > comments:
            yield f"“{each.title}” was to come by {long_day(comments)}."
        elif each.come and each.required and clearance and today > clearance:
            yield f"“{each.title}” was to be cleared by {long_day(clearance)}: it is {each.state}."
    if today > plan.publish_on:
        yield f"The paper was to be published by {long_day(plan.publish_on)}."


def taken_back(folder: Path) -> Iterator[str]:
    """That the paper was published once, and is withdrawn."""
    acts = history(folder)
    if acts and acts[-1].action == "withdrawn":
        day = long_day(dt.date.fromisoformat(acts[-1].at[:10]))
        yield f"Version {acts[-1].version} was withdrawn on {day}: {acts[-1].reason}"


def reminders(plan: Plan, today: dt.date, draft: Draft | None) -> Iterator[str]:
    """What should be known while it is still in time."""
    if today == plan.publish_on:
        yield "Today is the last day to publish."
    if draft and (program := open_in(draft.path)):
        yield f"“{draft.path.name}” is open in {program}: no draft can follow on it until it is closed."


def unsettled(order: Order, folder: Path, draft: Draft | None) -> Iterator[str]:
    """What only a person can settle: differences open in the draft when it was made, copies whose words it lacks."""
    waiting = draft.record.get("open") if draft else None
    if draft and isinstance(waiting, list) and waiting:
        many = "1 place" if len(waiting) == 1 else f"{len(waiting)} places"
        yield f"In {many} of draft {draft.number} somebody's words and the facts part. “build” and “check” name them."
    from pipeline.revise.copies import left_out, path_in_outputs
    from pipeline.store.records import decisions_in

    for copy in left_out(folder, order.report, draft, decisions_in(folder)):
        name, by = path_in_outputs(copy.path, folder), f" by {copy.saved_by}" if copy.saved_by else ""
        wrong = f"was edited{by}, and the draft lacks words of it" if copy.differing else "cannot be read"
        yield f"“{name}” {wrong}. “build” says what to do."


def news(gathered: Gathered, folder: Path, draft: Draft | None) -> Iterator[str]:
    """Files changed since the published paper was drafted: there may be something to say in a supplement."""
    known = read_record(folder, draft.number).get("inputs") if draft else None
    if isinstance(known, dict):
        changed = sorted(name for name, digest in gathered.inputs.hashes.items() if known.get(name) != digest)
        if changed:
            yield f"Changed since the paper was drafted: {', '.join(changed)}. See: committee-papers supplement"

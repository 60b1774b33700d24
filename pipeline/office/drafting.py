"""The whole journey on one page: the officers' files in, the next draft out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.dates import Dates
from pipeline.formats import DateStyle, Formats
from pipeline.language import filters
from pipeline.office.checking import Gathered, found_in, given_up, remember, settled
from pipeline.office.fencing import hidden_in
from pipeline.office.recording import Made, step_taken, write_note
from pipeline.problems import Level, NeedsPerson, PaperError, Place, Problem, error
from pipeline.publish.clear_days import closed_days, publication_day
from pipeline.publish.timetable import none_to_come
from pipeline.read import Inputs, open_source, read_inputs
from pipeline.render.paper import Properties, Template, compile_template, render
from pipeline.report import Report, load_report
from pipeline.revise.copies import instead_of_a_draft, left_out, not_taken_in, the_copy
from pipeline.revise.differences import chosen, problems_of
from pipeline.revise.following import Action, Wanted, following
from pipeline.store import drafts
from pipeline.store.records import NONE, Decisions, decisions_in
from pipeline.transform import transform

if TYPE_CHECKING:
    from pipeline.revise.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: which report, from where to where, for which meeting. `now` is the only clock.

    `keep` names a difference whose words stand against the facts, `without` a copy of the paper that is set aside, `by`
    who says so.
    """

    report: str
    templates: Path
    inputs: Path
    outputs: Path
    now: dt.datetime
    meeting: dt.date | None = None
    as_at: dt.date | None = None
    draft: Path | None = None
    keep: str = ""
    without: Path | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """What became of the order. `path` is the draft to go on with, `outcomes` what the merge did block by block, and
    `note` the same for reading, where there was something to merge. `unsettled` is what a person must look at before
    the paper can be published, `came_from` the draft of another day that this one goes on from.
    """

    gathered: Gathered
    made: Made
    path: Path
    number: int
    action: Action
    outcomes: tuple[Outcome, ...] = field(default=())
    note: Path | None = None
    unsettled: tuple[Problem, ...] = ()
    came_from: Path | None = None


def gather(order: Order) -> Gathered:
    """Settings and records of the report, and the three dates. Raises PaperError where no meeting can be told."""
    report = load_report(order.templates / order.report)
    folder = order.inputs / order.report
    inputs = read_inputs(report, folder)
    return Gathered(folder, order.outputs, report, inputs, choose_dates(report, inputs, order), order.now.date())


def make(gathered: Gathered) -> Made:
    """The paper of what was gathered, proven; the same bytes for the same files and dates."""
    report, inputs, dates = gathered.report, gathered.inputs, gathered.dates
    told = transform(report, inputs.records, inputs.sentences, dates)
    found = found_in(gathered, told.context, told.problems)
    problems = settled(gathered, found)
    if not inputs.sentences:
        raise PaperError(no_wording(problems))
    if unread := facts_unread(report, problems):
        raise PaperError(unread)
    title = f"{report.title} – {told.context.fields['board']}, {told.context.fields['date']}"
    properties = Properties(
        title=title,
        subject=told.context.fields["board"],
        author=report.fields.get("author", ""),
        as_at=dates.as_at,
        heading_style=report.heading_style,
        about={
            "title": title,
            "report": report.name,
            "meeting": dates.meeting_on.isoformat(),
            "as_at": dates.as_at.isoformat(),
        },
    )
    rendered = render(template_of(report), told.context, properties)
    return Made(told.context, rendered, tuple(problems), tuple(found))


def facts_unread(report: Report, problems: Sequence[Problem]) -> list[Problem]:
    """Facts whose file, sheet or heading cannot be read: a paper without them would say that there are none."""
    files = {each.file for name, each in report.sources.items() if name != "clearances"}
    errors = (each for each in problems if each.level is Level.ERROR and each.place.file in files)
    return [each for each in errors if each.code.startswith(("I1", "I201", "I203", "I204"))]


def of_no_meeting(gathered: Gathered, problems: Sequence[Problem]) -> list[Problem]:
    """I460 where the calendar has meetings: without one its day is a slip, and the sentences about it would break.

    None for a report without a calendar, or one whose settings make less of the rule.
    """
    known = gathered.inputs.records.meetings
    return [each for each in problems if each.code == "I460" and each.level is Level.ERROR] if known else []


def no_wording(problems: Sequence[Problem]) -> list[Problem]:
    """Why there is no sentence to make a paper of."""
    told = [each for each in problems if each.place.file == "wording.xlsx" and each.level is Level.ERROR]
    cure = "Copy “wording.xlsx” from a report that works, and change its rows."
    return told or [error("W103", Place("wording.xlsx", "Wording"), "The wording sheet has no sentences.", cure)]


@dataclass(frozen=True, slots=True)
class Layout:
    """A template by what it holds and the house style of dates, whatever its name: reports often share one."""

    content: bytes
    dates: DateStyle
    name: str = field(compare=False)


def template_of(report: Report) -> Template:
    """The report's template, compiled; once for all papers of a run while the file stays the same."""
    name = f"{report.name}/template.docx"
    return replace(compiled(Layout(open_source(report.template, name).content, report.date_style, name)), name=name)


@lru_cache(maxsize=64)
def compiled(layout: Layout) -> Template:
    """A template's content, ready to be filled."""
    return compile_template(layout.content, layout.name, filters(Formats(layout.dates)))


def build(order: Order) -> Built:
    """The next draft on disk, or the one that is there where nothing changed; an officer's file is never altered.

    Raises PaperError where there is nothing to make a paper of, or no such meeting; NeedsPerson (F145) where there is
    no draft, and a copy of one in which somebody typed.
    """
    gathered = gather(order)
    made = make(gathered)
    if stray := of_no_meeting(gathered, made.problems):
        raise PaperError(stray)
    remember(gathered)
    wanted = decided(order, wanted_of(order, gathered, made))
    folder = wanted.folder
    step, current = following(wanted)
    if current is None and (strays := left_out(folder, order.report, None, wanted.decided)):
        raise NeedsPerson([instead_of_a_draft(each, folder) for each in strays])
    draft = step_taken(gathered, made, wanted, step, current)
    note = write_note(draft.path, step.outcomes) if step.action != "unchanged" and step.outcomes else None
    open_still = problems_of(step.differences, draft.path)
    copies = [
        not_taken_in(each, folder) for each in left_out(folder, order.report, draft, wanted.decided, wanted.beside)
    ]
    elsewhere = current.path if current and current.path.parent.resolve() != folder.resolve() else None
    return Built(
        gathered, made, draft.path, draft.number, step.action, step.outcomes, note, (*open_still, *copies), elsewhere
    )


def wanted_of(order: Order, gathered: Gathered, made: Made) -> Wanted:
    """The paper as the program alone would write it, and on what terms it follows on the draft that is there."""
    folder, secret = gathered.drafts, hidden_in(gathered, made.context)
    places = dict.fromkeys([folder, *([order.draft.parent] if order.draft else [])])
    known = sum(map(decisions_in, places), NONE).without_kept(secret.holds)
    return Wanted(
        content=made.rendered.content, folder=folder, now=order.now, named=order.draft, hidden=secret, decided=known,
        beside=given_up(gathered),
    )  # fmt: skip


def decided(order: Order, wanted: Wanted) -> Wanted:
    """The same with what the order decides: words kept against the facts, a copy set aside.

    Raises PaperError where there is no such difference (F143) or copy (F144).
    """
    made, said = NONE, {"by": order.by, "at": order.now.isoformat(timespec="seconds")}
    if order.keep:
        step, current = following(wanted)
        meant = chosen(step.differences, order.keep, current.path.name if current else "")
        texts = {"facts": list(meant.facts), "words": list(meant.words)}
        made += Decisions(kept=({"block": meant.key, **texts, **said},))
    if order.without:
        current = drafts.current_draft(wanted.folder, order.draft)
        copies = left_out(wanted.folder, order.report, current, wanted.decided, wanted.beside)
        copy = the_copy(order.without, copies, wanted.folder)
        made += Decisions(without=({"file": copy.path.name, "sha256": copy.sha256, **said},))
    return replace(wanted, decided=wanted.decided + made)


def choose_dates(report: Report, inputs: Inputs, order: Order) -> Dates:
    """The meeting asked for, else the next in the calendar; publication and facts follow from it.

    Facts are as at the earlier of today and the day of publication, unless the order says otherwise.
    """
    if not (order.meeting or inputs.records.meetings) and (unread := facts_unread(report, inputs.problems)):
        raise PaperError(unread)
    meeting_on = order.meeting or next_meeting(report, inputs, order.now.date())
    closed = closed_days(report.nation, meeting_on, inputs.records.closed_days)
    publish_on = publication_day(meeting_on, report.clear_days, closed)
    return Dates(meeting_on, publish_on, order.as_at or min(order.now.date(), publish_on))


def next_meeting(report: Report, inputs: Inputs, today: dt.date) -> dt.date:
    """The first meeting from today on. Raises PaperError where the calendar has none: with F141 where all are over,
    with I605 where there never was one, unless its file says why; and with all else that is wrong in the files.
    """
    days = sorted(each.date for each in inputs.records.meetings)
    if day := next((day for day in days if day >= today), None):
        return day
    place = Place(report.sources["meetings"].file if "meetings" in report.sources else "report.toml")
    found = [each for each in inputs.problems if each.level is Level.ERROR]
    if days:
        raise PaperError([*found, none_to_come(place)])
    none = error("I605", place, "There is no meeting in the calendar.", "Add one, or give its date with --meeting.")
    raise PaperError(found if any(each.place.file == place.file for each in found) else [*found, none])

"""The whole journey on one page: the officers' files in, the next draft out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from pipeline.office.clearing import remember
from pipeline.office.fencing import remember_withheld
from pipeline.office.material import Asked, Order, order_of, read_of
from pipeline.office.moved import moved_to, of_another_body
from pipeline.office.passages import passages_of
from pipeline.office.recording import held_back, step_taken
from pipeline.office.standing import Standing, standing_of
from pipeline.office.typed_last_time import asked_of, passages_before
from pipeline.problems import Level, NeedsPerson, PaperError, Place, Problem, error
from pipeline.revise.copies import instead_of_a_draft, left_out, not_taken_in, the_copy
from pipeline.revise.differences import UNSETTLED, problems_of
from pipeline.revise.following import Action, following
from pipeline.store import (
    Act,
    Acts,
    Done,
    Draft,
    only_one,
    put_on_record,
    save_copy,
    sha256_of,
)

if TYPE_CHECKING:
    from pipeline.revise.copy import Copy
    from pipeline.revise.outcome import Difference, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What became of an order to build.

    `path` is the draft to go on with; `outcomes` are what the merge did block by block, and `note` the same for
    reading, where there was something to merge; `differences` are where people's words and the facts part. `came_from`
    is the draft of another day that this one goes on from. `joined` are the copies whose words it took in.
    `problems` are those of the files and the paper, and those that a person must settle before it can be published.
    `read` tells of each file what was read from it, `inputs` holds its hash.
    """

    report: str
    meeting_on: dt.date
    publish_on: dt.date
    as_at: dt.date
    number: int
    action: Action
    path: Path
    review: Path | None = None
    note: Path | None = None
    outcomes: tuple[Outcome, ...] = ()
    differences: tuple[Difference, ...] = ()
    joined: tuple[Copy, ...] = ()
    came_from: Path | None = None
    problems: tuple[Problem, ...] = ()
    title: str = ""
    read: Mapping[str, tuple[str, ...]]
    inputs: Mapping[str, str]

    @property
    def unsettled(self) -> tuple[Problem, ...]:
        """What a person must settle."""
        return tuple(problem for problem in self.problems if problem.code in UNSETTLED)

    @property
    def code(self) -> int:
        """3 where a person must settle something, 1 where an error stands, else 0. The draft is there in every case."""
        return 3 if self.unsettled else int(any(problem.level is Level.ERROR for problem in self.problems))


def build(
    report: str | None = None,
    *,
    without: Path | None = None,
    by: str = "",
    review: bool = False,
    **asked: Unpack[Asked],
) -> Built:
    """Drafts the paper of a meeting, or takes the draft that is there where nothing changed; an officer's file is never
    altered.

    `without` is a copy that is set aside, `by` who says so; `review` asks for a copy too, whose comments name the cells
    behind each statement. Raises PaperError where there is nothing to make a paper of, or no such meeting; NeedsPerson
    (F145) where there is no draft, and a copy of one in which somebody typed, and (F110) where another run is in hand.
    """
    order = replace(order_of(report, **asked), without=without, by=by)
    with only_one(order.outputs, f"build {order.report}"):
        return drafted(moved_to(order), review=review)


def drafted(order: Order, *, review: bool = False) -> Built:
    """As `build`, for a caller that holds the outputs folder."""
    standing = standing_of(order)
    standing.rendered  # noqa: B018 (raises where there is nothing to make a paper of)
    if stray := of_no_meeting(standing):
        raise PaperError(stray)
    if others := [*of_another_body(standing.material, standing.draft.record if standing.draft else {})]:
        raise NeedsPerson(others)
    return carried_out(standing, set_aside(standing) if order.without else (), review=review)


def carried_out(standing: Standing, acts: Sequence[Act] = (), *, review: bool = False) -> Built:
    """The next draft with what people did about the paper by these acts, which are put on record before it."""
    order, folder = standing.order, standing.material.folder
    remember(standing.material)
    remember_withheld(standing.material, standing.fence)
    wanted = standing.wanted._replace(acts=standing.on_record + Acts(tuple(acts)))
    step, current = following(wanted)
    if current is None and (strays := left_out(folder, order.report, None, wanted.acts)):
        raise NeedsPerson([instead_of_a_draft(copy, folder) for copy in strays])
    if acts:
        refuse_if_open_still(step.differences, acts)
        put_on_record(folder, acts)
    draft = step_taken(standing, wanted, step, current)
    copies = left_out(folder, order.report, draft, wanted.acts, wanted.beside)
    return Built(
        report=order.report,
        meeting_on=standing.dates.meeting_on,
        publish_on=standing.dates.publish_on,
        as_at=standing.dates.as_at,
        number=draft.number,
        action=step.action,
        path=draft.path,
        review=reviewed(standing, draft) if review else None,
        note=write_note(standing, draft.path, step.outcomes) if step.action != "unchanged" and step.outcomes else None,
        outcomes=step.outcomes,
        differences=tuple(unnamed(each) for each in step.differences),
        joined=tuple(step.joined.copies) if step.joined else (),
        came_from=of_another_day(current, folder),
        problems=(
            *standing.problems,
            *wanted.acts.problems,
            *problems_of(step.differences, draft.path),
            *(not_taken_in(copy, folder, step.joined) for copy in copies),
            *standing.private.problems,
            *(held_back(standing, step, current)[1] if step.action != "unchanged" else ()),
            *(passage.told for passage in passages_of(standing, draft if draft.holds_edits else None)),
            *asked_of(standing, passages_before(standing, draft)),
        ),
        title=title_of(standing),
        read=read_of(standing.material),
        inputs=dict(standing.material.inputs.hashes),
    )


def of_another_day(draft: Draft | None, folder: Path) -> Path | None:
    """The draft, where it lies in the folder of another meeting."""
    return draft.path if draft and draft.path.parent.resolve() != folder.resolve() else None


def reviewed(standing: Standing, draft: Draft) -> Path:
    """The review copy beside the draft."""
    from pipeline.office.comparing import review_copy

    return review_copy(draft, standing)


def of_no_meeting(standing: Standing) -> list[Problem]:
    """I460 where the calendar has meetings: without one its day is a slip, and the sentences about it would break.

    None for a report without a calendar, or one whose settings make less of the rule.
    """
    errors = [problem for problem in standing.problems if problem.code == "I460" and problem.level is Level.ERROR]
    return errors if standing.material.meetings else []


def set_aside(standing: Standing) -> tuple[Act, ...]:
    """The act of setting a copy aside; raises PaperError (F144) where there is no such copy."""
    order, draft = standing.order, standing.draft
    copy = the_copy(order.without or Path(), standing.copies(draft), standing.material.folder)
    return (act_on(standing, draft, what="set aside", by=order.by, file=copy.path.name, file_sha256=copy.sha256),)


def unnamed(difference: Difference) -> Difference:
    """A difference for everybody to see: one that is withheld without the key of its block, which names its row."""
    return replace(difference, key="") if difference.reason == "withheld" else difference


def refuse_if_open_still(differences: Sequence[Difference], acts: Sequence[Act]) -> None:
    """Raises PaperError (C173) where an act leaves open what it was to settle: a paragraph that holds more than words
    is taken out by nobody but a person.
    """
    acted = {(act.facts, act.words) for act in acts if act.words}
    cure = "Do in Word what is wanted, and save the draft."
    message = "What stands here holds a comment, a link, a picture or a section, which the program never takes out."
    still = [difference for difference in differences if (difference.facts, difference.words) in acted]
    if still:
        raise PaperError([error("C173", Place("settle", near=each.place), message, cure) for each in still])


def act_on(standing: Standing, draft: Draft | None, *, what: Done, by: str, **of: Any) -> Act:
    """An act of a person's on the draft as it is now, of what is given."""
    number, digest = (draft.number, sha256_of(draft.content)) if draft else (0, "")
    at = standing.order.now.isoformat(timespec="seconds")
    return Act(what=what, by=by, at=at, draft=number, draft_sha256=digest, **of)


def write_note(standing: Standing, path: Path, outcomes: tuple[Outcome, ...]) -> Path:
    """The report of the merge, beside the draft."""
    from pipeline.office.note import Note

    note = Note(path, standing.sources).html(outcomes)
    return save_copy(path.parent, f"{path.stem} what changed.html", note.encode())


def title_of(standing: Standing) -> str:
    """`Quarterly Update: Programme Board, 23 January 2017`."""
    fields = standing.context.fields
    return f"{fields['title']}: {', '.join(filter(None, (fields['board'], fields['date'])))}"

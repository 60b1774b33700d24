"""What follows on a draft: nothing, the program's own paper in its place, or the officer's brought up to date.

Whoever goes on typing in a draft after the next one was made from it loses nothing: where nobody typed in the newer
one, that is made again from theirs; where both were edited, a person says which to go on from. A draft that was
published stays what the public read: what follows on it has the next number.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline import drafts
from pipeline.drafts import lineage
from pipeline.files.opened import refuse_if_open
from pipeline.problems import NeedsPerson

if TYPE_CHECKING:
    from pipeline.revise.outcome import Outcome

AUTHOR = "Committee papers"
Action = Literal["first", "replaced", "next", "unchanged"]


@dataclass(frozen=True, slots=True)
class Next:
    """The draft to be written: its bytes, number, and whether it takes the place of the program's own last one.

    `after` tells which draft it goes on from.
    """

    content: bytes
    number: int
    action: Action
    over: drafts.Draft | None = None
    outcomes: tuple[Outcome, ...] = ()
    holds_edits: bool = False
    after: lineage.Origin | None = None


def following(content: bytes, folder: Path, named: Path | None, now: dt.datetime) -> tuple[Next, drafts.Draft | None]:
    """What follows in `folder` on its newest draft, or on the one named, for the program's new paper; and that draft.

    Raises NeedsPerson where two drafts hold edits that the other lacks (F130), or the draft is open (F103).
    """
    current = drafts.current_draft(folder, named)
    if current is None:
        return Next(content, 1, "first"), None
    late = [] if named else lineage.edited_late(current)
    if not late:
        return next_draft(current, content, now, folder), current
    if current.edited or late[1:] or not lineage.goes_on_from(current, late[0]):
        raise NeedsPerson(drafts.two_drafts([*late, current]))
    return made_again(late[0], current, content, now), late[0]


def next_draft(current: drafts.Draft, content: bytes, now: dt.datetime, folder: Path) -> Next:
    """What follows on one draft; where that is in another meeting's folder it stays, and its follower goes here."""
    here = current.path.parent.resolve() == folder.resolve()
    if here and current.record.get("substance") == lineage.substance(content) and told_by_its_record(current):
        return Next(current.content, current.number, "unchanged")
    merged, outcomes = brought_up_to_date(current, content, now)
    if here and merged == current.content:
        return Next(merged, current.number, "unchanged", None, outcomes)
    newest = max(drafts.drafts_in(folder), default=0)
    if here and not current.edited and current.number >= newest and not drafts.was_published(current):
        origin = lineage.after(current)
        return Next(merged, current.number, "replaced", current, outcomes, current.holds_edits, origin)
    refuse_if_open(current.path)
    number = max(current.number, newest) + 1
    return Next(merged, number, "next", None, outcomes, current.holds_edits, lineage.origin_of(current))


def told_by_its_record(draft: drafts.Draft) -> bool:
    """Does the record tell what the program wrote into this file? Not where a copy that was taken before the program
    made the draft anew was saved in its place: it says so itself.
    """
    recorded = draft.baseline
    if not draft.edited or recorded is None:
        return True
    from pipeline.word.baseline_part import read_baseline

    own = read_baseline(draft.content, draft.shown)
    return own is None or [each[:3] for each in own.blocks] == [each[:3] for each in recorded.blocks]


def made_again(edited: drafts.Draft, over: drafts.Draft, content: bytes, now: dt.datetime) -> Next:
    """The newer draft, in which nobody typed, made again from the one before it, in which somebody did."""
    refuse_if_open(edited.path)
    merged, outcomes = brought_up_to_date(edited, content, now)
    if drafts.was_published(over):
        return Next(merged, over.number + 1, "next", None, outcomes, True, lineage.origin_of(edited))
    return Next(merged, over.number, "replaced", over, outcomes, True, lineage.origin_of(edited))


def brought_up_to_date(draft: drafts.Draft, content: bytes, now: dt.datetime) -> tuple[bytes, tuple[Outcome, ...]]:
    """The draft with the new facts, and what became of each block; just the new paper where it holds no edits."""
    if not draft.holds_edits:
        return content, ()
    from pipeline.revise.revise import revise

    revision = revise(draft.content, content, draft.baseline, when=now, author=AUTHOR, name=draft.shown)
    return revision.content, revision.outcomes

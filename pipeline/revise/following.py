"""What follows on a draft: nothing, the program's own paper in its place, or the officer's brought up to date.

Whoever goes on typing in a draft after the next one was made from it loses nothing: where nobody typed in the newer
one, that is made again from theirs; where both were edited, a person says which to go on from. A draft that was
published stays what the public read: what follows on it has the next number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.problems import NeedsPerson
from pipeline.revise.copies import Joining, copies_beside
from pipeline.revise.outcome import AUTHOR, NOTHING, Hidden
from pipeline.revise.parting import parted_in
from pipeline.store import (
    NO_ACTS,
    Acts,
    baseline_of,
    drafts,
    lineage,
    records_in,
    refuse_if_open,
    sha256_of,
    was_published,
)

if TYPE_CHECKING:
    from pipeline.baseline import Baseline
    from pipeline.revise.copy import Copy
    from pipeline.revise.outcome import Difference, Outcome, Revision

Action = Literal["first", "replaced", "next", "unchanged"]


Join = Callable[[drafts.Draft, Sequence["Copy"], Acts, dt.datetime], Joining]
"""Joins those copies to a draft that can be."""


class Wanted(NamedTuple):
    """The program's new paper, where its drafts are kept, and on what terms one follows: `named` is the draft to go on
    from, `hidden` what is withheld by now, `acts` what people did about the paper, `beside` the folders of days on
    which the meeting no longer is, `join` what makes one paper of a draft and its copies, which are those of `report`.
    """

    content: bytes
    report: str
    folder: Path
    now: dt.datetime
    join: Join
    named: Path | None = None
    hidden: Hidden = NOTHING
    acts: Acts = NO_ACTS
    beside: tuple[Path, ...] = ()


class Next(NamedTuple):
    """The draft to be written: its bytes, number, and whether it takes the place of the program's own last one.

    `after` tells which draft it goes on from, `merged` what became of that block by block (None: nobody typed in it),
    and `taken` holds the hashes of all papers whose words are in it; `joined` tells of the copies that it takes in now,
    and of those that wait.
    """

    content: bytes
    number: int
    action: Action
    over: drafts.Draft | None = None
    merged: Revision | None = None
    holds_edits: bool = False
    after: lineage.Origin | None = None
    taken: tuple[str, ...] = ()
    joined: Joining | None = None

    @property
    def reads_otherwise(self) -> bool:
        """Does it say something that the draft before it does not? Not where only the record moves on, as after an edit
        that settles a difference.
        """
        if self.merged is None or self.action == "unchanged":
            return self.action != "unchanged"
        return any(each.action in ("updated", "offered", "added", "removed", "withheld") for each in self.outcomes)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of each block of the draft that it goes on from."""
        return self.merged.outcomes if self.merged else ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The blocks in which people's words and the facts part."""
        return self.merged.differences if self.merged else ()

    @property
    def held_back(self) -> tuple[str, ...]:
        """The keys of blocks that are withheld by now, and went although somebody had typed in them."""
        return self.merged.held_back if self.merged else ()

    @property
    def baseline(self) -> Baseline | None:
        """What it says of each block that the program wrote; None: just what the program's new paper says."""
        return self.merged.baseline if self.merged else None


def following(wanted: Wanted) -> tuple[Next, drafts.Draft | None]:
    """What follows in a folder on its newest draft, or on the one named, for the program's new paper; and that draft.

    The copies in which people typed are joined to it, where they can be, unless a draft of the same day was named; for
    one in the folder of a day on which the meeting no longer is a person is asked. Raises NeedsPerson where two drafts
    hold edits that the other lacks (F130), cannot be joined, and neither was set aside, or the draft is open (F103).
    """
    current = drafts.current_draft(wanted.folder, wanted.named)
    if not wanted.named:
        drafts.refuse_if_lost(wanted.folder, current)
    if current is None:
        spoken_for = lacking_nothing(copies_beside(wanted.folder, wanted.report, None, wanted.acts))
        return Next(wanted.content, 1, "first", taken=spoken_for), None
    if wanted.named and not is_of_another_day(wanted.named, wanted.folder):
        return next_draft(current, wanted, Joining(current)), current
    late = typed_in_late(current, wanted)
    if len(late) == 1 and was_made_from(current, late[0]):
        return made_again(late[0], current, wanted, joined_to(late[0], current, wanted)), late[0]
    joined = joined_to(current, current, wanted)
    taken = {copy.path for copy in joined.copies}
    if apart := [each for each in late if each.path not in taken]:
        raise NeedsPerson(drafts.two_drafts([*apart, current]))
    return next_draft(current, wanted, joined), current


def typed_in_late(current: drafts.Draft, wanted: Wanted) -> list[drafts.Draft]:
    """The drafts in which somebody typed since the current one was made, and that are not set aside."""
    typed_in = () if wanted.named else lineage.edited_late(current)
    return [each for each in typed_in if sha256_of(each.content) not in wanted.acts.set_aside]


def was_made_from(current: drafts.Draft, before: drafts.Draft) -> bool:
    """Was a draft in which nobody typed made from that one alone? Then it can be made from it again."""
    return not (current.edited or current.record.get("joined")) and lineage.goes_on_from(current, before)


def joined_to(draft: drafts.Draft, current: drafts.Draft, wanted: Wanted) -> Joining:
    """The copies joined to a draft that can be, and those on record that lack nothing."""
    copies = copies_beside(wanted.folder, wanted.report, draft, wanted.acts)
    others = [copy for copy in copies if not copy.lacks_nothing and copy.path not in (draft.path, current.path)]
    return replace(wanted.join(draft, others, wanted.acts, wanted.now), lacking_nothing=lacking_nothing(copies))


def lacking_nothing(copies: Iterable[Copy]) -> tuple[str, ...]:
    """The hashes of the copies that lack nothing now. They are on record with the next draft, so that none is taken for
    an edited one once the drafts say something else.
    """
    return tuple(copy.sha256 for copy in copies if copy.lacks_nothing)


def is_of_another_day(draft: Path, folder: Path) -> bool:
    """Does a draft lie beside those of another meeting of the report, whose day this one may have been?"""
    return draft.resolve().parent != folder.resolve() and draft.resolve().parents[1] == folder.resolve().parent


def next_draft(current: drafts.Draft, wanted: Wanted, joined: Joining) -> Next:
    """What follows on one draft; where that is in another meeting's folder it stays, and its follower goes here.

    A copy that is named becomes the next draft also where nothing changed: the drafts go on from it.
    """
    there = drafts.drafts_in(wanted.folder)
    newest, may_stay = max(there, default=0), not joined.copies and _may_stay(current, wanted, there)
    if may_stay and in_step(current, lineage.substance(wanted.content)):
        return Next(current.content, current.number, "unchanged", joined=joined)
    merged = brought_up_to_date(current, wanted, joined)
    content = merged.content if merged else wanted.content
    if may_stay and content == current.content:
        return Next(content, current.number, "unchanged", None, merged, joined=joined)
    taken = taken_by(current, joined)
    held_back = merged is not None and merged.held_back  # what was typed there stays in the draft as it is
    may_stay = may_stay and not (current.edited or held_back or was_published(current))
    if may_stay and current.number >= newest:
        origin = lineage.after(current)
        return Next(content, current.number, "replaced", current, merged, current.holds_edits, origin, taken, joined)
    refuse_if_open(current.path)
    number, origin = max(current.number, newest) + 1, lineage.origin_of(current)
    holds = current.holds_edits or bool(joined.copies)
    return Next(content, number, "next", None, merged, holds, origin, taken, joined)


def taken_by(draft: drafts.Draft, joined: Joining) -> tuple[str, ...]:
    """The hashes of all papers whose words are in what goes on from a draft and the copies joined to it."""
    more = [*(copy.sha256 for copy in joined.copies), sha256_of(joined.draft.content)] if joined.copies else []
    return tuple(sorted({*lineage.taken(draft), *more, *joined.lacking_nothing}))


def _may_stay(current: drafts.Draft, wanted: Wanted, there: Mapping[int, Sequence[Path]]) -> bool:
    """May a draft be what follows on itself, by its place: in its meeting's folder, and the newest if it was named?"""
    here = current.path.parent.resolve() == wanted.folder.resolve()
    newest = there.get(max(there, default=0), ())
    return here and (not wanted.named or [*map(Path.resolve, newest)] == [current.path.resolve()])


def in_step(draft: drafts.Draft, substance: str) -> bool:
    """Is a draft as the program wrote it, and was it in step then with a paper of this substance, with no difference?
    Then it need not be read to tell how it stands.
    """
    said = draft.record.get("in_step_with" if draft.holds_edits else "substance")
    return not draft.edited and said == substance


def made_again(edited: drafts.Draft, over: drafts.Draft, wanted: Wanted, joined: Joining) -> Next:
    """The newer draft, in which nobody typed, made again from the one before it, in which somebody did."""
    refuse_if_open(edited.path)
    merged = brought_up_to_date(edited, wanted, joined)
    content = merged.content if merged else wanted.content
    taken = tuple(sorted({*taken_by(edited, joined), *lineage.taken(over)}))
    origin = lineage.origin_of(edited)
    if was_published(over):
        return Next(content, over.number + 1, "next", None, merged, True, origin, taken, joined)
    return Next(content, over.number, "replaced", over, merged, True, origin, taken, joined)


def brought_up_to_date(draft: drafts.Draft, wanted: Wanted, joined: Joining) -> Revision | None:
    """The draft, with the copies joined to it, on the new facts, and what became of each block; None where nobody typed
    in any.
    """
    if not (draft.holds_edits or joined.copies):
        return None
    from pipeline.revise.ledger import settled_by
    from pipeline.revise.merge import Terms
    from pipeline.revise.revise import revised

    settled = settled_by(wanted.acts, sha256_of(draft.content))
    earlier = () if "taken" in draft.record else tuple(baselines_before(draft))
    terms = Terms(wanted.now, AUTHOR, draft.shown, settled, wanted.hidden, earlier)
    parted = dict.fromkeys((*parted_in(draft.record), *joined.differences))
    shown = [each for each in parted if not wanted.hidden.holds(version.text for version in each.versions)]
    if not shown:
        return revised(joined.draft.content, wanted.content, draft.baseline, terms)
    from pipeline.revise.join_settle import settled_among

    chosen = settled_among(joined.draft.content, shown, settled)
    merged = revised(chosen.content, wanted.content, draft.baseline, terms)
    waiting = settled_among(merged.content, chosen.parted, settled)
    return merged._replace(differences=(*merged.differences, *waiting.differences), parted=waiting.parted)


def baselines_before(draft: drafts.Draft) -> Iterator[Baseline]:
    """What the drafts before one say of their blocks, by their records, the newest first."""
    for record in reversed([*records_in(draft.path.parent)]):
        baseline = baseline_of(record) if str(record.get("draft")) != str(draft.number) else None
        if baseline is not None:
            yield baseline

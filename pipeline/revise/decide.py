"""The decision for one text: what it was, what the officer made of it, and what the facts say now. No Word here."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.baseline import Offer
from pipeline.revise.wordwise import Edit, edits, normalised, three_way, took

Action = Literal[
    "unchanged", "updated", "kept", "offered", "conflict", "gone", "added", "removed", "officer", "withheld"
]
Reason = Literal[
    "",
    "same place",
    "tracked changes",
    "refused",
    "no longer",
    "split",
    "joined",
    "columns",
    "withheld",
    "on record",
    "earlier",
    "copied",
    "alike",
    "people",
    "not carried",
]


class Decision(NamedTuple):
    """What happens to a text: `edits` are made to the officer's text, tracked if offered; `reason` says why not.

    `waits`: the facts' text stands there only as long as a tracked change that waits is not rejected.
    """

    action: Action
    edits: tuple[Edit, ...] = ()
    reason: Reason = ""
    waits: bool = False

    @property
    def taken(self) -> bool:
        """Does the paper say what the facts say, now and for good?"""
        return self.action in ("unchanged", "updated", "kept") and not self.waits

    @property
    def changes(self) -> bool:
        """Is anything changed in the officer's text?"""
        return self.action in ("updated", "offered")


def decide(
    base: str, officer: str, new: str, *, pending: bool = False, reason: Reason = "", offer: Offer = ""
) -> Decision:
    """The decision for a text that all three know. `pending`: somebody's tracked changes wait in it.

    `reason`: why no change may be made inside it (it was split or joined); then a change is a conflict. `offer`: this
    very `new` was offered already. The officer's text is replaced only where it says what the generator wrote,
    quotation marks and spaces aside. `base` is blank where nobody knows what that rests on: then it must say `new`.
    """
    said, wanted = normalised(officer), normalised(new)
    is_ours = said == normalised(base) and not any((reason, pending))
    if wanted in (normalised(base), said):
        return Decision("unchanged" if is_ours else "kept", waits=pending)
    if is_ours:
        return Decision("updated", edits(officer, new))
    offered = None if reason else three_way(base, officer, new)
    if offered == () or took(base, officer, new):
        return Decision("kept", waits=pending)
    if any((offered is None, pending, offer)):
        return Decision("conflict", reason=_why(pending=pending, reason=reason, offer=offer))
    return Decision("offered", offered or ())


def _why(*, pending: bool, reason: Reason, offer: Offer) -> Reason:
    if pending:
        return "tracked changes"
    return reason or ("refused" if offer else "same place")


def decide_gone(base: str, officer: str, *, pending: bool = False) -> Decision:
    """The decision for a text that the facts no longer call for: removed if nobody has touched it."""
    if pending or normalised(officer) != normalised(base):
        return Decision("conflict", reason="no longer")
    return Decision("removed")

"""The decision for one text: what it was, what the officer made of it, and what the facts say now. No Word here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.revise.wordwise import Edit, edits, merge, normalised

Action = Literal["unchanged", "updated", "kept", "offered", "conflict", "gone", "added", "removed", "officer"]
Reason = Literal["", "same place", "tracked changes", "no longer", "split", "joined", "columns"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to a text: `edits` are made to the officer's text, tracked if offered; `reason` says why not."""

    action: Action
    edits: tuple[Edit, ...] = ()
    reason: Reason = ""


def decide(base: str, officer: str, new: str, *, pending: bool = False, reason: Reason = "") -> Decision:
    """The decision for a text that all three know. `pending`: somebody's tracked changes wait in it.

    `reason`: why no change may be made inside it (it was split or joined); then a change is a conflict.
    The officer's text is replaced only where it says what the generator wrote, quotation marks and spaces aside.
    """
    edited = normalised(officer) != normalised(base) or bool(reason)
    if normalised(new) == normalised(base):
        return Decision("kept" if edited or pending else "unchanged")
    if normalised(new) == normalised(officer):
        return Decision("kept")
    if pending or reason:
        return Decision("conflict", reason="tracked changes" if pending else reason)
    if not edited:
        return Decision("updated", edits(officer, new))
    offer = merge(base, officer, new)
    return Decision("conflict", reason="same place") if offer is None else Decision("offered", offer)


def decide_gone(base: str, officer: str, *, pending: bool = False) -> Decision:
    """The decision for a text that the facts no longer call for: removed if nobody has touched it."""
    if pending or normalised(officer) != normalised(base):
        return Decision("conflict", reason="no longer")
    return Decision("removed")

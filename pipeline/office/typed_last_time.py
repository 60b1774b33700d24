"""What people typed into the paper of the meeting before: whether it goes on in this one is asked once of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.baseline import Baseline
from pipeline.catalogue import problem
from pipeline.formats import day
from pipeline.office.standing import Standing
from pipeline.problems import Place, Problem
from pipeline.store import Draft, command_for

if TYPE_CHECKING:
    from pipeline.revise.typed_before import Said, TypedBefore


def passages_before(standing: Standing, draft: Draft | None) -> list[TypedBefore]:
    """What people typed into the paper of the meeting before that this one lacks, and of which nobody has said yet
    whether it goes on; nothing that may not be public by now.
    """
    if standing.last_paper is None or not standing.last_paper[1].holds_edits:
        return []
    from pipeline.revise.ledger import hash_of
    from pipeline.revise.typed_before import typed_before

    content, name = (draft.content, draft.path.name) if draft else (standing.rendered.content, "the new paper")
    answered = {act.words_sha256 for act in standing.on_record if act.what in ("carry", "leave")}
    found = typed_before(said(standing.last_paper[1]), content, name)
    fence, hidden = standing.fence, standing.hidden
    open_ones = [each for each in found if not (hidden.holds(each.texts) or (fence and fence.said_in(*each.texts)))]
    return [each for each in open_ones if hash_of(each.texts) not in answered]


def said(draft: Draft) -> Said:
    """A draft as it is compared."""
    from pipeline.revise.typed_before import Said

    return Said(draft.content, draft.path.name, (draft.baseline or Baseline(())).blocks)


def asked_of(standing: Standing, passages: Sequence[TypedBefore]) -> Iterator[Problem]:
    """C175 for each passage, with the commands that answer it."""
    if standing.last_paper is None:
        return
    met_on, last = standing.last_paper
    command = command_for("settle", standing.material.folder)
    for number, each in enumerate(passages, 1):
        way = "comment" if each.comment else "edited" if each.block else ""
        place = Place(last.shown, near=each.place)
        yield problem(
            "C175", place, way, words=each.quoted, by=each.by, day=day(met_on), number=number, command=command
        )

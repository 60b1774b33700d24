"""What a person says of words that people typed into the paper of the meeting before: carried on or left, on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from pipeline.office.material import Asked, order_of
from pipeline.office.recording import step_taken
from pipeline.office.standing import Standing, standing_of
from pipeline.office.typed_last_time import asked_of, passages_before, said
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.store import (
    Act,
    Acts,
    Done,
    Draft,
    lineage,
    only_one,
    put_on_record,
    refuse_if_open,
    sha256_of,
)

if TYPE_CHECKING:
    from pipeline.revise.typed_before import TypedBefore

ALL = "all"


@dataclass(frozen=True, slots=True)
class Carried:
    """What was put on record, the draft to go on with, and what is still asked (C175)."""

    report: str
    path: Path
    number: int
    acts: tuple[Act, ...]
    asked: tuple[Problem, ...]


def carry(
    report: str | None = None,
    *,
    carry: Sequence[str] = (),
    leave: Sequence[str] = (),
    by: str,
    **asked: Unpack[Asked],
) -> Carried:
    """Puts what people typed into the paper of the meeting before into this one's next draft, or leaves it, by the
    numbers as `settle` lists them, or `all`: on record, by whom.

    Raises PaperError where there is no such passage (F143), or it cannot be put in (C173); NeedsPerson (C150) where
    there is no draft yet, or it is open (F103).
    """
    order = order_of(report, **asked)
    with only_one(order.outputs, f"settle {order.report}"):
        standing = standing_of(order)
        draft = standing.draft_to_publish
        passages = passages_before(standing, draft)
        chosen = chosen_of(passages, [*(("carry", name) for name in carry), *(("leave", name) for name in leave)])
        acts = tuple(act_of(standing, draft, way, each, by) for way, each in chosen)
        wanted = [each for way, each in chosen if way == "carry"]
        after = put_in(standing, draft, wanted, acts) if wanted else draft
        if not wanted:
            put_on_record(standing.material.folder, acts)
        again = standing_of(order)
        return Carried(order.report, after.path, after.number, acts, tuple(left(again, after)))


def left(standing: Standing, draft: Draft) -> Iterator[Problem]:
    """What is still asked."""
    return asked_of(standing, passages_before(standing, draft))


def act_of(standing: Standing, draft: Draft, what: Done, passage: TypedBefore, by: str) -> Act:
    """What a person said of a passage."""
    from pipeline.revise.ledger import hash_of

    return Act(
        what=what,
        by=by,
        at=standing.order.now.isoformat(timespec="seconds"),
        draft=draft.number,
        draft_sha256=sha256_of(draft.content),
        file=standing.last_paper[1].path.name if standing.last_paper else "",
        block=passage.block,
        place=passage.place,
        words=passage.texts,
        words_sha256=hash_of(passage.texts),
    )


def put_in(standing: Standing, draft: Draft, passages: Sequence[TypedBefore], acts: tuple[Act, ...]) -> Draft:
    """The next draft, with these passages in it as if somebody had typed them there."""
    from pipeline.revise.copies import Joining
    from pipeline.revise.following import next_draft, taken_by
    from pipeline.revise.typed_before import carried

    last = standing.last_paper[1] if standing.last_paper else draft
    refuse_if_open(draft.path)
    content, refused = carried(passages, said(last), said(draft))
    if refused:
        raise PaperError([cannot(each) for each in refused])
    typed, wanted = draft._replace(content=content), standing.wanted._replace(acts=standing.on_record + Acts(acts))
    step = next_draft(typed, wanted, Joining(typed))
    number = step.number + (step.action == "unchanged")  # what is typed in a draft stays there; this is none on disk
    taken = taken_by(draft, Joining(draft))
    step = step._replace(number=number, action="next", holds_edits=True, after=lineage.origin_of(draft), taken=taken)
    put_on_record(standing.material.folder, acts)
    return step_taken(standing, wanted, step, draft)


def cannot(passage: TypedBefore) -> Problem:
    """C173: a passage that only a person can put in."""
    message = f"“{passage.quoted}” has no place in this paper that the program could tell, or the facts there moved."
    cure = "Type into the draft in Word what is wanted, and save it; then leave this."
    return error("C173", Place("settle", near=passage.place), message, cure)


def chosen_of(passages: Sequence[TypedBefore], named: Sequence[tuple[Done, str]]) -> list[tuple[Done, TypedBefore]]:
    """The passages that a person means, each with what becomes of it, in the last paper's order. Raises PaperError
    (F143) for a number that there is not, or that is given twice.
    """
    chosen, wrong = dict[int, Done](), list[Problem]()
    for way, name in named:
        numbers = numbers_of(name.strip(), len(passages))
        if not numbers or not chosen.keys().isdisjoint(numbers):
            wrong.append(no_such(name, len(passages)))
        chosen |= dict.fromkeys(numbers, way)
    if wrong:
        raise PaperError(wrong)
    return [(way, passages[number - 1]) for number, way in sorted(chosen.items())]


def numbers_of(name: str, many: int) -> Sequence[int]:
    """The passages that are meant, counted from 1; none where there are none."""
    known = range(1, many + 1)
    return known if name == ALL else [number for number in known if str(number) == name]


def no_such(name: str, many: int) -> Problem:
    """F143: no passage has that number."""
    cure = f"Name one of 1 to {many}, as “settle” lists them, or “{ALL}”." if many else "Nothing is asked."
    return error("F143", Place("settle"), f"“{name}” is no passage of the last paper, or was named twice.", cure)

"""Differences settled on record: the facts and people's words side by side, and what a person chose of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from pipeline.office.corrections import Correction
from pipeline.office.differences import BETWEEN, CAUSES, Open, in_groups, only_in_the_draft, opened, shown, ways_of
from pipeline.office.drafting import act_on, carried_out
from pipeline.office.material import Asked, order_of
from pipeline.office.moved import moved_to
from pipeline.office.passages import passages_of
from pipeline.office.standing import Standing, standing_of
from pipeline.office.typed_last_time import asked_of, passages_before
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.revise.differences import names_of
from pipeline.revise.ledger import hash_of
from pipeline.store import Act, Done, acts_on_record, only_one, refuse_if_open

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.revise.outcome import Difference

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The differences of a paper that are open, after those acts that were asked for, if any; `path` is the draft to go
    on with, None where there is none. `corrections` tells which cells to change to what, so that the files say what
    somebody corrected in the draft alone; `withheld` are the places that say what a row keeps from the public (C160),
    `typed` what was typed into the paper of the meeting before and is not in this one (C175).
    """

    report: str
    title: str
    meeting_on: dt.date
    number: int | None
    path: Path | None
    acts: tuple[Act, ...] = ()
    differences: tuple[Open, ...] = ()
    corrections: tuple[Correction, ...] = ()
    withheld: tuple[Problem, ...] = ()
    typed: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def code(self) -> int:
        """3 while one is open, what is withheld is said, or what was settled cannot be read, else 0."""
        return 3 if self.differences or self.withheld or self.problems else 0


def settle(
    report: str | None = None,
    *,
    keep: Sequence[str] = (),
    take: Sequence[str] = (),
    both: str = "",
    text: str = "",
    by: str = "",
    **asked: Unpack[Asked],
) -> Settled:
    """Lists where people's words and the facts part, and settles those that are named: by number, by name, by their
    sign, by their kind, or all of them. `keep` lets the words stand, `take` puts the facts' text in, `both` what a
    person wrote of both (`text`; of a row, its cells parted by “ | ”, or the one that differs). `by` says who.

    Raises PaperError where there is no such difference (F143), where it cannot be settled so (C173), or where the acts
    on record were changed (C172); NeedsPerson where the draft is open (F103), or another run is in hand.
    """
    order = order_of(report, **asked)
    with only_one(order.outputs, f"settle {order.report}"):
        standing = standing_of(moved_to(order))
        step, current = standing.next
        asked_for: list[tuple[Done, str]] = [*(("keep", name) for name in keep), *(("take", name) for name in take)]
        asked_for += [("both", both)] if both else []
        if not asked_for:
            number, path = (current.number, current.path) if current else (None, None)
            listed = settled(standing, step.differences, number, path)
            said = tuple(passage.told for passage in passages_of(standing, current))
            typed = tuple(asked_of(standing, passages_before(standing, current))) if current else ()
            return replace(listed, corrections=tuple(only_in_the_draft(standing)), withheld=said, typed=typed)
        chosen = chosen_of(in_groups(step.differences), asked_for)
        if current is not None:
            refuse_if_open(current.path)
        acts = tuple(acts_of(standing, chosen, text, by))
        built = carried_out(standing, acts)
        return settled(standing, built.differences, built.number, built.path, acts)


def settled(
    standing: Standing,
    differences: Sequence[Difference],
    number: int | None,
    path: Path | None,
    acts: tuple[Act, ...] = (),
) -> Settled:
    """What is open in a draft, told in words."""
    return Settled(
        report=standing.order.report,
        title=standing.title,
        meeting_on=standing.dates.meeting_on,
        number=number,
        path=path,
        acts=tuple(as_shown(standing, act) for act in acts),
        differences=tuple(opened(standing, differences)),
        problems=standing.on_record.problems,
    )


def as_shown(standing: Standing, act: Act) -> Act:
    """An act as it may be shown."""
    facts, words, text = (shown(standing, texts) for texts in (act.facts, act.words, act.text))
    return replace(act, facts=facts, words=words, text=text)


def differing_in(difference: Difference) -> list[int]:
    """The numbers of the texts that differ: of a row those of some cells only."""
    words = (*difference.words, *[""] * len(difference.facts))
    return [n for n, now in enumerate(difference.facts) if hash_of([now]) != hash_of([words[n]])]


def chosen_of(
    differences: Sequence[Difference], asked: Iterable[tuple[Done, str]]
) -> Mapping[int, tuple[Done, Difference]]:
    """What is to be done with which difference, by its number. Raises PaperError (F143, C173)."""
    names, wrong = names_of(differences), list[Problem]()
    chosen: dict[int, tuple[Done, Difference]] = {}
    for way, name in asked:
        numbers = numbers_of(differences, names, name)
        if not numbers or not chosen.keys().isdisjoint(numbers):
            wrong.append(no_such(differences, names, name))
        fitting = [number for number in numbers if way in ways_of(differences[number - 1])]
        chosen |= {number: (way, differences[number - 1]) for number in fitting}
        if len(numbers) == 1 and not fitting:
            wrong.append(not_so(numbers[0], differences[numbers[0] - 1]))
    if wrong:
        raise PaperError(wrong)
    return chosen


def numbers_of(differences: Sequence[Difference], names: Sequence[str], wanted: str) -> list[int]:
    """The numbers of the differences that a person means: by number, by name, by kind, or all."""
    typed = wanted.strip().casefold()
    known = [
        {ALL, str(number), each.sign, CAUSES[each.reason][0], *words_for(each, name)}
        for number, (each, name) in enumerate(zip(differences, names, strict=True), 1)
    ]
    return [number for number, words in enumerate(known, 1) if typed in words]


def words_for(difference: Difference, name: str) -> tuple[str, ...]:
    """What a difference may be called by; one that is withheld has no name."""
    return (name.casefold(), difference.key.casefold()) if name else ()


def no_such(differences: Sequence[Difference], names: Sequence[str], wanted: str) -> Problem:
    """F143: no difference of that number or name, or one that was named before, with those that are open."""
    known = ", ".join(f"{number} (“{name}”)" if name else str(number) for number, name in enumerate(names, 1))
    cure = f"Name one of: {known}; or “{ALL}”." if differences else "None is open."
    return error("F143", Place("settle"), f"“{wanted}” is no difference that is open, or was named twice.", cure)


def not_so(number: int, difference: Difference) -> Problem:
    """C173: a difference that cannot be settled in this way, with its cause, which says what to do."""
    ways = ", ".join(f"--{way} {number}" for way in ways_of(difference))
    cure = f"Put right in Word what is wanted, or use: {ways}" if ways else "Do so in Word, and save the draft."
    return error("C173", Place("settle", near=difference.place), CAUSES[difference.reason][1], cure)


def acts_of(standing: Standing, chosen: Mapping[int, tuple[Done, Difference]], text: str, by: str) -> Iterator[Act]:
    """The acts of a person's who chose so, each on exactly these facts and these words."""
    _, draft = standing.next
    for number, (way, each) in sorted(chosen.items()):
        written = written_of(number, each, text) if way == "both" else ()
        yield act_on(
            standing,
            draft,
            what=way,
            by=by,
            block=each.key,
            place=each.place,
            facts=each.facts,
            words=each.words,
            text=written,
            facts_sha256=hash_of(each.facts),
            words_sha256=hash_of(each.words),
            text_sha256=hash_of(written),
        )


def written_of(number: int, difference: Difference, text: str) -> tuple[str, ...]:
    """What a person wrote of both, a text for each cell of a row. Raises PaperError (C173) where it does not tell to
    which cell of several it belongs.
    """
    words = difference.words
    parted = tuple(part.strip() for part in text.split(BETWEEN))
    if len(parted) == len(words):
        return parted
    differing = differing_in(difference)
    if len(parted) == 1 and len(differing) == 1:
        return tuple(text.strip() if n == differing[0] else there for n, there in enumerate(words))
    message = f"The row has {len(words)} cells, and {len(differing)} of them differ."
    cure = f"Give all {len(words)} in --text, parted by “ | ”, or type them into the draft in Word."
    raise PaperError(error("C173", Place("settle", near=f"difference {number}"), message, cure))


def acts_as_csv(report: str | None = None, **asked: Unpack[Asked]) -> str:
    """All acts on a paper as a table for reading, for audit: one a row, in order; what is withheld by now is not
    quoted. Raises PaperError (C172) where they do not follow on each other.
    """
    standing = standing_of(order_of(report, **asked))
    acts = acts_on_record(standing.material.folder)
    if acts.broken:
        raise PaperError(acts.broken)
    out, names = io.StringIO(), [field.name for field in fields(Act) if field.name != "hashes"]
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["number", *names])
    for number, act in enumerate(acts, 1):
        values = (getattr(act, name) for name in names)
        cells = (BETWEEN.join(shown(standing, one)) if isinstance(one, tuple) else one for one in values)
        table.writerow([number, *cells])
    return out.getvalue()

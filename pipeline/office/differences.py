"""Open differences in words: both texts, why they part, and what is behind them, down to the record that a row is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.baseline import Written
from pipeline.blocks import sources_of
from pipeline.office.corrections import Correction, corrections_of
from pipeline.office.standing import Standing
from pipeline.problems import PaperError
from pipeline.revise.differences import names_of
from pipeline.store import Done, command_for

if TYPE_CHECKING:
    from pipeline.revise.outcome import Difference


CAUSES = {
    "same place": ("edited", "The facts changed where somebody had typed."),
    "refused": ("refused", "The facts changed, and the tracked change that was offered here was not accepted."),
    "tracked changes": ("waiting", "The facts changed, and tracked changes wait here: accept or reject them first."),
    "split": ("split", "The facts changed, and the paragraph was split in two."),
    "joined": ("split", "The facts changed, and the paragraph was joined to another."),
    "no longer": ("gone", "The facts no longer call for this, and somebody had edited it."),
    "columns": ("columns", "The facts changed, and the table has other columns than the template."),
    "earlier": ("earlier", "Somebody typed what an earlier draft said, and the facts have changed since."),
    "copied": ("copied", "A paragraph says what an earlier draft said, and no block of the paper says so any more."),
    "alike": (
        "alike",
        "The facts give something much like what was edited or deleted here, and it may be about another record.",
    ),
    "people": ("people", "People wrote different words here in their copies: the first stand in the draft."),
    "not carried": ("left", "Somebody changed this in a copy, and the draft has it otherwise."),
    "withheld": (
        "exempt",
        "Its row is now exempt. Delete it in Word, not only as a tracked change: it cannot be kept.",
    ),
}
"""By the reason of a difference: what differences of its kind are called, and why it is one."""
BETWEEN = " | "
"""What stands between the cells of a row that is told in a line."""
NOT_PUT_IN = ("split", "columns", "left")
"""Kinds where the program cannot put other words in: a person does it in Word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A difference: its number and name in this list, where it stands in the draft, its kind and why it is one. Its
    `sign` stays the same as long as neither the words nor the facts change.

    `words` stand in the draft, `facts` is what the facts give now, `before` what the block said when it last took them,
    whole, a text for each cell of a row. `happened` tells what the facts have of it (`letter COR-044 came on 10 January
    2017`), `cells` where they come from, `corrections` what to change where the words are right. `ways` are those in
    which it can be settled here. Of one between people `facts` is what another made of it, and `people` who wrote the
    words, who the other text, and what waits there besides.
    """

    number: int
    name: str
    sign: str
    place: str
    kind: str
    cause: str
    words: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    happened: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    ways: tuple[Done, ...] = ()
    people: tuple[str, ...] = ()


def in_groups(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """Those of one kind together, else in the order of the draft: so they are told and numbered."""
    kinds = list(dict.fromkeys(CAUSES[each.reason][0] for each in differences))
    return tuple(sorted(differences, key=lambda each: kinds.index(CAUSES[each.reason][0])))


def opened(standing: Standing, differences: Sequence[Difference]) -> Iterator[Open]:
    """Each difference in words, those of one kind together; of one that is withheld not a word of it."""
    grouped = in_groups(differences)
    written = written_now(standing) if grouped else {}
    for number, (difference, name) in enumerate(zip(grouped, names_of(grouped), strict=True), 1):
        kind, cause = CAUSES[difference.reason]
        if kind == "exempt":
            row = (difference.exempt,)
            yield Open(
                number=number, name="", sign=difference.sign, place=difference.place, kind=kind, cause=cause, cells=row
            )
            continue
        yield Open(
            number=number,
            name=name,
            sign=difference.sign,
            place=difference.place,
            kind=kind,
            cause=cause,
            words=shown(standing, difference.words),
            facts=shown(standing, difference.facts),
            before=shown(standing, difference.before),
            happened=happened(standing, difference, written.get(difference.key)),
            cells=standing.sources.lines(sources_of(difference.behind)),
            corrections=quotable(
                standing, corrections_of(standing.sources, difference.behind, difference.facts, difference.words)
            ),
            ways=ways_of(difference),
            people=difference.people,
        )


def written_now(standing: Standing) -> Mapping[str, Written]:
    """What the facts give for each block, by its key."""
    return {block.key: block for block in standing.rendered.baseline.blocks}


def happened(standing: Standing, difference: Difference, written: Written | None) -> tuple[str, ...]:
    """What happened that the facts have changed by: to the records behind what changed since the block took them."""
    from pipeline.revise.outcome import behind

    changed = behind(written, difference.before) if written else ()
    gone, _ = standing.sources.end_of("" if difference.facts else difference.key)
    return (gone,) if gone else standing.sources.events(sources_of(changed))


def only_in_the_draft(standing: Standing) -> Iterator[Correction]:
    """What to change where somebody corrected a fact's own text in the draft, and the files do not say so: the next
    paper would have it as it was.
    """
    step, draft = standing.next
    if draft is None or not draft.holds_edits:
        return
    from pipeline.revise.copies import Joining
    from pipeline.revise.following import brought_up_to_date
    from pipeline.revise.match import find
    from pipeline.revise.outcome import behind
    from pipeline.revise.paper import open_paper

    merged = step.merged or brought_up_to_date(draft, standing.wanted, Joining(draft))
    if merged is None:
        return
    found = find(open_paper(merged.content, draft.path.name), merged.baseline.blocks)
    told = {difference.key for difference in merged.differences}
    for block in standing.rendered.baseline.blocks:
        words = tuple(text for unit in found.of.get(block.key, ()) for text in unit.texts)
        if block.key not in told and words != block.texts and len(words) == len(block.texts):
            facts = behind(block, words)
            yield from quotable(standing, corrections_of(standing.sources, facts, block.texts, words))


def quotable(standing: Standing, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those that say nothing of what is withheld."""
    return tuple(each for each in corrections if not standing.hidden.holds((each.old, each.new)))


def parting(standing: Standing) -> tuple[tuple[Open, ...], tuple[str, ...]]:
    """Where people's words and the facts part in the draft as it is now, and what is to be said of it."""
    if not (standing.draft and standing.draft.holds_edits):
        return (), ()
    try:
        found = tuple(opened(standing, standing.next[0].differences))
    except PaperError as refused:
        return (), (f"Whether somebody's words and the facts part cannot be told: {refused.problems[0].message}",)
    many = "1 place" if len(found) == 1 else f"{len(found)} places"
    settling = command_for("settle", standing.material.folder)
    place = f"In {many} of draft {standing.draft.number}"
    return found, (f"{place} somebody's words and the facts part. See: {settling}",) if found else ()


def shown(standing: Standing, texts: Sequence[str]) -> tuple[str, ...]:
    """Texts as they may be shown, and as a reader sees them: references by what they read."""
    if any("[[" in text for text in texts):
        from pipeline.office.comparing import labels_of
        from pipeline.revise.edit_runs import plain

        labels = labels_of(standing.context)
        texts = [plain(text, labels) for text in texts]
    return tuple(map(standing.hidden.quotable, texts))


def ways_of(difference: Difference) -> tuple[Done, ...]:
    """How a difference can be settled by an act: one that is withheld, or where changes wait, in Word only."""
    kind = CAUSES[difference.reason][0]
    if kind in ("exempt", "waiting"):
        return ()
    if kind in NOT_PUT_IN or len(difference.people) > 2:
        return ("keep",)
    return ("keep", "take", "both") if difference.facts and difference.words else ("keep", "take")

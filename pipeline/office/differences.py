"""Open differences in words: both texts, why they part, and what is behind them, down to the record that a row is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.blocks import Fact, sources_of
from pipeline.formats import day
from pipeline.kinds import Record
from pipeline.office.material import Material
from pipeline.office.standing import Standing
from pipeline.problems import PaperError, Place, row_of
from pipeline.read import columns_for
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
    "withheld": (
        "exempt",
        "Its row is now exempt. Delete it in Word, not only as a tracked change: it cannot be kept.",
    ),
}
"""By the reason of a difference: what differences of its kind are called, and why it is one."""
BETWEEN = " | "
"""What stands between the cells of a row that is told in a line."""
NOT_PUT_IN = ("split", "columns")
"""Kinds where the program cannot put other words in: a person does it in Word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A difference: its number and name in this list, where it stands in the draft, its kind and why it is one.

    `words` stand in the draft, `facts` is what the facts give now, `before` what the block said when it last took them,
    whole, a text for each cell of a row; `cells` tells where the facts come from, `corrections` which cell to change to
    what where the words are right. `ways` are those in which it can be settled here.
    """

    number: int
    name: str
    place: str
    kind: str
    cause: str
    words: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    ways: tuple[Done, ...] = ()


def opened(standing: Standing, differences: Sequence[Difference]) -> Iterator[Open]:
    """Each difference in words, in the order of the draft; of one that is withheld not a word of it."""
    behind = Behind(standing.material)
    for number, (difference, name) in enumerate(zip(differences, names_of(differences), strict=True), 1):
        kind, cause = CAUSES[difference.reason]
        if kind == "exempt":
            yield Open(
                number=number, name="", place=difference.place, kind=kind, cause=cause, cells=(difference.exempt,)
            )
            continue
        yield Open(
            number=number,
            name=name,
            place=difference.place,
            kind=kind,
            cause=cause,
            words=shown(standing, difference.words),
            facts=shown(standing, difference.facts),
            before=shown(standing, difference.before),
            cells=behind.cells(difference.behind),
            corrections=behind.corrections(difference),
            ways=ways_of(difference),
        )


def only_in_the_draft(standing: Standing) -> Iterator[str]:
    """Which cells to change to what, where somebody corrected a fact's own text in the draft, and the files do not say
    so: the next paper would have it as it was.
    """
    step, draft = standing.next
    if draft is None or not draft.holds_edits:
        return
    from pipeline.revise.copies import Joining
    from pipeline.revise.following import brought_up_to_date
    from pipeline.revise.outcome import Difference, behind

    merged = step.merged or brought_up_to_date(draft, standing.wanted, Joining(draft))
    files = Behind(standing.material)
    written = {block.key: block for block in standing.rendered.baseline.blocks}
    for outcome in merged.outcomes if merged else ():
        block = written.get(outcome.key) if outcome.action == "kept" else None
        if block is not None:
            words = tuple(outcome.officer.split(BETWEEN)) if block.texts[1:] else (outcome.officer,)
            parts = behind(block, words) if len(words) == len(block.texts) else ()
            yield from files.corrections(Difference(block.key, "", block.texts, words, parts))


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
    """Texts as they may be shown."""
    return tuple(map(standing.hidden.quotable, texts))


def ways_of(difference: Difference) -> tuple[Done, ...]:
    """How a difference can be settled by an act: one that is withheld, or where changes wait, in Word only."""
    kind = CAUSES[difference.reason][0]
    if kind in ("exempt", "waiting"):
        return ()
    if kind in NOT_PUT_IN:
        return ("keep",)
    return ("keep", "take", "both") if difference.facts else ("keep", "take")


@dataclass(frozen=True, slots=True)
class Behind:
    """What the officers' files have behind the facts of a paper."""

    material: Material

    def cells(self, facts: Iterable[Fact]) -> tuple[str, ...]:
        """Where facts come from, each place once."""
        return tuple(map(self.in_words, sources_of(facts)))

    def in_words(self, place: Place) -> str:
        """A place in words: `tracker.xlsx, sheet Actions, row 9, column “Activity” (C9), action BV-141`."""
        if not place.cell:
            return str(place)
        name, record, heading = next(self.read_at(place), ("", None, ""))
        column = f"column “{heading}” ({place.cell})" if heading else f"cell {place.cell}"
        return ", ".join(
            filter(None, (place.file, f"sheet {place.sheet}", f"row {row_of(place)}", column, self.named(name, record)))
        )

    def named(self, kind: str, record: Record | None) -> str:
        """The record that a row is: `letter COR-044 of 10 January 2017`."""
        if record is None or not record.key:
            return ""
        on = record.values.get("date")
        dated = f" of {day(on, self.material.report.formats.dates)}" if type(on) is dt.date else ""
        return f"{self.material.report.kinds[kind].item} {record.key}{dated}"

    def read_at(self, place: Place) -> Iterator[tuple[str, Record, str]]:
        """Kind, record and column of the row in which a cell stands; blank where it is no field's."""
        for name in self.material.report.kinds:
            for record in self.material.inputs.records.of(name):
                if is_row_of(record.source, place):
                    field = next((field for field, cell in record.cells.items() if cell == place), "")
                    yield name, record, self.heading(name, field)

    def heading(self, kind: str, field: str) -> str:
        """The heading of the column that fills a field."""
        columns = columns_for(self.material.report, kind)
        return next((column.headings[0] for column in columns if column.name == field and column.headings), "")

    def corrections(self, difference: Difference) -> tuple[str, ...]:
        """Which cell to change to what, where the words in the draft say a fact's own text otherwise."""
        return tuple(
            f"If the draft is right, change {self.in_words(fact.sources[0])} to “{words}”."
            for fact in difference.behind
            if len(fact.sources) == 1 and not fact.how and fact.cell < len(difference.words)
            if (words := in_place_of(fact, difference.facts[fact.cell], difference.words[fact.cell]))
        )


def in_place_of(fact: Fact, now: str, there: str) -> str:
    """What words have in the place of a fact of a text; blank where they part from the text in more than that."""
    before, after = now[: fact.start], now[fact.end :]
    around = there.startswith(before) and there.endswith(after) and len(there) >= len(before + after)
    return there[len(before) : len(there) - len(after)].strip() if around else ""


def is_row_of(source: Place, place: Place) -> bool:
    """Does a cell stand in the row that a record was read from?"""
    return (source.file, source.sheet, row_of(source)) == (place.file, place.sheet, row_of(place))

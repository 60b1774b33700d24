"""The next draft of a paper that an officer has edited: their words kept, the facts brought up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.baseline import Baseline, Written
from pipeline.problems import NeedsPerson, Place, Problem, error
from pipeline.revise.adopt import Adopter
from pipeline.revise.comments import Comments
from pipeline.revise.draft import Draft, Found, find, marks_of
from pipeline.revise.heal import heal_marks, refresh_references, set_title, shown_numbers, title_of
from pipeline.revise.insert import Inserter, attached, keep_groups_together
from pipeline.revise.keys import renamed, with_names
from pipeline.revise.outcome import Outcome, Revision
from pipeline.revise.paper import Paper, open_paper, parse
from pipeline.revise.paragraphs import revise_paragraph
from pipeline.revise.proof import prove
from pipeline.revise.references import free_words
from pipeline.revise.succession import succeed
from pipeline.revise.tables import revise_rows
from pipeline.revise.tracked import Revisions
from pipeline.revise.units import Unit
from pipeline.revise.wordwise import normalised
from pipeline.word.baseline_part import baseline_from, baseline_item, put_baseline
from pipeline.word.xml import Element

_EDITED, _FRESH = "the edited draft", "the new draft"


def revise(
    officer: bytes, fresh: bytes, base: Baseline | None, *, when: datetime, author: str, name: str = _EDITED
) -> Revision:
    """The next draft, made from the officer's edited file and a freshly rendered paper.

    What the generator wrote into the officer's file is read from that file: a copy taken earlier, saved under the
    draft's name, holds older facts than the draft's record tells of. `base` is that record, for a file whose own was
    lost; None: there is no other. `when` and `author` sign tracked changes and comments; `name` tells the officer's
    file in messages. Text is replaced only where it says what the generator wrote. Raises NeedsPerson R101 where there
    is no baseline; PaperError where a file is no Word file, or where the result would lose a word (R103).
    """
    theirs, ours = open_paper(officer, name), open_paper(fresh, _FRESH)
    known, new = _baseline_in(theirs) or base, _baseline_in(ours)
    if known is None or new is None:
        raise NeedsPerson(_no_baseline(name))
    before = Paper(dict(theirs.parts), theirs.main, parse(theirs.parts[theirs.main]))
    for paper in (theirs, before):
        free_words(paper, shown_numbers(ours.body))
    draft = _begin(theirs, ours, (known, new), when, author)
    succeed(draft)
    for block in draft.base.values():
        if block.key not in draft.officer.rows:
            revise_paragraph(draft, block, draft.new.get(block.key))
    revise_rows(draft)
    inserter = Inserter(draft)
    inserter.insert_all()
    keep_groups_together(draft, inserter.altered)
    _tell_officers_own(draft)
    outcomes = _in_order(draft)
    if not draft.changed and _same(draft.base, draft.new):
        return Revision(officer, outcomes)
    content = _finish(draft, known, new)
    prove(before, content, tuple(draft.base.values()), draft.revisions.made, name)
    return Revision(content, outcomes)


def _no_baseline(name: str) -> Problem:
    return error(
        "R101",
        Place(file=name),
        "The edited draft no longer carries the record of what was generated, so edits cannot be told from old facts.",
        "Compare it with the new draft by `committee-papers diff`, and carry the edits over.",
    )


def _baseline_in(paper: Paper) -> Baseline | None:
    item = baseline_item(paper.parts)
    return baseline_from(paper.parts[item]) if item else None


def _begin(theirs: Paper, ours: Paper, baselines: tuple[Baseline, Baseline], when: datetime, author: str) -> Draft:
    known, new = baselines
    names = renamed(known.blocks, new.blocks)
    base = with_names(known.blocks, names)
    marks = marks_of(base, new.blocks, names=names)
    made = find(ours, new.blocks, marks)
    edited = find(theirs, base, marks, made.rows & {block.key for block in base})
    return Draft(
        officer=edited,
        fresh=made,
        base={block.key: block for block in base},
        new={block.key: block for block in new.blocks},
        shown=shown_numbers(ours.body) | shown_numbers(theirs.body),
        revisions=Revisions(theirs.root, when, author),
        comments=Comments(theirs, when, author),
        adopter=Adopter(theirs, ours, _peers(edited, made)),
    )


def _peers(edited: Found, made: Found) -> list[tuple[Element, Element]]:
    pairs = [(edited.unit(key), made.unit(key)) for key in edited.matching.units]
    return [(a.first, b.first) for a, b in pairs if a is not None and b is not None and a.is_row == b.is_row]


def _same(base: Mapping[str, Written], new: Mapping[str, Written]) -> bool:
    return {key: block.texts for key, block in base.items()} == {key: block.texts for key, block in new.items()}


def _tell_officers_own(draft: Draft) -> None:
    """Records the paragraphs and rows that belong to nobody but the officer; copies of a block under its key."""
    keys = {normalised("\n".join(block.texts)): block.key for block in draft.base.values()}
    for unit in draft.officer.units:
        if unit.flat and unit.number not in draft.officer.matching.owner:
            draft.say(keys.get(unit.flat, ""), "officer", unit, texts=("", "", " | ".join(unit.texts)))


def _in_order(draft: Draft) -> tuple[Outcome, ...]:
    """The outcomes in the order of the new paper; what it no longer has, and the officer's own, at the end."""
    place = {key: n for n, key in enumerate(draft.new)}
    return tuple(sorted(draft.outcomes, key=lambda outcome: place.get(outcome.key, len(place))))


def _places(draft: Draft) -> dict[str, tuple[Element, Element]]:
    found: dict[str, tuple[Element, Element]] = {}
    for key in draft.new:
        units: list[Unit] = [u for u in draft.officer.matching.units.get(key, []) if attached(u.element)]
        if units:
            found[key] = units[0].first, units[-1].first
        elif key in draft.placed:
            found[key] = draft.placed[key]
    return found


def _finish(draft: Draft, known: Baseline, new: Baseline) -> bytes:
    paper: Paper = draft.officer.paper
    heal_marks(paper.body, _places(draft))
    refresh_references(paper)
    title = title_of(draft.fresh.paper)
    if title_of(paper) == known.about.get("title"):
        set_title(paper, title)
    paper.parts = put_baseline(paper.parts, replace(new, about={**new.about, "title": title}))
    draft.comments.save()
    return paper.content()

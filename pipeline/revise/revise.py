"""The next draft of a paper that an officer has edited: their words kept, the facts brought up to date."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.baseline import Baseline, Written
from pipeline.opc import parse
from pipeline.problems import NeedsPerson, Place, Problem, error
from pipeline.revise.adopt import Adopter
from pipeline.revise.comments import Comments
from pipeline.revise.draft import Draft, Found, find, marks_of
from pipeline.revise.heal import heal_marks, refresh_references, set_title, shown_numbers, title_of
from pipeline.revise.hidden import NOTHING, Hidden
from pipeline.revise.insert import Inserter, attached, keep_groups_together
from pipeline.revise.keys import renamed, with_names
from pipeline.revise.looking_back import forgotten_of, keep_edited, look_back, with_forgotten
from pipeline.revise.outcome import Difference, Outcome, Revision, Texts
from pipeline.revise.paper import Paper, open_paper
from pipeline.revise.paragraphs import revise_paragraph
from pipeline.revise.proof import prove
from pipeline.revise.references import free_words
from pipeline.revise.succession import succeed
from pipeline.revise.tables import revise_rows
from pipeline.revise.tracked import Revisions
from pipeline.revise.units import Unit
from pipeline.revise.wordwise import normalised
from pipeline.word.baseline_part import baseline_from, baseline_item, put_baseline
from pipeline.word.stories import Story, read_styles
from pipeline.word.xml import Element

_EDITED, _FRESH = "the edited draft", "the new draft"


@dataclass(frozen=True, slots=True)
class Terms:
    """Who revises, and on what terms: `when` and `author` sign tracked changes and comments, `name` tells the officer's
    file in messages, `kept` are words that people keep against the facts, on record, and `hidden` what is withheld.
    `earlier`: what earlier drafts said, the newest first, for a paper of 0.1.0.
    """

    when: datetime
    author: str
    name: str = _EDITED
    kept: Collection[Texts] = ()
    hidden: Hidden = NOTHING
    earlier: Collection[Baseline] = ()


def revise(officer: bytes, fresh: bytes, base: Baseline | None, terms: Terms) -> Revision:
    """The next draft, made from the officer's edited file and a freshly rendered paper.

    What the generator wrote into the officer's file is read from that file: a copy taken earlier, saved under the
    draft's name, holds older facts than the draft's record tells of. `base` is that record, for a file whose own was
    lost; None: there is no other. Text is replaced only where it says what the generator wrote. The baseline of the
    result moves on only for blocks that took what the facts give. Raises NeedsPerson R101 where there is no baseline;
    PaperError where a file is no Word file, or where the result would lose a word (R103).
    """
    name = terms.name
    theirs, ours = open_paper(officer, name), open_paper(fresh, _FRESH)
    known, new = _baseline_in(theirs) or base, _baseline_in(ours)
    if known is None or new is None:
        raise NeedsPerson(_no_baseline(name))
    before = Paper(dict(theirs.parts), theirs.main, parse(theirs.parts[theirs.main]))
    for paper in (theirs, before):
        free_words(paper, shown_numbers(ours.body))
    forgotten = forgotten_of(known, terms.earlier, {block.key for block in new.blocks})
    draft = _begin(theirs, ours, (with_forgotten(known, forgotten), new), terms)
    look_back(draft, terms.earlier)
    keep_edited(draft, forgotten)
    succeed(draft)
    for block in draft.base.values():
        if block.key not in draft.officer.rows:
            revise_paragraph(draft, block, draft.new.get(block.key))
    revise_rows(draft)
    inserter = Inserter(draft)
    inserter.insert_all()
    keep_groups_together(draft, inserter.altered)
    _tell_officers_own(draft)
    outcomes, differences, written = _in_order(draft), _placed(draft), replace(new, blocks=_taken(draft))
    if not draft.changed and _same(draft.base.values(), written.blocks):
        return Revision(officer, outcomes, differences, written)
    content = _finish(draft, known, written)
    prove(before, content, (*draft.base.values(), *draft.accepted), draft.revisions.made, name)
    return Revision(content, outcomes, differences, written)


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


def _begin(theirs: Paper, ours: Paper, baselines: tuple[Baseline, Baseline], terms: Terms) -> Draft:
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
        revisions=Revisions(theirs.root, terms.when, terms.author),
        comments=Comments(theirs, terms.when, terms.author),
        adopter=Adopter(theirs, ours, _peers(edited, made)),
        kept=terms.kept,
        hidden=terms.hidden,
    )


def _peers(edited: Found, made: Found) -> list[tuple[Element, Element]]:
    pairs = [(edited.unit(key), made.unit(key)) for key in edited.matching.units]
    return [(a.first, b.first) for a, b in pairs if a is not None and b is not None and a.is_row == b.is_row]


def _same(base: Iterable[Written], written: Iterable[Written]) -> bool:
    one, other = ({each.key: (each.texts, each.told, each.offer) for each in blocks} for blocks in (base, written))
    return one == other


def _taken(draft: Draft) -> tuple[Written, ...]:
    """The blocks of the next draft's baseline: as the facts have them now where the paper took that, else as it has
    them still. One that the facts no longer call for stands after the block that it came after.
    """
    blocks = {key: draft.left.get(key, block) for key, block in draft.new.items()}
    order, before = list(blocks), ""
    for key in draft.base:
        if key not in blocks and (left := draft.left.get(key)):
            order.insert(order.index(before) + 1 if before else 0, key)
            blocks[key] = left
        before = key if key in blocks else before
    return tuple(block for key in order if (block := blocks[key]))


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


def _placed(draft: Draft) -> tuple[Difference, ...]:
    """The differences in the order of the officer's paper, each with where it stands in it."""
    if not draft.differences:
        return ()
    paper = draft.officer.paper
    story = Story(paper.main, paper.root, read_styles(paper.parts), "")
    in_order = sorted(draft.differences, key=lambda each: each[1].number)
    return tuple(
        replace(each, place=draft.hidden.quotable(story.place(unit.element).near), exempt=draft.hidden.at(each.key))
        for each, unit in in_order
    )


def _places(draft: Draft) -> dict[str, tuple[Element, Element]]:
    found: dict[str, tuple[Element, Element]] = {}
    for key in draft.new:
        units: list[Unit] = [u for u in draft.officer.matching.units.get(key, []) if attached(u.element)]
        if units:
            found[key] = units[0].first, units[-1].first
        elif key in draft.placed:
            found[key] = draft.placed[key]
    return found


def _finish(draft: Draft, known: Baseline, written: Baseline) -> bytes:
    paper: Paper = draft.officer.paper
    heal_marks(paper.body, _places(draft))
    refresh_references(paper)
    title = title_of(draft.fresh.paper)
    if title_of(paper) == known.about.get("title"):
        set_title(paper, title)
    paper.parts = put_baseline(paper.parts, replace(written, about={**written.about, "title": title}))
    draft.comments.save()
    return paper.content()

"""The next draft of a paper that an officer has edited: their words kept, the facts brought up to date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.baseline import Baseline, Written
from pipeline.opc import parse
from pipeline.problems import NeedsPerson, Place, Problem, error
from pipeline.revise.carry_out import is_removable, revise_paragraph
from pipeline.revise.carry_out_new import attached, insert_new
from pipeline.revise.carry_out_rows import revise_rows
from pipeline.revise.edit_comments import Comments
from pipeline.revise.edit_marks import put_marks
from pipeline.revise.edit_references import free_words, refresh_references, shown_numbers
from pipeline.revise.edit_tracked import Revisions
from pipeline.revise.edit_transplant import Transplant
from pipeline.revise.hidden import NOTHING, Hidden
from pipeline.revise.match_forgotten import forgotten_of, looked_back, only_edited, with_forgotten
from pipeline.revise.match_keys import renamed, successors, with_names
from pipeline.revise.merge import Found, Merge, Result, find, line, marks_of, together
from pipeline.revise.outcome import Difference, Outcome, Revision, Texts, as_compared
from pipeline.revise.paper import Paper, open_paper, set_title, title_of
from pipeline.revise.prove import prove
from pipeline.revise.wordwise import normalised
from pipeline.word.baseline_part import baseline_from, baseline_item, put_baseline
from pipeline.word.old_baselines import told_anew
from pipeline.word.story import Story, read_styles
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
    known, *earlier = (told_anew(each, theirs.body, ours.body) for each in (known, *terms.earlier))
    terms = replace(terms, earlier=earlier)
    before = Paper(dict(theirs.parts), theirs.main, parse(theirs.parts[theirs.main]))
    for paper in (theirs, before):
        free_words(paper, shown_numbers(ours.body))
    merge = _begin(theirs, ours, known, new, terms)
    result = _carried_out(merge)
    outcomes, written = _in_order(merge, result), replace(new, blocks=_taken(merge, result))
    differences = _placed(merge, result)
    if not result.changed and _same(merge.base.values(), written.blocks):
        return Revision(officer, outcomes, differences, written)
    content = _finish(merge, result, known, written)
    prove(before, content, (*merge.base.values(), *result.accepted), merge.revisions.made, name)
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


def _begin(theirs: Paper, ours: Paper, known: Baseline, new: Baseline, terms: Terms) -> Merge:
    """Both papers' blocks found, each on what it last took."""
    forgotten = forgotten_of(known, terms.earlier, {block.key for block in new.blocks})
    known = with_forgotten(known, forgotten)
    names = renamed(known.blocks, new.blocks)
    blocks = with_names(known.blocks, names)
    marks = marks_of(blocks, new.blocks, names=names)
    made = find(ours, new.blocks, marks)
    edited = find(theirs, blocks, marks, made.rows & {block.key for block in blocks})
    transplant = Transplant(theirs, ours, _peers(edited, made))
    base = looked_back({block.key: block for block in blocks}, edited, terms.earlier)
    base, edited = only_edited(base, edited, [block for found in forgotten.values() for block in found])
    new_blocks = {block.key: block for block in new.blocks}
    base, edited, succeeded = _succeeded(base, new_blocks, edited, ours)
    return Merge(
        officer=edited,
        fresh=made,
        base=base,
        new=new_blocks,
        shown=shown_numbers(ours.body) | shown_numbers(theirs.body),
        revisions=Revisions(theirs.root, terms.when, terms.author),
        comments=Comments(theirs, terms.when, terms.author),
        transplant=transplant,
        kept=terms.kept,
        hidden=terms.hidden,
        successors=succeeded,
    )


def _peers(edited: Found, made: Found) -> list[tuple[Element, Element]]:
    pairs = [(edited.unit(key), made.unit(key)) for key in edited.matching.units]
    return [(a.first, b.first) for a, b in pairs if a is not None and b is not None and a.is_row == b.is_row]


def _succeeded(
    base: Mapping[str, Written], new: Mapping[str, Written], edited: Found, ours: Paper
) -> tuple[Mapping[str, Written], Found, Mapping[str, str]]:
    """Lets a paragraph in which nobody typed be brought up to date as its successor, where more than words hangs on it.

    A comment of an officer's then stays on the sentence, and that is said once. Of one that was edited it is only
    noted (last) what succeeds it. What can be removed goes and comes: a reference to it elsewhere must not come to mean
    another record.
    """
    pairs = {old: late for old, late in successors(base, new).items() if old not in edited.rows}
    untouched = {old for old in pairs if _is_ours(edited, base[old])}
    stay = {old for old in untouched if not is_removable(edited.units_of(old)[0].element, edited.paper, ours)}
    names = {old: pairs[old] for old in stay}
    blocks = {block.key: block for block in with_names(tuple(base.values()), names)}
    found = replace(edited, matching=edited.matching.renamed(names))
    return blocks, found, {old: late for old, late in pairs.items() if old not in untouched}


def _is_ours(found: Found, block: Written) -> bool:
    units = found.units_of(block.key)
    return len(units) == 1 and not units[0].pending and as_compared(units[0].texts) == as_compared(block.texts)


def _carried_out(merge: Merge) -> Result:
    """The merge itself: what the last draft had, paragraphs and rows, then what is new, then the officer's own."""
    paragraphs = [block for block in merge.base.values() if block.key not in merge.officer.rows]
    results = [revise_paragraph(merge, block) for block in paragraphs]
    return together([*results, revise_rows(merge), insert_new(merge), _officers_own(merge)])


def _officers_own(merge: Merge) -> Result:
    """The paragraphs and rows that belong to nobody but the officer; copies of a block under its key."""
    keys = {normalised("\n".join(block.texts)): block.key for block in merge.base.values()}
    own = [unit for unit in merge.officer.units if unit.flat and unit.number not in merge.officer.matching.owner]
    told = (merge.outcome(keys.get(unit.flat, ""), "officer", unit, texts=("", "", line(unit.texts))) for unit in own)
    return Result(tuple(told))


def _same(base: Iterable[Written], written: Iterable[Written]) -> bool:
    one, other = ({each.key: (each.texts, each.told, each.offer) for each in blocks} for blocks in (base, written))
    return one == other


def _taken(merge: Merge, result: Result) -> tuple[Written, ...]:
    """The blocks of the next draft's baseline: as the facts have them now where the paper took that, else as it has
    them still. One that the facts no longer call for stands after the block that it came after.
    """
    blocks = {key: result.left.get(key, block) for key, block in merge.new.items()}
    order, before = list(blocks), ""
    for key in merge.base:
        if key not in blocks and (left := result.left.get(key)):
            order.insert(order.index(before) + 1 if before else 0, key)
            blocks[key] = left
        before = key if key in blocks else before
    return tuple(block for key in order if (block := blocks[key]))


def _in_order(merge: Merge, result: Result) -> tuple[Outcome, ...]:
    """The outcomes in the order of the new paper; what it no longer has, and the officer's own, at the end."""
    place = {key: n for n, key in enumerate(merge.new)}
    return tuple(sorted(result.outcomes, key=lambda outcome: place.get(outcome.key, len(place))))


def _placed(merge: Merge, result: Result) -> tuple[Difference, ...]:
    """The differences in the order of the officer's paper, each with where it stands in it."""
    if not result.differences:
        return ()
    paper = merge.officer.paper
    story = Story(paper.root, read_styles(paper.parts), paper.main)
    in_order = sorted(result.differences, key=lambda differing: differing[1].number)
    return tuple(
        replace(
            difference,
            place=merge.hidden.quotable(story.place(unit.element).near),
            exempt=merge.hidden.at(difference.key),
        )
        for difference, unit in in_order
    )


def _places(merge: Merge, result: Result) -> Mapping[str, tuple[Element, Element]]:
    """The first and last paragraph of each block that the paper has."""
    there = {key: [unit for unit in merge.officer.units_of(key) if attached(unit.element)] for key in merge.new}
    found = {key: (units[0].first, units[-1].first) for key, units in there.items() if units}
    return {key: place for key in merge.new if (place := found.get(key) or result.placed.get(key))}


def _finish(merge: Merge, result: Result, known: Baseline, written: Baseline) -> bytes:
    paper = merge.officer.paper
    put_marks(paper.body, _places(merge, result))
    refresh_references(paper)
    title = title_of(merge.fresh.paper)
    if title_of(paper) == known.about.get("title"):
        set_title(paper, title)
    paper.parts = put_baseline(paper.parts, replace(written, about={**written.about, "title": title}))
    merge.comments.save()
    return paper.content()

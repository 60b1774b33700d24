"""The next draft of a paper that an officer has edited: their words kept, the facts brought up to date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from pipeline.baseline import FROM, Baseline, Written
from pipeline.problems import NeedsPerson, Place, Problem, error
from pipeline.revise.carry_out import carry_out
from pipeline.revise.carry_out_new import insert_new
from pipeline.revise.edit_columns import fit_columns
from pipeline.revise.edit_comments import Comments
from pipeline.revise.edit_marks import put_marks, rename_marks
from pipeline.revise.edit_order import put_in_order
from pipeline.revise.edit_references import free_words, places, refresh_references, shown_numbers
from pipeline.revise.edit_tracked import Revisions, changes_of, free_ids
from pipeline.revise.edit_transplant import Transplant
from pipeline.revise.ledger import grown, is_as_offered
from pipeline.revise.match_blocks import known_by, matched, with_names
from pipeline.revise.match_units import Block, Matched, Unit
from pipeline.revise.merge import Merge, Result, Terms, together
from pipeline.revise.outcome import Difference, Hidden, Outcome, Revision
from pipeline.revise.paper import Held, Paper, open_paper, set_title, title_of
from pipeline.revise.prove import prove_draft, reject
from pipeline.revise.repeated import repeated
from pipeline.revise.wordwise import line, normalised
from pipeline.store import sha256_of
from pipeline.word.baselines import baseline_in, put_baseline
from pipeline.word.older_baselines import as_read_today
from pipeline.word.story import Story
from pipeline.word.xml import ROW, Element


def revised(officer: bytes, fresh: bytes, base: Baseline | None, terms: Terms) -> Revision:
    """The next draft, made from the officer's edited file and a freshly rendered paper.

    What the generator wrote into the officer's file is read from that file: a copy taken earlier, saved under the
    draft's name, holds older facts than the draft's record tells of. `base` is that record, for a file whose own was
    lost; None: there is no other. Text is replaced only where it says what the generator wrote. The baseline of the
    result moves on only for blocks that took what the facts give. Raises NeedsPerson R101 where there is no baseline;
    PaperError where a file is no Word file, or where the result would lose a word (R103).
    """
    made = _merged(officer, fresh, base, terms)
    content = made.revision.content
    if content is not officer:
        before = open_paper(officer, terms.name)
        rename_marks(before.body, made.names)
        free_words(before, made.shown)
        reject(before.body, made.outdated)
        prove_draft(before, content, made.ours, made.changes, terms.name, made.held)
    return made.revision


class _Made(NamedTuple):
    """A revision that is yet to be proven: what in it is the generator's, the ids of the tracked changes that it made
    and of those that it took back, what references show, the new keys of blocks by the old ones, and what went with
    blocks that are withheld. Nothing in it holds on to the papers it was made from.
    """

    revision: Revision
    ours: Sequence[Written]
    changes: Collection[str]
    outdated: Collection[str]
    shown: Mapping[str, str]
    names: Mapping[str, str]
    held: Sequence[Held]


def _merged(officer: bytes, fresh: bytes, base: Baseline | None, terms: Terms) -> _Made:
    theirs, ours = open_paper(officer, terms.name), open_paper(fresh, "the new draft")
    part, new = baseline_in(theirs.parts), baseline_in(ours.parts)
    known = grown(part, base, terms.hidden) if part else base
    if known is None or new is None:
        raise NeedsPerson(_no_baseline(terms.name))
    known, *earlier = (as_read_today(baseline, theirs.body, ours.body) for baseline in (known, *terms.earlier))
    last = known_by(known, earlier, new, terms.hidden.has)
    known = replace(known, blocks=with_names(known.blocks, last.names))
    rename_marks(theirs.body, last.names)
    shown = shown_numbers(ours.body)
    free_words(theirs, shown)
    blocks = before = matched(theirs, ours, last, new, stripped=part is None)
    if outdated := _outdated(blocks, terms.author):
        reject(theirs.body, outdated)
        blocks = before = matched(theirs, ours, last, new, stripped=part is None)
    if fitted := fit_columns(theirs, ours, blocks, _transplant(theirs, ours, blocks)):
        last = last._replace(blocks=[fitted.get(block.key, block) for block in last.blocks])
        blocks = matched(theirs, ours, last, new, stripped=part is None)
    merge = _begin(theirs, ours, blocks, terms)
    done = [carry_out(merge), put_in_order(merge), insert_new(merge)]
    spots = Spots(theirs, terms.hidden)
    result = together([*done, _officers_own(merge, spots), repeated(merge)])
    outcomes, differences = _in_order(blocks, result, spots), _placed(result, spots)
    now = replace(new, blocks=_taken(blocks, result), printed=tuple(result.printed))
    written = grown(now, known, terms.hidden)
    was = [block.last for block in before.known.values()]
    changed = result.changed or bool(outdated) or not _same(was, written.blocks)
    written = replace(written, about={**written.about, FROM: sha256_of(officer)[:16]}) if changed else written
    content = _finish(merge, result, known, written) if changed else officer
    revision = Revision(content, outcomes, differences, written, result.held_back)
    generated = [*was, *result.accepted]
    return _Made(revision, generated, merge.revisions.made, outdated, shown, last.names, result.held)


def _outdated(blocks: Matched, author: str) -> frozenset[str]:
    """The ids of our own tracked changes that offer what the facts gave once, and that nobody touched."""
    found = [changes_of(unit.element) for block in blocks.known.values() if _waits(block) for unit in block.there]
    return frozenset(made for changes in found if {by for _, by in changes} == {author} for made, _ in changes)


def _waits(block: Block) -> bool:
    is_older = block.last.offer == "made" and not block.is_told
    return is_older and is_as_offered(block.last, block.words)


def _no_baseline(name: str) -> Problem:
    return error(
        "R101",
        Place(file=name),
        "The edited draft no longer carries the record of what was generated, so edits cannot be told from old facts.",
        "Compare it with the new draft by `committee-papers diff`, and carry the edits over.",
    )


def _begin(theirs: Paper, ours: Paper, blocks: Matched, terms: Terms) -> Merge:
    return Merge(
        theirs,
        ours,
        blocks,
        shown=shown_numbers(ours.body) | shown_numbers(theirs.body),
        revisions=Revisions(free_ids(theirs.root), terms.when, terms.author),
        comments=Comments(theirs, terms.when, terms.author),
        transplant=_transplant(theirs, ours, blocks),
        settled=terms.settled,
        hidden=terms.hidden,
    )


def _transplant(theirs: Paper, ours: Paper, blocks: Matched) -> Transplant:
    pairs = [(block.unit, block.fresh) for block in blocks.known.values() if block.units]
    peers = [(one.first, other.first) for one, other in pairs if one and other and one.is_row == other.is_row]
    return Transplant(theirs, ours, peers)


class Spots:
    """Where what is told of stands in the merged paper, in words; it is read only if anybody asks."""

    def __init__(self, paper: Paper, hidden: Hidden) -> None:
        self.paper, self.hidden = paper, hidden

    @cached_property
    def story(self) -> Story:
        """The paper as it reads."""
        return Story(self.paper.root, self.paper.styles, self.paper.main)

    @cached_property
    def numbers(self) -> Mapping[Element, str]:
        """The number in print by which a reader finds each paragraph."""
        return places(self.paper)

    def spot(self, element: Element) -> str:
        """`paragraph 3.2, under “Housing”`, or of a row `under “Housing”, table 2, row 5`."""
        in_row = next(element.iterancestors(ROW), None) is not None  # the number is that of a paragraph above its table
        number = "" if in_row else self.numbers.get(element, "")
        numbered = (f"paragraph {number}" if number[:1].isdigit() else number) if any(map(str.isdigit, number)) else ""
        return self.hidden.quotable(", ".join(filter(None, (numbered, self.story.place(element).near))))


def _officers_own(merge: Merge, spots: Spots) -> Result:
    """The paragraphs and rows that belong to nobody but the officer; copies of a block under its key."""
    copied = {normalised("\n".join(block.last.texts)): block for block in merge.blocks.known.values()}
    own = [(replace(copied.get(unit.flat, Block("")), units=[unit]), unit) for unit in merge.blocks.own]
    outcomes = (merge.outcome(block, "officer", texts=("", "", line(unit.texts))) for block, unit in own)
    return Result(
        tuple(replace(each, place=spots.spot(unit.element)) for each, (_, unit) in zip(outcomes, own, strict=True))
    )


def _same(base: Iterable[Written], written: Iterable[Written]) -> bool:
    one, other = ({b.key: (b.texts, b.told, b.offer, b.stood) for b in blocks} for blocks in (base, written))
    return one == other


def _taken(blocks: Matched, result: Result) -> tuple[Written, ...]:
    """The blocks of the next draft's baseline: as the facts have them now where the paper took that, else as it has
    them still. One that the facts no longer call for stands after the block that it came after.
    """
    written = {key: result.left.get(key, block.new) for key, block in blocks.new.items()}
    order, before = list(written), ""
    for key in blocks.known:
        if key not in written and (left := result.left.get(key)):
            order.insert(order.index(before) + 1 if before else 0, key)
            written[key] = left
        before = key if key in written else before
    return tuple(block for key in order if (block := written[key]))


def _in_order(blocks: Matched, result: Result, spots: Spots) -> tuple[Outcome, ...]:
    """The outcomes in the order of the new paper; what it no longer has, and the officer's own, at the end. Of what did
    not stay as it was the place is told.
    """
    place = {key: n for n, key in enumerate(blocks.new)}
    there = _there(blocks)
    found = {key: units[0].element for key, units in there.items()} | {key: at[0] for key, at in result.placed.items()}
    told = (
        replace(each, place=spots.spot(found[each.key]))
        if each.action not in ("unchanged", "officer") and each.key in found
        else each
        for each in result.outcomes
    )
    return tuple(sorted(told, key=lambda outcome: place.get(outcome.key, len(place))))


def _placed(result: Result, spots: Spots) -> tuple[Difference, ...]:
    """The differences in the order of the officer's paper, each with where it stands in it."""
    placed = sorted(result.differences, key=lambda differing: differing[1].number)
    return tuple(
        replace(each, place=spots.spot(unit.element), exempt=spots.hidden.at(each.key)) for each, unit in placed
    )


def _there(blocks: Matched) -> Mapping[str, list[Unit]]:
    """The units of each block that the paper still has."""
    known = {**blocks.known, **blocks.new}
    there = {key: [unit for unit in block.units if unit.attached] for key, block in known.items()}
    return {key: units for key, units in there.items() if units}


def _places(blocks: Matched, result: Result, written: Iterable[Written]) -> Mapping[str, tuple[Element, Element]]:
    """The first and last paragraph of each block that the next baseline has and the paper too: also of one that the
    facts no longer call for, so that a copy of it elsewhere is not taken for it next time.
    """
    found = {key: (units[0].first, units[-1].first) for key, units in _there(blocks).items()} | dict(result.placed)
    return {block.key: found[block.key] for block in written if block.key in found}


def _finish(merge: Merge, result: Result, known: Baseline, written: Baseline) -> bytes:
    paper = merge.theirs
    put_marks(paper.body, _places(merge.blocks, result, written.blocks))
    refresh_references(paper)
    title = title_of(merge.ours)
    if title_of(paper) == known.about.get("title"):
        set_title(paper, title)
    paper.parts = put_baseline(paper.parts, replace(written, about={**written.about, "title": title}))
    merge.comments.save()
    return paper.content()

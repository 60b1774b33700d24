"""Decisions carried out on what the last draft had: words changed in place, offered, commented on, or taken out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.blocks import MARK_PREFIX
from pipeline.problems import NOWHERE, PaperError, error
from pipeline.revise.decide import Action, Decision, Reason, decide, decide_gone
from pipeline.revise.edit_comments import COMMENT_MARKS
from pipeline.revise.edit_runs import is_pending
from pipeline.revise.edit_shading import shade
from pipeline.revise.edit_words import CannotEditError, rewrite
from pipeline.revise.ledger import judged
from pipeline.revise.match_units import Block, Unit
from pipeline.revise.merge import Merge, Result, together
from pipeline.revise.outcome import Outcome, excerpt
from pipeline.revise.paper import Paper, contents, held_in, is_removable
from pipeline.revise.wordwise import edits, line, normalised, took
from pipeline.word.xml import ID, NAME, PARAGRAPH, TABLE, Element, blocks, paragraphs, qn, rows

_ORDER: Sequence[Action] = ("conflict", "offered", "updated", "kept", "unchanged")
"""What is said of a cell of several paragraphs: the first that is true of one of them."""
_SAME_PLACE = Decision("conflict", reason="same place")


def carry_out(merge: Merge) -> Result:
    """Every block that the last draft had, paragraphs, then rows: brought up to date, kept, or let go."""
    in_order = sorted(merge.blocks.known.values(), key=lambda block: block.is_row)
    left_alone = defaultdict[Element, list[Block]](list)
    for block in in_order:
        if block.unit and block.unit.table is not None and _has_other_cells(block):
            left_alone[block.unit.table].append(block)
    alone = {block.key for found in left_alone.values() for block in found}
    results = [_revised(merge, block) for block in in_order if block.key not in alone]
    return together([*results, *(_leave_rows(merge, table, found) for table, found in left_alone.items())])


def _has_other_cells(block: Block) -> bool:
    """Has a row that the facts call for another number of cells than it was written with, or would have now?"""
    return block.new is not None and {len(block.words)} != {len(block.last.texts), len(block.facts)}


def _revised(merge: Merge, block: Block) -> Result:
    """One block: brought up to date, kept, or let go."""
    if not block.there:
        struck = merge.struck_out(block)
        return _held_back(merge, block, [struck]) if struck else merge.missing(block)
    if block.new is None:
        return _let_go(merge, block, block.there[0])
    chosen = merge.settled.chosen(block.called_for, block.words)
    if chosen and not block.pending and block.reason in ("", "alike"):
        return _put_in(merge, block, chosen)
    return merge.on_record(block) if merge.is_kept(block) else _brought_up_to_date(merge, block)


def _brought_up_to_date(merge: Merge, block: Block) -> Result:
    against = not block.pending and merge.settled.keeps_against_others(block.called_for, block.words)
    texts = [_revised_text(merge, block, n, place, against=against) for n, place in enumerate(_places(block))]
    updated = [n for n, ((_, decision), _) in enumerate(texts) if decision.action == "updated"]
    if updated and block.is_row and block.fresh and len(block.fresh.cells) == len(block.there[0].cells):
        shade(block.there[0].cells, block.fresh.cells, updated)
    return together([_reported(merge, block, [decided for decided, _ in texts]), *(result for _, result in texts)])


def _revised_text(
    merge: Merge, block: Block, n: int, place: _Place, *, against: bool
) -> tuple[tuple[str, Decision], Result]:
    """One text: the fact that it rests on, and what was done; and what became of it. `against`: as in `judged`."""
    told, facts = block.told[n], block.facts[n]
    texts = place.text, facts
    base, decision = judged(block.last, n, texts, pending=place.pending, reason=place.reason, against=against)
    done = _done(merge, place.inside, decision, (base, *texts))
    is_open = done.action == "conflict" or bool(block.last.told)
    said = is_open and merge.comment(block, place.around, (told, facts), done.reason)
    accepted = () if base == block.last.texts[n] else (block.last._replace(texts=(base,)),)
    return (base, done), Result(accepted=accepted, changed=done.changes or said)


def _put_in(merge: Merge, block: Block, wanted: Sequence[str]) -> Result:
    """A block in which a person put other words in place of those that stood there: what they gave up need not be
    proven to stand. Raises PaperError (C173) where they stand in more than plain text.
    """
    for place, text in zip(_places(block), wanted, strict=True):
        try:
            if place.text != text:
                (paragraph,) = place.inside
                rewrite(paragraph, edits(place.text, text), merge.shown)
        except (ValueError, CannotEditError):
            told = f"“{excerpt(place.text)}” stands in more than plain text, such as a field or several paragraphs."
            cure = "Type what is wanted into the draft in Word, and save it."
            raise PaperError(error("C173", NOWHERE, told, cure)) from None
    texts = line(block.words), line(wanted), line(block.words)
    told_of = merge.outcome(block, "updated", texts=texts, reason="on record")
    return Result((told_of,), accepted=(block.last._replace(texts=block.words),), changed=True)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text of a block stands: what is `inside` it (paragraphs, tables), and its first and last paragraph.

    `pending`: tracked changes wait there; `reason`: why no change may be made.
    """

    text: str
    inside: Sequence[Element]
    around: tuple[Element, Element]
    pending: bool
    reason: Reason = ""


def _places(block: Block) -> Iterator[_Place]:
    first, last = block.there[0].element, block.there[-1].element
    if not block.is_row:
        yield _Place(block.words[0], [first], (first, last), block.pending, block.reason)
        return
    for n, (text, cell) in enumerate(zip(block.words, block.there[0].cells, strict=True)):
        inside = list(paragraphs(cell))
        reason = "columns" if n in block.merged else block.reason
        yield _Place(text, list(blocks(cell)), (inside[0], inside[-1]), is_pending(cell), reason)


def _done(merge: Merge, inside: Sequence[Element], decision: Decision, versions: Sequence[str]) -> Decision:
    """Carries a decision out; returns what was done. A text of several paragraphs is decided paragraph by paragraph."""
    if not decision.changes or (len(inside) == 1 and inside[0].tag == PARAGRAPH):
        return _edited(merge, inside[0], decision)
    lines = [text.split("\n") for text in versions]
    if {len(part) for part in lines} != {len(inside)} or any(element.tag != PARAGRAPH for element in inside):
        return _SAME_PLACE
    return _line_by_line(merge, inside, [decide(*texts) for texts in zip(*lines, strict=True)])


def _line_by_line(merge: Merge, inside: Sequence[Element], wanted: Sequence[Decision]) -> Decision:
    if any(decision.action == "conflict" for decision in wanted):
        return _SAME_PLACE
    done = [_edited(merge, *each) for each in zip(inside, wanted, strict=True)]
    return min(done, key=lambda decision: _ORDER.index(decision.action))


def _edited(merge: Merge, paragraph: Element, decision: Decision) -> Decision:
    """Makes the decision's edits; what cannot be edited safely becomes a conflict. Returns what was done."""
    if not decision.changes:
        return decision
    tracked = merge.revisions if decision.action == "offered" else None
    try:
        rewrite(paragraph, decision.edits, merge.shown, tracked)
    except CannotEditError:
        return _SAME_PLACE
    return decision


def _reported(merge: Merge, block: Block, decided: Sequence[tuple[str, Decision]]) -> Result:
    """What is told of a block, and left of it."""
    decisions = [decision for _, decision in decided]
    conflicts = [decision.reason for decision in decisions if decision.action == "conflict"]
    differences = [(merge.difference(block, reason), block.there[0]) for reason in conflicts[:1]]
    left = {} if all(decision.taken for decision in decisions) else merge.left(block, decided)
    return Result(tuple(_outcomes(merge, block, decisions)), tuple(differences), left)


def _outcomes(merge: Merge, block: Block, decisions: Sequence[Decision]) -> Iterator[Outcome]:
    """An outcome for each text in which something happened; one for the block where nothing did in any."""
    actions = {decision.action for decision in decisions}
    if actions <= {"unchanged", "kept"}:
        yield merge.outcome(block, "kept" if "kept" in actions else "unchanged")
        return
    for decision, *texts in zip(decisions, block.last.texts, block.facts, block.words, strict=True):
        if decision.action not in ("unchanged", "kept"):
            yield merge.outcome(block, decision.action, texts=texts, reason=decision.reason)


def _let_go(merge: Merge, block: Block, unit: Unit) -> Result:
    """A paragraph or row that the facts no longer call for: out where nobody touched it, else it stands until somebody
    settles it. Of one whose record may not be public any more nothing is told, and it cannot be kept.
    """
    old, _, words = block.lines
    is_bare = is_removable(unit.element, merge.theirs, merge.ours) and not unit.has_own_words
    touched = block.pending or bool(block.reason) or not is_bare
    decision = decide_gone(old, words, pending=touched)
    if merge.hidden.has(block.key):
        return _held_back(merge, block, block.there, typed_in=decision.action != "removed")
    given_up = not touched and merge.settled.chosen((), block.words) == ()
    if decision.action == "removed" or given_up:
        return _taken_out(merge, block, unit, given_up=given_up)
    around = unit.first, block.there[-1].first
    if merge.is_kept(block):
        return merge.on_record(block)
    return Result(
        (merge.outcome(block, "conflict", texts=(old, "", words), reason=decision.reason),),
        ((merge.difference(block, decision.reason), unit),),
        merge.left(block),
        changed=merge.comment(block, around, (block.told[0], ""), decision.reason),
    )


def _taken_out(merge: Merge, block: Block, unit: Unit, *, given_up: bool) -> Result:
    take_out(unit.element)
    accepted = (block.last._replace(texts=block.words),) if given_up else ()
    return Result((merge.outcome(block, "removed"),), accepted=accepted, changed=True)


def _held_back(merge: Merge, block: Block, units: Sequence[Unit], *, typed_in: bool = True) -> Result:
    """A block whose record may not be public any more, out of the paper whatever somebody typed in it, struck out or
    said of it in a comment: that stays in the draft before. Where more goes through it than words, such as a picture or
    a section, or another paragraph was run into it, a person must take it out.
    """
    elements = [unit.element for unit in units]
    if block.joined or not all(_is_whole(element, merge.theirs) for element in elements):
        commented = merge.comment(block, (units[0].first, units[-1].first), (block.told[0], ""), "withheld")
        return together([merge.withheld(block, units[0]), Result(changed=commented)])
    held = tuple(held for element in elements for held in held_in(element, merge.theirs))
    merge.comments.take_out({mark.get(ID, "") for element in elements for mark in element.iter(*COMMENT_MARKS)})
    for element in elements:
        take_out(element)
    outcome = merge.withheld_outcome("withheld", units[0])
    accepted = tuple(block.last._replace(texts=unit.texts) for unit in units)
    keys = (block.key,) if typed_in else ()
    return Result((outcome,), accepted=accepted, changed=True, held_back=keys, held=held)


def _is_whole(element: Element, paper: Paper) -> bool:
    """Is nothing in an element but words and comments, and does all that begins in it end there, but for our marks?"""
    names = {mark.get(ID): mark.get(NAME, "") for mark in paper.body.iter(qn("w:bookmarkStart"))}
    for kind in ("bookmark", "commentRange", "moveFromRange", "moveToRange"):
        starts, ends = ({mark.get(ID) for mark in element.iter(qn(f"w:{kind}{at}"))} for at in ("Start", "End"))
        if any(not names.get(number, "").startswith(MARK_PREFIX) for number in starts ^ ends):
            return False
    fields = Counter(field.get(qn("w:fldCharType")) for field in element.iter(qn("w:fldChar")))
    section = next(element.iter(qn("w:sectPr")), None)
    return (
        {each.tag for each in contents(element)} <= {*COMMENT_MARKS}
        and section is None
        and fields["begin"] == fields["end"]
    )


def take_out(element: Element) -> None:
    """Removes a paragraph or row, and a table with its last row; a cell or control that would be left empty keeps an
    empty paragraph.
    """
    parent = element.getparent()
    if parent is None:
        return
    if element.tag == PARAGRAPH and sum(child.tag == PARAGRAPH for child in parent) == 1 and parent.tag != qn("w:body"):
        for child in [child for child in element if child.tag != qn("w:pPr")]:
            element.remove(child)
        return
    parent.remove(element)
    if parent.tag == TABLE and next(rows(parent), None) is None:
        take_out(parent)


def _leave_rows(merge: Merge, table: Element, found: Sequence[Block]) -> Result:
    """Rows of a table that have other cells: left as they are, with one comment that has them as they would be."""
    done = together(_leave_row(merge, block) for block in found)
    keys = {difference.key for difference, _ in done.differences}
    parting = [block for block in found if block.key in keys]
    if all(block.is_told for block in parting):
        return done
    first = next(table.iter(PARAGRAPH))
    return together([done, Result(changed=merge.comments.add(first, first, merge.rows_in_words(parting)))])


def _leave_row(merge: Merge, block: Block) -> Result:
    old, new, words = block.lines
    if normalised(old) == normalised(new):
        return Result((merge.outcome(block, "kept", reason="columns"),))
    if merge.is_kept(block):
        return Result((merge.outcome(block, "kept", reason="on record"),), left=merge.left(block))
    if block.new and took(old, words, new):
        return Result((merge.outcome(block, "kept", reason="columns"),))
    outcome = merge.outcome(block, "conflict", reason="columns")
    return Result((outcome,), ((merge.difference(block, "columns"), block.there[0]),), merge.left(block))

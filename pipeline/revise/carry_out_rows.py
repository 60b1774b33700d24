"""Decisions carried out on table rows: cell by cell, where the columns still agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.baseline import Offer, Written
from pipeline.revise.carry_out import accepted, carry_out, comment, let_go, take_out, written
from pipeline.revise.decide import Action, Decision, Reason, decide
from pipeline.revise.edit_runs import is_pending
from pipeline.revise.match_units import Unit
from pipeline.revise.merge import Merge, Result, line, together, told
from pipeline.revise.outcome import Outcome, notice_of_columns
from pipeline.revise.wordwise import normalised, took
from pipeline.word.xml import PARAGRAPH, Element, blocks, cells, paragraphs
from pipeline.word.xml import rows as rows_of

_ORDER: Sequence[Action] = ("conflict", "offered", "updated", "kept", "unchanged")
"""What is said of a cell of several paragraphs: the first that is true of one of them."""
_SAME_PLACE = Decision("conflict", reason="same place")


def revise_rows(merge: Merge) -> Result:
    """Every row that the last draft had: brought up to date cell by cell, kept, or let go."""
    differing = _tables_with_other_columns(merge)
    left_alone: dict[Element, list[str]] = {table: [] for table in differing}
    done = []
    for old in merge.base.values():
        if old.key not in merge.officer.rows:
            continue
        unit, new = merge.officer.unit(old.key), merge.new.get(old.key)
        is_own = unit is not None and unit.table in left_alone and not (new is None and merge.hidden.has(old.key))
        if unit is None:
            done.append(merge.missing(old))
        elif is_own and unit.table is not None:
            left_alone[unit.table].append(old.key)
        else:
            done.append(_let_go(merge, old, unit) if new is None else _revise_row(merge, old, new, unit))
    return together([*done, *(_leave_table(merge, table, keys) for table, keys in left_alone.items())])


def _tables_with_other_columns(merge: Merge) -> list[Element]:
    """The officer's tables in which a row has another number of cells than it was written with, or would have now."""
    found: dict[Element, None] = {}
    for key in merge.officer.rows:
        unit = merge.officer.unit(key)
        versions = [block.texts for block in (merge.base.get(key), merge.new.get(key)) if block]
        if unit is not None and unit.table is not None and any(len(texts) != len(unit.texts) for texts in versions):
            found[unit.table] = None
    return list(found)


def _let_go(merge: Merge, old: Written, unit: Unit) -> Result:
    result = let_go(merge, old, [unit], unit.texts, pending=unit.pending)
    if unit.table is not None and next(rows_of(unit.table), None) is None:
        take_out(unit.table)
    return result


def _revise_row(merge: Merge, old: Written, new: Written, unit: Unit) -> Result:
    lines = line(old.texts), line(new.texts), line(unit.texts)
    if merge.is_kept(old.key, unit.texts):
        return merge.on_record(old, unit, lines)
    decided, of_cells = [], []
    for n, cell in enumerate(cells(unit.element)):
        base = merge.rests_on(old, n, unit.texts[n], pending=is_pending(cell))
        offer = old.offer if merge.is_told(old) else ""
        decision, changed = _revise_cell(merge, cell, (base, new.texts[n], unit.texts[n]), offer)
        inside = list(paragraphs(cell))
        said = comment(merge, old, (inside[0], inside[-1]), (told(old, n), new.texts[n]), decision)
        of_cells.append(Result(accepted=accepted(old, n, base), changed=changed or said))
        decided.append((base, decision))
    decisions = [decision for _, decision in decided]
    reason = next((decision.reason for decision in decisions if decision.action == "conflict"), None)
    of_row = Result(
        tuple(_outcomes(merge, old, new, unit, decisions)),
        () if reason is None else ((merge.difference(old, unit.texts, reason), unit),),
        {} if all(decision.taken for decision in decisions) else merge.left(old, written(old, new, decided)),
    )
    return together([of_row, *of_cells])


def _outcomes(merge: Merge, old: Written, new: Written, unit: Unit, decisions: Sequence[Decision]) -> Iterator[Outcome]:
    """An outcome for each cell in which something happened; one for the row where nothing did in any."""
    for decision, *texts in zip(decisions, old.texts, new.texts, unit.texts, strict=True):
        if decision.action not in ("unchanged", "kept"):
            yield merge.outcome(old.key, decision.action, unit, texts=texts, reason=decision.reason)
    actions = {decision.action for decision in decisions}
    if actions <= {"unchanged", "kept"}:
        lines = line(old.texts), line(new.texts), line(unit.texts)
        yield merge.outcome(old.key, "kept" if "kept" in actions else "unchanged", unit, texts=lines)


def _revise_cell(merge: Merge, cell: Element, texts: tuple[str, str, str], offer: Offer) -> tuple[Decision, bool]:
    """What was done in a cell, and whether anything was changed; `texts` are old, new and the officer's."""
    (old, new, officer), pending = texts, is_pending(cell)
    inside = list(blocks(cell))
    decision = decide(old, officer, new, pending=pending, offer=offer)
    if len(inside) == 1 and inside[0].tag == PARAGRAPH:
        done = carry_out(merge, inside[0], decision)
        return done, done.changes
    lines = old.split("\n"), officer.split("\n"), new.split("\n")
    if not decision.changes:
        return decision, False
    if {len(part) for part in lines} != {len(inside)} or any(block.tag != PARAGRAPH for block in inside):
        return _SAME_PLACE, False
    return _byline(merge, list(zip(inside, *lines, strict=True)))


def _byline(merge: Merge, lines: Sequence[tuple[Element, str, str, str]]) -> tuple[Decision, bool]:
    """A cell of several paragraphs, paragraph by paragraph. The first conflict is the cell's."""
    wanted = [(paragraph, decide(old, officer, new)) for paragraph, old, officer, new in lines]
    if any(decision.action == "conflict" for _, decision in wanted):
        return _SAME_PLACE, False
    done = [carry_out(merge, paragraph, decision) for paragraph, decision in wanted]
    said = min(done, key=lambda decision: _ORDER.index(decision.action))
    return said, any(decision.changes for decision in done)


def _leave_table(merge: Merge, table: Element, keys: Sequence[str]) -> Result:
    """A table whose columns differ: left as it is, with one comment that has the rows as they would be."""
    rows = [(merge.base[key], merge.new.get(key), merge.officer.units_of(key)[0]) for key in keys]
    done = together(_leave_row(merge, old, new, unit) for old, new, unit in rows)
    parting = {difference.key for difference, _ in done.differences}
    if all(merge.is_told(old) for old, _, _ in rows if old.key in parting):
        return done
    now = [new for old, new, _ in rows if new and old.key in parting]
    sources = list(dict.fromkeys(source for new in now for source in new.sources))
    first = next(table.iter(PARAGRAPH))
    words = notice_of_columns([merge.plain(line(new.texts)) for new in now], sources)
    return together([done, Result(changed=merge.comments.add(first, first, words))])


def _leave_row(merge: Merge, old: Written, new: Written | None, unit: Unit) -> Result:
    texts = (line(old.texts), line(new.texts) if new else "", line(unit.texts))
    same = normalised(texts[0]) == normalised(texts[1])
    kept = not same and merge.is_kept(old.key, unit.texts)
    parts = not (same or kept or (new and took(texts[0], texts[2], texts[1])))
    reason: Reason = "on record" if kept else "columns"
    return Result(
        (merge.outcome(old.key, "conflict" if parts else "kept", unit, texts=texts, reason=reason),),
        ((merge.difference(old, unit.texts, "columns"), unit),) if parts else (),
        merge.left(old) if kept or parts else {},
    )

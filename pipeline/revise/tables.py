"""Decisions carried out on table rows: cell by cell, where the columns still agree."""

from __future__ import annotations

from collections import defaultdict

from pipeline.baseline import Offer, Written
from pipeline.revise.atoms import is_pending
from pipeline.revise.decide import Action, Decision, Reason, decide
from pipeline.revise.draft import Draft, line, told
from pipeline.revise.outcome import notice_of_columns
from pipeline.revise.paragraphs import carry_out, let_go, take_out, written
from pipeline.revise.runs import plain
from pipeline.revise.units import Unit
from pipeline.revise.wordwise import normalised, took
from pipeline.word.xml import PARAGRAPH, Element, blocks, cells, paragraphs
from pipeline.word.xml import rows as rows_of


def revise_rows(draft: Draft) -> None:
    """Every row that the last draft had: brought up to date cell by cell, kept, or let go."""
    differing = _tables_with_other_columns(draft)
    for old in draft.base.values():
        if old.key not in draft.officer.rows:
            continue
        unit, new = draft.officer.unit(old.key), draft.new.get(old.key)
        if unit is None:
            draft.miss(old)
        elif new is None and (unit.table not in differing or draft.hidden.has(old.key)):
            _let_go(draft, old, unit)
        elif unit.table in differing:
            differing[unit.table].append(old.key)
        elif new is not None:
            _revise_row(draft, old, new, unit)
    for table, keys in differing.items():
        _leave_table(draft, table, keys)


def _tables_with_other_columns(draft: Draft) -> dict[Element, list[str]]:
    """The officer's tables in which a row has another number of cells than it was written with, or would have now."""
    found: dict[Element, list[str]] = defaultdict(list)
    for key in draft.officer.rows:
        unit = draft.officer.unit(key)
        written = [block.texts for block in (draft.base.get(key), draft.new.get(key)) if block]
        if unit is not None and unit.table is not None and any(len(t) != len(unit.texts) for t in written):
            found.setdefault(unit.table, [])
    return dict(found)


def _let_go(draft: Draft, old: Written, unit: Unit) -> None:
    let_go(draft, old, [unit], unit.texts, pending=unit.pending)
    if unit.table is not None and next(rows_of(unit.table), None) is None:
        take_out(unit.table)


def _revise_row(draft: Draft, old: Written, new: Written, unit: Unit) -> None:
    lines = line(old.texts), line(new.texts), line(unit.texts)
    if draft.stands_on_record(old, unit, unit.texts, lines):
        return
    offer = old.offer if draft.is_told(old) else ""
    decided: list[tuple[str, Decision]] = []
    for n, cell in enumerate(cells(unit.element)):
        base = draft.rests_on(old, n, unit.texts[n], pending=is_pending(cell))
        decision = _revise_cell(draft, cell, (base, new.texts[n], unit.texts[n]), offer)
        decided.append((base, decision))
        if decision.action == "conflict" or old.told:
            inside = list(paragraphs(cell))
            draft.comment(old, (inside[0], inside[-1]), (told(old, n), new.texts[n]), decision.reason)
        if decision.action == "conflict":
            draft.differ(old, unit, unit.texts, decision.reason)
        if decision.action not in ("unchanged", "kept"):
            texts = old.texts[n], new.texts[n], unit.texts[n]
            draft.say(old.key, decision.action, unit, texts=texts, reason=decision.reason)
    actions = {decision.action for _, decision in decided}
    if actions <= {"unchanged", "kept"}:
        action: Action = "kept" if "kept" in actions else "unchanged"
        draft.say(old.key, action, unit, texts=lines)
    if not all(decision.taken for _, decision in decided):
        draft.leave(old, written(old, new, decided))


def _revise_cell(draft: Draft, cell: Element, texts: tuple[str, str, str], offer: Offer) -> Decision:
    (old, new, officer), pending = texts, is_pending(cell)
    inside = list(blocks(cell))
    decision = decide(old, officer, new, pending=pending, offer=offer)
    if len(inside) == 1 and inside[0].tag == PARAGRAPH:
        return carry_out(draft, inside[0], decision)
    lines = old.split("\n"), officer.split("\n"), new.split("\n")
    if decision.action not in ("updated", "offered"):
        return decision
    if {len(part) for part in lines} != {len(inside)} or any(block.tag != PARAGRAPH for block in inside):
        return Decision("conflict", reason="same place")
    return _byline(draft, list(zip(inside, *lines, strict=True)))


def _byline(draft: Draft, lines: list[tuple[Element, str, str, str]]) -> Decision:
    """A cell of several paragraphs, paragraph by paragraph. The first conflict is the cell's."""
    wanted = [(paragraph, decide(old, officer, new)) for paragraph, old, officer, new in lines]
    if any(decision.action == "conflict" for _, decision in wanted):
        return Decision("conflict", reason="same place")
    done = [carry_out(draft, paragraph, decision) for paragraph, decision in wanted]
    order: list[Action] = ["conflict", "offered", "updated", "kept", "unchanged"]
    return min(done, key=lambda decision: order.index(decision.action))


def _leave_table(draft: Draft, table: Element, keys: list[str]) -> None:
    """A table whose columns differ: left as it is, with one comment that has the rows as they would be."""
    changed, news = [], False
    for key in keys:
        old, new, unit = draft.base[key], draft.new.get(key), draft.officer.unit(key)
        assert unit is not None  # noqa: S101
        texts = (line(old.texts), line(new.texts) if new else "", line(unit.texts))
        same = normalised(texts[0]) == normalised(texts[1])
        kept = not same and draft.is_kept(key, unit.texts)
        open_still = not (same or kept or (new and took(texts[0], texts[2], texts[1])))
        if kept or open_still:
            draft.leave(old)
        if open_still:
            changed.append(key)
            news |= not draft.is_told(old)
            draft.differ(old, unit, unit.texts, "columns")
        reason: Reason = "on record" if kept else "columns"
        draft.say(key, "conflict" if open_still else "kept", unit, texts=texts, reason=reason)
    if news:
        rows = [plain(line(new.texts), draft.shown) for key in changed if (new := draft.new.get(key))]
        sources = [s for key in changed if (new := draft.new.get(key)) for s in new.sources]
        first = next(table.iter(PARAGRAPH))
        draft.changed |= draft.comments.add(first, first, notice_of_columns(rows, list(dict.fromkeys(sources))))

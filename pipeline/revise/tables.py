"""Decisions carried out on table rows: cell by cell, where the columns still agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.baseline import Written
from pipeline.revise.atoms import is_pending
from pipeline.revise.decide import Action, Decision, decide
from pipeline.revise.draft import Draft
from pipeline.revise.outcome import notice_of_columns
from pipeline.revise.paragraphs import carry_out, is_removable, take_out
from pipeline.revise.runs import plain
from pipeline.revise.units import Unit
from pipeline.revise.wordwise import normalised
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
            if new is not None:
                draft.say(old.key, "gone", texts=(_line(old.texts), _line(new.texts), ""))
        elif unit.table in differing:
            differing[unit.table].append(old.key)
        elif new is None:
            _let_go(draft, old, unit)
        else:
            _revise_row(draft, old, new, unit)
    for table, keys in differing.items():
        _leave_table(draft, table, keys)


def _line(texts: tuple[str, ...]) -> str:
    return " | ".join(texts)


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
    edited = normalised(_line(unit.texts)) != normalised(_line(old.texts))
    texts = (_line(old.texts), "", _line(unit.texts))
    if edited or unit.pending or not is_removable(draft, unit.element):
        draft.comment(old.key, (unit.first, unit.first), "", "no longer")
        draft.say(old.key, "conflict", unit, texts=texts, reason="no longer")
        return
    take_out(unit.element)
    if unit.table is not None and next(rows_of(unit.table), None) is None:
        take_out(unit.table)
    draft.changed = True
    draft.say(old.key, "removed", unit, texts=texts)


def _revise_row(draft: Draft, old: Written, new: Written, unit: Unit) -> None:
    actions: set[Action] = set()
    for n, cell in enumerate(cells(unit.element)):
        texts = old.texts[n], new.texts[n], unit.texts[n]
        decision = _revise_cell(draft, cell, *texts)
        actions.add(decision.action)
        if decision.action == "conflict":
            inside = list(paragraphs(cell))
            draft.comment(old.key, (inside[0], inside[-1]), new.texts[n], decision.reason, old=old.texts[n])
        if decision.action not in ("unchanged", "kept"):
            draft.say(old.key, decision.action, unit, texts=texts, reason=decision.reason)
    if actions <= {"unchanged", "kept"}:
        action: Action = "kept" if "kept" in actions else "unchanged"
        draft.say(old.key, action, unit, texts=(_line(old.texts), _line(new.texts), _line(unit.texts)))


def _revise_cell(draft: Draft, cell: Element, old: str, new: str, officer: str) -> Decision:
    pending = is_pending(cell)
    inside = list(blocks(cell))
    if len(inside) == 1 and inside[0].tag == PARAGRAPH:
        return carry_out(draft, inside[0], decide(old, officer, new, pending=pending))
    lines = old.split("\n"), officer.split("\n"), new.split("\n")
    decision = decide(old, officer, new, pending=pending)
    if decision.action not in ("updated", "offered"):
        return decision
    if {len(part) for part in lines} != {len(inside)} or any(block.tag != PARAGRAPH for block in inside):
        return Decision("conflict", reason="same place")
    return _by_line(draft, list(zip(inside, *lines, strict=True)))


def _by_line(draft: Draft, lines: list[tuple[Element, str, str, str]]) -> Decision:
    """A cell of several paragraphs, paragraph by paragraph. The first conflict is the cell's."""
    wanted = [(paragraph, decide(old, officer, new)) for paragraph, old, officer, new in lines]
    if any(decision.action == "conflict" for _, decision in wanted):
        return Decision("conflict", reason="same place")
    done = [carry_out(draft, paragraph, decision) for paragraph, decision in wanted]
    order: list[Action] = ["conflict", "offered", "updated", "kept", "unchanged"]
    return min(done, key=lambda decision: order.index(decision.action))


def _leave_table(draft: Draft, table: Element, keys: list[str]) -> None:
    """A table whose columns differ: left as it is, with one comment that has the rows as they would be."""
    changed = list(_changed(draft, keys))
    for key in keys:
        old, new, unit = draft.base[key], draft.new.get(key), draft.officer.unit(key)
        texts = (_line(old.texts), _line(new.texts) if new else "", _line(unit.texts) if unit else "")
        draft.say(key, "conflict" if key in changed else "kept", unit, texts=texts, reason="columns")
    if changed:
        rows = [plain(_line(new.texts), draft.shown) for key in changed if (new := draft.new.get(key))]
        sources = [s for key in changed if (new := draft.new.get(key)) for s in new.sources]
        first = next(table.iter(PARAGRAPH))
        draft.comments.add(first, first, notice_of_columns(rows, list(dict.fromkeys(sources))))
        draft.changed = True


def _changed(draft: Draft, keys: list[str]) -> Iterator[str]:
    for key in keys:
        old, new = draft.base[key], draft.new.get(key)
        if new is None or normalised(_line(old.texts)) != normalised(_line(new.texts)):
            yield key

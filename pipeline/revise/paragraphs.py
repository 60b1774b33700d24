"""Decisions carried out on paragraphs: changed in place, offered, commented on, or taken out."""

from __future__ import annotations

from pipeline.baseline import Written
from pipeline.revise.content import holds_content, links
from pipeline.revise.decide import Decision, Reason, decide, decide_gone
from pipeline.revise.draft import Draft
from pipeline.revise.rewrite import CannotEditError, rewrite
from pipeline.revise.units import Unit
from pipeline.word.xml import PARAGRAPH, Element, qn


def carry_out(draft: Draft, paragraph: Element, decision: Decision) -> Decision:
    """Makes the decision's edits; what cannot be edited safely becomes a conflict. Returns what was done."""
    if decision.action not in ("updated", "offered"):
        return decision
    tracked = draft.revisions if decision.action == "offered" else None
    try:
        rewrite(paragraph, decision.edits, draft.shown, tracked)
    except CannotEditError:
        return Decision("conflict", reason="same place")
    draft.changed = True
    return decision


def revise_paragraph(draft: Draft, old: Written, new: Written | None) -> None:
    """One paragraph block that the last draft had: brought up to date, kept, or let go."""
    units = draft.officer.matching.units.get(old.key, [])
    joined = draft.officer.matching.joined.get(old.key)
    if not units and joined is None:
        if new is not None:
            draft.say(old.key, "gone", texts=(old.texts[0], new.texts[0], ""))
        return
    units = units or ([joined] if joined else [])
    text = " ".join(unit.texts[0] for unit in units)
    reason: Reason = "joined" if joined else "split" if len(units) > 1 else ""
    pending = any(unit.pending for unit in units)
    if new is None:
        _let_go(draft, old, units, pending=pending or bool(reason))
        return
    decision = decide(old.texts[0], text, new.texts[0], pending=pending, reason=reason)
    decision = carry_out(draft, units[0].element, decision)
    if decision.action == "conflict":
        around = units[0].element, units[-1].element
        draft.comment(old.key, around, new.texts[0], decision.reason, old=old.texts[0])
    draft.say(old.key, decision.action, units[0], texts=(old.texts[0], new.texts[0], text), reason=decision.reason)


def _let_go(draft: Draft, old: Written, units: list[Unit], *, pending: bool) -> None:
    text = " ".join(unit.texts[0] for unit in units)
    decision = decide_gone(old.texts[0], text, pending=pending or not is_removable(draft, units[0].element))
    if decision.action == "removed":
        take_out(units[0].element)
        draft.changed = True
        draft.say(old.key, decision.action, units[0], texts=(old.texts[0], "", text))
        return
    successor = draft.successors.get(old.key, "")
    now = draft.new[successor].texts[0] if successor else ""
    draft.comment(successor or old.key, (units[0].element, units[-1].element), now, decision.reason)
    draft.say(old.key, decision.action, units[0], texts=(old.texts[0], now, text), reason=decision.reason)


def is_removable(draft: Draft, element: Element) -> bool:
    """Whether nothing of an officer's (a comment, a picture, a link) or of the layout (a section) would go with it."""
    own = links(element, draft.officer.paper.addresses()) - set(draft.fresh.paper.addresses().values())
    return not own and not holds_content(element) and next(element.iter(qn("w:sectPr")), None) is None


def take_out(element: Element) -> None:
    """Removes a paragraph or row; a cell or control that would be left empty keeps an empty paragraph."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tag == PARAGRAPH and sum(child.tag == PARAGRAPH for child in parent) == 1 and parent.tag != qn("w:body"):
        for child in [child for child in element if child.tag != qn("w:pPr")]:
            element.remove(child)
        return
    parent.remove(element)

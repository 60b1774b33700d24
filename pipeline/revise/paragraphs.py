"""Decisions carried out on paragraphs: changed in place, offered, commented on, or taken out."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.baseline import Written
from pipeline.revise.content import holds_content, links
from pipeline.revise.decide import Decision, Reason, decide, decide_gone
from pipeline.revise.draft import Draft, told
from pipeline.revise.outcome import as_compared
from pipeline.revise.rewrite import CannotEditError, rewrite
from pipeline.revise.units import Unit
from pipeline.revise.wordwise import normalised
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
        draft.miss(old)
        return
    units = units or ([joined] if joined else [])
    text = " ".join(unit.texts[0] for unit in units)
    reason: Reason = "joined" if joined else "split" if len(units) > 1 else ""
    pending = any(unit.pending for unit in units)
    if new is None:
        _let_go(draft, old, units, pending=pending or bool(reason))
    elif draft.is_kept(old.key, (text,)):
        draft.leave(old)
        draft.say(old.key, "kept", units[0], texts=(old.texts[0], new.texts[0], text), reason="on record")
    else:
        decision = _decided(draft, old, new, units, reason)
        draft.say(old.key, decision.action, units[0], texts=(old.texts[0], new.texts[0], text), reason=decision.reason)


def _decided(draft: Draft, old: Written, new: Written, units: list[Unit], reason: Reason) -> Decision:
    text, pending = " ".join(unit.texts[0] for unit in units), any(unit.pending for unit in units)
    base = draft.rests_on(old, 0, text, pending=pending)
    offer = old.offer if draft.is_told(old) else ""
    decision = decide(base, text, new.texts[0], pending=pending, reason=reason, offer=offer)
    decision = carry_out(draft, units[0].element, decision)
    if decision.action == "conflict" or old.told:
        around = units[0].element, units[-1].element
        draft.comment(old, around, (told(old, 0), new.texts[0]), decision.reason)
    if decision.action == "conflict":
        draft.differ(old, units[0], (text,), decision.reason)
    if not decision.taken:
        draft.leave(old, written(old, new, [(base, decision)]))
    return decision


def written(old: Written, new: Written, decided: Sequence[tuple[str, Decision]]) -> Written:
    """What the baseline says of a block that did not take every text: what each rests on, and what it was told."""
    actions, reasons = ({getattr(each, name) for _, each in decided} for name in ("action", "reason"))
    again = as_compared(old.told) == as_compared(new.texts)
    return new._replace(
        texts=tuple(now if each.taken else base for now, (base, each) in zip(new.texts, decided, strict=True)),
        # While an offer waits, it may still be accepted, whatever the facts give by now.
        told=tuple(
            told(old, n) if each.waits and normalised(base) == normalised(new.texts[n]) else new.texts[n]
            for n, (base, each) in enumerate(decided)
        ),
        offer="made" if "offered" in actions else "refused" if "refused" in reasons else old.offer if again else "",
    )


def _let_go(draft: Draft, old: Written, units: list[Unit], *, pending: bool) -> None:
    text = " ".join(unit.texts[0] for unit in units)
    decision = decide_gone(old.texts[0], text, pending=pending or not is_removable(draft, units[0].element))
    around = units[0].element, units[-1].element
    if draft.hidden.has(old.key):
        let_go_withheld(draft, old, units[0], around, untouched=decision.action == "removed")
        return
    if decision.action == "removed":
        take_out(units[0].element)
        draft.changed = True
        draft.say(old.key, decision.action, units[0], texts=(old.texts[0], "", text))
        return
    draft.leave(old)
    if draft.is_kept(old.key, (text,)):
        draft.say(old.key, "kept", units[0], texts=(old.texts[0], "", text), reason="on record")
        return
    successor = draft.successors.get(old.key, "")
    now = draft.new[successor].texts[0] if successor else ""
    draft.comment(old, around, (told(old, 0), now), decision.reason, key=successor)
    draft.differ(old, units[0], (text,), decision.reason)
    draft.say(old.key, decision.action, units[0], texts=(old.texts[0], now, text), reason=decision.reason)


def let_go_withheld(
    draft: Draft, old: Written, unit: Unit, around: tuple[Element, Element], *, untouched: bool
) -> None:
    """A block whose record may not be public any more: out where nobody touched it, else an error until it is out."""
    if untouched:
        take_out(unit.element)
        draft.changed = True
        draft.say_withheld("withheld", unit)
        return
    draft.leave(old)
    draft.comment(old, around, (told(old, 0), ""), "withheld")
    draft.differ(old, unit, (), "withheld")
    draft.say_withheld("conflict", unit)


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

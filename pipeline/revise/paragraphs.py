"""Decisions carried out on paragraphs: changed in place, offered, commented on, or taken out."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.baseline import Written
from pipeline.revise.content import holds_content, links
from pipeline.revise.decide import Decision, Reason, decide, decide_gone
from pipeline.revise.draft import Draft, line, told
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
        let_go(draft, old, units, (text,), pending=pending or bool(reason))
        return
    texts = old.texts[0], new.texts[0], text
    if not draft.stands_on_record(old, units[0], (text,), texts):
        decision = _decided(draft, old, new, units, reason)
        draft.say(old.key, decision.action, units[0], texts=texts, reason=decision.reason)


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


def let_go(draft: Draft, old: Written, units: Sequence[Unit], words: tuple[str, ...], *, pending: bool) -> None:
    """A paragraph or row that the facts no longer call for: out where nobody touched it, else it stands until somebody
    settles it. Of one whose record may not be public any more nothing is told, and it cannot be kept.
    """
    first, around, texts = units[0], (units[0].first, units[-1].first), (line(old.texts), "", line(words))
    decision = decide_gone(texts[0], texts[2], pending=pending or not is_removable(draft, first.element))
    withheld = draft.hidden.has(old.key)
    if decision.action == "removed":
        take_out(first.element)
        draft.changed = True
        if withheld:
            draft.say_withheld("withheld", first)
        else:
            draft.say(old.key, "removed", first, texts=texts)
    elif withheld:
        draft.leave(old)
        draft.comment(old, around, (told(old, 0), ""), "withheld")
        draft.differ(old, first, (), "withheld")
        draft.say_withheld("conflict", first)
    elif not draft.stands_on_record(old, first, words, texts):
        draft.leave(old)
        successor = draft.successors.get(old.key, "")
        now = draft.new[successor].texts[0] if successor else ""
        draft.comment(old, around, (told(old, 0), now), decision.reason, key=successor)
        draft.differ(old, first, words, decision.reason)
        draft.say(old.key, "conflict", first, texts=(texts[0], now, texts[2]), reason=decision.reason)


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

"""Decisions carried out on paragraphs: changed in place, offered, commented on, or taken out."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.baseline import Written
from pipeline.revise.content import holds_content, links
from pipeline.revise.decide import Decision, Reason, decide, decide_gone
from pipeline.revise.edit_words import CannotEditError, rewrite
from pipeline.revise.match_units import Unit
from pipeline.revise.merge import Merge, Result, line, together, told
from pipeline.revise.outcome import as_compared
from pipeline.revise.paper import Paper
from pipeline.revise.wordwise import normalised
from pipeline.word.xml import PARAGRAPH, Element, qn


def carry_out(merge: Merge, paragraph: Element, decision: Decision) -> Decision:
    """Makes the decision's edits; what cannot be edited safely becomes a conflict. Returns what was done."""
    if not decision.changes:
        return decision
    tracked = merge.revisions if decision.action == "offered" else None
    try:
        rewrite(paragraph, decision.edits, merge.shown, tracked)
    except CannotEditError:
        return Decision("conflict", reason="same place")
    return decision


def revise_paragraph(merge: Merge, old: Written) -> Result:
    """One paragraph block that the last draft had: brought up to date, kept, or let go."""
    joined = merge.officer.matching.joined.get(old.key)
    units = merge.officer.units_of(old.key) or ([joined] if joined else [])
    if not units:
        return merge.missing(old)
    text = " ".join(unit.texts[0] for unit in units)
    reason: Reason = "joined" if joined else "split" if len(units) > 1 else ""
    pending = any(unit.pending for unit in units)
    new = merge.new.get(old.key)
    if new is None:
        return let_go(merge, old, units, (text,), pending=pending or bool(reason))
    texts = old.texts[0], new.texts[0], text
    if merge.is_kept(old.key, (text,)):
        return merge.on_record(old, units[0], texts)
    base = merge.rests_on(old, 0, text, pending=pending)
    offer = old.offer if merge.is_told(old) else ""
    decision = decide(base, text, new.texts[0], pending=pending, reason=reason, offer=offer)
    decision = carry_out(merge, units[0].element, decision)
    around = units[0].element, units[-1].element
    commented = comment(merge, old, around, (told(old, 0), new.texts[0]), decision)
    return Result(
        (merge.outcome(old.key, decision.action, units[0], texts=texts, reason=decision.reason),),
        ((merge.difference(old, (text,), decision.reason), units[0]),) if decision.action == "conflict" else (),
        {} if decision.taken else merge.left(old, written(old, new, [(base, decision)])),
        accepted(old, 0, base),
        changed=decision.changes or commented,
    )


def comment(
    merge: Merge, old: Written, around: tuple[Element, Element], text: tuple[str, str], decision: Decision
) -> bool:
    """A comment on a text that is in conflict with the facts now, or was (see `Merge.comment`)."""
    is_open = decision.action == "conflict" or bool(old.told)
    return is_open and merge.comment(old, around, text, decision.reason)


def accepted(old: Written, n: int, base: str) -> tuple[Written, ...]:
    """What a text of a block had been told and rests on by now."""
    return () if base == old.texts[n] else (old._replace(texts=(base,)),)


def written(old: Written, new: Written, decided: Sequence[tuple[str, Decision]]) -> Written:
    """What the baseline says of a block that did not take every text: what each rests on, and what it was told."""
    actions, reasons = ({getattr(decision, name) for _, decision in decided} for name in ("action", "reason"))
    again = as_compared(old.told) == as_compared(new.texts)
    return new._replace(
        texts=tuple(now if decision.taken else base for now, (base, decision) in zip(new.texts, decided, strict=True)),
        # While an offer waits, it may still be accepted, whatever the facts give by now.
        told=tuple(
            told(old, n) if decision.waits and normalised(base) == normalised(new.texts[n]) else new.texts[n]
            for n, (base, decision) in enumerate(decided)
        ),
        offer="made" if "offered" in actions else "refused" if "refused" in reasons else old.offer if again else "",
    )


def let_go(merge: Merge, old: Written, units: Sequence[Unit], words: tuple[str, ...], *, pending: bool) -> Result:
    """A paragraph or row that the facts no longer call for: out where nobody touched it, else it stands until somebody
    settles it. Of one whose record may not be public any more nothing is told, and it cannot be kept.
    """
    first, around, texts = units[0], (units[0].first, units[-1].first), (line(old.texts), "", line(words))
    removable = is_removable(first.element, merge.officer.paper, merge.fresh.paper)
    decision = decide_gone(texts[0], texts[2], pending=pending or not removable)
    withheld = merge.hidden.has(old.key)
    if decision.action == "removed":
        take_out(first.element)
        said = (
            merge.withheld_outcome("withheld", first)
            if withheld
            else merge.outcome(old.key, "removed", first, texts=texts)
        )
        return Result((said,), changed=True)
    if withheld:
        commented = merge.comment(old, around, (told(old, 0), ""), "withheld")
        return together([merge.withheld(old, first), Result(changed=commented)])
    if merge.is_kept(old.key, words):
        return merge.on_record(old, first, texts)
    successor = merge.successors.get(old.key, "")
    now = merge.new[successor].texts[0] if successor else ""
    return Result(
        (merge.outcome(old.key, "conflict", first, texts=(texts[0], now, texts[2]), reason=decision.reason),),
        ((merge.difference(old, words, decision.reason), first),),
        merge.left(old),
        changed=merge.comment(old, around, (told(old, 0), now), decision.reason, key=successor),
    )


def is_removable(element: Element, officer: Paper, fresh: Paper) -> bool:
    """Whether nothing of an officer's (a comment, a picture, a link) or of the layout (a section) would go with it."""
    own = links(element, officer.addresses()) - set(fresh.addresses().values())
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

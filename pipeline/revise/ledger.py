"""The ledger: what each block last took, what was offered against it, what a person settled. No Word, no files here.

Nothing in it says that a difference is open: that is worked out at every read, from what stands in the paper, what the
facts give, and the ledger. So losing a part of it can only open a difference, never close one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pipeline.baseline import Baseline, Offer, Written
from pipeline.revise.decide import Decision, Reason, decide
from pipeline.revise.wordwise import applied, as_compared, normalised, three_way, took, values
from pipeline.store import Act, sha256_of

Texts = tuple[str, ...]
"""What a block says: a paragraph's text, or one for each cell of a row; none where it is not there."""
Pair = tuple[str, str]
"""The hashes of what the facts give, and of the words that stand against it."""


def hash_of(texts: Iterable[str]) -> str:
    """The hash by which texts of a block are known, however they were typed; blank of none."""
    told = "\x1f".join(map(normalised, texts))
    return sha256_of(told.encode(errors="surrogatepass")) if told else ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What people settled, looked up by the texts and not by what a block is called: `pairs` of facts and the words
    that stand against them, and what is to stand `instead` of words in the draft at hand.
    """

    pairs: frozenset[Pair] = frozenset()
    instead: Mapping[Pair, Texts] = field(default_factory=dict)

    def keeps(self, facts: Texts, words: Texts) -> bool:
        """Do these words stand against these facts, on record?"""
        return bool(self.pairs) and (hash_of(facts), hash_of(words)) in self.pairs

    def keeps_against_others(self, facts: Texts, words: Texts) -> bool:
        """Do these words stand against other facts on record, and not against these?"""
        known = bool(self.pairs) and hash_of(words) in {there for _, there in self.pairs}
        return known and not self.keeps(facts, words)

    def chosen(self, facts: Texts, words: Texts) -> Texts | None:
        """What a person put in place of these words; None: nothing was said of them."""
        return self.instead.get((hash_of(facts), hash_of(words))) if self.instead else None


def settled_by(acts: Iterable[Act], draft_sha256: str = "") -> Settled:
    """What was settled by these acts. Words that a person kept, or wrote, stand whatever the block is called by now;
    what a person gave up is replaced only in the very file that they saw, whose hash is given.
    """
    pairs, instead = set[Pair](), dict[Pair, Texts]()
    for act in acts:
        facts, words = act.facts_sha256 or hash_of(act.facts), act.words_sha256 or hash_of(act.words)
        if act.what in ("keep", "both"):
            pairs.add((facts, words if act.what == "keep" else act.text_sha256))
        if act.what in ("take", "both") and act.draft_sha256 == draft_sha256:
            instead[facts, words] = act.facts if act.what == "take" else act.text
    return Settled(frozenset(pairs), instead)


_SHORT = 16
"""Hex digits of a hash of what was printed: enough to tell the few texts of one paper apart."""


def print_of(text: str) -> str:
    """The hash by which a text, or a value in it, is known that was printed once."""
    return hash_of([text])[:_SHORT]


def rests_on(block: Written, n: int, words: str, *, pending: bool) -> str:
    """The fact that a text of a block rests on: what it last took; what it was told since, where it says that by now;
    blank where it was typed anew while that difference was open: over the one or over the other, nobody knows.

    Typing the words back that it took, or that stood there, changes nothing.
    """
    base = block.texts[n]
    if pending or not block.told:
        return base
    told, stood = block.told[n], block.stood[n] if block.stood else ""
    if normalised(words) == normalised(told) or (normalised(told) != normalised(base) and took(base, words, told)):
        return told
    return "" if stood and normalised(words) not in as_compared((stood, base)) else base


def judged(
    last: Written, n: int, texts: tuple[str, str], *, pending: bool = False, reason: Reason = "", against: bool = False
) -> tuple[str, Decision]:
    """What a text of a block rests on, and the decision for it; `texts` are what the officer made of it and what the
    facts give now. `pending` and `reason` as for `decide`; `against`: a person kept the words against other facts.
    """
    words, now = texts
    rests = "" if against else rests_on(last, n, words, pending=pending)
    base = rests or (last.texts[n] if against or reason else "")
    offer: Offer = last.offer if last.told and normalised(last.told[n]) == normalised(now) else ""
    decision = decide(base, words, now, pending=pending, reason=reason, offer=offer)
    if decision.changes or not decision.taken or normalised(words) == normalised(now):
        return base, decision
    if against and not (values(now) and values(now) <= values(words)):
        return base, Decision("conflict", reason="same place")
    return base, Decision("conflict", reason="earlier") if says_what_was(words, now, last.was) else decision


def _parts(fact: str, decided: tuple[str, Decision]) -> bool:
    """Whether what an officer made of a text and the facts part after a decision, or wait to."""
    base, done = decided
    return done.action in ("conflict", "offered") or (done.waits and normalised(base) != normalised(fact))


def _offer_of(decisions: Sequence[Decision]) -> Offer:
    became = {each for done in decisions for each in (done.action, done.reason)}
    return "made" if "offered" in became else "refused" if "refused" in became else ""


def left(last: Written, new: Written | None, words: Texts, decided: Sequence[tuple[str, Decision]] = ()) -> Written:
    """What the next baseline says of a block that did not take all that the facts give: what each text rests on, what
    it was told, and what stood there when it was told that first. `decided` has for each text what it rests on, and
    what was done; without it nothing was.
    """
    now = new.texts if new else ("",) * len(last.texts)
    again = as_compared(last.told) == as_compared(now)
    texts, told, offer = last.texts, now, last.offer if again else ""
    stood = last.stood if again else ()
    stood = _stood(stood, words) if len(words) == len(texts) else stood
    if decided:
        before = last.told or last.texts
        texts = tuple(fact if done.taken else base for fact, (base, done) in zip(now, decided, strict=True))
        told = tuple(map(_told_of, before, now, decided))
        parts = map(_parts, now, decided)
        stood = tuple(text if parting else "" for text, parting in zip(stood, parts, strict=True))
        offer = _offer_of([done for _, done in decided]) or offer
    if as_compared(told) == as_compared(texts) and not any(stood):
        told, offer, stood = (), "", ()
    return (new or last)._replace(texts=texts, told=told, offer=offer, stood=stood, was=last.was)


def _stood(before: Texts, words: Texts) -> Texts:
    """What stood there when this was told first; what stands there, of what was not told."""
    return tuple(old or there for old, there in zip(before or ("",) * len(words), words, strict=True))


def _told_of(before: str, now: str, decided: tuple[str, Decision]) -> str:
    """What a text was told: while an offer waits, it may still be accepted, whatever the facts give by now."""
    base, done = decided
    return before if done.waits and normalised(base) == normalised(now) else now


def as_found(block: Written, words: Texts) -> Written:
    """A block of a paper that came without its own baseline: it rests on the very text that was printed once and stands
    there. Where something else was typed, and more than one text was printed, nobody knows on which it rests.
    """
    if not block.was or len(words) != len(block.texts):
        return block
    texts = tuple(
        there if normalised(there) == normalised(base) or print_of(there) in block.was else ""
        for there, base in zip(words, block.texts, strict=True)
    )
    return block._replace(texts=texts)


def is_as_offered(block: Written, words: Texts) -> bool:
    """Does a block say what it said when it was told last, with what was offered then, and nothing else?"""
    if len(words) != len(block.stood):
        return False
    expected = (
        applied(stood, three_way(base, stood, told) or ()) if stood else now
        for base, stood, told, now in zip(block.texts, block.stood, block.told, words, strict=True)
    )
    return as_compared(expected) == as_compared(words)


def says_what_was(words: str, facts: str, was: Collection[str]) -> bool:
    """Does a text say what an earlier draft said, and not what the facts give: the very text, or a figure or a name of
    it in place of one of theirs?
    """
    if not was or normalised(words) == normalised(facts):
        return False
    there, now = values(words), values(facts)
    return print_of(words) in was or (bool(now - there) and any(print_of(value) in was for value in there - now))


class Withholding(Protocol):
    """What is withheld: which blocks, by their keys, and which texts."""

    @property
    def says(self) -> Callable[[str], object]:
        """Is true of a text that says something of it."""

    def has(self, key: str) -> bool:
        """Is a block of this key about it?"""


def grown(baseline: Baseline, earlier: Baseline | None, hidden: Withholding) -> Baseline:
    """The baseline with what an earlier one knows of what was printed. It only grows, but for what is withheld by now:
    of that not even a hash is kept here, from which a name or a sum is guessed in moments.
    """
    if earlier is None:
        return baseline
    known = {block.key: block for block in earlier.blocks}
    now = {block.key: block for block in baseline.blocks}
    blocks = tuple(_grown(block, known.get(block.key), hidden.says) for block in baseline.blocks)
    gone = (block for key, block in known.items() if key not in now and not hidden.has(key))
    printed = {each for block in gone for each in (*block.was, *_prints(block.texts, (), hidden.says))}
    return replace(baseline, blocks=blocks, printed=tuple(sorted(printed.union(baseline.printed, earlier.printed))))


def _grown(block: Written, earlier: Written | None, secret: Callable[[str], object]) -> Written:
    if earlier is None or (not earlier.was and earlier.texts == block.texts and not earlier.told):
        return block
    now = as_compared((*block.texts, *block.told))
    was = {*block.was, *earlier.was, *_prints((*earlier.texts, *earlier.told), now, secret)}
    return block._replace(was=tuple(sorted(was)))


def _prints(texts: Iterable[str], now: Collection[str], secret: Callable[[str], object]) -> Iterator[str]:
    """The hashes of texts that are printed no longer, and of their values that those of now have not."""
    valid = frozenset[str]().union(*map(values, now))
    for text in texts:
        if text and normalised(text) not in now and not secret(text):
            yield print_of(text)
            yield from (print_of(value) for value in values(text) - valid)

"""The ledger: what each block last took, what was offered against it, what a person settled. No Word, no files here.

Nothing in it says that a difference is open: that is worked out at every read, from what stands in the paper, what the
facts give, and the ledger. So losing a part of it can only open a difference, never close one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.revise.wordwise import normalised
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

"""A merge: both papers open, their blocks side by side, and what became of a block as one value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from pipeline.baseline import Baseline, Written
from pipeline.blocks import sources_of
from pipeline.problems import Place
from pipeline.revise.decide import Action, Decision, Reason
from pipeline.revise.edit_comments import Comments
from pipeline.revise.edit_runs import plain
from pipeline.revise.edit_tracked import Revisions
from pipeline.revise.edit_transplant import Transplant
from pipeline.revise.ledger import Settled, left
from pipeline.revise.match_units import Block, Matched, Unit
from pipeline.revise.outcome import (
    NOTHING,
    Difference,
    Hidden,
    Outcome,
    behind,
    excerpts,
    notice,
    notice_of_columns,
    notices,
)
from pipeline.revise.paper import Held, Paper
from pipeline.revise.wordwise import line
from pipeline.word.xml import Element, qn


@dataclass(frozen=True, slots=True)
class Terms:
    """Who revises, and on what terms: `when` and `author` sign tracked changes and comments, `name` tells the officer's
    file in messages, `settled` is what people settled, on record, and `hidden` what is withheld.
    `earlier`: what earlier drafts said, the newest first, for a paper of 0.1.0.
    """

    when: datetime
    author: str
    name: str = "the edited draft"
    settled: Settled = field(default_factory=Settled)
    hidden: Hidden = NOTHING
    earlier: Collection[Baseline] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a block, or of several: what is told of it, and what the next draft's baseline says of it.

    `left`: of a block that did not take what the facts give now, by its key; None: nothing, so that it is new again
    next time. `accepted`: what blocks had been told and say by now, which is the generator's too. `placed`: the first
    and last paragraph of a block that was put in. `changed`: was anything in the officer's paper? `held_back`: the keys
    of blocks that are withheld and went although somebody had typed in them, `held` what went with them but words.
    `printed`: hashes of what repeats in an officer's own words what an earlier draft said.
    """

    outcomes: tuple[Outcome, ...] = ()
    differences: tuple[tuple[Difference, Unit], ...] = ()
    left: Mapping[str, Written | None] = field(default_factory=dict)
    accepted: tuple[Written, ...] = ()
    placed: Mapping[str, tuple[Element, Element]] = field(default_factory=dict)
    changed: bool = False
    held_back: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    printed: frozenset[str] = frozenset()


def together(results: Iterable[Result]) -> Result:
    """Several results as one; of a block's left state the later counts."""
    found = tuple(results)
    return Result(
        tuple(chain.from_iterable(result.outcomes for result in found)),
        tuple(chain.from_iterable(result.differences for result in found)),
        dict(chain.from_iterable(result.left.items() for result in found)),
        tuple(chain.from_iterable(result.accepted for result in found)),
        dict(chain.from_iterable(result.placed.items() for result in found)),
        any(result.changed for result in found),
        tuple(chain.from_iterable(result.held_back for result in found)),
        tuple(chain.from_iterable(result.held for result in found)),
        frozenset(chain.from_iterable(result.printed for result in found)),
    )


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge goes by: `theirs` is edited in place, `ours` only read. `shown`: what references show, by mark."""

    theirs: Paper
    ours: Paper
    blocks: Matched
    shown: Mapping[str, str]
    revisions: Revisions
    comments: Comments
    transplant: Transplant
    settled: Settled
    hidden: Hidden

    def plain(self, texts: Iterable[str]) -> str:
        """The texts of a block in one line, as a reader sees them: cross-references by what they show."""
        return plain(line(texts), self.shown)

    def rows_in_words(self, rows: Sequence[Block]) -> str:
        """The words of a comment on a table whose columns differ: how these rows would read now."""
        now = [row.new for row in rows if row.new]
        sources = dict.fromkeys(chain.from_iterable(new.sources for new in now))
        return notice_of_columns([self.plain(new.texts) for new in now], list(sources))

    def outcome(
        self, block: Block, action: Action, *, texts: Sequence[str] | None = None, reason: Reason = ""
    ) -> Outcome:
        """What became of a block; `texts` are old, new and the officer's, where they are not the whole block's. Of what
        is withheld nothing is quoted.
        """
        unit = block.unit or block.fresh
        old, new, officer = (self.hidden.quotable(plain(text, self.shown)) for text in texts or block.lines)
        facts = behind(block.new, block.old.texts) if block.new and block.old else ()
        of_texts = tuple(fact for fact in facts if fact.text and fact.text in texts[1]) if texts else ()
        sources = sources_of(of_texts or facts) if block.new and block.old else block.sources
        return Outcome(block.key, action, old, new, officer, sources, unit.heading if unit else "", reason)

    def withheld_outcome(self, action: Action, unit: Unit) -> Outcome:
        """What became of a block whose record is withheld: where it stands, and not a word of it."""
        reason: Reason = "withheld" if action == "conflict" else ""
        return Outcome("", action, place=self.hidden.quotable(unit.heading), reason=reason)

    def difference(self, block: Block, reason: Reason) -> Difference:
        """A block that differs from the facts until a person settles it."""
        words, facts = block.words, block.called_for
        if reason == "withheld" or self.hidden.holds(words):
            return Difference(block.key, "withheld")
        there, now = self.plain(words), self.plain(facts)
        shown = excerpts(now, there)[0], excerpts(there, now)[0]
        before, changed = (block.likely or block.last).texts, behind(block.new, words) if block.new else ()
        return Difference(block.key, reason, facts, words, changed, now=shown[0], there=shown[1], before=before)

    def is_kept(self, block: Block) -> bool:
        """Does a person keep the words that stand there against what the facts give now, on record? While tracked
        changes wait there, nobody has said what stands.
        """
        if block.pending:
            return False
        return self.settled.keeps(block.called_for, block.words) and not self.hidden.holds(block.words)

    def on_record(self, block: Block) -> Result:
        """A block whose words a person keeps: it took the facts that it was kept against."""
        left = {} if block.new else self.left(block)
        return Result((self.outcome(block, "kept", reason="on record"),), left=left)

    def left(self, block: Block, decided: Sequence[tuple[str, Decision]] = ()) -> Mapping[str, Written | None]:
        """What the next baseline says of a block that did not take all that the facts give (see `ledger.left`). One
        that may be another stays what it was, and what the facts give is new again next time.
        """
        if block.likely and block.new:
            was = left(block.last, block.new, block.words)._replace(key=block.key)
            return {block.new.key: None, block.key: was}
        return {block.key: left(block.last, block.new, block.words, decided)}

    def missing(self, block: Block) -> Result:
        """A block that an officer deleted: it stays out, and comes back only with what it took last."""
        if block.new:
            return Result((self.outcome(block, "gone"),), left=self.left(block))
        return Result() if self.hidden.has(block.key) else Result(left=self.left(block))

    def struck_out(self, block: Block) -> Unit | None:
        """Where a block stands that is withheld, and was deleted with Track Changes: that has not taken it out."""
        if block.new or not self.hidden.has(block.key):
            return None
        empty, words = (unit for unit in self.blocks.units if not unit.flat), _solid(block.last.texts)
        return next((unit for unit in empty if _solid(map(_text, unit.element.iter(qn("w:delText")))) == words), None)

    def withheld(self, block: Block, unit: Unit) -> Result:
        """A block whose record is withheld by now, and that stands in the paper: a person must take it out."""
        differing = self.difference(block, "withheld"), unit
        return Result((self.withheld_outcome("conflict", unit),), (differing,), self.left(block))

    def comment(
        self,
        block: Block,
        paragraphs: tuple[Element, Element],
        text: tuple[str, str],
        reason: Reason,
        sources: Sequence[Place] | None = None,
    ) -> bool:
        """Puts our text beside the officer's, in a comment that names its sources.

        `text` is what the last draft was told and what the facts give now. The comment takes the place of our comment
        on the former, if nobody touched that. It is not made twice: who deletes it has seen it, and settles nothing.
        Without a `reason` the facts are what they were before that comment, which then says so. Returns whether the
        paper changed.
        """
        if block.is_told and not (reason == "refused" and block.last.offer == "made") and reason != "withheld":
            return False
        told, now = (plain(each, self.shown) for each in text)
        words = notice(reason or "same place", now, block.sources if sources is None else sources)
        # What another block says, joined to this paragraph, is not outdated by what this one says, nor the reverse.
        outdated = notices(told, block.last.sources) if reason != "joined" else frozenset()
        return self.comments.add(*paragraphs, words, outdated=outdated, anew=bool(reason))


def _text(leaf: Element) -> str:
    return leaf.text or ""


def _solid(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())

"""A merge: both papers open, their blocks found, and what became of a block as one value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pipeline.baseline import Written, mark_name
from pipeline.revise.decide import Action, Reason, rests_on
from pipeline.revise.edit_comments import Comments
from pipeline.revise.edit_runs import plain
from pipeline.revise.edit_tracked import Revisions
from pipeline.revise.edit_transplant import Transplant
from pipeline.revise.hidden import Hidden
from pipeline.revise.match import Matching, match
from pipeline.revise.match_units import Unit, units_of
from pipeline.revise.outcome import Difference, Outcome, Texts, as_compared, excerpts, notice, notices
from pipeline.revise.paper import Paper
from pipeline.word.xml import VAL, Element, make, qn

_NO_UNIT = Unit(make("w:p"), -1, ())


@dataclass(frozen=True, slots=True)
class Found:
    """A paper's units, and which block each of them is; `rows` are the keys of table rows."""

    paper: Paper
    units: Sequence[Unit]
    matching: Matching
    rows: frozenset[str]

    def unit(self, key: str) -> Unit | None:
        """The (first) unit of a block."""
        return next(iter(self.units_of(key)), None)

    def units_of(self, key: str) -> Sequence[Unit]:
        """The units of a block, in the order of the paper: several where its paragraph was split."""
        return self.matching.units.get(key, ())


def find(
    paper: Paper, blocks: Sequence[Written], marks: Mapping[str, str], rows: frozenset[str] = frozenset()
) -> Found:
    """Finds the blocks in a paper. `rows`: keys known to be table rows, besides those that look like rows here."""
    units = units_of(paper.body, headings_of(paper))
    marked = {marks[mark] for unit in units if unit.is_row for mark in unit.cover if mark in marks}
    known = rows | marked | {block.key for block in blocks if block.table or len(block.texts) > 1}
    return Found(paper, units, match(units, blocks, frozenset(known), marks), frozenset(known))


def headings_of(paper: Paper) -> frozenset[str]:
    """The ids of a paper's heading styles."""
    styles = paper.tree("styles")
    if styles is None:
        return frozenset()
    found = set()
    for style in styles.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None or (name is not None and name.get(VAL, "").casefold().startswith("heading")):
            found.add(style.get(qn("w:styleId"), ""))
    return frozenset(found)


def marks_of(*blocks: Sequence[Written], names: Mapping[str, str]) -> dict[str, str]:
    """Keys by the names of their marks; `names` gives the new key where one was renamed."""
    marks = {mark_name(block.key): block.key for part in blocks for block in part}
    return marks | {mark_name(old): new for old, new in names.items()}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a block, or of several: what is told of it, and what the next draft's baseline says of it.

    `left`: of a block that did not take what the facts give now, by its key; None: nothing, so that it is new again
    next time. `accepted`: what blocks had been told and say by now, which is the generator's too. `placed`: the first
    and last paragraph of a block that was put in. `changed`: was anything in the officer's paper?
    """

    outcomes: tuple[Outcome, ...] = ()
    differences: tuple[tuple[Difference, Unit], ...] = ()
    left: Mapping[str, Written | None] = field(default_factory=dict)
    accepted: tuple[Written, ...] = ()
    placed: Mapping[str, tuple[Element, Element]] = field(default_factory=dict)
    changed: bool = False


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
    )


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge goes by. `officer` is edited in place; `fresh` is only read.

    `base` and `new` are the blocks of the last draft and those that the facts give now, by key. `successors`: by the
    key of a block that the facts no longer call for, the new one that says the same of another record. `kept`: words
    that a person keeps against the facts, on record.
    """

    officer: Found
    fresh: Found
    base: Mapping[str, Written]
    new: Mapping[str, Written]
    shown: Mapping[str, str]
    revisions: Revisions
    comments: Comments
    transplant: Transplant
    kept: Collection[Texts] = ()
    hidden: Hidden = field(default_factory=Hidden)
    successors: Mapping[str, str] = field(default_factory=dict)

    def plain(self, text: str) -> str:
        """A text as a reader sees it, its cross-references by what they show."""
        return plain(text, self.shown)

    def facts(self, old: Written) -> tuple[str, ...]:
        """What the facts give now for a block of the last draft: blank texts where they no longer call for it."""
        new = self.new.get(old.key)
        return new.texts if new else ("",) * len(old.texts)

    def outcome(
        self,
        key: str,
        action: Action,
        unit: Unit | None = None,
        *,
        texts: Sequence[str] = ("", "", ""),
        reason: Reason = "",
    ) -> Outcome:
        """What became of a block; `texts` are old, new and the officer's. Of what is withheld nothing is quoted."""
        old, new, officer = (self.hidden.quotable(self.plain(text)) for text in texts)
        block = self.new.get(key) or self.base.get(key)
        place = (unit or self.fresh.unit(key) or _NO_UNIT).heading
        sources = block.sources if block else ()
        return Outcome(key, action, old, new, officer, sources, place, reason)

    def withheld_outcome(self, action: Action, unit: Unit) -> Outcome:
        """What became of a block whose record is withheld: where it stands, and not a word of it."""
        reason: Reason = "withheld" if action == "conflict" else ""
        return Outcome("", action, near=self.hidden.quotable(unit.heading), reason=reason)

    def difference(self, old: Written, words: tuple[str, ...], reason: Reason) -> Difference:
        """A block that differs from the facts until a person settles it; `words` are what stands in the paper."""
        if reason == "withheld" or self.hidden.holds(words):
            return Difference(old.key, "withheld")
        block = self.new.get(old.key)
        facts = block.texts if block else ()
        there, now = (self.plain(line(texts)) for texts in (words, facts))
        shown = excerpts(now, there)[0], excerpts(there, now)[0]
        return Difference(old.key, reason, facts, words, (block or old).sources, now=shown[0], there=shown[1])

    def is_kept(self, key: str, words: tuple[str, ...]) -> bool:
        """Does a person keep these words against what the facts give now, on record?"""
        facts = self.new.get(key)
        pair = as_compared(facts.texts if facts else ()), as_compared(words)
        return pair in self.kept and not self.hidden.holds(words)

    def on_record(self, old: Written, unit: Unit, texts: Sequence[str]) -> Result:
        """A block whose words a person keeps; `texts` as for `outcome`."""
        return Result((self.outcome(old.key, "kept", unit, texts=texts, reason="on record"),), left=self.left(old))

    def left(self, old: Written, written: Written | None = None) -> Mapping[str, Written]:
        """A block left resting on what it took last, and told of what the facts give now."""
        new = self.new.get(old.key)
        if written is None:
            written = old._replace(told=self.facts(old), offer=old.offer if self.is_told(old) else "")
        if new is not None:
            written = written._replace(table=new.table, sources=new.sources)
        same = as_compared(written.told) == as_compared(written.texts)
        return {old.key: written._replace(told=(), offer="") if same else written}

    def missing(self, old: Written) -> Result:
        """A block that an officer deleted: it stays out, and comes back only with what it took last."""
        if old.key in self.new:
            texts = line(old.texts), line(self.facts(old)), ""
            return Result((self.outcome(old.key, "gone", texts=texts),), left=self.left(old))
        return self._struck_out(old) if self.hidden.has(old.key) else Result(left=self.left(old))

    def _struck_out(self, old: Written) -> Result:
        """Forgets what is withheld and out of the paper; a deletion that is only tracked has not taken it out."""
        unit = next((unit for unit in self.officer.units if not unit.flat and _struck(unit) == _solid(old.texts)), None)
        return self.withheld(old, unit) if unit else Result()

    def withheld(self, old: Written, unit: Unit) -> Result:
        """A block whose record is withheld by now, and that stands in the paper: a person must take it out."""
        differing = self.difference(old, (), "withheld"), unit
        return Result((self.withheld_outcome("conflict", unit),), (differing,), self.left(old))

    def rests_on(self, old: Written, n: int, officer: str, *, pending: bool) -> str:
        """The fact that a text of a block rests on: what it was told, where the officer's text says that by now."""
        return rests_on(old.texts[n], told(old, n), officer, pending=pending)

    def is_told(self, old: Written) -> bool:
        """Was the last draft told already of what the facts give now for this block?"""
        return as_compared(old.told) == as_compared(self.facts(old))

    def comment(
        self,
        old: Written,
        paragraphs: tuple[Element, Element],
        text: tuple[str, str],
        reason: Reason,
        *,
        key: str = "",
    ) -> bool:
        """Puts our text beside the officer's, in a comment that names its sources (those of the block of `key`).

        `text` is what the last draft was told and what the facts give now. The comment takes the place of our comment
        on the former, if nobody touched that. It is not made twice: who deletes it has seen it, and settles nothing.
        Without a `reason` the facts are what they were before that comment, which then says so. Returns whether the
        paper changed.
        """
        if self.is_told(old) and not (reason == "refused" and old.offer == "made") and reason != "withheld":
            return False
        block = self.new.get(key or old.key) or old
        words = notice(reason or "same place", self.plain(text[1]), block.sources)
        # What another block says, joined to this paragraph, is not outdated by what this one says, nor the reverse.
        outdated = notices(self.plain(text[0]), old.sources) if reason != "joined" else frozenset()
        return self.comments.add(*paragraphs, words, outdated=outdated, anew=bool(reason))


def _struck(unit: Unit) -> str:
    return _solid(leaf.text or "" for leaf in unit.element.iter(qn("w:delText")))


def _solid(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def line(texts: Iterable[str]) -> str:
    """The texts of a block in one line: of a row, its cells."""
    return " | ".join(texts)


def told(old: Written, n: int) -> str:
    """What the last draft was told for a text of a block: what it took, or what it left."""
    return old.told[n] if len(old.told) == len(old.texts) else old.texts[n]

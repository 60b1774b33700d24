"""A merge under way: both papers open, their blocks found, and what has been decided so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.baseline import Written, mark_name
from pipeline.revise.adopt import Adopter
from pipeline.revise.comments import Comments
from pipeline.revise.decide import Action, Reason, rests_on
from pipeline.revise.hidden import Hidden
from pipeline.revise.match import Matching, match
from pipeline.revise.outcome import Difference, Outcome, Texts, as_compared, excerpts, notice, notices
from pipeline.revise.paper import Paper
from pipeline.revise.runs import plain
from pipeline.revise.tracked import Revisions
from pipeline.revise.units import Unit, units_of
from pipeline.word.xml import VAL, Element, make, qn

_NO_UNIT = Unit(make("w:p"), -1, ())


@dataclass(slots=True)
class Found:
    """A paper's units, and which block each of them is."""

    paper: Paper
    units: list[Unit]
    matching: Matching
    rows: frozenset[str]

    def unit(self, key: str) -> Unit | None:
        """The (first) unit of a block."""
        units = self.matching.units.get(key)
        return units[0] if units else None


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


@dataclass(slots=True)
class Draft:
    """The state of a merge. `officer` is edited in place; `fresh` is only read.

    `successors`: by the key of a block that the facts no longer call for, the new one that says the same of another
    record. `kept`: words that a person keeps against the facts, on record. `left`: what the next draft's baseline says
    of a block that did not take what the facts give now; None: nothing, so that it is new again next time. `accepted`:
    what blocks had been told and say by now, which is the generator's too.
    """

    officer: Found
    fresh: Found
    base: dict[str, Written]
    new: Mapping[str, Written]
    shown: Mapping[str, str]
    revisions: Revisions
    comments: Comments
    adopter: Adopter
    kept: Collection[Texts] = ()
    hidden: Hidden = field(default_factory=Hidden)
    accepted: list[Written] = field(default_factory=list)
    left: dict[str, Written | None] = field(default_factory=dict)
    differences: list[tuple[Difference, Unit]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    placed: dict[str, tuple[Element, Element]] = field(default_factory=dict)
    successors: dict[str, str] = field(default_factory=dict)
    changed: bool = False

    def rename(self, old: str, new: str) -> None:
        """Takes a block that the last draft had for one of the new paper, which has another key."""
        matching = self.officer.matching
        self.base = {
            new if key == old else key: block._replace(key=new) if key == old else block
            for key, block in self.base.items()
        }
        matching.units[new] = matching.units.pop(old)
        matching.owner.update({unit.number: new for unit in matching.units[new]})

    def say(
        self,
        key: str,
        action: Action,
        unit: Unit | None = None,
        *,
        texts: Sequence[str] = ("", "", ""),
        reason: Reason = "",
    ) -> None:
        """Records an outcome; `texts` are old, new and the officer's. Of what is withheld nothing is quoted."""
        old, new, officer = (self.hidden.quotable(plain(text, self.shown)) for text in texts)
        officer = excerpts(officer, new)[0]
        old, new = excerpts(old, new)
        block = self.new.get(key) or self.base.get(key)
        place = (unit or self.fresh.unit(key) or _NO_UNIT).heading
        sources = block.sources if block else ()
        self.outcomes.append(Outcome(key, action, old, new, officer, sources, place, reason))

    def say_withheld(self, action: Action, unit: Unit) -> None:
        """Records what became of a block whose record is withheld: where it stands, and not a word of it."""
        reason: Reason = "withheld" if action == "conflict" else ""
        self.outcomes.append(Outcome("", action, place=self.hidden.quotable(unit.heading), reason=reason))

    def differ(self, old: Written, unit: Unit, words: tuple[str, ...], reason: Reason) -> None:
        """Records that a block differs from the facts until a person settles it; once for all cells of a row."""
        if old.key in (each.key for each, _ in self.differences):
            return
        if reason == "withheld" or self.hidden.holds(words):
            self.differences.append((Difference(old.key, "withheld"), unit))
            return
        block = self.new.get(old.key)
        facts = block.texts if block else ()
        there, now = (plain(line(texts), self.shown) for texts in (words, facts))
        shown = excerpts(now, there)[0], excerpts(there, now)[0]
        found = Difference(old.key, reason, facts, words, (block or old).sources, now=shown[0], there=shown[1])
        self.differences.append((found, unit))

    def is_kept(self, key: str, words: tuple[str, ...]) -> bool:
        """Does a person keep these words against what the facts give now, on record?"""
        facts = self.new.get(key)
        pair = as_compared(facts.texts if facts else ()), as_compared(words)
        return pair in self.kept and not self.hidden.holds(words)

    def stands_on_record(self, old: Written, unit: Unit, words: tuple[str, ...], texts: Sequence[str]) -> bool:
        """Leaves a block whose `words` a person keeps so, and records it (see `say`); False where nobody does."""
        if not self.is_kept(old.key, words):
            return False
        self.leave(old)
        self.say(old.key, "kept", unit, texts=texts, reason="on record")
        return True

    def leave(self, old: Written, written: Written | None = None) -> None:
        """Leaves a block resting on what it took last, and told of what the facts give now."""
        new = self.new.get(old.key)
        if written is None:
            offer = old.offer if self.is_told(old) else ""
            written = old._replace(told=new.texts if new else ("",) * len(old.texts), offer=offer)
        if new is not None:
            written = written._replace(table=new.table, sources=new.sources)
        same = as_compared(written.told) == as_compared(written.texts)
        self.left[old.key] = written._replace(told=(), offer="") if same else written

    def miss(self, old: Written) -> None:
        """A block that an officer deleted: it stays out, and comes back only with what it took last."""
        new = self.new.get(old.key)
        if new is not None:
            self.say(old.key, "gone", texts=(line(old.texts), line(new.texts), ""))
        elif self.hidden.has(old.key):
            self._miss_withheld(old)
            return
        self.leave(old)

    def _miss_withheld(self, old: Written) -> None:
        """Forgets what is withheld and out of the paper; a deletion that is only tracked has not taken it out."""
        unit = next((each for each in self.officer.units if not each.flat and _struck(each) == _solid(old.texts)), None)
        if unit is not None:
            self.leave(old)
            self.differ(old, unit, (), "withheld")
            self.say_withheld("conflict", unit)

    def rests_on(self, old: Written, n: int, officer: str, *, pending: bool) -> str:
        """The fact that a text of a block rests on: what it was told, where the officer's text says that by now."""
        base = rests_on(old.texts[n], told(old, n), officer, pending=pending)
        if base != old.texts[n]:
            self.accepted.append(old._replace(texts=(base,)))
        return base

    def is_told(self, old: Written) -> bool:
        """Was the last draft told already of what the facts give now for this block?"""
        new = self.new.get(old.key)
        return as_compared(old.told) == as_compared(new.texts if new else ("",) * len(old.texts))

    def comment(
        self,
        old: Written,
        paragraphs: tuple[Element, Element],
        text: tuple[str, str],
        reason: Reason,
        *,
        key: str = "",
    ) -> None:
        """Puts our text beside the officer's, in a comment that names its sources (those of the block of `key`).

        `text` is what the last draft was told and what the facts give now. The comment takes the place of our comment
        on the former, if nobody touched that. It is not made twice: who deletes it has seen it, and settles nothing.
        Without a `reason` the facts are what they were before that comment, which then says so.
        """
        if self.is_told(old) and not (reason == "refused" and old.offer == "made") and reason != "withheld":
            return
        block = self.new.get(key or old.key) or old
        words = notice(reason or "same place", plain(text[1], self.shown), block.sources)
        # What another block says, joined to this paragraph, is not outdated by what this one says, nor the reverse.
        outdated = notices(plain(text[0], self.shown), old.sources) if reason != "joined" else frozenset()
        self.changed |= self.comments.add(*paragraphs, words, outdated=outdated, anew=bool(reason))


def _struck(unit: Unit) -> str:
    return _solid(each.text or "" for each in unit.element.iter(qn("w:delText")))


def _solid(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def line(texts: Iterable[str]) -> str:
    """The texts of a block in one line: of a row, its cells."""
    return " | ".join(texts)


def told(old: Written, n: int) -> str:
    """What the last draft was told for a text of a block: what it took, or what it left."""
    return old.told[n] if len(old.told) == len(old.texts) else old.texts[n]


def marks_of(*blocks: Sequence[Written], names: Mapping[str, str]) -> dict[str, str]:
    """Keys by the names of their marks; `names` gives the new key where one was renamed."""
    marks = {mark_name(block.key): block.key for part in blocks for block in part}
    return marks | {mark_name(old): new for old, new in names.items()}

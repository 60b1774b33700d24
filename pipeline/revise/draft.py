"""A merge under way: both papers open, their blocks found, and what has been decided so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.baseline import Written, mark_name
from pipeline.revise.adopt import Adopter
from pipeline.revise.comments import Comments
from pipeline.revise.decide import Action, Reason
from pipeline.revise.match import Matching, match
from pipeline.revise.outcome import Outcome, excerpts, notice, notices
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
    record.
    """

    officer: Found
    fresh: Found
    base: dict[str, Written]
    new: Mapping[str, Written]
    shown: Mapping[str, str]
    revisions: Revisions
    comments: Comments
    adopter: Adopter
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
        """Records an outcome; `texts` are old, new and the officer's."""
        old, new, officer = (plain(text, self.shown) for text in texts)
        officer = excerpts(officer, new)[0]
        old, new = excerpts(old, new)
        block = self.new.get(key) or self.base.get(key)
        place = (unit or self.fresh.unit(key) or _NO_UNIT).heading
        sources = block.sources if block else ()
        self.outcomes.append(Outcome(key, action, old, new, officer, sources, place, reason))

    def comment(
        self, key: str, paragraphs: tuple[Element, Element], new: str, reason: Reason, *, old: str | None = None
    ) -> None:
        """Puts our text beside the officer's, in a comment that names its sources.

        It takes the place of our comment that says `old`, what the last draft's facts gave, if nobody touched that.
        """
        block, before = self.new.get(key) or self.base.get(key), self.base.get(key)
        text = notice(reason, plain(new, self.shown), block.sources if block else ())
        outdated: frozenset[str] = frozenset()
        # What another block says, joined to this paragraph, is not outdated by what this one says, nor the reverse.
        if old is not None and before is not None and reason != "joined":
            outdated = notices(plain(old, self.shown), before.sources)
        self.comments.add(*paragraphs, text, outdated=outdated)
        self.changed = True


def marks_of(*blocks: Sequence[Written], names: Mapping[str, str]) -> dict[str, str]:
    """Keys by the names of their marks; `names` gives the new key where one was renamed."""
    marks = {mark_name(block.key): block.key for part in blocks for block in part}
    return marks | {mark_name(old): new for old, new in names.items()}

"""Seeded officers against a month's change of facts: `python -m tests.revise.simulate 1000` prints the figures."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pipeline.problems import Place
from pipeline.revise import Terms, find, open_paper, revised
from tests.revise import resolve
from tests.revise.board import FEBRUARY, JANUARY, Blocks
from tests.revise.officer import Officer, keys_of, strip_marks
from tests.revise.papers import Para, baseline_of, paper

WHEN, AUTHOR = datetime(2017, 2, 1, 9, tzinfo=UTC), "Paper generator"
AREAS = (
    *("Grants", "Property", "Elections", "Procurement", "Communications"),
    *("Culture", "Recruitment", "Markets", "Youth service", "Libraries"),
)


def _areas(month: int) -> list[Para]:
    """Sentences that differ only by a name and figures: the hardest to tell apart once the marks are lost."""
    return [
        Para(
            f"area-{n}",
            f"{area}: of {n + 5} actions {n + month if n % 3 else n} are complete, and the lead officer reports that "
            f"the {('last', 'next')[n % 2]} milestone of the {area.lower()} strand is {('in hand', 'late')[n % 2]}.",
            sources=(Place("tracker.xlsx", "Actions", f"G{n + 10}"),),
        )
        for n, area in enumerate(AREAS)
    ]


def long_paper(blocks: Blocks, month: int) -> Blocks:
    """The paper with a paragraph for each area after its background."""
    at = next(n for n, block in enumerate(blocks) if block.key == "monitoring") + 1
    return (*blocks[:at], *_areas(month), *blocks[at:])


OLD, NEW = long_paper(JANUARY, 1), long_paper(FEBRUARY, 2)


@dataclass
class Score:
    """What was counted over many papers."""

    papers: int = 0
    words: int = 0
    lost: list[str] = field(default_factory=list)
    unstable: int = 0
    blocks: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)

    @property
    def identified(self) -> float:
        """The share of kept or edited blocks that were found under their key."""
        kept = {name: n for name, n in self.blocks.items() if name.startswith("block ")}
        return self.blocks["block identified"] / max(1, sum(kept.values()))


def one(seed: int, edits: int, old: bytes, new: bytes, score: Score, *, marks: bool) -> None:
    """One paper through one officer's hands and into the next draft."""
    base = baseline_of(OLD)
    edited = open_paper(old, "old")
    officer = Officer(edited, seed, keys_of([block.key for block in base.blocks]))
    officer.work(edits)
    if not marks:
        strip_marks(edited.body)
    truth = dict(officer.truth)
    found = find(edited, base.blocks)
    for unit in found.units:
        if unit.flat:
            score.blocks[_judge(truth.get(unit.element, ""), found.key_of.get(unit.number, ""))] += 1
    content = edited.content()
    result = revised(content, new, base, Terms(WHEN, AUTHOR))
    again = revised(result.content, new, None, Terms(WHEN, AUTHOR))
    score.papers += 1
    score.unstable += again.content != result.content
    score.actions.update(outcome.action for outcome in result.outcomes)
    _count_words(seed, officer, content, result.content, score)


def _judge(truth: str, found: str) -> str:
    keys = {key.strip("?+") for key in truth.split("|")}
    if truth in ("", "copy"):
        who = "own" if truth == "" else "copy"
        return f"{who} left alone" if not found else f"{who} taken for a block"
    kind = "retyped" if "?" in truth else "block"
    return f"{kind} {'identified' if found in keys else 'wrong' if found else 'missed'}"


def _count_words(seed: int, officer: Officer, before: bytes, after: bytes, score: Score) -> None:
    """No word that the officer wrote may be gone; no paragraph that the officer touched may read otherwise."""
    was, now = (" ".join(_unnumbered(resolve.accepted(content))) for content in (before, after))
    mine = [word for word in officer.wrote if word in was]
    score.words += len(mine)
    score.lost += [f"{seed}: {word}" for word in mine if word not in now]
    kept = Counter(_unnumbered(resolve.rejected(after, AUTHOR)))
    touched = Counter(text for text in _unnumbered(resolve.accepted(before)) if any(word in text for word in mine))
    score.lost += [f"{seed}: {text}" for text in touched - kept]


def _unnumbered(reading: resolve.Reading) -> list[str]:
    """The paragraphs, but for the numbers of appendices, which follow the appendices."""
    return [re.sub(r"Appendix \d+", "Appendix", text) for text in resolve.flat(reading)]


def simulate(papers: int, edits: int = 12, *, marks: bool = True) -> Score:
    """So many papers, with the marks kept or all of them stripped."""
    old, new, score = paper(OLD), paper(NEW), Score()
    for seed in range(papers):
        one(seed, edits, old, new, score, marks=marks)
    return score


def main() -> None:
    """Prints the figures; ends with 1 if a word was lost."""
    papers, edits = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 12
    lost = 0
    for marks in (True, False):
        start = time.perf_counter()
        score = simulate(papers, edits, marks=marks)
        lost += len(score.lost)
        print(f"{'marks kept' if marks else 'all marks lost'}: {score.papers} papers of {edits} edits")
        print(f"  officer-written words {score.words}, lost {len(score.lost)} {score.lost[:3]}")
        print(f"  second run changed something in {score.unstable}")
        print(f"  kept or edited blocks identified: {score.identified:.1%} {dict(sorted(score.blocks.items()))}")
        print(f"  outcomes {dict(sorted(score.actions.items()))}")
        print(f"  {(time.perf_counter() - start) / papers:.3f} s a paper (editing and two merges)")
    sys.exit(lost > 0)


if __name__ == "__main__":
    main()

"""What became of each block, what of it may be quoted, and the words of the comments on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.baseline import Baseline, Written
from pipeline.blocks import WORDING, Fact
from pipeline.kinds import Withheld
from pipeline.problems import Place, listed
from pipeline.revise.decide import Action, Reason
from pipeline.revise.ledger import hash_of
from pipeline.revise.parting import PeopleDiffer
from pipeline.revise.wordwise import Edit, edits

AUTHOR = "Committee papers"
"""Who signs the tracked changes and comments of the program."""
_EXCERPT = 160
_BEFORE = 40
_ROWS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one block, or of one cell of a row.

    `old` is what the generator wrote last time, `new` what it writes now, `officer` what stood in the officer's paper,
    each whole, as a reader sees it; `sources` are the cells or letters behind `new`; `place` is where it stands in the
    paper, of what is no longer there and of what stayed as it was the nearest heading above. `reason` says why a
    conflict is one, or why a block was kept.
    """

    key: str
    action: Action
    old: str = ""
    new: str = ""
    officer: str = ""
    sources: tuple[Place, ...] = ()
    place: str = ""
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A block in which the facts and people's words part until a person settles it.

    `facts` is what the facts give now (empty: they no longer call for it), `words` what stands in the paper (empty:
    nothing), `before` what the block last took, whole, a text for each cell of a row; `now` and `there` are for
    reading, shortened. `behind` are the facts whose text is not what stands there. `place` tells where in the paper.
    One whose `reason` is that it is withheld has none of the texts, but `exempt`, its row's cell. Of one between people
    `words` is what stands, `facts` what another made of it, and `people` who wrote the one, the other, and what waits
    there besides.
    """

    key: str
    reason: Reason
    facts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    behind: tuple[Fact, ...] = ()
    place: str = ""
    now: str = ""
    there: str = ""
    exempt: str = ""
    before: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """By what it is known again for as long as neither the facts nor the words change."""
        return hash_of((*self.facts, "", *self.words, self.exempt))


class Revision(NamedTuple):
    """The next draft's bytes (the officer's own, to the byte, if nothing changed), what became of every block, the
    differences that stand open in it, and what it says of each block that it wrote. `held_back`: the keys of blocks
    that are withheld by now, and went although somebody had typed in them. `parted`: where people's versions part.
    """

    content: bytes
    outcomes: tuple[Outcome, ...]
    differences: tuple[Difference, ...]
    baseline: Baseline
    held_back: tuple[str, ...] = ()
    parted: tuple[PeopleDiffer, ...] = ()


NOT_QUOTED = "(what a row says that may not be public)"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Where the records stand that are withheld, by their keys, with which blocks' keys end; `says` is true of a text
    that says something of one.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    says: Callable[[str], object] = lambda _: False

    def has(self, key: str) -> bool:
        """Is a block of this key about a record that is withheld?"""
        return bool(self.at(key))

    def at(self, key: str) -> str:
        """The first cell of the withheld row that a block of this key is about; blank where it is about none."""
        parts = key.split("/")
        ends = ("/".join(parts[n:]) for n in range(1, len(parts)))
        return next((str(self.places[end]) for end in ends if end in self.places), "")

    def holds(self, texts: Iterable[str]) -> bool:
        """Do the texts say what a withheld record says?"""
        return any(self.says(text) for text in texts if text)

    def quotable(self, text: str) -> str:
        """The text, or that it is not quoted."""
        return NOT_QUOTED if self.holds([text]) else text


NOTHING = Hidden()


def hidden(withheld: Iterable[Withheld], says: Callable[[str], object]) -> Hidden:
    """What is withheld; `says` tells whether a text says something of it."""
    return Hidden({row.key: row.source for row in withheld if row.key}, says)


def behind(block: Written, words: Sequence[str]) -> tuple[Fact, ...]:
    """The facts that print what the facts give for a block otherwise than these words have it; where they only come to
    other words of a sentence, the sentence itself. All, where a text is missing or its facts have no places.
    """
    texts = block.told or block.texts
    if len(words) != len(texts) or not any(fact.text for fact in block.facts):
        return block.facts
    found = dict[Fact, None]()
    for n, both in enumerate(zip(texts, words, strict=True)):
        facts = [fact for fact in block.facts if fact.cell == n]
        for edit in edits(*both):
            found |= dict.fromkeys(_at(facts, edit))
    return tuple(found)


def _at(facts: Sequence[Fact], edit: Edit) -> Sequence[Fact]:
    """The facts at the place of an edit: sentences only where there is no other."""
    at = max(edit.end, edit.start + 1)  # words that come in between two characters belong to what stands there
    near = [fact for fact in facts if fact.overlaps(edit.start, at) or edit.start in (fact.start, fact.end)]
    return [fact for fact in near if fact.how != WORDING] or near


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Two versions of a text shortened for a list, from a little before where they part."""
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    part = old != new and old and new and same > 2 * _BEFORE
    start = old.rfind(" ", 0, same - _BEFORE) + 1 if part else 0
    dots = "…" if start else ""
    return excerpt(dots + old[start:]), excerpt(dots + new[start:])


def excerpt(text: str) -> str:
    """The beginning of a text, for a list."""
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rsplit(" ", 1)[0] + "…"


_BEGINNINGS: dict[Reason, str] = {
    "same place": "The facts behind this have changed where it was edited. The edited words are kept.",
    "tracked changes": "The facts behind this have changed, but tracked changes wait here, so nothing was touched. "
    "Accept or reject them.",
    "refused": "The facts behind this have changed, and the change that was offered here was not accepted. "
    "The edited words are kept.",
    "split": "The facts behind this have changed, but the paragraph was split in two. The edited words are kept.",
    "joined": "The facts behind a part of this have changed, but it was joined to another paragraph. "
    "The edited words are kept.",
    "alike": "The facts now give a text much like what stood here, which may be about another record. "
    "The edited words are kept.",
    "earlier": "This says what an earlier draft said, and the facts have changed since. The edited words are kept.",
}
_WITHHELD = (
    "The row behind this is now exempt, so that the public may not read it. It is kept only because it was edited. "
    "Delete it: the paper cannot be published before."
)


def notice(reason: Reason, new: str, sources: Sequence[Place], told: Callable[[Sequence[Place]], str] = listed) -> str:
    """The words of the comment on a conflict: why, what the facts say now, and the cells or letters that say it."""
    if reason == "withheld":
        return _WITHHELD
    if reason == "no longer":
        return "The facts no longer call for this. It is kept because it was edited. Delete it if it is not needed."
    beginning = _BEGINNINGS.get(reason, _BEGINNINGS["same place"])
    return "\n".join(
        [beginning, f"The new text would be: “{new}”" if new else "The new text would be empty.", *_from(told(sources))]
    )


def notices(new: str, sources: Sequence[Place]) -> frozenset[str]:
    """Every comment on a conflict of one block alone that says this text from these sources, of version 0.1.0 too."""
    reasons = [reason for reason in _BEGINNINGS if reason != "joined"]
    return frozenset(notice(reason, new, sources, told) for reason in reasons for told in (listed, _without_files))


def _without_files(sources: Sequence[Place]) -> str:
    return "; ".join(source.short for source in sources)


def notice_of_columns(changed: Sequence[str], sources: Sequence[Place]) -> str:
    """The words of the comment on a table whose columns are no longer those of the template."""
    more = [f"and {len(changed) - _ROWS_SHOWN} more rows."] if len(changed) > _ROWS_SHOWN else []
    beginning = (
        "The facts in this table have changed, but its columns differ from the template's, so it was left as it is."
    )
    return "\n".join([beginning, "The rows would now read:", *changed[:_ROWS_SHOWN], *more, *_from(listed(sources))])


def _from(sources: str) -> list[str]:
    return [f"Source: {sources}."] if sources else []

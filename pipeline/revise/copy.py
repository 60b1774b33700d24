"""One file as a copy of a paper: whose words it holds that the draft does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.baseline import Baseline
from pipeline.problems import PaperError
from pipeline.revise.edit_comments import said_by_others
from pipeline.revise.outcome import AUTHOR
from pipeline.revise.paper import Held, Paper, inventory, open_paper, saved_by
from pipeline.revise.prove import officers_paragraphs
from pipeline.revise.wordwise import normalised
from pipeline.store import sha256_of
from pipeline.word.baselines import as_read_today, baseline_in
from pipeline.word.story import Story

_COMMENT = "commentReference"
_COUNTED_APART = ("sectPr", _COMMENT)
_LONG = 5
"""Words of a paragraph that two papers hardly share by chance."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An edited copy of a paper: its hash, who saved it last (blank: not told), and how many of its paragraphs say what
    the draft does not; none where it cannot be read, and nobody can tell whether it is a copy.
    """

    path: Path
    sha256: str
    saved_by: str = ""
    differing: int = 0


def opened(content: bytes) -> Paper | None:
    """The paper in these bytes; None where they hold none."""
    try:
        return open_paper(content, "a copy")
    except PaperError:
        return None


def copy_at(path: Path, report: str, days: Collection[str], draft: Paper | None) -> Copy | None:
    """The file as a copy of a paper of that report for one of these days; None where it is none, or lacks nothing."""
    content = path.read_bytes()
    digest, paper = sha256_of(content), opened(content)
    if paper is None:
        return Copy(path, digest) if draft else None
    written = baseline_in(paper.parts)
    base = as_read_today(written, paper.body) if written else None
    if base is None:
        differing = _without_marks(paper, draft) if draft else 0
    else:
        differing = _differing(paper, base, draft) if _is_of(base.about, report, days) else 0
    return Copy(path, digest, saved_by(paper), differing) if differing else None


def _without_marks(paper: Paper, draft: Paper) -> int:
    """How many paragraphs of a file say or hold what the draft does not, where at least half of the draft's are in it:
    another program has left out on saving what told it for a copy. None where it is another text.
    """
    theirs, ours = _texts(paper), _texts(draft)
    long = {text for text in ours if len(text.split()) >= _LONG}
    shared = sum(text in theirs for text in long)
    differing = max((theirs - ours).total(), (_held(paper) - _held(draft)).total())
    return differing if long and 2 * shared >= len(long) else 0


def _is_of(about: Mapping[str, str], report: str, days: Collection[str]) -> bool:
    return about.get("report") == report and about.get("meeting") in days


def _differing(paper: Paper, base: Baseline, draft: Paper | None) -> int:
    """How many paragraphs of a copy somebody typed, took out or put something into, and the draft has it otherwise."""
    theirs, ours = _texts(paper), _texts(draft) if draft else Counter[str]()
    lines = chain.from_iterable(text.split("\n") for block in base.blocks for text in block.texts)
    deleted = set(filter(None, map(normalised, lines))) - set(theirs)
    if draft:
        deleted &= set(ours)
    typed = officers_paragraphs(paper.body, base.blocks) - ours
    held = _held(paper) - (_held(draft) if draft else Counter())
    return max(typed.total(), len(deleted), held.total())


def _texts(paper: Paper) -> Counter[str]:
    return Counter(normalised(each.kept) for each in Story(paper.body).paragraphs.values())


def _held(paper: Paper) -> Counter[Held]:
    """What is not plain words, by what a reader sees of it: editors number comments and parts anew on saving. Of the
    comments, what people say: not our own, which a review copy has on every statement.
    """
    held = Counter({each: times for each, times in inventory(paper).items() if each.name not in _COUNTED_APART})
    held.update({Held(_COMMENT, said): times for said, times in said_by_others(paper, AUTHOR).items()})
    return held

"""One file as a copy of a paper: whose words it holds that the draft does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.baseline import Baseline
from pipeline.files import sha256_of
from pipeline.problems import PaperError
from pipeline.revise.content import inventory
from pipeline.revise.paper import Paper, open_paper, parse
from pipeline.revise.proof import officers_paragraphs
from pipeline.revise.wordwise import normalised
from pipeline.word.baseline_part import baseline_from, baseline_item
from pipeline.word.xml import canonical_text, paragraphs

_CORE = "docProps/core.xml"
_SAVED_BY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"


@dataclass(frozen=True, slots=True)
class Copy:
    """An edited copy of a paper: its hash, who saved it last (blank: not told), and how many of its paragraphs say what
    the draft does not.
    """

    path: Path
    sha256: str
    saved_by: str
    differing: int


def opened(content: bytes) -> Paper | None:
    """The paper in these bytes; None where they hold none."""
    try:
        return open_paper(content, "a copy")
    except PaperError:
        return None


def copy_at(path: Path, report: str, days: Collection[str], draft: Paper | None) -> Copy | None:
    """The file as a copy of a paper of that report for one of these days; None where it is none, or lacks nothing."""
    content = path.read_bytes()
    paper = opened(content)
    item = baseline_item(paper.parts) if paper else ""
    base = baseline_from(paper.parts[item]) if paper and item else None
    if paper is None or base is None or not _is_of(base.about, report, days):
        return None
    differing = _differing(paper, base, draft)
    return Copy(path, sha256_of(content), _saved_by(paper), differing) if differing else None


def _is_of(about: Mapping[str, str], report: str, days: Collection[str]) -> bool:
    return about.get("report") == report and about.get("meeting") in days


def _differing(paper: Paper, base: Baseline, draft: Paper | None) -> int:
    """How many paragraphs of a copy somebody typed, took out or put something into, and the draft has it otherwise."""
    theirs, ours = _texts(paper), _texts(draft) if draft else None
    typed = officers_paragraphs(paper.body, base.blocks) - (ours or Counter())
    written = {normalised(line) for block in base.blocks for text in block.texts for line in text.split("\n")}
    deleted = {text for text in written if text and not theirs[text] and (ours is None or ours[text])}
    held = _held(paper) - (_held(draft) if draft else Counter())
    return max(typed.total(), len(deleted), held.total())


def _texts(paper: Paper) -> Counter[str]:
    return Counter(normalised(canonical_text(each)) for each in paragraphs(paper.body))


def _held(paper: Paper) -> Counter[tuple[str, str]]:
    """What is not plain words, by what a reader sees of it: editors number comments and parts anew on saving."""
    return Counter((each.name, each.words) for each in inventory(paper).elements() if each.name != "sectPr")


def _saved_by(paper: Paper) -> str:
    try:
        return (parse(paper.parts[_CORE]).findtext(_SAVED_BY) or "").strip() if _CORE in paper.parts else ""
    except etree.XMLSyntaxError:
        return ""

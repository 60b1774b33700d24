"""Word comments on blocks of a paper: for a copy that names the source of each statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pipeline.baseline import Baseline
from pipeline.problems import NeedsPerson, Place, error
from pipeline.revise.edit_comments import Comments
from pipeline.revise.match import find
from pipeline.revise.paper import open_paper
from pipeline.word.baselines import read_baseline

_NO_BASELINE = error(
    "R101",
    Place(file="the paper"),
    "The paper does not carry the record of what was generated, so its statements cannot be told from an officer's.",
    "Draft it again, and take that draft.",
)


def annotated(
    content: bytes, notes: Mapping[str, str], *, when: datetime, author: str, base: Baseline | None = None
) -> bytes:
    """The paper with a Word comment on each block that `notes` has a text for, by key.

    A comment that stands there already is not made twice; keys that the paper does not have are passed over. Raises
    NeedsPerson (R101) where the paper carries no baseline and none is given.
    """
    known = base or read_baseline(content)
    if known is None:
        raise NeedsPerson(_NO_BASELINE)
    paper = open_paper(content, "the paper")
    found = find(paper, known.blocks)
    comments = Comments(paper, when, author)
    for key, text in notes.items():
        units = found.of.get(key)
        if units and text:
            comments.add(units[0].first, units[-1].first, text)
    comments.save()
    return paper.content() if comments.added else content

"""Two drafts compared: a Word file with tracked changes from the old one to the new one, and the list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pipeline.baseline import Baseline, Written, mark_name
from pipeline.problems import PaperError, Place, error
from pipeline.revise.comparison import Change, Comparison
from pipeline.revise.edit_tracked import Revisions, accept_all, reject_all
from pipeline.revise.paper import open_paper
from pipeline.word.baseline_part import read_baseline
from pipeline.word.story import Story
from pipeline.word.xml import TABLE, Element
from pipeline.word.xml import rows as rows_of

__all__ = ["Change", "Redline", "redline"]


@dataclass(frozen=True, slots=True)
class Redline:
    """The compared paper as a Word file, and its changes in order."""

    content: bytes
    changes: tuple[Change, ...]


def redline(old: bytes, new: bytes, *, when: datetime, author: str) -> Redline:
    """The old draft with tracked changes: accept all and it reads as the new one, reject all and it is the old one.

    Works on any two drafts; tracked changes that wait in either are taken as accepted. Headers and footers are the old
    draft's. Raises PaperError (R105) if the result would not read as both drafts do.
    """
    before, after = open_paper(old, "the old draft"), open_paper(new, "the new draft")
    accept_all(before.body)
    accept_all(after.body)
    wanted = _texts(before.body), _texts(after.body)
    work = Comparison(before, after, Revisions(before.root, when, author), _written(old, new))
    work.contents(before.body, after.body)
    content = before.content()
    if _read(content, reject_all) != wanted[0] or _read(content, accept_all) != wanted[1]:
        raise PaperError(_UNPROVEN)
    return Redline(content, tuple(work.changes))


_UNPROVEN = error(
    "R105",
    Place(file="the old draft"),
    "The two drafts could not be compared: tracked changes would not have shown every difference.",
    "Open both drafts in Word, accept their tracked changes, save them, and compare again.",
)


def _texts(body: Element) -> list[list[str]]:
    tables = [[str(len(list(rows_of(table))))] for table in body.iter(TABLE)]
    return [[p.text for p in Story(body).paragraphs.values()], *tables]


def _read(content: bytes, resolve: Callable[[Element], None]) -> list[list[str]]:
    body = open_paper(content, "the comparison").body
    resolve(body)
    return _texts(body)


def _written(*drafts: bytes) -> dict[str, Written]:
    """The blocks of both drafts by their marks; the later draft's word counts."""
    baselines: list[Baseline | None] = [read_baseline(draft) for draft in drafts]
    return {mark_name(block.key): block for found in baselines if found for block in found.blocks}

"""An optional cell is optional: left blank, exempt, still to come or gone, it spoils no sentence of a shipped board.

A seeded part runs by default; `pytest -m deep` tries everything that may happen to any cell, row, column, sheet and
comment, in several months of each board, and hundreds of pairs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from pipeline.blocks import Block
from pipeline.office import Standing, gather, standing_of
from pipeline.problems import Level, PaperError, Problem
from tests.faults.planting import wording
from tests.office import Office, office
from tests.ordinary import Change, Files, changes
from tests.test_months import april, bare, february, nothing

MONTHS: dict[str, tuple[str, str, Callable[[Office], None]]] = {
    "best value in January": ("best-value-board", "2017-01-23", nothing),
    "best value a month on": ("best-value-board", "2017-02-27", nothing),
    "best value after the reply": ("best-value-board", "2017-02-27", february),
    "best value after the final update": ("best-value-board", "2017-04-24", april),
    "best value without letters": ("best-value-board", "2017-01-23", bare),
    "recommendations": ("recommendation-tracker", "2027-01-19", nothing),
    "budget": ("budget-monitoring", "2026-11-24", nothing),
    "scorecard": ("performance-scorecard", "2026-11-17", nothing),
    "enforcement": ("planning-enforcement", "2026-11-05", nothing),
    "risks": ("risk-register", "2026-11-12", nothing),
}
OF_WORDING = ("W", "T", "R", "P101", "P105", "P111", "P164", "P170", "P174")
LEADING_ON = "an|and|at|by|covers|dated|for|from|highlighted|in|of|on|that|the|to|was|when|will|with"
SLIP = re.compile(
    rf"\b(?:{LEADING_ON})\s*(?:[.,;)]|$)"  # a phrase whose other half is gone
    r"|\(\W*\)|  | [,.;:)]|^\W|\B's|\b([A-Za-z]{2,}) \1\b|\bNone (?!are\b)|[\[{–]|zeroth"
    r"|(?:^|[.!?] )[a-z]|\b[Nn]o (?:are|is|under|paused|completed|areas|further|recommendations|activities)\b"
    r"|\bone (?:areas|pieces|workshops|recommendations|activities)\b"
)


def month(name: str, folder: Path) -> Office:
    report, _, happened = MONTHS[name]
    desk = office(folder, report)
    happened(desk)
    return desk


def slips(desk: Office, meeting: str) -> list[str]:
    """The problems of wording that the paper has, and its paragraphs that read wrong; none where there is no paper."""
    try:
        made = standing_of(desk.order(meeting))
        made.rendered  # noqa: B018 (raises where there is no paper)
    except PaperError as refused:
        return [str(each) for each in refused.problems if of_wording(each)]
    if any(each.code in ("I460", "P102") for each in made.problems):  # a paper for no meeting, which nobody publishes
        return []
    return [*(str(each) for each in made.problems if of_wording(each)), *read_wrong(made, made.report.comments)]


def of_wording(problem: Problem) -> bool:
    """Is it one that the sentences or the layout cause, and not what stands in a cell?"""
    theirs = problem.place.file in ("wording.xlsx", "template.docx") and problem.level is Level.ERROR
    return theirs or problem.code.startswith(OF_WORDING)


def read_wrong(made: Standing, comments: Iterable[str]) -> Iterator[str]:
    """The paragraphs of the standing sentences that do not read as sentences."""
    for name in made.context.sections.keys() - set(comments):
        texts = [each.text for each in made.context.sections[name] if isinstance(each, Block)]
        yield from (text for text in texts if SLIP.search(text))


def spoilt(desk: Office, meeting: str, cases: Iterable[Sequence[Change]]) -> dict[str, list[str]]:
    """The cases that spoil a sentence, and how."""
    files, found = Files(desk.inputs), {}
    for case in cases:
        files.make(case)
        if told := slips(desk, meeting):
            found[" and ".join(map(str, case))] = told
    files.restore()
    return found


def everything(desk: Office, meeting: str) -> list[Change]:
    return changes(desk, gather(desk.order(meeting)).dates.as_at)


@pytest.mark.parametrize(
    ("name", "seed"), [("best value in January", 5), ("recommendations", 6), ("budget", 7), ("risks", 8)]
)
def test_nothing_that_happens_to_an_optional_cell_spoils_a_sentence(name: str, seed: int, tmp_path: Path) -> None:
    desk, meeting, chance = month(name, tmp_path), MONTHS[name][1], random.Random(seed)
    known = everything(desk, meeting)
    cases = [(), *((each,) for each in chance.sample(known, 12)), *(chance.sample(known, 2) for _ in range(3))]
    assert spoilt(desk, meeting, cases) == {}


@pytest.mark.deep
@pytest.mark.parametrize("name", MONTHS)
def test_nothing_at_all_spoils_a_sentence(name: str, tmp_path: Path) -> None:
    desk, meeting, chance = month(name, tmp_path), MONTHS[name][1], random.Random(1)
    known = everything(desk, meeting)
    cases = [*((each,) for each in known), *(chance.sample(known, 2) for _ in range(400))]
    print(f"{name}: {len(known)} changes, {len(cases)} cases")
    assert spoilt(desk, meeting, cases) == {}


BEFORE = {
    "F3": ("Updates", "due", "The {{ update.number | nth }} update is due on {{ update.due | day }}."),
    "F7": ("Log", "appendix_title", "Note the {{ letter.sender }}'s letter ({{ letter.appendix }})."),
    "F22": ("Workshops", "attended_by", "A workshop with {{ workshop.attended_by }} was held."),
    "F19": ("Log", "points", "In the letter the {{ letter.sender }} {{ letter.points | listed }}."),
    "F34": ("Log", "kind", "{{ letter.kind }}, {{ letter.sender }} to {{ letter.recipient }}"),
}


@pytest.mark.parametrize("cell", BEFORE)
def test_a_sentence_that_leans_on_an_optional_cell_is_found(cell: str, tmp_path: Path) -> None:
    desk, meeting = month("best value in January", tmp_path), "2017-01-23"
    sheet, asked, text = BEFORE[cell]
    wording(desk, **{cell: text, "D7": "first response"})
    cases = [(each,) for each in everything(desk, meeting) if each.sheet == sheet and f"({asked}) blank" in each.what]
    assert spoilt(desk, meeting, cases)
    assert spoilt(desk, meeting, [()]) == {}

"""The places of a paper where the three versions of a text meet: a paragraph, a recommendation, an appendix, a cell."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from pipeline.baseline import Baseline
from pipeline.problems import Place
from pipeline.revise import Revision, Terms, open_paper, revised
from pipeline.word import PARAGRAPH, ROW, TEXT, Element, paragraphs, seen
from tests.revise.officer import strip_marks
from tests.revise.papers import Para, Tab, baseline_of, paper

WHEN, AUTHOR = datetime(2017, 2, 1, 9, tzinfo=UTC), "Paper generator"
SOURCE = Place("tracker.xlsx", "Actions", "G11")

A = "Of the 31 actions in hand 24 are complete so far. Officers expect the rest of them in May."
B = "Of the 31 actions in hand 27 are complete so far. Officers expect the rest of them in May."
C = "Of the 31 actions in hand 25 are complete so far. Officers expect the rest of them in May."
ELSEWHERE = "Of the 31 actions in hand 24 are complete so far. Officers expect the rest of them in late summer."
BOTH = "Of the 31 actions in hand 27 are complete so far. Officers expect the rest of them in late summer."

Edit = Callable[[Element], None]


@dataclass(frozen=True)
class Spot:
    """One kind of place: `make` writes a paper with a text there (None: without it), `key` names the block."""

    name: str
    key: str
    style: str = ""

    def blocks(self, text: str | None, *, template: int = 0) -> list[Para | Tab]:
        """The paper's blocks; `template` shifts the numbers of the template's paragraphs, as another version does."""
        here = [] if text is None else [Para(self.key, text, self.style, (SOURCE,))]
        rows = {"T-1": ("T-1", "Agree the policy for grants", "March"), "T-3": ("T-3", "Train the officers", "May")}
        if self.style == "" and text is not None:
            rows = {"T-1": rows["T-1"], "T-2": ("T-2", text, "April"), "T-3": rows["T-3"]}
        return [
            Para(f"template/{1 + template}-report", "Report on the plan", "Title"),
            Para(f"template/{2 + template}-recommendations", "Recommendations", "Heading 1"),
            Para("rec-1", "To note how far the plan has come since the last meeting.", "Recommendation"),
            *(here if self.style == "Recommendation" else []),
            Para(f"template/{3 + template}-background", "Background", "Heading 1"),
            Para("before", "The plan was agreed in autumn and is described in [[appendix/plan]]."),
            *(here if self.style == "Numbered Paragraph" else []),
            Para("after", "Each strand has a lead officer who answers for its actions."),
            Tab("tasks", ("Ref", "Task", "Due"), rows, (SOURCE,)),
            Para(f"template/{4 + template}-appendices", "Appendices", "Heading 1"),
            *(here if self.style == "Appendix Item" else []),
            Para("appendix/plan", "The plan as it was agreed", "Appendix Item"),
        ]

    def make(self, text: str | None, *, template: int = 0) -> bytes:
        """The paper as a file."""
        return _made(self, text, template)

    def base(self, text: str | None) -> Baseline:
        """Its baseline."""
        return baseline_of(self.blocks(text))

    def unit(self, paragraph: Element) -> Element:
        """The element that an officer deletes, copies or moves: the paragraph, or the row around it."""
        return paragraph if self.style else next(paragraph.iterancestors(ROW))


@cache
def _made(spot: Spot, text: str | None, template: int) -> bytes:
    return paper(spot.blocks(text, template=template))


SPOTS = (
    Spot("paragraph", "progress", "Numbered Paragraph"),
    Spot("recommendation", "rec-2", "Recommendation"),
    Spot("appendix", "appendix/letter", "Appendix Item"),
    Spot("row", "tasks/T-2"),
)


def edited(content: bytes, edit: Edit | None, *, marks: bool = True, text: str = A) -> bytes:
    """The file after an officer's edit of the paragraph that reads `text`."""
    opened = open_paper(content, "the draft")
    if edit is not None:
        edit(next(p for p in paragraphs(opened.body) if seen(p).text == text))
    if not marks:
        strip_marks(opened.body)
    return content if edit is None and marks else opened.content()


def typed(text: str) -> Edit:
    """The officer types this in place of what stood there."""

    def edit(paragraph: Element) -> None:
        first, *others = paragraph.iter(TEXT)
        first.text = text
        for other in others:
            other.text = ""

    return edit


def deleted(spot: Spot) -> Edit:
    """The officer deletes the paragraph or row."""

    def edit(paragraph: Element) -> None:
        unit = spot.unit(paragraph)
        parent = unit.getparent()
        assert parent is not None
        parent.remove(unit)

    return edit


def copied(spot: Spot) -> Edit:
    """The officer copies the paragraph or row and pastes it below."""

    def edit(paragraph: Element) -> None:
        unit = spot.unit(paragraph)
        twin = copy.deepcopy(unit)
        strip_marks(twin)
        unit.addnext(twin)

    return edit


def moved(spot: Spot) -> Edit:
    """The officer moves the paragraph to the top, or the row to the end of its table."""

    def edit(paragraph: Element) -> None:
        unit = spot.unit(paragraph)
        parent = unit.getparent()
        assert parent is not None
        if unit.tag == PARAGRAPH:
            parent.insert(1, unit)
        else:
            parent.append(unit)

    return edit


def redraft(content: bytes, fresh: bytes, base: Baseline | None = None) -> Revision:
    """The next draft, at a fixed time."""
    return revised(content, fresh, base, Terms(WHEN, AUTHOR))

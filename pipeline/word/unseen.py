"""Words that a paper holds and nobody sees on its pages: in the colour of what lies behind, a point high, off the page.

Hidden text is no such thing: Word knows that it is hidden, and the public copy has none. What is told here would be
published, for whoever selects, searches or listens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from pipeline.catalogue import problem
from pipeline.problems import Problem
from pipeline.word.contrast import ENOUGH_CONTRAST, Shading, filling_of
from pipeline.word.places_on_page import OFF, Page, is_covered, is_table_off, off_the_page, pages_of, too_small
from pipeline.word.story import Story, shortened
from pipeline.word.styles import first_child, points_of
from pipeline.word.xml import TABLE, W14, Element, qn

LEGIBLE = 4  # points, and of a line or row as of letters
_VISIBLE_CONTRAST = 1.5
_NARROW = 10  # of the usual width of letters, in hundredths
_NUMBER = re.compile(r"-?\d{1,9}")
_TOGETHER = -0.45  # of the height of letters, which are about half as wide
_AWAY = 200  # half-points
_CLEAR = 90_000  # of 100,000: all but transparent


class Look(NamedTuple):
    """Why the words of a run cannot be seen (P190), or hardly (P191); no code where they can."""

    code: str = ""
    why: str = ""


def unseen_words(story: Story) -> Iterator[Problem]:
    """P190 for words that nobody can see, P191 for words that are too pale for many; neighbours of one look once."""
    looks = _Looks(story, Shading(story.styles), pages_of(story.root))
    for paragraph, seen in story.paragraphs.items():
        words = {run: text.strip() for run, text in seen.runs.items() if text.strip()}
        for look, found in groupby(looks.of_runs(paragraph, words) if words else (), key=lambda each: each[1]):
            these = [run for run, _ in found]
            said = shortened(" ".join(words[run] for run in these))
            if look.code and any(map(str.isalnum, said)):
                yield problem(look.code, story.place(these[0]), words=said, why=look.why)


@dataclass(frozen=True)
class _Looks:
    """What keeps the words of a story from being seen."""

    story: Story
    shading: Shading
    pages: dict[Element, Page]
    tables: dict[Element, bool] = field(default_factory=dict)

    def of_runs(self, paragraph: Element, runs: Iterable[Element]) -> Iterator[tuple[Element, Look]]:
        """Each run of a paragraph, and why its words cannot be seen."""
        whole = self.of_paragraph(paragraph)
        return ((run, Look("P190", whole) if whole else self.of_run(paragraph, run)) for run in runs)

    def of_paragraph(self, paragraph: Element) -> str:
        """Why none of a paragraph's words can be seen, blank where they can."""
        page = self.pages[paragraph]
        spacing = self.story.styles.of_paragraph(paragraph, "spacing")
        if spacing and spacing.element.get(qn("w:lineRule")) == "exact":
            line = number(spacing.element.get(qn("w:line")))
            if line is not None and line < LEGIBLE * 20:
                return "in a line of no height"
        if any(self.is_off(table, page) for table in paragraph.iterancestors(TABLE)):
            return OFF
        if is_covered(paragraph, self.story.styles):
            return "under a picture or shape"
        return too_small(paragraph, LEGIBLE) or off_the_page(paragraph, self.story.styles, page)

    def is_off(self, table: Element, page: Page) -> bool:
        """Does a table lie off its page? Asked once a table, as it may have thousands of paragraphs."""
        if table not in self.tables:
            self.tables[table] = is_table_off(table, page)
        return self.tables[table]

    def of_run(self, paragraph: Element, run: Element) -> Look:
        """Why the words of a run cannot be seen, or are pale."""
        unseen = self.by_size(paragraph, run) or (
            "transparent" if see_through(run, filling_of(self.story.styles, paragraph, run)) else ""
        )
        if unseen:
            return Look("P190", unseen)
        letters = self.shading.letters(paragraph, run)
        if letters is None or letters.contrast >= ENOUGH_CONTRAST:
            return Look()
        if letters.contrast < _VISIBLE_CONTRAST:
            return Look("P190", f"of colour {letters.ink} on {letters.paper}")
        told = f"colour {letters.ink} on {letters.paper} has a contrast of {letters.contrast:.1f} to 1"
        return Look("P191", f"{told}, and should have {ENOUGH_CONTRAST:g}")

    def by_size(self, paragraph: Element, run: Element) -> str:
        """Why the letters of a run are too small, or too far from their line, to be seen; blank where they are not."""
        of_run = self.story.styles.of_run
        points = points_of(of_run(run, paragraph, "sz"))
        scale, moved, closer = (
            number(found.value.rstrip("%")) if (found := of_run(run, paragraph, name)) else None
            for name in ("w", "position", "spacing")
        )
        if points < LEGIBLE:
            return f"only {points:g} points high"
        if scale and 0 < scale < _NARROW:
            return f"only {scale} % as wide as letters are"
        if closer is not None and closer / 20 <= _TOGETHER * points:
            return "set one on top of the other"
        return f"{abs(moved) // 2} points above or below their line" if moved and abs(moved) > _AWAY else ""


def see_through(run: Element, filling: Element | None) -> bool:
    """Are the letters without a filling, or with one that lets all through, and without a line around them?"""
    if filling is None:
        return False
    line = first_child(run, qn("w:rPr"), f"{W14}textOutline")
    if line is not None and line.find(f"{W14}noFill") is None:
        return False
    clear = (number(each.get(f"{W14}val")) or 0 for each in filling.iter(f"{W14}alpha"))
    return filling.find(f"{W14}noFill") is not None or any(each >= _CLEAR for each in clear)


def number(written: str | None) -> int | None:
    """A whole number as Word writes it; None for anything else."""
    return int(written) if written and _NUMBER.fullmatch(written) else None

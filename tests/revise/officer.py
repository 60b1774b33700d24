"""A simulated officer: takes a paper through a dozen edits, as people make them in Word. The seed decides which."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.blocks import mark_name
from pipeline.revise import Paper
from pipeline.word import NAME, PARAGRAPH, ROW, TABLE, TEXT, Element, make, qn
from tests.revise.papers import run

WORDS = "review delivery officers residents programme assurance quarter plan risk action savings agreed revised noted"
START, END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")


@dataclass
class Officer:
    """Edits a paper in place. `wrote` holds every word put in; `truth` the key of each paragraph and row.

    Truth is the key, `` for the officer's own, `copy` for a copy; `?` is added to what was retyped, `+` to the second
    half of a split.
    """

    paper: Paper
    seed: int
    keys: dict[str, str]
    wrote: list[str] = field(default_factory=list)
    truth: dict[Element, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        for unit in [*self.paper.body.findall(PARAGRAPH), *self.paper.body.iter(ROW)]:
            names = [self.keys.get(start.get(NAME, ""), "") for start in unit.iter(START)]
            self.truth[unit] = next((name for name in names if name), "")

    def work(self, edits: int) -> None:
        """Makes so many edits."""
        choices: list[Callable[[Element], None]] = [
            *([self.tweak] * 4), *([self.insert] * 2), self.retype, self.delete, self.move, self.split, self.merge,
            self.copy, self.bold, self.track, self.edit_cell, self.add_row, self.delete_row,
        ]  # fmt: skip
        for _ in range(edits):
            mine = [
                p for p in self.paper.body.findall(PARAGRAPH) if self.truth.get(p) and p.find(qn("w:r")) is not None
            ]
            self.rng.choice(choices)(self.rng.choice(mine))

    def word(self) -> str:
        word = f"{self.rng.choice(WORDS.split())}{self.rng.randrange(10**7)}x"
        self.wrote.append(word)
        return word

    def sentence(self) -> str:
        plain = " ".join(self.rng.choice(WORDS.split()) for _ in range(self.rng.randint(5, 14)))
        return f"The {self.word()} of the {plain} was {self.word()}."

    def tweak(self, paragraph: Element) -> None:
        texts = [t for t in paragraph.iter(TEXT) if len(t.text or "") > 20]
        if texts:
            text = self.rng.choice(texts)
            parts = (text.text or "").split(" ")
            parts[self.rng.randrange(len(parts))] = self.word()
            text.text = " ".join(parts)

    def insert(self, paragraph: Element) -> None:
        twin = self._empty_twin(paragraph)
        twin.append(run(self.sentence()))
        (paragraph.addnext if self.rng.random() < 0.5 else paragraph.addprevious)(twin)
        self.truth[twin] = ""

    def _empty_twin(self, paragraph: Element) -> Element:
        twin = copy.deepcopy(paragraph)
        for child in [child for child in twin if child.tag != qn("w:pPr")]:
            twin.remove(child)
        return twin

    def retype(self, paragraph: Element) -> None:
        lost = self.rng.random() < 0.5
        for child in list(paragraph):
            if child.tag not in (qn("w:pPr"), START, END) or (lost and child.tag in (START, END)):
                paragraph.remove(child)
        place = 1 + (paragraph.find(START) is not None)
        paragraph.insert(min(place, len(paragraph)), run(self.sentence()))
        self.truth[paragraph] = self.truth[paragraph].rstrip("?") + "?"

    def delete(self, paragraph: Element) -> None:
        self.paper.body.remove(paragraph)

    def move(self, paragraph: Element) -> None:
        others = [p for p in self.paper.body.findall(PARAGRAPH) if p is not paragraph]
        self.rng.choice(others).addnext(paragraph)

    def split(self, paragraph: Element) -> None:
        runs = paragraph.findall(qn("w:r"))
        text = runs[-1].find(TEXT) if runs else None
        if text is None or len(text.text or "") < 60:
            return
        parts = (text.text or "").split(" ")
        half = len(parts) // 2
        second = self._empty_twin(paragraph)
        second.append(run(" ".join(parts[half:])))
        text.text = " ".join(parts[:half])
        paragraph.addnext(second)
        end = paragraph.find(END)
        if end is not None and self.rng.random() < 0.7:
            second.append(end)
        self.truth[second] = "+" + self.truth[paragraph].strip("+?")

    def merge(self, paragraph: Element) -> None:
        following = paragraph.getnext()
        if following is not None and following.tag == PARAGRAPH and self.truth.get(following):
            for child in [child for child in following if child.tag != qn("w:pPr")]:
                paragraph.append(child)
            self.truth[paragraph] += "|" + self.truth.pop(following)
            self.paper.body.remove(following)

    def copy(self, paragraph: Element) -> None:
        twin = copy.deepcopy(paragraph)
        for mark in [*twin.iter(START), *twin.iter(END)]:
            twin.remove(mark)
        self.truth[twin] = "copy"
        self.rng.choice(self.paper.body.findall(PARAGRAPH)).addnext(twin)

    def bold(self, paragraph: Element) -> None:
        first = next((r for r in paragraph.findall(qn("w:r")) if len(r.findtext(TEXT) or "") > 20), None)
        if first is not None:
            text = first.findtext(TEXT) or ""
            at = self.rng.randrange(3, len(text) - 3)
            first.addnext(run(text[at:]))
            first.addnext(run(text[at - 3 : at], bold=True))
            first[-1].text = text[: at - 3]
            first[-1].set(qn("xml:space"), "preserve")

    def track(self, paragraph: Element) -> None:
        last = paragraph.findall(qn("w:r"))[-1]
        change = make("w:ins", id=70_000 + self.rng.randrange(10_000), author="An officer", date="2017-01-20T09:00:00Z")
        change.append(run(f" It was {self.word()}."))
        last.addnext(change)

    def _rows(self) -> list[Element]:
        return [row for row in self.paper.body.iter(ROW) if row.getparent().tag == TABLE][1:]

    def edit_cell(self, _: Element) -> None:
        texts = [t for row in self._rows() for t in row.iter(TEXT)]
        if texts:
            self.rng.choice(texts).text = f"{self.word()} {self.word()}"

    def add_row(self, _: Element) -> None:
        rows = self._rows()
        if rows:
            row = self.rng.choice(rows)
            twin = copy.deepcopy(row)
            for mark in [*twin.iter(START), *twin.iter(END)]:
                mark.getparent().remove(mark)
            for text in twin.iter(TEXT):
                text.text = self.word()
            row.addnext(twin)
            self.truth[twin] = ""

    def delete_row(self, _: Element) -> None:
        rows = self._rows()
        if len(rows) > 2:
            row = self.rng.choice(rows)
            row.getparent().remove(row)


def keys_of(paper_keys: list[str]) -> dict[str, str]:
    """Keys by mark."""
    return {mark_name(key): key for key in paper_keys}


def strip_marks(body: Element) -> None:
    """Takes every bookmark out, as a portal or another editor may."""
    for mark in list(body.iter(START, END)):
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)

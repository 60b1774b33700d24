"""What an officer does to a draft beside `hands`, and which made-up words stand in a paper."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.revise import CannotEditError, Paper, Revisions, edits, free_ids, rewrite
from pipeline.word import PARAGRAPH, ROW, TEXT, Element, qn, seen, style_of
from tests import hands
from tests.chance.board import MADE_UP

_DELETED, _RUN, _PROPERTIES = qn("w:delText"), qn("w:r"), qn("w:pPr")
_MARKS = qn("w:bookmarkStart"), qn("w:bookmarkEnd")


@dataclass(frozen=True)
class Words:
    """The made-up words of a paper: those that a reader sees, and those in comments besides."""

    seen: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()


def words_in(path: Path) -> Words:
    """The made-up words of a Word file, but for the record that the program keeps in it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist() if name.startswith("word/")}
    body = etree.fromstring(parts["word/document.xml"])
    comments = parts.get("word/comments.xml")
    seen = _made_up(body)
    return Words(seen, seen | _made_up(etree.fromstring(comments)) if comments else seen)


def _made_up(root: Element) -> frozenset[str]:
    lines = ("".join(leaf.text or "" for leaf in each.iter(TEXT)) for each in root.iter(PARAGRAPH))
    return frozenset(word for line in lines for word in MADE_UP.findall(line))


def told_by(path: Path, known: Collection[str]) -> str:
    """The first of the known words that stands in the paper, by which its paragraph or row is found; else blank."""
    found: list[str] = []

    def look(paper: Paper) -> None:
        for leaf in paper.body.iter(TEXT, _DELETED):
            found.extend(word for word in known if word in (leaf.text or ""))

    look(hands.open_paper(path.read_bytes(), path.name))
    return found[0] if found else ""


def retyped(path: Path, at: str, old: str, new: str, *, tracked: bool = False) -> bool:
    """In the paragraph or row told by the word `at`, `new` is typed over `old`; False where that is not there."""
    done: list[bool] = []

    def change(paper: Paper) -> None:
        leaf = next((each for each in hands.place(paper, at).iter(TEXT) if old in (each.text or "")), None)
        if leaf is None:
            return
        paragraph = next(leaf.iterancestors(PARAGRAPH))
        text = seen(paragraph).kept
        revisions = Revisions(free_ids(paper.root), hands.WHEN, hands.ANN) if tracked else None
        try:
            rewrite(paragraph, edits(text, text.replace(old, new)), {}, revisions)
        except CannotEditError:
            return
        done.append(True)

    hands.changed(path, change)
    return bool(done)


def own_paragraph(path: Path, after: str, words: str) -> None:
    """A paragraph of the officer's own, after the one told by a word."""

    def change(paper: Paper) -> None:
        before = hands.place(paper, after)
        if before.tag == PARAGRAPH:
            twin = etree.SubElement(before, PARAGRAPH)
            etree.SubElement(etree.SubElement(twin, _RUN), TEXT).text = words
            before.addnext(twin)

    hands.changed(path, change)


def split(path: Path, at: str, before: str) -> None:
    """The Enter key is pressed in front of a word of the paragraph told by the word `at`."""

    def change(paper: Paper) -> None:
        first = hands.place(paper, at)
        leaf = next((each for each in first.iter(TEXT) if before in (each.text or "")), None)
        run = leaf.getparent() if leaf is not None else None
        if first.tag == ROW or leaf is None or run is None or run.getparent() is not first:
            return
        number, inside = first.index(run), run.index(leaf)
        second = copy.deepcopy(first)
        head, _, tail = (leaf.text or "").partition(before)
        second[number][inside].text = before + tail
        for each in [*second[:number], *second.iter(*_MARKS)]:
            if each.tag != _PROPERTIES and each.getparent() is not None:
                each.getparent().remove(each)  # type: ignore[union-attr]
        leaf.text = head.rstrip()
        for each in first[number + 1 :]:
            if each.tag not in _MARKS:
                first.remove(each)
        first.addnext(second)

    hands.changed(path, change)


def joined(path: Path, at: str) -> None:
    """The Delete key is pressed at the end of the paragraph told by a word: the next becomes part of it."""

    def change(paper: Paper) -> None:
        first = hands.place(paper, at)
        after = first.getnext()
        if first.tag == ROW or after is None or after.tag != PARAGRAPH or "Heading" in style_of(after):
            return
        blank = etree.SubElement(first, _RUN)
        etree.SubElement(blank, TEXT, {qn("xml:space"): "preserve"}).text = " "
        first.extend([each for each in after if each.tag != _PROPERTIES])
        after.getparent().remove(after)  # type: ignore[union-attr]

    hands.changed(path, change)

"""What an officer does to a draft beside `hands`, and which made-up words stand in a paper."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.revise import CannotEditError, Paper, Revisions, edits, free_ids, rewrite
from pipeline.word import ID, PARAGRAPH, ROW, TEXT, Element, qn, seen, style_of
from tests import hands
from tests.chance.model import Unit, made_up_in

_DELETED, _RUN, _PROPERTIES, _REFERENCE = qn("w:delText"), qn("w:r"), qn("w:pPr"), qn("w:commentReference")
_MARKS = qn("w:bookmarkStart"), qn("w:bookmarkEnd")
_TRACKED = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))


@dataclass(frozen=True)
class Words:
    """The made-up words of a paper: those that a reader sees, and those in comments or struck out besides."""

    seen: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()


def words_in(path: Path) -> Words:
    """The made-up words of a Word file, but for the record that the program keeps in it. A comment whose place somebody
    deleted was deleted with it, though editors keep it in the file.
    """
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist() if name.startswith("word/")}
    body = etree.fromstring(parts["word/document.xml"])
    comments = parts.get("word/comments.xml")
    there = {mark.get(ID) for mark in body.iter(_REFERENCE)}
    said = (_made_up(each) for each in (etree.fromstring(comments) if comments else ()) if each.get(ID) in there)
    return Words(_made_up(body), _made_up(body, TEXT, _DELETED).union(*said))


def _made_up(root: Element, *leaves: str) -> frozenset[str]:
    lines = ("".join(leaf.text or "" for leaf in each.iter(*leaves or (TEXT,))) for each in root.iter(PARAGRAPH))
    return made_up_in(lines)


def first_in(path: Path, words: Collection[str], at: str = "") -> str:
    """The first of the words that stands in the paper, or in the paragraph or row told by the word `at`; else blank."""
    paper = hands.open_paper(path.read_bytes(), path.name)
    place = hands.place(paper, at) if at else paper.body
    there = [leaf.text or "" for leaf in place.iter(TEXT, _DELETED)]
    return next((word for text in there for word in words if word in text), "")


def units_of(path: Path) -> Iterator[Unit]:
    """What a reader sees in a paper, a paragraph or table row each."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    for element in body.iter(ROW, PARAGRAPH):
        if element.tag == ROW or next(element.iterancestors(ROW), None) is None:
            yield Unit(_made_up(element), next(element.iter(*_TRACKED), None) is not None)


def retyped(path: Path, at: str, old: str, new: str, *, by: str = hands.ANN, tracked: bool = False) -> bool:
    """In the paragraph or row told by the word `at`, `new` is typed over `old`; False where that is not there."""
    done: list[bool] = []

    def change(paper: Paper) -> None:
        leaf = next((each for each in hands.place(paper, at).iter(TEXT) if old in (each.text or "")), None)
        if leaf is None:
            return
        paragraph = next(leaf.iterancestors(PARAGRAPH))
        text = seen(paragraph).kept
        revisions = Revisions(free_ids(paper.root), hands.WHEN, by) if tracked else None
        try:
            rewrite(paragraph, edits(text, text.replace(old, new)), {}, revisions)
        except CannotEditError:
            return
        done.append(True)

    hands.changed(path, change, by)
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

"""The last step of a join: shows that everything that anybody put into a copy stands in the joined draft, or hands
nothing over. It reads the finished file afresh and knows nothing of how the copies were joined.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from pipeline.revise.edit_comments import comments_of
from pipeline.revise.join_frame import COUNTED, SECTION, Feature, Frame, called, frame_of, is_other, is_style
from pipeline.revise.outcome import AUTHOR
from pipeline.revise.paper import Held, Paper, descriptions, inventory, open_paper
from pipeline.revise.prove import faults
from pipeline.revise.wordwise import words
from pipeline.word.baselines import baseline_in
from pipeline.word.story import seen
from pipeline.word.xml import ID, PARAGRAPH, TEXT, Element, qn

_DELETED, _REFERENCE, _FIELD = map(qn, ("w:delText", "w:commentReference", "w:fldChar"))
_TRACKED = tuple(map(qn, ("w:ins", "w:del")))
_COUNTED_APART = ("commentReference", "sectPr", "sdt")


def lost_in(handed_out: bytes, copies: Iterable[bytes], content: bytes) -> tuple[str, ...]:
    """What somebody put into a copy and the joined draft lacks, in words; what is not sound in it counts too."""
    before, after = (open_paper(each, "a draft") for each in (handed_out, content))
    theirs = [open_paper(each, "a copy") for each in copies]
    unsound = faults(after) - sum((faults(each) for each in (before, *theirs)), Counter())
    return (*(lost for each in theirs for lost in _lost(before, each, after)), *unsound)


class Words(NamedTuple):
    """The words of a paper, those too that somebody struck out: `parted` where a tracked change or a field begins or
    ends, because what was struck out and what came in for it stand side by side without a blank; `whole` as they read.
    """

    parted: Counter[str]
    whole: Counter[str]

    def and_those(self, other: Words) -> Words:
        """The words of both."""
        return Words(self.parted + other.parted, self.whole + other.whole)

    def but_those(self, other: Words) -> Words:
        """The words that the other has not, or not as often."""
        return Words(self.parted - other.parted, self.whole - other.whole)

    def missing_in(self, there: Words) -> Iterator[str]:
        """The words that do not stand there. One in which a change begins or ends in one paper, and not in the other,
        stands there in one of the two ways.
        """
        parted, whole = self.parted - there.parted, self.whole - (there.parted | there.whole)
        return (word for word in parted.elements() if any(word in each for each in whole))


def typed_in(content: bytes, made_from: bytes = b"") -> Words:
    """The words in a copy that the program did not write, whoever typed them, in whatever draft; for one that has lost
    its baseline by that of the draft that it was made from.
    """
    paper = open_paper(content, "a copy")
    baseline = baseline_in(paper.parts)
    if baseline is None and made_from:
        baseline = baseline_in(open_paper(made_from, "a draft").parts)
    texts = (text for block in (baseline.blocks if baseline else ()) for text in (*block.texts, *block.told))
    written = Counter(word for text in texts for word in words(text))
    return _words(paper).but_those(Words(written, written))


def words_of(content: bytes) -> Words:
    """The words of a paper."""
    return _words(open_paper(content, "a draft"))


def _lost(before: Paper, copy: Paper, after: Paper) -> Iterator[str]:
    yield from _words(copy).but_those(_words(before)).missing_in(_words(after))
    # Editors keep a comment in the file whose place somebody deleted: it was deleted with it.
    there = {mark.get(ID, "") for mark in copy.body.iter(_REFERENCE)}
    comments = {said for number, said in comments_of(copy).items() if number in there} - {*comments_of(after).values()}
    yield from (words or who for who, _, words, _ in comments if who != AUTHOR)
    held = _held(copy) - _held(before) - _held(after)
    yield from (str(what) for what in held if what.name not in _COUNTED_APART)


def left_in(handed_out: bytes, content: bytes, joined: bytes) -> tuple[str, ...]:
    """What is no text, that somebody changed in a copy, and that the joined draft has not as they have it, in words."""
    before, theirs, after = (open_paper(each, "a draft") for each in (handed_out, content, joined))
    kinds = {qn("w:sdt"): "a content control", SECTION: "a section of its own"}
    fewer = [kind for tag, kind in kinds.items() if len(list(theirs.body.iter(tag))) > len(list(after.body.iter(tag)))]
    return (*_unlike(*map(frame_of, (before, theirs, after))), *fewer)


def _unlike(before: Frame, theirs: Frame, after: Frame) -> Iterator[str]:
    for name in {**theirs, **before}:
        old, new, now = (frame.get(name, Feature()) for frame in (before, theirs, after))
        is_of_both = name in before or not is_style(name)
        if is_of_both and is_other(new, old) and is_other(new, now):
            yield called(name)


def _held(paper: Paper) -> Counter[Held]:
    return inventory(paper) + descriptions(paper)


def _words(paper: Paper) -> Words:
    parted, whole = Counter[str](), Counter[str]()
    for paragraph in paper.body.iter(PARAGRAPH):
        pieces = [[leaf for _, leaf in leaves] for _, leaves in itertools.groupby(_written(paragraph), itemgetter(0))]
        struck = [piece for piece in pieces if piece[0].tag == _DELETED]
        read = [leaf for piece in pieces for leaf in piece if leaf.tag == TEXT]
        parted.update(_said(pieces))
        whole.update(_said([read, *struck]))
    return Words(parted, whole)


def _said(pieces: Iterable[Iterable[Element]]) -> Iterator[str]:
    return (word for leaves in pieces for word in words("".join(leaf.text or "" for leaf in leaves)))


def _written(paragraph: Element) -> Iterator[tuple[object, Element]]:
    """The texts of a paragraph, but for what a field shows that every editor counts anew: each with the numbers of the
    tracked changes, and of the field, in which it stands.
    """
    pieces = seen(paragraph).pieces
    counted = {piece.field for piece in pieces if piece.kind in COUNTED} - {None}
    shown = {piece.element for piece in pieces if piece.field in counted}
    fields = 0
    for leaf in paragraph.iter(TEXT, _DELETED, _FIELD):
        fields += leaf.tag == _FIELD
        if leaf.tag != _FIELD and leaf not in shown:
            yield (fields, *(each.get(ID, "") for each in leaf.iterancestors(*_TRACKED))), leaf

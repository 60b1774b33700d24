"""The last step of a join: shows that everything that anybody put into a copy stands in the joined draft, or hands
nothing over. It reads the finished file afresh and knows nothing of how the copies were joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.opc import parse
from pipeline.revise.edit_comments import comments_of
from pipeline.revise.outcome import AUTHOR
from pipeline.revise.paper import Paper, inventory, open_paper
from pipeline.revise.prove import faults
from pipeline.revise.wordwise import words
from pipeline.word.baselines import baseline_in
from pipeline.word.xml import PARAGRAPH, TEXT, qn

_DELETED = qn("w:delText")
_OUTSIDE = ("header", "footer")
_COUNTED_APART = ("commentReference", "sectPr")


def lost_in(handed_out: bytes, copies: Iterable[bytes], content: bytes) -> tuple[str, ...]:
    """What somebody put into a copy and the joined draft lacks, in words; what is not sound in it counts too."""
    before, after = (open_paper(each, "a draft") for each in (handed_out, content))
    theirs = [open_paper(each, "a copy") for each in copies]
    unsound = faults(after) - sum((faults(each) for each in (before, *theirs)), Counter())
    return (*(lost for each in theirs for lost in _lost(before, each, after)), *unsound)


def typed_in(content: bytes) -> Counter[str]:
    """The words in a copy that the program did not write, whoever typed them, in whatever draft."""
    paper = open_paper(content, "a copy")
    baseline = baseline_in(paper.parts)
    texts = (text for block in (baseline.blocks if baseline else ()) for text in (*block.texts, *block.told))
    return _words(paper) - Counter(word for text in texts for word in words(text))


def words_of(content: bytes) -> Counter[str]:
    """The words of a paper, those that somebody struck out too."""
    return _words(open_paper(content, "a draft"))


def _lost(before: Paper, copy: Paper, after: Paper) -> Iterator[str]:
    yield from (_words(copy) - _words(before)) - _words(after)
    comments = {*comments_of(copy).values()} - {*comments_of(after).values()}
    yield from (words or who for who, _, words, _ in comments if who != AUTHOR)
    held = [Counter((each.name, each.words) for each in inventory(paper).elements()) for paper in (copy, before, after)]
    yield from (" ".join(what).strip() for what in held[0] - held[1] - held[2] if what[0] not in _COUNTED_APART)
    if list(_outside(copy)) != list(_outside(before)):
        yield "a header or footer"
    if len(list(copy.body.iter(qn("w:sectPr")))) > len(list(after.body.iter(qn("w:sectPr")))):
        yield "a section of its own"


def _words(paper: Paper) -> Counter[str]:
    """The words of a paper, those that somebody struck out too."""
    said = ("".join(leaf.text or "" for leaf in each.iter(TEXT, _DELETED)) for each in paper.body.iter(PARAGRAPH))
    return Counter(word for text in said for word in words(text))


def _outside(paper: Paper) -> Iterator[str]:
    """What stands in the headers and footers."""
    for part in (part for kind in _OUTSIDE for part in paper.related(kind)):
        yield " ".join("".join(leaf.text or "" for leaf in parse(paper.parts[part]).iter(TEXT)).split())

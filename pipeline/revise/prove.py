"""The last step of a merge: shows that no word of an officer's was lost, or hands nothing over.

It reads the finished file afresh and knows nothing of how the merge was made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from pipeline.baseline import Written
from pipeline.catalogue import problem
from pipeline.problems import PaperError, Place
from pipeline.revise.edit_marks import END, START
from pipeline.revise.outcome import excerpt
from pipeline.revise.paper import Held, Paper, inventory, open_paper
from pipeline.revise.wordwise import normalised, words
from pipeline.word.story import Story
from pipeline.word.xml import CELL, ID, NAME, Element, local, qn

_INSERTED, _DELETED = qn("w:ins"), qn("w:del")
_ORDINARY = {qn("w:delText"): qn("w:t"), qn("w:delInstrText"): qn("w:instrText")}


def officers_paragraphs(body: Element, base: Iterable[Written]) -> Counter[str]:
    """The paragraphs, at any depth, that do not say what the generator wrote; quotation marks and spaces aside."""
    ours = {normalised(line) for block in base for text in block.texts for line in (text, *text.split("\n"))}
    texts = _texts(body)
    return Counter(text for text in texts if text and text not in ours)


def prove_draft(
    before: Paper,
    content: bytes,
    base: Collection[Written],
    ours: Collection[str],
    name: str,
    held: Iterable[Held] = (),
) -> None:
    """Raises PaperError (R103, R104) unless `content` still holds all that an officer wrote in `before`, well formed.

    `ours`: the ids of the tracked changes that the merge made. With these rejected every paragraph that an officer
    wrote or edited stands as it was; with them accepted no word is gone that the generator did not write,
    and nothing that is not words: a picture, an equation, a note. `held` went with blocks that are withheld by now.
    """
    after = open_paper(content, name)
    needed = officers_paragraphs(before.body, base)
    written = Counter(word for block in base for text in block.texts for word in words(text))
    lost_words = _words(before.body) - written - _words(after.body)
    lost_content = inventory(before) - inventory(after) - Counter(held)
    damage = faults(after) - faults(before)
    reject(after.body, ours)
    lost = needed - Counter(_texts(after.body))
    place = Place(file=name)
    problems = [problem("R103", place, text=excerpt(text)) for text in (*lost, *lost_words)]
    problems += [problem("R103", place, "no_words", text=excerpt(str(what))) for what in lost_content]
    problems += [problem("R104", place, fault=fault) for fault in damage]
    if problems:
        raise PaperError(problems)


def _words(body: Element) -> Counter[str]:
    return Counter(word for text in _texts(body) for word in words(text))


def _texts(body: Element) -> list[str]:
    return [normalised(each.kept) for each in Story(body).paragraphs.values()]


def reject(body: Element, ours: Collection[str]) -> None:
    """Takes back the tracked changes of words that have these ids."""
    for change in [change for change in body.iter(_INSERTED, _DELETED) if change.get(ID) in ours]:
        parent = change.getparent()
        if parent is None:
            continue
        if change.tag == _DELETED:
            for leaf in list(change.iter(*_ORDINARY)):
                leaf.tag = _ORDINARY[str(leaf.tag)]
            for child in list(change):
                change.addprevious(child)
        parent.remove(change)


def faults(paper: Paper) -> Counter[str]:
    """What no Word file may have: bookmarks without an end or of one name, cells without a paragraph, lost comments."""
    body, comments = paper.body, paper.tree("comments")
    starts, ends = ({mark.get(ID) for mark in body.iter(tag)} for tag in (START, END))
    names = Counter(start.get(NAME) for start in body.iter(START))
    noted = Counter(reference.get(ID) for reference in body.iter(qn("w:commentReference")))
    for comment in () if comments is None else comments:
        del noted[comment.get(ID)]
    unclosed = sum(not _is_closed(cell) for cell in body.iter(CELL))
    twice = names - Counter(dict.fromkeys(names, 1))
    found = Counter(f"bookmark {mark}" for mark in (*(starts ^ ends), *twice))
    found.update({"cell": unclosed} | {f"comment {number}": times for number, times in noted.items()})
    return found


def _is_closed(cell: Element) -> bool:
    return len(cell) > 0 and local(cell[-1]) in ("p", "sdt", "bookmarkEnd")

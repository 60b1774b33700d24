"""Where people's versions of a place part in a joined draft: told as differences while they wait, settled as chosen.

The first version stands, the others are tracked changes under their names. A person settles it in Word, by accepting or
rejecting these, or on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.revise.edit_references import places
from pipeline.revise.edit_words import CannotEditError, rewrite
from pipeline.revise.ledger import Settled
from pipeline.revise.outcome import Difference, excerpts
from pipeline.revise.paper import Paper, open_paper
from pipeline.revise.parting import DELETED, PeopleDiffer, Version
from pipeline.revise.prove import reject
from pipeline.revise.wordwise import edits, normalised
from pipeline.word.story import Story, seen
from pipeline.word.xml import ID, PARAGRAPH, ROW, TEXT, Element, first_of, qn, remove

_INSERTED, _DELETED, _BY = qn("w:ins"), qn("w:del"), qn("w:author")
_LEAVES = (TEXT, qn("w:delText"))


class Settling(NamedTuple):
    """A draft with what people chose, and where their versions wait still: as differences, and as kept on record."""

    content: bytes
    differences: tuple[Difference, ...]
    parted: tuple[PeopleDiffer, ...]


def settled_among(content: bytes, parted: Sequence[PeopleDiffer], settled: Settled) -> Settling:
    """A draft in which what a person chose of people's versions stands, and what of these waits still."""
    if not parted:
        return Settling(content, (), ())
    paper, done = open_paper(content, "the draft"), list[bool]()
    left = list[PeopleDiffer]()
    for each in parted:
        chosen = {other: text for other in each.others if (text := _chosen(each, other, settled)) is not None}
        done += [_put(paper, each, other, text) for other, text in chosen.items()]
        kept = {other for other, text in chosen.items() if text == each.stands.text}
        left.append(each.without({other for other in each.others if other in kept or not _waits(paper, other)}))
    open_still = tuple(each for each in left if each.others)
    return Settling(paper.content() if any(done) else content, tuple(_told(paper, open_still)), open_still)


def _told(paper: Paper, parted: Sequence[PeopleDiffer]) -> Iterator[Difference]:
    """Each version that does not stand as a difference from the one that does."""
    if not parted:
        return
    story, numbers = Story(paper.root, paper.styles, paper.main), places(paper)
    for each, other in [(parting, version) for parting in parted for version in parting.others]:
        at = next(iter(_waiting(paper, other)), None)
        there, now = excerpts(each.stands.text, other.text)
        yield Difference(
            each.key,
            "people" if each.is_of_words else "not carried",
            (other.text,) if each.is_of_words else (),
            (each.stands.text,),
            place="" if at is None else _place(numbers.get(at, ""), story.place(at).near),
            now=now,
            there=there,
            people=(each.stands.who, other.who, *(one.who for one in each.others if one is not other)),
        )


def _place(number: str, near: str) -> str:
    numbered = f"paragraph {number}" if any(map(str.isdigit, number)) else ""
    return ", ".join(filter(None, (numbered, near)))


def _chosen(parted: PeopleDiffer, other: Version, settled: Settled) -> str | None:
    """What is to stand of two versions; None where nobody chose."""
    facts, words = (other.text,) if parted.is_of_words else (), (parted.stands.text,)
    text = settled.chosen(facts, words)
    if text is not None:
        return "".join(text)
    return words[0] if settled.keeps(facts, words) else None


def _waits(paper: Paper, other: Version) -> bool:
    """Does a version wait still? One that no tracked change holds waits until it is settled on record."""
    return not other.waits or bool(_waiting(paper, other))


def _waiting(paper: Paper, other: Version) -> dict[Element, list[Element]]:
    """The paragraphs in which a version waits as tracked changes, with these."""
    tag, found = _DELETED if other.text == DELETED else _INSERTED, dict[Element, list[Element]]()
    for paragraph in paper.body.iter(PARAGRAPH) if other.waits else ():
        changes = [each for each in paragraph.iter(tag) if each.get(_BY) == other.who]
        said = normalised("".join(leaf.text or "" for each in changes for leaf in each.iter(*_LEAVES)))
        if said and any(normalised(piece) in said for piece in other.waits):
            row = first_of(paragraph, ROW)
            found[paragraph] = [*changes, *([] if row is None else row.iterfind(f"{qn('w:trPr')}/{tag}"))]
    return found


def _put(paper: Paper, parted: PeopleDiffer, other: Version, text: str) -> bool:
    """Puts a chosen text where a version waits, and the version away. False where it waits there no longer."""
    found = _waiting(paper, other)
    first = next(iter(found), None)
    at = first if first is not None and parted.why != "both kept" else _that_stands(paper, parted, first)
    if first is not None and text == DELETED:
        remove(map(_whole, found))
        return True
    if parted.why in ("both kept", "columns"):
        remove(map(_whole, found))
    else:
        reject(paper.body, {change.get(ID, "") for changes in found.values() for change in changes})
    if at is not None and text != parted.stands.text:
        try:
            rewrite(at, edits(seen(at).kept, text), {})
        except CannotEditError:
            return False
        return True
    return first is not None


def _that_stands(paper: Paper, parted: PeopleDiffer, first: Element | None) -> Element | None:
    """The paragraph that says what stands: the last one before that in which another version waits."""
    found = None
    for paragraph in paper.body.iter(PARAGRAPH):
        if paragraph is first:
            break
        if normalised(seen(paragraph).kept) == normalised(parted.stands.text):
            found = paragraph
    return found


def _whole(paragraph: Element) -> Element:
    """The row that somebody put in or took out as a whole, else the paragraph."""
    row = first_of(paragraph, ROW)
    properties = None if row is None else row.find(qn("w:trPr"))
    is_marked = properties is not None and any(each.tag in (_INSERTED, _DELETED) for each in properties)
    return row if row is not None and is_marked else paragraph

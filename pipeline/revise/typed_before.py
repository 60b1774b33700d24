"""What people typed into the paper of the meeting before, and this one lacks: their own paragraphs and rows, their own
words in what the program wrote, and comments on that; and how it is put into this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from pipeline.baseline import Written
from pipeline.revise.edit_comments import comments_of, still_open
from pipeline.revise.edit_marks import START
from pipeline.revise.edit_runs import run_of
from pipeline.revise.edit_tracked import accept_all, free_ids
from pipeline.revise.edit_transplant import Transplant
from pipeline.revise.edit_words import CannotEditError, rewrite
from pipeline.revise.join_carry import Carrier, Host
from pipeline.revise.join_looks import dress
from pipeline.revise.match import Found, find
from pipeline.revise.match_units import Unit, units_of, words_of
from pipeline.revise.outcome import AUTHOR, NOTHING, excerpts
from pipeline.revise.paper import Paper, open_paper
from pipeline.revise.revise import Spots
from pipeline.revise.wordwise import applied, as_compared, edits, line, normalised, three_way
from pipeline.word.story import words_in
from pipeline.word.xml import DRAWING, ID, NAME, PARAGRAPH, ROW, TABLE, Element, cells, make, paragraphs, qn

_REFERENCE, _PICTURE = qn("w:commentReference"), f"{DRAWING}docPr"


class TypedBefore(NamedTuple):
    """A passage: its texts (of a row one a cell), where it stands, the `block` in which it is (`` for one of their
    own) and what the program had `written` there, the blocks above it, the nearest first, and its number in the paper.
    Of a comment on a block who said it, and its own number.
    """

    texts: tuple[str, ...]
    written: tuple[str, ...]
    place: str
    block: str
    above: tuple[str, ...]
    number: int
    by: str = ""
    comment: str = ""

    @property
    def quoted(self) -> str:
        """Its words for a list, of words in a block from a little before those that were typed."""
        return excerpts(line(self.written), line(self.texts))[1]


class Said(NamedTuple):
    """A paper's bytes, its file's name, and what the program wrote of it."""

    content: bytes
    name: str
    blocks: Sequence[Written]


def typed_before(last: Said, now: bytes, name: str) -> list[TypedBefore]:
    """What people typed into the `last` paper, tracked changes accepted, that no paragraph or row of the paper `now`
    says.
    """
    paper, new = _accepted(last), open_paper(now, name)
    there, noted = {unit.flat for unit in units_of(new)}, {said[2] for said in comments_of(new).values()}
    found, spots = find(paper, last.blocks), Spots(paper, NOTHING)
    typed = [each for each, flat in _typed(found, spots, last.blocks) if flat not in there]
    return [*typed, *(each for each in _noted(paper, found, spots) if normalised(each.texts[0]) not in noted)]


def _accepted(last: Said) -> Paper:
    paper = open_paper(last.content, last.name)
    accept_all(paper.body)
    return paper


def _typed(found: Found, spots: Spots, blocks: Sequence[Written]) -> Iterator[tuple[TypedBefore, str]]:
    """Each passage, with its text as it is compared."""
    written = {block.key: block for block in blocks}
    joined, above = {unit.number for unit in found.joined.values()}, list[str]()
    for unit in found.units:
        key = found.key_of.get(unit.number, "")
        if unit.number in joined or not unit.flat or (key and unit is not found.of[key][0]):
            continue
        texts = words_of(found.of[key]) if key else unit.texts
        if not key or _is_edited(texts, written[key]):
            was, place = written[key].texts if key else (), spots.spot(unit.first)
            yield TypedBefore(texts, was, place, key, tuple(reversed(above)), unit.number), unit.flat
        above += [key] if key else []


def _noted(paper: Paper, found: Found, spots: Spots) -> Iterator[TypedBefore]:
    """Each comment on a block that nobody settled; one on people's own paragraph goes with that."""
    tree = paper.tree("comments")
    words = {each.get(ID, ""): words_in(each) for each in (() if tree is None else tree)}
    marks = {mark.get(ID, ""): mark for mark in paper.body.iter(_REFERENCE)}
    on = {unit.element: unit for unit in found.units}
    for number, comment in still_open(paper, AUTHOR):
        around = marks[number].iterancestors(ROW, PARAGRAPH) if number in marks else ()
        unit = next((on[each] for each in around if each in on), None)
        if unit is not None and (key := found.key_of.get(unit.number, "")):
            place = spots.spot(unit.first)
            yield TypedBefore((words[number],), (), place, key, (), unit.number, comment[0], number)


def _is_edited(texts: Sequence[str], written: Written) -> bool:
    return as_compared(texts) not in (as_compared(written.texts), as_compared(written.told))


def carried(passages: Iterable[TypedBefore], last: Said, now: Said) -> tuple[bytes, list[TypedBefore]]:
    """The paper `now` with passages of the last one put in: words in their block, own paragraphs and rows below what
    stood above them; and those that cannot be put in, for which a person must.
    """
    theirs, ours = open_paper(now.content, now.name), _accepted(last)
    there, was = find(theirs, now.blocks), find(ours, last.blocks)
    work, refused = _Carrying(theirs, ours, there, was), list[TypedBefore]()
    for each in passages:
        if not work.put(each):
            refused.append(each)
    return theirs.content(), refused


class _Carrying:
    def __init__(self, theirs: Paper, ours: Paper, there: Found, was: Found) -> None:
        peers = ((there.of[key][0].first, units[0].first) for key, units in was.of.items() if there.of.get(key))
        known, transplant = comments_of(theirs), Transplant(theirs, ours, peers)
        marks = {mark.get(NAME, "") for mark in theirs.body.iter(START)}
        host = Host(theirs, free_ids(theirs.root), frozenset(), {said: n for n, said in known.items()}, marks)
        looks = partial(dress, host=theirs, source=ours, transplant=transplant)
        self.there, self.host, self.carrier = there, host, Carrier(host, ours, looks, comments_of(ours))
        self.units: Mapping[int, Unit] = {unit.number: unit for unit in was.units}
        self.last = dict[Element, Element]()

    def put(self, passage: TypedBefore) -> bool:
        """Puts a passage in; False where it cannot be."""
        units = self.there.of.get(passage.block) or []
        if passage.comment:
            return bool(units) and self.note(units[0], passage.comment)
        if units:
            return len(units) == 1 and _reworded(units[0], passage)
        unit = self.units[passage.number]
        anchor = next((self.there.of[key][-1] for key in passage.above if self.there.of.get(key)), None)
        if anchor is None or (unit.is_row and not _takes(anchor, unit)):
            return False
        place = anchor.element if unit.is_row or anchor.table is None else _outermost(anchor.element)
        twin = self.carrier.carry(unit.element)
        self.renumber(twin)
        self.last.get(place, place).addnext(twin)
        self.last[place] = twin
        return True

    def renumber(self, twin: Element) -> None:
        """Gives pictures numbers of their own: in a paper no two have one."""
        drawn = self.host.paper.root.iter(_PICTURE)
        last = max([0, *(int(number) for each in drawn if (number := each.get("id", "")).isdecimal())])
        for at, each in enumerate(twin.iter(_PICTURE), last + 1):
            each.set("id", str(at))

    def note(self, unit: Unit, number: str) -> bool:
        """Puts a comment on a block."""
        ours, first = self.carrier.comment(number), unit.first
        first.insert(1 if first.find(qn("w:pPr")) is not None else 0, make("w:commentRangeStart", id=ours))
        first.append(make("w:commentRangeEnd", id=ours))
        first.append(run_of(make("w:commentReference", id=ours), None))
        return bool(ours)


def _takes(anchor: Unit, row: Unit) -> bool:
    """Has the row below which it is to stand as many cells?"""
    return anchor.is_row and len([*cells(anchor.element)]) == len([*cells(row.element)])


def _outermost(row: Element) -> Element:
    return [*row.iterancestors(TABLE)][-1]


def _typed_again(written: str, typed: str, now: str) -> str | None:
    """What people made of a text, made of the text as it is now; None where both changed the same words."""
    moved = three_way(written, typed, now)
    return None if moved is None else applied(typed, moved)


def _reworded(unit: Unit, passage: TypedBefore) -> bool:
    """What was typed in a block, typed in it as it stands now; False where the facts behind these words have moved, or
    they are more than plain text.
    """
    places = unit.cells if unit.is_row else [unit.element]
    held = [[each] if each.tag == PARAGRAPH else [*paragraphs(each)] for each in places]
    if not len(held) == len(passage.texts) == len(passage.written) or any(len(each) != 1 for each in held):
        return False
    wanted = [*map(_typed_again, passage.written, passage.texts, unit.texts)]
    if None in wanted:
        return False
    try:
        for (paragraph,), was, text in zip(held, unit.texts, wanted, strict=True):
            if text is not None and was != text:
                rewrite(paragraph, edits(was, text), {})
    except CannotEditError:
        return False
    return True

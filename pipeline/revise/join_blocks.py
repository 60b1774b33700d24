"""What becomes of one paragraph or row that several people changed in their copies: both stand where they can."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Literal

from pipeline.revise.edit_runs import is_pending
from pipeline.revise.edit_tracked import Revisions, track_paragraph, track_row
from pipeline.revise.join_paragraph import Side, comments_in, dress_of, joined_paragraph
from pipeline.revise.join_people import Handed, Theirs
from pipeline.revise.paper import holds_content
from pipeline.revise.parting import DELETED, PeopleDiffer, Version
from pipeline.revise.wordwise import line, normalised
from pipeline.word.story import seen
from pipeline.word.xml import PARAGRAPH, Element, blocks, cells, qn

Result = tuple[list[Element], list[PeopleDiffer]]
"""What stands for a block in the joined draft, and where people part over it."""


def is_touched(one: Theirs, block: Handed) -> bool:
    """Did the person change anything of the block: words, looks, tracked changes, comments, what is not words?"""
    units = one.units_of(block.key)
    same = len(units) == 1 and list(map(normalised, units[0].texts)) == list(map(normalised, block.unit.texts))
    is_other = not same or _is_dressed(one, units[0].element, block, block.unit.element)
    return is_other or any(one.ends_section(unit.element) for unit in units)


def _is_dressed(one: Theirs, theirs: Element, block: Handed, ours: Element) -> bool:
    return (
        is_pending(theirs) != is_pending(ours)
        or not one.commented.isdisjoint(comments_in(theirs))
        or dress_of(theirs, one.holds) != dress_of(ours, block.holds)
    )


def joined_block(block: Handed, touching: Sequence[Theirs]) -> Result:
    """A block that some people touched. Who deleted what another edited has it struck out, as a tracked change."""
    there = [one for one in touching if one.units_of(block.key)]
    gone = [one for one in touching if one not in there]
    if not there:
        return [], []
    twins, found = _edited(block, there)
    if gone:
        said = _told_in(twins)
        stands = Version(there[0].person, line(said) if block.unit.is_row else "\n".join(said))
        taken_out = Version(gone[0].person, DELETED, said)
        for twin in twins:
            _track(twin, gone[0].revisions, "del")
        found = [*found, PeopleDiffer(block.key, "edited and deleted", (stands, taken_out))]
    return twins, found


def _edited(block: Handed, there: Sequence[Theirs]) -> Result:
    if len(there) == 1:
        return there[0].carried(block.key), []
    if any(len(one.units_of(block.key)) > 1 for one in there):
        return _both(block, there)
    if block.unit.is_row:
        return _row(block, there)
    sides = [Side(one, one.units_of(block.key)[0].element) for one in there]
    twin, found = joined_paragraph(block, block.unit.element, sides)
    return _both(block, there) if twin is None else ([twin], found)


def _track(twin: Element, revisions: Revisions, kind: Literal["ins", "del"]) -> None:
    if twin.tag == PARAGRAPH:
        track_paragraph(twin, revisions, kind)
    elif twin.tag == qn("w:tr"):
        track_row(twin, revisions, kind)


def _both(block: Handed, there: Sequence[Theirs]) -> Result:
    """The first person's as it is, and after it what the others made of it, each as their tracked insertion."""
    twins, versions = there[0].carried(block.key), [Version(there[0].person, there[0].text_of(block.key))]
    for one in there[1:]:
        text, said = one.text_of(block.key), {version.text for version in versions}
        if text in said and not any(holds_content(unit.element) for unit in one.units_of(block.key)):
            continue
        more = one.carried(block.key)
        versions.append(Version(one.person, text, _told_in(more)))
        for twin in more:
            _track(twin, one.revisions, "ins")
        twins += more
    return twins, _kept(block, versions)


def _kept(block: Handed, versions: Sequence[Version]) -> list[PeopleDiffer]:
    """The difference between versions that stand one after the other; none where all say the same."""
    is_one = len({version.text for version in versions}) == 1
    return [] if is_one else [PeopleDiffer(block.key, "both kept", tuple(versions))]


def _row(block: Handed, there: Sequence[Theirs]) -> Result:
    """Cell by cell: one that one person touched is theirs, one that several touched is joined word by word."""
    rows = [one.units_of(block.key)[0] for one in there]
    if any(_is_struck(row.element) or len(row.texts) != len(block.unit.texts) for row in rows):
        return _both(block, there)
    twin, found = copy.deepcopy(block.unit.element), list[PeopleDiffer]()
    for n, cell in enumerate(list(cells(twin))):
        theirs = [list(cells(row.element))[n] for row in rows]
        text = normalised(block.unit.texts[n])
        changed = [
            m
            for m, row in enumerate(rows)
            if normalised(row.texts[n]) != text or _is_dressed(there[m], theirs[m], block, cell)
        ]
        if changed:
            inside, parted = _cell(block, cell, [there[m] for m in changed], [theirs[m] for m in changed])
            for old in list(blocks(cell)):
                old.getparent().remove(old)  # type: ignore[union-attr]
            cell.extend(inside)
            found += parted
    return [twin], found


def _cell(block: Handed, cell: Element, there: Sequence[Theirs], theirs: Sequence[Element]) -> Result:
    lines = [list(blocks(each)) for each in theirs]
    if all(len(each) == 1 and each[0].tag == PARAGRAPH for each in [*lines, list(blocks(cell))]):
        sides = [Side(one, each[0]) for one, each in zip(there, lines, strict=True)]
        twin, found = joined_paragraph(block, next(blocks(cell)), sides)
        if twin is not None:
            return [twin], found
    twins, versions = [there[0].carry(each) for each in lines[0]], [Version(there[0].person, _lines(lines[0]))]
    for one, inside in zip(there[1:], lines[1:], strict=True):
        more = [one.carry(each) for each in inside]
        versions.append(Version(one.person, _lines(inside), _told_in(more)))
        for twin in more:
            if twin.tag == PARAGRAPH:
                track_paragraph(twin, one.revisions, "ins", mark=False)
        twins += more
    return twins, _kept(block, versions)


def _is_struck(row: Element) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _told_in(twins: Iterable[Element]) -> tuple[str, ...]:
    """What the paragraphs say that stand for a block."""
    said = (seen(paragraph).kept for twin in twins for paragraph in twin.iter(PARAGRAPH))
    return tuple(text for text in said if normalised(text))


def _lines(inside: Iterable[Element]) -> str:
    return "\n".join(seen(each).kept for one in inside for each in one.iter(PARAGRAPH))

"""What becomes of one paragraph or row that several people changed in their copies: both stand where they can."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pipeline.revise.edit_runs import is_pending, run_of
from pipeline.revise.edit_tracked import Revisions, track_paragraph, track_row
from pipeline.revise.edit_words import CannotEditError, rewrite
from pipeline.revise.join_people import Handed, Holding, Theirs
from pipeline.revise.join_words import Spot, joined_words, people_differ_in, standing
from pipeline.revise.paper import holds_content
from pipeline.revise.parting import DELETED, PeopleDiffer, Version
from pipeline.revise.wordwise import Edit, line, normalised
from pipeline.word.story import seen
from pipeline.word.xml import ID, PARAGRAPH, RUN, TEXT, VAL, Element, blocks, cells, make, qn

_REFERENCE = qn("w:commentReference")
_LOOKS = frozenset(map(qn, ("w:b", "w:i", "w:u", "w:strike", "w:highlight", "w:vertAlign")))
_OFF = ("0", "none", "false", "off", "baseline")


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
        or not one.commented.isdisjoint(_comments_in(theirs))
        or _dress(theirs, one.holds) != _dress(ours, block.holds)
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
    twin, found = _paragraph(block, block.unit.element, there, [one.units_of(block.key)[0].element for one in there])
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


def _paragraph(
    block: Handed, ours: Element, there: Sequence[Theirs], theirs: Sequence[Element]
) -> tuple[Element | None, list[PeopleDiffer]]:
    """One paragraph out of several people's: the richest one's, with the others' changes put in, tracked where they
    tracked theirs. None where it cannot be one.
    """
    dresses = [_dress(element, one.holds) for one, element in zip(there, theirs, strict=True)]
    plain = _dress(ours, block.holds)
    rich = [n for n, dress in enumerate(dresses) if dress != plain]
    pending = [n for n, element in enumerate(theirs) if is_pending(element)]
    texts = [seen(element).kept for element in theirs]
    spots = joined_words(seen(ours).kept, texts)
    stands = there[0].newer and not all(spot.is_agreed for spot in spots)
    host = 0 if stands else next(iter([*rich, *pending]), 0)
    if any(dresses[n] != dresses[host] for n in rich):
        return None, []
    twin = there[host].carry(theirs[host])
    try:
        for edit, person, follows in reversed([each for spot in spots for each in _edits(spot, host)]):
            tracked = follows or (person in pending and not there[person].newer)
            rewrite(twin, [edit], block.shown, there[person].revisions if tracked else None)
    except CannotEditError:
        return None, []
    for one, element in zip(there, theirs, strict=True):
        if one is not there[host]:
            take_comments(one, element, twin)
    return twin, list(people_differ_in(block.key, spots, host, [one.person for one in there], texts[host]))


def _edits(spot: Spot, host: int) -> Iterator[tuple[Edit, int, bool]]:
    """What is to be done at a spot of the host's text, and for whom: the version that stands, if it is not the host's
    own; each that cannot stand beside it follows it (True).
    """
    (start, end), stands = spot.spans[host], standing(spot, host)
    if host not in stands.people:
        yield Edit(start, end, stands.text), stands.people[0], False
    for version in spot.versions:
        if version is not stands and normalised(version.text):
            yield Edit(end, end, f" {version.text.strip()}"), version.people[0], True


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
        twin, found = _paragraph(block, next(blocks(cell)), there, [each[0] for each in lines])
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


def take_comments(one: Theirs, element: Element, twin: Element) -> None:
    """Puts the comments of a person's paragraph on one that holds their words."""
    there = set(_comments_in(twin))
    for number in filter(None, map(one.comment, _comments_in(element))):
        if number not in there:
            there.add(number)
            twin.insert(1 if twin.find(qn("w:pPr")) is not None else 0, make("w:commentRangeStart", id=number))
            twin.append(make("w:commentRangeEnd", id=number))
            twin.append(run_of(make("w:commentReference", id=number), None))


def _comments_in(element: Element) -> list[str]:
    return [mark.get(ID, "") for mark in element.iter(_REFERENCE)]


def _is_struck(row: Element) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _told_in(twins: Iterable[Element]) -> tuple[str, ...]:
    """What the paragraphs say that stand for a block."""
    said = (seen(paragraph).kept for twin in twins for paragraph in twin.iter(PARAGRAPH))
    return tuple(text for text in said if normalised(text))


def _lines(inside: Iterable[Element]) -> str:
    return "\n".join(seen(each).kept for one in inside for each in one.iter(PARAGRAPH))


def _looks_of(element: Element) -> tuple[tuple[str, ...], ...]:
    """What looks unlike the style of its paragraph: words and their looks, neighbours of one look together."""
    found: list[tuple[str, ...]] = []
    for run in element.iter(RUN):
        text = "".join(leaf.text or "" for leaf in run.iter(TEXT))
        properties = run.find(qn("w:rPr"))
        looks = tuple(
            str(look.tag)
            for look in (() if properties is None else properties)
            if look.tag in _LOOKS and look.get(VAL, "1") not in _OFF
        )
        if text.strip() and looks:
            if found and found[-1][1:] == looks:
                text = found.pop()[0] + text
            found.append((text, *looks))
    return tuple((normalised(words), *looks) for words, *looks in found)


def _dress(element: Element, holds: Holding) -> tuple[object, ...]:
    """How an element looks, and what is in it that is neither words nor a comment."""
    return _looks_of(element), *sorted(each for each in holds(element) if each.name != "commentReference")

"""Several people's copies of one draft joined into one: everybody's words stand, and where they part each version does.

The draft as it was handed out is what all copies are compared with, and what they are carried into: no copy is
favoured, and their order changes nothing. What comes out is one edited draft that still carries a baseline, so that it
is brought up to date as if one person had typed it all.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from pipeline.baseline import Baseline, Written
from pipeline.revise.edit_comments import COMMENT_MARKS, comments_of
from pipeline.revise.edit_marks import put_marks
from pipeline.revise.edit_references import refresh_references, shown_numbers
from pipeline.revise.edit_runs import run_of, words_leaf
from pipeline.revise.edit_tracked import Revisions, free_ids, track_paragraph
from pipeline.revise.edit_transplant import Transplant
from pipeline.revise.join_blocks import is_touched, joined_block
from pipeline.revise.join_carry import Carrier, Host
from pipeline.revise.join_frame import SECTION, carry_frame, frame_of
from pipeline.revise.join_looks import dress
from pipeline.revise.join_paragraph import take_comments
from pipeline.revise.join_people import Handed, Theirs
from pipeline.revise.join_places import Draft, describe_tables, insert_own, moved, put_after, put_in_place_of
from pipeline.revise.join_prove import left_in, lost_in
from pipeline.revise.match import Found, find
from pipeline.revise.outcome import AUTHOR
from pipeline.revise.paper import Paper, held_in, holds_content, open_paper, saved_by
from pipeline.revise.parting import PeopleDiffer, Version
from pipeline.store import sha256_of
from pipeline.word.baselines import baseline_in, put_baseline
from pipeline.word.xml import ID, NAME, PARAGRAPH, ROW, Element, make, properties, put, qn, remove


@dataclass(frozen=True, slots=True)
class Joined:
    """One edited draft out of several copies, where people's words part in it, and what it would lose of a copy: blank
    for a draft that may be used.
    """

    content: bytes
    differences: tuple[PeopleDiffer, ...]
    lost: tuple[str, ...] = ()


def join_copies(handed_out: bytes, copies: Mapping[str, bytes], when: datetime, newer: bytes | None = None) -> Joined:
    """One edited draft out of several people's copies of `handed_out`, by their files' names, and of the draft in hand
    where that went on from it (`newer`): its words stand, and its baseline counts.

    A person is who saved the copy last by its own account, else its file's name. `when` signs the tracked changes that
    stand for words which cannot stand together. Raises PaperError where one is no sound Word file.
    """
    host, draft = _opened(handed_out)
    order = sorted(copies.items(), key=lambda item: (_person(*item), sha256_of(item[1])))
    theirs = [_read(host, draft, _person(*each), each[1], when) for each in order]
    if newer is not None:
        theirs.insert(0, replace(_read(host, draft, AUTHOR, newer, when), newer=True))
    differences = _carried_in(draft, theirs)
    carry_frame(host.paper, [(one.frame, one.carry) for one in theirs])
    content = _finished(host.paper, newer)
    sources = [*copies.values(), *([] if newer is None else [newer])]
    left = [(_person(*each), what) for each in order for what in left_in(handed_out, each[1], content)]
    kept_out = (PeopleDiffer("", "not carried", (Version("", what), Version(who, what))) for who, what in left)
    parted = (*differences, *kept_out)
    return Joined(content, parted, lost_in(handed_out, sources, content))


def _opened(content: bytes) -> tuple[Host, Draft]:
    paper = open_paper(content, "the draft as it was handed out")
    found, shown = find(paper, _written(paper).blocks), shown_numbers(paper.body)
    standing: dict[str, Handed] = {}
    for unit in (unit for unit in found.units if unit.flat or holds_content(unit.element)):
        key = found.key_of.get(unit.number, "")
        name = key if key and key not in standing else f"own/{unit.number}"
        standing[name] = Handed(name, unit, shown, partial(held_in, paper=paper))
    known = comments_of(paper)
    marks = {mark.get(NAME, "") for mark in paper.body.iter(qn("w:bookmarkStart"))}
    host = Host(paper, free_ids(paper.root), frozenset(known.values()), {c: n for n, c in known.items()}, marks)
    return host, Draft(paper.body, standing)


def _read(host: Host, draft: Draft, person: str, content: bytes, when: datetime) -> Theirs:
    paper, standing = open_paper(content, person), draft.blocks
    tables = {block.unit.table: f"table {n}" for n, block in enumerate(standing.values()) if block.unit.is_row}
    base = [Written(key, each.unit.texts, tables.get(each.unit.table, "")) for key, each in standing.items()]
    found = find(paper, base, rows=[key for key, block in standing.items() if block.unit.is_row])
    peers = [(standing[key].unit.first, units[0].first) for key, units in found.of.items()]
    comments = comments_of(paper)
    dressed = partial(dress, host=host.paper, source=paper, transplant=Transplant(host.paper, paper, peers))
    sections = _own_sections(paper, found, draft)
    carrier = Carrier(host, paper, dressed, comments, sections)
    new = frozenset(number for number, comment in comments.items() if comment not in host.handed_out)
    holds, revisions = partial(held_in, paper=paper), Revisions(host.ids, when, person)
    return Theirs(person, found, carrier.carry, carrier.comment, new, holds, revisions, frame_of(paper), sections)


def _own_sections(paper: Paper, found: Found, draft: Draft) -> frozenset[Element]:
    """The sections that end in a copy and not in the draft. Who ends the draft's own elsewhere has as many."""
    keys = {unit.element: key for unit in found.units if (key := found.key_of.get(unit.number, ""))}
    theirs = _ends(paper.body, keys)
    ours = _ends(draft.body, {block.unit.element: key for key, block in draft.blocks.items()})
    new = [section for section, key in theirs.items() if key not in ours.values()]
    return frozenset(new[: max(0, len(theirs) - len(ours))])


def _ends(body: Element, keys: Mapping[Element, str]) -> dict[Element, str]:
    """Where the sections of a paper but for the last end: in or after which block."""
    last, found = "", dict[Element, str]()
    for element in body.iter(PARAGRAPH, ROW, SECTION):
        last = keys.get(element, last)
        if element.tag == SECTION and element.getparent() is not body:
            found[element] = last
    return found


def _written(paper: Paper) -> Baseline:
    return baseline_in(paper.parts) or Baseline(())


def _person(name: str, content: bytes) -> str:
    return saved_by(open_paper(content, name)) or name


def _carried_in(draft: Draft, theirs: Sequence[Theirs]) -> list[PeopleDiffer]:
    """Carries everything into the draft's own tree; where people's words part."""
    insert_own(draft, theirs)
    describe_tables(draft, theirs)
    found = list(moved(draft, theirs))
    reshaped = _with_other_columns(draft, theirs)
    for table, (first, others) in reshaped.items():
        found += _reshaped(table, draft.rows_of(table), first, others)
    for block in (each for each in draft.blocks.values() if each.unit.table not in reshaped):
        found += _joined(block, [one for one in theirs if is_touched(one, block)])
    return found


def _joined(block: Handed, touching: Sequence[Theirs]) -> Sequence[PeopleDiffer]:
    """Puts what people made of a block in its place; where they part over it."""
    if not touching:
        return ()
    twins, parted = joined_block(block, touching)
    _keep_section(block.unit.element, twins)
    put_in_place_of(block.unit.element, twins)
    return parted


def _keep_section(element: Element, twins: Sequence[Element]) -> None:
    """The draft's own section that ends in a paragraph ends in what stands for that."""
    for section in element.iter(SECTION):
        for twin in [each for each in twins if each.tag == PARAGRAPH][-1:]:
            if next(twin.iter(SECTION), None) is None:
                put(properties(twin, "w:pPr"), copy.deepcopy(section))


def _with_other_columns(draft: Draft, theirs: Sequence[Theirs]) -> dict[Element, tuple[Theirs, list[Theirs]]]:
    """The tables to which somebody gave other columns: who did first, and the others."""
    found = dict[Element, tuple[Theirs, list[Theirs]]]()
    for table in draft.tables:
        inside = draft.rows_of(table)
        first = next((one for one in theirs if any(_has_other_columns(one, block) for block in inside)), None)
        if first is not None:
            found[table] = first, [one for one in theirs if one is not first]
    return found


def _has_other_columns(one: Theirs, block: Handed) -> bool:
    return any(len(unit.texts) != len(block.unit.texts) for unit in one.units_of(block.key)[:1])


def _reshaped(
    table: Element, inside: Sequence[Handed], first: Theirs, others: Iterable[Theirs]
) -> Iterator[PeopleDiffer]:
    """A table to which somebody gave other columns is theirs as a whole; what others made of its rows follows it as
    their tracked insertions.
    """
    shaped = next(u.table for block in inside for u in first.units_of(block.key) if u.table is not None)
    twins = [first.carry(shaped)]
    for one in others:
        for block in (each for each in inside if one.units_of(each.key) and is_touched(one, each)):
            text = one.text_of(block.key)
            paragraph = make("w:p")
            paragraph.append(run_of(words_leaf("w:t", text), None))
            track_paragraph(paragraph, one.revisions, "ins")
            take_comments(one, one.units_of(block.key)[0].element, paragraph)
            twins.append(paragraph)
            versions = Version(first.person, first.text_of(block.key)), Version(one.person, text, (text,))
            yield PeopleDiffer(block.key, "columns", versions)
    put_after(table, twins)
    remove([table])


def _finished(paper: Paper, newer: bytes | None) -> bytes:
    """The file: its marks put back, its comments whole, its references as they now stand."""
    baseline = _written(paper if newer is None else open_paper(newer, "the draft"))
    if newer is not None:
        paper.parts = put_baseline(paper.parts, baseline)
    found = find(paper, baseline.blocks)
    places = {block.key: found.of[block.key] for block in baseline.blocks if block.key in found.of}
    put_marks(paper.body, {key: (units[0].first, units[-1].first) for key, units in places.items()})
    _tidy_comments(paper.body)
    refresh_references(paper)
    return paper.content()


def _tidy_comments(body: Element) -> None:
    """One range and one reference for each comment; what has lost its other half goes."""
    for tag in COMMENT_MARKS:
        known: set[str] = set()
        for mark in list(body.iter(tag)):
            if mark.get(ID, "") in known:
                remove([mark])
            known.add(mark.get(ID, ""))
    whole = set.intersection(*({mark.get(ID) for mark in body.iter(tag)} for tag in COMMENT_MARKS))
    for mark in list(body.iter(*COMMENT_MARKS[:2])):
        if mark.get(ID) not in whole:
            remove([mark])

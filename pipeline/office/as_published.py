"""What the public reads: the paper as it was published, as its last supplement left it, and on what is known now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.baseline import Baseline
from pipeline.blocks import mark_name
from pipeline.office.standing import APPENDIX, Standing
from pipeline.opc import write
from pipeline.patterns import Pattern
from pipeline.problems import NeedsPerson, Place, error
from pipeline.publish.public_copy import as_read
from pipeline.publish.supplement import Published, reference_labels
from pipeline.revise.differences import problems_of
from pipeline.revise.edit_references import places
from pipeline.revise.edit_tracked import accept_all
from pipeline.revise.ledger import Settled, hash_of, settled_by
from pipeline.revise.match import find
from pipeline.revise.match_units import Unit
from pipeline.revise.merge import Terms
from pipeline.revise.outcome import AUTHOR, Revision
from pipeline.revise.paper import Paper, open_paper
from pipeline.revise.revise import revised
from pipeline.store import Acts, Draft, Entry, blocks_as_data, draft_of, last_told, published
from pipeline.word.older_baselines import as_read_today
from pipeline.word.story import seen
from pipeline.word.xml import PARAGRAPH, TABLE, Element, cells, rows

_LAST_NUMBER = Pattern(r"([0-9]+)[^0-9]*$")
NOT_PUT_IN = ("split", "joined", "columns")
"""Why a block cannot take a fact in its place: what of it is news is for a person, unless nobody wrote in it."""


@dataclass(frozen=True, slots=True)
class AsRead:
    """The paper as the public was told it last: the publication that stands, the paper with what the program wrote of
    it, its blocks under the numbers that were published, and how it names its appendices. `printed` are the keys of all
    blocks that were ever in it.
    """

    entry: Entry
    draft: Draft
    written: Baseline
    blocks: Sequence[Published]
    names: Mapping[str, str]
    printed: tuple[str, ...]

    @property
    def facts(self) -> Baseline:
        """What the facts gave then: what people kept against them, on record, is no news."""
        return self.written.as_told()

    @property
    def appendices(self) -> int:
        """The highest number of an appendix."""
        marks = [mark_name(block.key) for block in self.written.blocks if block.key.startswith(APPENDIX)]
        found = (_LAST_NUMBER.search(self.names.get(mark, "")) for mark in marks)
        return max([len(marks), *(int(each[1]) for each in found if each)])

    def as_today(self, now: Standing) -> AsRead:
        """The same, its baseline read as the program reads papers today."""
        fresh = open_paper(now.rendered.content, "the paper of today").body
        return replace(self, written=as_read_today(self.written, fresh, fresh))

    @property
    def typed_in(self) -> frozenset[str]:
        """The keys of those blocks in which people wrote."""
        written = {block.key: block for block in self.written.blocks}
        return frozenset(each.key for each in self.blocks if not each.says(written[each.key]))

    def without(self, keys: Collection[str]) -> AsRead:
        """The same, where blocks of these keys in which people wrote count as run together with others: what they are
        to say only a person can tell.
        """
        unclear = self.typed_in.intersection(keys)
        return replace(
            self, blocks=[replace(each, alone=each.alone and each.key not in unclear) for each in self.blocks]
        )


def as_the_public_read(folder: Path) -> AsRead:
    """The publication that stands, and its paper as its last supplement left it. Raises NeedsPerson (C152, C155) where
    there is none.
    """
    entry, last = published(folder), last_told(folder)
    if entry is None or last is None:
        cure = "Change the draft, and publish it."
        message = "This paper is not published, so it needs no supplement."
        raise NeedsPerson(error("C152", Place(str(folder)), message, cure))
    draft = draft_of(folder, entry)
    blocks, names = blocks_of(draft)
    printed = [block.key for block in blocks]
    if last != entry:
        numbers, draft = {block.key: block.number for block in blocks}, draft_of(folder, last)
        blocks, _ = blocks_of(draft)
        blocks = [replace(block, number=numbers.get(block.key, "")) for block in blocks]
        names = {mark: str(name) for mark, name in draft.record.get("names", {}).items()}
        printed += [block.key for block in blocks]
    return AsRead(entry, draft, draft.baseline or Baseline(()), blocks, names, tuple(dict.fromkeys(printed)))


def blocks_of(draft: Draft) -> tuple[list[Published], Mapping[str, str]]:
    """The blocks that a paper still has, each with the number in print that a reader finds it by, and what references
    read.
    """
    read = as_read(draft.content, draft.path.name)
    return list(
        published_blocks(open_paper(write(read.parts), "the published paper"), draft.baseline or Baseline(()))
    ), (reference_labels(read.text))


def published_blocks(paper: Paper, written: Baseline) -> Iterator[Published]:
    """The blocks of a baseline that a paper still has."""
    found, numbers = find(paper, written.blocks), places(paper)
    shared = {unit.number for unit in found.joined.values()}
    for block in written.blocks:
        if units := found.of.get(block.key) or [*filter(None, [found.joined.get(block.key)])]:
            texts = tuple(text for unit in units for text in unit.texts)
            alone = shared.isdisjoint(unit.number for unit in units)
            number, headings = span(units, numbers), headings_over(units[0])
            yield Published(block.key, texts, number, block.table, alone, headings)


def span(units: Sequence[Unit], numbers: Mapping[Element, str]) -> str:
    """The number of a block in print: the first and the last, where an officer split it."""
    first, last = (numbers.get(unit.first, "") for unit in (units[0], units[-1]))
    return first if first == last else f"{first}–{last}"


def headings_over(unit: Unit) -> tuple[str, ...]:
    """The headings of the columns over a row; none for a paragraph, and for the headings themselves."""
    table = next(unit.element.iterancestors(TABLE), None) if unit.is_row else None
    first = next(rows(table), None) if table is not None else None
    if first is None or first is unit.element:
        return ()
    return tuple(" ".join(seen(each).text for each in cell.iter(PARAGRAPH)).strip() for cell in cells(first))


def on_what_is_known(then: AsRead, now: Standing) -> Revision:
    """The paper that the public read, on what is known now, as every next draft is made: people's words stand in it.

    Raises NeedsPerson (C170) where the facts have moved under their words, and nobody settled it: `settle` does.
    """
    name, folder = then.draft.path.name, now.material.folder
    terms = Terms(now.order.now, AUTHOR, name, settled_in_print(now.on_record, then.blocks), now.hidden)
    public = write(as_read(then.draft.content, name).parts)
    made = revised(public, now.rendered.content, then.written, terms)
    typed_in, left = then.typed_in, left_alone(made)
    parted = [each for each in made.differences if each.key in typed_in - left and each.reason != "withheld"]
    if parted:
        raise NeedsPerson(problems_of(parted, folder / "the published paper", f"--as-at {now.dates.as_at}"))
    paper = open_paper(made.content, name)
    accept_all(paper.body)
    return made._replace(content=paper.content())


def settled_in_print(acts: Acts, blocks: Iterable[Published]) -> Settled:
    """What people settled, in whatever draft, of the words that were published: what they put in place of a block's
    words, or kept, against the same facts.
    """
    printed = {block.key: hash_of(block.texts) for block in blocks}
    of_print = (replace(act, words_sha256=printed[act.block]) for act in acts if act.block in printed)
    each = [settled_by([act], act.draft_sha256) for act in (*acts, *of_print)]
    pairs = frozenset[tuple[str, str]]().union(*(one.pairs for one in each))
    return Settled(pairs, {pair: texts for one in each for pair, texts in one.instead.items()})


def reading(made: Revision, name: str) -> Mapping[str, tuple[str, ...]]:
    """What the paper on what is known now says, by the keys of its blocks; not those that could not be brought up to
    date.
    """
    behind = frozenset(each.key for each in made.differences)
    blocks = published_blocks(open_paper(made.content, name), made.baseline)
    return {block.key: block.texts for block in blocks if block.key not in behind}


def left_alone(made: Revision) -> frozenset[str]:
    """The blocks that nothing could be put into."""
    return frozenset(each.key for each in made.differences if each.reason in NOT_PUT_IN)


def record_of(made: Revision, names: Mapping[str, str], inputs: Mapping[str, str]) -> dict[str, object]:
    """What is kept beside that paper, for the next supplement, which goes on from it."""
    return {
        "blocks": list(blocks_as_data(made.baseline.blocks)),
        "about": dict(made.baseline.about),
        "printed": list(made.baseline.printed),
        "names": dict(names),
        "inputs": dict(inputs),
    }

"""The supplement: what is known now and was not when the paper was published, paragraph by paragraph.

Pure: from what was published and what would be written today to the replacements, and to blocks that a supplement's
template prints. Words of its own it has none: its headings and standing sentences are the template's and the wording's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.baseline import Baseline, Written
from pipeline.blocks import Block, Context, Fact, Row, Run, Table, mark_name
from pipeline.problems import Place, listed
from pipeline.publish.late import LATE_REASONS
from pipeline.word.story import Story

Kind = Literal["replaced", "added", "withdrawn"]
REPLACEMENTS = "replacements"
NO_STATUSES: Mapping[str, str] = {}
NO_TEXTS: Mapping[str, tuple[str, ...]] = {}
_REFERENCE = re.compile(r"\[\[(\w+)\]\]")


@dataclass(frozen=True, slots=True)
class Published:
    """A published block: its texts (a row has one a cell, a paragraph one, or one a part where an officer split it),
    and the number that it is found by. `alone`: no words of another block were run into it. `headings` are those of
    the columns over a row, where each cell has one.
    """

    key: str
    texts: tuple[str, ...]
    number: str = ""
    table: str = ""
    alone: bool = True
    headings: tuple[str, ...] = ()

    def says(self, written: Written) -> bool:
        """Is it what was or would be written?"""
        return self.texts == written.texts or (not self.table and " ".join(self.texts) == written.texts[0])


@dataclass(frozen=True, slots=True)
class Replacement:
    """One change since publication. `number` of an addition is that of the paragraph or table before it."""

    kind: Kind
    key: str
    number: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    sources: tuple[Place, ...] = ()
    table: str = ""


def replacements(
    before: Iterable[Published], written: Baseline, now: Baseline, reading: Mapping[str, tuple[str, ...]] = NO_TEXTS
) -> tuple[Replacement, ...]:
    """What differs between what the generator wrote then (`written`) and would write `now`, against what was published.

    Only where the generator's own words differ has anything become known: an officer's edit of the published text is
    no news. It is quoted as the old text, and stands in the new one, which is that of the published paper brought up to
    date (`reading`, by key). In the order of today's paper, withdrawn paragraphs where they stood. Rows are told with
    the headings of their columns. Without those that `undecided` gives.
    """
    published = {block.key: block for block in before}
    then, today = ({block.key: block for block in baseline.blocks} for baseline in (written, now))
    tables, number = _places_of_tables(published.values()), ""
    headings = {block.table: block.headings for block in published.values() if block.headings}
    changes: list[Replacement] = []
    for block in _in_order(written.blocks, now.blocks):
        key, old = block.key, published.get(block.key)
        number = (old.number if old else "") or tables.get(block.table, "") or number
        read = reading.get(key)
        if (kind := _kind(then.get(key), today.get(key), old)) and not (old and read == old.texts):
            change = _change(kind, block._replace(texts=read or block.texts), number, old)
            over = headings.get(block.table, ())
            changes.append(replace(change, old=_headed(change.old, over), new=_headed(change.new, over)))
    return tuple(changes)


def _headed(texts: tuple[str, ...], headings: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of a row, each behind the heading of its column; as they are where these are not for them."""
    if len(texts) != len(headings) or texts == headings:
        return texts
    return tuple(f"{over}: {text}" if over else text for over, text in zip(headings, texts, strict=True) if text)


def _change(kind: Kind, block: Written, number: str, old: Published | None) -> Replacement:
    texts, sources = ((), ()) if kind == "withdrawn" else (block.texts, block.sources)
    was = old.texts if old and kind != "added" else ()
    return Replacement(kind, block.key, number, was, texts, sources, block.table)


def _kind(then: Written | None, now: Written | None, old: Published | None) -> Kind | None:
    """How a block has changed that was published as `old`; None where it has not, or nobody can tell."""
    if then is None:
        return "added"
    if old is None or not old.alone:
        return None
    if now is None:
        return "withdrawn"
    return "replaced" if then.texts != now.texts and not old.says(now) else None


def undecided(before: Iterable[Published], written: Baseline, now: Baseline) -> Iterator[Written]:
    """The blocks that are news, and have no paragraph of the published paper for themselves: a person must decide.

    An officer took the paragraph out or wrote it altogether anew, or ran it into another. A row that an officer took
    out and that has left the table since is no news.
    """
    published = {each.key: each for each in before}
    today = {each.key: each for each in now.blocks}
    for each in written.blocks:
        old, new = published.get(each.key), today.get(each.key)
        is_news = new.texts != each.texts if new else old is not None or not each.table
        if is_news and (old is None or not old.alone):
            yield new or each


def _places_of_tables(published: Iterable[Published]) -> dict[str, str]:
    """The number of each table, by its name: a row that is new stands under it, whoever wrote the paragraph above."""
    found: dict[str, str] = {}
    for each in published:
        if each.table and each.number:
            found.setdefault(each.table, each.number)
    return found


def joined(changes: Iterable[Replacement]) -> Iterator[Replacement]:
    """The changes as a reader takes them: a paragraph that went and the one that came in its place are one change.

    What was planned is a sentence of one name, what was held one of another, and yet it is the same paragraph.
    """
    went: Replacement | None = None
    for each in changes:
        if went and _takes_the_place(each, went):
            yield replace(each, kind="replaced", old=went.old)
            went = None
            continue
        if went:
            yield went
        went = each if each.kind == "withdrawn" else None
        if not went:
            yield each
    if went:
        yield went


def _takes_the_place(new: Replacement, old: Replacement) -> bool:
    """Is it a new paragraph of the same section, directly after the old one? Rows of tables stay apart."""
    sections = {each.key.partition("/")[0] for each in (new, old)}
    return new.kind == "added" and new.number == old.number and len(sections) == 1 and not (new.table or old.table)


def supplement_context(
    changes: Iterable[Replacement],
    fields: Mapping[str, str],
    late: Mapping[str, str],
    labels: Mapping[str, str],
    statuses: Mapping[str, str] = NO_STATUSES,
) -> Context:
    """The context of a supplement: one table `replacements` (see `_row`), and the late reasons.

    `labels` is what references read in print (see `reference_labels`). Each reason in `late` is a section of its own
    name. What is new and is referred to by a label of its own, as an appendix is, is told with it. `statuses` are the
    status words of actions that are closed, by the end of the key that their rows had.
    """
    rows = tuple(_row(each, labels, statuses) for each in joined(changes))
    sections: dict[str, tuple[Block | Table, ...]] = {REPLACEMENTS: (Table(REPLACEMENTS, REPLACEMENTS, rows),)}
    for name in LATE_REASONS:
        given = late.get(name, "")
        sections[name] = (Block(f"late/{name}", (Run(given),)),) if given else ()
    return Context(fields, sections)


def _in_order(then: tuple[Written, ...], now: tuple[Written, ...]) -> Iterable[Written]:
    """Today's blocks, each block that is gone put in where it stood: after the nearest earlier block that remains."""
    today = {each.key for each in now}
    gone: dict[str, list[Written]] = {}
    last = ""
    for each in then:
        if each.key in today:
            last = each.key
        else:
            gone.setdefault(last, []).append(each)
    yield from gone.get("", ())
    for each in now:
        yield each
        yield from gone.get(each.key, ())


def _row(change: Replacement, labels: Mapping[str, str], statuses: Mapping[str, str]) -> Row:
    """What a template may print of a change: number, kind, where, old, new, status, sources."""
    new = labelled("\n".join(change.new), labels)
    own = labels.get(mark_name(change.key), "") if change.kind == "added" else ""
    values = {
        "number": change.number,
        "kind": change.kind,
        "where": _where(change),
        "old": labelled("\n".join(change.old), labels),
        "new": f"{own} {new}".strip(),
        "status": next((words for ref, words in statuses.items() if change.key.endswith(f"/{ref}")), ""),
        "sources": listed(change.sources),
    }
    return Row(f"{REPLACEMENTS}/{change.key}", values, {"new": Fact(values["new"], change.sources)})


def _where(change: Replacement) -> Literal["table", "paragraph", "heading"]:
    """What the number names: the table under it, the paragraph of it, or, in words only, a heading."""
    if change.table:
        return "table"
    return "paragraph" if any(map(str.isdigit, change.number)) else "heading"


def reference_labels(text: Story) -> dict[str, str]:
    """What each reference to a mark reads in print: `_cp_...` to `Appendix 2`."""
    found = (label for paragraph in text.paragraphs.values() for label in paragraph.references)
    return {mark: shown for mark, shown in found if shown}


def labelled(text: str, labels: Mapping[str, str]) -> str:
    """A canonical text as it is printed; a reference without a label is left out."""
    return _REFERENCE.sub(lambda found: labels.get(found[1], ""), text)

"""What is seen beside a draft: a copy whose comments name the sources, and what changed since the last paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from pipeline.baseline import Baseline, Written, mark_name
from pipeline.blocks import WORDING, Block, Context, Fact
from pipeline.formats import day
from pipeline.kinds import Records
from pipeline.office.fencing import fence_around
from pipeline.office.material import Asked, gather, order_of
from pipeline.opc import parse, serialise, write
from pipeline.problems import NeedsPerson, Place, error, listed
from pipeline.revise.annotate import annotated
from pipeline.revise.edit_runs import plain
from pipeline.revise.outcome import AUTHOR, NOTHING, Hidden, hidden
from pipeline.revise.redline import redlined
from pipeline.store import NUMBER, Draft, current_draft, previous_paper, safe_name, save_copy
from pipeline.word.baselines import baseline_in, put_baseline
from pipeline.word.file import read_parts
from pipeline.word.story import Story, story_names
from pipeline.word.xml import TEXT, Element

BLANK = "–"
BAR = "█████"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """One change between two papers, near which heading it stands, and the reason: the cells behind what changed, which
    are the `sources`, or what was completed when.
    """

    key: str
    kind: str
    near: str
    old: str
    new: str
    reason: str
    sources: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two papers compared: the day of the older one's meeting, each change with its reason, and the redline on disk."""

    since: str
    changes: tuple[Reasoned, ...]
    redline: Path


def review_copy(draft: Draft, context: Context, base: Baseline, now: dt.datetime) -> Path:
    """A copy of the draft in which each statement's comment names the cells or letters behind it."""
    content = annotated(draft.content, dict(notes(context, base)), when=now, author=AUTHOR, base=base)
    name = NUMBER.sub(f"(draft {draft.number} review)", draft.path.name)
    return save_copy(draft.path.parent, name, content)


def notes(context: Context, base: Baseline) -> Iterator[tuple[str, str]]:
    """Block key and the words of its comment: every figure and name with its places and reckoning, once each."""
    shown = labels_of(context)
    for block in base.blocks:
        if lines := dict.fromkeys(line(fact, shown) for fact in block.facts if fact.text not in ("", BLANK)):
            yield block.key, "\n".join(lines)


def labels_of(context: Context) -> Mapping[str, str]:
    """How the paper names each of its appendices, by the mark that a reference leads to."""
    blocks = (block for section in context.sections.values() for block in section if isinstance(block, Block))
    return {mark_name(run.appendix): run.text for block in blocks for run in block.runs if run.appendix}


def line(fact: Fact, shown: Mapping[str, str]) -> str:
    """One figure or name: what is printed, where it comes from, how it was worked out."""
    what = "Wording" if fact.how == WORDING else f"“{plain(fact.text, shown)}”"
    how = f" ({fact.how})" if fact.how and fact.how != WORDING else ""
    return f"{f'{fact.name}: ' if fact.name else ''}{what}: {listed(fact.sources)}{how}"


def compare(
    before: tuple[str, Path], new: Path, target: Path, records: Records, now: dt.datetime, secret: Hidden = NOTHING
) -> Compared:
    """Two papers as a list of changes and as a Word file with tracked changes, saved as `target`; what is
    `secret` is a bar in both. `before` says since when, and where the older one is.
    """
    since, old = before
    made = redlined(*(blackened(path.read_bytes(), secret) for path in (old, new)), when=now, author=AUTHOR)
    reasons = reasons_of(records)
    changes = tuple(
        Reasoned(
            key=change.key,
            kind=change.kind,
            near=change.place,
            old=change.old,
            new=change.new,
            reason=reasons.get(change.key.rpartition("/")[2], listed(change.sources)),
            sources=change.sources,
        )
        for change in made.changes
    )
    return Compared(since, changes, save_copy(target.parent, target.name, made.content))


def blackened(content: bytes, secret: Hidden) -> bytes:
    """The same draft, where every paragraph and every block of its baseline that says what a withheld row says is a
    bar; the very bytes where nothing is withheld.
    """
    if secret is NOTHING:
        return content
    parts = read_parts(content, "the draft")
    for name in story_names(parts):
        root = parse(parts[name])
        private = [each for each, seen in Story(root).paragraphs.items() if secret.holds([seen.text, seen.kept])]
        for each in private:
            bar_over(each)
        if private:
            parts[name] = serialise(root)
    if known := baseline_in(parts):
        parts = put_baseline(parts, Baseline(tuple(barred(block, secret) for block in known.blocks), known.about))
    return write(parts)


def bar_over(paragraph: Element) -> None:
    """Puts a bar in place of a paragraph's words."""
    for number, each in enumerate(paragraph.iter(TEXT)):
        each.text = "" if number else BAR


def barred(block: Written, secret: Hidden) -> Written:
    """A block without what may not be public: its key too, where that names a withheld row."""
    key = BAR if secret.has(block.key) else block.key
    texts = tuple(BAR if secret.holds([text]) else text for text in block.texts)
    return block._replace(key=key, texts=texts, facts=() if BAR in texts else block.facts)


def diff(
    report: str | None = None, *, old: Path | None = None, new: Path | None = None, **asked: Unpack[Asked]
) -> Compared:
    """What changed in a paper since the last meeting's, or between two drafts anywhere, with the reason of each change.

    A Word file with tracked changes is written beside the newer one, under a name that is never taken for a draft's.
    Raises NeedsPerson (R110) where a paper is missing.
    """
    material = gather(order_of(report, **asked))
    order, records = material.order, material.inputs.records
    secret = hidden(material.inputs.withheld, fence_around(material).said_in)
    if old and new:
        names = (NUMBER.sub(r"draft \1", path.stem) for path in (new, old))
        target = new.parent / safe_name(" compared with ".join(names), ".docx")
        return compare((old.name, old), new, target, records, order.now, secret)
    current = current_draft(material.folder)
    meeting_on = material.dates.meeting_on
    earlier = previous_paper(order.outputs, order.report, meeting_on, material.meetings)
    if current is None or earlier is None:
        what = "this meeting" if current is None else "an earlier meeting"
        cure = "Draft both papers first, with: committee-papers build --meeting DATE"
        place = Place(str(order.outputs / order.report))
        raise NeedsPerson(error("R110", place, f"There is no paper of {what} to compare.", cure))
    since, before = earlier
    name = safe_name(f"{meeting_on.isoformat()} changes since {since.isoformat()}", ".docx")
    return compare((day(since), before.path), current.path, material.folder / name, records, order.now, secret)


def reasons_of(records: Records) -> Mapping[str, str]:
    """Why a row came, changed or went, by its key: what was completed when, with its cell."""
    return {
        action.key: f"{action.ref} completed on {day(action.completed_on)}, {action.place('completed_on')}"
        for action in records.actions
        if action.completed_on
    }

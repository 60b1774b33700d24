"""What is seen beside a draft: a copy whose comments name the sources, and what changed since the last paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from pipeline.baseline import Baseline, Written
from pipeline.blocks import WORDING, Block, Context, Fact, mark_name, sources_of
from pipeline.formats import day
from pipeline.office.material import Asked, order_of
from pipeline.office.sources import Sources
from pipeline.office.standing import Standing, standing_of
from pipeline.opc import parse, serialise, write
from pipeline.problems import NeedsPerson, Place, error, listed
from pipeline.revise.annotate import annotated
from pipeline.revise.edit_runs import plain
from pipeline.revise.outcome import AUTHOR, NOTHING, Hidden
from pipeline.revise.redline import Change, redlined
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


def review_copy(draft: Draft, standing: Standing) -> Path:
    """A copy of the draft in which each statement's comment names the cells or letters behind it."""
    base = standing.rendered.baseline
    said = dict(notes(standing.context, base, standing.sources))
    content = annotated(draft.content, said, when=standing.order.now, author=AUTHOR, base=base)
    name = NUMBER.sub(f"(draft {draft.number} review)", draft.path.name)
    return save_copy(draft.path.parent, name, content)


def notes(context: Context, base: Baseline, sources: Sources) -> Iterator[tuple[str, str]]:
    """Block key and the words of its comment: every figure and name with its places and reckoning, once each, and what
    happened that they tell of.
    """
    shown = labels_of(context)
    for block in base.blocks:
        facts = [fact for fact in block.facts if fact.text not in ("", BLANK)]
        if facts:
            lines = (line(fact, shown, sources) for fact in facts)
            yield block.key, "\n".join(dict.fromkeys((*lines, *sources.events(sources_of(facts)))))


def labels_of(context: Context) -> Mapping[str, str]:
    """How the paper names each of its appendices, by the mark that a reference leads to."""
    blocks = (block for section in context.sections.values() for block in section if isinstance(block, Block))
    return {mark_name(run.appendix): run.text for block in blocks for run in block.runs if run.appendix}


def line(fact: Fact, shown: Mapping[str, str], sources: Sources) -> str:
    """One figure or name: what is printed, where it comes from, how it was worked out."""
    what = "Wording" if fact.how == WORDING else f"“{plain(fact.text, shown)}”"
    how = f" ({fact.how})" if fact.how and fact.how != WORDING else ""
    return f"{f'{fact.name}: ' if fact.name else ''}{what}: {sources.in_words(fact.sources)}{how}"


def compare(standing: Standing, before: tuple[str, Path], new: Path, target: Path) -> Compared:
    """Two papers as a list of changes and as a Word file with tracked changes, saved as `target`; what is withheld is a
    bar in both. `before` says since when, and where the older one is.
    """
    since, old = before
    papers = (blackened(path.read_bytes(), standing.hidden) for path in (old, new))
    made = redlined(*papers, when=standing.order.now, author=AUTHOR)
    changes = tuple(
        Reasoned(
            key=change.key,
            kind=change.kind,
            near=change.place,
            old=change.old,
            new=change.new,
            reason=reason_of(change, standing.sources),
            sources=change.sources,
        )
        for change in made.changes
    )
    return Compared(since, changes, save_copy(target.parent, target.name, made.content))


def reason_of(change: Change, sources: Sources) -> str:
    """Why a change came: what happened, and the cells behind it in words."""
    if change.kind == "removed":
        gone, cells = sources.end_of(change.key)
        return "; ".join([gone, *sources.lines(cells)]) if gone else listed(change.sources)
    return "; ".join((*sources.events(change.sources), *sources.lines(change.sources)))


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
    standing = standing_of(order_of(report, **asked))
    material, order = standing.material, standing.order
    if old and new:
        names = (NUMBER.sub(r"draft \1", path.stem) for path in (new, old))
        target = new.parent / safe_name(" compared with ".join(names), ".docx")
        return compare(standing, (old.name, old), new, target)
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
    return compare(standing, (day(since), before.path), current.path, material.folder / name)

"""What is seen beside a draft: a copy whose comments name the sources, and what changed since the last paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.baseline import Baseline, Written
from pipeline.blocks import Context, Fact
from pipeline.formats import day
from pipeline.kinds import Records
from pipeline.office.provenance import HEADER, facts_of
from pipeline.opc import parse, serialise, write
from pipeline.problems import NeedsPerson, Place, error
from pipeline.revise.annotate import annotate
from pipeline.revise.hidden import NOTHING, Hidden
from pipeline.revise.redline import Change, redline
from pipeline.store import drafts, safe_name
from pipeline.word.baseline_part import baseline_from, baseline_item, put_baseline
from pipeline.word.package import read_parts
from pipeline.word.story import Story, story_names
from pipeline.word.xml import TEXT, Element

AUTHOR = "Committee papers"
BLANK = "–"
BAR = "█████"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two papers compared: the day of the older one's meeting, each change with its reason, and the redline on disk."""

    since: str
    changes: tuple[tuple[Change, str], ...]
    path: Path


def review_copy(draft: drafts.Draft, context: Context, base: Baseline, now: dt.datetime) -> Path:
    """A copy of the draft in which each statement's comment names the cells or letters behind it."""
    content = annotate(draft.content, dict(notes(context, base)), when=now, author=AUTHOR, base=base)
    name = drafts.NUMBER.sub(f"(draft {draft.number} review)", draft.path.name)
    return drafts.save_copy(draft.path.parent, name, content)


def notes(context: Context, base: Baseline) -> Iterator[tuple[str, str]]:
    """Block key and the words of its comment: every figure and name with its places and reckoning, once each."""
    facts: dict[str, list[tuple[str, Fact]]] = {}
    for key, name, fact in facts_of(context):
        facts.setdefault(key, []).append((name, fact))
    for block in base.blocks:
        own = facts.get(block.key) or printed_in(block, facts)
        lines = dict.fromkeys(line(name, fact) for name, fact in own if fact.sources and fact.text != BLANK)
        if lines:
            yield block.key, "\n".join(lines)


def line(name: str, fact: Fact) -> str:
    """One figure or name: what is printed, where it comes from, how it was worked out."""
    what = f"“{fact.text}”" if fact.text else "Wording"
    places = "; ".join(str(place) for place in fact.sources)
    how = f" ({fact.how})" if fact.how and fact.how != "wording" else ""
    return f"{f'{name}: ' if name else ''}{what}: {places}{how}"


def printed_in(block: Written, facts: Mapping[str, Sequence[tuple[str, Fact]]]) -> list[tuple[str, Fact]]:
    """The facts of a row that is no record's own, such as one of the header block, or of a table laid out across."""
    known = [
        each
        for key, found in facts.items()
        if key == HEADER or (block.table and key.startswith(f"{block.table}/"))
        for each in found
    ]
    return [(name, fact) for name, fact in known if fact.text in block.texts and len(block.texts) > 1]


def compare(
    old: Path, new: Path, target: Path, records: Records, now: dt.datetime, secret: Hidden = NOTHING
) -> Compared:
    """Two papers as a list of changes and as a Word file with tracked changes, saved as `target`; what is
    `secret` is a bar in both.
    """
    before, after = (blackened(each.read_bytes(), secret) for each in (old, new))
    made = redline(before, after, when=now, author=AUTHOR)
    reasons = reasons_of(records)
    changes = tuple((each, reasons.get(each.key.rpartition("/")[2], "; ".join(each.sources))) for each in made.changes)
    return Compared(old.name, changes, drafts.save_copy(target.parent, target.name, made.content))


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
    if (item := baseline_item(parts)) and (known := baseline_from(parts[item])):
        parts = put_baseline(parts, Baseline(tuple(barred(each, secret) for each in known.blocks), known.about))
    return write(parts)


def bar_over(paragraph: Element) -> None:
    """Puts a bar in place of a paragraph's words."""
    for number, each in enumerate(paragraph.iter(TEXT)):
        each.text = "" if number else BAR


def barred(block: Written, secret: Hidden) -> Written:
    """A block without what may not be public: its key too, where that names a withheld row."""
    key = BAR if secret.has(block.key) else block.key
    return block._replace(key=key, texts=tuple(BAR if secret.holds([each]) else each for each in block.texts))


def compare_files(old: Path, new: Path, records: Records, now: dt.datetime, secret: Hidden = NOTHING) -> Compared:
    """Two drafts anywhere, the redline beside the newer one under a name that is never taken for a draft's."""
    names = (drafts.NUMBER.sub(r"draft \1", path.stem) for path in (new, old))
    return compare(old, new, new.parent / safe_name(" compared with ".join(names), ".docx"), records, now, secret)


def since_last(
    outputs: Path, report: str, meeting_on: dt.date, records: Records, now: dt.datetime, secret: Hidden = NOTHING
) -> Compared:
    """This meeting's draft against the last meeting's; raises NeedsPerson where either is missing."""
    folder = drafts.meeting_folder(outputs, report, meeting_on)
    current = drafts.current_draft(folder)
    earlier = drafts.previous_paper(outputs, report, meeting_on, {each.date for each in records.meetings})
    if current is None or earlier is None:
        what = "this meeting" if current is None else "an earlier meeting"
        cure = "Draft both papers first, with: committee-papers build --meeting DATE"
        raise NeedsPerson(error("R110", Place(str(outputs / report)), f"There is no paper of {what} to compare.", cure))
    since, old = earlier
    name = safe_name(f"{meeting_on.isoformat()} changes since {since.isoformat()}", ".docx")
    compared = compare(old.path, current.path, folder / name, records, now, secret)
    return Compared(day(since), compared.changes, compared.path)


def reasons_of(records: Records) -> Mapping[str, str]:
    """Why a row came, changed or went, by its key: what was completed when, with its cell."""
    return {
        action.key: f"{action.ref} completed on {day(action.completed_on)}, {action.place('completed_on').short}"
        for action in records.actions
        if action.completed_on
    }

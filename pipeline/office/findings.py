"""What the rules find for one paper: in its inputs, its wording, what it says, and what people typed into its draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from pipeline.blocks import Context
from pipeline.check.printed import Kept, Layout, layout_of, left_out, missing_columns
from pipeline.check.wording import check_wording
from pipeline.formats import day
from pipeline.kinds import Sentence
from pipeline.office.clearing import against_clearance
from pipeline.office.material import Material
from pipeline.position import LastPaper
from pipeline.problems import Level, PaperError, Place, Problem, error
from pipeline.read import columns_for, newer_copies, unnamed
from pipeline.report import WORDING_FILE, Report
from pipeline.rules import Case, Previous, problems_of
from pipeline.rules import settled as settle
from pipeline.store import (
    Draft,
    as_day,
    existing,
    names_in,
)
from pipeline.transform.terms import vocabulary
from pipeline.word.file import WordFile, read_parts

LastDraft = tuple[dt.date, Draft]
"""The paper of the meeting before, and its day."""


def settled(material: Material, found: Sequence[Problem]) -> list[Problem]:
    """Problems each once, as the report's settings and its officers have them."""
    return settle(found, material.report, material.inputs.records.acceptances)


def found_in(
    material: Material, context: Context, unfilled: Sequence[Problem], last: LastDraft | None
) -> list[Problem]:
    """Every problem of inputs, wording and content as the rules find it; `unfilled` are those of filling sentences,
    `last` is the paper of the meeting before.
    """
    report, inputs, folder = material.report, material.inputs, material.order.folder
    layout, kept = layout_on(report), [kept_as(material, name) for name in printed(report)]
    return [
        *inputs.problems,
        *judged(Wording(inputs.hashes[WORDING_FILE], id(report), report, inputs.sentences, layout.sections or None)),
        *missing_columns(kept, layout, inputs.sentences),
        *left_out(kept, layout, inputs.sentences),
        *unfilled,
        *problems_of(case_of(material, context, layout, last)),
        *against_clearance(material),
        *newer_copies(folder, frozenset(files_of(report))),
        *newer_copies(report.folder, (WORDING_FILE, report.template.name)),
        *unnamed(folder, [comment.file for comment in report.comments.values()]),
    ]


def case_of(material: Material, context: Context, layout: Layout, last: LastDraft | None) -> Case:
    """What the rules look at."""
    return Case(
        material.inputs.records,
        material.dates,
        material.report,
        context,
        absences(material.order.folder / "appendices"),
        frozenset(material.closed),
        material.inputs.withheld,
        previous_of(material.report, last),
        layout.fields,
        last_paper=printed_in(material.report, last),
    )


def typed_problems(material: Material, context: Context, draft: Draft, read: WordFile, fresh: bytes) -> list[Problem]:
    """What is wrong with the words that people typed into a draft, as the rules find it.

    `read` is that draft as its readers see it, `fresh` the program's paper of the same facts, empty where it cannot be
    made.
    """
    from pipeline.check.draft import DraftStories, check_draft
    from pipeline.word.baselines import baseline_in
    from pipeline.word.older_baselines import as_read_today

    base = baseline_in(read.parts) or draft.baseline
    made = WordFile(read_parts(fresh, read.name), read.name).stories if fresh else []
    if base is not None:
        base = as_read_today(base, read.text.body, made[0].body if made else None)
    written = DraftStories(read.stories, base, made)
    return check_draft(material.report, material.inputs.records, context, material.dates, written)


def files_of(report: Report) -> Iterator[str]:
    """The files of inputs that a report's settings name."""
    yield from (source.file for source in report.sources.values())
    yield from (comment.file for comment in report.comments.values())


def printed(report: Report) -> tuple[str, ...]:
    """The kinds of record whose optional columns a paper may print."""
    return tuple(name for name, kind in report.kinds.items() if kind.printed)


def kept_as(material: Material, name: str) -> Kept:
    """The records of one kind, with the headings that their table may leave out and those that it has besides."""
    columns = columns_for(material.report, name)
    headings = {column.name: column.headings for column in columns if column.headings and not column.required}
    kind, inputs = material.report.kinds[name], material.inputs
    records, withheld = inputs.records.of(name), [each.mark for each in inputs.withheld if each.kind == name]
    on, as_at = kind.known, material.dates.as_at
    later = [each for each in records if on and each.values[on] and each.values[on] > as_at]
    records = tuple(each for each in records if each not in later) if later else records
    derived = {field: each for field, each in kind.derived.items() if isinstance(each, str)}
    return Kept(kind.item, records, headings, inputs.unread.get(name, {}), derived, withheld, later)


def absences(folder: Path) -> Callable[[str], tuple[str, str] | None]:
    """Says of an appendix file why it cannot be used, and the cure; None where it is there. Looks there only once."""

    @cache
    def there() -> Mapping[str, None]:
        return names_in(folder)

    def reason(name: str) -> tuple[str, str] | None:
        found = existing(folder, name, names=there())
        return (found.message, found.cure) if isinstance(found, Problem) else None

    return reason


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording sheet, told by its file's hash and by its report's settings, which are read once while they stay."""

    sha256: str
    settings: int
    report: Report = field(compare=False)
    sentences: tuple[Sentence, ...] = field(compare=False)
    sections: frozenset[str] | None


@lru_cache(maxsize=64)
def judged(wording: Wording) -> tuple[Problem, ...]:
    """Every problem of a wording sheet; once for all papers of a run while sheet and settings stay the same."""
    return tuple(check_wording(wording.report, wording.sentences, vocabulary(wording.report), wording.sections))


def layout_on(report: Report) -> Layout:
    """What a report's template prints; nothing where it cannot be read, which is told of elsewhere."""
    try:
        return laid_out(report.template.read_bytes(), frozenset(report.kinds[each].item for each in printed(report)))
    except (OSError, PaperError):
        return Layout(frozenset(), frozenset())


@lru_cache(maxsize=64)
def laid_out(content: bytes, items: frozenset[str]) -> Layout:
    """What a template's content prints; once for all papers of a run."""
    return layout_of(read_parts(content, "template.docx"), items)


def previous_of(report: Report, last: LastDraft | None) -> Previous | None:
    """The paper of the meeting before, as its record tells it; None where there is none."""
    if last is None or (baseline := last[1].baseline) is None:
        return None
    meeting_on, draft = last
    days = filter(None, (meeting_on, as_day(str(draft.record.get("publish_on", "")))))
    texts = tuple(day(each, report.formats.dates) for each in days)
    return Previous(meeting_on, {block.key: " ".join(block.texts) for block in baseline.as_told().blocks}, texts)


def printed_in(report: Report, last: LastDraft | None) -> LastPaper | None:
    """What the tables of the meeting before's paper printed, where a kind of the report asks for it."""
    asked = {name for kind in report.kinds.values() for name in kind.from_last_paper.values()}
    if not asked or last is None or (baseline := last[1].baseline) is None:
        return None
    facts = ((block, fact) for block in baseline.blocks if block.table for fact in block.facts if fact.name in asked)
    return LastPaper(
        last[0],
        {
            (each.file, each.sheet, block.key.removeprefix(f"{block.table}/"), fact.name): fact.text
            for block, fact in facts
            for each in fact.sources[:1]
        },
    )


def no_wording(problems: Sequence[Problem]) -> list[Problem]:
    """Why there is no sentence to make a paper of."""
    wrong = [problem for problem in problems if problem.place.file == WORDING_FILE and problem.level is Level.ERROR]
    cure = "Copy “wording.xlsx” from a report that works, and change its rows."
    return wrong or [error("W103", Place(WORDING_FILE, "Wording"), "The wording sheet has no sentences.", cure)]

"""Everything that stands between the officers' files and a published paper, as one list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from pathlib import Path

from pipeline.blocks import Context
from pipeline.check.printed import Kept, Layout, layout_of, missing_columns
from pipeline.check.wording import check_wording
from pipeline.dates import Dates
from pipeline.formats import day
from pipeline.kinds import Sentence
from pipeline.problems import PaperError, Problem
from pipeline.publish.clear_days import closed_days
from pipeline.publish.clearance import (
    Days,
    Demand,
    Standing,
    clearance_problems,
    register_problems,
    standings,
    to_remember,
)
from pipeline.read import Inputs, columns_for, newer_copies, unnamed
from pipeline.report import Report
from pipeline.rules import Case, Previous, problems_of
from pipeline.rules import settled as settle
from pipeline.store import drafts, existing, kept_texts, names_in, put_json
from pipeline.transform import vocabulary
from pipeline.word.package import read_parts

REMEMBERED_DAYS = 31
MEMORY = "clearances.json"
WORDING = "wording.xlsx"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was read for one paper from its folder of inputs, its dates, where its drafts are kept, and the day."""

    folder: Path
    outputs: Path
    report: Report
    inputs: Inputs
    dates: Dates
    today: dt.date

    @property
    def drafts(self) -> Path:
        """The folder of the paper's drafts."""
        return drafts.meeting_folder(self.outputs, self.report.name, self.dates.meeting_on)


def settled(gathered: Gathered, found: Sequence[Problem]) -> list[Problem]:
    """Problems each once, as the report's settings and its officers have them."""
    return settle(found, gathered.report, gathered.inputs.records.acceptances)


def found_in(gathered: Gathered, context: Context, told: Sequence[Problem]) -> list[Problem]:
    """Every problem of inputs, wording and content as the rules find it."""
    report, inputs = gathered.report, gathered.inputs
    layout = layout_on(report)
    return [
        *inputs.problems,
        *judged(Wording(inputs.hashes[WORDING], id(report), report, inputs.sentences, layout.sections or None)),
        *missing_columns(map(partial(kept_as, gathered), printed(report)), layout, inputs.sentences),
        *told,
        *problems_of(case_of(gathered, context, layout)),
        *clearance_of(gathered)[1],
        *newer_copies(gathered.folder, files_of(report)),
        *newer_copies(report.folder, (WORDING, report.template.name)),
        *unnamed(gathered.folder, [each.file for each in report.comments.values()]),
    ]


def case_of(gathered: Gathered, context: Context, layout: Layout) -> Case:
    """What the rules look at."""
    report, records, dates = gathered.report, gathered.inputs.records, gathered.dates
    return Case(
        records,
        dates,
        report,
        context,
        absences(gathered.folder / "appendices"),
        frozenset(closed_days(report.nation, dates.meeting_on, records.closed_days)),
        gathered.inputs.withheld,
        previous_of(gathered),
        layout.fields,
    )


def typed_problems(gathered: Gathered, context: Context, draft: drafts.Draft, fresh: bytes = b"") -> list[Problem]:
    """What is wrong with the words that people typed into a draft, as the rules find it; none where nobody typed.

    `fresh` is the program's paper of the same facts, empty where it cannot be made.
    """
    if not draft.holds_edits:
        return []
    from pipeline.check.draft import DraftStories, check_draft
    from pipeline.publish.public_copy import as_read
    from pipeline.word.baseline_part import read_baseline
    from pipeline.word.old_baselines import told_anew
    from pipeline.word.story import stories

    name = draft.path.name
    own = tuple(stories(read_parts(as_read(draft.content, name), name), name))
    base = read_baseline(draft.content, name) or draft.baseline
    made = tuple(stories(read_parts(fresh, name), name)) if fresh else ()
    if base is not None:
        base = told_anew(base, own[0].body, made[0].body if made else None)
    written = DraftStories(own, base, made)
    return check_draft(gathered.report, gathered.inputs.records, context, gathered.dates, written)


def given_up(gathered: Gathered) -> tuple[Path, ...]:
    """The folders of days that the calendar no longer has, never published, to come or within 31 days past: who goes on
    typing there is told of with the paper of the next meeting; none for the paper of another.
    """
    days = {each.date for each in gathered.inputs.records.meetings}
    folder, first = gathered.outputs / gathered.report.name, gathered.today - dt.timedelta(days=REMEMBERED_DAYS)
    if gathered.dates.meeting_on != min((d for d in days if d >= gathered.today), default=None):
        return ()
    gone = (path for day, path in drafts.meeting_folders(folder).items() if day >= first and day not in days)
    return tuple(path for path in gone if not (path / "published").exists())


def files_of(report: Report) -> frozenset[str]:
    """The files of inputs that a report's settings name."""
    sources, comments = report.sources.values(), report.comments.values()
    return frozenset((*(each.file for each in sources), *(each.file for each in comments)))


def printed(report: Report) -> tuple[str, ...]:
    """The kinds of record whose optional columns a paper may print."""
    return tuple(name for name, kind in report.kinds.items() if kind.printed)


def kept_as(gathered: Gathered, name: str) -> Kept:
    """The records of one kind, with the headings that their table may leave out and those that it has besides."""
    columns = columns_for(gathered.report, name)
    headings = {each.name: each.headings for each in columns if each.headings and not each.required}
    return Kept(
        gathered.report.kinds[name].item,
        gathered.inputs.records.of(name),
        headings,
        gathered.inputs.unread.get(name, {}),
    )


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


def demands(report: Report) -> dict[str, Demand]:
    """What the report asks of each comment."""
    return {
        name: Demand(each.title, each.required, each.cleared_within_days, each.file)
        for name, each in report.comments.items()
    }


def clearance_of(gathered: Gathered) -> tuple[tuple[Standing, ...], list[Problem]]:
    """How each comment stands with those who must clear it, and what that puts in the way of publication."""
    wanted, records = demands(gathered.report), gathered.inputs.records
    known = remembered(gathered.outputs / gathered.report.name)
    dates, today = gathered.dates, gathered.today
    found = standings(wanted, records.comments, records.clearances, known, Days(dates.as_at, today))
    wrong = register_problems(records.clearances, wanted, dates.meeting_on, today)
    return found, [*clearance_problems(found, wanted), *wrong]


def remembered(folder: Path) -> Mapping[str, str]:
    """The words that were cleared, as first seen: the hash of each, by who cleared it and when."""
    return kept_texts(folder / MEMORY)


def remember(gathered: Gathered) -> None:
    """Keeps the words of every clearance seen for the first time, so that a later change of them is noticed."""
    folder = gathered.outputs / gathered.report.name
    before = remembered(folder)
    after = to_remember(clearance_of(gathered)[0], before)
    if after != before:
        put_json(folder / MEMORY, after)


def previous_of(gathered: Gathered) -> Previous | None:
    """The paper of the meeting before, as its record tells it; None where there is none."""
    meetings = {each.date for each in gathered.inputs.records.meetings}
    found = drafts.previous_paper(gathered.outputs, gathered.report.name, gathered.dates.meeting_on, meetings)
    baseline = found[1].baseline if found else None
    if found is None or baseline is None:
        return None
    meeting_on = found[0]
    own = [meeting_on, *(drafts.as_day(str(found[1].record.get(name, ""))) for name in ("publish_on",))]
    texts = tuple(day(each, gathered.report.date_style) for each in own if each)
    return Previous(meeting_on, {each.key: " ".join(each.texts) for each in baseline.as_told().blocks}, texts)

"""Late news on one page: what became known after publication, and which paragraphs it replaces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import drafts
from pipeline.baseline import Baseline, mark_name
from pipeline.blocks import Context
from pipeline.build import Layout, Made, Order, compiled, gather, make
from pipeline.checking import Gathered
from pipeline.drafts import Draft
from pipeline.formats import day
from pipeline.problems import NeedsPerson, PaperError, Place, error, note
from pipeline.publication import paper_folder, the_draft
from pipeline.publish.history import Entry, published
from pipeline.publish.printed import printed, reference_labels
from pipeline.publish.supplement import (
    Published,
    late_problems,
    published_blocks,
    replacements,
    supplement_context,
)
from pipeline.render.paper import Properties, render
from pipeline.revise.numbering import labels
from pipeline.revise.paper import open_paper


@dataclass(frozen=True, slots=True)
class Supplement:
    """A supplement on disk, and how many paragraphs it replaces."""

    path: Path
    replaced: int


def supplement(order: Order, reasons: Mapping[str, str]) -> Supplement:
    """The short paper of what became known since publication. `reasons` are those for a late item, by name.

    Raises NeedsPerson where nothing is published or nothing has changed, PaperError where a late item lacks its reasons
    (Local Government Act 1972, section 100B(4)(b)).
    """
    gathered = gather(order)
    folder = paper_folder(order, gathered)
    entry = published(folder)
    draft = the_draft(folder, order.draft)
    if entry is None or draft.baseline is None:
        cure = "Change the draft, and publish it."
        raise NeedsPerson(
            error("C152", Place(str(folder)), "This paper is not published, so it needs no supplement.", cure)
        )
    template = gathered.report.folder / "supplement.docx"
    made = make(replace_as_at(gathered, order))
    changes = replacements(as_published(draft, draft.baseline), draft.baseline, made.rendered.baseline)
    if not changes:
        raise NeedsPerson(note("C153", Place(str(folder)), "Nothing has changed since publication."))
    late = order.now.date() > gathered.dates.publish_on
    if late and (missing := late_problems(reasons)):
        raise PaperError(missing)
    names = reference_labels(draft.content) | reference_labels(made.rendered.content)
    context = supplement_context(changes, supplement_fields(made, entry), reasons, names, clear_days_passed=late)
    content = supplement_paper(template, context, gathered, order)
    name = drafts.draft_name(gathered.dates.meeting_on, f"{gathered.report.title} supplement", 1)
    path = drafts.save_copy(folder, drafts.NUMBER.sub("", name).replace(" .docx", ".docx"), content)
    return Supplement(path, len(changes))


def replace_as_at(gathered: Gathered, order: Order) -> Gathered:
    """What was gathered, seen from the day of the order: a supplement tells what is known now."""
    as_at = order.as_at or min(order.now.date(), gathered.dates.meeting_on)
    return replace(gathered, dates=replace(gathered.dates, as_at=as_at))


def as_published(draft: Draft, baseline: Baseline) -> Sequence[Published]:
    """The published blocks with the number that each paragraph had in print."""
    marks = {mark_name(each.key): each.key for each in baseline.blocks}
    found = labels(open_paper(draft.content, draft.path.name), marks)
    numbers = {marks[mark]: number for mark, number in found.items() if mark in marks}
    return published_blocks(baseline, numbers, printed(draft.content, baseline))


def supplement_fields(made: Made, entry: Entry) -> dict[str, str]:
    """The single fields of a supplement: the paper's own, and when that was published."""
    return {**made.context.fields, "published_on": day(dt.date.fromisoformat(entry.at[:10]))}


def supplement_paper(template: Path, context: Context, gathered: Gathered, order: Order) -> bytes:
    """The supplement as a Word file; raises PaperError where the report has no template for one."""
    if not template.is_file():
        cure = "Copy “supplement.docx” from a report that has one."
        place = Place(f"{gathered.report.name}/supplement.docx")
        raise PaperError(error("C154", place, "This report has no template for supplements.", cure))
    report = gathered.report
    title = f"{report.title} – supplement"
    properties = Properties(
        title=title, subject=context.fields["board"], as_at=order.now.date(), author=report.fields.get("author", "")
    )
    layout = Layout(template.read_bytes(), report.date_style, f"{report.name}/supplement.docx")
    return render(compiled(layout), context, properties).content

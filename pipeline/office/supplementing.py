"""Late news on one page: what became known after publication, and which paragraphs it replaces."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.baseline import Baseline, mark_name
from pipeline.blocks import Context
from pipeline.formats import day
from pipeline.office.checking import Gathered
from pipeline.office.drafting import Layout, Order, compiled, gather, make
from pipeline.office.fencing import fence_around
from pipeline.office.obstacles import APPENDIX, appendices_of
from pipeline.office.publication import add_pdf
from pipeline.office.recording import Made
from pipeline.problems import Level, NeedsPerson, PaperError, Place, Problem, error, note, warning
from pipeline.publish.appendices import Appendix, collected
from pipeline.publish.going_out import leaks
from pipeline.publish.late import asked_of_a_late_item, facts_of_another_day, last_day
from pipeline.publish.printed import labelled, reference_labels
from pipeline.publish.public_copy import as_read, public_copy
from pipeline.publish.supplement import (
    Published,
    replacements,
    supplement_context,
    undecided,
)
from pipeline.render.paper import Properties, render
from pipeline.revise.merge import find, marks_of
from pipeline.revise.numbering import places
from pipeline.revise.paper import open_paper
from pipeline.revise.units import Unit
from pipeline.store import drafts
from pipeline.store.publications import Entry, draft_of, published
from pipeline.word.old_baselines import told_anew
from pipeline.word.story import shortened
from pipeline.word.xml import Element

_LAST_NUMBER = re.compile(r"(\d+)\D*$")


@dataclass(frozen=True, slots=True)
class Supplement:
    """A supplement on disk: the paper, then what goes with it; how many blocks it changes, and what a person should
    know of it: what `build` would say of the files too, for a supplement is read by the public at once.
    """

    files: tuple[Path, ...]
    replaced: int
    problems: tuple[Problem, ...] = ()

    @property
    def path(self) -> Path:
        """The paper."""
        return self.files[0]


@dataclass(frozen=True, slots=True)
class AsRead:
    """The paper that the public read: what the program wrote of it, its blocks, and how it names its appendices."""

    written: Baseline
    blocks: Sequence[Published]
    names: Mapping[str, str]

    @property
    def facts(self) -> Baseline:
        """What the facts gave when it was published: what people kept against them, on record, is no news."""
        return self.written.as_told()

    @property
    def appendices(self) -> int:
        """The highest number of an appendix."""
        marks = [mark_name(each.key) for each in self.written.blocks if each.key.startswith(APPENDIX)]
        found = (_LAST_NUMBER.search(self.names.get(mark, "")) for mark in marks)
        return max([len(marks), *(int(each[1]) for each in found if each)])


def supplement(order: Order, reasons: Mapping[str, str]) -> Supplement:
    """The short paper of what became known since publication. `reasons` are those for a late item, by name.

    It may be published as it is: nothing private is in it, its PDF is made where LibreOffice is there, and letters that
    are new go with it under their numbers. Raises NeedsPerson where nothing is published or nothing has changed,
    PaperError where an error stands or a late item lacks its reasons (Local Government Act 1972, section 100B(4)(b)).
    """
    gathered = gather(order)
    folder = gathered.drafts
    then, entry = as_the_public_read(folder)
    now = replace_as_at(gathered, order)
    made, ahead = make(now), facts_of_another_day(order.now.date(), now.dates)
    fresh = open_paper(made.rendered.content, "the paper of today").body
    then = replace(then, written=told_anew(then.written, fresh, fresh))
    changes = replacements(then.blocks, then.facts, made.rendered.baseline)
    unclear = for_a_person(then, made.rendered.baseline, folder)
    if not changes:
        raise NeedsPerson(unclear or [note("C153", Place(str(folder)), "Nothing has changed since publication.")])
    new = new_appendices(made, gathered, then)
    attached, missing = collected(new.values(), gathered.folder / "appendices")
    last = last_day(gathered.report, gathered.dates, gathered.inputs.records.closed_days)
    late = order.now.date() > last
    asked = asked_of_a_late_item(last, reasons, statutory=gathered.report.statutory) if late else []
    problems = [*made.problems, *ahead, *unclear, *missing, *asked]
    if errors := [each for each in problems if each.level is Level.ERROR]:
        raise PaperError(errors)
    names = {**then.names, **{mark_name(key): f"{each.label} {each.number}" for key, each in new.items()}}
    fields, closed = supplement_fields(made, entry), statuses_of(gathered)
    context = supplement_context(changes, fields, reasons, names, clear_days_passed=late, statuses=closed)
    files = {**supplement_files(context, gathered, order), **attached}
    advice = add_supplement_pdf(files, gathered, order)
    if found := leaks(files, fence_around(gathered, made.context)):
        raise PaperError(found)
    paths = tuple(drafts.save_copy(folder, name, content) for name, content in files.items())
    return Supplement(paths, len(changes), (*problems, *advice))


def as_the_public_read(folder: Path) -> tuple[AsRead, Entry]:
    """The publication that stands, and its paper; raises NeedsPerson (C152, C155) where there is none."""
    entry = published(folder)
    if entry is None:
        cure = "Change the draft, and publish it."
        told = "This paper is not published, so it needs no supplement."
        raise NeedsPerson(error("C152", Place(str(folder)), told, cure))
    draft = draft_of(folder, entry)
    written = draft.baseline or Baseline(())
    return as_read_by_the_public(as_read(draft.content, draft.path.name), written), entry


def as_read_by_the_public(content: bytes, written: Baseline) -> AsRead:
    """The blocks of a paper that it still has, each with the number in print that a reader finds it by."""
    paper = open_paper(content, "the published paper")
    found = find(paper, written.blocks, marks_of(written.blocks, names={}))
    numbers = places(paper)
    shared = {unit.number for unit in found.matching.joined.values()}
    blocks = []
    for each in written.blocks:
        if units := found.matching.units.get(each.key) or [*filter(None, [found.matching.joined.get(each.key)])]:
            texts = tuple(text for unit in units for text in unit.texts)
            alone = shared.isdisjoint(unit.number for unit in units)
            blocks.append(Published(each.key, texts, span(units, numbers), each.table, alone))
    return AsRead(written, blocks, reference_labels(content))


def span(units: Sequence[Unit], numbers: Mapping[Element, str]) -> str:
    """The number of a block in print: the first and the last, where an officer split it."""
    first, last = (numbers.get(unit.first, "") for unit in (units[0], units[-1]))
    return first if first == last else f"{first}–{last}"


def for_a_person(then: AsRead, now: Baseline, folder: Path) -> list[Problem]:
    """What has changed, and it cannot be told which published words that replaces (C156)."""
    cure = "Look where the published paper speaks of it, and write into the supplement which words are replaced."
    told = "The facts behind “{}” have changed, and the published paper has no paragraph or row for it alone."
    return [
        warning("C156", Place(str(folder)), told.format(shortened(labelled(" ".join(each.texts), then.names))), cure)
        for each in undecided(then.blocks, then.facts, now)
    ]


def replace_as_at(gathered: Gathered, order: Order) -> Gathered:
    """What was gathered, seen from the day of the order: a supplement tells what is known now."""
    as_at = order.as_at or min(order.now.date(), gathered.dates.meeting_on)
    return replace(gathered, dates=replace(gathered.dates, as_at=as_at))


def new_appendices(made: Made, gathered: Gathered, then: AsRead) -> dict[str, Appendix]:
    """The appendices that the published paper lacks, numbered on from its last: its own keep the numbers they had."""
    known = {each.key for each in then.written.blocks}
    added = {key: each for key, each in appendices_of(made.context, gathered).items() if key not in known}
    return {key: replace(each, number=number) for number, (key, each) in enumerate(added.items(), then.appendices + 1)}


def supplement_fields(made: Made, entry: Entry) -> dict[str, str]:
    """The single fields of a supplement: the paper's own, and when that was published."""
    return {**made.context.fields, "published_on": day(dt.date.fromisoformat(entry.at[:10]))}


def statuses_of(gathered: Gathered) -> dict[str, str]:
    """The tracker’s words for actions that are no longer open, by reference."""
    closed = (each for each in gathered.inputs.records.actions if each.status.meaning != "open")
    return {each.key: str(each.status) for each in closed}


def supplement_files(context: Context, gathered: Gathered, order: Order) -> dict[str, bytes]:
    """The supplement as a Word file, by its name; raises PaperError where the report has no template for one."""
    report, template = gathered.report, gathered.report.folder / "supplement.docx"
    if not template.is_file():
        cure = "Copy “supplement.docx” from a report that has one."
        place = Place(f"{report.name}/supplement.docx")
        raise PaperError(error("C154", place, "This report has no template for supplements.", cure))
    properties = Properties(
        title=title_of(gathered), subject=context.fields["board"], as_at=order.now.date(), author=""
    )
    layout = Layout(template.read_bytes(), report.date_style, f"{report.name}/supplement.docx")
    content = render(compiled(layout), context, properties).content
    name = drafts.NUMBER.sub("", drafts.draft_name(gathered.dates.meeting_on, f"{report.title} supplement", 1))
    return {name.replace(" .docx", ".docx"): public_copy(content, title=title_of(gathered), when=order.now)}


def add_supplement_pdf(files: dict[str, bytes], gathered: Gathered, order: Order) -> Iterable[Problem]:
    """Adds the PDF of the supplement, the first of the files; else the advice how to make it."""
    name, content = next(iter(files.items()))
    return add_pdf(files, f"{Path(name).stem}.pdf", content, title_of(gathered), order.now)


def title_of(gathered: Gathered) -> str:
    """The title property of the supplement."""
    return f"{gathered.report.title} – supplement"

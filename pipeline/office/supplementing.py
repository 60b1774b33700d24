"""Late news on one page: what became known after publication, and which paragraphs it replaces."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Unpack

from pipeline.baseline import Baseline, mark_name
from pipeline.blocks import Context
from pipeline.formats import day
from pipeline.office.material import Asked, Material, Order, gather, order_of
from pipeline.office.standing import APPENDIX, Standing
from pipeline.office.supplement_offer import SUPPLEMENT, supplement_offer
from pipeline.office.templates import template_of
from pipeline.opc import write
from pipeline.problems import Level, NeedsPerson, PaperError, Place, Problem, error, note, warning
from pipeline.publish.agenda_item import Appendix, collected
from pipeline.publish.late import asked_of_a_late_item, facts_of_another_day, last_day
from pipeline.publish.pdf import with_pdf
from pipeline.publish.public_copy import PublicCopy, as_read
from pipeline.publish.supplement import (
    Published,
    Replacement,
    labelled,
    reference_labels,
    replacements,
    supplement_context,
    undecided,
)
from pipeline.publish.withheld_words import leaks
from pipeline.render.paper import render
from pipeline.render.properties import Properties
from pipeline.revise.edit_references import places
from pipeline.revise.match import find
from pipeline.revise.match_units import Unit
from pipeline.revise.outcome import Hidden
from pipeline.revise.paper import open_paper
from pipeline.store import NUMBER, Entry, draft_name, draft_of, only_one, published, save_copy
from pipeline.word.baselines import as_read_today
from pipeline.word.file import WordFile
from pipeline.word.story import shortened
from pipeline.word.xml import Element

_LAST_NUMBER = re.compile(r"(\d+)\D*$")


@dataclass(frozen=True, slots=True)
class Supplement:
    """A supplement on disk: the paper, then what goes with it; how many blocks it changes, and what a person should
    know of it: what `build` would say of the files too, for a supplement is read by the public at once.
    """

    path: Path
    files: tuple[Path, ...]
    replaced: int
    problems: tuple[Problem, ...] = ()


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
        marks = [mark_name(block.key) for block in self.written.blocks if block.key.startswith(APPENDIX)]
        found = (_LAST_NUMBER.search(self.names.get(mark, "")) for mark in marks)
        return max([len(marks), *(int(each[1]) for each in found if each)])


def supplement(
    report: str | None = None, *, urgency: str = "", lateness: str = "", **asked: Unpack[Asked]
) -> Supplement:
    """The short paper of what became known since publication. `urgency` and `lateness` are the reasons for a late item.

    It may be published as it is: nothing private is in it, its PDF is made where LibreOffice is there, and letters that
    are new go with it under their numbers. Raises NeedsPerson where nothing is published or nothing has changed, or
    another run is in hand; PaperError where an error stands or a late item lacks its reasons (Local Government Act
    1972, section 100B(4)(b)).
    """
    order = order_of(report, **asked)
    with only_one(order.outputs, f"supplement {order.report}"):
        return supplemented(order, {"urgency": urgency, "lateness": lateness})


def supplemented(order: Order, reasons: Mapping[str, str]) -> Supplement:
    """As `supplement`, for a caller that holds the outputs folder."""
    material = gather(order)
    folder, last = material.folder, last_day(material.report, material.dates, material.inputs.records.closed_days)
    then, entry = as_the_public_read(folder)
    now = Standing(as_known_today(material))
    baseline, fresh = now.rendered.baseline, open_paper(now.rendered.content, "the paper of today").body
    then = replace(then, written=as_read_today(then.written, fresh, fresh))
    found = replacements(then.blocks, then.facts, baseline)
    changes = tuple(change for change in found if not now.hidden.has(change.key))
    unclear = [*for_a_person(then, baseline, folder, now.hidden), *exempt_since(found, now.hidden, folder)]
    if not changes:
        raise NeedsPerson(unclear or [note("C153", Place(str(folder)), "Nothing has changed since publication.")])
    new = new_appendices(now, then)
    attached, missing = collected(new.values(), order.folder / "appendices")
    late = order.today > last
    asked = asked_of_a_late_item(last, reasons, statutory=material.report.statutory) if late else []
    problems = [*now.problems, *facts_of_another_day(order.today, now.dates), *unclear, *missing, *asked]
    if errors := [problem for problem in problems if problem.level is Level.ERROR]:
        raise PaperError(errors)
    names = {**then.names, **{mark_name(key): f"{each.label} {each.number}" for key, each in new.items()}}
    fields, closed = supplement_fields(now.context, entry), statuses_of(material)
    context = supplement_context(changes, fields, reasons, names, clear_days_passed=late, statuses=closed)
    paper = {file_name(material): supplement_file(context, material)}
    pdf, advice = supplement_pdf(paper, material)
    files = paper | attached | pdf
    if leaked := leaks(files, now.fence):
        raise PaperError(leaked)
    paths = tuple(save_copy(folder, name, content) for name, content in files.items())
    return Supplement(paths[0], paths, len(changes), (*problems, *advice))


def as_the_public_read(folder: Path) -> tuple[AsRead, Entry]:
    """The publication that stands, and its paper; raises NeedsPerson (C152, C155) where there is none."""
    entry = published(folder)
    if entry is None:
        cure = "Change the draft, and publish it."
        message = "This paper is not published, so it needs no supplement."
        raise NeedsPerson(error("C152", Place(str(folder)), message, cure))
    draft = draft_of(folder, entry)
    written = draft.baseline or Baseline(())
    return as_read_by_the_public(as_read(draft.content, draft.path.name), written), entry


def as_read_by_the_public(read: WordFile, written: Baseline) -> AsRead:
    """The blocks of a paper that it still has, each with the number in print that a reader finds it by."""
    paper = open_paper(write(read.parts), "the published paper")
    found = find(paper, written.blocks)
    numbers = places(paper)
    shared = {unit.number for unit in found.joined.values()}
    blocks = []
    for block in written.blocks:
        if units := found.of.get(block.key) or [*filter(None, [found.joined.get(block.key)])]:
            texts = tuple(text for unit in units for text in unit.texts)
            alone = shared.isdisjoint(unit.number for unit in units)
            blocks.append(Published(block.key, texts, span(units, numbers), block.table, alone))
    return AsRead(written, blocks, reference_labels(read.text))


def span(units: Sequence[Unit], numbers: Mapping[Element, str]) -> str:
    """The number of a block in print: the first and the last, where an officer split it."""
    first, last = (numbers.get(unit.first, "") for unit in (units[0], units[-1]))
    return first if first == last else f"{first}–{last}"


def exempt_since(changes: Iterable[Replacement], hidden: Hidden, folder: Path) -> Iterator[Problem]:
    """What the public read of rows that are exempt by now (C157): not a word of them is repeated."""
    cure = "The supplement leaves it out. If the public may read it no longer, withdraw the paper and publish it anew."
    for cell in dict.fromkeys(filter(None, (hidden.at(change.key) for change in changes))):
        message = f"The row of cell {cell} is exempt by now, and the published paper says what it said."
        yield warning("C157", Place(str(folder)), message, cure)


def for_a_person(then: AsRead, now: Baseline, folder: Path, hidden: Hidden) -> list[Problem]:
    """What has changed, and it cannot be told which published words that replaces (C156)."""
    cure = "Look where the published paper speaks of it, and write into the supplement which words are replaced."
    message = "The facts behind “{}” have changed, and the published paper has no paragraph or row for it alone."
    return [
        warning("C156", Place(str(folder)), message.format(shortened(labelled(" ".join(each.texts), then.names))), cure)
        for each in undecided(then.blocks, then.facts, now)
        if not hidden.has(each.key)
    ]


def as_known_today(material: Material) -> Material:
    """What was read, seen from the day of the order: a supplement tells what is known now."""
    as_at = material.order.as_at or min(material.order.today, material.dates.meeting_on)
    return replace(material, dates=material.dates._replace(as_at=as_at))


def new_appendices(standing: Standing, then: AsRead) -> dict[str, Appendix]:
    """The appendices that the published paper lacks, numbered on from its last: its own keep the numbers they had."""
    known = {block.key for block in then.written.blocks}
    added = {key: appendix for key, appendix in standing.appendices.items() if key not in known}
    return {
        key: appendix._replace(number=number)
        for number, (key, appendix) in enumerate(added.items(), then.appendices + 1)
    }


def supplement_fields(context: Context, entry: Entry) -> dict[str, str]:
    """The single fields of a supplement: the paper's own, and when that was published."""
    return {**context.fields, "published_on": day(dt.date.fromisoformat(entry.at[:10]))}


def statuses_of(material: Material) -> dict[str, str]:
    """The tracker’s words for actions that are no longer open, by reference."""
    closed = (action for action in material.inputs.records.actions if action.status.meaning != "open")
    return {action.key: str(action.status) for action in closed}


def file_name(material: Material) -> str:
    """What the supplement is called: never as a draft is."""
    name = NUMBER.sub("", draft_name(material.dates.meeting_on, f"{material.report.title} supplement", 1))
    return name.replace(" .docx", ".docx")


def supplement_file(context: Context, material: Material) -> bytes:
    """The supplement as a Word file; raises PaperError (C154) where the report has no template for one."""
    report, when = material.report, material.order.now
    if not (report.folder / SUPPLEMENT).is_file():
        cure = "Copy “supplement.docx” from a report that has one."
        place = Place(f"{report.name}/{SUPPLEMENT}")
        raise PaperError(error("C154", place, "This report has no template for supplements.", cure))
    title = title_of(material)
    properties = Properties(title=title, subject=context.fields["board"], as_at=when.date(), author="")
    content = render(template_of(report, supplement_offer(report), SUPPLEMENT), context, properties).content
    return PublicCopy.of(content, title=title).file(when)


def supplement_pdf(paper: Mapping[str, bytes], material: Material) -> tuple[dict[str, bytes], list[Problem]]:
    """The PDF of the supplement by its name; else the advice how to make it."""
    ((name, content),) = paper.items()
    return with_pdf(f"{Path(name).stem}.pdf", content, title_of(material), material.order.now)


def title_of(material: Material) -> str:
    """The title property of the supplement."""
    return f"{material.report.title} – supplement"

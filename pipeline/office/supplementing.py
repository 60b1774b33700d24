"""Late news on one page: what became known after publication, and which paragraphs it replaces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Unpack

from pipeline import VERSION
from pipeline.baseline import Baseline
from pipeline.blocks import Context, mark_name
from pipeline.formats import day
from pipeline.office.as_published import AsRead, as_the_public_read, left_alone, on_what_is_known, reading, record_of
from pipeline.office.material import Asked, Material, Order, gather, order_of, refuse_exempt
from pipeline.office.standing import Standing
from pipeline.office.supplement_offer import SUPPLEMENT, supplement_offer
from pipeline.office.templates import template_of
from pipeline.problems import Level, NeedsPerson, PaperError, Place, Problem, error, note, warning
from pipeline.publish.agenda_item import Appendix, collected
from pipeline.publish.late import facts_of_another_day, reasons_of
from pipeline.publish.pdf import with_pdf
from pipeline.publish.public_copy import PublicCopy
from pipeline.publish.supplement import labelled, replacements, supplement_context, undecided
from pipeline.publish.withheld_words import leaks
from pipeline.render.paper import render
from pipeline.render.properties import Properties
from pipeline.revise.outcome import Hidden
from pipeline.store import (
    NUMBER,
    SUPPLEMENT_TO,
    Draft,
    Entry,
    draft_name,
    keep,
    only_one,
    publish_files,
    sha256_of,
    version_folder,
)
from pipeline.word.story import shortened


@dataclass(frozen=True, slots=True)
class Supplement:
    """A supplement on disk: its folder, its version in the history and the seal of that, its files, the paper first;
    how many blocks it changes, and what a person should know of it: what `build` would say of the files too, for a
    supplement is read by the public at once.
    """

    folder: Path
    version: int
    seal: str
    files: tuple[str, ...]
    replaced: int
    problems: tuple[Problem, ...] = ()


def supplement(report: str | None = None, **asked: Unpack[Asked]) -> Supplement:
    """The short paper of what became known since publication, or since the last supplement: the published paper brought
    up to date, people's words with it, block by block. Its item is on the agenda already, so that it claims no urgency.

    It may be published as it is: nothing private is in it, its PDF is made where LibreOffice is there, and letters that
    are new go with it under their numbers. It is kept for good as a version of its own.

    Raises NeedsPerson where nothing is published or nothing has changed, people's words and the facts part (C170), or
    another run is in hand; PaperError where an error stands.
    """
    order = order_of(report, **asked)
    with only_one(order.outputs, f"supplement {order.report}"):
        return supplemented(order)


def supplemented(order: Order) -> Supplement:
    """As `supplement`, for a caller that holds the outputs folder."""
    refuse_exempt(order)
    material = gather(order)
    folder = material.folder
    read, now = as_the_public_read(folder), Standing(as_known_today(material))
    read = read.as_today(now)
    made, baseline = on_what_is_known(read, now), now.rendered.baseline
    then = read.without(left_alone(made))
    found = replacements(then.blocks, then.facts, baseline, reading(made, then.draft.path.name))
    changes = tuple(change for change in found if not now.hidden.has(change.key))
    unclear = [*for_a_person(then, baseline, folder, now.hidden), *exempt_since(then, now.hidden, folder)]
    if not changes:
        raise NeedsPerson(unclear or [note("C153", Place(str(folder)), "Nothing has changed since publication.")])
    new = new_appendices(now, then)
    attached, missing = collected(new.values(), order.folder / "appendices")
    problems = [*now.problems, *facts_of_another_day(order.today, now.dates), *unclear, *missing]
    if errors := [problem for problem in problems if problem.level is Level.ERROR]:
        raise PaperError(errors)
    names = {**then.names, **{mark_name(key): f"{each.label} {each.number}" for key, each in new.items()}}
    fields, closed = supplement_fields(now.context, then.entry), statuses_of(material)
    reasons = reasons_of(now.meeting) if order.today > now.last_day else {}
    context = supplement_context(changes, fields, reasons, names, statuses=closed)
    paper = {file_name(material): supplement_file(context, material)}
    pdf, advice = supplement_pdf(paper, material)
    files = paper | attached | pdf
    if leaked := leaks(files, now.fence):
        raise PaperError(leaked)
    draft = Draft(then.draft.path, then.draft.number, made.content, record_of(made, names, material.inputs.hashes))
    keep(folder, draft)
    entry = publish_files(folder, files, at=order.now, about=about(draft, then.entry, now, reasons))
    kept = version_folder(folder, entry.version)
    return Supplement(kept, entry.version, entry.seal(), tuple(files), len(changes), (*problems, *advice))


def about(draft: Draft, entry: Entry, now: Standing, reasons: Mapping[str, str]) -> dict[str, str]:
    """What the manifest says that a supplement was made from, and to which version it is one."""
    return {
        SUPPLEMENT_TO: str(entry.version),
        "report": now.report.name,
        "meeting_on": now.dates.meeting_on.isoformat(),
        "as_at": now.dates.as_at.isoformat(),
        "draft": str(draft.number),
        "draft_sha256": sha256_of(draft.content),
        "program": VERSION,
        **reasons,
    }


def exempt_since(then: AsRead, hidden: Hidden, folder: Path) -> Iterator[Problem]:
    """What the public read of rows that are exempt by now (C157): not a word of them is repeated."""
    cure = "The supplement leaves it out. If the public may read it no longer, withdraw the paper and publish it anew."
    for cell in dict.fromkeys(filter(None, map(hidden.at, then.printed))):
        message = f"The row of cell {cell} is exempt by now, and the published paper says what it said."
        yield warning("C157", Place(str(folder)), message, cure)


def for_a_person(then: AsRead, now: Baseline, folder: Path, hidden: Hidden) -> list[Problem]:
    """What has changed, and it cannot be told which published words that replaces (C156)."""
    cure = "Look where the published paper speaks of it, and say which words are replaced when the supplement goes out."
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

"""Publishing on one page: the public copy, its PDF and appendices, kept for good once nothing stands against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import VERSION
from pipeline.blocks import Block
from pipeline.office.checking import Gathered, remember
from pipeline.office.drafting import Order, gather, make
from pipeline.office.fencing import fence_around
from pipeline.office.obstacles import appendices_of, kept_back_of, obstacles
from pipeline.office.recording import Made
from pipeline.problems import BrokenInstallation, Level, NeedsPerson, PaperError, Place, Problem, error
from pipeline.publish.appendices import Appendix, collected
from pipeline.publish.fence import Fence
from pipeline.publish.going_out import leaks
from pipeline.publish.late import NO_REASONS, given, of_what_stands, reasons_held
from pipeline.publish.metadata import Item, metadata
from pipeline.publish.pdf import libreoffice, pdf_of
from pipeline.publish.printed import section_texts
from pipeline.publish.public_copy import as_read, public_copy
from pipeline.revise.differences import is_unsettled
from pipeline.store import Draft, drafts, sha256_of
from pipeline.store.publications import keep, manifest_of, publish_files, published, version_folder

METADATA = "agenda item.json"


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication left on disk, and what a person should know of it.

    `fresh`: it is new; else the version that stands is the same, and nothing was written. `seal`: see `Entry.seal`.
    """

    folder: Path
    version: int
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    seal: str = ""
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Pieces:
    """All that a publication is made of, but for the day on which it is made."""

    name: str
    draft: Draft
    item: Item
    listed: tuple[Appendix, ...]
    appendices: Mapping[str, bytes]

    def files(self, when: dt.datetime) -> dict[str, bytes]:
        """The Word file and the appendices, as published at `when`."""
        paper = public_copy(self.draft.content, title=self.item.title, when=when, name=self.draft.path.name)
        return {f"{self.name}.docx": paper, **self.appendices}


def publish(order: Order, reasons: Mapping[str, str] = NO_REASONS) -> Published:
    """The public copy of the current draft, kept as the next version; the one that stands, where nothing has changed.

    `reasons` are those for a late item, by name. Raises PaperError while an error stands, NeedsPerson where one is for
    a person to settle.
    """
    gathered = gather(order)
    made = make(gathered)
    folder = gathered.drafts
    draft = the_draft(folder, order.draft)
    reasons = {**reasons_held(folder, draft), **given(reasons)}
    problems = obstacles(order, gathered, made, draft, reasons)
    if any(each.level is Level.ERROR for each in problems):
        raise (NeedsPerson if is_unsettled(problems) else PaperError)(problems)
    remember(gathered)
    name = drafts.NUMBER.sub("", draft.path.stem).strip()
    item = item_of(gathered, made, draft, reasons)
    listed = tuple(appendices_of(made.context, gathered).values())
    appendices, _ = collected(listed, gathered.folder / "appendices")
    pieces = Pieces(name, draft, item, listed, appendices)
    if standing := same_as_published(folder, pieces):
        return replace(standing, problems=(*of_what_stands(warnings(problems)), *standing.problems))
    around = fence_around(gathered, made.context)
    return put_out(pieces, folder, order, about(draft, gathered, item), warnings(problems), around)


def put_out(
    pieces: Pieces, folder: Path, order: Order, about: Mapping[str, str], problems: Iterable[Problem], around: Fence
) -> Published:
    """The next version, on disk; raises PaperError where any file of it says what is withheld behind the fence."""
    files = pieces.files(order.now)
    advice = add_pdf(files, f"{pieces.name}.pdf", files[f"{pieces.name}.docx"], pieces.item.title, order.now)
    files[METADATA] = metadata(pieces.item, pieces.listed, files)
    if found := leaks(files, around):
        raise PaperError(found)
    keep(folder, pieces.draft)
    entry = publish_files(folder, files, at=order.now, about=about)
    kept = tuple(sorted(files))
    return Published(version_folder(folder, entry.version), entry.version, kept, (*problems, *advice), entry.seal())


def same_as_published(folder: Path, pieces: Pieces) -> Published | None:
    """The publication that stands, where the pieces give its very files: made on its day, they have the same bytes.

    Its PDF is taken as it is. None where there was none, and one can be made by now.
    """
    entry = published(folder)
    if entry is None:
        return None
    kept = version_folder(folder, entry.version)
    known = {name: each.get("sha256") for name, each in manifest_of(folder, entry.version).get("files", {}).items()}
    when, pdf, advice = dt.datetime.fromisoformat(entry.at), f"{pieces.name}.pdf", list[Problem]()
    files = pieces.files(when)
    if pdf in known and (kept / pdf).is_file():
        files[pdf] = (kept / pdf).read_bytes()
    elif libreoffice() and not (advice := add_pdf(files, pdf, files[f"{pieces.name}.docx"], pieces.item.title, when)):
        return None
    files[METADATA] = metadata(pieces.item, pieces.listed, files)
    same = known == {name: sha256_of(content) for name, content in files.items()}
    if not same:
        return None
    return Published(kept, entry.version, tuple(sorted(files)), tuple(advice), entry.seal(), fresh=False)


def the_draft(folder: Path, named: Path | None) -> Draft:
    """The draft to publish; raises NeedsPerson where there is none."""
    draft = drafts.current_draft(folder, named)
    if draft is None:
        cure = "Draft it first, with: committee-papers build"
        raise NeedsPerson(error("C150", Place(str(folder)), "There is no draft of this paper.", cure))
    return draft


def add_pdf(files: dict[str, bytes], name: str, paper: bytes, title: str, now: dt.datetime) -> list[Problem]:
    """Adds the PDF where this machine can make one; else the advice how to make it in Word: a note where it cannot, a
    warning where the one it made does not show all (C119).
    """
    try:
        files[name] = pdf_of(paper, title=title, when=now)
    except BrokenInstallation as found:
        return [each if each.level is Level.WARNING else replace(each, level=Level.NOTE) for each in found.problems]
    return []


def item_of(gathered: Gathered, made: Made, draft: Draft, reasons: Mapping[str, str]) -> Item:
    """The agenda item as the draft has it, an officer's own recommendations among them."""
    fields, dates, content = made.context.fields, gathered.dates, as_read(draft.content, draft.path.name)

    def section(name: str) -> tuple[str, ...]:
        blocks = [each for each in made.context.sections.get(name, ()) if isinstance(each, Block)]
        return section_texts(content, [each.key for each in blocks]) or tuple(each.text for each in blocks)

    return Item(
        title=fields["title"],
        body=fields["board"],
        meeting=dates.meeting_on,
        publish_by=dates.publish_on,
        item=fields.get("item", ""),
        recommendations=section("recommendations"),
        background_papers=section("background_papers"),
        exempt=kept_back_of(gathered),
        late=given(reasons),
    )


def about(draft: Draft, gathered: Gathered, item: Item) -> dict[str, str]:
    """What the manifest says the publication was made from."""
    dates = gathered.dates
    return {
        "report": gathered.report.name,
        "meeting_on": dates.meeting_on.isoformat(),
        "as_at": dates.as_at.isoformat(),
        "draft": str(draft.number),
        "draft_sha256": sha256_of(draft.content),
        "program": VERSION,
        **item.late,
    }


def warnings(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that let a paper through."""
    return [each for each in problems if each.level is not Level.ERROR]

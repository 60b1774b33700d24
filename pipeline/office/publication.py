"""Publishing on one page: the public copy, its PDF and appendices, kept for good once nothing stands against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Unpack

from pipeline import VERSION
from pipeline.blocks import Block
from pipeline.office.clearing import remember
from pipeline.office.fencing import remember_withheld
from pipeline.office.gate import obstacles
from pipeline.office.material import Asked, Order, gather, order_of, refuse_exempt
from pipeline.office.standing import Standing, standing_of
from pipeline.problems import Level, NeedsPerson, PaperError, Problem
from pipeline.publish.agenda_item import Item, metadata_of, section_texts
from pipeline.publish.late import of_what_stands, reasons_of
from pipeline.publish.pdf import libreoffice, with_pdf
from pipeline.publish.verify import altered, sealed
from pipeline.publish.withheld_words import leaks
from pipeline.revise.differences import is_unsettled
from pipeline.store import (
    NUMBER,
    Draft,
    Entry,
    history,
    keep,
    manifest_of,
    only_one,
    publish_files,
    published,
    sha256_of,
    version_folder,
)
from pipeline.store import withdraw as take_back

METADATA = "agenda item.json"


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication left on disk, and what a person should know of it.

    `fresh`: it is new; else the version that stands is the same, and nothing was written. `seal`: see `Entry.seal`.
    """

    fresh: bool
    seal: str
    version: int
    folder: Path
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The version that is withdrawn, and the seal of that act."""

    withdrawn: int
    seal: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was published and withdrawn in `folder`, and every trace of a later change."""

    folder: Path
    acts: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    @property
    def code(self) -> int:
        """1 where anything was altered, else 0."""
        return int(bool(self.problems))


@dataclass(frozen=True, slots=True)
class Publication:
    """All that a publication is made of, but for the day on which it is made."""

    standing: Standing
    draft: Draft

    @property
    def name(self) -> str:
        """What its Word file and its PDF are called."""
        return NUMBER.sub("", self.draft.path.stem).strip()

    def reasons(self, on: dt.date) -> Mapping[str, str]:
        """What is said of a late item, where it goes out on a day after its last."""
        return reasons_of(self.standing.meeting) if on > self.standing.last_day else {}

    def item(self, on: dt.date) -> Item:
        """The agenda item as the draft has it, published on a day; an officer's own recommendations are among it."""
        fields, dates = self.standing.context.fields, self.standing.dates
        return Item(
            title=fields["title"],
            body=fields["board"],
            meeting=dates.meeting_on,
            publish_by=dates.publish_on,
            item=fields.get("item", ""),
            recommendations=self.section("recommendations"),
            background_papers=self.section("background_papers"),
            exempt=self.standing.kept_back,
            late=self.reasons(on),
        )

    def section(self, name: str) -> tuple[str, ...]:
        """The texts of a section as the draft has them."""
        blocks = [block for block in self.standing.context.sections.get(name, ()) if isinstance(block, Block)]
        read = section_texts(self.standing.draft_as_read.text, [block.key for block in blocks])
        return read or tuple(block.text for block in blocks)

    def files(self, when: dt.datetime) -> dict[str, bytes]:
        """The Word file and the appendices, as published at `when`."""
        return {f"{self.name}.docx": self.standing.public_copy.file(when), **self.standing.collected[0]}

    def metadata(self, files: Mapping[str, bytes], on: dt.date) -> bytes:
        """The agenda item as data, with the files that belong to it."""
        return metadata_of(self.item(on), tuple(self.standing.appendices.values()), files)

    def pdf(self, files: Mapping[str, bytes], when: dt.datetime) -> tuple[dict[str, bytes], list[Problem]]:
        """The PDF of the paper by its name, or the advice how to make it."""
        return with_pdf(f"{self.name}.pdf", files[f"{self.name}.docx"], self.standing.context.fields["title"], when)

    @property
    def about(self) -> dict[str, str]:
        """What the manifest says that it was made from."""
        dates = self.standing.dates
        return {
            "report": self.standing.report.name,
            "meeting_on": dates.meeting_on.isoformat(),
            "as_at": dates.as_at.isoformat(),
            "draft": str(self.draft.number),
            "draft_sha256": sha256_of(self.draft.content),
            "program": VERSION,
            **self.reasons(self.standing.order.today),
        }


def publish(report: str | None = None, **asked: Unpack[Asked]) -> Published:
    """The public copy of the current draft, kept as the next version; the one that stands, where nothing has changed.

    Raises PaperError while an error stands, NeedsPerson where one is for a person to settle, or another run is in hand.
    """
    order = order_of(report, **asked)
    with only_one(order.outputs, f"publish {order.report}"):
        return published_by(order)


def published_by(order: Order) -> Published:
    """As `publish`, for a caller that holds the outputs folder."""
    refuse_exempt(order)
    standing = standing_of(order)
    standing.rendered  # noqa: B018 (raises where no paper can be made)
    draft = standing.draft_to_publish
    problems = obstacles(standing, draft)
    if any(problem.level is Level.ERROR for problem in problems):
        raise (NeedsPerson if is_unsettled(problems) else PaperError)(problems)
    remember(standing.material)
    remember_withheld(standing.material, standing.fence)
    made = Publication(standing, draft)
    if same := same_as_published(made):
        return replace(same, problems=(*of_what_stands(problems), *same.problems))
    return put_out(made, problems)


def put_out(made: Publication, problems: Iterable[Problem]) -> Published:
    """The next version, on disk; raises PaperError where any file of it says what is withheld behind the fence."""
    now, folder = made.standing.order.now, made.standing.material.folder
    files = made.files(now)
    pdf, advice = made.pdf(files, now)
    files |= pdf
    files[METADATA] = made.metadata(files, made.standing.order.today)
    if found := leaks(files, made.standing.fence):
        raise PaperError(found)
    keep(folder, made.draft)
    entry = publish_files(folder, files, at=now, about=made.about)
    kept = version_folder(folder, entry.version)
    return Published(True, entry.seal(), entry.version, kept, tuple(sorted(files)), (*problems, *advice))


def same_as_published(made: Publication) -> Published | None:
    """The publication that stands, where the pieces give its very files: made on its day, they have the same bytes.

    Its PDF is taken as it is. None where there was none, and one can be made by now.
    """
    folder = made.standing.material.folder
    entry = published(folder)
    if entry is None:
        return None
    kept = version_folder(folder, entry.version)
    known = {name: each.get("sha256") for name, each in manifest_of(folder, entry.version).get("files", {}).items()}
    when, name, advice = dt.datetime.fromisoformat(entry.at), f"{made.name}.pdf", list[Problem]()
    files = made.files(when)
    if name in known and (kept / name).is_file():
        files[name] = (kept / name).read_bytes()
    elif libreoffice():
        pdf, advice = made.pdf(files, when)
        if pdf:
            return None
    files[METADATA] = made.metadata(files, when.date())
    if known != {name: sha256_of(content) for name, content in files.items()}:
        return None
    return Published(False, entry.seal(), entry.version, kept, tuple(sorted(files)), tuple(advice))


def withdraw(report: str | None = None, *, reason: str, **asked: Unpack[Asked]) -> Withdrawn:
    """Records that the publication that stands is withdrawn, and why; nothing is deleted.

    Raises NeedsPerson where none stands (C131), or another run is in hand.
    """
    order = order_of(report, **asked)
    with only_one(order.outputs, f"publish {order.report}"):
        entry = take_back(gather(order).folder, at=order.now, reason=reason.strip())
    return Withdrawn(entry.version, entry.seal())


def verify(report: str | None = None, *, seal: str = "", **asked: Unpack[Asked]) -> Verified:
    """Whether anything published of a paper was altered since: every file against its manifest and the history, and
    that against a `seal` kept elsewhere.
    """
    folder = gather(order_of(report, **asked)).folder
    acts = history(folder)
    return Verified(folder, acts, (*altered(folder), *(sealed(acts, seal) if seal else ())))

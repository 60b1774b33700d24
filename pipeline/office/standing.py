"""How one meeting's paper stands on a day, worked out once for all who ask: building, checking, status, publishing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.blocks import Block, Context
from pipeline.kinds import Meeting
from pipeline.nations import law_of
from pipeline.office.clearing import clearances
from pipeline.office.fencing import fence_around
from pipeline.office.findings import found_in, no_wording, printed_in, settled, typed_problems
from pipeline.office.material import Material, Order, facts_unread, gather, given_up
from pipeline.office.sources import Sources
from pipeline.office.templates import offer_of, template_of
from pipeline.problems import NeedsPerson, PaperError, Place, Problem, error
from pipeline.publish.agenda_item import Appendix, collected, kept_back
from pipeline.publish.clearance import SectionClearance
from pipeline.publish.fence import Fence
from pipeline.publish.late import last_day
from pipeline.render.paper import Rendered, render
from pipeline.render.properties import Properties
from pipeline.report import PART
from pipeline.revise.copies import left_out
from pipeline.revise.following import Next, Wanted, following
from pipeline.revise.join_drafts import joined_with
from pipeline.revise.outcome import NOTHING, Hidden, hidden
from pipeline.store import (
    NO_ACTS,
    Acts,
    Draft,
    Entry,
    Private,
    Record,
    acts_in,
    current_draft,
    draft_of,
    history,
    last_told,
    previous_paper,
    private_in,
    published,
)
from pipeline.transform.context import Transformed, transform
from pipeline.word.file import WordFile

if TYPE_CHECKING:
    from pipeline.publish.public_copy import PublicCopy
    from pipeline.revise.copy import Copy

APPENDIX = "appendix/"


class Standing:
    """One meeting's paper on the day of its order: what was read for it, what the program makes of that, what is on
    disk, and where the two part. Each part is worked out when it is first asked for, and only once.
    """

    def __init__(self, material: Material) -> None:
        self.material = material
        self.order, self.report, self.dates = material.order, material.report, material.dates

    @cached_property
    def transformed(self) -> Transformed:
        """What the paper may print, and the problems met in filling its sentences."""
        inputs = self.material.inputs
        return transform(
            self.report, inputs.records, inputs.sentences, self.dates, printed_in(self.report, self.last_paper)
        )

    @cached_property
    def last_paper(self) -> tuple[dt.date, Draft] | None:
        """The paper of the meeting before, as it was published or else its newest draft, and its day."""
        material = self.material
        found = previous_paper(material.order.outputs, self.report.name, self.dates.meeting_on, material.meetings)
        if found and (entry := published(found[1].path.parent)):
            with suppress(NeedsPerson):  # gone or changed, which is told of where it is supplemented
                return found[0], draft_of(found[1].path.parent, entry)
        return found

    @property
    def context(self) -> Context:
        """All that the paper may print."""
        return self.transformed.context

    @cached_property
    def found(self) -> tuple[Problem, ...]:
        """Every problem of the files, the wording and the paper that they make, as the rules find it."""
        return tuple(found_in(self.material, self.context, self.transformed.problems, self.last_paper))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The same problems at the report's levels, those that officers let stand as notes."""
        return tuple(settled(self.material, self.found))

    @cached_property
    def title(self) -> str:
        """What the paper is called in its properties."""
        return f"{self.report.title} – {self.context.fields['board']}, {self.context.fields['date']}"

    @cached_property
    def rendered(self) -> Rendered:
        """The paper as the program alone would write it, proven; the same bytes for the same files and dates.

        Raises PaperError where there are no sentences, or facts that cannot be read.
        """
        if not self.material.inputs.sentences:
            raise PaperError(no_wording(self.problems))
        if unread := facts_unread(self.report, self.problems):
            raise PaperError(unread)
        days = {"meeting": self.dates.meeting_on.isoformat(), "as_at": self.dates.as_at.isoformat()}
        properties = Properties(
            title=self.title,
            subject=self.context.fields["board"],
            author=self.report.fields.get("author", ""),
            as_at=self.dates.as_at,
            heading_style=self.report.heading_style,
            about={"title": self.title, "report": self.report.name, **days},
        )
        template = template_of(self.report, offer_of(self.report, self.material.inputs.sentences))
        return render(template, self.context, properties, self.transformed.world)

    @cached_property
    def sources(self) -> Sources:
        """What the officers' files have behind the facts, in words."""
        return Sources(self.material, self.transformed)

    @cached_property
    def fence(self) -> Fence:
        """The fence around rows that may not be public."""
        return fence_around(self.material, self.context, self.private)

    @cached_property
    def private(self) -> Private:
        """What was ever withheld from the report's papers, as it was on record when this was first asked."""
        return private_in(self.material.outputs)

    @cached_property
    def hidden(self) -> Hidden:
        """What may stand in no draft any more."""
        rows = self.material.inputs.withheld
        return hidden(rows, self.fence.said_in) if rows or self.fence else NOTHING

    @cached_property
    def draft(self) -> Draft | None:
        """The draft named, else the newest; raises NeedsPerson (F130) where two are."""
        return current_draft(self.material.folder, self.order.draft)

    @cached_property
    def public_copy(self) -> PublicCopy:
        """What the draft says without what is not for the public, made and proven. Raises PaperError where the draft
        is no sound Word file, NeedsPerson (C150) where there is none.
        """
        from pipeline.publish.public_copy import PublicCopy

        draft = self.draft_to_publish
        return PublicCopy.of(draft.content, title=self.context.fields["title"], name=draft.path.name)

    @cached_property
    def draft_as_read(self) -> WordFile:
        """The draft as a reader of its public copy sees it, with the marks of its blocks. Raises as `public_copy`."""
        from pipeline.publish.public_copy import as_read

        return as_read(self.draft_to_publish.content, self.draft_to_publish.path.name)

    def typed(self, fresh: bytes = b"") -> list[Problem]:
        """What is wrong with the words that people typed into the draft; none where nobody typed. `fresh` is the
        program's paper of the same facts, empty where it cannot be made.
        """
        if self.draft is None or not self.draft.holds_edits:
            return []
        return typed_problems(self.material, self.context, self.draft, self.draft_as_read, fresh)

    @property
    def draft_to_publish(self) -> Draft:
        """The draft; raises NeedsPerson (C150) where there is none."""
        if self.draft is None:
            cure, place = "Draft it first, with: committee-papers build", Place(str(self.material.folder))
            raise NeedsPerson(error("C150", place, "There is no draft of this paper.", cure))
        return self.draft

    @cached_property
    def clearances(self) -> tuple[SectionClearance, ...]:
        """How each section that another service writes stands with those who must clear it."""
        return clearances(self.material)

    @cached_property
    def acts(self) -> tuple[Entry, ...]:
        """What was published and withdrawn; raises PaperError (C130) where that cannot be read."""
        return history(self.material.folder)

    @cached_property
    def told_public(self) -> Record:
        """The record of what the public was told last, by the publication that stands or its last supplement; of the
        draft where that is gone; empty where nothing is public.
        """
        if (entry := last_told(self.material.folder)) is None:
            return {}
        try:
            return draft_of(self.material.folder, entry).record
        except NeedsPerson:
            return self.draft.record if self.draft else {}

    @cached_property
    def on_record(self) -> Acts:
        """What people did about the paper, but for acts on words that may not be public by now."""
        places = dict.fromkeys([self.material.folder, *([self.order.draft.parent] if self.order.draft else [])])
        found = sum(map(acts_in, places), NO_ACTS)
        return replace(found, entries=tuple(act for act in found if not self.hidden.holds(act.texts)))

    @cached_property
    def wanted(self) -> Wanted:
        """The paper as the program alone would write it, and on what terms it follows on the draft that is there."""
        return Wanted(
            content=self.rendered.content,
            report=self.report.name,
            folder=self.material.folder,
            now=self.order.now,
            join=joined_with,
            named=self.order.draft,
            hidden=self.hidden,
            acts=self.on_record,
            beside=given_up(self.material),
        )

    @cached_property
    def next(self) -> tuple[Next, Draft | None]:
        """What follows on the draft that is there, and that draft."""
        return following(self.wanted)

    def copies(self, draft: Draft | None) -> tuple[Copy, ...]:
        """The copies in which somebody typed what `draft` lacks, also in the folders of days that are no more."""
        return left_out(self.material.folder, self.report.name, draft, self.on_record, given_up(self.material))

    @cached_property
    def appendices(self) -> dict[str, Appendix]:
        """The appendices in their order, by the key of their block, with the file of each from the log."""
        letters = {f"{APPENDIX}{letter.ref}": letter for letter in self.material.inputs.records.letters}
        blocks = self.context.sections.get("appendices", ())
        listed = [block for block in blocks if isinstance(block, Block) and block.key in letters]
        label = self.report.appendix_label
        return {
            block.key: Appendix(
                number, block.text, letters[block.key].file, place=letters[block.key].source, label=label
            )
            for number, block in enumerate(listed, 1)
        }

    @cached_property
    def collected(self) -> tuple[Mapping[str, bytes], list[Problem]]:
        """The files of the appendices by the names under which they go out, and those that are missing."""
        return collected(self.appendices.values(), self.order.folder / "appendices")

    @cached_property
    def kept_back(self) -> Mapping[str, str]:
        """The paragraphs of the law by which letters that go with the paper, and the rows of its exempt part, are kept
        back, with their descriptions.
        """
        days = (meeting.date for meeting in self.material.inputs.records.meetings)
        since = max((day for day in days if day < self.dates.meeting_on), default=dt.date.min)
        law, with_part = law_of(self.report.nation), (self.report.folder / PART).is_dir()
        return kept_back(self.material.inputs.withheld, law, since, self.dates.as_at, with_part=with_part)

    @property
    def meeting(self) -> Meeting:
        """The calendar's row of the meeting."""
        return self.material.inputs.records.meeting(self.dates.meeting_on)

    @cached_property
    def last_day(self) -> dt.date:
        """The last day to publish."""
        return last_day(self.report, self.meeting, self.dates, self.material.inputs.records.closed_days)


def standing_of(order: Order) -> Standing:
    """How the paper of the order stands; raises PaperError where no meeting can be told."""
    return Standing(gather(order))

"""All that stands between a draft and its publication today: the one gate, which `check` tells of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.blocks import Block, Context
from pipeline.kinds import Acceptance
from pipeline.office.checking import Gathered, settled, typed_problems
from pipeline.office.drafting import Order, wanted_of
from pipeline.office.fencing import fence_around, unquoted_where
from pipeline.office.recording import Made
from pipeline.problems import Level, Place, Problem, error
from pipeline.publish.appendices import Appendix, collected
from pipeline.publish.draft_passages import withheld_words
from pipeline.publish.exempt import exempt_notes, kept_back
from pipeline.publish.going_out import leaks
from pipeline.publish.late import NO_REASONS, facts_of_another_day, last_day, publishing_late
from pipeline.publish.public_copy import unready_for_public
from pipeline.revise.copies import left_out, not_taken_in
from pipeline.revise.differences import problems_of
from pipeline.revise.following import following
from pipeline.rules import stands
from pipeline.store import Draft
from pipeline.store.publications import history

APPENDIX = "appendix/"


def obstacles(
    order: Order,
    gathered: Gathered,
    made: Made,
    draft: Draft,
    reasons: Mapping[str, str] = NO_REASONS,
    besides: Sequence[Problem] = (),
) -> list[Problem]:
    """All that stands against publishing this draft today, and all that a person should know of it: the one gate, which
    `check` tells of and `publish` obeys. `besides` are problems found elsewhere, to be settled with the others.
    """
    listed = appendices_of(made.context, gathered).values()
    appendices, missing = collected(listed, gathered.folder / "appendices")
    typed = typed_problems(gathered, made.context, draft, made.rendered.content)
    around = fence_around(gathered, made.context)
    accepted = gathered.inputs.records.acceptances
    found = [
        *(once_public(each, accepted) for each in settled(gathered, [*made.found, *besides, *typed])),
        *not_taken(order, gathered, made, draft),
        *missing,
        *unready_for_public(draft.content, draft.path.name),
        *late(gathered, reasons),
        *facts_of_another_day(gathered.today, gathered.dates),
        *exempt_notes(kept_back_of(gathered)),
        *withheld_words(draft.content, draft.path.name, around),
        *leaks(appendices, around),
    ]
    return [unquoted_where(each, around) for each in found]


def once_public(found: Problem, acceptances: Sequence[Acceptance]) -> Problem:
    """An item number that is still to come is a note on a draft, and a warning on what the public reads (P104), unless
    an officer lets it stand.
    """
    to_come = (found.code, found.level) == ("P104", Level.NOTE)
    return replace(found, level=Level.WARNING) if to_come and not stands(found, acceptances) else found


def not_taken(order: Order, gathered: Gathered, made: Made, draft: Draft) -> Iterator[Problem]:
    """What keeps the draft's own text, as it is now, from saying what the facts say today: facts that it has not taken
    (C151), differences that nobody settled (C170, C171), copies whose words it lacks (F140).
    """
    wanted = wanted_of(order, gathered, made)
    step, current = following(wanted)
    if current is None or current.path != draft.path or step.reads_otherwise:
        cure = "Run “build” once more, and look at what it changed."
        yield error("C151", Place(draft.path.name), "The facts have moved since this draft was made.", cure)
    yield from problems_of(step.differences, draft.path)
    copies = left_out(wanted.folder, order.report, draft, wanted.decided, wanted.beside)
    yield from (not_taken_in(each, wanted.folder) for each in copies)


def late(gathered: Gathered, reasons: Mapping[str, str] = NO_REASONS) -> list[Problem]:
    """What is to be said of a paper whose last day to be published has passed, be there a draft of it yet or none."""
    acts, dates, bound = history(gathered.drafts), gathered.dates, gathered.report.statutory
    last = last_day(gathered.report, dates, gathered.inputs.records.closed_days)
    return publishing_late(gathered.today, last, dates.meeting_on, acts, reasons, statutory=bound)


def appendices_of(context: Context, gathered: Gathered) -> dict[str, Appendix]:
    """The appendices in their order, by the key of their block, with the file of each from the log."""
    letters = {f"{APPENDIX}{each.ref}": each for each in gathered.inputs.records.letters}
    listed = [
        each for each in context.sections.get("appendices", ()) if isinstance(each, Block) and each.key in letters
    ]
    label = gathered.report.appendix_label
    return {
        each.key: Appendix(number, each.text, letters[each.key].file, place=letters[each.key].source, label=label)
        for number, each in enumerate(listed, 1)
    }


def kept_back_of(gathered: Gathered) -> tuple[str, ...]:
    """The paragraphs of Schedule 12A by which letters that go with the paper are kept back."""
    inputs, dates = gathered.inputs, gathered.dates
    return kept_back(inputs.withheld, (each.date for each in inputs.records.meetings), dates.meeting_on, dates.as_at)

"""All that stands between a draft and its publication: the one gate, which `check` tells of and `publish` obeys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.catalogue import problem
from pipeline.kinds import Acceptance
from pipeline.nations import law_of
from pipeline.office.clearing import demands, otherwise, parting, said_in
from pipeline.office.fencing import unquoted_where
from pipeline.office.findings import settled
from pipeline.office.passages import files_that_say_it, passages_of
from pipeline.office.standing import Standing
from pipeline.office.typed_last_time import asked_of, passages_before
from pipeline.problems import Level, PaperError, Place, Problem, error
from pipeline.publish.agenda_item import exempt_notes
from pipeline.publish.clearance import State, as_demanded
from pipeline.publish.late import facts_of_another_day, of_what_stands, publishing_late
from pipeline.publish.withheld_words import leaks
from pipeline.revise.copies import instead_of_a_draft, not_taken_in
from pipeline.revise.differences import problems_of
from pipeline.rules import stands
from pipeline.store import Draft, published_from, refuse_if_lost


def against(standing: Standing, besides: Sequence[Problem] = ()) -> Sequence[Problem]:
    """What stands against publishing the newest draft; what the files alone tell where no paper can be made, or there
    is none yet. `besides` are problems found elsewhere.
    """
    unmade: Sequence[Problem] = ()
    try:
        standing.rendered  # noqa: B018 (raises where no paper can be made)
        if draft := standing.draft:
            found = obstacles(standing, draft, besides)
            return of_what_stands(found) if published_from(standing.material.folder, draft) else found
    except PaperError as refused:
        unmade = refused.problems
    return without_a_paper(standing, besides, unmade)


def without_a_paper(standing: Standing, besides: Sequence[Problem], unmade: Sequence[Problem] = ()) -> list[Problem]:
    """The problems of the files, of what was typed into the draft, and of the draft as a file."""
    draft, others = draft_alone(standing)
    typed = standing.typed() if draft else []
    problems = settled(standing.material, [*standing.found, *besides, *typed])
    return [*problems, *(other for other in dict.fromkeys([*unmade, *others]) if other not in problems)]


def draft_alone(standing: Standing) -> tuple[Draft | None, list[Problem]]:
    """The draft, and what is wrong with the file; without one, what copies there are, and whether it is late."""
    folder = standing.material.folder
    try:
        if draft := standing.draft:
            return draft, [*standing.public_copy.problems, *led_nowhere(draft)]
        refuse_if_lost(folder, None)
        return None, [*(instead_of_a_draft(copy, folder) for copy in standing.copies(None)), *late(standing)]
    except PaperError as refused:
        return None, list(refused.problems)


def obstacles(standing: Standing, draft: Draft, besides: Sequence[Problem] = ()) -> list[Problem]:
    """All that stands against publishing this draft today, and all that a person should know of it. `besides` are
    problems found elsewhere, to be settled with the others.
    """
    material, (appendices, missing) = standing.material, standing.collected
    typed = [*standing.typed(standing.rendered.content), *typed_over_cleared(standing, draft)]
    accepted = material.inputs.records.acceptances
    found = [
        *(once_public(each, accepted) for each in settled(material, [*standing.found, *besides, *typed])),
        *not_taken(standing, draft),
        *missing,
        *standing.public_copy.problems,
        *led_nowhere(draft),
        *late(standing),
        *of_exempt_part(standing),
        *facts_of_another_day(standing.order.today, standing.dates),
        *exempt_notes(standing.kept_back, law_of(standing.report.nation)),
        *standing.private.problems,
        *withheld_words(standing),
        *leaks(appendices, standing.fence),
        *files_that_say_it(standing),
        *asked_of(standing, passages_before(standing, draft)),
    ]
    return [unquoted_where(each, standing.fence) for each in found]


def led_nowhere(draft: Draft) -> Iterator[Problem]:
    """C193 for each cross-reference of the draft whose place is gone."""
    from pipeline.publish.unready import leading_nowhere
    from pipeline.word.file import WordFile

    return leading_nowhere(WordFile.opened(draft.content, draft.path.name).text)


def withheld_words(standing: Standing) -> list[Problem]:
    """C160 for every passage of the draft that says what a withheld row says; C161 where no passage does, and yet the
    public copy, where one can be made.
    """
    if not standing.fence:
        return []
    found, copy = [passage.told for passage in passages_of(standing, standing.draft)], standing.public_copy
    if found or copy.errors:
        return found
    return leaks({standing.draft_to_publish.path.name: copy.file(standing.order.now)}, standing.fence)


def once_public(found: Problem, acceptances: Sequence[Acceptance]) -> Problem:
    """An item number that is still to come is a note on a draft, and a warning on what the public reads (P104), unless
    an officer lets it stand.
    """
    to_come = (found.code, found.level) == ("P104", Level.NOTE)
    return replace(found, level=Level.WARNING) if to_come and not stands(found, acceptances) else found


def not_taken(standing: Standing, draft: Draft) -> Iterator[Problem]:
    """What keeps the draft's own text, as it is now, from saying what the facts say today: facts that it has not taken
    (C151), differences that nobody settled (C170, C171), acts that cannot be read (C172),
    copies whose words it lacks (F140).
    """
    step, current = standing.next
    if current is None or current.path != draft.path or step.reads_otherwise:
        cure = "Run “build” once more, and look at what it changed."
        yield error("C151", Place(draft.path.name), "The facts have moved since this draft was made.", cure)
    yield from problems_of(step.differences, draft.path)
    yield from standing.on_record.problems
    for copy in standing.copies(draft):
        yield not_taken_in(copy, standing.material.folder, step.joined)


def late(standing: Standing) -> list[Problem]:
    """What is to be said of a paper whose last day to be published has passed, be there a draft of it yet or none."""
    today, bound = standing.order.today, standing.report.statutory
    return publishing_late(today, standing.last_day, standing.meeting, standing.acts, statutory=bound)


def of_exempt_part(standing: Standing) -> Iterator[Problem]:
    """What an exempt part must have, and has not: something that is exempt, and why that is better for the public
    (C149). Exempt is what the schedule describes only if and so long as, in all the circumstances of the case, the
    public interest in maintaining the exemption outweighs the public interest in disclosing the information (Local
    Government Act 1972, Schedule 12A, Part 2, paragraph 10).
    """
    if standing.report.is_exempt and not standing.material.inputs.records.exempt:
        yield problem("C149", Place(standing.order.report), "nothing")
    elif standing.report.is_exempt and not standing.meeting.public_interest:
        yield problem("C149", standing.meeting.place("public_interest"))


def typed_over_cleared(standing: Standing, draft: Draft) -> Iterator[Problem]:
    """C210 wherever the draft, brought up to date, says otherwise what a service sent: a sign-off is of exact words,
    and what somebody typed is not among them. Nothing of a section that has not come.
    """
    step, current = standing.next
    come = frozenset(each.section for each in standing.clearances if each.state is not State.MISSING)
    if not come or current is None or current.path != draft.path or not (step.merged or draft.holds_edits):
        return
    ours, name = standing.rendered.baseline, draft.path.name
    sent = said_in(standing.rendered.content, name, ours, come)
    there = said_in(step.content, name, step.baseline or draft.baseline or ours, come)
    for section, demand in demands(standing.report).items():
        for old, new in parting(sent.get(section, []), there.get(section, [])):
            yield as_demanded(demand, otherwise(demand, old, new, Place(name)))

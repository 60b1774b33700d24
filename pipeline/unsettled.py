"""How a draft stands as it lies there: its own text, as it is now, against what the facts say today."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.build import Order, wanted_of
from pipeline.checking import Gathered
from pipeline.drafts import Draft
from pipeline.problems import Place, Problem, error
from pipeline.recording import Made
from pipeline.revise.copies import left_out, told
from pipeline.revise.differences import problems_of
from pipeline.revise.following import following


def as_it_lies_there(order: Order, gathered: Gathered, made: Made, draft: Draft) -> Iterator[Problem]:
    """What keeps the draft's own text, as it is now, from saying what the facts say today: facts that it has not taken
    (C151), differences that nobody settled (C170, C171), copies whose words it lacks (F140).
    """
    wanted = wanted_of(order, gathered, made)
    step, current = following(wanted)
    if current is None or current.path != draft.path or step.reads_otherwise:
        cure = "Run “build” once more, and look at what it changed."
        yield error("C151", Place(draft.path.name), "The facts have moved since this draft was made.", cure)
    yield from problems_of(step.differences, draft.path.name)
    yield from (told(each, wanted.folder) for each in left_out(wanted.folder, order.report, draft, wanted.decided))

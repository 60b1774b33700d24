"""One order carried out, whatever comes of it: the unit of every run over many papers.

Orders go out and results come back as plain data, between processes and machines too.
"""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.office.drafting import Order, build
from pipeline.office.moved import moved_to
from pipeline.problems import PaperError, Problem
from pipeline.store import refusal

SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What became of one paper: `action` as in the build, or `failed`; `code` is the exit code it asks for.

    `fault` tells where the program itself went wrong.
    """

    meeting_on: dt.date | None = None
    action: str = "failed"
    number: int = 0
    path: str = ""
    taken_from: str = ""
    code: int = 0
    problems: tuple[Problem, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""

    @property
    def silent(self) -> bool:
        """Is there nothing to tell?"""
        return self.action in ("unchanged", "published") and not self.code


@dataclass(frozen=True, slots=True)
class Result:
    """One report's papers."""

    report: str
    attempts: tuple[Attempt, ...] = ()

    @property
    def code(self) -> int:
        """The worst exit code of its papers."""
        return max((each.code for each in self.attempts), default=0)


def draft(order: Order) -> Result:
    """The paper of one order, drafted. Never raises but to stop the run."""
    try:
        return Result(order.report, (drafted(moved_to(order)),))
    except Exception as fault:
        return Result(order.report, (failed(fault, order.meeting),))


def drafted(order: Order) -> Attempt:
    """One paper's draft; raises PaperError as `build` does."""
    built = build(order)
    return Attempt(
        meeting_on=built.gathered.dates.meeting_on,
        action=built.action,
        number=built.number,
        path=str(built.path),
        taken_from=order.draft.parent.name if order.draft else "",
        code=3 if built.unsettled and built.action != "unchanged" else 0,
        problems=(*built.made.problems, *built.unsettled),
        hashes=dict(built.gathered.inputs.hashes),
    )


def failed(fault: BaseException, meeting_on: dt.date | None = None) -> Attempt:
    """A paper, or the report itself, that did not go through."""
    found = fault if isinstance(fault, PaperError) else refusal(fault)
    if found:
        return Attempt(meeting_on=meeting_on, problems=found.problems, code=found.exit_code)
    return Attempt(meeting_on=meeting_on, fault=told(fault), code=4)


def told(fault: BaseException) -> str:
    """Where a fault of the program's own arose, without more of its message than may stand in a log."""
    steps = traceback.extract_tb(fault.__traceback__)
    lines = [f"{each.filename}, line {each.lineno}, in {each.name}" for each in steps]
    return "\n".join((*lines, f"{type(fault).__name__}: {str(fault)[:SHOWN]}"))

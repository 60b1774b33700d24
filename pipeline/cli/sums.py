"""Short sums of what was read and done, as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.formats import day, listed

if TYPE_CHECKING:
    from pipeline.dates import Dates
    from pipeline.office.checking import Gathered
    from pipeline.revise.outcome import Outcome

SAID = {
    "updated": "brought up to date",
    "kept": "edited by an officer, kept",
    "offered": "edited, and changed by new facts elsewhere: offered as a tracked change",
    "conflict": "edited where the facts changed: the edited text kept, to be settled by a person (see below)",
    "gone": "deleted by an officer, left out",
    "added": "new",
    "removed": "no longer said",
    "withheld": "taken out: the row is now exempt",
}


def when_line(dates: Dates) -> str:
    """The three dates in a line."""
    publish = f"{dates.publish_on:%A} {day(dates.publish_on)}"
    return f"Facts as at {day(dates.as_at)}; to be published by {publish}."


def read_lines(gathered: Gathered) -> Iterator[str]:
    """File by file, what was read of it."""
    by_file: dict[str, list[str]] = {}
    for name, source in gathered.report.sources.items():
        number, item = len(gathered.inputs.records.of(name)), gathered.report.kinds[name].item
        by_file.setdefault(source.file, []).append(some(number, "progress figure" if name == "progress" else item))
    for name, comment in gathered.report.comments.items():
        come = any(each.section == name for each in gathered.inputs.records.comments)
        by_file.setdefault(comment.file, []).append("read" if come else "not come")
    for file, parts in by_file.items():
        yield f"  {file:<26}{listed(parts)}"


def some(number: int, item: str) -> str:
    """`9 actions`, `1 letter`."""
    return f"{number} {item.replace('_', ' ')}{'' if number == 1 else 's'}"


def outcome_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """How many paragraphs and rows went which way. What a person must settle is told as problems."""
    numbers = Counter(each.action for each in outcomes)
    exempt = sum(each.reason == "withheld" for each in outcomes)
    numbers["conflict"] -= exempt
    if exempt:
        yield f"  {exempt:>3} edited, and the row is now exempt: to be taken out by hand (see below)"
    for action, said in SAID.items():
        if numbers[action]:  # type: ignore[index]
            yield f"  {numbers[action]:>3} {said}"  # type: ignore[index]


def outcome_as_data(outcome: Outcome) -> dict[str, Any]:
    """One block's outcome for machines."""
    return {
        "key": outcome.key,
        "action": outcome.action,
        "near": outcome.place,
        "old": outcome.old,
        "new": outcome.new,
        "officer": outcome.officer,
        "sources": list(outcome.sources),
    }

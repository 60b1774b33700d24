"""The command that drafts a paper, or all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import office
from pipeline.cli.options import (
    FILE,
    PAPER,
    WORKERS,
    command,
    or_of_the_last_meeting,
)
from pipeline.cli.talk import counted, say, show_json, show_problems, without_notes
from pipeline.formats import day, listed, long_day

if TYPE_CHECKING:
    from pipeline.office.drafting import Built
    from pipeline.revise.outcome import Outcome

MADE = {
    "first": "made",
    "next": "made, with the edits of the draft before it kept",
    "replaced": "brought up to date",
    "unchanged": "up to date already; nothing was written",
}
BECAME = {
    "updated": "brought up to date",
    "kept": "edited by an officer, kept",
    "offered": "edited, and changed by new facts elsewhere: offered as a tracked change",
    "conflict": "edited where the facts changed: the edited text kept, to be settled by a person (see below)",
    "gone": "deleted by an officer, left out",
    "added": "new",
    "removed": "no longer said",
    "withheld": "taken out: the row is now exempt",
}


@command(
    PAPER,
    (
        click.option("--draft", type=FILE, help="The draft to go on from."),
        click.option("--without", type=FILE, help="Set a copy aside."),
        click.option("--by", metavar="NAME", default="", help="Who says so: needed with --without."),
        click.option(
            "--review", is_flag=True, help="Write a copy too, whose comments name the cells behind each statement."
        ),
        click.option("--all", "every", is_flag=True, help="Draft the papers of all reports."),
    ),
    WORKERS,
    (click.option("--open", "open_it", is_flag=True, help="Open the draft in Word."),),
)
def build(report: str | None, *, every: bool, open_it: bool, **asked: Any) -> int:
    """With --all, the papers of all reports: one that cannot be made stops no other, and a run that was stopped is
    taken up where it was when it is started again.
    """
    if every or asked["jobs"] > 1 or asked["cluster"]:
        return build_all(alone=bool(report or open_it), every=every, **asked)
    del asked["jobs"], asked["cluster"]
    as_json = asked.pop("as_json")
    asked["by"] = asked["by"].strip()
    if bool(asked["without"]) != bool(asked["by"]):
        raise click.UsageError("--without goes with --by NAME, and --by with --without.")
    built = or_of_the_last_meeting(office.build, report, **asked)
    if as_json:
        show_json({"done": True}, built)
    else:
        tell_set_aside(asked["without"], asked["by"])
        tell_built(built)
    if open_it:
        click.launch(str(built.path))
    return built.code


def build_all(*, alone: bool, every: bool, **asked: Any) -> int:
    """The papers of all reports; `alone` says that something was asked for that goes with one paper only."""
    given = [asked.pop(name) for name in ("draft", "without", "by", "review")]
    if not every or alone or any(given):
        raise click.UsageError(
            "--all goes with neither REPORT, --draft, --without, --review nor --open; "
            "--jobs and --cluster go with --all."
        )
    from pipeline.cli.running import show_run
    from pipeline.unattended import attempts

    return show_run(attempts.build_all, **asked)


def tell_set_aside(without: Path | None, by: str) -> None:
    """That a copy was set aside, on record, and by whom."""
    if without:
        say(f"On record, by {by}: set aside, and nothing more is said of “{without.name}”.")


def tell_built(built: Built) -> None:
    """What was read, what was made, where it is, and what to look at."""
    for line in run_lines(built):
        say(line)
    show_problems(without_notes(built.problems))
    say(f"\n{counted(built.problems)}.")


def run_lines(built: Built) -> Iterator[str]:
    """What was read, what was made, and where it is."""
    yield built.title
    yield f"Facts as at {day(built.as_at)}; to be published by {long_day(built.publish_on)}."
    for file, parts in built.read.items():
        yield f"  {file:<26}{listed(parts)}"
    yield f"Draft {built.number} {MADE[built.action]}:"
    yield from (f"  {path}" for path in (built.path, built.review, built.note) if path)
    if built.came_from:
        yield f"It goes on from the draft in the folder {built.came_from.parent.name}, which stays as it is:"
        yield f"  {built.came_from}"
    yield from joined_lines(built)
    yield from outcome_lines(built.outcomes)


def joined_lines(built: Built) -> Iterator[str]:
    """Whose copies were joined to the draft."""
    if not built.joined:
        return
    yield "What was typed in copies is in it:"
    yield from (f"  {copy.path.name}{f', saved by {copy.saved_by}' if copy.saved_by else ''}" for copy in built.joined)


def outcome_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """How many paragraphs and rows went which way. What a person must settle is told as problems."""
    exempt = sum(outcome.reason == "withheld" for outcome in outcomes)
    numbers = Counter[str](outcome.action for outcome in outcomes)
    numbers["conflict"] -= exempt
    if exempt:
        yield f"  {exempt:>3} edited, and the row is now exempt: to be taken out by hand (see below)"
    yield from (f"  {numbers[action]:>3} {became}" for action, became in BECAME.items() if numbers[action])

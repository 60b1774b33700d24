"""What became of passages that a person answered for: let go out, carried on from the last paper, or left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli.side_by_side import in_a_line, labelled
from pipeline.cli.talk import say, show_json, show_problems

if TYPE_CHECKING:
    from pipeline.office.carrying import Carried
    from pipeline.office.passages import LetStand


def let_go(done: LetStand, as_json: bool) -> int:
    """Tells what was let stand, and what may not go out yet."""
    if as_json:
        show_json({"done": True}, done)
        return done.code
    for act in done.acts:
        say(f"On record, by {act.by}: {act.place}: it may go out ({act.reason}).")
    show_problems(done.withheld)
    return done.code


def gone_on(done: Carried, as_json: bool) -> int:
    """Tells what was carried on or left, and what is still asked."""
    if as_json:
        show_json({"done": True}, done)
        return 0
    for act in done.acts:
        became = f"it stands in draft {done.number}" if act.what == "carry" else "it stays behind"
        say(f"On record, by {act.by}: {act.place}: {became}.")
        for line in labelled("words", in_a_line(act.words)):
            say(line)
    show_problems(done.asked)
    return 0

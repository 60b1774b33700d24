"""Commands on what the program keeps: made anew where it is lost."""

from __future__ import annotations

from typing import Any

import click

from pipeline import office
from pipeline.cli.options import BY, FOLDERS, REPORT, command, who
from pipeline.cli.talk import say, show_json


@command((REPORT, *FOLDERS), (click.option("--apply", is_flag=True, help="Remove it, for good."),), BY)
def retention(report: str | None, *, apply: bool, by: str, as_json: bool, **asked: Any) -> int:
    """Lists what is older than the table [retention] of `report.toml` allows, and removes it where you say --apply, on
    record under your name. Without that table everything is kept. What was published is never removed.
    """
    done = office.retention(report, apply=apply, by=who(by.strip()) if apply else "", **asked)
    if as_json:
        show_json({"done": True}, done)
        return done.code
    for over in done.over:
        say(f"{over.meeting}: {over.what}, kept for {over.days} days after the meeting")
        for name in over.files:
            say(f"  {name}")
    if not done.over:
        say("Nothing is over its time.")
    elif not done.removed:
        say("Nothing was removed yet. To remove it: committee-papers retention --apply")
    return done.code


@command((REPORT, *FOLDERS), BY)
def repair(report: str | None, *, by: str, as_json: bool, **asked: Any) -> int:
    """Records, acts, clearances and the key to what was withheld are made anew from the drafts, what these hold in
    themselves, and the acts. What is sound is left as it is, what is damaged is set aside beside it.

    A backup is better: it has all of it. Exit code 3 where something could not be made anew, which is listed.
    """
    done = office.repair(report, by=who(by.strip()), **asked)
    if as_json:
        show_json({"done": True}, done)
        return done.code
    for line in done.lines:
        (click.echo if line.lost else say)(f"{'LOST' if line.lost else 'made anew':<11}{line.place}: {line.told}")
    if not done.lines:
        say("Nothing is lost or damaged.")
    return done.code

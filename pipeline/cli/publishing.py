"""Commands on what the public reads: publishing, withdrawing, proving, and late news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pipeline import office
from pipeline.cli.options import FILE, PAPER, command
from pipeline.cli.talk import asked_for, say, show_json, show_problems
from pipeline.problems import Level, Problem

if TYPE_CHECKING:
    from pipeline.office.publication import Published

SEAL_SHOWN = 32


def worth_telling(problem: Problem) -> bool:
    """Is a problem to be shown once the paper is out? Of notes those on publication itself, unless all are wanted."""
    return asked_for("verbose") or problem.level is not Level.NOTE or problem.code.startswith("C1")


@command(
    PAPER,
    (
        click.option("--draft", type=FILE, help="The draft to publish."),
        click.option(
            "--withdraw", metavar="REASON", help="Withdraw what is published, and say why. Nothing is deleted."
        ),
    ),
)
def publish(report: str | None, *, withdraw: str | None, as_json: bool, **asked: Any) -> int:
    """The copy of REPORT's draft has no comment, tracked change, hidden text or private property; its PDF is made where
    LibreOffice is installed, its appendices are collected under their numbers. Each publication is kept as a version of
    its own.
    """
    if withdraw is not None:
        if not withdraw.strip():
            raise click.UsageError("Say after --withdraw why the paper is withdrawn.")
        return take_back(report, withdraw, as_json=as_json, **asked)
    published = office.publish(report, **asked)
    if as_json:
        show_json({"done": True}, published)
        return 0
    tell_published(published)
    show_problems(filter(worth_telling, published.problems))
    return 0


def tell_published(published: Published) -> None:
    """What was published, and where."""
    already = "" if published.fresh else " already, and nothing has changed since"
    say(f"Published as version {published.version}{already}: {published.folder}")
    for name in published.files:
        say(f"  {name}")
    seal = published.seal[:SEAL_SHOWN]
    say(f"  Seal: {seal} (kept elsewhere, it shows with “verify --seal” that nothing was rewritten)")


def take_back(report: str | None, reason: str, *, as_json: bool, **asked: Any) -> int:
    """Withdraws what stands published."""
    done = office.withdraw(report, reason=reason, **asked)
    if as_json:
        show_json({"done": True}, done)
        return 0
    say(f"Version {done.withdrawn} is withdrawn. Its files stay where they are, and the history says so.")
    say(f"  Seal: {done.seal[:SEAL_SHOWN]}")
    return 0


@command(
    PAPER,
    (
        click.option(
            "--seal",
            default="",
            help="The seal that “publish” printed: proves that the history since then is the same.",
        ),
    ),
)
def verify(report: str | None, *, as_json: bool, **asked: Any) -> int:
    """Every published file of REPORT's paper is held against its manifest, and that against the history."""
    verified = office.verify(report, **asked)
    if as_json:
        problems = verified.problems
        show_json({"sound": not problems, "acts": len(verified.acts), "problems": problems})
        return verified.code
    show_problems(verified.problems)
    for act in verified.acts:
        reason = f": {act.reason}" if act.reason else ""
        say(f"{act.at[:16].replace('T', ' ')}  version {act.version} {act.action}{reason}")
    sound = f"{verified.folder}: nothing {'was altered' if verified.acts else 'is published'}."
    say("Altered since it was published." if verified.problems else sound)
    return verified.code


@command(
    PAPER,
    (
        click.option("--version", type=click.IntRange(1), required=True, help="The version that is to be destroyed."),
        click.option("--reason", default="", metavar="WHY", help="Why. It stays in the history for good."),
        click.option("--apply", is_flag=True, help="Destroy it. Without this you are told what would go."),
    ),
)
def redact(report: str | None, *, reason: str, apply: bool, as_json: bool, **asked: Any) -> int:
    """For a name or a figure that should never have been published. Publish the corrected paper, or withdraw the wrong
    one, then destroy the version that says it: its files and the draft behind it go for good. The history keeps that
    there was such a version and why it is gone, and “verify” still proves the rest.
    """
    if apply and not reason.strip():
        raise click.UsageError("Say after --reason why the version is destroyed.")
    done = office.redaction(report, reason=reason, apply=apply, **asked)
    if as_json:
        show_json({"done": apply}, done)
        return 0
    say(f"Version {done.version} {'is destroyed' if apply else 'would be destroyed'}:")
    for name in done.files:
        say(f"  {name}")
    if done.others:
        say("Older drafts may say it too. They are yours: look through them, and delete those that do:")
    for name in done.others:
        say(f"  {name}")
    say(f"  Seal: {done.seal[:SEAL_SHOWN]}" if apply else "Nothing is destroyed yet. Add --reason and --apply.")
    return 0


@command(PAPER)
def supplement(report: str | None, *, as_json: bool, **asked: Any) -> int:
    """It says what is now known, and which paragraphs of REPORT's published paper it replaces: people's words stand in
    the new ones. It is kept for good as a version of its own, as a publication is, and the next one goes on from it.
    """
    made = office.supplement(report, **asked)
    if as_json:
        show_json({"done": True}, made)
        return 0
    say(f"A supplement to {made.replaced} paragraphs or rows, kept as version {made.version}: {made.folder}")
    for name in made.files:
        say(f"  {name}")
    say(f"  Seal: {made.seal[:SEAL_SHOWN]}")
    show_problems(filter(worth_telling, made.problems))
    return 0

"""The command that settles differences: where people's words and the facts part, and what a person chose."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import office
from pipeline.cli.options import FILE, OUTPUT, PAPER, command, or_of_the_last_meeting
from pipeline.cli.talk import in_lines, show_json, show_problems
from pipeline.store import command_for, meeting_folder

if TYPE_CHECKING:
    from pipeline.office.differences import Open
    from pipeline.office.passages import LetStand
    from pipeline.office.settling import Settled
    from pipeline.store import Act

DONE = {
    "keep": "the words in the draft stay",
    "take": "the facts' text was put in",
    "both": "what you wrote was put in",
}
NAME = "name.txt"


@command(
    PAPER,
    (
        click.option("--keep", multiple=True, metavar="N", help="Let the words in the draft stand against the facts."),
        click.option("--take", multiple=True, metavar="N", help="Put the facts' text in place of the words."),
        click.option("--both", metavar="N", default="", help="Put what you write (--text) in place of the words."),
        click.option("--text", metavar="TEXT", default="", help="What stands then, with --both."),
        click.option("--text-file", type=FILE, help="A file that holds it."),
        click.option("--let-stand", multiple=True, metavar="N", help="Let go out what a row keeps from the public."),
        click.option("--why", metavar="REASON", default="", help="Why it may, with --let-stand."),
        click.option("--by", metavar="NAME", default="", help="Who says so. Asked once on a screen, and remembered."),
        click.option("--draft", type=FILE, help="The draft to go on from."),
        click.option("--acts", is_flag=True, help="Print all that was settled, as a table (CSV), and nothing else."),
    ),
    OUTPUT,
)
def settle(
    report: str | None, *, as_json: bool, quiet: bool, verbose: bool, acts: bool, text_file: Path | None, **asked: Any
) -> int:
    """Lists where somebody's words and the facts part, each with its number. N is such a number, the name beside it, a
    kind ("edited"), or "all".

    What you settle is put on record under your name, on exactly these words and these facts: a newer fact opens the
    difference again. What a row keeps from the public is listed apart, and can be let stand, in just that text. A
    difference is settled too by an edit in Word after which the draft says the new value and not the old.
    Exit code 3 while a difference is open.
    """
    del verbose
    given = {name: asked[name] for name in ("templates", "inputs", "outputs", "now", "meeting", "as_at", "draft")}
    if acts:
        click.echo(office.acts_as_csv(report, **given), nl=False)
        return 0
    named, why = asked.pop("let_stand"), asked.pop("why").strip()
    if named or why:
        if not (named and why):
            raise click.UsageError("--let-stand goes with --why, and the other way round.")
        return let_go(office.let_stand(report, named=named, why=why, by=who(asked["by"].strip()), **given), as_json)
    asked["text"] = text_of(asked["both"], asked["text"], text_file)
    if asked["keep"] or asked["take"] or asked["both"]:
        asked["by"] = who(asked["by"].strip())
    done = or_of_the_last_meeting(office.settle, report, **asked)
    if as_json:
        show_json({"done": True}, done)
        return done.code
    for line in () if quiet else lines_of(done, asked["outputs"]):
        click.echo(line)
    show_problems(done.problems)
    return done.code


def let_go(done: LetStand, as_json: bool) -> int:
    """Tells what was let stand, and what may not go out yet."""
    if as_json:
        show_json({"done": True}, done)
        return done.code
    for act in done.acts:
        click.echo(f"On record, by {act.by}: {act.place}: it may go out ({act.reason}).")
    show_problems(done.withheld)
    return done.code


def text_of(both: str, text: str, file: Path | None) -> str:
    """What a person wrote of both: the text given, or what its file holds."""
    written = text or (file.read_text(encoding="utf-8-sig").strip() if file else "")
    if bool(both) != bool(written):
        raise click.UsageError("--both goes with --text or --text-file, and they with --both.")
    return written


def who(name: str) -> str:
    """Who settles: the name given; else the one that was given last time on this computer, or is asked for where
    somebody sits at the screen.
    """
    kept = Path(click.get_app_dir("committee-papers"), NAME)
    if not name and sys.stdin.isatty():
        name = kept.read_text(encoding="utf-8").strip() if kept.is_file() else click.prompt("Your name").strip()
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(name, encoding="utf-8")
    if not name:
        raise click.UsageError('Say who settles it: --by "YOUR NAME".')
    return name


def lines_of(done: Settled, outputs: Path) -> Iterator[str]:
    """What was settled, what is open, and how to go on."""
    yield done.title
    if done.number is None:
        yield "There is no draft of this paper yet."
        return
    for act in done.acts:
        yield from act_told(act)
    settling, many = command_for("settle", meeting_folder(outputs, done.report, done.meeting_on)), len(done.differences)
    still = " still" if done.acts else ""
    yield f"Draft {done.number}: {many or 'no'} difference{'' if many == 1 else 's'}{still}.\n  {done.path}"
    for difference in done.differences:
        yield from difference_told(difference)
    for number, problem in enumerate(done.withheld, 1):
        yield f"\n{number:>3}  {problem.place.near}: {problem.message}\n     {problem.cure}"
    if done.withheld:
        yield f'  {settling} --let-stand 1 --why "…"   (it goes out, on your word)'
    if done.corrections:
        yield "\nCorrected in the draft, and not in the files, so that the next paper would not have it:"
        yield from (line for told in done.corrections for line in labelled("", told))
    if first := next((difference for difference in done.differences if difference.ways), None):
        yield "\nSettle them one by one, all of a kind (“edited”), or “all”. What you have corrected in Word, or in the"
        yield "workbook, is settled when the paper is next built."
        yield from ways_told(first, settling)


def ways_told(difference: Open, settling: str) -> Iterator[str]:
    """How a difference can be settled, each way as it is typed."""
    ways = {"keep": "the words stay", "take": "the facts come in", "both": "you write it anew"}
    for way in difference.ways:
        text = ' --text "…"' if way == "both" else ""
        yield f"  {settling} --{way} {difference.number}{text}   ({ways[way]})"


def act_told(act: Act) -> Iterator[str]:
    """What was put on record, on which words."""
    yield f"On record, by {act.by}: {act.place}: {DONE[act.what]}."
    yield from labelled(
        "now", " | ".join({"keep": act.words, "take": act.facts}.get(act.what, act.text)) or "(nothing)"
    )


def difference_told(difference: Open) -> Iterator[str]:
    """A difference in lines: where, both texts, why, from which cells, and what to change if the draft is right."""
    yield f"\n{difference.number:>3}  {difference.place}" + (f"  [{difference.name}]" if difference.name else "")
    texts = {"in the draft": difference.words, "by the facts": difference.facts}
    if difference.before not in (difference.words, difference.facts):
        texts["before"] = difference.before
    for label, words in texts.items() if difference.name else ():
        yield from labelled(label, " | ".join(words) or "(nothing)")
    yield from labelled("why", f"{difference.cause} ({difference.kind})")
    yield from (line for cell in difference.cells for line in labelled("from", cell))
    yield from (line for correction in difference.corrections for line in labelled("or", correction))


def labelled(label: str, text: str) -> Iterator[str]:
    """A text in lines that fit on the screen, behind its label."""
    first, *rest = in_lines(" ".join(text.split()), 20) or [""]
    yield f"     {label:<15}{first}"
    yield from (f"{'':<20}{line}" for line in rest)

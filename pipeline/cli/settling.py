"""The command that settles differences: where people's words and the facts part, and what a person chose."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import office
from pipeline.cli.answered import gone_on, let_go
from pipeline.cli.options import BY, FILE, PAPER, asked_name, command, or_of_the_last_meeting, who
from pipeline.cli.side_by_side import act_told, in_that_case, labelled, listed
from pipeline.cli.talk import asked_for, say, show_failure, show_json, show_problems
from pipeline.formats import listed as in_a_row
from pipeline.problems import PaperError
from pipeline.store import command_for, meeting_folder

if TYPE_CHECKING:
    from pipeline.office.differences import Open
    from pipeline.office.settling import Settled

WAYS = {"keep": "the words in the draft stay", "take": "the facts' text comes in", "both": "you write it anew"}
WAYS_OF_PEOPLE = {**WAYS, "keep": "the first person's words stay", "take": "the other's come in"}


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
        click.option("--carry", multiple=True, metavar="N", help="Put in what was typed into the last paper."),
        click.option("--leave", multiple=True, metavar="N", help="Leave it behind, and ask no more."),
        *BY,
        click.option("--draft", type=FILE, help="The draft to go on from."),
        click.option("--acts", is_flag=True, help="Print all that was settled, as a table (CSV), and nothing else."),
    ),
)
def settle(report: str | None, *, as_json: bool, acts: bool, text_file: Path | None, **asked: Any) -> int:
    """Lists where somebody's words and the facts part, each with its number; on a screen it asks what you choose. N is
    such a number, the name beside it, a kind ("edited"), or "all".

    What you settle is put on record under your name, on exactly these words and these facts: a newer fact opens the
    difference again. What a row keeps from the public is listed apart, and can be let stand, in just that text. A
    difference is settled too by an edit in Word after which the draft says the new value and not the old. What people
    typed into the paper of the meeting before, and this one lacks, is listed too: carry it on, or leave it.
    Exit code 3 while a difference is open.
    """
    given = {
        name: asked[name] for name in ("templates", "inputs", "outputs", "now", "clock", "meeting", "as_at", "draft")
    }
    if acts:
        click.echo(office.acts_as_csv(report, **given), nl=False)
        return 0
    on, behind = asked.pop("carry"), asked.pop("leave")
    if on or behind:
        by = who(asked["by"].strip())
        return gone_on(office.carry(report, carry=on, leave=behind, by=by, **given), as_json)
    named, why = asked.pop("let_stand"), asked.pop("why").strip()
    if named or why:
        if not (named and why):
            raise click.UsageError("--let-stand goes with --why, and the other way round.")
        return let_go(office.let_stand(report, named=named, why=why, by=who(asked["by"].strip()), **given), as_json)
    asked["text"] = text_of(asked["both"], asked["text"], text_file)
    chosen = asked["keep"] or asked["take"] or asked["both"]
    if chosen:
        asked["by"] = who(asked["by"].strip())
    done = or_of_the_last_meeting(office.settle, report, **asked)
    if as_json:
        show_json({"done": True}, done)
        return done.code
    settling = command_for("settle", meeting_folder(asked["outputs"], done.report, done.meeting_on))
    talks = not (chosen or asked_for("quiet")) and sys.stdin.isatty() and sys.stdout.isatty()
    for line in lines_of(done):
        say(line)
    if talks and any(each.ways for each in done.differences):
        again = {name: value for name, value in asked.items() if name not in ("keep", "take", "both", "text", "by")}
        done = Talk(
            done, partial(office.settle, done.report, **{**again, "meeting": done.meeting_on}), asked["by"]
        ).hold()
    for line in next_lines(done, settling, talked=talks):
        say(line)
    show_problems(done.problems)
    return done.code


def text_of(both: str, text: str, file: Path | None) -> str:
    """What a person wrote of both: the text given, or what its file holds."""
    written = text or (file.read_text(encoding="utf-8-sig").strip() if file else "")
    if bool(both) != bool(written):
        raise click.UsageError("--both goes with --text or --text-file, and they with --both.")
    return written


def lines_of(done: Settled) -> Iterator[str]:
    """What was settled, and what is open."""
    yield done.title
    if done.number is None:
        yield "There is no draft of this paper yet."
        return
    for act in done.acts:
        yield from act_told(act)
    many, still = len(done.differences), " still" if done.acts else ""
    yield f"Draft {done.number}: {many or 'no'} difference{'' if many == 1 else 's'}{still}.\n  {done.path}"
    yield from listed([(each.number, each) for each in done.differences])
    if done.withheld:
        yield "\nWITHHELD: What a row keeps from the public stands in the draft."
    for number, problem in enumerate(done.withheld, 1):
        yield f"\n{number:>3}  {problem.place.near}: {problem.message}\n     {problem.cure}"
    if done.typed:
        yield "\nTYPED INTO THE LAST PAPER, and not in this one:"
    for number, problem in enumerate(done.typed, 1):
        yield f"\n{number:>3}  {problem.place.near}: {problem.message}"
    if done.corrections:
        yield "\nCorrected in the draft, and not in the files, so that the next paper would not have it:"
        told = (in_that_case(correction, alone=False) for correction in done.corrections)
        yield from (line for text in told for line in labelled("draft right?", text))


def next_lines(done: Settled, settling: str, *, talked: bool) -> Iterator[str]:
    """What happens next, each command as it is typed; how to settle, unless that was `talked` of."""
    first = next((each for each in done.differences if each.ways), None)
    if done.number is None:
        yield f"\nDraft it first, with: {settling.replace('settle', 'build', 1)}"
    elif not done.code:
        yield f"\nNothing is open in draft {done.number}. Read it, then: {settling.replace('settle', 'check', 1)}"
    elif first and talked:
        yield f"\nNothing is published while one is open. Go on at any time, with: {settling}"
    elif first:
        yield "\nNothing is published while one is open."
        yield f"Settle them one by one, all of a kind (“{first.kind}”), or “all”:"
        yield from ways_told(first, typed_name(first, done.differences), settling)
        yield "What you correct in Word, or in the workbook, is settled when the paper is next built."
    else:
        yield "\nNothing is published as it is. Put it right in Word, save the draft, and build again."
    if done.typed:
        yield "\nOf what was typed into the last paper say of each whether it goes on:"
        yield f"  {settling} --carry 1   (it goes on in this paper)"
        yield f"  {settling} --leave 1   (it stays behind; “all” for all)"
    if done.withheld:
        yield f'  {settling} --let-stand 1 --why "…"   (what is withheld goes out, on your word)'


def ways_told(difference: Open, name: str, settling: str) -> Iterator[str]:
    """How a difference can be settled, each way as it is typed."""
    for way in difference.ways:
        text = ' --text "…"' if way == "both" else ""
        ways = WAYS_OF_PEOPLE if difference.people else WAYS
        yield f"  {settling} --{way} {name}{text}   ({ways[way]})"


def typed_name(difference: Open, among: Sequence[Open]) -> str:
    """What is typed for a difference: its name, for numbers are given anew once something is settled; its number where
    another has the same name.
    """
    if sum(other.name == difference.name for other in among) > 1:
        return str(difference.number)
    return f'"{difference.name}"' if " " in difference.name else difference.name


CHOICES = """
What do you choose? Type it, then Enter:
  keep 1   the words in the draft stay       all of a kind: keep {kind}; all: keep all
  take 1   the facts' text comes in          list shows them again
  both 1   you write it anew                 Enter alone ends: what is settled stays settled"""


ENDS = ("q", "quit", "exit", "end")


class Talk:
    """What a person is asked on a screen: differences keep their numbers as long as it lasts, whatever is settled."""

    def __init__(self, done: Settled, settle: Callable[..., Settled], by: str) -> None:
        self.done, self.settle, self.by = done, settle, by
        self.numbers = {each.sign: each.number for each in done.differences}

    @property
    def numbered(self) -> list[tuple[int, Open]]:
        """What is open, each under its number; what has come since the list was shown has the next."""
        for each in self.done.differences:
            self.numbers.setdefault(each.sign, max(self.numbers.values(), default=0) + 1)
        return [(self.numbers[each.sign], each) for each in self.done.differences]

    def hold(self) -> Settled:
        """Asks until nothing is open that can be settled here, or the person ends it; what is open then."""
        kind = next(each.kind for each in self.done.differences if each.ways)
        click.echo(CHOICES.format(kind=kind))
        while any(each.ways for each in self.done.differences):
            try:
                typed = click.prompt("\nYour choice", default="", show_default=False).strip()
                if not typed or typed.casefold() in ENDS:
                    break
                self.answer(*typed.split(maxsplit=1))
            except PaperError as refused:
                show_failure(refused, as_json=False)
            except click.Abort:
                click.echo()
                break
        return self.settle() if self.done.acts else self.done

    def answer(self, way: str, which: str = "") -> None:
        """Does what was typed: a way and what it is for, or shows the list again."""
        ways = [each for each in WAYS if each.startswith(way.casefold())]
        if "list".startswith(way.casefold()):
            for line in listed(self.numbered):
                click.echo(line)
        elif ways and which:
            self.carry_out(ways[0], which)
        else:
            click.echo("Type “keep”, “take” or “both” and a number, as in: keep 1. Enter alone ends.")

    def carry_out(self, way: str, which: str) -> None:
        """Settles what was named, and tells what is still open."""
        names = which.replace(",", " ").split()
        chosen = names if all(map(str.isdigit, names)) else [which]
        signs = {str(number): sign for sign, number in self.numbers.items()}
        wanted = [signs.get(name, name) for name in chosen]
        choice: dict[str, Any] = {way: wanted}
        if way == "both":
            text = click.prompt(
                "What shall stand there (the whole of it; of a row: what differs)", default="", show_default=False
            )
            if not text.strip():
                return
            choice = {"both": wanted[0], "text": text.strip()}
        self.by = self.by or asked_name()
        self.done = self.settle(**choice, by=self.by)
        for line in chain.from_iterable(map(act_told, self.done.acts)):
            click.echo(line)
        left = in_a_row(str(number) for number, _ in self.numbered)
        click.echo(f"Still open: {left}." if left else "Nothing is open any more.")

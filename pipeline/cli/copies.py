"""The command on copies of a paper: what lies beside the drafts, what became of it, and files that are handed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import office
from pipeline.cli.options import AS_AT, BY, FOLDERS, MEETING, command, or_of_the_last_meeting, who
from pipeline.cli.talk import say, show_json, show_problems

if TYPE_CHECKING:
    from pipeline.office.copying import Copies, Lying

ACTS = {"add": office.add_copies, "not-ours": office.not_ours}


@command(
    (
        click.argument("words", nargs=-1, metavar="[REPORT | add FILE... | not-ours FILE...]"),
        click.option("--report", "named", metavar="NAME", help="The report, for a file that does not tell its own."),
        *BY,
    ),
    (MEETING, AS_AT, *FOLDERS),
)
def copies(words: tuple[str, ...], *, named: str | None, by: str, as_json: bool, **asked: Any) -> int:
    """REPORT lists the Word files beside its drafts: whose they are, of which draft, whether they are taken in, and if
    not, why. `add` takes in a file from anywhere, such as the attachment of a mail: it is kept in the folder of its
    meeting, and the next build joins it. `not-ours` says on record that a file there is no copy of the paper.

    Exit code 3 while a file waits for somebody.
    """
    what, files = (words[0], words[1:]) if words[:1] and words[0] in ACTS else ("", ())
    if what:
        found = ACTS[what](files_of(what, files), named, by=who(by.strip()), **asked)
    elif words[1:] or by:
        raise click.UsageError("Type: copies REPORT, copies add FILE, or copies not-ours FILE.")
    else:
        found = (or_of_the_last_meeting(office.copies, (*words, named)[0], **asked),)
    if as_json:
        show_json({"done": True, "papers": found})
    for each in () if as_json else found:
        show(each)
    return max(each.code for each in found)


def show(found: Copies) -> None:
    """What lies beside the drafts of a paper, and what is to be done about it."""
    for line in lines_of(found):
        say(line)
    show_problems([file.problem for file in found.files if file.problem])


def files_of(what: str, names: tuple[str, ...]) -> list[Path]:
    """The files that are named; raises UsageError for none, or one that is not there."""
    missing = next((name for name in names if not Path(name).is_file()), "")
    if missing or not names:
        raise click.UsageError(f"There is no file “{missing}”." if missing else f"Say which file: copies {what} FILE")
    return [Path(name) for name in names]


def lines_of(found: Copies) -> Iterator[str]:
    """The paper, its draft, and each file beside it."""
    yield found.title
    yield f"Draft {found.number}:\n  {found.path}" if found.number else "There is no draft of this paper yet."
    for path in found.kept:
        yield f"Kept here:\n  {path}"
    yield "Beside it:" if found.files else "There is no copy beside it."
    for file in found.files:
        yield from file_told(file)


def file_told(file: Lying) -> Iterator[str]:
    """A file in lines: where it lies, whose it is, and what became of it."""
    saved = f"saved by {file.saved_by}" if file.saved_by else "nobody told who saved it"
    of = f", of draft {file.draft}" if file.draft else ""
    yield f"  {file.path}"
    yield f"      {saved}{of}: {file.became if not file.problem else 'it waits, see below'}"

"""The note beside a draft: what became of each edit, and of each fact, to be read in half a minute in any browser."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.office.sources import Sources
from pipeline.revise.differences import stretches
from pipeline.store import command_for

if TYPE_CHECKING:
    from pipeline.revise.decide import Action
    from pipeline.revise.outcome import Outcome

GROUPS: Mapping[Action, tuple[str, str]] = {
    "conflict": (
        "Look at these",
        "The facts changed where somebody had typed. The typed words stand until you settle it: edit them so that they "
        "say what the facts say, delete them, or settle it (see below). The paper is not published before.",
    ),
    "offered": ("Offered as tracked changes", "Typed in one place, changed by new facts in another: accept or reject."),
    "gone": (
        "Deleted, and left out",
        "An officer took these out; they stay out, though the facts still call for them.",
    ),
    "kept": ("Kept as edited", "Typed by an officer; the facts behind them have not moved."),
    "officer": ("Officers' own paragraphs", "Added by hand; never touched."),
    "updated": ("Brought up to date", "Nobody had typed here; the new facts stand."),
    "added": ("New", "Said for the first time."),
    "withheld": ("Taken out, now exempt", "Their rows may not be public any more, so nothing of them is quoted here."),
    "removed": ("No longer said", "The facts no longer call for these, and nobody had typed there."),
}
HEADINGS = ("Where", "In the paper", "By the facts now", "Why, and from where")
HEAD = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 16px/1.45 Arial, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #1c1c1c; }}
h1 {{ font-size: 1.5em; }} h2 {{ font-size: 1.15em; margin-bottom: 0.2em; }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; }}
th, td {{ border: 1px solid #767676; padding: 0.35em 0.6em; overflow-wrap: break-word; }}
th, td {{ text-align: left; vertical-align: top; }} th {{ background: #e7e6e6; }} th:first-child {{ width: 15%; }}
mark {{ background: #fff2b3; font-weight: bold; color: inherit; }} p {{ margin: 0.3em 0; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
"""


@dataclass(frozen=True, slots=True)
class Note:
    """The note on a draft: its file, and what the officers' files have behind its facts."""

    draft: Path
    sources: Sources

    def html(self, outcomes: Sequence[Outcome]) -> str:
        """The note as a page of HTML, what a person must look at first."""
        body = "".join(self.parts(outcomes))
        return f"{HEAD.format(title=escape(self.draft.stem))}{body}</main>\n</body>\n</html>\n"

    def parts(self, outcomes: Sequence[Outcome]) -> Iterator[str]:
        """The counts and the draft, then a table for each kind of outcome that there is."""
        numbers = {action: [each for each in outcomes if each.action == action] for action in GROUPS}
        counts = ", ".join(f"{len(found)} {GROUPS[action][0].lower()}" for action, found in numbers.items() if found)
        yield f"<p>{escape(counts or 'nothing changed').capitalize()}. The draft: {self.link(self.draft)}</p>\n"
        for action, found in numbers.items():
            if found:
                heading, meaning = GROUPS[action]
                yield f"<h2>{escape(heading)}</h2>\n<p>{escape(meaning)}</p>\n{self.table(found)}"
        if numbers["conflict"]:
            settling = command_for("settle", self.draft.parent)
            yield f"<p>To settle what is open, in a command window: <code>{escape(settling)}</code></p>\n"

    def table(self, found: Sequence[Outcome]) -> str:
        """The outcomes of one kind: where, what stood in the officer's paper, what the facts give now, and why."""
        rows = "".join(map(self.row, found))
        head = "".join(f'<th scope="col">{name}</th>' for name in HEADINGS)
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"

    def row(self, outcome: Outcome) -> str:
        """One outcome as a table row, whole; a dash where there is nothing to show."""
        there = outcome.officer or outcome.old
        cells = escape(outcome.place), marked(there, outcome.new), marked(outcome.new, there), self.why(outcome)
        return "<tr>" + "".join(f"<td>{cell or '–'}</td>" for cell in cells) + "</tr>\n"

    def why(self, outcome: Outcome) -> str:
        """What happened, and the places behind it in words, their files as links."""
        if outcome.new or outcome.action == "officer":
            said, of = self.sources.events(outcome.sources), outcome.sources
        else:
            gone, of = self.sources.end_of(outcome.key)
            said = (gone,) if gone else ()
        events = (f"<p>{escape(each)}</p>" for each in said)
        places = (
            f"<p>{self.link(self.sources.file(file), file)}{escape(f', {where}' if where else '')}</p>"
            for file, where in self.sources.named_places(of)
        )
        return "".join((*events, *places))

    def link(self, path: Path, shown: str = "") -> str:
        """A link to a file, as it is reached from the note."""
        try:
            to = quote(Path(os.path.relpath(path, self.draft.parent)).as_posix())
        except ValueError:  # another drive of Windows
            to = path.absolute().as_uri()
        return f'<a href="{escape(to)}">{escape(shown or path.name)}</a>'


def marked(text: str, other: str) -> str:
    """A text whole, those words marked that the other has not."""
    parts = ((escape(words), differs) for words, differs in stretches(text, other))
    return "".join(f"<mark>{words}</mark>" if differs else words for words, differs in parts)
